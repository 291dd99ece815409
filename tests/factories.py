"""Records of the invented district of Riverbend for tests, each complete; what matters to a test is given by name."""

from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.directory import Directory
from generator.model import (
    Bounds,
    Contact,
    District,
    Event,
    Partner,
    Partnership,
    Place,
    Program,
    School,
    Source,
    Story,
    Where,
)
from generator.records.folders import SOFTWARE
from generator.vocabulary import load_vocabularies

RIVERBEND = Path(__file__).parent / "cases/district"
"""The invented district as files."""
TODAY = date(2026, 10, 1)
"""A day on which nothing is wrong with them."""

SOURCES = (Source(document="Invented for the tests"),)


def partner(slug: str = "river-readers", **given: Any) -> Partner:
    """An organisation that reads with children."""
    usual = {"name": slug.replace("-", " ").title(), "kind": "community-organization", "summary": "We read."}
    return Partner(**{"slug": slug, "focus": ("reading",), "sources": SOURCES, **usual, **given})


def partnership(**given: Any) -> Partnership:
    """What partner and district have agreed."""
    return Partnership(**given)


def program(slug: str = "reading-buddies", **given: Any) -> Program:
    """A program that reads with children."""
    usual = {"name": slug.replace("-", " ").title(), "summary": "We read.", "focus": ("reading",)}
    return Program(**{"slug": slug, **usual, **given})


def program_at(*spots: str | tuple[float, float], slug: str = "reading-buddies") -> Program:
    """A program at schools (slugs) and at other places (positions in degrees)."""
    places = tuple(Place(name="Hall", latitude=s[0], longitude=s[1]) for s in spots if isinstance(s, tuple))
    return program(slug, where=Where(schools=tuple(s for s in spots if isinstance(s, str)), places=places))


def school(slug: str = "lincoln-elementary", **given: Any) -> School:
    """An elementary school without a position."""
    usual = {"name": slug.replace("-", " ").title(), "level": "elementary", "sources": SOURCES}
    return School(**{"slug": slug, **usual, **given})


def story(slug: str = "reading-nights", **given: Any) -> Story:
    """A thank-you of the last school year, published in June."""
    usual = {"title": "Reading nights", "summary": "Families read.", "partners": ("river-readers",)}
    year = {"school_year": "2025-26", "story": "They read.", "published": date(2026, 6, 1), "sources": SOURCES}
    return Story(**{"slug": slug, **usual, **year, **given})


def event(slug: str = "partner-breakfast", **given: Any) -> Event:
    """A meeting on one morning."""
    usual = {"title": "Breakfast", "summary": "We meet.", "kind": "community-meeting", "starts": "2026-10-20T08:00"}
    return Event(**{"slug": slug, "sources": SOURCES, **usual, **given})


def district(**given: Any) -> District:
    """The district itself."""
    usual = {"name": "Riverbend School District", "short_name": "Riverbend", "department": "Office of Partnerships"}
    place = {"time_zone": "America/New_York", "bounds": Bounds(south=42.2, west=-71.2, north=42.5, east=-70.9)}
    office = (Contact(role="Office", email="office@riverbend.example.org"),)
    return District(**{"slug": "district", "contacts": office, "languages": ("en",), **usual, **place, **given})


def directory(**records: Any) -> Directory:
    """A directory of records, each kind given as a tuple; stories come under their school year."""
    kinds = {
        kind: MappingProxyType({f"{r.school_year}/{r.slug}" if kind == "stories" else r.slug: r for r in items})
        for kind, items in records.items()
    }
    vocabularies = load_vocabularies(SOFTWARE / "schema/vocabularies")
    return Directory(district=district(), vocabularies=vocabularies, **kinds)
