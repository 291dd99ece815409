"""The shape of every kind of record: its fields, as its JSON Schema describes them to people."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.problems import SetupError
from generator.schema.files import read_schemas, resolve

TYPES = ("integer", "number", "boolean")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One key of a record.

    `form` is what to write: the schema's format (`line`, `prose`, `slug`, `calendar-date` …), `integer`, `number`,
    `boolean`, `term` (an id of `vocabulary`), `choice` (one of `choices`) or `group` (a mapping of `fields`).
    With `is_list` there may be several. `longest` counts characters.
    """

    name: str
    form: str
    description: str
    is_required: bool = False
    is_list: bool = False
    vocabulary: str = ""
    choices: tuple[str, ...] = ()
    longest: int | None = None
    smallest: float | None = None
    largest: float | None = None
    examples: tuple[Any, ...] = field(default=(), compare=False)  # hold lists, which have no hash
    fields: tuple["Field", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A kind of record with its fields, in the order in which they are written."""

    kind: str
    title: str
    description: str
    fields: tuple[Field, ...]

    def at(self, *names: str) -> Field:
        """The field at a path of names, such as ("programs", "cost"); LookupError when there is none."""
        found = Field(name="", form="group", description="", fields=self.fields)
        for name in names:
            named = (f for f in found.fields if f.name == name)
            found = next(named, found)
            if found.name != name:
                raise LookupError(f"{self.kind} has no field {'/'.join(names)}")
        return found


@cache
def load_shapes(folder: Path) -> Mapping[str, Shape]:
    """The shape of every kind from the schemas in a folder; raises SetupError when they are missing or broken."""
    schemas = read_schemas(folder)
    return MappingProxyType({name: _shape(name, schemas) for name in schemas if name != "common"})


def _shape(kind: str, schemas: Mapping[str, Mapping[str, Any]]) -> Shape:
    whole = resolve(schemas[kind], schemas, name=kind)
    try:
        return Shape(
            kind=kind,
            title=whole["title"],
            description=whole["description"],
            fields=tuple(_fields(whole)),
        )
    except (KeyError, TypeError) as error:
        raise SetupError(f"schema/{kind}.schema.json: a part has no {error}") from error


def _fields(node: Mapping[str, Any]) -> Iterator[Field]:
    """The fields of an object; where its keys are free, as in translations, one that stands for all."""
    free = {f"<{'language' if kind.startswith('^[a-z]{2,3}') else 'field'}>": below for kind, below in _free(node)}
    required = node.get("required", ())
    for name, below in (node.get("properties", {}) | free).items():
        yield _field(name, below, is_required=name in required)


def _free(node: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from node.get("patternProperties", {}).items()


def _field(name: str, node: Mapping[str, Any], *, is_required: bool) -> Field:
    is_list = node["type"] == "array"
    item = node["items"] if is_list else node
    vocabulary = item.get("x-vocabulary", "")
    return Field(
        name=name,
        form=_form(item),
        description=node["description"],
        is_required=is_required,
        is_list=is_list,
        vocabulary=vocabulary,
        choices=() if vocabulary else tuple(item.get("enum", ())),
        longest=item.get("maxLength"),
        smallest=item.get("minimum"),
        largest=item.get("maximum"),
        examples=tuple(node.get("examples", ())),
        fields=tuple(_fields(item)) if item["type"] == "object" else (),
    )


def _form(node: Mapping[str, Any]) -> str:
    if "x-vocabulary" in node:
        return "term"
    if "enum" in node:
        return "choice"
    if node["type"] == "object":
        return "group"
    return str(node["type"] if node["type"] in TYPES else node.get("format", "line"))


def in_order(record: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
    """The record with its keys in the order of the fields, all the way down; keys without a field come last."""
    below = {field.name: field.fields for field in fields}
    names = (*(name for name in below if name in record), *(name for name in record if name not in below))
    return {name: _value_in_order(record[name], below.get(name, ())) for name in names}


def _value_in_order(value: Any, fields: tuple[Field, ...]) -> Any:
    if not fields:
        return value
    if isinstance(value, Mapping):
        return in_order(value, fields)
    return [_value_in_order(each, fields) for each in value] if isinstance(value, list | tuple) else value
