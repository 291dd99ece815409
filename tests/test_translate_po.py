"""PO files for translators: through Babel, and through the classes with which other tools read and write them."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from translate.storage.pypo import pofile  # type: ignore[import-untyped,unused-ignore]

from generator.problems import SetupError
from generator.translate import po
from tests.translating import (
    CATALOGUE,
    COMMENTS,
    HELP,
    PARTNER,
    SIDECAR,
    district,
    files,
    own_words,
    sheet,
    taken,
    work,
    write,
)

SUMMARY = f"{PARTNER}#summary"
BUDDIES = f"{PARTNER}#programs/reading-buddies/summary"
CLAIM = f"{PARTNER}#partnership/alignment/0/claim"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path / "riverbend")


def confirmed_with_babel(content: bytes, words: dict[str, str], path: Path) -> bytes:
    """A PO file in which somebody has taken every mark away and written words, with Babel."""
    path.write_bytes(content)
    with path.open("rb") as file:
        catalogue = read_po(file)
    for message in catalogue:
        message.flags.discard("fuzzy")
        if message.context in words:
            message.string = words[message.context]
    with path.open("wb") as file:
        write_po(file, catalogue, width=60)
    return path.read_bytes()


def confirmed_with_toolkit(content: bytes, words: dict[str, str], path: Path) -> bytes:
    """The same with the classes of the Translate Toolkit."""
    path.write_bytes(content)
    store = pofile.parsefile(str(path))
    for unit in store.units:
        if not unit.isheader():
            unit.markfuzzy(False)
        if unit.getcontext() in words:
            unit.target = words[unit.getcontext()]
    store.save()
    return path.read_bytes()


EDITORS = {"babel": confirmed_with_babel, "toolkit": confirmed_with_toolkit}
NEW = {CLAIM: "Leemos con niños cada semana.", BUDDIES: "Una persona adulta lee con su hija o hijo cada semana."}


@pytest.mark.parametrize("editor", EDITORS)
def test_a_round_trip_loses_nothing(editor: str, folder: Path, tmp_path: Path) -> None:
    before = (folder / SIDECAR).read_text("utf-8")
    content = EDITORS[editor](po.write(sheet(folder)), NEW, tmp_path / "work.po")
    language, rows = po.read(content, "work.po")
    assert language == "es"
    assert {row.key for row in rows} == set(work(folder))
    assert not taken(folder, rows).counts["refused"]
    found = work(folder)
    assert {key: found[key].words for key in NEW} == {key: (words,) for key, words in NEW.items()}
    assert {each.state for each in found.values() if each.words} == {"human", "reviewed"}
    after = (folder / SIDECAR).read_text("utf-8")
    assert [comment for comment in COMMENTS if comment not in after] == []
    assert list(found[SUMMARY].words) == ["Leen con niños."]
    assert after.index("summary:") < after.index("programs/reading-buddies/summary:")
    assert before.split("\n")[:3] == after.split("\n")[:3]
    assert "# The title is short on purpose." in (folder / f"translations/es/{HELP}.md").read_text("utf-8")
    assert "# Looks like a title." in (folder / CATALOGUE).read_text("utf-8")


@pytest.mark.parametrize("states", [("machine",), ("stale",), ("missing",), ()])
def test_the_own_export_changes_no_byte(states: tuple[str, ...], folder: Path) -> None:
    before = files(folder)
    _, rows = po.read(po.write(sheet(folder, states=states)), "work.po")
    assert rows
    taken(folder, rows)
    assert files(folder) == before


def test_what_has_to_be_looked_at_is_fuzzy_and_told_what_for(folder: Path) -> None:
    given = sheet(folder)
    former = {BUDDIES: "A grown-up reads."}
    content = po.write(type(given)(**{**{n: getattr(given, n) for n in given.__slots__}, "former": former}))
    units = {unit.getcontext(): unit for unit in pofile.parsestring(content).units}
    assert {key for key, unit in units.items() if unit.isfuzzy()} == {
        key for key, each in work(folder).items() if each.state in ("machine", "stale")
    }
    assert units[BUDDIES].prev_source == "A grown-up reads."
    notes = units[BUDDIES].getnotes("developer")
    assert "the English changed after this was translated on 2026-08-01" in notes
    assert "partner: River Readers" in notes
    assert "glossary: volunteer = voluntario" in units[SUMMARY].getnotes("developer")
    assert "families act on it" in units[CLAIM].getnotes("developer")


def test_what_looks_like_a_placeholder_is_none(folder: Path) -> None:
    text = (folder / f"{PARTNER}.yml").read_text("utf-8").replace("every week.}", "every week 100% of the year.}")
    write(folder, f"{PARTNER}.yml", text)
    content = po.write(sheet(folder, keys=[CLAIM])).decode()
    assert "100% of" in content
    assert "python-format" not in content
    assert "max-length:" in content


def test_plurals_have_as_many_forms_as_the_language(folder: Path) -> None:
    for language, forms in (("ar", 6), ("am", 2), ("vi", 1), ("ru", 3)):
        content = po.write(sheet(folder, language))
        told, rows = po.read(content, "work.po")
        assert told == language
        assert {len(row.words) for row in rows if len(row.english) == 2} == {forms}
    assert b"plural=(n > 1)" in po.write(sheet(folder, "am"))


@pytest.mark.parametrize("language", ["zh-Hant", "zh-Hans", "hmn", "prs", "nan-TW"])
def test_a_file_tells_its_language(language: str, folder: Path) -> None:
    assert po.read(po.write(sheet(folder, language)), "work.po")[0] == language


HEAD = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset={}\\n"\n\n'
BROKEN = {
    "latin-1": ((HEAD.format("utf-8") + 'msgid "a"\nmsgstr "niño"\n').encode("latin-1"), "work.po:7: "),
    "charset": ((HEAD.format("klingon") + 'msgid "a"\nmsgstr "b"\n').encode(), "work.po:4: "),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", "work.po:1: "),
    "other text": (b"key,english\n", "work.po:1: "),
    "quotation mark": ((HEAD.format("utf-8") + 'msgid "a"\nmsgstr "b\n').encode(), "work.po:7: "),
    "conflict": ((HEAD.format("utf-8") + 'msgid "a"\n<<<<<<< HEAD\nmsgstr "b"\n').encode(), "work.po:7: "),
    "twice": ((HEAD.format("utf-8") + 'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n').encode(), "work.po:9: "),
    "half": ((HEAD.format("utf-8") + 'msgid "a"\n').encode(), "work.po:6: "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_by_line(name: str) -> None:
    content, place = BROKEN[name]
    with pytest.raises(SetupError) as told:
        po.read(content, "work.po")
    assert str(told.value).startswith(place)
    assert "\n" not in str(told.value)


def test_a_file_in_its_own_character_set_is_read() -> None:
    content = (HEAD.format("ISO-8859-1") + 'msgctxt "k"\nmsgid "a"\nmsgstr "niño"\n').encode("latin-1")
    assert po.read(content, "work.po")[1][0].words == ("niño",)
