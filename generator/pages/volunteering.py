"""The page of all openings for volunteers: a list where people look, instead of one on each partner's page."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.model import Opening, Partner
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.pages.records import Link, link, record_of
from generator.pages.slots import Slots
from generator.pages.unit import Unit

CARDS = 100
"""Openings on a page."""


class Row(Struct, frozen=True):
    """An opening of a partner; `number` is its place in the partner's record, counted from 0."""

    partner: Link
    number: int
    opening: Opening

    @property
    def record(self) -> str:
        """The address of the record that has its words."""
        return record_of(self.partner.slug)


class Openings(Struct, frozen=True):
    """A page of openings; `number` is that of the page, of `pages`, counted from 1."""

    rows: tuple[Row, ...]
    number: int
    pages: int


def units(directory: Directory, today: date, deck: Deck, cards: int = CARDS) -> Iterator[Unit]:
    """The list, in pages; none where no partner has ever looked for anybody."""
    if not is_told(directory):
        return
    rows = openings(directory, today)
    starts = range(0, max(len(rows), 1), cards)
    for number, start in enumerate(starts, start=1):
        view = Openings(rows[start : start + cards], number, len(starts))
        speaks = tuple(dict.fromkeys(row.record for row in view.rows))
        yield Unit(address=address(number), page=page, view=view, speaks=speaks)


def is_told(directory: Directory) -> bool:
    """Whether there is a page of openings, which may all have passed."""
    return any(partner.volunteer for partner in directory.partners.values() if not partner.partnership.is_over)


def open_still(partner: Partner, today: date) -> tuple[int, ...]:
    """The places of a partner's openings that have not passed; none when the partnership has ended."""
    all_of_them = () if partner.partnership.is_over else partner.volunteer
    return tuple(n for n, opening in enumerate(all_of_them) if opening.until is None or opening.until >= today)


def openings(directory: Directory, today: date) -> tuple[Row, ...]:
    """Openings that have not passed: those that close, soonest first, then the others by their partners' names."""
    rows = (
        Row(link(partner), number, partner.volunteer[number])
        for partner in directory.partners.values()
        for number in open_still(partner, today)
    )
    return tuple(sorted(rows, key=lambda row: row.opening.until or date.max))


def address(number: int) -> str:
    """Where a page of the list lies, below the language."""
    return "volunteer/" if number == 1 else f"volunteer/{number}/"


def page(view: Openings, slots: Slots, templates: Environment) -> Page:
    """A page of openings."""
    frame = "list" if view.number == 1 else "record"
    title = slots.gettext("Volunteer with a partner")
    body = templates.get_template("volunteer.html").render(
        root="../" * FRAMES[frame],
        view=view,
        before=address(view.number - 1) if view.number > 1 else "",
        after=address(view.number + 1) if view.number < view.pages else "",
    )
    return Page(
        frame=frame,
        rest=address(view.number),
        title=title,
        description=slots.gettext("Partners look for people who give some of their time."),
        body=body,
        section="get-involved",
    )
