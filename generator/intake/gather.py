"""Rows gathered into partners with their programs: one partner after the other, with no more in memory than that."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any

from generator.intake.convert import DELETE, Converter, Unclear
from generator.intake.mapping import Column, Map, Target, target_of
from generator.intake.table import Row, Table, fault_of, named
from generator.nearest import nearest
from generator.problems import SetupError
from generator.schema.shapes import Field, Shape
from generator.text import fold

_GONE = "\x00gone"
"""How a field that is to be deleted is kept between two steps; no record can hold it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one row says of a partner, and of one of its programs; both as nested data without codes to come."""

    line: int
    place: str
    partner: dict[str, Any]
    program: dict[str, Any]
    program_key: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A row that cannot be taken, and why; with no reason it is empty."""

    line: int
    place: str = ""
    why: str = ""
    hint: str = ""
    key: str = ""  # of the partner that it belongs to, where that can be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """The columns of a table that a map takes, by their number from 0, and the headings that it leaves alone."""

    columns: tuple[tuple[int, Column], ...]
    partner_key: int | None
    program_key: int | None
    unmapped: tuple[str, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """All columns that are looked at."""
        keys = {key for key in (self.partner_key, self.program_key) if key is not None}
        return frozenset(keys.union(number for number, _ in self.columns))


def used_columns(table: Table, plan: Map, shape: Shape) -> Used:
    """Which columns a map takes, and those whose headings are fields; raises SetupError when the two do not fit."""
    by_map = {column.heading for column in plan.columns}
    columns = [(_number_of(table, column), column) for column in plan.columns]
    for number, words in enumerate(table.headings):
        own = None if words in by_map else _field_named(words, shape)
        if own is not None and table.headings.count(words) == 1:
            columns.append((number, Column(heading=words, target=own, leaves_out=words in table.lenient)))
    if not columns:
        raise SetupError(f"{table.name}: none of its columns is a field; give a map, or ask for one: --suggest-map")
    name = next((n for n, c in columns if c.target.path == "name"), None)
    program = next((n for n, c in columns if c.target.path == "program.name"), None)
    of_partner, of_program = plan.partner_key or table.partner_key, plan.program_key or table.program_key
    partner_key = _key(table, of_partner) if of_partner else name
    program_key = _key(table, of_program) if of_program else program
    taken = {number for number, _ in columns} | {partner_key, program_key}
    unmapped = tuple(named(table.headings, n).strip('"') for n in range(len(table.headings)) if n not in taken)
    return Used(columns=tuple(columns), partner_key=partner_key, program_key=program_key, unmapped=unmapped)


def _field_named(words: str, shape: Shape) -> Target | None:
    try:
        return target_of(words, shape)
    except LookupError:
        return None


def _number_of(table: Table, column: Column) -> int:
    """The number of a column; raises SetupError where none or several have its heading."""
    found = [number for number, words in enumerate(table.headings) if words == column.heading]
    if not found:
        near = nearest(column.heading, filter(None, table.headings))
        hint = f'; did you mean "{near}"?' if near else ""
        raise SetupError(f'{table.name}: there is no column "{column.heading}", which the map takes{hint}')
    if len(found) > 1 and not column.number:
        which = " and ".join(str(number + 1) for number in found)
        hint = "give each its own heading, or say in the map which: number: 2"
        raise SetupError(f'{table.name}: the columns {which} have the same heading "{column.heading}"; {hint}')
    if column.number > len(found):
        raise SetupError(f'{table.name}: there is no {column.number}. column "{column.heading}"')
    return found[max(column.number - 1, 0)]


def _key(table: Table, words: str) -> int:
    return _number_of(table, Column(heading=words, target=Target(path="", is_program=False, steps=(), field=_NO_FIELD)))


_NO_FIELD = Field(name="", form="line", description="")


def part_of(row: Row, table: Table, used: Used, converter: Converter) -> tuple[str, Part] | Unfit:
    """The key of a row's partner with what the row says, or why it says nothing."""
    if row.is_empty and not row.fault:
        return Unfit(line=row.line, place=row.place)
    fault, hint = fault_of(row, table.headings, used.numbers)
    is_whole = not row.fault and len(row.cells) == len(table.headings)
    key = fold(row.cells[used.partner_key]) if is_whole and used.partner_key is not None else ""
    if fault:
        return Unfit(line=row.line, place=row.place, why=fault, hint=hint, key=key)
    partner: dict[str, Any] = {}
    program: dict[str, Any] = {}
    notes = [row.note] if row.note else []
    for number, column in used.columns:
        try:
            answer = converter.answer(column.target.field, row.cells[number], column)
        except Unclear as error:
            where = f"the column {named(table.headings, number)}"
            return Unfit(line=row.line, place=row.place, why=f"{where}: {error}", hint=error.hint, key=key)
        if answer is not None:
            notes += [f"{named(table.headings, number)}: {note}" for note in answer.notes]
            notes += [f"{named(table.headings, number)}: {row.notes[number]}"] if number in row.notes else []
            if answer.value is not None:
                put(program if column.target.is_program else partner, column.target.steps, answer.value)
    if not key:
        return Unfit(
            line=row.line, place=row.place, why="nothing says which partner it belongs to", hint="fill in its name"
        )
    program_key = fold(row.cells[used.program_key]) if used.program_key is not None else ""
    if program and not program_key:
        why = "it tells of a program without a name"
        return Unfit(line=row.line, place=row.place, why=why, hint="fill in the program's name", key=key)
    return key, Part(
        line=row.line,
        place=row.place,
        partner=without_gaps(partner),
        program=without_gaps(program),
        program_key=program_key,
        notes=tuple(f"{row.place}: {note}" if row.place else note for note in notes),
    )


def put(record: dict[str, Any], steps: tuple[str | int, ...], value: Any) -> None:
    """Set the value at a way through mappings and lists, which are made where they are missing."""
    holder: Any = record
    for step, after in pairwise(steps):
        empty: Any = [] if isinstance(after, int) else {}
        if isinstance(step, int):
            holder.extend({} for _ in range(step + 1 - len(holder)))
            holder = holder[step]
        else:
            holder = holder.setdefault(step, empty)
    last = steps[-1]
    if isinstance(holder.get(last), list) and isinstance(value, list):
        holder[last] = list(dict.fromkeys((*holder[last], *value)))
    else:
        holder[last] = value


def without_gaps(value: Any) -> Any:
    """The data without items of lists that nobody filled."""
    if isinstance(value, dict):
        return {key: without_gaps(below) for key, below in value.items()}
    if isinstance(value, list):
        return [without_gaps(each) for each in value if each != {}]
    return value


class Heap:
    """Parts of partners, kept on the disk until all rows are read; gone when `stack` is closed."""

    def __init__(self, stack: ExitStack) -> None:
        """An empty heap."""
        self.store = stack.enter_context(closing(sqlite3.connect("")))
        self.store.execute("PRAGMA cache_size = -8000")
        self.store.execute("CREATE TABLE part (key TEXT, number INTEGER, body TEXT)")
        self.partners: dict[str, int] = {}
        self.spoilt: dict[str, int] = {}

    def spoil(self, unfit: Unfit) -> None:
        """Remember that a row of a partner cannot be taken, so that none of it is."""
        if unfit.key:
            self.spoilt.setdefault(unfit.key, unfit.line)

    def add(self, key: str, part: Part) -> None:
        """Keep a part; partners come out in the order of their first rows."""
        number = self.partners.setdefault(key, len(self.partners))
        body = (part.line, part.place, part.partner, part.program, part.program_key, part.notes)
        text = json.dumps(body, ensure_ascii=False, default=lambda value: _GONE if value is DELETE else str(value))
        self.store.execute("INSERT INTO part VALUES (?, ?, ?)", (key, number, text))

    def groups(self) -> Iterator[tuple[int, tuple[Part, ...]]]:
        """The line that spoils a partner, 0 for none, and its parts in the order of the file; one after the other."""
        rows = self.store.execute("SELECT key, body FROM part ORDER BY number, rowid")
        for key, group in groupby(rows, itemgetter(0)):
            yield self.spoilt.get(key, 0), tuple(_part(body) for _, body in group)


def _part(body: str) -> Part:
    line, place, partner, program, program_key, notes = json.loads(body)
    return Part(
        line=line,
        place=place,
        partner=_restored(partner),
        program=_restored(program),
        program_key=program_key,
        notes=tuple(notes),
    )


def _restored(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _restored(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_restored(each) for each in value]
    return DELETE if value == _GONE else value


def constants(plan: Map, converter: Converter, *, is_program: bool) -> dict[str, Any]:
    """The constants of a map, for partners or for programs; raises SetupError for what means nothing."""
    found: dict[str, Any] = {}
    for constant in plan.constants:
        target = constant.target
        if target.is_program != is_program:
            continue
        try:
            answer = converter.answer(target.field, constant.value)
        except Unclear as error:
            raise SetupError(f"the map's constant for {target.path}: {error}") from error
        if answer is not None and answer.value is not None:
            put(found, target.steps, answer.value)
    return without_gaps(found)  # type: ignore[no-any-return]


def with_defaults(record: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """The record with those values of the defaults for which it has none."""
    made = dict(record)
    for key, value in defaults.items():
        here = made.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            made[key] = with_defaults(here, value)
        elif isinstance(here, list) and isinstance(value, list) and value and isinstance(value[0], dict):
            made[key] = [with_defaults(each, value[0]) for each in here]
        else:
            made.setdefault(key, value)
    return made
