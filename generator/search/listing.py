"""Which programs the finder lists, and in which order."""

from collections.abc import Mapping
from datetime import date

from generator.directory import Directory, Offer
from generator.search.facets import facet_values
from generator.text import sort_key


def listed(directory: Directory) -> tuple[Offer, ...]:
    """The programs that families can find: freshest-checked first, then by name, then by address.

    Left out, but still on the site, are programs that have closed and those of partners whose partnership has ended.
    """
    return tuple(sorted(filter(is_listed, directory.offers), key=place_in_list))


def listed_with_values(directory: Directory) -> tuple[tuple[Offer, Mapping[str, tuple[str, ...]]], ...]:
    """The programs of the finder's list, each with its values by facet; equal values are the same tuple."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    return tuple(
        (offer, {key: known.setdefault(slugs, slugs) for key, slugs in facet_values(directory, offer).items()})
        for offer in listed(directory)
    )


def is_listed(offer: Offer) -> bool:
    """Whether a family may still count on the program."""
    is_closed = offer.program.status is not None and offer.program.status.state == "closed"
    return not is_closed and not offer.partner.partnership.is_over


def place_in_list(offer: Offer) -> tuple[int, str, str]:
    """The key of the order: days since the record was checked, the name, the address."""
    checked = offer.partner.verified.on if offer.partner.verified else date.min
    return -checked.toordinal(), sort_key(offer.program.name), offer.route
