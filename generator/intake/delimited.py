"""CSV files as Google Forms, Microsoft Forms and spreadsheets write them."""

import csv
import re
from collections.abc import Collection, Iterator
from contextlib import ExitStack, suppress
from itertools import chain, islice
from pathlib import Path

from generator.intake.encodings import Lines, refuse_other_encodings
from generator.intake.table import COLUMN_LIMIT, FILE_LIMIT_BYTES, Row, Table, heading
from generator.problems import SetupError

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_ENCODED = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "windows-1252": "Windows-1252",
    "mixed": "UTF-8 mixed with other encodings",
}
_FIELD_LIMIT = 131_072  # characters; a longer cell is a quotation mark that nobody closed
_SAMPLE = 20  # rows that must agree about a separator
_SAMPLE_BYTES = 65_536
_HEAD_LIMIT = 200  # lines that the headings may take
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_SWALLOWED_FROM = 4
"""With fewer columns, a line of prose has as many commas as a row."""
_FORMULA = ("=", "+", "-", "@")


def open_csv(
    path: Path, stack: ExitStack, *, wanted: Collection[str], separator: str = "", encoding: str = "utf-8"
) -> Table:
    """The table of a CSV file, read row by row as long as `stack` is open; raises SetupError when it is none.

    `wanted` are the headings that somebody hopes for: they decide between several separators.
    """
    name = path.name
    if path.stat().st_size > FILE_LIMIT_BYTES:
        raise SetupError(f"{name}: this file has more than {FILE_LIMIT_BYTES:,} bytes; split it")
    file = stack.enter_context(path.open("rb"))
    refuse_other_encodings(file.read(_SAMPLE_BYTES), name, encoding)
    file.seek(0)
    lines = Lines(encoding)
    following = lines.of(file, name)
    sample = list(islice(following, _HEAD_LIMIT))
    told = _EXCEL_HINT.fullmatch(sample[0]) if sample else None
    skipped = 1 if told else 0
    sample = sample[skipped:]
    mark = separator or (told[1] if told else chosen(sample, wanted, name))
    csv.field_size_limit(_FIELD_LIMIT)
    table = _Reader(name, chain(sample, following), mark, lines, skipped)
    headings = table.headings()
    marks = {sign: words for words, sign in SEPARATORS.items()}
    read_as = f"{_ENCODED[encoding]}, columns separated by {marks.get(mark, mark)}"
    return Table(name=name, headings=headings, rows=table.rows(headings), read_as=read_as, advice=lines.advice)


def chosen(sample: list[str], wanted: Collection[str], name: str) -> str:
    """The separator of a file, from its first lines; raises SetupError when two are as likely."""
    heads = {mark: _first_rows(sample, mark, 1) for mark in SEPARATORS.values()}
    widths = {mark: len(rows[0]) for mark, rows in heads.items() if rows}
    found = {mark: len(set(map(heading, heads[mark][0])).intersection(wanted)) for mark in widths}
    best = max(found.values(), default=0)
    likely = [mark for mark, many in found.items() if many == best > 0 and (widths[mark] > 1 or len(found) == 1)]
    likely = likely or [mark for mark, width in widths.items() if width > 1]
    if len(likely) > 1:
        likely = [mark for mark in likely if len({len(row) for row in _first_rows(sample, mark, _SAMPLE)}) == 1]
    if len(likely) > 1 or (not likely and max(widths.values(), default=0) > 1):
        raise SetupError(
            f"{name}: nobody can tell what separates the columns; say it with --separator ({', '.join(SEPARATORS)})"
        )
    return likely[0] if likely else ","


def _first_rows(sample: list[str], mark: str, many: int) -> list[list[str]]:
    """The first rows as a separator makes them; fewer where a quotation mark stands wrong."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(islice(filter(any, csv.reader(sample, delimiter=mark, strict=True)), many))
    return rows


class _Reader:
    """Python's reader of CSV with the lines that each row takes; it is used up once."""

    def __init__(self, name: str, following: Iterator[str], mark: str, lines: Lines, skipped: int) -> None:
        self.name, self.mark, self.lines, self.skipped = name, mark, lines, skipped
        self.reader = csv.reader(following, delimiter=mark, strict=True)

    def headings(self) -> tuple[str, ...]:
        """The first row that is not empty."""
        for first, cells in self._each():
            if any(cell.strip() for cell in cells):
                if len(cells) > COLUMN_LIMIT:
                    raise SetupError(f"{self.name}: {len(cells):,} columns; the most is {COLUMN_LIMIT}")
                if fault := self._said(self.lines.faults, first):
                    raise SetupError(f"{self.name}:{first}: {fault}; {MIXED}")
                return tuple(map(heading, cells))
        raise SetupError(f"{self.name}: this file is empty")

    def rows(self, headings: tuple[str, ...]) -> Iterator[Row]:
        """Every row below the headings."""
        for first, cells in self._each():
            fault, note = self._said(self.lines.faults, first), self._said(self.lines.notes, first)
            hint = MIXED if fault else ""
            if not fault and (end := self._swallowed(cells, len(headings))):
                fault = f"a quotation mark that opens here seems to be closed only on line {end}"
                hint = "close it where the answer ends"
            yield Row(line=first, cells=tuple(cells), note=note, fault=fault, hint=hint)

    def _each(self) -> Iterator[tuple[int, list[str]]]:
        """(first line, cells) of each row; raises SetupError where rows cannot be told apart any more."""
        while True:
            first = self.reader.line_num + 1
            try:
                cells = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                where = f"{self.name}:{first + self.skipped}"
                raise SetupError(f"{where}: {_meaning(str(error))}, so nothing of this file was taken") from error
            yield first + self.skipped, cells

    def _said(self, of_lines: dict[int, str], first: int) -> str:
        """What is said of the first line of a row of which anything is said; forgotten then."""
        last = self.reader.line_num + self.skipped
        return next((said for line in range(first, last + 1) if (said := of_lines.pop(line, ""))), "")

    def _swallowed(self, cells: list[str], width: int) -> int:
        """The last line of a row of which one cell holds what looks like another row, 0 when none does."""
        if width < _SWALLOWED_FROM:
            return 0
        looks = any(line.count(self.mark) >= width - 1 for cell in cells for line in cell.split("\n")[1:])
        return self.reader.line_num + self.skipped if looks else 0


MIXED = "save it as CSV UTF-8, or say --encoding windows-1252 for the whole file, or --encoding mixed to repair rows"


def _meaning(error: str) -> str:
    if "field larger" in error:
        return f"a cell has more than {_FIELD_LIMIT:,} characters; a quotation mark may not be closed"
    if "end of data" in error:
        return "a quotation mark that opens here is never closed"
    if "expected after" in error:
        return "a quotation mark stands inside a text; write two of them"
    return "the rows cannot be told apart here: the line ends are mixed up"


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would run the text; a number or a telephone number is none."""
    return cell.startswith(_FORMULA) and len(cell) > 1 and not re.fullmatch(r"[-+][0-9 ().,%-]+", cell)
