"""YAML events from libyaml, or from PyYAML's own parser where libyaml is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import yaml
from yaml.events import Event
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

# None where PyYAML was built without libyaml: slower, the same events.
_LIBYAML: Any = getattr(getattr(yaml, "_yaml", None), "CParser", None)
HAS_LIBYAML = _LIBYAML is not None

# What a parser may raise on any input: escapes like "\UFFFFFFFF" make PyYAML's own parser fall over in other ways.
FAILURES = (yaml.YAMLError, ValueError, OverflowError)

_BRACKETS = re.compile(r"[\[\]{}]")


class _PythonParser(Reader, Scanner, Parser):
    """PyYAML's parser without a loader; the package offers it only as mixins."""

    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)


def next_event(text: str, *, with_libyaml: bool = HAS_LIBYAML) -> Callable[[], Event | None]:
    """A function that returns the next event at each call and None after the last; it raises one of FAILURES."""
    parser: Any = _LIBYAML(text) if with_libyaml else _PythonParser(text)
    return parser.get_event  # type: ignore[no-any-return]


def events(text: str) -> Iterator[Event]:
    """Every event of the text, for text that was read before and found good."""
    following = next_event(text)
    while event := following():
        yield event


def first_bracket_too_deep(text: str, limit: int) -> int | None:
    """Index of the first bracket that opens more than `limit` levels, inside quotation marks or not.

    libyaml needs seconds for a hundred thousand open brackets, and its loaders die of them, so it must not see them.
    """
    if text.count("[") + text.count("{") <= limit:
        return None
    depth = 0
    for bracket in _BRACKETS.finditer(text):
        depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
        if depth > limit:
            return bracket.start()
    return None
