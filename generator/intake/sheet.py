"""The cells of a sheet as people see them, row by row, and which of them were merged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.intake.book import Book, Sheet, number
from generator.intake.shown import shown

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(slots=True)
class Cells:
    """The cells of one row while it is read: texts, faults and notes by column, from 0."""

    line: int
    texts: dict[int, str] = field(default_factory=dict)
    faults: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Cells that were merged into one: first and last line, first and last column (from 0)."""

    top: int
    bottom: int
    left: int
    right: int


def rows_of(book: Book, sheet: Sheet) -> Iterator[Cells]:
    """The rows of a sheet that hold anything, in order."""
    reading = _Reading(book)
    for _ in book.package.read(sheet.part, reading.start, reading.end, reading.text):
        yield from reading.done
        reading.done.clear()


class _Reading:
    """The state of a walk through the XML of a sheet; finished rows are in `done`."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.done: list[Cells] = []
        self.row = Cells(0)
        self.column = -1
        self.kind = self.form = ""
        self.has_formula = self.is_value = False
        self.pieces: list[str] = []

    def start(self, tag: str, given: dict[str, str]) -> None:
        """Begin a row, a cell or its value."""
        if tag == "row":
            self.row = Cells(
                number(given.get("r")) or self.row.line + 1, is_hidden=given.get("hidden") in ("1", "true")
            )
            self.column = -1
        elif tag == "c":
            found = _REFERENCE.fullmatch(given.get("r", ""))
            self.column = _column(found[1]) if found else self.column + 1
            self.kind = given.get("t", "n")
            style = number(given.get("s"))
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
            return self.book.texts[number(value)] if value.isdigit() else ""
        if self.kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if self.kind != "n" or not value:
            return value
        return shown(value, self.form, from_1904=self.book.from_1904)


def merges_of(book: Book, sheet: Sheet) -> tuple[Merged, ...]:
    """The merged cells of a sheet; the file names them after its rows."""
    found: list[Merged] = []

    def start(tag: str, given: dict[str, str]) -> None:
        if tag == "mergeCell":
            ends = [_REFERENCE.fullmatch(corner) for corner in given.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                (left, top), (right, bottom) = ((_column(e[1]), int(e[2])) for e in (ends[0], ends[1]))
                found.append(Merged(top=top, bottom=bottom, left=left, right=right))

    for _ in book.package.read(sheet.part, start):
        pass
    return tuple(sorted(found, key=lambda merged: merged.top))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
