"""Why a record does not fit its schema, as problems that people can act on."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import islice
from types import MappingProxyType
from typing import Any, TypeAlias

from jsonschema.protocols import Validator

from generator.problems import Problem, in_order
from generator.schema import wording
from generator.schema.faults import PRIVATE, Fault, faults
from generator.schema.nearest import nearest_field, nearest_term
from generator.source import Document
from generator.source.lines import line_of
from generator.vocabulary import Vocabulary

PROBLEM_LIMIT = 50  # problems reported for one file; after so many nobody reads on
_SHORT = 32  # characters; a longer time or phone number is something else altogether, not one to shorten
_FIELDS_NAMED = 30  # fields that a hint lists


def explain(
    document: Document,
    data: Any,
    validator: Validator,
    *,
    record: str,
    vocabularies: Mapping[str, Vocabulary],
) -> tuple[Problem, ...]:
    """Everything that is wrong with the data of a document, one problem for each fault, at its place."""
    found = faults(document, data, validator, record=record, vocabularies=vocabularies)
    problems = (problem for fault in found for problem in TELL.get(fault.keyword, _tell_other)(fault))
    shown = tuple(islice(problems, PROBLEM_LIMIT))
    if next(problems, None) is None:
        return in_order(shown)
    more = f"this file has more than {PROBLEM_LIMIT} problems; the rest is not shown"
    last = document.problem((), rule="too-many-problems", message=more, hint="repair the others first")
    return (*in_order(shown), last)


def _tell_unknown(fault: Fault) -> Iterator[Problem]:
    """Fields that the schema does not have; their values may be private, so only the name is shown of the line."""
    fields = tuple(fault.schema.get("properties", {}))
    where = f'a field under "{fault.name}"' if fault.route else f"a field of a {fault.record}"
    for name in _unknown(fault):
        near = nearest_field(name, [field for field in fields if field not in fault.value])
        problem = fault.document.problem(
            (*fault.route, name),
            rule="unknown-field",
            message=f"{wording.quoted(name)} is not {where}",
            hint=f'did you mean "{near}"?' if near else _named_fields(fault.schema),
            key=True,
            shows_line=False,
        )
        before = line_of(fault.document.text, problem.at.line)[: max(problem.at.column - 1, 0)]
        yield problem if before.strip(" -") else replace(problem, excerpt=f"{before}{name}: …")


def _unknown(fault: Fault) -> list[str]:
    """The fields of the fault's value that its schema does not have."""
    if fault.schema.get("additionalProperties") is not False:
        return []
    known = fault.schema.get("properties", {})
    patterns = fault.schema.get("patternProperties", {})
    return [name for name in fault.value if name not in known and not any(re.search(p, name) for p in patterns)]


def _named_fields(schema: Mapping[str, Any]) -> str:
    fields = tuple(schema.get("properties", {}))
    if fields:
        return (
            "the fields here are: " + ", ".join(fields[:_FIELDS_NAMED]) + ("…" if len(fields) > _FIELDS_NAMED else "")
        )
    return " ".join(part["description"] for part in schema.get("patternProperties", {}).values())


def _misspelled(fault: Fault) -> set[str | None]:
    """Fields that are missing only because their names are misspelled, which is told already."""
    absent = [field for field in fault.schema.get("properties", {}) if field not in fault.value]
    return {nearest_field(name, absent) for name in _unknown(fault)}


def _tell_missing(fault: Fault) -> Iterator[Problem]:
    misspelled = _misspelled(fault)
    for name in fault.wanted:
        if name not in fault.value and name not in misspelled:
            yield _absent(fault, name)


def _absent(fault: Fault, name: str) -> Problem:
    """A field that has to be there."""
    example = wording.example_line(name, fault.schema.get("properties", {}).get(name, {}))
    what = "missing-below" if fault.route else "missing"
    return fault.problem("missing-field", *wording.objected(what, name=name, group=fault.name, example=example))


def _missing(fault: Fault, message: str, name: str) -> Problem:
    example = wording.example_line(name, fault.schema.get("properties", {}).get(name, {}))
    where = f' under "{fault.name}"' if fault.route else ""
    return fault.problem("missing-field", message + where, f"add it, for example: {example}")


def _tell_dependent(fault: Fault) -> Iterator[Problem]:
    misspelled = _misspelled(fault)
    for name, needed in fault.wanted.items():
        for other in needed:
            if name in fault.value and other not in fault.value and other not in misspelled:
                yield _missing(fault, f'"{name}" stands here without "{other}"', other)


def _tell_choice(fault: Fault) -> Iterator[Problem]:
    """None of several fields of which at least one is needed."""
    names = [name for branch in fault.wanted for name in branch.get("required", ())]
    if not _misspelled(fault).intersection(names):
        yield _missing(fault, " or ".join(f'"{name}"' for name in names) + " is missing", names[0])


def _tell_empty_fields(fault: Fault) -> Iterator[Problem]:
    names = tuple(fault.schema.get("properties", {}))
    yield _missing(fault, "at least one field is missing", names[0])


def _tell_type(fault: Fault) -> Iterator[Problem]:
    if fault.value == "":
        return _tell_empty(fault)
    return _tell_wrong_type(fault)


def _tell_empty(fault: Fault) -> Iterator[Problem]:
    example = f", for example: {wording.example_line(fault.name, fault.schema)}" if fault.schema.get("examples") else ""
    hint = f"write {wording.kind_wanted(fault.schema)}{example}" + ("" if fault.is_required else "; or delete the line")
    yield fault.problem("empty-text", f'"{fault.name}" is empty', hint)


def _tell_wrong_type(fault: Fault) -> Iterator[Problem]:
    wanted = wording.kind_wanted(fault.schema)
    hint = f"write it like this: {_example(fault)}"
    if fault.schema.get("type") in ("integer", "number", "boolean") and isinstance(fault.value, str):
        value = wording.quoted(fault.value)
        if fault.schema["type"] == "boolean":
            yield fault.problem("wrong-type", f"{value} is not {wanted}", "write true or false")
            return
        what = "not-whole" if fault.schema["type"] == "integer" else "not-a-number"
        yield fault.problem("wrong-type", *wording.objected(what, value=value, example=_example(fault)))
        return
    yield fault.problem("wrong-type", f'"{fault.name}" is {wording.kind_given(fault.value)}; it must be {wanted}', hint)


def _example(fault: Fault) -> str:
    """How the value would look: the whole field, or one item of a list."""
    if fault.route and isinstance(fault.route[-1], int):
        return f"- {_item_example(fault.schema)}"
    return wording.example_line(fault.name, fault.schema)


def _item_example(schema: Mapping[str, Any]) -> str:
    if schema.get("examples"):
        return wording.example_value(schema)
    if "enum" in schema:
        return wording.as_yaml(schema["enum"][0])
    names = schema.get("required") or tuple(schema.get("properties", {}))[:1]
    properties = schema.get("properties", {})
    return "{" + ", ".join(wording.example_line(name, properties[name]) for name in names) + "}" if names else "…"


def _tell_term(fault: Fault) -> Iterator[Problem]:
    if fault.value == "":
        yield from _tell_empty(fault)
        return
    vocabulary = fault.vocabularies.get(fault.schema.get("x-vocabulary", ""))
    if vocabulary is None:
        words = " or ".join(f'"{word}"' for word in fault.wanted)
        yield fault.problem("unknown-term", f"{wording.quoted(fault.value)} is not {words}", f"write {words}")
        return
    near = nearest_term(fault.value, vocabulary)
    hint = f'did you mean "{near.id}"?  ' if near else ""
    message = f"{wording.quoted(fault.value)} is not {vocabulary.one}"
    yield fault.problem("unknown-term", message, f"{hint}All terms: {vocabulary.path}")


def _tell_too_long(fault: Fault) -> Iterator[Problem]:
    if fault.wanted <= _SHORT and fault.schema.get("format") != "line":
        yield from _tell_form(fault)
        return
    length = len(fault.value)
    numbers = {"length": f"{length:,}", "most": f"{fault.wanted:,}", "excess": f"{length - fault.wanted:,}"}
    yield fault.problem("too-long", *wording.objected("too-long", name=fault.name, **numbers))


def _tell_too_short(fault: Fault) -> Iterator[Problem]:
    return _tell_form(fault) if fault.value.strip() else _tell_empty(fault)


def _tell_form(fault: Fault) -> Iterator[Problem]:
    if not fault.value.strip():
        yield from _tell_empty(fault)
        return
    message, hint = wording.wrong_form(fault.value, fault.schema)
    if fault.schema.get("format") in PRIVATE:
        message = f"this is not {wording.noun(fault.schema)}"
    yield fault.problem("bad-format", message, hint)


def _tell_no_items(fault: Fault) -> Iterator[Problem]:
    hint = f"add at least one, for example: {wording.example_line(fault.name, fault.schema)}"
    yield fault.problem("too-short", f'"{fault.name}" is an empty list', hint)


def _tell_repeated(fault: Fault) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, item in enumerate(fault.value):
        if isinstance(item, str) and item in seen:
            at = (*fault.route, number)
            message, hint = wording.objected("repeated", value=wording.quoted(item))
            yield fault.document.problem(at, rule="repeated-item", message=message, hint=hint)
        elif isinstance(item, str):
            seen.add(item)


def _tell_range(fault: Fault) -> Iterator[Problem]:
    low, high = fault.schema.get("minimum"), fault.schema.get("maximum")
    what = "too-small" if fault.keyword == "minimum" else "too-large"
    values = {"value": wording.quoted(fault.value), "low": f"{low:,}", "high": f"{high:,}"}
    yield fault.problem("out-of-range", *wording.objected(what, **values))


def _tell_other(fault: Fault) -> Iterator[Problem]:
    yield fault.problem("does-not-fit", f'"{fault.name}" does not fit its schema', fault.schema.get("description", ""))


Tell: TypeAlias = Callable[[Fault], Iterator[Problem]]
TELL: Mapping[str, Tell] = MappingProxyType(
    {
        "additionalProperties": _tell_unknown,
        "required": _tell_missing,
        "dependentRequired": _tell_dependent,
        "anyOf": _tell_choice,
        "minProperties": _tell_empty_fields,
        "type": _tell_type,
        "enum": _tell_term,
        "maxLength": _tell_too_long,
        "minLength": _tell_too_short,
        "pattern": _tell_form,
        "format": _tell_form,
        "minItems": _tell_no_items,
        "uniqueItems": _tell_repeated,
        "minimum": _tell_range,
        "maximum": _tell_range,
    }
)
