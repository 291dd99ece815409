"""Nominations as they come: rows of a form's answers, files of the form on the site, e-mails. Nothing is kept here."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.forms.nomination import RELATIONS
from generator.intake.mapping import Column, Map, Target
from generator.intake.moments import day_of
from generator.intake.readers import Told, open_table
from generator.intake.table import Table, fault_of
from generator.nominations.columns import taken_columns
from generator.nominations.mail import read_letter
from generator.problems import Problem, SetupError
from generator.schema import Schemas
from generator.schema.shapes import Field, Shape
from generator.serialize import serialize
from generator.source import parse
from generator.source.characters import forbidden
from generator.source.disk import read_bytes
from generator.text import fold, nfc
from generator.vault import envelope
from generator.vault.sealing import ENDING, unsealed

KIND = "nomination"
LIMIT_BYTES = 1_000_000
LONGEST = 6_000
"""Characters of a text with paragraphs."""
FORMS, LETTERS = (".yml", ".yaml", ".json"), (".eml", ".txt")
_YES, _NO = frozenset(("yes", "y", "true", "1", "x")), frozenset(("no", "n", "false", "0"))
IN_UTF8 = "save the file as CSV UTF-8 in the program that it comes from"
_KEY = re.compile(r"^([a-z_]+):", re.MULTILINE)
WRONG: Mapping[str, str] = {
    "unknown-term": "is none of the answers that there are",
    "unknown-field": "is no question of the form",
    "bad-format": "is not written as it must be",
    "bad-characters": "has characters that cannot be read",
    "too-long": "is too long",
}
"""What a rule says of an answer, in words."""
RELATION_NAMES: Mapping[str, str] = {fold(words): name for name, words in RELATIONS}
"""Who somebody may be, by the words of the form on the site."""
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
        yield form(_content(path, desk), desk, place=path.name)
    elif ending in LETTERS:
        yield letter(_content(path, desk), desk, place=path.name)
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


def letter(content: bytes, desk: Desk, *, place: str) -> Arrival:
    """The nomination of an e-mail: the form in it, or what somebody wrote, for staff to look through."""
    if envelope.is_sealed(content):  # phones put .txt behind names that they do not know
        return envelope_form(content, desk, place=place)
    found = read_letter(content)
    if found is None:
        return Arrival(place=place, came_by="email", fault="this is no e-mail with plain text; save it as text")
    if found.form:
        arrival = form(found.form, desk, place=place)
        if not arrival.fault:
            return Arrival(place=place, came_by="email", data=arrival.data, note=_left(found.attachments))
    if found.attached:
        name, written = found.attached
        opened = envelope_form if name.lower().endswith(envelope.ENDING) else form
        arrival = opened(written, desk, place=place)
        left = _left(found.attachments - 1)
        return replace(
            arrival, came_by="email", fault=f"its attached file: {arrival.fault}" if arrival.fault else "", note=left
        )
    text = cleaned(found.text)
    note = (
        _left(found.attachments) if len(text) <= LONGEST else f"cut to {LONGEST:,} characters; keep the e-mail itself"
    )
    sender = {key: value for key, value in (("name", found.name), ("email", found.address)) if value}
    subject = " ".join(cleaned(found.subject).split())[:200]
    data = {"form": KIND, "organization": subject or "(not said)", "what": text[:LONGEST].strip(), "nominator": sender}
    return judged(Arrival(place=place, came_by="email", data=drop_empty(data), note=note), desk)


def _left(count: int) -> str:
    """A note of attached files that are not taken."""
    return f"{count} attached {'file is' if count == 1 else 'files are'} not taken" if count else ""


def rows(table: Table, desk: Desk) -> Iterator[Arrival]:
    """The nominations of a table; columns that no field wants are neither kept nor shown."""
    columns = taken_columns(table, desk.plan, desk.shape)
    for row in table.rows:
        if row.is_empty:
            continue
        place = f"{table.name}, {row.place or f'row {row.line}'}"
        fault, hint = fault_of(row, table.headings, [number for number, _, _ in columns])
        if fault:
            advice = hint if "--" not in hint else IN_UTF8
            yield Arrival(place=place, came_by="table", fault=f"{fault}; {advice}" if advice else fault)
            continue
        data: dict[str, Any] = {"form": KIND}
        for number, target, column in columns:
            put(data, target, value(target.field, row.cells[number], column, desk))
        yield judged(Arrival(place=place, came_by="table", data=drop_empty(data), note=row.note), desk)


def headings(path: Path, desk: Desk) -> tuple[tuple[str, str], ...]:
    """(heading, field) of every column of a table, "" for those that are not taken; none for other files."""
    if not is_table(path):
        return ()
    with ExitStack() as stack:
        table = open_table(path, stack, wanted=desk.plan.wanted, told=desk.told)
        fields = {number: target.path for number, target, _ in taken_columns(table, desk.plan, desk.shape)}
        return tuple((words, fields.get(number, "")) for number, words in enumerate(table.headings))


def is_table(path: Path) -> bool:
    """Whether a file is none of the other kinds, and so a table of answers."""
    return path.suffix.lower() not in (*FORMS, *LETTERS, envelope.ENDING, ENDING)


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
        said = fold(RELATION_NAMES.get(fold(text), text)).replace(" ", "-")
        return next((each for each in asked.choices if fold(each) == said), text)
    if asked.form == "calendar-date" and text:
        try:
            return day_of(text, desk.plan.dates)
        except ValueError:
            return text
    if asked.form == "school-year":
        return re.sub(r"^(20[0-9]{2}) ?[-/–] ?(?:20)?([0-9]{2})$", r"\1-\2", text)
    if asked.form == "email-address" and text.casefold() == "anonymous":  # Microsoft Forms
        return ""
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
    return Arrival(place=arrival.place, came_by=arrival.came_by, fault=_fault(problems[0], text))


def _fault(problem: Problem, text: str) -> str:
    """What keeps data out, in words that repeat nothing of it."""
    if problem.rule == "missing-field":  # names a field of the schema, and nothing that was written
        return problem.message
    above = [found[1] for found in _KEY.finditer("\n".join(text.split("\n")[: problem.at.line]))]
    where = f'"{above[-1]}" ' if above else "the form "
    return f"{where}{WRONG.get(problem.rule, 'is not as it must be')}: {problem.hint}".rstrip(": ")


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
