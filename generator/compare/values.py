"""Values of records as people say them, in English: "$25 a week", "Monday to Thursday", "September 1, 2026"."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from gettext import NullTranslations
from types import MappingProxyType
from typing import Any

from msgspec import ValidationError, convert

from generator.languages import ENGLISH, Locale
from generator.model.common import Ages, Cost, Grades
from generator.model.program import Break, Session
from generator.naming import name_of
from generator.pages.facts import age_words, clock_words, cost_words, day_words, moment_words, span_words
from generator.schema.shapes import Field
from generator.vocabulary import Vocabulary

REFERENCES: Mapping[str, str] = MappingProxyType(
    {
        "schools": "district/schools",
        "bus_from": "district/schools",
        "partners": "partners",
        "initiatives": "district/initiatives",
        "regions": "regions",
        "region": "regions",
        "priority": "goals",
    }
)
"""Where the record stands that a slug names, by the field's key."""
YEARS = frozenset(("founded",))
OPAQUE = MappingProxyType(
    {
        "consent-number": re.compile(r"C-[0-9]{4}-[0-9]{4}"),
        "nomination-number": re.compile(r"N-[0-9]{4}-[0-9]{4}"),
    }
)
"""Forms of references to private files; what stands in their place and has not their form is not repeated."""
NOT_SHOWN = "(not shown)"
WEB = ("url", "email", "phone", "sms")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayer:
    """Who says values: the English locale, and a way to the name of a record by its folder and slug."""

    locale: Locale
    record_name: Callable[[str, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """Fields of a group that are said together."""

    keys: tuple[str, ...]
    say: Callable[[Sayer, Mapping[str, Any]], str]


def english(vocabularies: Mapping[str, Vocabulary]) -> Locale:
    """The locale in which staff read: English, with the vocabularies' own labels."""
    return Locale(
        language=ENGLISH,
        name="English",
        direction="ltr",
        vocabularies=vocabularies,
        translation=lambda *_: None,
        catalogue=NullTranslations(),
    )


def said(sayer: Sayer, field: Field, value: Any) -> str:
    """One value of a field in words; what does not have the right form is said as it stands."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(sayer, field, value)
    if isinstance(value, Mapping):
        return thing(sayer, field, value)
    if isinstance(value, list | tuple):
        return "; ".join(said(sayer, field, each) for each in value)
    text = str(value)
    if field.form in OPAQUE and not OPAQUE[field.form].fullmatch(text):
        return NOT_SHOWN
    if field.form == "term":
        return sayer.locale.term(field.vocabulary, text)
    if field.form == "slug" and field.name in REFERENCES:
        return sayer.record_name(REFERENCES[field.name], text) or text
    return _formatted(sayer, field.form, text)


def _number(sayer: Sayer, field: Field, value: float) -> str:
    if field.name == "amount":
        return sayer.locale.money(value)
    if field.name in YEARS or field.name in ("latitude", "longitude", "south", "west", "north", "east"):
        return str(value)
    return sayer.locale.number(value)


def _formatted(sayer: Sayer, form: str, text: str) -> str:
    """A day, a time or another text."""
    try:
        if form in ("calendar-date", "release-date"):
            return sayer.locale.date(date.fromisoformat(text))
        if form == "partial-date":
            return sayer.locale.partial_date(text)
        if form == "local-time":
            return sayer.locale.clock(text)
        if form == "local-date-time":
            return moment_words(sayer.locale, text, "")
    except (ValueError, LookupError):
        return text
    return text


def thing(sayer: Sayer, field: Field, value: Mapping[str, Any]) -> str:
    """One thing of several fields, such as a contact or a place, on one line."""
    if (say := THINGS.get(field.name)) and (words := _tried(sayer, say, value)):
        return words
    if (unit := UNITS.get(field.name)) and (words := unit_words(sayer, unit, value)):
        return words
    known = {f.name: f for f in field.fields}
    parts = [_part(sayer, known[key], each) for key, each in value.items() if key in known]
    return ", ".join(filter(None, parts))


def _part(sayer: Sayer, field: Field, value: Any) -> str:
    """A field of a thing; with its name where "no" or a number alone would say nothing."""
    words = said(sayer, field, value)
    is_bare = isinstance(value, bool | int | float) and field.name not in ("latitude", "longitude")
    return f"{name_of((field.name,)).lower()}: {words}" if is_bare else words


def unit_words(sayer: Sayer, unit: Unit, value: Mapping[str, Any]) -> str:
    """The fields of a unit in words; as they stand where they do not fit together."""
    part = {key: value[key] for key in unit.keys if key in value}
    return _tried(sayer, unit.say, part) or ", ".join(str(each) for each in part.values()) if part else ""


def _tried(sayer: Sayer, say: Callable[[Sayer, Mapping[str, Any]], str], value: Mapping[str, Any]) -> str:
    """The words, or nothing when the value has not the right form."""
    try:
        return say(sayer, value)
    except (ValidationError, ValueError, LookupError, TypeError, AttributeError):
        return ""


def _cost(sayer: Sayer, value: Mapping[str, Any]) -> str:
    return cost_words(sayer.locale, convert(dict(value), Cost))


def _grades(sayer: Sayer, value: Mapping[str, Any]) -> str:
    return sayer.locale.grades(convert(dict(value), Grades))


def _ages(sayer: Sayer, value: Mapping[str, Any]) -> str:
    return age_words(sayer.locale, convert(dict(value), Ages))


def _status(sayer: Sayer, value: Mapping[str, Any]) -> str:
    day = sayer.locale.date(date.fromisoformat(value["as_of"]))
    return f"{sayer.locale.term('program-status', value['state'])}, as of {day}"


def _verified(sayer: Sayer, value: Mapping[str, Any]) -> str:
    who = {"partner": "the partner", "staff": "staff"}[value["by"]]
    return f"by {who} on {sayer.locale.date(date.fromisoformat(value['on']))}"


def _needed(sayer: Sayer, value: Mapping[str, Any]) -> str:
    state = sayer.locale.term("requirement-states", value["state"])
    return f"{state}, {sayer.locale.date(date.fromisoformat(value['on']))}" if "on" in value else state


def _session(sayer: Sayer, value: Mapping[str, Any]) -> str:
    given = convert(dict(value), Session)
    locale = sayer.locale
    parts = (
        day_words(locale, given.days),
        clock_words(locale, given.opens, given.closes),
        span_words(locale, given.starts, given.ends),
        given.note,
    )
    return ", ".join(filter(None, parts))


def _break(sayer: Sayer, value: Mapping[str, Any]) -> str:
    given = convert(dict(value), Break)
    locale = sayer.locale
    days = span_words(locale, given.starts, given.ends) if given.ends else locale.date(given.starts)
    return ", ".join(filter(None, (days, given.note)))


def _source(sayer: Sayer, value: Mapping[str, Any]) -> str:
    place = ", ".join(value[key] for key in ("document", "url") if key in value)
    return f"{place} (read {sayer.locale.date(date.fromisoformat(value['seen']))})" if "seen" in value else place


def _contact(sayer: Sayer, value: Mapping[str, Any]) -> str:
    who = ", ".join(value[key] for key in ("role", "name") if key in value)
    spoken = sayer.locale.listed(sayer.locale.terms("languages", tuple(value.get("languages", ()))))
    ways = ", ".join(filter(None, (*(value.get(key, "") for key in WEB), spoken)))
    return f"{who}: {ways}" if ways else who


def _step(sayer: Sayer, value: Mapping[str, Any]) -> str:
    ways = ", ".join(value[key] for key in WEB if key in value)
    return f"{value['do']} ({ways})" if ways else str(value["do"])


def _photo(sayer: Sayer, value: Mapping[str, Any]) -> str:
    return f"{value['file']}: {value.get('alt', '')}"


UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        "cost": Unit(keys=("kind", "amount", "per"), say=_cost),
        "grades": Unit(keys=("from", "to"), say=_grades),
        "ages": Unit(keys=("min", "max"), say=_ages),
        "status": Unit(keys=("state", "as_of"), say=_status),
        "verified": Unit(keys=("on", "by"), say=_verified),
        **{
            key: Unit(keys=("state", "on"), say=_needed)
            for key in ("principal_approval", "background_checks", "insurance", "data_agreement", "annual_report")
        },
    }
)
"""Groups whose fields are said together, by the group's key."""
THINGS: Mapping[str, Callable[[Sayer, Mapping[str, Any]], str]] = MappingProxyType(
    {
        "join": _step,
        "contacts": _contact,
        "sources": _source,
        "source": _source,
        "photos": _photo,
        "sessions": _session,
        "breaks_in_service": _break,
    }
)
"""How things are said, by the key of the field or list that holds them."""


def label(path: tuple[str, ...]) -> str:
    """The name of the field at a path of keys and numbers."""
    return name_of(tuple(each for each in path if not each.isdecimal()))
