"""An index in pieces finds what the whole one finds."""

import gzip
from itertools import pairwise

import cbor2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.indexing.pieces import MARK, finer, first_places, told_apart, unpacked

WORDS = st.lists(st.text("abcé食", min_size=1, max_size=4), min_size=1, max_size=60, unique=True).map(sorted)


def packed(data: object) -> bytes:
    return gzip.compress(MARK + cbor2.dumps(data))


def word(text: str) -> list[object]:
    """A word on two pages, in one of them twice and in its title, and in another spelling."""
    return [text, [[0, [-25, 7, 30], [-2, 4]], [3, [11], []]], [[f"{text}́", [[0, [5], []]]]]]


@given(WORDS, st.integers(1, 40))
def test_every_word_is_in_the_piece_whose_bounds_it_has(words: list[str], count: int) -> None:
    each = -(-len(words) // count)
    files = {f"en_{place}": words[place : place + each] for place in range(0, len(words), each)}
    listed = ["1.5.2", [["en_1", 9]], [[own[0], own[-1], name] for name, own in files.items()], [], [], ["kw", "title"]]
    made, pieces = finer(packed(listed), {name: packed([list(map(word, own))]) for name, own in files.items()})
    version, pages, index, *rest = unpacked(made)
    assert [version, pages, *rest] == ["1.5.2", [["en_1", 9]], [], [], ["kw", "title"]]
    assert {name for _, _, name in index} == set(pieces)
    found = []
    for first, last, name in index:
        (own,) = unpacked(pieces[name])
        texts = [text for text, _, _ in own]
        assert all(first <= text and (text <= last or text.startswith(last)) for text in texts)
        found += texts
    assert found == words
    assert all(before[1] < after[0] for before, after in pairwise(index))


def test_a_large_index_is_not_cut() -> None:
    files = {f"en_{number:03}": [f"w{number:03}a", f"w{number:03}b"] for number in range(300)}
    listed = ["1.5.2", [], [[own[0], own[-1], name] for name, own in files.items()], [], [], []]
    _, pieces = finer(packed(listed), {name: packed([list(map(word, own))]) for name, own in files.items()})
    assert len(pieces) == 300


def test_places_are_different_and_as_many_as_there_were() -> None:
    assert first_places([]) == []
    assert first_places([7, 30, 2]) == [1, 1, 1]
    assert first_places([-25, 7, 30, -121, 226, 4]) == [-25, 1, 1, -121, 3, 1]


@pytest.mark.parametrize(
    ("before", "after", "bounds"),
    [("choir", "church", ("cho", "chu")), ("amhar", "amhara", ("amhar", "amhara")), ("a", "b", ("a", "b"))],
)
def test_bounds_tell_neighbours_apart(before: str, after: str, bounds: tuple[str, str]) -> None:
    assert told_apart(before, after) == bounds


FOREIGN = {
    "empty": b"",
    "not-packed": b"x",
    "no-mark": gzip.compress(b"no mark"),
    "mark-alone": gzip.compress(MARK),
    "cut-off": packed([])[:30],
}


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_another_format_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked(content)
