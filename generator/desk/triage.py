"""Looking through: which partners and schools a nomination means, or that it goes no further."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz import fuzz, process
from werkzeug import Response

from generator.desk.forms import Fields, count, fields_of, line, objections, several, text
from generator.desk.nomination import evidence
from generator.desk.place import done, working
from generator.desk.visit import Visit, on_to, shown
from generator.nominations import acts, gates
from generator.nominations.acts import refuse
from generator.nominations.inbox import named
from generator.nominations.season import Refused
from generator.text import fold

LIKELY = 80
"""Percent by which a name must be like what the sender wrote, to be offered."""
OFFERED = 4
PLACES = (
    ("set-aside", "outcome"),
    ("reason", "reason"),
    ("which partner", "partner"),
    ("no partner", "partner"),
    ("no school year", "school_year"),
    ("no school", "school"),
    ("Say whether", "outcome"),
)
"""Words of a refusal, and the field that it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A record that may be meant."""

    slug: str
    name: str


def show(visit: Visit) -> Response:
    """The form, filled in with what is known already."""
    refuse((*gates.state(visit.nomination, "triage"), *gates.role(visit.person, "coordinator")))
    nomination = visit.nomination
    fields = {
        "partner": nomination.partners,
        "school": nomination.schools,
        "school_year": (nomination.school_year,),
        "outcome": (),
        "reason": (),
    }
    return form(visit, fields)


def form(visit: Visit, fields: Fields) -> Response:
    """The form with what stands in its fields."""
    directory, answers = visit.season.directory, visit.nomination.answers
    partners = [(p.slug, (p.name, p.slug, *p.also_known_as)) for p in directory.partners.values()]
    schools = [
        (s.slug, (s.name, s.slug, *((s.short_name,) if s.short_name else ()))) for s in directory.schools.values()
    ]
    said = [answers.organization] if answers else []
    chosen_partners, chosen_schools = several(fields, "partner"), several(fields, "school")
    values: Mapping[str, Any] = {
        **evidence(visit),
        "fields": {name: text(fields, name) for name in ("school_year", "outcome", "reason")},
        "partners": offers(partners, said, chosen_partners),
        "schools_offered": offers(schools, answers.schools if answers else (), chosen_schools),
        "chosen": (*chosen_partners, *chosen_schools),
        "every_partner": sorted((slug, names[0]) for slug, names in partners),
        "every_school": sorted((slug, names[0]) for slug, names in schools),
    }
    return shown(visit, "triage.html", values)


def offers(
    records: Sequence[tuple[str, Sequence[str]]], said: Iterable[str], chosen: Iterable[str]
) -> tuple[Offer, ...]:
    """The records that are chosen, and those whose names are most like what somebody wrote."""
    names = {slug: each[0] for slug, each in records}
    words = [(slug, fold(name)) for slug, each in records for name in each]
    found = list(chosen)
    for each in said:
        likely = process.extract(
            fold(each), [name for _, name in words], scorer=fuzz.WRatio, limit=OFFERED, score_cutoff=LIKELY
        )
        found += [words[place][0] for _, _, place in likely]
    return tuple(Offer(slug=slug, name=names.get(slug, slug)) for slug in dict.fromkeys(found))


def send(visit: Visit) -> Response:
    """Take the step, or say what is missing."""
    fields = by_slug(visit, fields_of(visit.request))
    outcome, is_aside = text(fields, "outcome"), text(fields, "outcome") == "set-aside"
    try:
        if outcome not in ("take-up", "set-aside"):
            raise Refused("Say whether it goes to reviewers or is set aside.")
        with working(visit.desk, number=visit.number, seen=count(fields, "seen") or 0) as season:
            change = acts.triage(
                season,
                visit.number,
                by=visit.person.id,
                partners=several(fields, "partner"),
                schools=several(fields, "school"),
                school_year=line(fields, "school_year"),
                set_aside=_reason(fields) if is_aside else "",
            )
            done(season, change)
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, PLACES)), fields)
    return on_to(visit, f"n/{visit.number}/", "set-aside" if is_aside else "triage")


def by_slug(visit: Visit, fields: Fields) -> Fields:
    """The fields with slugs in the place of names that people wrote."""
    directory = visit.season.directory
    known = {"partner": directory.partners.items(), "school": directory.schools.items()}
    found = {
        name: tuple(slug if (slug := named(records, each)) else each for each in fields.get(name, ()))
        for name, records in known.items()
    }
    return {**fields, **found}


def _reason(fields: Fields) -> str:
    """The reason for setting aside; Refused without one, for an empty one would take the nomination up."""
    reason = text(fields, "reason")
    refuse(gates.reason(reason))
    return reason
