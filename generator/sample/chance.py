"""Choices made by a random generator, the same with every version of Python.

Only `Random.random` is used: its sequence is the one that Python promises to keep for a seed.
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


def stream(seed: int, *about: str | int) -> Random:
    """A generator of its own for one thing, so that nothing else changes when that thing does."""
    return Random("/".join(map(str, (seed, *about))))


def whole(random: Random, least: int, most: int) -> int:
    """A whole number, both ends included."""
    return least + int(random.random() * (most - least + 1))


def maybe(random: Random, share: float) -> bool:
    """True in that share of cases, 0 to 1."""
    return random.random() < share


def pick(random: Random, items: Sequence[Item]) -> Item:
    """One of the items."""
    return items[int(random.random() * len(items))]


def some(random: Random, items: Sequence[Item], least: int, most: int) -> list[Item]:
    """Different items, between `least` and `most` of them, or all when there are fewer; in the order drawn."""
    wanted = min(whole(random, least, most), len(items))
    drawn: dict[int, Item] = {}
    while len(drawn) < wanted:
        place = int(random.random() * len(items))
        drawn[place] = items[place]
    return list(drawn.values())


def in_order(random: Random, items: Sequence[Item], least: int, most: int) -> list[Item]:
    """As `some`, in the order of the items."""
    drawn = set(some(random, range(len(items)), least, most))
    return [item for place, item in enumerate(items) if place in drawn]
