"""What every reader hands on: rows of cells below headings, each row with its line and what is odd about it."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from generator.source.characters import describe, forbidden
from generator.text import excerpt, nfc, visible

CELL_LIMIT = 10_000  # characters
COLUMN_LIMIT = 500
FILE_LIMIT_BYTES = 200_000_000
_HEADING_SHOWN = 60  # characters
NOTHING: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: `line` is where it begins in the file, from 1, and `place` says so in words where lines do not.

    `note` tells what the reader changed; with a `fault` the row cannot be taken. `notes` and `faults` say the same of
    single cells, by column from 0: they count only where somebody wants that column.
    """

    line: int
    cells: tuple[str, ...]
    place: str = ""
    note: str = ""
    fault: str = ""
    hint: str = ""
    notes: Mapping[int, str] = field(default_factory=lambda: NOTHING)
    faults: Mapping[int, str] = field(default_factory=lambda: NOTHING)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not (any(cell.strip() for cell in self.cells) or self.faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The headings of a file, each with its words evened out, and its rows in order.

    `read_as` says how the file was read where that was found out, and `advice`, once all rows are read, how else it
    might be read. `unused` names what the file holds that no row brings along, such as other sheets. `lenient` are
    headings below which answers that are no known term are left out. The keys are headings that tell partners and
    programs apart.
    """

    name: str
    headings: tuple[str, ...]
    rows: Iterator[Row] = field(compare=False)
    unused: tuple[str, ...] = ()
    lenient: frozenset[str] = frozenset()
    partner_key: str = ""
    program_key: str = ""
    read_as: str = ""
    advice: Callable[[], str] = field(default=lambda: "", compare=False)


def heading(cell: str) -> str:
    """A heading as people know it: without line breaks, double spaces and a byte order mark."""
    return nfc(" ".join(cell.removeprefix("\ufeff").split()))


def named(headings: tuple[str, ...], column: int) -> str:
    """A column by its heading, or by its number where it has none."""
    words = headings[column] if column < len(headings) else ""
    return f'"{excerpt(visible(words), _HEADING_SHOWN)}"' if words else f"number {column + 1}"


def fault_of(row: Row, headings: tuple[str, ...], columns: Collection[int]) -> tuple[str, str]:
    """What is wrong with a row of which some columns are wanted, and what to do; "" and "" for nothing."""
    if row.fault:
        return row.fault, row.hint
    if len(row.cells) != len(headings):
        hint = "an answer may hold the separator or a line break without quotation marks; save the file again"
        return f"it has {len(row.cells)} cells, and the first row has {len(headings)}", hint
    for column in columns:
        if column in row.faults:
            return f"the column {named(headings, column)} {row.faults[column]}", ""
        cell = row.cells[column]
        if len(cell) > CELL_LIMIT:
            found = f"the column {named(headings, column)} holds {len(cell):,} characters; the most is {CELL_LIMIT:,}"
            return found, "shorten it"
        strange = next((letter for _, letter in forbidden(cell) if letter not in "\t\r\n"), "")
        if strange:
            hint = "delete it and type the text around it again"
            return f"the column {named(headings, column)} holds {describe(strange)}", hint
    return "", ""
