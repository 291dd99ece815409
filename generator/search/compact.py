"""All programs of the finder in one small file, for sites with more of them than a page can hold."""

from collections.abc import Iterable, Mapping
from itertools import chain

import msgspec

from generator.directory import Offer
from generator.model import Program

Listed = Iterable[tuple[Offer, Mapping[str, tuple[str, ...]]]]
"""Programs in the order of the finder's list, each with the slugs of its values by facet."""


def compact(listed: Listed, current: int) -> bytes:
    """The programs as JSON: `{"facets": {key: [slugs]}, "programs": [[…]], "current": number}`.

    The first `current` of them are shown by default, the others when somebody asks for what nobody has confirmed.

    A program is its route below `partners/`, its name, that of its partner, the schools a bus comes from, its own
    places (latitude, longitude, latitude, …), then for each facet, in their order, the places of its values in the list
    of slugs. Names and routes are the same in every language; the page has the words for the values.
    """
    several = tuple(listed)
    slugs: dict[str, dict[str, int]] = {}
    rows = []
    for offer, values in several:
        program = offer.program
        own = [[slugs.setdefault(key, {}).setdefault(s, len(slugs[key])) for s in values[key]] for key in values]
        spots = list(chain.from_iterable(spots_of(program)))
        rows.append((offer.route, program.name, offer.partner.name, program.getting_there.bus_from, spots, *own))
    return msgspec.json.encode(
        {"facets": {key: list(known) for key, known in slugs.items()}, "programs": rows, "current": current}
    )


def spots_of(program: Program) -> tuple[tuple[float, float], ...]:
    """The program's own places in degrees."""
    places = program.where.places
    return tuple((p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None)
