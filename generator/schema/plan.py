"""Ways through a record that visit only the values a schema marks, worked out once for each schema."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

Leaf = TypeVar("Leaf")


@dataclass(frozen=True, slots=True)
class Items(Generic[Leaf]):
    """What to do with each item of a list."""

    each: "Plan[Leaf]"


@dataclass(frozen=True, slots=True)
class Fields(Generic[Leaf]):
    """What to do with some fields of a mapping."""

    by_name: Mapping[str, "Plan[Leaf]"]


Plan: TypeAlias = Leaf | Items[Leaf] | Fields[Leaf]


def plan(schema: Mapping[str, Any], leaf: Callable[[Mapping[str, Any]], Leaf | None]) -> Plan[Leaf] | None:
    """The way to every value for whose schema `leaf` gives something; None when there is none.

    The schema must be resolved, without any "$ref".
    """
    found = leaf(schema)
    if found is not None:
        return found
    items = schema.get("items")
    if isinstance(items, Mapping):
        each = plan(items, leaf)
        return None if each is None else Items(each)
    fields = {name: plan(below, leaf) for name, below in schema.get("properties", {}).items()}
    by_name = {name: below for name, below in fields.items() if below is not None}
    return Fields(by_name) if by_name else None
