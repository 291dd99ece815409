"""A table of results: what it measures, what to know about it, and its lines as Markdown."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.district import District

NOTHING = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """How to measure: where, how often, for how long at most, and against which peers (all of them when empty).

    `is_chosen` tells that somebody named the sizes, so that nothing is left out for being slow.
    """

    scratch: Path
    tools: Path
    runs: int
    limit_s: float
    peers: tuple[str, ...]
    may_install: bool
    is_chosen: bool


Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its word for the command line, its heading, an explanation in Markdown, and its columns.

    A column whose name begins with "<" is words, any other numbers. `measure` yields rows as soon as they are known.
    """

    word: str
    title: str
    explanation: str
    columns: tuple[str, ...]
    sizes: tuple[District, ...]
    measure: Callable[[Bench, tuple[District, ...]], Iterator[Row]]


def head(table: Table) -> str:
    """The two lines above a table's rows."""
    names = tuple(column.removeprefix("<") for column in table.columns)
    rules = ("---" if column.startswith("<") else "--:" for column in table.columns)
    return f"{line(names)}|{'|'.join(rules)}|\n"


def line(cells: Iterable[str]) -> str:
    """Cells as a line of a Markdown table."""
    return f"| {' | '.join(map(cell, cells))} |\n"


def cell(text: str) -> str:
    """A text that stays in its cell: no line break, no bar that would end it."""
    return " ".join(text.split()).replace("|", "\\|")


def seconds(times: Iterable[float]) -> Row:
    """The median, the fastest and the slowest of some seconds."""
    known = sorted(times)
    return tuple(f"{value:.2f}" for value in (median(known), known[0], known[-1])) if known else (NOTHING,) * 3


def per_page(times: Iterable[float], pages: int) -> str:
    """Microseconds for a page, from the median of seconds."""
    known = tuple(times)
    return f"{median(known) / pages * 1e6:,.0f}" if known and pages else NOTHING


def ratio(value: float) -> str:
    """How many times as much: two digits below ten, none above a hundred."""
    return f"{value:.2f}" if value < 10 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"
