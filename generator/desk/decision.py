"""The chair's decision: all scores side by side, how far apart they are, and a reason."""

from dataclasses import replace

from werkzeug import Response

from generator.desk.forms import Fields, count, fields_of, objections, text
from generator.desk.nomination import evidence, scores
from generator.desk.place import done, working
from generator.desk.visit import Visit, on_to, shown
from generator.nominations import acts, gates
from generator.nominations.acts import OUTCOMES, refuse
from generator.nominations.season import Refused

PLACES = (("the decision is missing", "outcome"), ("the reason is missing", "reason"))
STAND_IN = "x" * gates.SHORTEST_REASON
"""A reason, to ask what else is missing."""


def show(visit: Visit) -> Response:
    """The scores and the form; what is missing refuses the page."""
    refuse(gates.decide(visit.season, visit.nomination, visit.person, STAND_IN))
    return form(visit, {})


def form(visit: Visit, fields: Fields) -> Response:
    """The form with what stands in its fields."""
    values = {
        **evidence(visit),
        **scores(visit),
        "fields": {name: text(fields, name) for name in ("outcome", "reason")},
        "outcomes": OUTCOMES,
    }
    return shown(visit, "decision.html", values)


def send(visit: Visit) -> Response:
    """Decide, or say what is missing."""
    fields = fields_of(visit.request)
    outcome = text(fields, "outcome")
    try:
        with working(visit.desk, number=visit.number, seen=count(fields, "seen") or 0) as season:
            if outcome not in OUTCOMES:
                raise Refused("the decision is missing: choose one of the two")
            reason = text(fields, "reason")
            done(season, acts.decide(season, visit.number, by=visit.person.id, outcome=outcome, reason=reason))
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, PLACES)), fields)
    return on_to(visit, f"n/{visit.number}/", "decision")
