"""XLIFF files for agencies: through ElementTree, and through the classes with which other tools read and write them."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from translate.storage.xliff import xlifffile  # type: ignore[import-untyped,unused-ignore]

from generator.problems import SetupError
from generator.translate import xliff
from generator.translate.row import Row
from tests.translating import COMMENTS, PARTNER, SIDECAR, district, files, own_words, sheet, taken, work

SUMMARY = f"{PARTNER}#summary"
BUDDIES = f"{PARTNER}#programs/reading-buddies/summary"
CLAIM = f"{PARTNER}#partnership/alignment/0/claim"
NEW = {CLAIM: "Leemos con niños cada semana & más.", BUDDIES: "Una persona adulta lee con su hija o hijo."}
UNIT = f"{{{xliff.NAMESPACE}}}trans-unit"
TARGET = f"{{{xliff.NAMESPACE}}}target"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path / "riverbend")


def by_hand(content: bytes, words: dict[str, str], state: str = "") -> bytes:
    """A file in which somebody has written words; `state` "" leaves the states as they were."""
    root = ElementTree.fromstring(content)
    for unit in root.iter(UNIT):
        target = unit.find(TARGET)
        if target is not None and unit.get("id") in words:
            target.text = words[str(unit.get("id"))]
            if state:
                target.set("state", state)
    return ElementTree.tostring(root)


def with_toolkit(content: bytes, words: dict[str, str], path: Path) -> bytes:
    """The same with the classes of the Translate Toolkit."""
    path.write_bytes(content)
    store = xlifffile.parsefile(str(path))
    for unit in store.units:
        key = unit.getid().rpartition("\x04")[2]
        if key in words:
            unit.target = words[key]
            unit.marktranslated()
    store.save()
    return path.read_bytes()


@pytest.mark.parametrize("editor", ["hand", "hand, with states", "toolkit"])
def test_a_round_trip_loses_nothing(editor: str, folder: Path, tmp_path: Path) -> None:
    content = xliff.write(sheet(folder))
    if editor == "toolkit":
        content = with_toolkit(content, NEW, tmp_path / "work.xlf")
    else:
        content = by_hand(content, NEW, "translated" if "states" in editor else "")
    language, rows = xliff.read(content, "work.xlf")
    assert language == "es"
    accepted = taken(folder, rows)
    assert not accepted.counts["refused"]
    found = work(folder)
    assert {key: found[key].words for key in NEW} == {key: (words,) for key, words in NEW.items()}
    assert {found[key].state for key in NEW} == {"human"}
    assert found[SUMMARY].state == "machine"  # nobody has confirmed it
    after = (folder / SIDECAR).read_text("utf-8")
    assert [comment for comment in COMMENTS if comment not in after] == []


@pytest.mark.parametrize("states", [("machine",), ("stale",), ()])
def test_the_own_export_changes_no_byte(states: tuple[str, ...], folder: Path) -> None:
    before = files(folder)
    taken(folder, xliff.read(xliff.write(sheet(folder, states=states)), "work.xlf")[1])
    assert files(folder) == before


def test_every_text_comes_back_as_it_was(folder: Path) -> None:
    _, rows = xliff.read(xliff.write(sheet(folder)), "work.xlf")
    plain = {row.key: (row.english[0], row.words[0]) for row in rows}
    for each in work(folder).values():
        if len(each.english) == 1:
            assert plain[each.key] == (each.english[0], "".join(each.words))
    forms = [
        (row.key.rpartition("/")[2], row.words[0]) for row in rows if row.english[0].startswith("%(count)s school")
    ]
    assert forms == [("0", "%(count)s escuela"), ("1", "%(count)s escuelas")]


def test_a_native_readers_mark_counts(folder: Path) -> None:
    content = by_hand(xliff.write(sheet(folder, keys=[SUMMARY])), {SUMMARY: "Leen con niños."}, "signed-off")
    taken(folder, xliff.read(content, "work.xlf")[1])
    assert work(folder)[SUMMARY].state == "reviewed"


@pytest.mark.parametrize("state", ["needs-review-translation", "needs-review-l10n"])
def test_what_needs_a_review_waits_even_if_it_has_changed(state: str, folder: Path) -> None:
    content = by_hand(xliff.write(sheet(folder, keys=[CLAIM])), {CLAIM: "Leemos."}, state)
    (row,) = xliff.read(content, "work.xlf")[1]
    assert isinstance(row, Row)
    assert [verdict.outcome for verdict in taken(folder, [row]).verdicts] == ["unsure"]


GOOD = f'<xliff version="1.2" xmlns="{xliff.NAMESPACE}">'
BROKEN = {
    "document type": ('<!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "work.xlf: "),
    "not closed": (f"{GOOD}\n<file>\n</xliff>", "work.xlf:3: "),
    "other": ("<html/>", "work.xlf: "),
    "version 2": ('<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"/>', "work.xlf: "),
    "no XML": ("key,english", "work.xlf:1: "),
    "empty": ("", "work.xlf:1: "),
    "two languages": (f'{GOOD}<file target-language="es"/><file target-language="so"/></xliff>', "work.xlf: "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_in_one_line(name: str) -> None:
    content, place = BROKEN[name]
    with pytest.raises(SetupError) as told:
        xliff.read(content.encode(), "work.xlf")
    assert str(told.value).startswith(place)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_utf_8_is_told_by_line() -> None:
    with pytest.raises(SetupError, match=r"work\.xlf:2: this file is not UTF-8"):
        xliff.read(f"{GOOD}\n<file>niño".encode("latin-1"), "work.xlf")
    with pytest.raises(SetupError, match="not UTF-8"):
        xliff.read(GOOD.encode("utf-16"), "work.xlf")
