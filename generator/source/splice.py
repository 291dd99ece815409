"""Values put into a YAML file between what people wrote there: every other line stays as it is, comments included."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.serialize import entries
from generator.source.comments import Comment
from generator.source.document import Document

Entry = Mapping[str, Any]


def with_entries(document: Document, changed: Mapping[str, Entry]) -> str:
    """The text of a document with other mappings for some of its uppermost keys; new keys stand at the end.

    In a key that is there already, only the lines of the values that differ are written anew. Their comments stay.
    """
    lines = document.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    blocks = _blocks(document, (), 1, len(lines) + 1)
    for name, entry in sorted(changed.items(), key=lambda item: -blocks.get(item[0], (0, 0))[0]):
        if name in blocks:
            _replace(lines, document, name, blocks[name], entry)
    new = "".join(_block(name, entry) for name, entry in changed.items() if name not in blocks)
    if not document.data:  # an empty mapping is written as two brackets, which go
        lines = [line for line in lines if line.strip() != "{}"]
    return "".join(lines) + new


def _block(name: str, entry: Entry) -> str:
    """An entry below its key, each value on a line of its own."""
    return f"{name}:\n{entries(dict(entry), indent=2)}"


def with_values(document: Document, values: Entry) -> str:
    """The text of a document with exactly these values in the place of its own, in the lines where those stand."""
    lines = document.text.splitlines(keepends=True)
    _write(lines, document, (), (1, len(lines) + 1), values)
    return "".join(lines)


def _replace(lines: list[str], document: Document, name: str, block: tuple[int, int], entry: Entry) -> None:
    """Write the entry of a key into the lines of its block."""
    known = document.data[name]
    starts = [start for start, _ in _blocks(document, (name,), *block).values()]
    if not isinstance(known, dict) or not known or len(set(starts)) < len(starts) or block[0] in starts:
        _put(lines, document, block, _block(name, entry))
    else:
        _write(lines, document, (name,), block, entry)


def _write(lines: list[str], document: Document, route: tuple[str, ...], block: tuple[int, int], entry: Entry) -> None:
    """Write the values of a mapping that has a line of its own for each key."""
    known = _at(document, route)
    inner = _blocks(document, route, *block)
    indent = document.locate((*route, next(iter(known))), key=True).column - 1
    end = max(end for _, end in inner.values())
    new = {key: value for key, value in entry.items() if key not in known}
    lines[end - 1 : end - 1] = entries(new, indent=indent).splitlines(keepends=True)
    for key, where in sorted(inner.items(), key=lambda item: -item[1][0]):
        if key not in entry:
            _put(lines, document, where, "")
        elif str(entry[key]) != known[key]:
            _put(lines, document, where, entries({key: entry[key]}, indent=indent))


def _at(document: Document, route: tuple[str, ...]) -> Any:
    """The value at a route."""
    value: Any = document.data
    for step in route:
        value = value[step]
    return value


def _blocks(document: Document, route: tuple[str, ...], start: int, end: int) -> dict[str, tuple[int, int]]:
    """First line, and the line after the last, of each key below a route; comments between keys belong to none."""
    holder = _at(document, route)
    if not isinstance(holder, dict):
        return {}
    firsts = [(key, document.locate((*route, key), key=True).line) for key in holder]
    nexts = [line for _, line in firsts[1:]] + [end]
    whole = {comment.line for comment in document.comments if _is_alone(document, comment)}
    text = document.text.splitlines()
    return {
        key: (first, _trimmed(text, whole, first, after)) for (key, first), after in zip(firsts, nexts, strict=True)
    }


def _trimmed(text: Sequence[str], comments: set[int], first: int, after: int) -> int:
    """The line after a block without the comments and empty lines at its end."""
    while after - 1 > first and (after - 1 in comments or not text[after - 2].strip()):
        after -= 1
    return after


def _is_alone(document: Document, comment: Comment) -> bool:
    line = document.text.split("\n")[comment.line - 1]
    return not line[: comment.column - 1].strip()


def _put(lines: list[str], document: Document, block: tuple[int, int], new: str) -> None:
    """Put new lines in the place of a block; comments in it stand above, and one that ended its first line ends it."""
    start, after = block
    kept, tail = [], ""
    for comment in document.comments:
        if start <= comment.line < after:
            if comment.line == start and new and not _is_alone(document, comment):
                tail = f"  #{comment.text.rstrip()}"
            else:
                indent = re.match(r" *", lines[start - 1])
                kept.append(f"{indent[0] if indent else ''}#{comment.text.rstrip()}\n")
    written = new.splitlines(keepends=True)
    if written and tail:
        written[0] = written[0].rstrip("\n") + f"{tail}\n"
    lines[start - 1 : after - 1] = [*kept, *written]
