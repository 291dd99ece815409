"""Consents: what each covers, until when, and what is still missing for a story."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from werkzeug import Response

from generator.desk.forms import Fields, count, fields_of, line, objections, several, text
from generator.desk.nomination import evidence
from generator.desk.place import done, working
from generator.desk.visit import Visit, on_to, shown
from generator.nominations import acts, gates
from generator.nominations.acts import refuse
from generator.nominations.season import Refused, Season

PLACES = (
    ("who gave", "whom"),
    ("how it was given", "how"),
    ("what it covers", "scope"),
    ("is no scope", "scope"),
    ("until when", "expires"),
    ("is over already", "expires"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One line of the checklist: what may be shown, and by which consents that hold today."""

    scope: str
    words: str
    consents: tuple[str, ...]


def show(visit: Visit) -> Response:
    """The checklist and the form."""
    refuse((*gates.state(visit.nomination, "consent"), *gates.role(visit.person, "coordinator")))
    return form(visit, {})


def form(visit: Visit, fields: Fields) -> Response:
    """The page with what stands in the fields."""
    scopes = visit.season.directory.vocabularies["consent-scopes"].current
    values = {
        **evidence(visit),
        "points": tuple(checklist(visit.season, visit)),
        "fields": {name: text(fields, name) for name in ("whom", "how", "expires")},
        "scope": several(fields, "scope"),
        "scopes": [(term.id, term.label, term.hint) for term in scopes],
    }
    return shown(visit, "consent.html", values)


def checklist(season: Season, visit: Visit) -> Iterator[Point]:
    """What the consents of a nomination cover today, scope by scope."""
    for term in season.directory.vocabularies["consent-scopes"].current:
        holding = (each for each in season.consents_of(visit.nomination) if each.covers(term.id, season.today))
        words = tuple(f"{each.number} until {each.expires}" for each in holding)
        yield Point(scope=term.id, words=term.hint or term.label, consents=words)


def send(visit: Visit) -> Response:
    """Put a consent on record, that it was asked for, or that it was taken back."""
    fields = fields_of(visit.request)
    step, by = text(fields, "step"), visit.person.id
    try:
        with working(visit.desk, number=visit.number, seen=count(fields, "seen") or 0) as season:
            if step == "asked":
                done(season, acts.ask_consent(season, visit.number, by=by))
            elif step == "taken-back":
                done(season, acts.take_back_consent(season, _own(season, visit, line(fields, "ref")), by=by))
            else:
                change, _ = acts.give_consent(
                    season,
                    visit.number,
                    by=by,
                    whom=line(fields, "whom"),
                    how=line(fields, "how"),
                    scope=several(fields, "scope"),
                    expires=_day(text(fields, "expires")),
                )
                done(season, change)
                step = "consent"
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, PLACES)), fields)
    return on_to(visit, f"n/{visit.number}/consent", step)


def _own(season: Season, visit: Visit, ref: str) -> str:
    """The number of a consent, which must be one of this nomination's."""
    if ref not in {each.number for each in season.consents_of(season.nomination(visit.number))}:
        raise Refused(f"{visit.number} has no consent {ref}")
    return ref


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None
