"""Packages of Open Referral HSDS 3.x (JSON, or tables) and Ohana's CSV files, as organizations with all below them.

HSDS 3.1: docs.openreferral.org. Whatever the package, an organization comes out as its `organization_full.json` has it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.intake.delimited import open_csv
from generator.intake.ohana import as_hsds
from generator.intake.organizations import table_of
from generator.intake.table import Table, fault_of
from generator.problems import SetupError

JSON_LIMIT_BYTES = 64_000_000
FOREIGN = frozenset(
    ("code", "latitude", "location_type", "longitude", "parent_id", "status", "taxonomy", "taxonomy_detail", "version")
)
"""Fields by which a location, a service, a taxonomy or a term of one can be told from an organization."""
Entity = dict[str, Any]
Tables = Mapping[str, Sequence[Entity]]
_ENTITIES: Mapping[str, str] = MappingProxyType(
    {
        "organizations": "organization",
        "services": "service",
        "locations": "location",
        "service_at_locations": "service_at_location",
        "addresses": "address",
        "phones": "phone",
        "contacts": "contact",
        "schedules": "schedule",
        "cost_options": "cost_option",
        "languages": "language",
        "attributes": "attribute",
        "taxonomy_terms": "taxonomy_term",
    }
)
"""Names of tables in the plural, with those that HSDS gives what they hold."""
_BELOW = MappingProxyType(
    {
        "organization": (
            ("contacts", "contact"),
            ("phones", "phone"),
            ("services", "service"),
            ("locations", "location"),
        ),
        "service": (
            *(("contacts", "contact"), ("phones", "phone"), ("schedules", "schedule"), ("languages", "language")),
            *(("cost_options", "cost_option"), ("capacities", "service_capacity")),
            ("service_at_locations", "service_at_location"),
        ),
        "service_at_location": (("contacts", "contact"), ("phones", "phone"), ("schedules", "schedule")),
        "location": (
            *(("addresses", "address"), ("accessibility", "accessibility"), ("languages", "language")),
            *(("phones", "phone"), ("schedules", "schedule"), ("contacts", "contact")),
        ),
        "contact": (("phones", "phone"),),
    }
)
"""What hangs below an entity: under which key, from which table."""


def open_package(path: Path, stack: ExitStack) -> Table:
    """The rows of a package: a JSON file, or a folder of CSV files; raises SetupError when it is none."""
    if path.name == "datapackage.json":
        path = path.parent
    if path.is_dir():
        tables = _tables_of_folder(path, stack)
        organizations = nested(as_hsds(tables) if _is_ohana(tables) else tables)
        return table_of(path.name or "package", organizations, _left_over(tables))
    data = _read_json(path)
    if isinstance(data, dict) and any(key.endswith(".csv") for key in data):
        tables = {_entity(key): rows for key, rows in data.items() if isinstance(rows, list)}
        return table_of(path.name, nested(tables), _left_over(tables))
    return table_of(path.name, list(_organizations(data, path.name)), ())


def _read_json(path: Path) -> Any:
    if path.stat().st_size > JSON_LIMIT_BYTES:
        raise SetupError(f"{path.name}: this file has more than {JSON_LIMIT_BYTES:,} bytes; split it")
    try:
        return json.loads(path.read_bytes().decode("utf-8-sig"), object_pairs_hook=_without_doubles)
    except UnicodeDecodeError as error:
        raise SetupError(f"{path.name}: this file is not UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{path.name}: this is no JSON: {str(error).partition(chr(10))[0]}") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> Entity:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands in an object twice")
    return found


def _organizations(data: Any, name: str) -> Iterator[Entity]:
    """The organizations of a JSON file: one, a list, a page of a list, or services that name theirs."""
    if isinstance(data, dict) and isinstance(data.get("contents"), list):
        data = data["contents"]
    found = data if isinstance(data, list) else [data]
    if not found or not all(isinstance(each, dict) and "name" in each for each in found):
        raise SetupError(f"{name}: this is no HSDS: neither an organization nor a list of them, nor its tables")
    by_owner: dict[str, Entity] = {}
    for each in found:
        owner = each.get("organization")
        if isinstance(owner, dict):
            holder = by_owner.setdefault(str(owner.get("id")), {**owner, "services": []})
            holder["services"].append({key: value for key, value in each.items() if key != "organization"})
        elif "organization_id" in each or "service_at_locations" in each:
            raise SetupError(f"{name}: these services do not say whose they are; give the organizations")
        elif foreign := FOREIGN & each.keys():
            raise SetupError(f'{name}: no organization of HSDS has a field "{min(foreign)}"; give the organizations')
        else:
            yield each
    yield from by_owner.values()


def _tables_of_folder(folder: Path, stack: ExitStack) -> Tables:
    """The tables of a folder by what they hold; what a datapackage.json says of files elsewhere is not followed."""
    files = [file for file in sorted(folder.glob("*.csv")) if file.is_file() and not file.is_symlink()]
    tables: dict[str, list[Entity]] = {}
    for file in files:
        if file.stat().st_size:
            tables[_entity(file.name)] = list(_entities(open_csv(file, stack, wanted=("id", "name"), separator=",")))
    if "organization" not in tables:
        raise SetupError(f"{folder}: this is no HSDS package: it has no organizations.csv")
    return tables


def _entities(table: Table) -> Iterator[Entity]:
    for row in table.rows:
        fault, hint = fault_of(row, table.headings, range(len(table.headings)))
        if fault:
            raise SetupError(f"{table.name}:{row.line}: {fault}" + (f"; {hint}" if hint else ""))
        yield {key: cell for key, cell in zip(table.headings, row.cells, strict=True) if cell}


def _entity(name: str) -> str:
    stem = name.removesuffix(".csv")
    return _ENTITIES.get(stem, stem)


def _is_ohana(tables: Tables) -> bool:
    return "taxonomy" in tables or any("location_id" in each for each in tables.get("service", ())[:1])


def nested(tables: Tables) -> list[Entity]:
    """Organizations with all that the tables hang below them by their ids."""
    below: dict[tuple[str, str], dict[str, list[Entity]]] = {}
    for pairs in _BELOW.values():
        for _, child in pairs:
            for parent in _BELOW:
                below.setdefault((parent, child), _by_key(tables.get(child, ()), f"{parent}_id"))
    locations = {str(each.get("id")): each for each in tables.get("location", ())}
    terms = {str(each.get("id")): each for each in tables.get("taxonomy_term", ())}
    attributes = _by_key(tables.get("attribute", ()), "link_id")

    def whole(kind: str, entity: Entity) -> Entity:
        made = dict(entity)
        own = str(entity.get("id", ""))
        for key, child in _BELOW.get(kind, ()):
            made[key] = [whole(child, each) for each in below[kind, child].get(own, ())]
        if kind == "service_at_location" and str(entity.get("location_id")) in locations:
            made["location"] = whole("location", locations[str(entity["location_id"])])
        linked = attributes.get(own, ())
        made["attributes"] = [
            {**each, "taxonomy_term": terms.get(str(each.get("taxonomy_term_id")), {})} for each in linked
        ]
        return made

    return [whole("organization", each) for each in tables.get("organization", ())]


def _by_key(rows: Iterable[Entity], key: str) -> dict[str, list[Entity]]:
    found: dict[str, list[Entity]] = defaultdict(list)
    for row in rows:
        if row.get(key):
            found[str(row[key])].append(row)
    return found


def _left_over(tables: Tables) -> tuple[str, ...]:
    """The tables that no partner takes anything from."""
    used = {
        "organization",
        "taxonomy",
        "regular_schedules",
        *(child for pairs in _BELOW.values() for _, child in pairs),
    }
    used |= {"attribute", "taxonomy_term"}
    return tuple(f"the table {name}" for name in sorted(set(tables) - used))
