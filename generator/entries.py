"""What takes place at a time: once, or every week."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""Days of the week as records name them, in the order of `date.weekday`."""


class Entry(Struct, frozen=True, kw_only=True):
    """Something that takes place once or every week, in local time.

    `starts` and `ends` are `YYYY-MM-DDTHH:MM`, `ends` may be empty. An entry with `days` comes back on them every week
    until `until`, but not on the days `without`. `told` is the day on which somebody last told so.
    """

    id: str
    title: str
    starts: str
    ends: str = ""
    days: tuple[str, ...] = ()
    until: date | None = None
    without: tuple[date, ...] = ()
    place: str = ""
    text: str = ""
    url: str = ""
    told: date


def first_on(days: Iterable[str], starts: date) -> date:
    """The first of these days of the week, from a day on."""
    ahead = min((DAYS.index(day) - starts.weekday()) % len(DAYS) for day in days)
    return starts + timedelta(days=ahead)
