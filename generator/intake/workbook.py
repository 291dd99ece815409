"""Excel workbooks (XLSX, ECMA-376): the rows of a sheet as people see them, read piece by piece."""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from generator.intake.package import Package
from generator.intake.shown import BUILT_IN, shown
from generator.intake.table import COLUMN_LIMIT, Row, Table, heading
from generator.problems import SetupError

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_FILLED = 0.6  # of the widest row's cells
_TITLE_LIMIT = 20  # rows in which the headings are looked for
_TEXT_LIMIT = 40_000  # characters of a cell; Excel allows 32,767


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """A sheet of a workbook, and the part that holds it."""

    name: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """What all sheets of a workbook share: texts, formats of cells by number, and how its days are counted."""

    package: Package
    sheets: tuple[_Sheet, ...]
    texts: list[str]
    formats: list[str]
    from_1904: bool


@dataclass(slots=True)
class _Cells:
    """The cells of one row while it is read: texts, faults and notes by column, from 0."""

    line: int
    texts: dict[int, str] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged:
    """Cells that were merged into one: first and last line, first and last column (from 0)."""

    top: int
    bottom: int
    left: int
    right: int


def open_workbook(path: Path, stack: ExitStack, *, wanted: Collection[str], sheet: str = "") -> Table:
    """The table of one sheet of a workbook; raises SetupError when there is none, or several are as likely."""
    book = _book(Package(path, stack))
    one = _chosen(book, wanted, sheet)
    others = tuple(f'the sheet "{other.name}"' for other in book.sheets if other != one)
    merged = _merges(book, one)
    rows = _rows(book, one)
    first = [cells for cells in islice(rows, _TITLE_LIMIT) if any(text.strip() for text in cells.texts.values())]
    if not first:
        raise SetupError(f"{path.name}: this sheet is empty")
    at = next((n for n, cells in enumerate(first) if set(_heads(cells)).intersection(wanted)), _widest(first))
    above = tuple(f"row {cells.line}, above the headings" for cells in first[:at])
    headings = _headings(first[at], path.name)
    below = _table_rows(chain(first[at + 1 :], rows), headings, merged)
    return Table(name=path.name, headings=headings, rows=below, unused=(*above, *others))


def _widest(rows: Sequence[_Cells]) -> int:
    """The first row that is filled as headings are, where nobody has said which they are: titles have few cells."""
    most = max(len(cells.texts) for cells in rows)
    return next(number for number, cells in enumerate(rows) if len(cells.texts) >= _FILLED * most)


def _heads(cells: _Cells) -> tuple[str, ...]:
    return tuple(map(heading, cells.texts.values()))


def _headings(head: _Cells, name: str) -> tuple[str, ...]:
    width = max(column for column, text in head.texts.items() if text.strip()) + 1
    if width > COLUMN_LIMIT:
        raise SetupError(f"{name}: {width:,} columns; the most is {COLUMN_LIMIT}")
    return tuple(heading(head.texts.get(column, "")) for column in range(width))


def _chosen(book: _Book, wanted: Collection[str], name: str) -> _Sheet:
    """The sheet that was asked for, the only one, or the only one that has a heading that is hoped for."""
    if name:
        found = [sheet for sheet in book.sheets if sheet.name == name]
    else:
        heads = {s: {h for cells in islice(_rows(book, s), _TITLE_LIMIT) for h in _heads(cells)} for s in book.sheets}
        found = [s for s in book.sheets if heads[s].intersection(wanted)] or [s for s in book.sheets if heads[s]]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f'"{sheet.name}"' for sheet in book.sheets)
    problem = "there is no such sheet" if name else "nobody can tell which sheet to take" if found else "it is empty"
    raise SetupError(f"{book.package.name}: {problem}; its sheets are {names}: name one with --sheet")


def _book(package: Package) -> _Book:
    main = next((part for kind, part in package.related("").values() if kind == "officeDocument"), "xl/workbook.xml")
    related = package.related(main)
    sheets: list[_Sheet] = []
    dates: list[bool] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "sheet":
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            kind, part = related.get(key, ("", ""))
            if kind == "worksheet":
                sheets.append(_Sheet(name=given.get("name", ""), part=part))
        elif tag == "workbookPr":
            dates.append(given.get("date1904") in ("1", "true"))

    for _ in package.read(main, start):
        pass
    parts = dict(related.values())
    texts = _texts(package, parts["sharedStrings"]) if "sharedStrings" in parts else []
    formats = _formats(package, parts["styles"]) if "styles" in parts else []
    return _Book(package=package, sheets=tuple(sheets), texts=texts, formats=formats, from_1904=any(dates))


def _texts(package: Package, part: str) -> list[str]:
    """The texts that cells name by number; how they are to be spoken (rPh) is left out."""
    texts: list[str] = []
    state = {"t": False, "rPh": False}
    pieces: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag in state:
            state[tag] = True

    def end(tag: str) -> None:
        if tag in state:
            state[tag] = False
        elif tag == "si":
            texts.append("".join(pieces)[:_TEXT_LIMIT])
            pieces.clear()

    def text(words: str) -> None:
        if state["t"] and not state["rPh"]:
            pieces.append(words)

    for _ in package.read(part, start, end, text):
        pass
    return texts


def _formats(package: Package, part: str) -> list[str]:
    """The number format of every style of a cell."""
    own: dict[int, str] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(tag: str, given: dict[str, str]) -> None:
        inside.append(tag)
        if tag == "numFmt":
            own[_number(given.get("numFmtId"))] = given.get("formatCode", "")
        elif tag == "xf" and "cellXfs" in inside:
            styles.append(_number(given.get("numFmtId")))

    for _ in package.read(part, start, lambda _: inside.__delitem__(-1)):
        pass
    return [own.get(style, BUILT_IN.get(style, "")) for style in styles]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _rows(book: _Book, sheet: _Sheet) -> Iterator[_Cells]:
    """The rows of a sheet that hold anything, in order."""
    reading = _Reading(book)
    for _ in book.package.read(sheet.part, reading.start, reading.end, reading.text):
        yield from reading.done
        reading.done.clear()


class _Reading:
    """The state of a walk through the XML of a sheet; finished rows are in `done`."""

    def __init__(self, book: _Book) -> None:
        self.book = book
        self.done: list[_Cells] = []
        self.row = _Cells(0)
        self.column = -1
        self.kind = self.form = ""
        self.has_formula = self.is_value = False
        self.pieces: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Begin a row, a cell or its value."""
        if tag == "row":
            self.row = _Cells(
                _number(given.get("r")) or self.row.line + 1, is_hidden=given.get("hidden") in ("1", "true")
            )
            self.column = -1
        elif tag == "c":
            found = _REFERENCE.fullmatch(given.get("r", ""))
            self.column = _column(found[1]) if found else self.column + 1
            self.kind = given.get("t", "n")
            style = _number(given.get("s"))
            self.form = self.book.formats[style] if style < len(self.book.formats) else ""
            self.has_formula = False
            self.pieces.clear()
        elif tag == "f":
            self.has_formula = True
        elif tag in ("v", "t"):
            self.is_value = True

    def text(self, words: str) -> None:
        """Keep the words of a value."""
        if self.is_value:
            self.pieces.append(words)

    def end(self, tag: str) -> None:
        """End a value, a cell or a row."""
        if tag in ("v", "t"):
            self.is_value = False
        elif tag == "c":
            self._end_cell("".join(self.pieces))
        elif tag == "row":
            self.done.append(self.row)

    def _end_cell(self, value: str) -> None:
        row, column = self.row, self.column
        if self.has_formula:
            if not value:
                row.faults[column] = "holds a formula without a result; open the file in Excel and save it again"
                return
            row.notes[column] = "a formula's last result was taken"
        try:
            text = self._shown(value)
        except (ValueError, OverflowError, IndexError):
            row.faults[column] = "holds a number or a date that cannot be read"
            return
        if self.kind == "e":
            row.faults[column] = f"holds an error ({text[:20]})"
        elif text:
            row.texts[column] = text

    def _shown(self, value: str) -> str:
        if self.kind == "s":
            return self.book.texts[_number(value)] if value.isdigit() else ""
        if self.kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if self.kind != "n" or not value:
            return value
        return shown(value, self.form, from_1904=self.book.from_1904)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _merges(book: _Book, sheet: _Sheet) -> tuple[_Merged, ...]:
    """The merged cells of a sheet; the file names them after its rows."""
    found: list[_Merged] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "mergeCell":
            ends = [_REFERENCE.fullmatch(corner) for corner in given.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                (left, top), (right, bottom) = ((_column(e[1]), int(e[2])) for e in (ends[0], ends[1]))
                found.append(_Merged(top=top, bottom=bottom, left=left, right=right))

    for _ in book.package.read(sheet.part, start):
        pass
    return tuple(sorted(found, key=lambda merged: merged.top))


def _table_rows(rows: Iterator[_Cells], headings: tuple[str, ...], merged: tuple[_Merged, ...]) -> Iterator[Row]:
    """The rows below the headings; what was merged downwards counts for each of its rows."""
    waiting = list(merged)
    open_: dict[_Merged, str] = {}
    for cells in rows:
        while waiting and waiting[0].top <= cells.line:
            one = waiting.pop(0)
            open_[one] = cells.texts.get(one.left, "") if one.top == cells.line else ""
        open_ = {one: text for one, text in open_.items() if one.bottom >= cells.line}
        for one, text in open_.items():
            if one.left == one.right < len(headings) and text and one.top < cells.line:
                cells.texts[one.left] = text
                cells.notes[one.left] = "merged cells were taken for each of their rows"
            elif one.left != one.right and text:
                cells.faults[one.left] = "is merged with its neighbour, so nobody can tell to which the answer belongs"
        yield _row(cells, headings)


def _row(cells: _Cells, headings: tuple[str, ...]) -> Row:
    width = max(len(headings), *(column + 1 for column, text in cells.texts.items() if text.strip()), 0)
    return Row(
        line=cells.line,
        cells=tuple(cells.texts.get(column, "") for column in range(min(width, COLUMN_LIMIT + 1))),
        note="the row is hidden in the workbook" if cells.is_hidden else "",
        notes=cells.notes,
        faults=cells.faults,
    )
