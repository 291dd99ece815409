"""Addresses of records under which their translations are kept, and the short forms in which pages name records."""

from collections.abc import Iterable, Sequence
from sys import intern

from msgspec import Struct

from generator.model import Event, Initiative, Partner, School, Story

TOO_MANY = 500
"""From this many partners on, a list says only their names: with a sentence for each it would be too long."""


class Link(Struct, frozen=True):
    """A record that a page only names."""

    slug: str
    name: str


class PartnerRow(Struct, frozen=True):
    """A partner in a list: its name and one sentence."""

    slug: str
    name: str
    summary: str

    @property
    def record(self) -> str:
        """The address of its record."""
        return record_of(self.slug)


def link(record: Partner | School | Initiative) -> Link:
    """The short form of a record that has a name."""
    return Link(record.slug, record.name)


def partner_row(partner: Partner) -> PartnerRow:
    """The partner as a list shows it."""
    return PartnerRow(partner.slug, partner.name, partner.summary)


def partner_record(partner: Partner) -> str:
    """The address of a partner's record."""
    return record_of(partner.slug)


def partner_rows(partners: Sequence[Partner], too_many: int) -> tuple[PartnerRow, ...]:
    """Partners as a list shows them; from `too_many` on, their names alone."""
    if len(partners) < too_many:
        return tuple(map(partner_row, partners))
    return tuple(PartnerRow(partner.slug, partner.name, "") for partner in partners)


def spoken_by(rows: Iterable[PartnerRow]) -> tuple[str, ...]:
    """The addresses of the records whose sentences stand in the rows."""
    return tuple(row.record for row in rows if row.summary)


def record_of(partner: str) -> str:
    """The address of the record of a partner, given by its slug: one text, however many pages name it."""
    return intern(f"partners/{partner}")


def school_record(school: School) -> str:
    """The address of a school's record."""
    return f"district/schools/{school.slug}"


def story_record(story: Story) -> str:
    """The address of a story's record."""
    return f"recognition/{story.school_year}/{story.slug}"


def event_record(event: Event) -> str:
    """The address of an event's record."""
    return f"district/events/{event.slug}"
