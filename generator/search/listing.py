"""Which programs the finder lists, in which order, and which of them only when somebody asks for them."""

from collections.abc import Mapping
from datetime import date

from generator.directory import Directory, Offer
from generator.freshness import aged
from generator.search.facets import facet_values
from generator.text import sort_key

Valued = tuple[tuple[Offer, Mapping[str, tuple[str, ...]]], ...]
"""Programs, each with the slugs of its values by facet."""


def listed(directory: Directory, today: date) -> tuple[Offer, ...]:
    """The programs that families can find: freshest-checked first, then by name, then by address.

    Those that nobody has confirmed for long come after all others. Left out, but still on the site, are programs that
    have closed and those of partners whose partnership has ended.
    """
    late = aged(directory.partners.values(), today)
    offers = sorted(filter(is_listed, directory.offers), key=place_in_list)
    return tuple(sorted(offers, key=lambda offer: offer.partner.slug in late) if late else offers)


def listed_with_values(directory: Directory, today: date) -> Valued:
    """The programs of the finder's list, each with its values by facet; equal values are the same tuple."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    return tuple(
        (offer, {key: known.setdefault(slugs, slugs) for key, slugs in facet_values(directory, offer).items()})
        for offer in listed(directory, today)
    )


def is_listed(offer: Offer) -> bool:
    """Whether a family may still count on the program."""
    is_closed = offer.program.status is not None and offer.program.status.state == "closed"
    return not is_closed and not offer.partner.partnership.is_over


def place_in_list(offer: Offer) -> tuple[int, str, str]:
    """The key of the order: days since the record was checked, the name, the address."""
    checked = offer.partner.verified.on if offer.partner.verified else date.min
    return -checked.toordinal(), sort_key(offer.program.name), offer.route
