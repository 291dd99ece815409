"""The site's own words: what a translator broke is told by file and message, and what is missing is counted."""

import shutil
from pathlib import Path

import pytest
from babel.messages import Catalog

from generator import catalogue
from generator.check import check
from generator.problems import SetupError
from generator.quarantine import quarantined
from generator.records.folders import Project
from generator.records.load import site_languages
from generator.words.interface import lacking, read_catalogue, read_words
from tests.factories import RIVERBEND, TODAY

HEADER = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
PLURALS = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
FIRST_TO_LAST = 'msgid "%(first)s to %(last)s"\nmsgstr '
PROGRAMS = 'msgid "%(count)s program"\nmsgid_plural "%(count)s programs"\n'


def po(folder: Path, text: str, plurals: str = PLURALS) -> Path:
    """A Spanish catalogue with these messages."""
    path = folder / "interface.po"
    path.write_text(f"{HEADER}{plurals}\n{text}", "utf-8")
    return path


SLIPS = {
    "another name": (FIRST_TO_LAST + '"De %(primero)s a %(last)s"', 'asks for "%(primero)s"'),
    "a lost value": (FIRST_TO_LAST + '"De %(first)s en adelante"', 'has lost "%(last)s"'),
    "a bare percent sign": (FIRST_TO_LAST + '"%(first)s a %(last)s, 100 %"', 'has a "%"'),
    "a number's form": (FIRST_TO_LAST + '"%(first)s a %(last)d"', 'has a "%"'),
    "a broken bracket": (FIRST_TO_LAST + '"%(first)s a %(last"', 'has a "%"'),
    "one form of a plural": (
        PROGRAMS + 'msgstr[0] "%(cuenta)s programa"\nmsgstr[1] "%(count)s programas"',
        'asks for "%(cuenta)s"',
    ),
    "a percent sign in a plural without values": (
        'msgid "one"\nmsgid_plural "many"\nmsgstr[0] "uno"\nmsgstr[1] "100 % más"',
        'has a "%"',
    ),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_file_and_message(slip: str, tmp_path: Path) -> None:
    text, fault = SLIPS[slip]
    path = po(tmp_path, text)
    with pytest.raises(SetupError) as told:
        read_catalogue(path, "es")
    assert str(path) in str(told.value)
    assert fault in str(told.value)
    assert "\n" not in str(told.value)
    wanted = Catalog()
    for message in read_words(path, "es"):
        wanted.add(message.id)
    assert len(lacking(read_words(path, "es"), wanted)) == 1


BROKEN_PLURALS = ("n/0", "1/n", "7", "n != 1 ? 5 : 0", "import", "n n", "(((n", "-n")


@pytest.mark.parametrize("plural", BROKEN_PLURALS)
def test_a_broken_plural_is_told(plural: str, tmp_path: Path) -> None:
    path = po(
        tmp_path,
        PROGRAMS + 'msgstr[0] "%(count)s programa"\nmsgstr[1] "%(count)s programas"',
        f'"Plural-Forms: nplurals=2; plural={plural};\\n"\n',
    )
    with pytest.raises(SetupError, match=r"interface\.po"):
        read_catalogue(path, "es")


def test_good_words_are_taken(tmp_path: Path) -> None:
    text = FIRST_TO_LAST + '"de %(first)s a %(last)s"\n\n'
    text += PROGRAMS + 'msgstr[0] "un programa"\nmsgstr[1] "%(count)s programas"\n\n'
    text += 'msgid "About 100 %"\nmsgstr "Casi el 100 %"\n'
    words = read_catalogue(po(tmp_path, text), "es")
    assert words.ngettext("%(count)s program", "%(count)s programs", 1) == "un programa"
    assert words.gettext("About 100 %") == "Casi el 100 %"
    assert lacking(read_words(tmp_path / "interface.po", "es"), read_words(tmp_path / "interface.po")) == ()


def test_what_is_missing_or_only_guessed_is_lacking(tmp_path: Path) -> None:
    wanted = Catalog()
    for message in ("Yes", "No", "Perhaps"):
        wanted.add(message)
    path = po(tmp_path, 'msgid "Yes"\nmsgstr "Sí"\n\n#, fuzzy\nmsgid "No"\nmsgstr "No"\n')
    assert lacking(read_words(path, "es"), wanted) == ("No", "Perhaps")


def test_every_language_of_this_repository_is_complete(repository: Path) -> None:
    wanted = catalogue.template()
    languages = {path.parent.name for path in repository.glob("translations/*/interface.po")}
    assert languages >= set(site_languages(Project(root=repository))[1:])
    for language in sorted(languages):
        path = repository / "translations" / language / "interface.po"
        assert lacking(read_words(path, language), wanted) == (), language
        read_catalogue(path, language)


def test_a_language_with_a_broken_catalogue_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RIVERBEND, tmp_path / "riverbend")
    case = Path(__file__).parent / "cases/rules/broken-catalogue/bad-placeholder"
    shutil.copytree(case, tmp_path / "riverbend", dirs_exist_ok=True)
    monkeypatch.setattr(Project, "catalogues", property(lambda project: case / "catalogues"))
    checked = check(Project(root=tmp_path / "riverbend"), today=TODAY, cache_folder=tmp_path)
    assert [problem.rule for problem in checked.problems] == ["broken-catalogue"]
    rest = quarantined(checked)
    assert rest.left_out == ("district/district.yml (languages/2)",)
    assert rest.loaded.directory is not None
    assert rest.loaded.directory.district.languages == ("en",)
    again = check(Project(root=tmp_path / "riverbend"), today=TODAY, cache_folder=tmp_path)
    assert again.problems == checked.problems


def test_a_district_with_an_incomplete_catalogue_is_warned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(RIVERBEND, tmp_path / "riverbend")
    (tmp_path / "words/es").mkdir(parents=True)
    monkeypatch.setattr(Project, "catalogues", property(lambda project: tmp_path / "words"))
    district = tmp_path / "riverbend/district/district.yml"
    district.write_text(district.read_text("utf-8").replace("languages: [en]", "languages: [en, es]"), "utf-8")
    template = 'msgid ""\nmsgstr ""\n\nmsgid "About"\nmsgstr ""\n\nmsgid "Schools"\nmsgstr ""\n'
    (tmp_path / "words/interface.pot").write_text(template, "utf-8")
    po(tmp_path / "words/es", 'msgid "Schools"\nmsgstr "Escuelas"\n\nmsgid "About"\nmsgstr "Acerca de"\n')
    assert check(Project(root=tmp_path / "riverbend"), today=TODAY).problems == ()
    po(tmp_path / "words/es", 'msgid "Schools"\nmsgstr "Escuelas"\n')
    (problem,) = check(Project(root=tmp_path / "riverbend"), today=TODAY).problems
    assert (problem.rule, problem.severity) == ("missing-catalogue", "warning")
    assert problem.message.startswith("1 of the 2 words")
    assert '"About"' in problem.message
