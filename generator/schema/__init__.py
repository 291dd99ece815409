"""Whether a record has the shape that its kind asks for, and if not, what to change where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema_rs

from generator.problems import Problem, SetupError
from generator.schema.coercion import Conversion, coerced, coercion
from generator.schema.files import COMMON, read_schemas, resolve, resolve_enums, write_enums
from generator.schema.formats import FORMATS
from generator.schema.plan import Fields, Items, Plan, plan
from generator.source import Document, Route
from generator.vocabulary import Term, Vocabulary, load_vocabularies

__all__ = ["Schema", "Schemas", "load_schemas", "resolve_enums", "write_enums"]

Retired = Mapping[str, Term]
"""The retired terms of a vocabulary by id."""


@dataclass(frozen=True, kw_only=True)
class Schema:
    """The schema of one kind of record, `resolved` so that it stands alone, and what is worked out from it once."""

    kind: str
    resolved: dict[str, Any]
    vocabularies: Mapping[str, Vocabulary]
    fast: jsonschema_rs.Draft202012Validator

    @cached_property
    def coercion(self) -> Plan[Conversion] | None:
        """Where the record has numbers and booleans."""
        return coercion(self.resolved)

    @cached_property
    def retired(self) -> Plan[Retired] | None:
        """Where the record has terms of a vocabulary that holds retired ones."""
        return plan(self.resolved, self._retired_terms)

    def _retired_terms(self, part: Mapping[str, Any]) -> Retired | None:
        vocabulary = self.vocabularies.get(part.get("x-vocabulary", ""))
        return {term.id: term for term in vocabulary.terms if term.retired} or None if vocabulary else None

    @cached_property
    def explaining(self) -> Any:
        """The validator that names every fault."""
        from generator.schema.faults import explaining_validator  # slow to import, and most runs have no fault

        return explaining_validator(self.resolved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schemas:
    """The schemas of every kind of record, ready to check."""

    by_kind: Mapping[str, Schema]
    vocabularies: Mapping[str, Vocabulary]

    def __getitem__(self, kind: str) -> Schema:
        """The schema of a kind; raises SetupError when its file is missing."""
        if kind not in self.by_kind:
            raise SetupError(f"schema/{kind}.schema.json is missing")
        return self.by_kind[kind]

    def coerce(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        """The data of a file with numbers and booleans where the schema wants them, everything else as it was."""
        schema = self[kind]
        changed: dict[str, Any] = coerced(data, schema.coercion)
        return changed

    def check(self, kind: str, document: Document, data: dict[str, Any] | None = None) -> tuple[Problem, ...]:
        """What is wrong with a record: errors, or else warnings about retired terms. `data` is what `coerce` gave."""
        schema = self[kind]
        data = self.coerce(kind, document.data) if data is None else data
        if schema.fast.is_valid(data):
            return tuple(_retired_terms(document, data, schema.retired, ()))
        return _explained(schema, document, data)


def _explained(schema: Schema, document: Document, data: dict[str, Any]) -> tuple[Problem, ...]:
    from generator.schema.explain import explain  # slow to import, and most runs have no fault

    found = explain(document, data, schema.explaining, record=schema.kind, vocabularies=schema.vocabularies)
    if found:
        return found
    return (document.problem((), rule="does-not-fit", message=f"this file does not fit the schema of a {schema.kind}"),)


def _retired_terms(document: Document, value: Any, way: Plan[Retired] | None, route: Route) -> Iterator[Problem]:
    """A warning for every retired term in a record that fits its schema."""
    if isinstance(way, Fields):
        for name, below in way.by_name.items():
            if name in value:
                yield from _retired_terms(document, value[name], below, (*route, name))
    elif isinstance(way, Items):
        for number, item in enumerate(value):
            yield from _retired_terms(document, item, way.each, (*route, number))
    elif way is not None and value in way:
        yield _retired(document, route, way[value])


def _retired(document: Document, route: Route, term: Term) -> Problem:
    retired = term.retired
    since = f" since {retired.on}" if retired else ""
    hint = f'write "{retired.use}" instead' if retired and retired.use else "choose another term, or delete it"
    message = f'"{term.id}" is out of use{since}'
    return document.problem(route, rule="retired-term", message=message, hint=hint, is_error=False)


def load_schemas(folder: Path, vocabularies: Mapping[str, Vocabulary] | None = None) -> Schemas:
    """The schemas of a folder, their terms from `folder`/vocabularies unless given; SetupError if one is broken."""
    known = load_vocabularies(folder / "vocabularies") if vocabularies is None else vocabularies
    files = {name: resolve_enums(schema, known) for name, schema in read_schemas(folder).items()}
    if COMMON not in files:
        raise SetupError(f"schema/{COMMON}.schema.json is missing")
    kinds = {name: _compiled(name, schema, files, known) for name, schema in files.items() if name != COMMON}
    return Schemas(by_kind=MappingProxyType(kinds), vocabularies=known)


def _compiled(
    kind: str, schema: dict[str, Any], files: Mapping[str, dict[str, Any]], vocabularies: Mapping[str, Vocabulary]
) -> Schema:
    resolved = resolve(schema, files, name=kind)
    try:
        fast = jsonschema_rs.Draft202012Validator(resolved, formats=dict(FORMATS), validate_formats=True)
    except (jsonschema_rs.ValidationError, jsonschema_rs.ReferencingError, ValueError) as error:
        first = str(error).partition("\n")[0]
        raise SetupError(f"schema/{kind}.schema.json: this is not a JSON Schema: {first}") from error
    return Schema(kind=kind, resolved=resolved, vocabularies=vocabularies, fast=fast)
