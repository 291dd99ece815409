"""Numbers and yes-or-no values out of the text that YAML files hold, only where the schema asks for them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from generator.schema.plan import Fields, Items, Plan, plan

Conversion: TypeAlias = Callable[[str], Any]

DIGITS_LIMIT = 15  # digits that a JSON number keeps in every programming language

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+", re.ASCII)
_BOOLEANS = {"true": True, "false": False}


def to_integer(text: str) -> int | str:
    """The whole number, or the text itself when it is not one or is huge."""
    return int(text) if len(text) <= DIGITS_LIMIT and _INTEGER.fullmatch(text) else text


def to_number(text: str) -> float | str:
    """The number (an int when it has no point), or the text itself when it is not one or has too many digits."""
    if len(text) <= DIGITS_LIMIT + 1 and _DECIMAL.fullmatch(text):
        return float(text) + 0.0  # there is one zero: the other equals it and is written differently
    return to_integer(text)


def to_boolean(text: str) -> bool | str:
    """True or False for "true" and "false", or the text itself."""
    return _BOOLEANS.get(text, text)


_CONVERSIONS: Mapping[Any, Conversion] = {"integer": to_integer, "number": to_number, "boolean": to_boolean}


def coercion(schema: Mapping[str, Any]) -> Plan[Conversion] | None:
    """Where a resolved schema wants numbers and booleans; None when it wants none."""
    return plan(schema, lambda part: _CONVERSIONS.get(part.get("type")))


def coerced(value: Any, way: Plan[Conversion] | None) -> Any:
    """The value with its numbers and booleans; what does not look right stays text. The given value is not changed."""
    if way is None:
        return value
    if isinstance(way, Fields):
        return _coerced_fields(value, way) if isinstance(value, dict) else value
    if isinstance(way, Items):
        return [coerced(item, way.each) for item in value] if isinstance(value, list) else value
    return way(value) if isinstance(value, str) else value


def _coerced_fields(value: dict[str, Any], way: Fields[Conversion]) -> dict[str, Any]:
    result = value
    for name, below in way.by_name.items():
        if name in value:
            before = value[name]
            after = coerced(before, below)
            if after is not before:
                result = dict(value) if result is value else result
                result[name] = after
    return result
