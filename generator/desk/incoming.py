"""Bringing in what was sent: files of answers, looked at first, and then taken in as the command takes them."""

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from werkzeug import Response

from generator.clock import moment
from generator.desk.brought import LEFT, Looked, bring, held, look, reader
from generator.desk.forms import Fields, fields_of, line, objections, text
from generator.desk.place import Incoming, working
from generator.desk.visit import Visit, shown
from generator.intake.delimited import SEPARATORS
from generator.intake.encodings import ENCODINGS
from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.columns import questions
from generator.nominations.inbox import TAKEN, Outcome, taken
from generator.nominations.season import Refused
from generator.vault.storage import commit

OTHER = "something was changed since you looked; this would become of them now"
PLACES = (("no column is called", "columns"), ("the file is missing", "files"))


def show(visit: Visit) -> Response:
    """The form that asks for files; those of an earlier look are forgotten."""
    refuse(gates.role(visit.person, "coordinator"))
    visit.desk.memory.incoming = Incoming()
    return form(visit, {})


def send(visit: Visit) -> Response:
    """Look at files, or take in what was looked at."""
    refuse(gates.role(visit.person, "coordinator"))
    fields = fields_of(visit.request)
    try:
        found = look(visit, bring(visit), fields)
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, PLACES)), fields)
    if found.missing:
        return form(replace(visit, objections=objections(found.missing, PLACES)), fields, found)
    is_take = text(fields, "step") == "take"
    if is_take and text(fields, "looked") != mark(found):
        visit, is_take = replace(visit, objections=objections((OTHER,))), False
    if not is_take:
        would = tuple(taken(visit.season, found.arrivals, by=visit.person.id))
        return form(visit, fields, found, would)
    outcomes = take(visit, found)
    visit.desk.memory.incoming = Incoming()
    return form(visit, {}, None, outcomes, is_taken=True)


def mark(found: Looked | None) -> str:
    """What differs when files or columns were changed since somebody looked."""
    return sha256(repr(found.arrivals).encode()).hexdigest() if found else ""


def take(visit: Visit, found: Looked) -> tuple[Outcome, ...]:
    """Take the nominations in, each as a change of its own; what became of them."""
    with working(visit.desk) as season:
        outcomes = tuple(taken(season, found.arrivals, by=visit.person.id))
        vault = season.vault
        for each in outcomes:
            vault = commit(vault, each.change, moment()) if each.change else vault
    return outcomes


def form(
    visit: Visit,
    fields: Fields,
    found: Looked | None = None,
    outcomes: Sequence[Outcome] = (),
    *,
    is_taken: bool = False,
) -> Response:
    """The page: files, columns, and what becomes of each nomination."""
    asked = dict(reversed(tuple(questions(reader(visit, {}).shape.fields))))
    values = {
        "columns": found.columns if found else {},
        "outcomes": outcomes,
        "looked": mark(found),
        "count": sum(each.verdict == TAKEN for each in outcomes),
        "is_taken": is_taken,
        "held": tuple(held(visit)),
        "questions": [(LEFT, "not taken"), *((path, words) for path, words in asked.items() if path != "form")],
        "fields": {name: line(fields, name) for name in ("encoding", "separator", "sheet")},
        "encodings": [(each, each) for each in ENCODINGS],
        "separators": [(each, each) for each in SEPARATORS],
        "verdicts": {"taken": "Is new", "known": "Not again", "refused": "Cannot be taken"},
    }
    return shown(visit, "incoming.html", values)
