"""The immutable whole of a district's records, with every cross-link between them and every question about the set."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from math import asin, cos, radians, sin, sqrt
from operator import itemgetter
from types import MappingProxyType
from typing import TypeVar

from msgspec import Struct

from generator.model import (
    District,
    Event,
    Initiative,
    Measure,
    Outline,
    Partner,
    Place,
    Policies,
    Priorities,
    Program,
    Recognition,
    Resource,
    School,
    Story,
    Voice,
)
from generator.vocabulary import Vocabulary
from generator.words.translations import Translation, Translations

MILE_KM = 1.609344
EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the earth (IUGG)."""
SMALLEST = 1e-6
"""Stands for the width of a degree of longitude where there is none left, at the poles."""
KM_PER_DEGREE = EARTH_RADIUS_KM * radians(1)
"""Length of a degree of latitude on that sphere."""

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A program together with the partner that runs it.

    `route` is its address below `partners/`, such as `river-food-bank/weekend-bags`.
    """

    partner: Partner
    program: Program
    route: str = field(init=False)

    def __post_init__(self) -> None:
        """Put the address together: lists ask for it a million times."""
        object.__setattr__(self, "route", f"{self.partner.slug}/{self.program.slug}")


class Nearby(Struct, frozen=True, kw_only=True, gc=False):
    """An offer and how far it is from a school, in kilometres; 0 at the school itself."""

    offer: Offer
    distance_km: float


@dataclass(frozen=True, kw_only=True)
class Directory:
    """All records that passed, by slug and in the order in which people look for them (by name).

    `stories` holds those that may be shown today, newest first, by `school-year/slug`; `withdrawn` the addresses of
    those that are no longer shown; `sizes` how large photos are published, in pixels, by their paths, as far as
    somebody has looked. `events` are in the order of time.
    `translations` holds their words in other languages, decoded when they are asked for.
    """

    district: District
    vocabularies: Mapping[str, Vocabulary]
    partners: Mapping[str, Partner] = field(default_factory=lambda: MappingProxyType({}))
    schools: Mapping[str, School] = field(default_factory=lambda: MappingProxyType({}))
    stories: Mapping[str, Story] = field(default_factory=lambda: MappingProxyType({}))
    withdrawn: tuple[str, ...] = ()
    sizes: Mapping[str, tuple[int, int]] = field(default_factory=lambda: MappingProxyType({}))
    initiatives: Mapping[str, Initiative] = field(default_factory=lambda: MappingProxyType({}))
    events: Mapping[str, Event] = field(default_factory=lambda: MappingProxyType({}))
    resources: Mapping[str, Resource] = field(default_factory=lambda: MappingProxyType({}))
    voices: Mapping[str, Voice] = field(default_factory=lambda: MappingProxyType({}))
    measures: Mapping[str, Measure] = field(default_factory=lambda: MappingProxyType({}))
    priorities: Priorities | None = None
    policies: Policies | None = None
    recognition: Recognition | None = None
    outline: Outline | None = None
    translations: Translations = field(default_factory=Translations)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """Every program of every partner, by partner's name, then in the order of the record."""
        return tuple(Offer(partner=p, program=g) for p in self.partners.values() for g in p.programs)

    @cached_property
    def _offers_of(self) -> Mapping[str, tuple[Offer, ...]]:
        return group((offer.partner.slug, offer) for offer in self.offers)

    def offers_of(self, partner: str) -> tuple[Offer, ...]:
        """The partner's programs, in the order of its record."""
        return self._offers_of.get(partner, ())

    @cached_property
    def _offers_at(self) -> Mapping[str, tuple[Offer, ...]]:
        return group((school, offer) for offer in self.offers for school in offer.program.where.schools)

    def offers_at(self, school: str) -> tuple[Offer, ...]:
        """Programs that take place at the school."""
        return self._offers_at.get(school, ())

    @cached_property
    def current_partners(self) -> tuple[Partner, ...]:
        """Partners whose partnership has not ended."""
        return tuple(p for p in self.partners.values() if not p.partnership.is_over)

    @cached_property
    def former_partners(self) -> tuple[Partner, ...]:
        """Partners whose partnership has ended; only their own pages and the list of all show them."""
        return tuple(p for p in self.partners.values() if p.partnership.is_over)

    @cached_property
    def _partners_of(self) -> Mapping[str, tuple[Partner, ...]]:
        return group((school, p) for p in self.current_partners for school in schools_of(p))

    def partners_of(self, school: str) -> tuple[Partner, ...]:
        """Current partners of the school: those that name it in the partnership, or run a program there."""
        return self._partners_of.get(school, ())

    @cached_property
    def district_wide(self) -> tuple[Partner, ...]:
        """Current partners that work with every school."""
        return tuple(p for p in self.current_partners if p.partnership.district_wide)

    @cached_property
    def _stories_about(self) -> Mapping[str, tuple[Story, ...]]:
        return group((partner, s) for s in self.stories.values() for partner in s.partners)

    def stories_about(self, partner: str) -> tuple[Story, ...]:
        """Stories that thank the partner, newest first."""
        return self._stories_about.get(partner, ())

    @cached_property
    def _stories_at(self) -> Mapping[str, tuple[Story, ...]]:
        return group((school, s) for s in self.stories.values() for school in s.schools)

    def stories_at(self, school: str) -> tuple[Story, ...]:
        """Stories that happened at the school, newest first."""
        return self._stories_at.get(school, ())

    @cached_property
    def stories_by_year(self) -> Mapping[str, tuple[Story, ...]]:
        """Stories by school year, newest year first."""
        years = group((s.school_year, s) for s in self.stories.values())
        return MappingProxyType(dict(sorted(years.items(), reverse=True)))

    @cached_property
    def _partners_in(self) -> Mapping[str, tuple[Partner, ...]]:
        return group((slug, p) for p in self.current_partners for slug in p.partnership.initiatives)

    def partners_in(self, initiative: str) -> tuple[Partner, ...]:
        """Current partners that take part in the initiative."""
        return self._partners_in.get(initiative, ())

    @cached_property
    def _events_with(self) -> Mapping[str, tuple[Event, ...]]:
        return group((partner, e) for e in self.events.values() for partner in e.partners)

    def events_with(self, partner: str) -> tuple[Event, ...]:
        """Events that the partner takes part in, in the order of time."""
        return self._events_with.get(partner, ())

    @cached_property
    def _events_at(self) -> Mapping[str, tuple[Event, ...]]:
        return group((school, e) for e in self.events.values() for school in e.schools)

    def events_at(self, school: str) -> tuple[Event, ...]:
        """Events at or for the school, in the order of time."""
        return self._events_at.get(school, ())

    @cached_property
    def _events_in(self) -> Mapping[str, tuple[Event, ...]]:
        return group((initiative, e) for e in self.events.values() for initiative in e.initiatives)

    def events_in(self, initiative: str) -> tuple[Event, ...]:
        """Events of the initiative, in the order of time."""
        return self._events_in.get(initiative, ())

    def upcoming(self, today: date) -> tuple[Event, ...]:
        """Events that end on `today` or later, soonest first."""
        return upcoming(self.events.values(), today)

    def nearest(self, school: School, *, within_km: float) -> tuple[Nearby, ...]:
        """Programs elsewhere within `within_km` of the school, closest first, ties by address.

        Programs at the school itself are left out. Empty when the school has no position.
        """
        if school.latitude is None or school.longitude is None:
            return ()
        here = (school.latitude, school.longitude)
        degrees = within_km / KM_PER_DEGREE
        sideways = degrees / max(cos(radians(abs(here[0]) + degrees)), SMALLEST)
        window = slice(
            bisect_left(self._spots, here[0] - degrees, key=itemgetter(0)),
            bisect_right(self._spots, here[0] + degrees, key=itemgetter(0)),
        )
        found: dict[str, tuple[float, Offer]] = {}
        measured: dict[tuple[float, float], float] = {}  # many programs are at the same place
        # What is too far east or west needs no measuring; the 180th meridian is no border.
        for latitude, longitude, offer in [
            spot for spot in self._spots[window] if abs((spot[1] - here[1] + 180) % 360 - 180) <= sideways
        ]:
            spot = (latitude, longitude)
            distance = measured.get(spot)
            if distance is None:
                distance = measured[spot] = distance_km(here, spot)
            if distance <= within_km and ((known := found.get(offer.route)) is None or distance < known[0]):
                found[offer.route] = (distance, offer)
        here_too = {offer.route for offer in self.offers_at(school.slug)}
        near = sorted((round(found[route][0], 3), route) for route in found if route not in here_too)
        return tuple([Nearby(offer=found[route][1], distance_km=found[route][0]) for _, route in near])

    @cached_property
    def _spots(self) -> tuple[tuple[float, float, Offer], ...]:
        spots = [(*spot, offer) for offer in self.offers for spot in self.positions(offer)]
        return tuple(sorted(spots, key=itemgetter(0, 1)))

    def positions(self, offer: Offer) -> tuple[tuple[float, float], ...]:
        """Where the program takes place, as (latitude, longitude) in degrees; its schools count as places."""
        where = offer.program.where
        spots: tuple[Place | School, ...] = (
            *where.places,
            *(s for slug in where.schools if (s := self.schools.get(slug))),
        )
        return tuple((s.latitude, s.longitude) for s in spots if s.latitude is not None and s.longitude is not None)

    @cached_property
    def is_mapped(self) -> bool:
        """Whether a school has a position in the district: only then a map tells where anything is."""
        hold = self.district.bounds.hold
        spots = ((school.latitude, school.longitude) for school in self.schools.values())
        return any(lat is not None and lon is not None and hold(lat, lon) for lat, lon in spots)

    def translation(self, language: str, record: str, path: str) -> Translation | None:
        """The translation of one field (`summary`, `programs/homework-club/summary`), or None."""
        return self.translations.get(language, record).get(path)


def upcoming(events: Iterable[Event], today: date) -> tuple[Event, ...]:
    """Those of the events that end on `today` or later."""
    return tuple(e for e in events if (e.ends or e.starts)[:10] >= today.isoformat())


def schools_of(partner: Partner) -> tuple[str, ...]:
    """Slugs of the schools that the partner works with, each once, in the order of the record."""
    named = (*partner.partnership.schools, *(s for p in partner.programs for s in p.where.schools))
    return tuple(dict.fromkeys(named))


def group(pairs: Iterable[tuple[Key, Value]]) -> Mapping[Key, tuple[Value, ...]]:
    """The values of each key, in the order in which they came."""
    groups: dict[Key, list[Value]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return MappingProxyType({key: tuple(values) for key, values in groups.items()})


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance between two (latitude, longitude) positions in degrees, by the haversine formula."""
    lat_a, lon_a, lat_b, lon_b = (radians(x) for x in (*a, *b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half))
