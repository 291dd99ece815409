"""Excel workbooks (XLSX): the table of one sheet, found among its titles, other sheets and merged cells."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path

from generator.intake.book import Book, Sheet, book_of
from generator.intake.package import Package
from generator.intake.sheet import Cells, Merged, merges_of, rows_of
from generator.intake.table import COLUMN_LIMIT, Row, Table, heading
from generator.problems import SetupError

_FILLED = 0.6  # of the widest row's cells
_TITLE_LIMIT = 20  # rows in which the headings are looked for


def open_workbook(path: Path, stack: ExitStack, *, wanted: Collection[str], sheet: str = "") -> Table:
    """The table of one sheet of a workbook; raises SetupError when there is none, or several are as likely."""
    book = book_of(Package(path, stack))
    one = _chosen(book, wanted, sheet)
    others = tuple(f'the sheet "{other.name}"' for other in book.sheets if other != one)
    merged = merges_of(book, one)
    rows = rows_of(book, one)
    first = [cells for cells in islice(rows, _TITLE_LIMIT) if any(text.strip() for text in cells.texts.values())]
    if not first:
        raise SetupError(f"{path.name}: this sheet is empty")
    at = next((n for n, cells in enumerate(first) if set(_heads(cells)).intersection(wanted)), _widest(first))
    above = tuple(f"row {cells.line}, above the headings" for cells in first[:at])
    headings = _headings(first[at], path.name)
    below = _table_rows(chain(first[at + 1 :], rows), headings, merged)
    read_as = f'the sheet "{one.name}", with headings in row {first[at].line}'
    return Table(name=path.name, headings=headings, rows=below, unused=(*above, *others), read_as=read_as)


def _widest(rows: Sequence[Cells]) -> int:
    """The first row that is filled as headings are, where nobody has said which they are: titles have few cells."""
    most = max(len(cells.texts) for cells in rows)
    return next(number for number, cells in enumerate(rows) if len(cells.texts) >= _FILLED * most)


def _heads(cells: Cells) -> tuple[str, ...]:
    return tuple(map(heading, cells.texts.values()))


def _headings(head: Cells, name: str) -> tuple[str, ...]:
    width = max(column for column, text in head.texts.items() if text.strip()) + 1
    if width > COLUMN_LIMIT:
        raise SetupError(f"{name}: {width:,} columns; the most is {COLUMN_LIMIT}")
    return tuple(heading(head.texts.get(column, "")) for column in range(width))


def _chosen(book: Book, wanted: Collection[str], name: str) -> Sheet:
    """The sheet that was asked for, the only one, or the only one that has a heading that is hoped for."""
    if name:
        found = [sheet for sheet in book.sheets if sheet.name == name]
    else:
        heads = {s: {h for cells in islice(rows_of(book, s), _TITLE_LIMIT) for h in _heads(cells)} for s in book.sheets}
        found = [s for s in book.sheets if heads[s].intersection(wanted)] or [s for s in book.sheets if heads[s]]
    if len(found) == 1:
        return found[0]
    names = ", ".join(f'"{sheet.name}"' for sheet in book.sheets)
    problem = "there is no such sheet" if name else "nobody can tell which sheet to take" if found else "it is empty"
    raise SetupError(f"{book.package.name}: {problem}; its sheets are {names}: name one with --sheet")


def _table_rows(rows: Iterator[Cells], headings: tuple[str, ...], merged: tuple[Merged, ...]) -> Iterator[Row]:
    """The rows below the headings; what was merged downwards counts for each of its rows."""
    waiting = list(merged)
    open_: dict[Merged, str] = {}
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


def _row(cells: Cells, headings: tuple[str, ...]) -> Row:
    width = max(len(headings), *(column + 1 for column, text in cells.texts.items() if text.strip()), 0)
    return Row(
        line=cells.line,
        cells=tuple(cells.texts.get(column, "") for column in range(min(width, COLUMN_LIMIT + 1))),
        note="the row is hidden in the workbook" if cells.is_hidden else "",
        notes=cells.notes,
        faults=cells.faults,
    )
