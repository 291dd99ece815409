"""The schema files: read, given the terms of the vocabularies, and resolved into one schema a kind."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.problems import SetupError
from generator.vocabulary import Term, Vocabulary, load_vocabularies

SUFFIX = ".schema.json"
COMMON = "common"
_NOTES = frozenset(("title", "description", "examples", "enumDescriptions"))


def read_schemas(folder: Path) -> dict[str, dict[str, Any]]:
    """Every schema file by its name without ".schema.json", as it stands; raises SetupError when one is broken."""
    files = sorted(folder.glob(f"*{SUFFIX}"))
    if not files:
        raise SetupError(f"{folder}: there are no schemas here (*{SUFFIX})")
    return {file.name.removesuffix(SUFFIX): _read_schema(file) for file in files}


def _read_schema(file: Path) -> dict[str, Any]:
    try:
        schema = json.loads(file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise SetupError(f"schema/{file.name}:{error.lineno}: this is not JSON: {error.msg}") from error
    except (OSError, UnicodeDecodeError, RecursionError) as error:
        raise SetupError(f"schema/{file.name}: cannot read this file: {error}") from error
    if not isinstance(schema, dict):
        raise SetupError(f"schema/{file.name}: a schema is an object, in curly brackets")
    return schema


def resolve_enums(schema: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    """The schema with the terms of the vocabularies in every definition that is marked with "x-vocabulary".

    Retired terms stay, so that old records hold; an editor shows that they are retired.
    """
    definitions = schema.get("$defs", {})
    resolved = {name: _with_terms(part, vocabularies) for name, part in definitions.items()}
    return {**schema, "$defs": resolved} if definitions else dict(schema)


def _with_terms(part: dict[str, Any], vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    if "x-vocabulary" not in part:
        return part
    name = part["x-vocabulary"]
    if name not in vocabularies:
        raise SetupError(f"schema/vocabularies/{name}.yml is missing, and the schemas need its terms")
    known = vocabularies[name]
    return part | {
        "title": known.title,
        "description": known.description,
        "enum": [term.id for term in known.terms],
        "enumDescriptions": [_described(term) for term in known.terms],
    }


def _described(term: Term) -> str:
    if term.retired:
        return f"{term.label}: retired on {term.retired.on}" + (f", use {term.retired.use}" if term.retired.use else "")
    return f"{term.label}: {term.hint}" if term.hint else term.label


def resolve(schema: Mapping[str, Any], schemas: Mapping[str, Mapping[str, Any]], *, name: str) -> dict[str, Any]:
    """The schema of `name` with every "$ref" replaced by what it points to, so that it stands alone.

    What stands beside a "$ref" adds to what is pointed to. Raises SetupError when a reference leads nowhere.
    """
    whole = {key: part for key, part in schema.items() if key != "$defs"}
    resolved: dict[str, Any] = _resolved(whole, schemas, name, ())
    return resolved


def _resolved(part: Any, schemas: Mapping[str, Mapping[str, Any]], name: str, above: tuple[str, ...]) -> Any:
    if isinstance(part, list):
        return [_resolved(item, schemas, name, above) for item in part]
    if not isinstance(part, dict):
        return part
    reference = part.get("$ref")
    beside = {
        key: _resolved(below, schemas, name, above) for key, below in part.items() if key not in ("$ref", "$defs")
    }
    if not isinstance(reference, str):
        return beside
    file, _, pointer = reference.partition("#")
    target_name = file.removesuffix(SUFFIX) or name
    full = f"{target_name}#{pointer}"
    if full in above:
        raise SetupError(f"schema/{name}{SUFFIX}: “{reference}” leads back to itself")
    target = _resolved(_pointed_to(schemas, target_name, pointer, name), schemas, target_name, (*above, full))
    return _joined(target, beside, reference, name)


def _pointed_to(schemas: Mapping[str, Mapping[str, Any]], target_name: str, pointer: str, name: str) -> Any:
    target: Any = schemas.get(target_name)
    for step in pointer.strip("/").split("/"):
        target = target.get(step) if isinstance(target, Mapping) else None
    if not isinstance(target, dict):
        raise SetupError(f"schema/{name}{SUFFIX}: “{target_name}{SUFFIX}#{pointer}” does not exist")
    return target


def _joined(target: dict[str, Any], beside: dict[str, Any], reference: str, name: str) -> dict[str, Any]:
    """Both sides of a reference as one schema that accepts what both accept."""
    joined = target | beside
    for key in target.keys() & beside.keys() - _NOTES:
        if key == "maxLength":
            joined[key] = min(target[key], beside[key])
        elif target[key] != beside[key]:
            raise SetupError(f"schema/{name}{SUFFIX}: “{key}” beside “{reference}” contradicts what it points to")
    return joined


def write_enums(folder: Path) -> tuple[str, ...]:
    """Write the terms of the vocabularies into the schema files, for editors; returns the names of changed files."""
    vocabularies = load_vocabularies(folder / "vocabularies")
    changed = []
    for name, schema in read_schemas(folder).items():
        file = folder / f"{name}{SUFFIX}"
        text = json.dumps(resolve_enums(schema, vocabularies), indent=2, ensure_ascii=False) + "\n"
        if text != file.read_text(encoding="utf-8"):
            file.write_text(text, encoding="utf-8", newline="\n")
            changed.append(file.name)
    return tuple(changed)
