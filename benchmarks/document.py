"""The page of results: what was compared in plain words, each table with its machine, and what cannot be compared."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Row, Table, head, line
from benchmarks.tables import TABLES

BEGINNING = Path(__file__).parent / "page/beginning.md"
END = Path(__file__).parent / "page/end.md"
LINE = re.compile(r"^\| .+ \|$", re.MULTILINE)
SIZE = "partners × languages"
HEADING = re.compile(r"^## (.+)\n", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One table of the page under its heading; the text is Markdown."""

    title: str
    text: str


def section(table: Table, rows: Iterable[Row], machine: str) -> Section:
    """A table as the page shows it."""
    lines = "".join(map(line, rows))
    return Section(
        title=table.title, text=f"{table.explanation.rstrip()}\n\n{head(table)}{lines}\nMachine: {machine}.\n"
    )


def write(page: Path, fresh: Section) -> None:
    """Put a section into the page; those of other tables that are there already stay, and lines of other sizes."""
    known = sections(page.read_text("utf-8")) if page.is_file() else {}
    if former := known.get(fresh.title):
        fresh = with_other_sizes(fresh, former)
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(document(known | {fresh.title: fresh}), encoding="utf-8")


def with_other_sizes(fresh: Section, former: Section) -> Section:
    """A section with those lines of a former one before its own whose size it does not have.

    A ratio compares runs of one size, so lines of other sizes stay true. A table of one line for each size is whole.
    """
    head, *lines = LINE.findall(fresh.text)
    if size_in(head) != SIZE or not lines:
        return fresh
    now = {SIZE, *map(size_in, lines)}
    kept = [line for line in LINE.findall(former.text) if size_in(line) not in now]
    return Section(title=fresh.title, text=fresh.text.replace(lines[0], "\n".join((*kept, lines[0])), 1))


def size_in(line: str) -> str:
    """What stands in the second column of a line."""
    return line.split(" | ")[1]


def sections(text: str) -> dict[str, Section]:
    """The sections of an earlier page, by their titles."""
    parts = HEADING.split(text)[1:]
    found = (
        Section(title=title, text=body.strip() + "\n") for title, body in zip(parts[::2], parts[1::2], strict=True)
    )
    return {found.title: found for found in found}


def document(known: dict[str, Section]) -> str:
    """The whole page: the tables that are known, in their order, between its beginning and its end."""
    chosen = (known[table.title] for table in TABLES if table.title in known)
    middle = "".join(f"## {part.title}\n\n{part.text}\n" for part in chosen)
    return f"{BEGINNING.read_text('utf-8').rstrip()}\n\n{middle}{END.read_text('utf-8').rstrip()}\n"
