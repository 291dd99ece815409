"""What staff keep beside partners and schools: initiatives, events, resources, voices and measures."""

from datetime import date

from msgspec import Struct

from generator.model.common import Contact, Cost, Place, Source


class Initiative(Struct, frozen=True, kw_only=True, gc=False):
    """Work that several partners and the district do together."""

    slug: str
    name: str
    summary: str
    sources: tuple[Source, ...]
    description: str = ""
    since: str = ""
    website: str = ""
    contacts: tuple[Contact, ...] = ()


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """A meeting, training or workshop; `starts` and `ends` are district local time, `YYYY-MM-DDTHH:MM`."""

    slug: str
    title: str
    summary: str
    kind: str
    starts: str
    sources: tuple[Source, ...]
    description: str = ""
    ends: str = ""
    place: Place | None = None
    online: str = ""
    schools: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    initiatives: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    interpretation: str = ""
    register: str = ""
    register_by: date | None = None
    cost: Cost | None = None
    contacts: tuple[Contact, ...] = ()


class Resource(Struct, frozen=True, kw_only=True, gc=False):
    """Something useful elsewhere, shown as a tile."""

    slug: str
    title: str
    summary: str
    url: str
    audience: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()


class Voice(Struct, frozen=True, kw_only=True, gc=False):
    """What a focus group or survey said, and what was done about it."""

    slug: str
    title: str
    kind: str
    held: str
    summary: str
    heard: str
    sources: tuple[Source, ...]
    done: str = ""
    initiatives: tuple[str, ...] = ()


class Observation(Struct, frozen=True, kw_only=True, gc=False):
    """One value of a measure."""

    period: str
    value: float
    note: str = ""


class Measure(Struct, frozen=True, kw_only=True, gc=False):
    """A number followed over time."""

    slug: str
    title: str
    summary: str
    unit: str
    series: tuple[Observation, ...]
    sources: tuple[Source, ...]
