"""The comments of a YAML text, which no parser hands out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any, NamedTuple

from yaml.events import ScalarEvent

from generator.source.events import events

_LINE = re.compile(r"[^\r\n]*")
_HEAD = re.compile(r"(?:[ ]*(?:#[^\r\n]*)?\r?\n)*")


class Comment(NamedTuple):
    """One comment; rules look here for what should not be published."""

    line: int  # from 1
    column: int  # of the "#"
    text: str  # what follows the "#" on its line


def comments(text: str) -> tuple[Comment, ...]:
    """Every comment of a text that `read_tree` found good, in order."""
    head = _HEAD.match(text)
    body = head.end() if head else 0
    values = _values(text) if "#" in text[body:] else ()
    line_starts = [0, *(end.end() for end in re.finditer("\n", text))]
    return tuple(_comment(text, start, line_starts) for start in _starts(text, values))


def _values(text: str) -> tuple[tuple[int, int], ...]:
    """Where every scalar begins and ends; a block's header line, which may hold a comment, is not part of it."""
    return tuple(_inside(text, event) for event in events(text) if isinstance(event, ScalarEvent))


def _inside(text: str, event: Any) -> tuple[int, int]:
    start: int = event.start_mark.index
    end: int = event.end_mark.index
    if event.style not in ("|", ">"):
        return start, end
    header_end = text.find("\n", start)
    return (header_end if header_end >= 0 else end), end


def _starts(text: str, values: tuple[tuple[int, int], ...]) -> Iterator[int]:
    """The index of each "#" that begins a comment: any outside of a scalar does."""
    begin = 0
    for start, end in (*values, (len(text), len(text))):
        while (sign := text.find("#", begin, start)) >= 0:
            yield sign
            line_end = text.find("\n", sign)
            begin = line_end if line_end >= 0 else len(text)
        begin = max(begin, end)


def _comment(text: str, start: int, line_starts: list[int]) -> Comment:
    line = bisect_right(line_starts, start)
    words = _LINE.match(text, start + 1)
    return Comment(line, start - line_starts[line - 1] + 1, words[0] if words else "")
