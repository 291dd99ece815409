"""Programs as lists show them: what a card says, and nothing else, so that a list changes only when a card does."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from hashlib import blake2b

import msgspec
from msgspec import Struct

from generator.directory import Directory, Offer, group
from generator.freshness import aged, confirmed_on
from generator.model import Ages, Cost, Grades, Partner
from generator.pages.facts import email_of, phone_of, place_names
from generator.pages.records import record_of
from generator.search.facets import browse_sets
from generator.search.listing import Valued, listed_with_values

DIGEST_SIZE = 16
NOTHING: Mapping[str, tuple[str, ...]] = {"school": ()}
"""The values of a program that is not listed, as far as anybody asks for them."""


class Card(Struct, frozen=True, kw_only=True):
    """What lists say about a program; `area` is its first focus area, `summary` in English, `spots` names of places.

    `aged` is the day of the last confirmation where that is too long ago for the program to be among results.
    """

    partner: str
    program: str
    name: str
    partner_name: str
    area: str
    summary: str
    grades: Grades | None
    ages: Ages | None
    audience: tuple[str, ...]
    cost: Cost | None
    state: str
    days: tuple[str, ...]
    seasons: tuple[str, ...]
    spots: tuple[str, ...]
    is_online: bool
    languages: tuple[str, ...]
    number: str
    address: str
    aged: date | None

    @property
    def route(self) -> str:
        """Its address below `partners/`."""
        return f"{self.partner}/{self.program}"

    @property
    def record(self) -> str:
        """The address of the partner's record, whose translations the card speaks."""
        return record_of(self.partner)


def card_of(offer: Offer, directory: Directory, aged: date | None = None) -> Card:
    """The card of a program; `aged` is the day of a confirmation that was long ago."""
    partner, program = offer.partner, offer.program
    return Card(
        partner=partner.slug,
        program=program.slug,
        name=program.name,
        partner_name=partner.name,
        area=program.focus[0] if program.focus else "",
        summary=program.summary,
        grades=program.grades,
        ages=program.ages,
        audience=program.audience,
        cost=program.cost,
        state=program.status.state if program.status else "",
        days=tuple(day for session in program.when.sessions for day in session.days),
        seasons=program.when.seasons,
        spots=place_names(program.where, directory.schools),
        is_online=bool(program.where.online),
        languages=program.languages,
        number=phone_of(offer),
        address=email_of(offer),
        aged=aged,
    )


class Pile:
    """Cards in an order; `digest` stands for all that they show, translations left out.

    They are kept packed: lists show most programs of a site, and all of their texts would take up much memory in every
    process that writes some lists. `speaks` are the addresses of the records whose texts they say.
    """

    __slots__ = ("_packed", "digest", "speaks")

    def __init__(self, packed: tuple[bytes, ...], speaks: tuple[str, ...], digest: bytes) -> None:
        self._packed = packed
        self.speaks = speaks
        self.digest = digest

    def __iter__(self) -> Iterator[Card]:
        return map(DECODER.decode, self._packed)

    def __len__(self) -> int:
        return len(self._packed)


class Whole:
    """A record with all that it says, which the views of several pages hold; `digest` stands for it."""

    __slots__ = ("digest", "record")

    def __init__(self, record: Partner) -> None:
        self.record = record
        self.digest = digest_of(ENCODER.encode(record))


class Deck:
    """Every program of a directory as a card, and the programs of the finder's list with their values by facet.

    `today` decides which of them nobody has confirmed for too long.
    """

    def __init__(self, directory: Directory, today: date) -> None:
        self.directory = directory
        self.today = today

    @cached_property
    def _packed(self) -> Mapping[str, bytes]:
        """The card of every program, by its route."""
        return {offer.route: ENCODER.encode(self._card(offer)) for offer in self.directory.offers}

    def _card(self, offer: Offer) -> Card:
        return card_of(offer, self.directory, confirmed_on(offer.partner) if self.is_aged(offer) else None)

    @cached_property
    def _aged(self) -> frozenset[str]:
        return aged(self.directory.partners.values(), self.today)

    def is_aged(self, offer: Offer) -> bool:
        """Whether nobody has confirmed the program for so long that it is no result by default."""
        return offer.partner.slug in self._aged

    @cached_property
    def _digests(self) -> Mapping[str, bytes]:
        return {route: digest_of(card) for route, card in self._packed.items()}

    def pile(self, offers: Iterable[Offer]) -> Pile:
        """The cards of some programs."""
        several = tuple(offers)
        routes = [offer.route for offer in several]
        packed = tuple(map(self._packed.__getitem__, routes))
        partners = dict.fromkeys([offer.partner.slug for offer in several])
        digest = digest_of(b"".join(map(self._digests.__getitem__, routes)))
        return Pile(packed, tuple(map(record_of, partners)), digest)

    @cached_property
    def listed(self) -> Valued:
        """The finder's list: see `listed_with_values`."""
        return listed_with_values(self.directory, self.today)

    def current(self, offers: Sequence[Offer]) -> int:
        """How many programs of a part of the list are results by default: the first so many."""
        return bisect_left(offers, True, key=self.is_aged)

    @cached_property
    def _values(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        return {offer.route: values for offer, values in self.listed}

    def is_listed(self, offer: Offer) -> bool:
        """Whether a family may still count on the program."""
        return offer.route in self._values

    @cached_property
    def without_place(self) -> Mapping[str, tuple[Offer, ...]]:
        """School → the programs of its partners that say no place of their own, so that one has to ask."""
        return group(
            (school, offer)
            for offer in self.directory.offers
            for school in self._values.get(offer.route, NOTHING)["school"]
            if school not in offer.program.where.schools
        )

    @cached_property
    def sets(self) -> Mapping[str, Mapping[str, tuple[Offer, ...]]]:
        """Facet → value → the programs that have it."""
        return browse_sets(self.listed)


def digest_of(data: bytes) -> bytes:
    """What stands for some data."""
    return blake2b(data, digest_size=DIGEST_SIZE).digest()


ENCODER = msgspec.msgpack.Encoder()
DECODER = msgspec.msgpack.Decoder(Card)
