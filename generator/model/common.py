"""Values that several kinds of record share: contacts, places, grades, costs, sources, consents."""

from datetime import date
from typing import Any, Literal, TypeVar

from msgspec import Struct, convert

Record = TypeVar("Record")

GRADES = ("PK", "K", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "adult")
"""Grades from the youngest to the oldest; `adult` is everyone past school."""


def from_record(kind: type[Record], slug: str, data: dict[str, Any]) -> Record:
    """The frozen record of one file: `data` as the schema passed it, `slug` from the file's name."""
    return convert({**data, "slug": slug}, kind)


class Source(Struct, frozen=True, kw_only=True, gc=False):
    """Where a fact comes from: a page or a document, with the day it was read."""

    url: str = ""
    document: str = ""
    seen: date | None = None


class Verified(Struct, frozen=True, kw_only=True, gc=False):
    """The day on which the partner or the staff last confirmed the record."""

    on: date
    by: Literal["partner", "staff"]


class Contact(Struct, frozen=True, kw_only=True, gc=False):
    """A public contact point; `languages` are those spoken there."""

    role: str
    name: str = ""
    email: str = ""
    phone: str = ""
    languages: tuple[str, ...] = ()


class Grades(Struct, frozen=True, kw_only=True, gc=False, rename={"first": "from", "last": "to"}):
    """A span of grades, both ends included; in YAML `{from: K, to: 5}`."""

    first: str
    last: str

    def each(self) -> tuple[str, ...]:
        """Every grade of the span, youngest first; empty when the ends are the wrong way round."""
        return GRADES[GRADES.index(self.first) : GRADES.index(self.last) + 1]


class Ages(Struct, frozen=True, kw_only=True, gc=False, rename={"youngest": "min", "oldest": "max"}):
    """A span of ages in years, both ends included; an open end is None."""

    youngest: int | None = None
    oldest: int | None = None


class Cost(Struct, frozen=True, kw_only=True, gc=False):
    """What a family pays: a kind from the vocabulary `cost-kinds`, and an amount in US dollars where one is known."""

    kind: str
    amount: float | None = None
    per: str = ""
    help: str = ""


class Place(Struct, frozen=True, kw_only=True, gc=False):
    """Somewhere to go to; the position in degrees (WGS 84) is None when it is not known."""

    name: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    access: tuple[str, ...] = ()
    transit: str = ""


class Consent(Struct, frozen=True, kw_only=True, gc=False):
    """Permission to publish, by its opaque number in the private vault (`C-2026-0007`), until `expires`."""

    scope: tuple[str, ...]
    ref: str
    expires: date


class Needed(Struct, frozen=True, kw_only=True, gc=False):
    """One line of the policy's checklist: met, not met or not needed."""

    state: str
    on: date | None = None
