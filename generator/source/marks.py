"""Where each key and value of a YAML text stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from yaml.events import Event, MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from generator.source.events import events
from generator.text import nfc

Route: TypeAlias = tuple[str | int, ...]


class Span(NamedTuple):
    """A stretch of text: line and column where it begins, from 1, and its width on that line."""

    line: int
    column: int
    width: int


class Mark(NamedTuple):
    """Where a value stands, and its key if it has one."""

    value: Span
    key: Span | None


def marks(text: str) -> Mapping[Route, Mark]:
    """The place of every value of a text that `read_tree` found good, by route; () is the whole."""
    found: dict[Route, Mark] = {}
    following = events(text)
    start = next(event for event in following if isinstance(event, MappingStartEvent))
    _walk(start, (), None, following, found)
    return MappingProxyType(found)


def _walk(event: Event, route: Route, key: Span | None, following: Iterator[Event], found: dict[Route, Mark]) -> None:
    """Enter the value that begins with `event` and all below it."""
    end = event
    found[route] = Mark(_span(event, event), key)  # parents before children
    if isinstance(event, SequenceStartEvent):
        number = 0
        while not isinstance(end := next(following), SequenceEndEvent):
            _walk(end, (*route, number), None, following, found)
            number += 1
    elif isinstance(event, MappingStartEvent):
        while not isinstance(end := next(following), MappingEndEvent):
            name = nfc(end.value) if isinstance(end, ScalarEvent) else ""
            _walk(next(following), (*route, name), _span(end, end), following, found)
    found[route] = Mark(_span(event, end), key)


def _span(first: Any, last: Any) -> Span:
    """From the beginning of one event to the end of another; a value of several lines is marked at its beginning."""
    start, end = first.start_mark, last.end_mark
    width = end.column - start.column if start.line == end.line else 1
    return Span(start.line + 1, start.column + 1, max(width, 1))
