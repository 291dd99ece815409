"""Which partners have to confirm their records, and whom to ask."""

from dataclasses import dataclass
from datetime import date

from generator.directory import Directory
from generator.freshness import is_current, is_due, review_due
from generator.model import Partner


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A partner whose record wants a new look.

    `confirmed` and `by` tell of the last confirmation (None and "" without one), `due` since when another is wanted
    (None: from the beginning). `email` is the public address to ask, "" where only staff can look. `is_aged` when the
    record has left the results by default.
    """

    slug: str
    name: str
    confirmed: date | None
    by: str
    due: date | None
    email: str
    is_aged: bool

    @property
    def asked(self) -> str:
        """Who is asked: partner, or staff."""
        return "partner" if self.email else "staff"


def due_of(directory: Directory, today: date) -> tuple[Due, ...]:
    """Every partner that is due, those longest unconfirmed first."""
    years = directory.district.school_years
    found = [
        _due(partner, directory, today) for partner in directory.partners.values() if is_due(partner, years, today)
    ]
    return tuple(sorted(found, key=lambda each: (each.confirmed or date.min, each.slug)))


def _due(partner: Partner, directory: Directory, today: date) -> Due:
    return Due(
        slug=partner.slug,
        name=partner.name,
        confirmed=partner.verified.on if partner.verified else None,
        by=partner.verified.by if partner.verified else "",
        due=review_due(partner, directory.district.school_years),
        email=next((contact.email for contact in partner.contacts if contact.email), ""),
        is_aged=not is_current(partner, today),
    )
