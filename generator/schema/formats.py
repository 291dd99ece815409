"""Forms of text that a pattern alone cannot judge, for both validators alike."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo


def is_calendar_date(text: str) -> bool:
    """Whether the text is a day of the calendar, year-month-day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10


def is_partial_date(text: str) -> bool:
    """Whether the text is a year, a month of a year, or a day of the calendar."""
    return is_calendar_date(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])


def is_local_date_time(text: str) -> bool:
    """Whether the text is a day of the calendar with hours and minutes, without a time zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 16 and moment.tzinfo is None


def is_school_year(text: str) -> bool:
    """Whether the text names two years that follow each other: 2026-27."""
    first, _, second = text.partition("-")
    if len(text) != 7 or not (first.isdecimal() and second.isdecimal()):
        return False
    return (int(first) + 1) % 100 == int(second)


def is_time_zone(text: str) -> bool:
    """Whether the IANA time zone database of this machine knows the name."""
    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError; OSError: the name of a folder
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "calendar-date": is_calendar_date,
        "partial-date": is_partial_date,
        "local-date-time": is_local_date_time,
        "school-year": is_school_year,
        "time-zone": is_time_zone,
    }
)
