"""The single faults of a record that does not fit its schema, as the explaining validator finds them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from generator.problems import Problem
from generator.schema.formats import FORMATS
from generator.source import Document, Route
from generator.vocabulary import Vocabulary

# Of several faults of one value only the first in this order is told: the others follow from it.
_VALUE_KEYWORDS = (
    "type",
    "enum",
    "minLength",
    "maxLength",
    "pattern",
    "format",
    "minItems",
    "uniqueItems",
    "minimum",
    "maximum",
)


# Forms in whose place somebody's name or address may stand, or beside which a secret may; their lines are never shown.
PRIVATE = ("consent-number", "nomination-number", "key-part")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One keyword of a schema that one value breaks."""

    document: Document
    route: Route
    value: Any
    keyword: str
    wanted: Any  # what the keyword asks for
    schema: Mapping[str, Any]  # of the value, resolved
    is_required: bool  # whether the field that the value belongs to must be there
    record: str  # what the whole is called: "partner"
    vocabularies: Mapping[str, Vocabulary]

    @property
    def name(self) -> str:
        """The field that the value belongs to, as people would call it."""
        return next((str(step) for step in reversed(self.route) if isinstance(step, str)), f"the {self.record}")

    def problem(self, rule: str, message: str, hint: str = "") -> Problem:
        """A problem at the value."""
        shows_line = self.schema.get("format") not in PRIVATE
        return self.document.problem(self.route, rule=rule, message=message, hint=hint, shows_line=shows_line)


def explaining_validator(schema: Mapping[str, Any]) -> Validator:
    """The validator that names every fault; it judges exactly as the fast one does, only slower."""
    checker = FormatChecker(formats=())
    for form, is_right in FORMATS.items():
        checker.checks(form)(lambda value, is_right=is_right: not isinstance(value, str) or is_right(value))
    own = {"pattern": _pattern, "uniqueItems": _unique_items}
    kind = extend(Draft202012Validator, own)  # type: ignore[no-untyped-call]
    validator: Validator = kind(schema, format_checker=checker)
    return validator


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    """JSON Schema's "$" is the very end; Python's would let a line break follow."""
    strict = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
    if isinstance(value, str) and not re.search(strict, value):
        yield ValidationError("does not match")


def _unique_items(_: Any, wanted: bool, value: Any, __: Any) -> Iterator[ValidationError]:
    """Only texts are compared, at once: a list of anything else is a fault of its type already."""
    texts = [item for item in value if isinstance(item, str)] if isinstance(value, list) else []
    if wanted and len(set(texts)) < len(texts):
        yield ValidationError("holds something twice")


def faults(
    document: Document, data: Any, validator: Validator, *, record: str, vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Fault]:
    """One fault for each wrong value, and one for each thing that can be wrong with its fields."""
    seen: set[tuple[Route, str]] = set()
    by_value: dict[Route, Fault] = {}
    for error in validator.iter_errors(data):
        fault = _fault(error, validator.schema, document=document, record=record, vocabularies=vocabularies)
        if fault.keyword not in _VALUE_KEYWORDS:
            if (fault.route, fault.keyword) not in seen:
                seen.add((fault.route, fault.keyword))
                yield fault
        elif fault.route not in by_value or _rank(fault) < _rank(by_value[fault.route]):
            by_value[fault.route] = fault
    yield from by_value.values()


def _rank(fault: Fault) -> int:
    return _VALUE_KEYWORDS.index(fault.keyword)


def _fault(
    error: ValidationError, whole: Any, *, document: Document, record: str, vocabularies: Mapping[str, Vocabulary]
) -> Fault:
    return Fault(
        document=document,
        route=tuple(error.absolute_path),
        value=error.instance,
        keyword=str(error.validator),
        wanted=error.validator_value,
        schema=error.schema if isinstance(error.schema, dict) else {},
        is_required=_is_required(tuple(error.absolute_schema_path), whole),
        record=record,
        vocabularies=vocabularies,
    )


def _is_required(path: tuple[str | int, ...], whole: Any) -> bool:
    """Whether a value must be there, whose broken keyword is at the path: (…, "properties", name, keyword)."""
    if len(path) < 3 or path[-3] != "properties":
        return True
    for step in path[:-3]:
        whole = whole[step]
    return path[-2] in whole.get("required", ())
