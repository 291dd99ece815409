"""Which words of a text changed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

WORDS_COMPARED = 1500
"""Longer texts are not compared word by word: it takes time with the square of their length."""
KEPT_AROUND = 6
"""Words shown around a change; longer stretches in between are cut."""
TOKEN = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text that stayed, came or went; "…" stands for what stayed and is not shown."""

    state: Literal["same", "added", "removed"]
    text: str


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What stayed, went and came, in the order of the text; for a removed and an added word side by side, this one."""
    old, new = ([*TOKEN.findall(text)] for text in (before, after))
    if max(len(old), len(new)) > WORDS_COMPARED:
        return tuple(_both(before, after))
    found = list(_joined(_raw(old, new)))
    return tuple(
        Piece(piece.state, _cut(piece.text, is_first=number == 0, is_last=number == len(found) - 1))
        if piece.state == "same"
        else piece
        for number, piece in enumerate(found)
    )


def _raw(old: list[str], new: list[str]) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("removed", "".join(old[i1:i2]))
        if j2 > j1:
            yield Piece("added", "".join(new[j1:j2]))


def _joined(raw: Iterator[Piece]) -> Iterator[Piece]:
    """The pieces with those joined between which only a space or a mark stayed: they read as one change."""
    removed = added = ""
    for piece in raw:
        if piece.state == "removed":
            removed += piece.text
        elif piece.state == "added":
            added += piece.text
        elif (removed or added) and not re.search(r"\w", piece.text):
            removed, added = removed + piece.text, added + piece.text
        else:
            yield from _both(removed, added)
            removed = added = ""
            yield piece
    yield from _both(removed, added)


def _both(removed: str, added: str) -> Iterator[Piece]:
    """A change; the end that both sides have in common stands behind it."""
    end = 0
    while (
        end < min(len(removed), len(added)) and removed[-1 - end] == added[-1 - end] and not added[-1 - end].isalnum()
    ):
        end += 1
    tail = added[len(added) - end :]
    if removed[: len(removed) - end]:
        yield Piece("removed", removed[: len(removed) - end])
    if added[: len(added) - end]:
        yield Piece("added", added[: len(added) - end])
    if tail:
        yield Piece("same", tail)


def _cut(text: str, *, is_first: bool, is_last: bool) -> str:
    """What stayed, without the words that are far from any change."""
    words = re.findall(r"\S+\s*|\s+", text)
    if len(words) <= 2 * KEPT_AROUND:
        return text
    head = "" if is_first else "".join(words[:KEPT_AROUND])
    tail = "" if is_last else "".join(words[-KEPT_AROUND:])
    return f"{head}… {tail}" if tail else f"{head.rstrip()} …"
