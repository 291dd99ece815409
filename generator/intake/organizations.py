"""The organizations of a package of HSDS as one table, whose headings are our fields."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from generator.intake.services import (
    SUMMARY_LIMIT,
    Entity,
    Fields,
    entities,
    organization_rows,
    service_rows,
    shortened,
    text,
)
from generator.intake.table import Row, Table

ORGANIZATION, SERVICE = "organization id", "service id"
"""Headings of columns that tell partners and programs apart; they are no fields."""
LINE_LIMIT, PROSE_LIMIT, NAME_LIMIT = 300, 2000, 120
_LIMITS = MappingProxyType(
    {"summary": SUMMARY_LIMIT, "description": PROSE_LIMIT, "eligibility": LINE_LIMIT, "do": LINE_LIMIT}
    | {"note": LINE_LIMIT, "transit": LINE_LIMIT, "help": LINE_LIMIT, "name": NAME_LIMIT, "role": NAME_LIMIT}
)
LENIENT = frozenset(
    ("program.focus", "program.languages", "program.where.places.access", "focus", "program.when.sessions.days")
)
"""Columns in which terms that we do not have are left out, and named in the report."""
_USED = MappingProxyType(
    {
        "organization": frozenset(
            {"id", "name", "alternate_name", "description", "website", "email", "year_incorporated", "contacts"}
            | {"phones", "services", "locations", "attributes"}
        ),
        "service": frozenset(
            {"id", "organization_id", "name", "description", "url", "email", "status", "application_process", "phones"}
            | {"fees_description", "eligibility_description", "minimum_age", "maximum_age", "assured_date"}
            | {"capacities", "last_modified", "schedules", "service_at_locations", "languages", "cost_options"}
            | {"attributes", "contacts"}
        ),
    }
)


def table_of(name: str, organizations: Sequence[Entity], unused: tuple[str, ...]) -> Table:
    """The table of a package; `unused` names what of it was not looked at."""
    found = tuple(_all_rows(organizations))
    headings = tuple(dict.fromkeys((ORGANIZATION, SERVICE, *(path for _, fields, _ in found for path in fields))))
    left = tuple(dict.fromkeys(_left_alone(organizations)))
    return Table(
        name=name,
        headings=headings,
        rows=_rows(found, headings),
        unused=(*left, *unused),
        lenient=LENIENT,
        partner_key=ORGANIZATION,
        program_key=SERVICE,
    )


def _rows(found: Sequence[tuple[str, Fields, Mapping[str, str]]], headings: tuple[str, ...]) -> Iterator[Row]:
    for number, (place, fields, notes) in enumerate(found):
        yield Row(
            line=number + 1,
            place=place,
            cells=tuple(fields.get(path, "") for path in headings),
            notes={headings.index(path): note for path, note in notes.items() if path in headings},
        )


def _all_rows(organizations: Sequence[Entity]) -> Iterator[tuple[str, Fields, Mapping[str, str]]]:
    for number, organization in enumerate(organizations, 1):
        key = text(organization, "id") or f"#{number}"
        place = f"organization {number}"
        for fields in organization_rows(organization):
            yield _fitted(place, {ORGANIZATION: key, **fields})
        for count, service in enumerate(entities(organization, "services"), 1):
            own = text(service, "id") or f"#{count}"
            for fields in service_rows(service):
                program = {f"program.{path}": value for path, value in fields.items()}
                yield _fitted(f"{place}, service {count}", {ORGANIZATION: key, SERVICE: own, **program})


def _fitted(place: str, fields: Fields) -> tuple[str, Fields, Mapping[str, str]]:
    """The fields without empty ones and cut to what a record holds, with a note for each that was cut."""
    kept: Fields = {}
    notes: dict[str, str] = {}
    for path, value in fields.items():
        limit = _LIMITS.get(path.rpartition(".")[2], 0)
        kept[path] = value
        if limit and len(value) > limit:
            kept[path] = shortened(value, limit)
            notes[path] = f"shortened from {len(value):,} characters"
    return place, {path: value for path, value in kept.items() if value}, notes


def _left_alone(organizations: Sequence[Entity]) -> Iterator[str]:
    """The names of filled fields of HSDS that no field of ours takes."""
    kinds: tuple[tuple[str, Callable[[Entity], Sequence[Entity]]], ...] = (
        ("organization", lambda organization: (organization,)),
        ("service", lambda organization: entities(organization, "services")),
    )
    for organization in organizations:
        for kind, below in kinds:
            used = _USED[kind]
            for entity in below(organization):
                yield from (
                    f"{kind}.{key}" for key, value in entity.items() if key not in used and value not in (None, "", [])
                )
        if any(text(contact, "name") for contact in entities(organization, "contacts")):
            yield "contact.name (names of people are not taken)"
