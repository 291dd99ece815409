"""Words put into the three stores: what people wrote there stays, and nothing is written by half."""

from datetime import date
from pathlib import Path
from string import ascii_lowercase

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as some

from generator.languages import fingerprint
from generator.problems import SetupError
from generator.serialize import serialize
from generator.source import parse, read, whole
from generator.translate.accept import Taken
from generator.translate.keep import CHECKED, keep, sidecar
from generator.translate.work import Work
from tests.translating import (
    CATALOGUE,
    HELP,
    PAGE,
    PARTNER,
    SIDECAR,
    district,
    files,
    own_words,
    row,
    taken,
    work,
    write,
)

CLAIM = f"{PARTNER}#partnership/alignment/0/claim"
SUMMARY = f"{PARTNER}#summary"
DAY = date(2026, 10, 1)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path)


def words_for(key: str, text: str, *, by: str = "human") -> Taken:
    """Words that were taken for a text of the partner."""
    one = Work(key=key, path=SIDECAR, english=("We read.",))
    return Taken(work=one, words=(text,), by=by, on=DAY, source=fingerprint("We read."))


def test_only_the_lines_of_other_words_change(folder: Path) -> None:
    before = (folder / SIDECAR).read_text("utf-8").split("\n")
    taken(folder, [row(folder, SUMMARY, "Leen con niñas y niños.")])
    after = (folder / SIDECAR).read_text("utf-8").split("\n")
    assert [line for line in after if line not in before] == [
        "  text: Leen con niñas y niños.",
        "  by: reviewed  # not checked",
        "  on: 2026-10-01",
    ]


NAMES = some.lists(some.text(ascii_lowercase, min_size=1, max_size=6), min_size=1, max_size=5, unique=True)
TEXTS = some.text(some.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=30)
COMMENTS = some.lists(some.text(ascii_lowercase + " ", min_size=1, max_size=12), min_size=4, max_size=4)


@settings(max_examples=150)
@given(names=NAMES, texts=some.data(), comments=COMMENTS)
def test_whatever_is_put_into_a_sidecar_stands_there_and_every_comment_stays(
    names: list[str], texts: some.DataObject, comments: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("kept")
    old = {name: {"text": texts.draw(TEXTS), "source": "1a2b3c4d", "by": "machine", "on": DAY} for name in names}
    written = serialize(old).split("\n")
    for comment, line in zip(comments, (0, 1, len(written) // 2, len(written) - 1), strict=True):
        written.insert(line, f"# {comment.strip()}!")
    content = "\n".join(written)
    document, _ = parse(content, relative=SIDECAR)
    if document is None:  # a comment has come into the middle of a text of several lines
        return
    write(folder, SIDECAR, content)
    new = {
        name: texts.draw(TEXTS) for name in [*texts.draw(some.lists(some.sampled_from(names), unique=True)), "new/a"]
    }
    made = sidecar(folder, SIDECAR, [words_for(f"{PARTNER}#{name}", text) for name, text in new.items()])
    found, problems = parse(made, relative=SIDECAR)
    assert found is not None, problems
    entries = {name: {"text": text, "source": fingerprint("We read."), "by": "human"} for name, text in new.items()}
    expected = document.data | {name: {**entry, "on": "2026-10-01"} for name, entry in entries.items()}
    assert found.data == parse(serialize(expected), relative=SIDECAR)[0].data  # type: ignore[union-attr]
    assert list(found.data) == [*document.data, *(name for name in new if name not in document.data)]
    assert sorted(c.text for c in found.comments) == sorted(c.text for c in document.comments)


def test_a_new_sidecar_names_its_schema(folder: Path) -> None:
    taken(folder, [row(folder, CLAIM, "Wir lesen jede Woche mit Kindern.", language="de")], "de")
    text = (folder / f"translations/de/{PARTNER}.yml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/translation.schema.json\n")
    assert work(folder, "de")[CLAIM].state == "human"


def test_a_broken_file_stops_everything_before_anything_is_written(folder: Path) -> None:
    write(folder, SIDECAR, "summary: [\n")
    before = files(folder)
    rows = [row(folder, f"{HELP}#title", "Otra ayuda"), row(folder, SUMMARY, "Leen.")]
    with pytest.raises(SetupError, match=r"river-readers\.yml:\d+: .*mend this file first"):
        taken(folder, rows)
    assert files(folder) == before


def test_a_file_that_would_be_too_large_is_not_written(folder: Path) -> None:
    before = files(folder)
    many = [words_for(f"{PARTNER}#field{number}", "palabra " * 700) for number in range(12)]
    with pytest.raises(SetupError, match="bytes"):
        keep(folder, many)
    assert files(folder) == before


def test_a_failure_while_writing_leaves_the_old_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(folder)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole, "copymode", fail)
    with pytest.raises(OSError, match="No space"):
        taken(folder, [row(folder, SUMMARY, "Leen.")])
    assert files(folder) == before


def test_the_rights_of_a_file_stay(folder: Path) -> None:
    (folder / SIDECAR).chmod(0o600)
    taken(folder, [row(folder, SUMMARY, "Leen.")])
    assert (folder / SIDECAR).stat().st_mode & 0o777 == 0o600


def test_each_changed_message_tells_whose_it_is(folder: Path) -> None:
    keys = [key for key, each in work(folder).items() if each.store == "interface" and each.words]
    taken(folder, [row(folder, keys[0], *work(folder)[keys[0]].words, is_confirmed=True)])
    with (folder / CATALOGUE).open("rb") as file:
        words = read_po(file)
    assert words.last_translator.startswith("machine")
    about = next(message for message in words if message.id == "About %(name)s")
    schools = next(message for message in words if message.id and isinstance(message.id, tuple))
    assert "reviewed on 2026-10-01" in schools.user_comments
    assert about.user_comments == ["Looks like a title."]
    taken(folder, [row(folder, key, *work(folder)[key].words, is_confirmed=True) for key in keys[1:]])
    text = (folder / CATALOGUE).read_text("utf-8")
    assert f"Last-Translator: {CHECKED}" in text
    assert text.count("# reviewed on 2026-10-01") == 3
    assert "# Looks like a title." in text


def test_a_tool_that_signs_the_file_makes_no_words_human(folder: Path) -> None:
    text = (folder / CATALOGUE).read_text("utf-8").replace("machine, not yet checked by a native reader", "Ana <ana>")
    write(folder, CATALOGUE, f"# Machine-made; no native reader has checked them yet.\n{text}")
    found = {each.key: each for each in work(folder).values() if each.store == "interface" and each.words}
    assert {each.state for each in found.values()} == {"machine"}
    taken(folder, [row(folder, key, *each.words, is_confirmed=True) for key, each in found.items()])
    text = (folder / CATALOGUE).read_text("utf-8")
    assert "Machine-made" not in text
    assert text.startswith("# Words of an invented site.")
    assert "Last-Translator: Ana <ana>" in text


def test_words_for_a_language_without_a_catalogue_say_how_to_begin(folder: Path) -> None:
    key = next(key for key, each in work(folder, "de").items() if each.english == ("Share",))
    with pytest.raises(SetupError, match="partners translate start de"):
        taken(folder, [row(folder, key, "Teilen", language="de")], "de")


def test_a_page_keeps_what_is_not_translated(folder: Path) -> None:
    text = (folder / PAGE).read_text("utf-8").replace("title: Ayuda", "title: Ayuda # short")
    write(folder, PAGE, text)
    taken(folder, [row(folder, f"{HELP}#title", "Ayuda y más")])
    assert (folder / PAGE).read_text("utf-8") == text.replace("Ayuda # short", "Ayuda y más  # short")


def test_a_page_with_other_line_ends_can_be_written(folder: Path) -> None:
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes().replace(b"\n", b"\r\n"))
    taken(folder, [row(folder, f"{HELP}#title", "Ayuda y más")])
    document, _ = read(folder / SIDECAR, relative=SIDECAR)
    assert document is not None
    assert work(folder)[f"{HELP}#title"].words == ("Ayuda y más",)
