"""Nominations as they come: rows of a form's answers, files of the form on the site, e-mails. Nothing is kept here."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.intake.mapping import Column, Map, Target, target_of
from generator.intake.moments import day_of
from generator.intake.readers import Told, open_table
from generator.intake.table import Table, fault_of, heading
from generator.nominations.mail import Letter, read_letter
from generator.nominations.season import Refused
from generator.problems import SetupError
from generator.schema import Schemas
from generator.serialize import serialize
from generator.shapes import Field, Shape
from generator.source import parse
from generator.source.characters import forbidden
from generator.source.disk import read_bytes
from generator.text import excerpt, fold, nfc, visible
from generator.vault import envelope
from generator.vault.sealing import ENDING, unsealed

KIND = "nomination"
LIMIT_BYTES = 1_000_000
HEADING_SHOWN, COLUMNS_SHOWN = 60, 20
LONGEST = 6_000
"""Characters of a text with paragraphs."""
FORMS, LETTERS = (".yml", ".yaml", ".json"), (".eml", ".txt")
_YES, _NO = frozenset(("yes", "y", "true", "1", "x")), frozenset(("no", "n", "false", "0"))
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One nomination that came, by its `place` in what was read; with a `fault` it cannot be taken."""

    place: str
    came_by: str
    data: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    note: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is needed to understand what comes: the schema, its shape, names of languages, and a map of columns.

    `keys` gives the vault's private keys by their names; it is asked when something sealed comes.
    """

    schemas: Schemas
    shape: Shape
    languages: Mapping[str, str]
    plan: Map
    told: Told
    identity: Path | None = None
    keys: Callable[[], Mapping[str, Mapping[str, str]]] = dict


def arrivals(path: Path, desk: Desk) -> Iterator[Arrival]:
    """Every nomination in a file, judged by the schema; SetupError when the file is of no kind that is known."""
    ending = path.with_suffix("").suffix.lower() if path.suffix == ENDING else path.suffix.lower()
    if ending in FORMS:
        yield form(_content(path, desk), desk, place="the form")
    elif ending in LETTERS:
        yield letter(_content(path, desk), desk)
    elif ending == envelope.ENDING:
        yield envelope_form(_content(path, desk), desk, place=path.name)
    elif path.suffix == ENDING:
        raise SetupError(
            f"{path.name}: sealed files are taken when they hold a form (.yml.age) or an e-mail (.eml.age)"
        )
    else:
        with ExitStack() as stack:
            table = open_table(path, stack, wanted=desk.plan.wanted, told=desk.told)
            yield from rows(table, desk)


def _content(path: Path, desk: Desk) -> bytes:
    content = read_bytes(path, relative=path.name, limit_bytes=LIMIT_BYTES)
    if not isinstance(content, bytes):
        raise SetupError(f"{path.name}: {content.message}")
    return unsealed(content, desk.identity, name=path.name) if path.suffix == ENDING else content


def form(content: bytes | str, desk: Desk, *, place: str) -> Arrival:
    """The nomination that the form on the site has written."""
    document, problems = parse(content, relative=KIND)
    if document is None:
        return Arrival(place=place, came_by="form", fault=problems[0].message)
    return judged(Arrival(place=place, came_by="form", data=document.data), desk)


def envelope_form(content: bytes, desk: Desk, *, place: str) -> Arrival:
    """The nomination that the form on the site has sealed."""
    plain, fault = envelope.opened(content, desk.keys())
    return Arrival(place=place, came_by="form", fault=fault) if fault else form(plain, desk, place=place)


def letter(content: bytes, desk: Desk) -> Arrival:
    """The nomination of an e-mail: the form in it, or what somebody wrote, for staff to look through."""
    found = read_letter(content)
    if found is None:
        return Arrival(place="the e-mail", came_by="email", fault="this is no e-mail with plain text; save it as text")
    if found.form:
        arrival = form(found.form, desk, place="the e-mail")
        if not arrival.fault:
            return Arrival(place="the e-mail", came_by="email", data=arrival.data, note=_attached(found))
    text = cleaned(found.text)
    note = _attached(found) if len(text) <= LONGEST else f"cut to {LONGEST:,} characters; keep the e-mail itself"
    sender = {key: value for key, value in (("name", found.name), ("email", found.address)) if value}
    subject = " ".join(cleaned(found.subject).split())[:200]
    data = {"form": KIND, "organization": subject or "(not said)", "what": text[:LONGEST].strip(), "nominator": sender}
    return judged(Arrival(place="the e-mail", came_by="email", data=drop_empty(data), note=note), desk)


def _attached(found: Letter) -> str:
    if not found.attachments:
        return ""
    return f"{found.attachments} attached {'file is' if found.attachments == 1 else 'files are'} not taken"


def rows(table: Table, desk: Desk) -> Iterator[Arrival]:
    """The nominations of a table; columns that no field wants are neither kept nor shown."""
    columns = tuple(_columns(table, desk))
    there = {target.steps[0] for _, target, _ in columns}
    if missing := {"organization", "what"} - there:
        asked = " or ".join(f'"{desk.shape.at(name).description}" ({name})' for name in sorted(missing))
        present = ", ".join(f'"{excerpt(visible(each), HEADING_SHOWN)}"' for each in table.headings[:COLUMNS_SHOWN])
        raise Refused(f"{table.name}: no column is called {asked}; say which column it is. There are: {present}")
    for row in table.rows:
        if row.is_empty:
            continue
        place = row.place or f"row {row.line}"
        fault, _ = fault_of(row, table.headings, [number for number, _, _ in columns])
        if fault:
            yield Arrival(place=place, came_by="table", fault=fault)
            continue
        data: dict[str, Any] = {"form": KIND}
        for number, target, column in columns:
            put(data, target, value(target.field, row.cells[number], column, desk))
        yield judged(Arrival(place=place, came_by="table", data=drop_empty(data), note=row.note), desk)


def _columns(table: Table, desk: Desk) -> Iterator[tuple[int, Target, Column | None]]:
    """(number, field, column of the map) of every column that is taken: by the map, or by the form's own words."""
    if desk.plan.columns:
        for column in desk.plan.columns:
            places = [n for n, words in enumerate(table.headings) if words == column.heading]
            if len(places) < max(column.number, 1) or (len(places) > 1 and not column.number):
                raise SetupError(f'{table.name}: there is not one column "{column.heading}", but {len(places)}')
            yield places[max(column.number, 1) - 1], column.target, column
        return
    known = {fold(words): path for path, words in _questions(desk.shape.fields)}
    for number, words in enumerate(table.headings):
        path = known.get(fold(heading(words)))
        if path and path != "form":
            yield number, target_of(path, desk.shape), None


def _questions(fields: tuple[Field, ...], before: str = "") -> Iterator[tuple[str, str]]:
    """(path, words) of every field: its question, and its key."""
    for each in fields:
        path = f"{before}{each.name}"
        if each.fields:
            yield from _questions(each.fields, f"{path}.")
        else:
            yield from ((path, each.description), (path, each.name), (path, path))


def value(asked: Field, cell: str, column: Column | None, desk: Desk) -> Any:
    """What an answer stands for; what cannot be told stays as it is, and the schema refuses it."""
    text = cleaned(cell).strip()
    words = column.words if column else {}
    text = words.get(text, text)
    if text in desk.plan.blank:
        return ""
    if asked.is_list:
        separator = (column.separator if column else "") or desk.plan.separator or ";"
        return [each.strip() for each in re.split(rf"{re.escape(separator)}|\n", text) if each.strip()]
    if asked.form == "boolean":
        small = text.casefold()
        return True if small in _YES else False if small in _NO else text
    if asked.form == "term":
        return desk.languages.get(fold(text), text)
    if asked.form == "choice":
        return next((each for each in asked.choices if fold(each) == fold(text).replace(" ", "-")), text)
    if asked.form == "calendar-date" and text:
        try:
            return day_of(text, desk.plan.dates)
        except ValueError:
            return text
    return text if asked.form == "prose" else " ".join(text.split())


def put(data: dict[str, Any], target: Target, answer: Any) -> None:
    """Set the field of a target; the first answer stays where two columns give the same."""
    place = data
    for step in target.steps[:-1]:
        place = place.setdefault(str(step), {})
    place.setdefault(str(target.steps[-1]), answer)


def judged(arrival: Arrival, desk: Desk) -> Arrival:
    """The arrival as the loader reads it, or with the fault that keeps it out; no fault repeats what was written."""
    text = serialize(dict(arrival.data))
    document, problems = parse(text, relative=KIND)
    if document is not None:
        data = desk.schemas.coerce(KIND, document.data)
        problems = desk.schemas.check(KIND, document, data)
        if not any(problem.is_error for problem in problems):
            return Arrival(place=arrival.place, came_by=arrival.came_by, data=data, note=arrival.note)
    first = problems[0]
    above = [found[1] for found in _KEY.finditer("\n".join(text.split("\n")[: first.at.line]))]
    where = f'"{above[-1]}" ' if above else ""
    return Arrival(
        place=arrival.place, came_by=arrival.came_by, fault=f"{where}{first.rule}: {first.hint}".rstrip(": ")
    )


def cleaned(text: str) -> str:
    """Text that strangers sent, without what cannot be seen or kept: lines end in one way, tabs are spaces."""
    text = nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    gone = {letter for _, letter in forbidden(text) if letter != "\n"}
    text = text.translate({ord(letter): None for letter in gone})
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip("\n")


def drop_empty(data: Mapping[str, Any]) -> dict[str, Any]:
    """The data without what nobody answered."""
    kept = {key: drop_empty(each) if isinstance(each, dict) else each for key, each in data.items()}
    return {key: each for key, each in kept.items() if each not in ("", [], {}, None)}
