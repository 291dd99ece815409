"""Invented names: three syllables each, no two alike, and nothing that sounds like a real organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

VARIETY = 103
"""Syllables used for each of the three places; a prime, so that two names never share more than one of them."""
STRIDE = 4801
"""Step between names that follow each other, so that neighbours do not begin alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Syllables:
    """First, second and third syllables of names, VARIETY of each."""

    first: tuple[str, ...]
    second: tuple[str, ...]
    third: tuple[str, ...]


def syllables(parts: Mapping[str, Any]) -> Syllables:
    """The syllables from the openings, consonants, vowels, codas and rimes of the word list."""
    return Syllables(
        first=spread(["".join(s) for s in product(parts["openings"], parts["vowels"])]),
        second=spread(["".join(s) for s in product(parts["consonants"], parts["vowels"], parts["codas"])]),
        third=spread(["".join(s) for s in product(parts["consonants"], parts["rimes"])]),
    )


def spread(items: Sequence[str]) -> tuple[str, ...]:
    """VARIETY of the items, evenly from all of them."""
    return tuple(items[place * len(items) // VARIETY] for place in range(VARIETY))


def coined(known: Syllables, number: int, *, shift: int = 0) -> str:
    """The invented name of a number from 0: any two of the first VARIETY² differ in two syllables at least.

    Later numbers get a second name: "Balarale of Wimord". `shift` chooses where the row of names begins.
    """
    turn, place = divmod(number, VARIETY**2)
    first, second = divmod((place + shift) * STRIDE % VARIETY**2, VARIETY)
    name = (known.first[first] + known.second[second] + known.third[(first + second) % VARIETY]).capitalize()
    return f"{name} of {coined(known, turn * 37, shift=shift)}" if turn else name
