"""Ohana's CSV files (Code for America, before HSDS) as the tables of HSDS."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

Entity = dict[str, Any]
Tables = Mapping[str, Sequence[Entity]]
_RENAMED: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "service": {"eligibility": "eligibility_description", "fees": "fees_description", "website": "url"},
        "phone": {"number_type": "type"},
        "organization": {"date_incorporated": "year_incorporated"},
    }
)
_ACCESS = MappingProxyType(
    {
        "disabled_parking": "accessible parking",
        "restroom": "accessible restroom",
        "ramp": "step-free",
        "elevator": "step-free",
    }
)


def as_hsds(tables: Tables) -> Tables:
    """The same as tables of HSDS: a service is at its location, and has a weekly schedule for each pair of times."""
    made: dict[str, list[Entity]] = {
        name: [_renamed(row, _RENAMED.get(name, {})) for row in rows] for name, rows in tables.items()
    }
    owners = {row["id"]: row.get("organization_id", "") for row in made.get("location", ())}
    terms = {row.get("taxonomy_id"): row.get("name", "") for row in tables.get("taxonomy", ())}
    made["taxonomy_term"] = [{"id": code, "code": code, "name": name} for code, name in terms.items()]
    made["attribute"] = []
    made["service_at_location"] = []
    made["language"] = []
    for service in made.get("service", ()):
        place = service.pop("location_id", "")
        service["organization_id"] = owners.get(place, "")
        own = {"id": f"at-{service['id']}", "service_id": service["id"], "location_id": place}
        made["service_at_location"].append(own)
        made["attribute"] += [
            {"link_id": f"s{service['id']}", "taxonomy_term_id": code} for code in _items(service, "taxonomy_ids")
        ]
        made["language"] += [{"service_id": service["id"], "name": name} for name in _items(service, "languages")]
    made["accessibility"] = [
        {"location_id": place["id"], "description": _ACCESS.get(word, word)}
        for place in made.get("location", ())
        for word in _items(place, "accessibility")
    ]
    for place in made.get("location", ()):
        place["location_type"] = "virtual" if place.pop("virtual", "") == "true" else "physical"
    made["schedule"] = _schedules(tables.get("regular_schedules", ()))
    _tell_apart(made)
    return made


def _renamed(row: Entity, names: Mapping[str, str]) -> Entity:
    return {names.get(key, key): value for key, value in row.items()}


def _items(row: Entity, key: str) -> list[str]:
    """The single words of a cell; they leave the row."""
    return [word.strip() for word in str(row.pop(key, "")).split(",") if word.strip()]


def _schedules(rows: Sequence[Entity]) -> list[Entity]:
    """One schedule for all days that have the same times."""
    days: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        key = tuple(str(row.get(name, "")) for name in ("service_id", "location_id", "opens_at", "closes_at"))
        days[key[0], key[1], key[2], key[3]].append(str(row.get("weekday", "")))
    return [
        {"service_id": service, "location_id": place, "opens_at": opens, "closes_at": closes, "byday": ",".join(names)}
        for (service, place, opens, closes), names in days.items()
    ]


def _tell_apart(tables: dict[str, list[Entity]]) -> None:
    """Give ids a letter for their table: Ohana counts each from 1, and attributes of HSDS name ids alone."""
    for service in tables.get("service", ()):
        service["id"] = f"s{service['id']}"
    for rows in tables.values():
        for row in rows:
            if row.get("service_id"):
                row["service_id"] = f"s{row['service_id']}"
