"""CSV files for translators: as spreadsheets save them."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.translate import table
from tests.translating import COMMENTS, PARTNER, SIDECAR, district, files, own_words, sheet, taken, work

SUMMARY = f"{PARTNER}#summary"
CLAIM = f"{PARTNER}#partnership/alignment/0/claim"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path)


def cells(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def saved(rows: list[dict[str, str]], *, separator: str = ",", end: str = "\r\n", mark: str = "\ufeff") -> bytes:
    """A table as a spreadsheet saves it."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, rows[0].keys(), delimiter=separator, lineterminator=end)
    writer.writeheader()
    writer.writerows(rows)
    return (mark + file.getvalue()).encode()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_round_trip_loses_nothing(separator: str, mark: str, folder: Path) -> None:
    rows = cells(table.write(sheet(folder)))
    for cell in rows:
        if cell["key"] == CLAIM:
            cell["translation"] = 'Leemos con "niños"; cada semana, siempre.'
        if cell["key"] == SUMMARY:
            cell["state"] = "Reviewed "
    language, found = table.read(saved(rows, separator=separator, mark=mark), "work.csv")
    assert language == "es"
    accepted = taken(folder, found)
    assert (accepted.counts["taken"], accepted.counts["refused"]) == (2, 0)
    assert work(folder)[SUMMARY].state == "reviewed"
    assert work(folder)[CLAIM].words == ('Leemos con "niños"; cada semana, siempre.',)
    after = (folder / SIDECAR).read_text("utf-8")
    assert [comment for comment in COMMENTS if comment not in after] == []


def test_the_own_export_changes_no_byte(folder: Path) -> None:
    before = files(folder)
    taken(folder, table.read(table.write(sheet(folder)), "work.csv")[1])
    assert files(folder) == before


def test_plurals_come_back_in_one(folder: Path) -> None:
    rows = cells(table.write(sheet(folder)))
    forms = [cell for cell in rows if cell["english"].startswith("%(count)s school")]
    assert [cell["translation"] for cell in forms] == ["%(count)s escuela", "%(count)s escuelas"]
    forms[0]["translation"] = "una escuela"
    taken(folder, table.read(saved(rows), "work.csv")[1])
    assert work(folder)[forms[0]["key"].rpartition("/")[0]].words == ("una escuela", "%(count)s escuelas")


def test_no_cell_is_a_formula_to_a_spreadsheet(folder: Path) -> None:
    for text in ("=1+1", "+1", "-1", "@a", "'quoted", "\tx"):
        assert table.safe(text) == f"'{text}"
        assert table.plain(table.safe(text)) == text
    assert table.plain(table.safe("plain")) == "plain"
    assert table.plain("'tis") == "'tis"
    assert all(
        not value.startswith(("=", "+", "-", "@"))
        for cell in cells(table.write(sheet(folder)))
        for value in cell.values()
    )


def test_a_row_knows_its_line(folder: Path) -> None:
    content = 'key,english,translation\na,"b\n\nc","d\ne"\nf,g,h\n'
    assert [row.line for row in table.read(content.encode(), "work.csv")[1]] == [2, 6]


BROKEN = {
    "latin-1": ("key,english,translation\na,b,niño\n".encode("latin-1"), "work.csv:2: "),
    "utf-16": ("key,english,translation\n".encode("utf-16"), "work.csv:1: "),
    "no column": (b"key,english\na,b\n", "work.csv:1: "),
    "empty": (b"", "work.csv:1: "),
    "binary": (b"PK\x03\x04\x00\x00", "work.csv:1: "),
    "too long": (b"key,english,translation\na,b," + b"x" * 70_000, "work.csv:2: "),
    "two languages": (b"key,english,translation,language\na,b,c,es\na,b,c,so\n", "work.csv: "),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_told_in_one_line(name: str) -> None:
    content, place = BROKEN[name]
    with pytest.raises(SetupError) as told:
        table.read(content, "work.csv")
    assert str(told.value).startswith(place)
    assert "\n" not in str(told.value)
