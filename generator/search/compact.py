"""What the finder's script has to know of programs, in as few bytes as do it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import msgspec

from generator.directory import Offer
from generator.model import Program

Listed = Iterable[tuple[Offer, Mapping[str, tuple[str, ...]]]]
"""Programs in the order of the finder's list, each with the slugs of its values by facet."""
Column = tuple[str, str]
"""The different slugs, by spaces; then those of each program, by spaces: a letter for each, as `letter` tells."""

ASCII_LETTERS = 62
"""From "A" to "~" there are so many characters, and none of them means anything in HTML."""
DIGITS = 4
"""Decimal places of a degree: 11 metres."""


def compact(listed: Listed, current: int) -> bytes:
    """All programs as JSON, for sites with more of them than a page can hold: what `columns` says, and `current` and
    `programs`, each with its route below `partners/`, its name and that of its partner.

    The first `current` of them are shown by default, the others when somebody asks for what nobody has confirmed.
    Names and routes are the same in every language; the page has the words for the values.
    """
    several = tuple(listed)
    rows = [(offer.route, offer.program.name, offer.partner.name) for offer, _ in several]
    return msgspec.json.encode({**columns(several), "programs": rows, "current": current})


def columns(listed: Sequence[tuple[Offer, Mapping[str, tuple[str, ...]]]]) -> Mapping[str, object]:
    """What the programs have: `facets` with a column for each key, `bus` (schools that one comes from) and `at`.

    `at` has the places of each program by spaces: “latitude,longitude,latitude,…” in degrees. With alike things side by
    side, and slugs once, all of it takes up less than half as much as in attributes of each program.
    """
    keys = tuple(listed[0][1]) if listed else ()
    return {
        "facets": {key: column(values[key] for _, values in listed) for key in keys},
        "bus": column(offer.program.getting_there.bus_from for offer, _ in listed),
        "at": " ".join(",".join(degrees(offer.program)) for offer, _ in listed),
    }


def column(each: Iterable[Iterable[str]]) -> Column:
    """What each program has, in letters."""
    letters: dict[str, str] = {}
    own = ["".join([letters.setdefault(slug, letter(len(letters))) for slug in slugs]) for slugs in each]
    return " ".join(letters), " ".join(own)


def letter(place: int) -> str:
    """What stands for the slug at a place of the list."""
    return chr(ord("A") + place if place < ASCII_LETTERS else 0x100 - ASCII_LETTERS + place)


def degrees(program: Program) -> Iterator[str]:
    """The positions of the program's own places."""
    return (f"{value:.{DIGITS}f}".rstrip("0").rstrip(".") for value in chain.from_iterable(spots_of(program)))


def spots_of(program: Program) -> tuple[tuple[float, float], ...]:
    """The program's own places in degrees."""
    places = program.where.places
    return tuple((p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None)
