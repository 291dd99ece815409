"""What becomes of an issue: a record as its author meant it, judged by the loader that judges every record."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from generator.check import check
from generator.drafts.scaffold import Added, with_program
from generator.forms.issue import CHANGE, MISTAKE, PARTNER, PROGRAM, RECORD, VALUE, WHAT, changeable
from generator.forms.questions import Question, field_of
from generator.intake.judge import against, judged, set_findings
from generator.issues.answers import REMOVE, Known, Unclear, at, drop_empty, price_of, put, taken, value_of
from generator.issues.moved import MOVED, without_old_positions
from generator.issues.parse import Complaint, Filled, parse
from generator.problems import Problem
from generator.records.folders import Project
from generator.records.load import Loaded, site_languages
from generator.schema import load_schemas
from generator.schema.shapes import Field, Shape, in_order, load_shapes
from generator.serialize import entries, serialize
from generator.source import Document, read
from generator.source import parse as parse_record
from generator.source.amend import amended, as_text
from generator.text import fold, is_slug, reserved, slugify

COST = ("cost", "kind")
"""The answer that may hold a whole price, and takes the place of the old one."""
STATUS = ("status", "state")
"""The answer that has a day: the one on which it is read."""
SCHEMA = "../schema/partner.schema.json"
NO_ADDRESS = "This name gives no web address."
IN_LATIN = "Write it with letters from a to z, too, and in full: the address of its page is made of them."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What an issue proposes: the record's path and its whole new text; both empty where there is nothing to write.

    With complaints nothing may be written. `form` is the name of the form, or nothing.
    """

    form: str = ""
    path: str = ""
    text: str = ""
    complaints: tuple[Complaint, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record before it is judged, and the field that each question fills, as its route in the file.

    `notes` tell what else was changed.
    """

    path: str
    text: str
    routes: Mapping[str, tuple[str | int, ...]]
    notes: tuple[str, ...] = ()


def propose(project: Project, body: str, *, today: date) -> Proposal:
    """What an issue with this text proposes for a project. Nothing is written there."""
    filled = parse(body)
    if not isinstance(filled, Filled):
        return Proposal(complaints=filled)
    if filled.form is MISTAKE:
        return Proposal(form=MISTAKE.name, notes=filled.notes)
    shape = load_shapes(project.schema)["partner"]
    loaded = check(project, today=today).loaded
    known = known_of(loaded)
    makers = {PARTNER: new_partner, PROGRAM: new_program, CHANGE: change}
    made = makers[filled.form](project, shape, known, filled, today)
    if not isinstance(made, Draft):
        return Proposal(form=filled.form.name, complaints=made, notes=filled.notes)
    complaints = tuple(verdict(loaded, made))
    text = "" if complaints else made.text
    notes = filled.notes + made.notes
    return Proposal(form=filled.form.name, path=made.path, text=text, complaints=complaints, notes=notes)


def known_of(loaded: Loaded) -> Known:
    """The names by which answers may mean records."""
    names: dict[str, dict[str, str]] = {}
    for kind in ("partner", "school", "initiative"):
        found = names.setdefault(kind, {})
        for address, record in loaded.by_kind[kind].items():
            slug = address.rpartition("/")[2]
            others = (
                getattr(record, "short_name", ""),
                *getattr(record, "also_known_as", ()),
                getattr(record, "name", ""),
            )
            found |= {fold(name): slug for name in (*others, slug) if name}
    return Known(vocabularies=loaded.vocabularies, names=names)


def new_partner(
    project: Project, shape: Shape, known: Known, filled: Filled, _today: date
) -> Draft | tuple[Complaint, ...]:
    """The record of a new partner."""
    record, complaints = taken(
        known, PARTNER.questions, filled.answers, lambda question: field_of(shape, question, is_program=False)
    )
    first = PARTNER.questions[0].label
    slug = slugify(filled.answers[first])
    if wrong := slug_complaint(project, known, slug, filled.answers[first]):
        complaints += (replace(wrong, question=first, is_ours=True),)
    if complaints:
        return complaints
    routes = {question.label: question.path for question in PARTNER.questions}
    path = f"partners/{slug}.yml"
    return Draft(path=path, text=serialize(in_order(record, shape.fields), schema=SCHEMA), routes=routes)


def slug_complaint(project: Project, known: Known, slug: str, name: str) -> Complaint | None:
    """Why the directory cannot take a new partner of this name; None when it can."""
    if not is_slug(slug) or reserved(slug, site_languages(project)):
        return Complaint(message=NO_ADDRESS, hint=IN_LATIN)
    if (project.root / f"partners/{slug}.yml").exists() or fold(name) in known.names["partner"]:
        hint = f"Use the form “{CHANGE.title}” for what is in the directory already."
        return Complaint(message="The directory has a partner of this name.", hint=hint)
    return None


def new_program(
    project: Project, shape: Shape, known: Known, filled: Filled, today: date
) -> Draft | tuple[Complaint, ...]:
    """A partner's record with a program added."""
    questions = PROGRAM.questions[1:]
    record, complaints = taken(
        known, questions, filled.answers, lambda question: field_of(shape, question, is_program=True)
    )
    asked, name = PROGRAM.questions[0].label, questions[0].label
    partner, _ = meant(known, filled.answers[asked])
    document = document_of(project, partner)
    slug = slugify(filled.answers[name])
    if document is None:
        complaints += (_no_record(asked),)
    elif not is_slug(slug):
        complaints += (Complaint(question=name, message=NO_ADDRESS, hint=IN_LATIN),)
    elif slug in programs_of(document):
        hint = f"Use the form “{CHANGE.title}” for what is in the directory already."
        complaints += (Complaint(question=name, message="The partner has a program of this name.", hint=hint),)
    if complaints or document is None:
        return complaints
    if status := record.get("status"):
        status["as_of"] = today.isoformat()
    program = in_order({"slug": slug, **record}, shape.at("programs").fields)
    added = with_program(document, entries(program))
    if not isinstance(added, Added):
        return (Complaint(message="The program cannot be added to this record by itself.", hint="Staff will do it."),)
    number = len(document.data.get("programs", ()))
    routes = {question.label: ("programs", number, *question.path) for question in questions}
    return Draft(path=document.path, text=added.text, routes=routes)


def change(project: Project, shape: Shape, known: Known, filled: Filled, today: date) -> Draft | tuple[Complaint, ...]:
    """A partner's record with another value for one field."""
    partner, program = meant(known, filled.answers[RECORD.label])
    document = document_of(project, partner)
    offered = changeable(shape).get(filled.answers[WHAT.label])
    if document is None:
        return (_no_record(RECORD.label),)
    if offered is None:
        return (Complaint(question=WHAT.label, message="This is not on the list.", hint="Choose from the list."),)
    question, field, is_program = offered
    route: tuple[str | int, ...] = question.path
    if is_program:
        slugs = programs_of(document)
        if program not in slugs:
            hint = f"Write it like this: {partner}/{slugs[0]}" if slugs else "This partner has no programs."
            return (Complaint(question=RECORD.label, message="Which program is not said.", hint=hint),)
        route = ("programs", slugs.index(program), *question.path)
    answer = filled.answers[VALUE.label]
    data = load_schemas(project.schema).coerce("partner", deepcopy(document.data))
    if question.path in (COST, STATUS):
        route = route[:-1]
    try:
        is_gone = fold(answer) == REMOVE
        put(data, route, None if is_gone else _wanted(known, question, field, answer, at(data, route), today))
    except Unclear as unclear:
        return (Complaint(question=VALUE.label, message=str(unclear), hint=unclear.hint),)
    except (IndexError, KeyError, AttributeError, TypeError):
        return (Complaint(message="This part of the record has another form there.", hint="Staff will change it."),)
    drop_empty(data, route)
    if as_text(data) == document.data:
        return (Complaint(question=VALUE.label, message="The record says so already.", hint="Close this issue."),)
    notes = (MOVED,) if without_old_positions(document.data, data) else ()
    text = amended(document, in_order(data, shape.fields))
    if text is None:
        return (Complaint(message="The record cannot be changed by itself.", hint="Staff will change it."),)
    return Draft(path=document.path, text=text, routes={VALUE.label: route}, notes=notes)


def _wanted(known: Known, question: Question, field: Field, answer: str, now: Any, today: date) -> Any:
    """What an answer puts in the place of what the record says now."""
    if question.path == COST:
        return price_of(known, answer, now)
    value = value_of(known, question, field, answer)
    return {"state": value, "as_of": today.isoformat()} if question.path == STATUS else value


def document_of(project: Project, partner: str) -> Document | None:
    """The record of a partner, or None when there is none."""
    path = f"partners/{partner}.yml"
    return read(project.root / path, relative=path)[0] if is_slug(partner) else None


def programs_of(document: Document) -> tuple[str, ...]:
    """The slugs of a partner's programs, in order."""
    programs = document.data.get("programs", ())
    return tuple(str(each.get("slug")) for each in programs if isinstance(each, dict))


def _no_record(question: str) -> Complaint:
    hint = "Copy the address of its page from the directory."
    return Complaint(question=question, message="There is no partner of this name or address.", hint=hint)


def meant(known: Known, answer: str) -> tuple[str, str]:
    """(slug of the partner, slug of the program or nothing) that a name, a slug or a page's address means."""
    path = urlsplit(answer).path if answer.startswith(("https://", "http://")) else answer
    steps = [step.removesuffix(".yml") for step in path.split("/") if step and step != "index.html"]
    if "partners" in steps:
        steps = steps[steps.index("partners") + 1 :]
    names = known.names["partner"]
    if len(steps) == 2 and is_slug(steps[1]):
        return names.get(fold(steps[0]), ""), steps[1]
    return names.get(fold(answer), names.get(fold(steps[0]), "") if len(steps) == 1 else ""), ""


def verdict(loaded: Loaded, draft: Draft) -> Iterator[Complaint]:
    """What the loader and the rules find wrong with a draft, by itself and beside all other records."""
    schemas = load_schemas(loaded.project.schema, loaded.vocabularies)
    alone = judged(schemas, draft.path.removeprefix("partners/").removesuffix(".yml"), draft.text)
    problems = alone.problems
    if alone.data is not None:
        candidates = {draft.path: alone.data}
        problems += against(loaded, set_findings(loaded), candidates, {draft.path: draft.text}).get(draft.path, ())
    document = parse_record(draft.text, relative=draft.path)[0]
    yield from (_complaint(problem, document, draft) for problem in problems if problem.is_error)


def _complaint(problem: Problem, document: Document | None, draft: Draft) -> Complaint:
    """A problem at the question whose answer stands on its line."""
    question = ""
    if document is not None:
        lines = {
            label: document.locate(route).line
            for label, route in draft.routes.items()
            if at(document.data, route) is not None
        }
        above = {line: label for label, line in lines.items() if line <= problem.at.line}
        question = above[max(above)] if above else ""
    return Complaint(question=question, message=problem.message, hint=problem.hint, is_ours=False)
