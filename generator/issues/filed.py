"""What becomes of a proposal that comes as a file, made by a form of the site: the same as of an issue."""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from generator.check import check
from generator.drafts.scaffold import Added, with_program
from generator.forms.asked import asked, schema_of
from generator.forms.site import PARTNER_FORM, PROGRAM_FORM, SiteForm
from generator.issues.answers import at, drop_empty, put
from generator.issues.moved import MOVED, without_old_positions
from generator.issues.parse import Complaint
from generator.issues.propose import (
    NO_ADDRESS,
    SCHEMA,
    Draft,
    Proposal,
    document_of,
    known_of,
    meant,
    programs_of,
    slug_complaint,
    verdict,
)
from generator.problems import Problem
from generator.records.folders import Project
from generator.records.load import Loaded
from generator.schema import Schemas, load_schemas
from generator.schema.shapes import in_order, load_shapes
from generator.serialize import entries, serialize
from generator.source import Document, parse
from generator.source.amend import amended, as_text
from generator.text import is_slug, slugify

KEYS: Mapping[str, frozenset[str]] = {
    "new-program": frozenset(("proposal", "partner", "program")),
    "change": frozenset(("proposal", "partner", "program", "changes")),
}
"""What a file may hold, by what it proposes; one without `proposal` is the record of a new partner."""
NOT_OURS = "This file was not made by a form of the site."
DECIMAL = re.compile(r"-?[0-9]+\.[0-9]+")
LEFT_TO_STAFF = "Staff fill it in: a form does not ask for it."
WITH_SLUG = "Give one with --slug, in small letters from a to z, digits and hyphens: --slug river-food-bank"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file is judged by; `slug` is the address that staff have given to what is new, or nothing."""

    project: Project
    loaded: Loaded
    schemas: Schemas
    slug: str


def propose_file(project: Project, name: str, content: str | bytes, *, today: date, slug: str = "") -> Proposal:
    """What a file proposes, judged beside all records; `name` is the file's, `slug` the address of what is new."""
    document, problems = parse(content, relative=name)
    if document is None:
        return Proposal(complaints=tuple(_at_its_place(problem) for problem in problems))
    loaded = check(project, today=today).loaded
    table = Table(project=project, loaded=loaded, schemas=load_schemas(project.schema, loaded.vocabularies), slug=slug)
    made = _draft(table, document)
    if not isinstance(made, Draft):
        return Proposal(complaints=made)
    complaints = tuple(verdict(loaded, made))
    return Proposal(path=made.path, text="" if complaints else made.text, complaints=complaints, notes=made.notes)


def _draft(table: Table, document: Document) -> Draft | tuple[Complaint, ...]:
    data = document.data
    kind = data.get("proposal", "")
    if "proposal" not in data:
        return _new_partner(table, data)
    if kind not in KEYS:
        return (_told(NOT_OURS, "Its first line says “proposal: new-program” or “proposal: change”."),)
    if table.slug and kind == "change":
        return (_told("A change needs no --slug.", "Its record has an address already."),)
    if strange := sorted(set(data) - KEYS[kind]):
        return (_told(f"{NOT_OURS} It holds “{strange[0]}”.", "Take that out."),)
    partner, _ = meant(known_of(table.loaded), str(data.get("partner", "")))
    record = document_of(table.project, partner)
    if record is None:
        return (
            _told("There is no partner of this name or address.", "Write the address of its page after “partner:”."),
        )
    return _new_program(table, record, data) if kind == "new-program" else _change(table, record, data)


def _new_partner(table: Table, data: dict[str, Any]) -> Draft | tuple[Complaint, ...]:
    """The record of a new partner."""
    complaints = tuple(_not_asked(table, PARTNER_FORM, data))
    slug = table.slug or slugify(str(data.get("name", "")))
    if wrong := slug_complaint(table.project, known_of(table.loaded), slug, str(data.get("name", ""))):
        complaints += (replace(wrong, hint=WITH_SLUG) if wrong.message == NO_ADDRESS else wrong,)
    if complaints:
        return complaints
    record = table.schemas.coerce("partner", deepcopy(data))
    shape = load_shapes(table.project.schema)["partner"]
    return Draft(path=f"partners/{slug}.yml", text=serialize(in_order(record, shape.fields), schema=SCHEMA), routes={})


def _new_program(table: Table, record: Document, data: dict[str, Any]) -> Draft | tuple[Complaint, ...]:
    """A partner's record with a program added."""
    program = data.get("program")
    if not isinstance(program, dict):
        return (_told(NOT_OURS, "There is no program in it."),)
    slug = table.slug or slugify(str(program.get("name", "")))
    complaints = tuple(_not_asked(table, PROGRAM_FORM, program))
    if not is_slug(slug):
        complaints += (_told(NO_ADDRESS, WITH_SLUG),)
    elif slug in programs_of(record):
        complaints += (_told("The partner has a program of this name.", "Propose a change to it instead."),)
    if complaints:
        return complaints
    shape = load_shapes(table.project.schema)["partner"]
    coerced = table.schemas.coerce("partner", {"programs": [{"slug": slug, **deepcopy(program)}]})["programs"][0]
    added = with_program(record, entries(in_order(coerced, shape.at("programs").fields)))
    if not isinstance(added, Added):
        return (_told("The program cannot be added to this record by itself.", "Add it by hand."),)
    return Draft(path=record.path, text=added.text, routes={})


def _change(table: Table, record: Document, data: dict[str, Any]) -> Draft | tuple[Complaint, ...]:
    """A partner's record with other values."""
    form = PARTNER_FORM
    start: tuple[str | int, ...] = ()
    if program := str(data.get("program", "")):
        if program not in programs_of(record):
            return (
                _told("There is no program of this address.", f"The partner has: {', '.join(programs_of(record))}"),
            )
        form, start = PROGRAM_FORM, ("programs", programs_of(record).index(program))
    changes = data.get("changes")
    if not isinstance(changes, list) or not changes:
        return (_told(NOT_OURS, "There are no changes in it."),)
    changed = deepcopy(record.data)
    complaints = tuple(
        complaint for each in changes if (complaint := _applied(changed, each, form, start, record)) is not None
    )
    if complaints:
        return complaints
    notes = (MOVED,) if without_old_positions(record.data, changed) else ()
    shape = load_shapes(table.project.schema)["partner"]
    text = amended(record, in_order(table.schemas.coerce("partner", changed), shape.fields))
    if text is None:
        return (_told("The record cannot be changed by itself.", "Change it by hand."),)
    return Draft(path=record.path, text=text, routes={}, notes=notes)


def _applied(
    data: dict[str, Any], change: Any, form: SiteForm, start: tuple[str | int, ...], record: Document
) -> Complaint | None:
    """Make one change in the data of a record; why not, where that cannot be."""
    if not isinstance(change, dict) or set(change) - {"field", "from", "to"}:
        return _told(NOT_OURS, "A change has a field, what it says, and what it should say.")
    key = str(change.get("field", ""))
    if key not in {question.key for question in form.questions}:
        return _told(f"The form does not ask for “{key}”.", LEFT_TO_STAFF)
    route = (*start, *key.split("/"))
    now = at(record.data, route)
    if _plain(now) != _plain(change.get("from")):
        return _told(f"The record says something else of “{key}” by now.", "Fill in the form anew, from its page.")
    put(data, route, change.get("to"))
    drop_empty(data, route)
    return None


def _plain(value: Any) -> Any:
    """A value without what makes no difference: how numbers are written, and line ends at the end of a text."""
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    text = str(as_text(value)).rstrip() if value is not None else None
    return text.rstrip("0").rstrip(".") if text and DECIMAL.fullmatch(text) else text


def _not_asked(table: Table, form: SiteForm, data: Mapping[str, Any]) -> Iterator[Complaint]:
    """Every field that a form does not ask for."""
    known = asked(schema_of(table.project.schema, form), form.questions)
    yield from (_told(f"The form does not ask for “{key}”.", LEFT_TO_STAFF) for key in _strange(known, data, ""))


def _strange(schema: Mapping[str, Any], data: Any, start: str) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            yield from _strange(schema.get("items", {}), item, start)
    elif isinstance(data, dict):
        fields = schema.get("properties", {})
        for name, value in data.items():
            if name in fields:
                yield from _strange(fields[name], value, f"{start}{name}/")
            else:
                yield f"{start}{name}"


def _at_its_place(problem: Problem) -> Complaint:
    """What is wrong with the file itself, and where."""
    return _told(f"{problem.at.path}:{problem.at.line}:{problem.at.column}: {problem.message}", problem.hint)


def _told(message: str, hint: str = "") -> Complaint:
    return Complaint(message=message, hint=hint, is_ours=False)
