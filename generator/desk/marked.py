"""A text that strangers wrote, in pieces: what must not become public is marked, and where an address leads is said."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.nominations.ages import ages
from generator.rules.minors import minor_spans
from generator.rules.privacy import private_spans

ADDRESS = re.compile(r"https?://([^/?#\s<>()\"]{1,253})[^\s<>()\"]{0,2000}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a text; `what` says what it may be that is private, and `leads` the host of an address."""

    text: str
    what: str = ""
    leads: str = ""


def paragraphs(text: str) -> Iterator[tuple[Piece, ...]]:
    """The lines of a text, each in pieces; empty ones are left out."""
    yield from (tuple(pieces(line)) for line in text.split("\n") if line.strip())


def pieces(line: str) -> Iterator[Piece]:
    """The pieces of a line, in order; what is private wins over what is an address."""
    end = 0
    for start, stop, what, leads in sorted(_spans(line)):
        if start < end:
            continue
        if start > end:
            yield Piece(text=line[end:start])
        yield Piece(text=line[start:stop], what=what, leads=leads)
        end = stop
    if end < len(line):
        yield Piece(text=line[end:])


def _spans(line: str) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, what it may be, where it leads) of each piece that is more than words."""
    yield from (
        (start, stop, what, "") for start, stop, what in (*private_spans(line), *minor_spans(line), *ages(line))
    )
    yield from ((found.start(), found.end(), "", found[1]) for found in ADDRESS.finditer(line))


def findings(text: str) -> tuple[str, ...]:
    """What a text may hold that is private, each kind once."""
    return tuple(dict.fromkeys(piece.what for line in paragraphs(text) for piece in line if piece.what))
