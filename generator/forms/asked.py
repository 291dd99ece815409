"""What a browser has to know of a schema: the part that a form asks about, with an example of each value."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from generator.forms.questions import Question
from generator.forms.site import SiteForm
from generator.schema.files import COMMON, read_schemas, resolve
from generator.schema.wording import example_value

KEPT = ("type", "format", "minLength", "maxLength", "minimum", "maximum", "minItems", "uniqueItems")
"""What of a value's schema a browser looks at; patterns go by their formats, terms are offered in lists."""
LOOSE: Mapping[str, str] = {"page": "line", "wrong": "prose", "shown": "url"}
"""The form for mistakes fills no record: its answers, by the definition that each has to fit."""


@cache
def whole_schema(folder: Path, record: str) -> dict[str, Any]:
    """The resolved schema of a kind of record; without one, that of a report of a mistake."""
    schemas = read_schemas(folder)
    if record:
        return resolve(schemas[record], schemas, name=record)
    fields = {name: {"$ref": f"{COMMON}.schema.json#/$defs/{form}"} for name, form in LOOSE.items()}
    required = ["page", "wrong"]
    return resolve({"type": "object", "properties": fields, "required": required}, schemas, name=COMMON)


def schema_of(folder: Path, form: SiteForm) -> dict[str, Any]:
    """The schema of what a form fills."""
    found = whole_schema(folder, form.record)
    for name in form.within:
        found = found["properties"][name]["items"]
    return found


def asked(schema: Mapping[str, Any], questions: Iterable[Question]) -> dict[str, Any]:
    """The part of a schema that questions are about, its fields in the order of the schema."""
    below: dict[str, list[tuple[tuple[str, ...], Question]]] = {}
    for question in questions:
        below.setdefault(question.names[0], []).append((question.names[1:], question))
    return _group(schema, below)


def _group(schema: Mapping[str, Any], below: Mapping[str, list[tuple[tuple[str, ...], Question]]]) -> dict[str, Any]:
    fields = {name: _field(part, below[name]) for name, part in schema["properties"].items() if name in below}
    required = set(schema.get("required", ())) | {
        name for name, ways in below.items() for way, question in ways if question.is_required and not way
    }
    return {"type": "object", "properties": fields, "required": [name for name in fields if name in required]}


def _field(schema: Mapping[str, Any], ways: list[tuple[tuple[str, ...], Question]]) -> dict[str, Any]:
    deeper: dict[str, list[tuple[tuple[str, ...], Question]]] = {}
    for way, question in ways:
        if way:
            deeper.setdefault(way[0], []).append((way[1:], question))
    if deeper:
        return _with_example(_group(schema, deeper), schema)
    question = ways[0][1]
    made = {key: schema[key] for key in KEPT if key in schema}
    if schema["type"] == "array":
        item = schema["items"]
        rows = [row for row in question.rows if row.path]
        made["items"] = asked(item, rows) if rows else {key: item[key] for key in KEPT if key in item}
    return _with_example(made, schema)


def _with_example(made: dict[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with its first example, as one would write it in the file."""
    return {**made, "example": example_value(schema)} if schema.get("examples") else made


def patterns(schema: Mapping[str, Any]) -> dict[str, str]:
    """The pattern of each format in a schema and below."""
    found = {schema["format"]: schema["pattern"]} if "format" in schema and "pattern" in schema else {}
    for part in (*schema.get("properties", {}).values(), *filter(None, (schema.get("items"),))):
        found |= patterns(part)
    return found


def formats(part: Mapping[str, Any]) -> set[str]:
    """Every format in a part of a schema."""
    below = (*part.get("properties", {}).values(), *filter(None, (part.get("items"),)))
    return {part.get("format", "")}.union(*map(formats, below)) - {""}
