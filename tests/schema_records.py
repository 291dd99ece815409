"""The project's schemas, and small records that fit or do not fit them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.problems import Problem
from generator.schema import Schemas, load_schemas
from generator.source import Document, parse

FOLDER = Path(__file__).resolve().parent.parent / "schema"
SCHEMAS = load_schemas(FOLDER)
KINDS = sorted(SCHEMAS.by_kind)

PARTNER = """\
name: Riverbend Food Bank
kind: community-organization
summary: Free groceries for families.
focus: [food]
sources: [{url: "https://example.org/about", seen: "2026-09-01"}]
"""
STORY = """\
title: Reading nights
summary: Volunteers read with families.
partners: [riverbend-food-bank]
school_year: 2026-27
story: They read.
published: 2026-10-15
"""


def document(text: str, path: str = "partners/riverbend-food-bank.yml") -> Document:
    found, problems = parse(text, relative=path)
    assert found is not None, problems
    return found


def check(text: str, kind: str = "partner", schemas: Schemas = SCHEMAS) -> tuple[Problem, ...]:
    return schemas.check(kind, document(text))


def only(text: str, kind: str = "partner", schemas: Schemas = SCHEMAS) -> Problem:
    problems = check(text, kind, schemas)
    assert len(problems) == 1, problems
    return problems[0]


def parts(schema: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], dict[str, Any]]]:
    """Every subschema of a resolved schema with its path; a value inside "examples" is none."""
    yield path, schema
    for keyword in ("properties", "patternProperties"):
        for name, below in schema.get(keyword, {}).items():
            yield from parts(below, (*path, keyword, name))
    if "items" in schema:
        yield from parts(schema["items"], (*path, "items"))


def record(kind: str) -> Any:
    """A full record of a kind, made of the first example of every property."""
    schema = SCHEMAS[kind].resolved
    if kind == "translation":
        return {"summary": next(iter(schema["patternProperties"].values()))["examples"][0]}
    return {name: part["examples"][0] for name, part in schema["properties"].items()}


ALL_PARTS = [(kind, path, part) for kind in KINDS for path, part in parts(SCHEMAS[kind].resolved)]
