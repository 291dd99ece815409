"""Dates and times as people and forms write them."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_NUMBERS = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?[ -]([a-z]{3,9})\.?,?[ -]([0-9]{4})(?![0-9])", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?![0-9])", re.IGNORECASE)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? +", re.IGNORECASE)
_REST = re.compile(r"(?:[T, ]+[0-9]{1,2}:[0-9]{2}.{0,40})?", re.IGNORECASE)  # a time of day, which says nothing here
_TIME = re.compile(
    r"([0-9]{1,2})(?:[:.h]([0-9]{2})(?::[0-9]{2})?)? ?(a\.?m?\.?|p\.?m?\.?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?",
    re.IGNORECASE,
)
_CENTURY = 2000
_TWELVE = 12
_FIRST_CLEAR = 7  # from seven on, a time without a half of the day is one of the morning


def day_of(text: str, order: str) -> str:
    """The date as year-month-day; `order` is "month-first", "day-first" or "" where nobody has said.

    Raises ValueError, with words for people, for what is no date or has two meanings.
    """
    words = _WEEKDAY.sub("", text.strip(), count=1)
    if found := _YEAR_FIRST.match(words):
        year, month, day = map(int, found.groups())
    elif found := _NUMBERS.match(words):
        one, two, year = map(int, found.groups())
        month, day = _in_order(one, two, order)
        year += _CENTURY if len(found[3]) == 2 else 0
    elif found := _DAY_MONTH.match(words):
        day, month, year = int(found[1]), _month(found[2]), int(found[3])
    elif found := _MONTH_DAY.match(words):
        month, day, year = _month(found[1]), int(found[2]), int(found[3])
    else:
        raise ValueError("is no date such as 2026-09-01")
    if not _REST.fullmatch(words[found.end() :]):
        raise ValueError("is no date such as 2026-09-01")
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise ValueError("is no day of the calendar") from error


def _in_order(one: int, two: int, order: str) -> tuple[int, int]:
    """(month, day) of a date's first two numbers."""
    if order:
        return (one, two) if order == "month-first" else (two, one)
    if one == two or two > _TWELVE:
        return one, two
    if one > _TWELVE:
        return two, one
    raise ValueError("has two meanings, the month first or the day first; say in the map which: dates: month-first")


def _month(name: str) -> int:
    short = name[:3].lower()
    if short not in _MONTHS:
        raise ValueError("is no date such as 2026-09-01")
    return _MONTHS.index(short) + 1


def part_of_day(text: str, order: str) -> str:
    """The same for a date of which the day, or the month too, may be missing: 2026, 2026-09, 9/2026, Sep 2026."""
    words = text.strip()
    if re.fullmatch(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?", words):
        return words
    if found := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{4})", words):
        if not 1 <= int(found[1]) <= _TWELVE:
            raise ValueError("is no month of a year")
        return f"{found[2]}-{int(found[1]):02}"
    if found := re.fullmatch(r"([A-Za-z]{3,9})\.? ([0-9]{4})", words):
        return f"{found[2]}-{_month(found[1]):02}"
    return day_of(words, order)


def time_of(text: str) -> str:
    """The time on the 24-hour clock; ValueError for what is none, or could be morning or afternoon."""
    words = text.strip().lower()
    if words in ("noon", "midnight"):
        return "12:00" if words == "noon" else "00:00"
    words = re.sub(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}t", "", words)
    found = _TIME.fullmatch(words)
    if not found or not (found[2] or found[3]):
        raise ValueError("is no time such as 15:30 or 3:30 pm")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if not half and len(found[1]) == 1 and 0 < hour < _FIRST_CLEAR:
        raise ValueError("could be morning or afternoon; write it like 15:30 or 3:30 pm")
    if half and not 1 <= hour <= _TWELVE:
        raise ValueError("is no time of the 12-hour clock")
    hour = hour % _TWELVE + (_TWELVE if half == "p" else 0) if half else hour
    if hour > 23 or minute > 59:
        raise ValueError("is no time of day")
    return f"{hour:02}:{minute:02}"
