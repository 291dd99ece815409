"""The text of a record with other data: only lines whose values differ are written anew, and every comment stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Any

from generator.serialize import entries, items
from generator.source.comments import Comment, comments
from generator.source.document import Document
from generator.source.marks import Route
from generator.source.tree import read_tree
from generator.text import nfc

Render = Callable[[], Sequence[str]]
"""House-style lines of a value with its key or dash, in their column."""
Blocks = Mapping[Any, tuple[int, int]]
"""First line, and the line after the last, of each key or item; comments between them belong to none."""
NAMES = ("slug", "role", "title", "priority", "name", "url", "document", "do")
"""The fields that tell one item of a list from another, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Page:
    """The lines of a document while it is rewritten; lines count from 1, columns from 0."""

    document: Document
    lines: Sequence[str]  # without their ends
    comments: Mapping[int, Comment]  # by line
    alone: frozenset[int]  # lines that hold a comment and nothing else


def amended(document: Document, data: Mapping[str, Any]) -> str | None:
    """The text of a document that holds exactly this data, in the place and order of its own.

    What does not differ keeps its lines, and so do comments; one about a deleted value stays in its place. New keys
    stand where the order of `data` has them. None when that cannot be done: the text is read again and compared.
    """
    end = "\r\n" if "\r\n" in document.text else "\n"
    lines = document.text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    known = {comment.line: comment for comment in document.comments}
    alone = frozenset(line for line, c in known.items() if not lines[line - 1][: c.column - 1].strip())
    for written in (lines, _outdented(lines, alone)):
        page = _Page(document=document, lines=written, comments=known, alone=alone)
        text = end.join([*_value(page, (), data, 1, len(lines) + 1, 0, partial(_whole, data)), ""])
        if _is_right(text, document, data):
            return text
    return None


def _outdented(lines: Sequence[str], alone: frozenset[int]) -> Sequence[str]:
    """The lines with each comment no further in than what follows it, so that no text before can take it in."""
    made, below = list(lines), 0
    for number in range(len(lines), 0, -1):
        line = lines[number - 1]
        bare = line.lstrip(" ")
        if number in alone:
            made[number - 1] = " " * min(len(line) - len(bare), below) + bare
        elif bare:
            below = len(line) - len(bare)
    return made


def as_text(value: Any) -> Any:
    """A value as a document holds it: every scalar as the text that is written for it."""
    if isinstance(value, Mapping):
        return {key: as_text(below) for key, below in value.items()}
    if isinstance(value, list | tuple):
        return [as_text(each) for each in value]
    return nfc(value) if isinstance(value, str) else entries({"_": value}).removeprefix("_: ").rstrip("\n")


def _is_right(text: str, document: Document, wanted: Mapping[str, Any]) -> bool:
    """Whether a text holds the wanted data, and all comments that were there."""
    data, _ = read_tree(text, document.path)
    if data is None or data != as_text(wanted):
        return False
    before = Counter(comment.text.strip() for comment in document.comments)
    return before == Counter(comment.text.strip() for comment in comments(text))


def _value(page: _Page, route: Route, wanted: Any, start: int, end: int, column: int, render: Render) -> Iterator[str]:
    """The lines of a value with its key or dash, which begins in `column`, within its own lines."""
    known = _at(page, route)
    if known == as_text(wanted):
        yield from page.lines[start - 1 : end - 1]
    elif isinstance(known, dict) and isinstance(wanted, Mapping) and wanted and _has_keys(page, route, known):
        yield from _mapping(page, route, wanted, start, end)
    elif isinstance(known, list) and isinstance(wanted, list | tuple) and wanted and _has_dashes(page, route, known):
        yield from _list(page, route, wanted, start, end)
    else:
        yield from _anew(page, start, end, column, render)


def _mapping(page: _Page, route: Route, wanted: Mapping[str, Any], start: int, end: int) -> Iterator[str]:
    """The lines of a mapping that has a line of its own for each key."""
    known = _at(page, route)
    first = page.document.locate((*route, next(iter(known))), key=True)
    column = first.column - 1
    new = _new_after(wanted, known)
    made = [line for key in new.get("", ()) for line in _entry(key, wanted[key], column)]
    at = first.line
    for key, (begin, after) in _blocks(page, {k: _key_line(page, (*route, k)) for k in known}, end).items():
        made += page.lines[at - 1 : begin - 1]
        at = after
        if key in wanted:
            render = partial(_entry, key, wanted[key], column)
            made += _value(page, (*route, key), wanted[key], begin, after, column, render)
        else:
            made += _kept_comments(page, begin, after, column)
        made += [line for other in new.get(key, ()) for line in _entry(other, wanted[other], column)]
    yield from page.lines[start - 1 : first.line - 1]
    yield from _led(made, page.lines[first.line - 1][:column])
    yield from page.lines[at - 1 : end - 1]


def _list(page: _Page, route: Route, wanted: Sequence[Any], start: int, end: int) -> Iterator[str]:
    """The lines of a list that has a dash at the beginning of a line for each item."""
    known = _at(page, route)
    column = page.document.locate(route).column - 1
    dashes = {number: _dash_line(page, (*route, number), column) for number in range(len(known))}
    blocks = _blocks(page, dashes, end)
    at = dashes[0]
    yield from page.lines[start - 1 : at - 1]
    for old, new in _pairs(known, wanted):
        if old is None:
            yield from _item(wanted[new], column) if new is not None else ()
            continue
        begin, after = blocks[old]
        yield from page.lines[at - 1 : begin - 1]
        at = after
        if new is None:
            yield from _kept_comments(page, begin, after, column)
        else:
            render = partial(_item, wanted[new], column)
            yield from _value(page, (*route, old), wanted[new], begin, after, column, render)
    yield from page.lines[at - 1 : end - 1]


def _anew(page: _Page, start: int, end: int, column: int, render: Render) -> Iterator[str]:
    """A value written anew; comments in it stand above, and one that ended its first line ends it."""
    made = render()
    tail = page.comments.get(start) if start not in page.alone else None
    yield from _kept_comments(page, start + (tail is not None), end, column)
    yield f"{made[0]}  #{tail.text.rstrip()}" if tail else made[0]
    yield from made[1:]


def _whole(data: Mapping[str, Any]) -> Sequence[str]:
    return entries(dict(data)).splitlines() or ("{}",)


def _entry(key: str, value: Any, column: int) -> Sequence[str]:
    return entries({key: value}, indent=column).splitlines()


def _item(value: Any, column: int) -> Sequence[str]:
    return items([value], indent=column).splitlines()


def _led(made: Sequence[str], lead: str) -> Iterator[str]:
    """Lines of which the first with a key begins with what stood before the first key there was, such as a dash."""
    is_led = False
    for line in made:
        if is_led or not line.strip() or line.lstrip().startswith("#"):
            yield line
        else:
            is_led = True
            yield lead + line[len(lead) :]


def _new_after(wanted: Mapping[str, Any], known: Mapping[str, Any]) -> dict[str, list[str]]:
    """The new keys by the known one that they follow, "" for none."""
    new: dict[str, list[str]] = {}
    last = ""
    for key in wanted:
        if key in known:
            last = key
        else:
            new.setdefault(last, []).append(key)
    return new


def _pairs(known: Sequence[Any], wanted: Sequence[Any]) -> Iterator[tuple[int | None, int | None]]:
    """Which item of a list becomes which: (number before, number after), None for what is new or gone."""
    before, after = ([_identity(each) for each in values] for values in (known, as_text(wanted)))
    for kind, i1, i2, j1, j2 in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        many = min(i2 - i1, j2 - j1) if kind in ("equal", "replace") else 0
        yield from zip(range(i1, i1 + many), range(j1, j1 + many), strict=True)
        yield from ((number, None) for number in range(i1 + many, i2))
        yield from ((None, number) for number in range(j1 + many, j2))


def _identity(item: Any) -> str:
    """What tells an item from the others of its list."""
    named = (f"{name}={item[name]}" for name in NAMES if isinstance(item.get(name), str)) if type(item) is dict else ()
    return next(iter(named), repr(item))


def _at(page: _Page, route: Route) -> Any:
    """The value at a route."""
    value: Any = page.document.data
    for step in route:
        value = value[step]
    return value


def _has_keys(page: _Page, route: Route, known: Mapping[str, Any]) -> bool:
    """Whether a mapping is written without brackets, so that each key begins a line or follows a dash."""
    return bool(known) and _first_letter(page, route) not in "{?"


def _has_dashes(page: _Page, route: Route, known: Sequence[Any]) -> bool:
    """Whether a list is written without brackets, and not on the line of the list around it."""
    at = page.document.locate(route)
    return bool(known) and _first_letter(page, route) == "-" and not page.lines[at.line - 1][: at.column - 1].strip()


def _first_letter(page: _Page, route: Route) -> str:
    at = page.document.locate(route)
    return page.lines[at.line - 1][at.column - 1 : at.column]


def _key_line(page: _Page, route: Route) -> int:
    return page.document.locate(route, key=True).line


def _dash_line(page: _Page, route: Route, column: int) -> int:
    """The line of an item's dash, which stands in `column` on the line of its value or above."""
    line = page.document.locate(route).line
    while line > 1 and page.lines[line - 1][: column + 1].strip() != "-":
        line -= 1
    return line


def _blocks(page: _Page, starts: Mapping[Any, int], end: int) -> Blocks:
    """The lines of each key or item, of which the first lines are given."""
    nexts = [*starts.values()][1:] + [end]
    return {
        key: (start, _trimmed(page, start, after)) for (key, start), after in zip(starts.items(), nexts, strict=True)
    }


def _trimmed(page: _Page, start: int, after: int) -> int:
    """The line after a block without the comments and empty lines at its end."""
    while after - 1 > start and (after - 1 in page.alone or not page.lines[after - 2].strip()):
        after -= 1
    return after


def _kept_comments(page: _Page, start: int, end: int, column: int) -> Iterator[str]:
    """The comments of lines whose values go."""
    for line in range(start, end):
        if line in page.comments:
            yield f"{' ' * column}#{page.comments[line].text.rstrip()}"
