"""What organizations and services of HSDS say, in our fields: a row for each of what can be several."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from generator.text import excerpt

Entity = Mapping[str, Any]
Fields = dict[str, str]
SUMMARY_LIMIT = 200
_STATES = MappingProxyType(
    {"active": "open", "inactive": "closed", "defunct": "closed", "temporarily closed": "closed"}
)
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.DOTALL)
_FREE = re.compile(r"(?:none|free|no (?:cost|charge|fee)s?|free of charge)\.?", re.IGNORECASE)


def shortened(words: str, limit: int) -> str:
    """As many whole sentences as there is room for; the beginning of the first where it is too long."""
    line = " ".join(words.split())
    kept = ""
    for sentence in _SENTENCE.findall(line):
        longer = f"{kept} {sentence.strip()}".strip()
        if len(longer) > limit:
            break
        kept = longer
    return kept or excerpt(line, limit)


def _said(description: str) -> Fields:
    """What a description gives: its first sentences, and the whole where that says more."""
    summary = shortened(description, SUMMARY_LIMIT)
    return {"summary": summary, "description": "" if summary == " ".join(description.split()) else description}


def organization_rows(organization: Entity) -> Iterator[Fields]:
    """The fields of a partner: a row for itself, and one for each contact."""
    yield {
        "name": text(organization, "name"),
        "also_known_as": text(organization, "alternate_name"),
        **_said(text(organization, "description")),
        "website": text(organization, "website"),
        "founded": (re.findall(r"[0-9]{4}", text(organization, "year_incorporated")) or [""])[-1],
        "focus": _terms(organization),
    }
    phone = _phone(entities(organization, "phones"))
    if email := text(organization, "email"):
        yield {"contacts.role": "Office", "contacts.email": email, "contacts.phone": phone}
    elif phone:
        yield {"contacts.role": "Office", "contacts.phone": phone}
    for contact in entities(organization, "contacts"):
        reach = {"contacts.email": text(contact, "email"), "contacts.phone": _phone(entities(contact, "phones"))}
        role = text(contact, "title") or text(contact, "department")
        if role and any(reach.values()):
            yield {"contacts.role": role, **reach}


def service_rows(service: Entity) -> Iterator[Fields]:
    """The fields of a program: a row for itself, and one for each place and each schedule."""
    capacity = next((text(each, "maximum") for each in entities(service, "capacities")), "")
    yield {
        "name": text(service, "name"),
        **_said(text(service, "description")),
        "focus": _terms(service),
        **_status(service),
        "ages.min": text(service, "minimum_age"),
        "ages.max": text(service, "maximum_age"),
        "eligibility": text(service, "eligibility_description"),
        **_cost(service),
        "languages": "\n".join(text(each, "code") or text(each, "name") for each in entities(service, "languages")),
        **_join(service),
        "capacity": capacity,
    }
    yield from _schedules(entities(service, "schedules"))
    for at in entities(service, "service_at_locations"):
        location = at.get("location")
        if isinstance(location, Mapping):
            yield _place(location)
        yield from _schedules(entities(at, "schedules"))


def _status(service: Entity) -> Fields:
    state = _STATES.get(text(service, "status").lower(), "")
    seen = (text(service, "assured_date") or text(service, "last_modified"))[:10]
    return {"status.state": state, "status.as_of": seen or "today"} if state else {}


def _cost(service: Entity) -> Fields:
    """What it costs, where an amount in dollars stands alone or the words say that it is free; else nothing."""
    options = [each for each in entities(service, "cost_options") if text(each, "amount")]
    if len(options) == 1 and text(options[0], "currency").lower() == "usd":
        amount = text(options[0], "amount")
        is_free = re.fullmatch(r"0+(?:\.0+)?", amount) is not None
        return {"cost.kind": "free"} if is_free else {"cost.kind": "fee", "cost.amount": amount}
    words = text(service, "fees_description")
    return {"cost.kind": "free"} if _FREE.fullmatch(words.strip()) else {}


def _join(service: Entity) -> Fields:
    found = {"join.url": text(service, "url"), "join.phone": _phone(entities(service, "phones"))}
    found["join.email"] = text(service, "email")
    do = text(service, "application_process")
    if not do and not any(found.values()):
        return {}
    return {"join.do": do or "Ask how to join.", **found}


def _schedules(schedules: Sequence[Entity]) -> Iterator[Fields]:
    for schedule in schedules:
        days = text(schedule, "byday")
        fields = {
            "when.sessions.days": "\n".join(re.findall(r"[A-Za-z]+", days)),
            "when.sessions.from": text(schedule, "opens_at"),
            "when.sessions.to": text(schedule, "closes_at"),
            "when.sessions.starts": text(schedule, "valid_from"),
            "when.sessions.ends": text(schedule, "valid_to"),
            "when.sessions.note": text(schedule, "description"),
        }
        if any(fields.values()):
            yield fields


def _place(location: Entity) -> Fields:
    if text(location, "location_type") == "virtual":
        return {"where.online": "true"}
    addresses = [each for each in entities(location, "addresses") if text(each, "address_type") != "virtual"]
    physical = [each for each in addresses if text(each, "address_type") in ("", "physical")] or addresses
    latitude, longitude = text(location, "latitude"), text(location, "longitude")
    is_somewhere = _is_within(latitude, 90) and _is_within(longitude, 180)
    address = _address(physical[0]) if physical else ""
    return {
        "where.places.name": text(location, "name") or address,
        "where.places.address": address,
        "where.places.latitude": latitude if is_somewhere else "",
        "where.places.longitude": longitude if is_somewhere else "",
        "where.places.access": "\n".join(text(each, "description") for each in entities(location, "accessibility")),
        "where.places.transit": text(location, "transportation"),
    }


def _is_within(degrees: str, limit: int) -> bool:
    return re.fullmatch(r"-?[0-9]{1,3}(?:\.[0-9]{1,13})?", degrees) is not None and abs(float(degrees)) <= limit


def _address(address: Entity) -> str:
    state = " ".join(filter(None, (text(address, "state_province"), text(address, "postal_code"))))
    parts = (text(address, "address_1"), text(address, "address_2"), text(address, "city"), state)
    return ", ".join(filter(None, parts))


def _phone(phones: Sequence[Entity]) -> str:
    """The first number that somebody answers, with its extension."""
    for phone in phones:
        if text(phone, "type").lower() in ("", "voice", "hotline", "cell") and (
            number := text(phone, "number").strip('"')
        ):
            extension = text(phone, "extension")
            return f"{number} ext. {extension}" if extension else number
    return ""


def _terms(entity: Entity) -> str:
    """The names of an entity's taxonomy terms, and their numbers, which Open Eligibility shares with us."""
    found: list[str] = []
    for attribute in entities(entity, "attributes"):
        term = attribute.get("taxonomy_term")
        if isinstance(term, Mapping):
            found += filter(None, [text(term, "code") or text(term, "name")])
    return "\n".join(dict.fromkeys(found))


def text(entity: Entity, key: str) -> str:
    """A value as text; numbers as JSON writes them."""
    value = entity.get(key)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).strip() if isinstance(value, str | int | float) else ""


def entities(entity: Entity, key: str) -> Sequence[Entity]:
    found = entity.get(key)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []
