"""Pagefind's index in smaller pieces, so that a phone loads for a word little more than what it needs of it.

Pagefind packs about 20 KB of words into a file, and has no setting for that. A word that is asked for with all that
means the same takes several of them: with six, more than all the rest of a search. Here each of its files is cut,
between two words, into several. A word also has all its places in each page, for phrases and excerpts, which the finder
does not show: here it keeps how often it stands there, and how weighty, which decides the order of results.
"""

import gzip
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import cbor2
from zopfli.gzip import compress

MARK = b"pagefind_dcd"
"""What Pagefind 1.5 writes before its data."""
MOST_PIECES = 8
"""Of one file: smaller ones would gain less than their names and the heads of their answers cost."""
ENOUGH_FILES = 256
"""In all: the list of files is loaded before the first word. Where Pagefind makes more, none is cut."""
LEVEL = 9
PATIENCE = 5
"""Rounds of the search for the shortest packing: more gain nothing here."""

Boundary = tuple[str, str]
"""The beginnings that the first and the last word of a piece have, long enough to tell them from their neighbours'."""


def finer(listed: bytes, files: Mapping[str, bytes]) -> tuple[bytes, Mapping[str, bytes]]:
    """The list of an index and its files, by name without ending, with words without places and files cut into several.

    The list is Pagefind's `pf_meta`: version, pages, then `[from, to, name]` of each file in the order of words. A file
    is a list of words, each with the pages that have it. ValueError, KeyError or TypeError if they are something else.
    """
    version, pages, index, *rest = unpacked(listed)
    count = max(1, min(MOST_PIECES, ENOUGH_FILES // max(1, len(index))))
    found: dict[str, bytes] = {}
    names: list[tuple[str, str, str]] = []
    for first, last, name in index:
        (words,) = unpacked(files[name])
        cuts = tuple(cut(tuple(map(without_places, words)), count))
        for number, ((start, end), piece) in enumerate(zip(boundaries(first, last, cuts), cuts, strict=True)):
            found[f"{name}{number}"] = gzip.compress(MARK + cbor2.dumps([piece]), LEVEL, mtime=0)
            names.append((start, end, f"{name}{number}"))
    return repacked(MARK + cbor2.dumps([version, pages, names, *rest])), found


def unpacked(content: bytes) -> Any:
    """What one of Pagefind's files holds; a ValueError when it is none."""
    try:
        data = gzip.decompress(content)
        if not data.startswith(MARK):
            raise ValueError
        return cbor2.loads(data.removeprefix(MARK))
    except (OSError, EOFError, zlib.error, cbor2.CBORError) as error:
        raise ValueError from error


def repacked(data: bytes) -> bytes:
    """Packed as small as can be: a browser unpacks it just as fast."""
    packed: bytes = compress(data, numiterations=PATIENCE)
    return packed


def without_places(word: Any) -> Any:
    """A word (itself, pages, spellings with accents), as if it stood at the first places of each page."""
    text, pages, spellings = word
    return text, tuple(map(counted, pages)), [(other, tuple(map(counted, own))) for other, own in spellings]


def counted(page: Any) -> Any:
    """A page (steps from the one before, places, places in its metadata) with the first places there are."""
    step, places, described = page
    return step, first_places(places), first_places(described)


def first_places(places: Sequence[int]) -> list[int]:
    """As many places: each is a step from the one before; a number below zero tells the weight of those behind it.

    The first step of a weight leads beyond all places of the others, so that no two are the same.
    """
    found: list[int] = []
    count, is_first = 0, True
    for place in places:
        if place >= 0:
            count += 1
        found.append(place if place < 0 else count if is_first else 1)
        is_first = place < 0
    return found


def cut(words: Sequence[Any], count: int) -> Iterator[Sequence[Any]]:
    """The words in at most so many pieces of about the same size."""
    sizes = [len(cbor2.dumps(word)) for word in words]
    limit = sum(sizes) / count
    start, size = 0, 0
    for place, own in enumerate(sizes):
        if size and size + own / 2 > limit:
            yield words[start:place]
            start, size = place, 0
        size += own
    yield words[start:]


def boundaries(first: str, last: str, pieces: Sequence[Sequence[Any]]) -> Iterator[Boundary]:
    """Where pieces begin and end; the outermost as Pagefind has them."""
    edges = [told_apart(before[-1][0], after[0][0]) for before, after in pairwise(pieces)]
    ends = (first, *(edge for pair in edges for edge in pair), last)
    return zip(ends[::2], ends[1::2], strict=True)


def told_apart(before: str, after: str) -> Boundary:
    """The shortest beginnings of two words that differ."""
    same = next((place for place, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), len(before))
    return before[: same + 1], after[: same + 1]
