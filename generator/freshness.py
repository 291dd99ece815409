"""How long a confirmation of a record holds: until the next school year begins, and for results 24 months."""

from collections.abc import Iterable
from datetime import date

from generator.model import Partner
from generator.model.district import SchoolYear

AGED_MONTHS = 24
FIRST_MONTH, LAST_MONTH, LAST_DAY = 9, 6, 30
"""A school year of which the district says nothing runs from September 1 to June 30."""


def confirmed_on(partner: Partner) -> date | None:
    """The day on which somebody last confirmed the record, else the last on which a source was read, or None."""
    if partner.verified:
        return partner.verified.on
    return max((source.seen for source in partner.sources if source.seen), default=None)


def review_due(partner: Partner, years: Iterable[SchoolYear]) -> date | None:
    """The first day on which the record wants a new look, as a school year begins; None when it wants one at once.

    A confirmation in the summer counts for the school year that comes. What nobody has confirmed is due at once, even
    if its sources were read.
    """
    if partner.verified is None:
        return None
    confirmed, known = partner.verified.on, tuple(years)
    starts = (begins(year, known) for year in range(confirmed.year, confirmed.year + 3))
    return next(day for day in starts if day > confirmed and confirmed <= _ended(day.year, known))


def begins(year: int, years: Iterable[SchoolYear]) -> date:
    """The first day of the school year that begins in a calendar year."""
    return next((known.starts for known in years if known.starts.year == year), date(year, FIRST_MONTH, 1))


def _ended(year: int, years: Iterable[SchoolYear]) -> date:
    """The last day of the school year that began in the calendar year before."""
    return next((known.ends for known in years if known.starts.year == year - 1), date(year, LAST_MONTH, LAST_DAY))


def is_due(partner: Partner, years: Iterable[SchoolYear], today: date) -> bool:
    """Whether the record wants a new look; a partnership that has ended does not."""
    due = review_due(partner, years)
    return not partner.partnership.is_over and (due is None or due <= today)


def is_current(partner: Partner, today: date) -> bool:
    """Whether the record belongs into results by default: nobody is known to have left it alone for over 24 months.

    What is not current stays on the site, at its address, in lists of everything, and where somebody asks for it. A
    record of which no day is known is current: nothing says that it is old.
    """
    confirmed = confirmed_on(partner)
    return confirmed is None or confirmed >= months_before(today, AGED_MONTHS)


def aged(partners: Iterable[Partner], today: date) -> frozenset[str]:
    """The slugs of the partners whose records nobody has confirmed for over 24 months: see `is_current`."""
    return frozenset(partner.slug for partner in partners if not is_current(partner, today))


def needs_look(partner: Partner, years: Iterable[SchoolYear], today: date) -> bool:
    """Whether the confirmation that there is counts no longer, for a school year has begun since."""
    due = review_due(partner, years)
    return due is not None and due <= today


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier; the month's last day where it has none."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, number))
        except ValueError:
            continue
    return date(year, month + 1, 28)
