"""The district itself: names, contacts, languages, school years and bounds."""

from datetime import date

from msgspec import Struct

from generator.model.common import Contact, Source

SCHOOL_YEAR_BEGINS = 8  # month; what a district says of its years tells their days


def school_year_of(day: date) -> str:
    """The school year of a day, such as 2026-27."""
    return school_year_from(day.year - (day.month < SCHOOL_YEAR_BEGINS))


def school_year_from(first: int) -> str:
    """The school year that begins in a calendar year."""
    return f"{first}-{(first + 1) % 100:02}"


class InterpreterLine(Struct, frozen=True, kw_only=True, gc=False):
    """A phone number that is answered in a language."""

    language: str
    phone: str
    note: str = ""


class SchoolYear(Struct, frozen=True, kw_only=True, gc=False):
    """First and last day of a school year such as `2026-27`."""

    year: str
    starts: date
    ends: date


class Region(Struct, frozen=True, kw_only=True, gc=False):
    """A part of the district."""

    slug: str
    name: str


class Bounds(Struct, frozen=True, kw_only=True, gc=False):
    """The box around the district, in degrees (WGS 84)."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, latitude: float, longitude: float) -> bool:
        """Whether the position lies inside the box."""
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


class District(Struct, frozen=True, kw_only=True, gc=False):
    """The school district whose directory this is; `languages` are those of the site, English first."""

    slug: str
    name: str
    short_name: str
    department: str
    time_zone: str
    contacts: tuple[Contact, ...]
    languages: tuple[str, ...]
    bounds: Bounds
    website: str = ""
    site_url: str = ""
    repository: str = ""
    interpreter_lines: tuple[InterpreterLine, ...] = ()
    interpreter_note: str = ""
    spoken: tuple[str, ...] = ()
    school_years: tuple[SchoolYear, ...] = ()
    regions: tuple[Region, ...] = ()
    nominate: str = ""
    sources: tuple[Source, ...] = ()
