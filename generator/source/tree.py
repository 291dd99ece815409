"""The dictionaries, lists and strings that a YAML text stands for, within limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeAlias

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from generator.problems import Place, Problem
from generator.source.characters import describe, forbidden
from generator.source.events import FAILURES, HAS_LIBYAML, first_bracket_too_deep, next_event
from generator.source.lines import line_of, position, problem_in
from generator.source.syntax import syntax_problem
from generator.text import excerpt, nfc, visible

Value: TypeAlias = "str | list[Value] | dict[str, Value]"

DEPTH_LIMIT = 12  # levels of mappings and lists inside each other
NODE_LIMIT = 5_000  # values in one file, lists and mappings included
SCALAR_LIMIT = 20_000  # characters in one value
PROBLEM_LIMIT = 20  # after so many problems nobody reads on
_BRACKET_LIMIT = 64  # open brackets, text included: far above DEPTH_LIMIT, far below what hurts libyaml


class _Stop(Exception):  # noqa: N818 - not an error: the reading ends here and its problems say why
    """The rest of the text is not worth reading."""


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One pass over the events of a text; changed as it goes, never handed out."""

    path: str
    text: str
    following: Callable[[], Any]  # the next event
    has_escapes: bool
    nodes: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_tree(
    text: str, path: str, *, with_libyaml: bool = HAS_LIBYAML
) -> tuple[dict[str, Value] | None, tuple[Problem, ...]]:
    """The mapping that the text holds, every scalar as the text that was written; None when there is any problem.

    Strings come in Unicode's composed form (NFC), whatever the file used, so that equal words are equal.
    A plain `~` and nothing at all are "", which no schema takes for a value.
    The text must hold no forbidden character (see `characters`).
    """
    deep = first_bracket_too_deep(text, _BRACKET_LIMIT)
    if deep is not None:
        line, column = position(text, deep)
        return None, (_too_deep(text, Place(path=path, line=line, column=column)),)
    following = next_event(text, with_libyaml=with_libyaml)
    reading = _Reading(path=path, text=text, following=following, has_escapes="\\" in text)
    top: Value = ""
    try:
        top = _top(reading)
    except _Stop:
        pass
    except FAILURES as failure:
        reading.problems.append(syntax_problem(failure, text, path))
    if reading.problems or not isinstance(top, dict):
        return None, tuple(reading.problems)
    return top, ()


def _top(reading: _Reading) -> Value:
    """The one document of the stream."""
    reading.following()
    start = reading.following()
    if isinstance(start, StreamEndEvent):
        _refuse_top(reading, start, "the file is empty")
    if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
        message = "lines that start with % (YAML directives) are not used here"
        _complain(reading, start, "yaml-directive", message, "Delete the line.")
    first = reading.following()
    if not isinstance(first, MappingStartEvent):
        reading.following()  # "name:Riverbend" is one text until the next line shows what is missing
        _refuse_top(reading, first, _what_it_is(first))
    top = _node(reading, first, 1)
    reading.following()
    after = reading.following()
    if not isinstance(after, StreamEndEvent):
        message = 'a second document begins here ("---")'
        _complain(reading, after, "yaml-documents", message, "Write one record a file.")
    return top


def _what_it_is(event: Event) -> str:
    if isinstance(event, SequenceStartEvent):
        return "the file is a list"
    return "the file is one piece of text" if isinstance(event, ScalarEvent) and event.value else "the file is empty"


def _refuse_top(reading: _Reading, event: Event, what: str) -> NoReturn:
    hint = 'Write one "key: value" a line, for example "name: Riverbend Reading Club".'
    _complain(reading, event, "not-a-mapping", f"{what}; a record is a set of keys with values", hint)
    raise _Stop


def _node(reading: _Reading, event: Any, depth: int) -> Value:
    """The value that begins with the event; the commonest comes first, for speed."""
    if isinstance(event, ScalarEvent):
        return _scalar(reading, event)
    if isinstance(event, AliasEvent):
        hint = 'Write the value out again, or put quotation marks around text that starts with "*".'
        _complain(reading, event, "yaml-alias", f'"*{_quoted(event.anchor)}" repeats a value by reference', hint)
        return ""
    if depth > DEPTH_LIMIT:
        reading.problems.append(_too_deep(reading.text, _place(reading, event)))
        raise _Stop
    _refuse_properties(reading, event)
    value = _mapping(reading, depth) if isinstance(event, MappingStartEvent) else _sequence(reading, depth)
    reading.nodes += len(value)
    if reading.nodes > NODE_LIMIT:
        _complain(reading, event, "too-many-values", f"the file holds more than {NODE_LIMIT:,} values")
        raise _Stop
    return value


def _sequence(reading: _Reading, depth: int) -> list[Value]:
    values: list[Value] = []
    following = reading.following
    while not isinstance(event := following(), SequenceEndEvent):
        values.append(_node(reading, event, depth + 1))
    return values


def _mapping(reading: _Reading, depth: int) -> dict[str, Value]:
    values: dict[str, Value] = {}
    given: dict[str, Event] = {}
    following = reading.following
    while not isinstance(event := following(), MappingEndEvent):
        key = _node(reading, event, depth + 1)
        fault = _key_fault(reading, event, key, given)
        if fault is not None:
            _complain(reading, event, *fault)
        value = _node(reading, following(), depth + 1)
        if fault is None and isinstance(key, str):
            given[key] = event
            values[key] = value
    return values


def _key_fault(reading: _Reading, event: Event, key: Value, given: Mapping[str, Event]) -> tuple[str, str, str] | None:
    """Rule, message and hint for a key that cannot be one; `given` are the keys before it."""
    if not isinstance(event, ScalarEvent) or not isinstance(key, str):
        return "yaml-complex-key", "something else than a word stands where a key belongs", "Use a word as the key."
    if not key:
        return "empty-key", "a key is missing here", 'Write a word before the ":".'
    if key == "<<":
        return "yaml-merge-key", '"<<" merges another group of keys into this one', "Write the keys out instead."
    if key in given:
        first = _place(reading, given[key]).line
        return "duplicate-key", f'"{_quoted(key)}" is already given on line {first}', "Keep one of the two."
    return None


def _scalar(reading: _Reading, event: ScalarEvent) -> str:
    """The text of a key or value as written; no guess at numbers, dates or booleans."""
    if event.anchor is not None or event.tag is not None:
        _refuse_properties(reading, event)
    text: str = event.value
    if len(text) > SCALAR_LIMIT:
        message = f"this text has {len(text):,} characters; the most is {SCALAR_LIMIT:,}"
        _complain(reading, event, "too-long", message)
        return ""
    if text == "~" and not event.style:
        return ""
    if reading.has_escapes and event.style == '"':
        _refuse_characters(reading, event)
    return nfc(text)


def _refuse_characters(reading: _Reading, event: ScalarEvent) -> None:
    """Complain about forbidden characters that an escape like "\\0" has brought in."""
    found = next(forbidden(event.value), None)
    if found is not None:
        message = f"an escape in this text stands for {describe(found[1])}"
        _complain(reading, event, "forbidden-character", message, "Delete the escape.")


def _refuse_properties(reading: _Reading, event: Any) -> None:
    """Complain about an anchor or a tag before a value."""
    if event.anchor is not None:
        hint = 'Write values out where they are used, or put quotation marks around text that starts with "&".'
        _complain(reading, event, "yaml-anchor", f'"&{_quoted(event.anchor)}" names a value for reuse', hint)
    if event.tag is not None:
        hint = 'Put quotation marks around text that starts with "!"; records hold text, lists and keys only.'
        tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
        _complain(reading, event, "yaml-tag", f'"{_quoted(tag)}" is a YAML tag', hint)


def _too_deep(text: str, at: Place) -> Problem:
    message = f"values are nested more than {DEPTH_LIMIT} levels deep"
    return problem_in(text, at, rule="too-deep", message=message, hint="Check the indentation and the brackets.")


def _place(reading: _Reading, event: Any) -> Place:
    return Place(path=reading.path, line=event.start_mark.line + 1, column=event.start_mark.column + 1)


def _quoted(text: str | None) -> str:
    return excerpt(visible(text or ""), 60)


def _complain(reading: _Reading, event: Event, rule: str, message: str, hint: str = "") -> None:
    """Add a problem at the beginning of the event; the reading stops when there are too many."""
    at = _place(reading, event)
    word = re.match(r"[^\s,:\]}]+", line_of(reading.text, at.line)[at.column - 1 :])
    width = len(word[0]) if word else 1
    reading.problems.append(problem_in(reading.text, at, rule=rule, message=message, hint=hint, width=width))
    if len(reading.problems) >= PROBLEM_LIMIT:
        raise _Stop
