"""Calendar files (iCalendar, RFC 5545), which phones and computers put into their own calendars."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar import Event as Component

from generator.entries import DAYS, Entry

MADE_BY = "-//School and Community Partnerships//Directory//EN"
CONTROL = re.compile(r"[^\n\x20-\x7e\xa0-\U0010ffff]")
"""Characters that have no business in a text; RFC 5545 forbids most of them."""
MINUTES = len("2026-10-03T15:30")


def calendar(entries: Iterable[Entry], zone: str, *, name: str = "") -> bytes:
    """The file, always the same for the same entries; `zone` is the time zone of their times, such as
    `America/Los_Angeles`. `name` is what a calendar that people subscribe to is called.
    """
    several = tuple(entries)
    made = Calendar()
    made.add("prodid", MADE_BY)
    made.add("version", "2.0")
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)  # what most programs read instead of RFC 7986
    days = [date.fromisoformat(entry.starts[:10]) for entry in several]
    days += [entry.until for entry in several if entry.until]
    if days:
        made.add_component(zone_between(zone, min(days).year, max(days).year))
    for entry in several:
        made.add_component(component(entry, ZoneInfo(zone)))
    return bytes(made.to_ical())


@lru_cache
def zone_between(zone: str, first: int, last: int) -> Timezone:
    """When clocks change in some years, both included, and in the one before."""
    made = Timezone.from_tzinfo(ZoneInfo(zone), zone, date(first - 1, 1, 1), date(last + 1, 1, 1))
    made.pop("comment", None)
    changes: tuple[TimezoneStandard | TimezoneDaylight, ...] = (*made.standard, *made.daylight)
    for change in changes:
        dates: Any = change.get("rdate")
        if dates:
            set_rule(change, [change.DTSTART, *(each.dt for each in dates.dts)])
    return made


def set_rule(change: TimezoneStandard | TimezoneDaylight, days: list[datetime]) -> None:
    """Tell the days on which clocks change by a rule where one gives them all: many programs read no lists of days."""
    places = {(day.month, day.weekday(), (day.day - 1) // len(DAYS) + 1, day.time()) for day in days}
    if len(places) == 1:
        ((month, weekday, place, _),) = places
        del change["rdate"]
        change.add("rrule", {"freq": "yearly", "bymonth": month, "byday": f"{place}{DAYS[weekday][:2].upper()}"})


def component(entry: Entry, zone: ZoneInfo) -> Component:
    """One entry."""
    starts, ends = (moment(text, zone) for text in (entry.starts, entry.ends))
    made = Component()
    made.add("uid", entry.id)
    made.add("dtstamp", datetime.combine(entry.told, time(), ZoneInfo("UTC")))
    made.add("dtstart", starts)
    if ends:
        made.add("dtend", ends)
    if entry.days and entry.until:
        last = datetime.combine(entry.until, time(23, 59), zone).astimezone(ZoneInfo("UTC"))
        days = [day[:2].upper() for day in sorted(entry.days, key=DAYS.index)]
        made.add("rrule", {"freq": "weekly", "until": last, "byday": days})
        for day in entry.without:
            made.add("exdate", moment(f"{day}{entry.starts[10:]}", zone))
    for key in ("title", "place", "text", "url"):
        if value := getattr(entry, key):
            made.add(PROPERTIES[key], CONTROL.sub(" ", value))
    return made


PROPERTIES = {"title": "summary", "place": "location", "text": "description", "url": "url"}


def moment(text: str, zone: ZoneInfo) -> datetime | None:
    """A local time; None for an empty text."""
    return datetime.fromisoformat(text[:MINUTES]).replace(tzinfo=zone) if text else None
