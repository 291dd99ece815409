"""Every text of a project with its words: states of the three stores, and their sums."""

from datetime import date
from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.translate.status import as_data, as_text, status
from generator.translate.work import all_work, languages_of, script_of
from generator.words.translations import STATES
from tests.translating import CATALOGUE, HELP, PARTNER, SIDECAR, district, loaded, own_words, work, write, write_page


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path)


def test_records_are_in_every_state(folder: Path) -> None:
    found = work(folder)
    assert found[f"{PARTNER}#summary"].state == "machine"
    old = found[f"{PARTNER}#programs/reading-buddies/summary"]
    assert (old.state, old.by, old.on, old.source) == ("stale", "human", date(2026, 8, 1), "1a2b3c4d")
    absent = found["recognition/2025-26/reading-nights#story"]
    assert (absent.state, absent.words, absent.is_long) == ("missing", (), True)
    assert found[f"{PARTNER}#partnership/alignment/0/claim"].is_critical


def test_a_page_is_as_old_as_its_markdown(folder: Path) -> None:
    assert {work(folder)[f"{HELP}#{name}"].state for name in ("title", "description", "text")} == {"machine"}
    write_page(folder, by="human", source="1a2b3c4d")
    assert {work(folder)[f"{HELP}#{name}"].state for name in ("title", "description", "text")} == {"stale"}
    assert {each.state for each in work(folder, "ar").values() if each.store == "pages"} == {"missing"}


def interface(folder: Path) -> dict[str, str]:
    return {each.english[0]: each.state for each in work(folder).values() if each.store == "interface"}


def test_a_message_may_say_whose_it_is(folder: Path) -> None:
    assert interface(folder) == {
        "%(count)s school": "machine",
        "About %(name)s": "machine",
        "Share": "missing",
        "Food": "machine",
    }
    text = (folder / CATALOGUE).read_text("utf-8").replace("# Looks like", "# reviewed on 2026-09-30\n# Looks like")
    write(folder, CATALOGUE, text.replace('msgctxt "focus', '# human on 2026-13-01\n#, fuzzy\nmsgctxt "focus'))
    assert interface(folder)["About %(name)s"] == "reviewed"
    assert interface(folder)["Food"] == "missing"  # what is fuzzy is only a guess


def test_a_language_without_a_catalogue_knows_its_plurals(folder: Path) -> None:
    plural = next(each for each in work(folder, "ar").values() if len(each.english) == 2)
    assert (plural.forms, plural.state, plural.words) == (6, "missing", ())


def test_a_district_in_its_own_folder_has_no_words_of_the_site(tmp_path: Path) -> None:
    stores = {each.store for each in all_work(loaded(district(tmp_path)), "es")}
    assert stores == {"records", "pages"}


def test_sums(folder: Path) -> None:
    found = {each.store: each for each in status("es", work(folder).values())}
    assert dict(found["interface"].counts) == {"human": 0, "reviewed": 0, "machine": 3, "stale": 0, "missing": 1}
    assert (found["interface"].total, found["interface"].done, found["interface"].words_to_do) == (4, 3, 1)
    assert found["records"].oldest == date(2026, 8, 1)
    assert found["pages"].oldest is None
    texts = [each for each in work(folder).values() if each.store == "records"]
    assert found["records"].total == len(texts) == sum(found["records"].counts[state] for state in STATES)
    assert found["records"].words_to_do == sum(
        len(each.english[0].split()) for each in texts if each.state in ("stale", "missing")
    )
    assert as_data(found["records"])["oldest_stale"] == "2026-08-01"
    table = as_text(found.values(), {"es": "Spanish"}).split("\n")
    assert [line.split()[0] for line in table] == ["language", "Spanish", "records", "pages"]
    assert {len(line) for line in table[1:]} <= {len(table[0]), len(table[0]) - 2}


def test_languages_are_those_named_and_those_begun(folder: Path) -> None:
    write(folder, "translations/so/README.md", "begun")
    write(folder, "translations/xx/README.md", "no language")
    text = (folder / "district/district.yml").read_text("utf-8")
    write(folder, "district/district.yml", text.replace("languages: [en]", "languages: [en, vi]"))
    assert languages_of(loaded(folder), folder) == ("vi", "es", "so")


def test_english_and_the_unknown_are_no_languages_to_translate_into(folder: Path) -> None:
    for language in ("en", "xx", "../es"):
        with pytest.raises(SetupError):
            script_of(loaded(folder), language)
    assert script_of(loaded(folder), "zh-Hant") == "Hant"


def test_a_bad_sidecar_leaves_its_texts_to_do(folder: Path) -> None:
    write(folder, SIDECAR, "summary: [\n")
    assert work(folder)[f"{PARTNER}#summary"].state == "missing"
