"""Sheets for the counter: the programs of a school on one side of paper, in each language."""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory, Offer
from generator.model import School
from generator.pages.cards import Deck, Pile
from generator.pages.facts import email_of, phone_of
from generator.pages.page import FRAMES, Page
from generator.pages.records import Link, link
from generator.pages.schools import offers_here
from generator.pages.slots import Slots
from generator.pages.unit import Unit

FRAME = "school-more"
LINES = 20
"""So many lines of 12 points the programs may take, so that a sheet stays one sheet on Letter and A4."""
LINE = 48
"""Characters that surely fit into a line, in the widest of our scripts."""
WHO = 24
"""Of these, what the grades or ages take that stand after a name."""


class Sheet(Struct, frozen=True, kw_only=True):
    """A school with as many of its `count` programs as a sheet has room for."""

    school: Link
    cards: Pile
    count: int


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """A sheet for each school that has programs; search engines lead to the school's page instead."""
    for school in directory.schools.values():
        if offers := offers_of(directory, school, deck):
            view = Sheet(school=link(school), cards=deck.pile(fitting(offers)), count=len(offers))
            yield Unit(address=f"schools/{school.slug}/sheet/", page=page, view=view, is_listed=False)


def offers_of(directory: Directory, school: School, deck: Deck) -> tuple[Offer, ...]:
    """The programs at a school, and then those of its partners that do not say where they meet.

    What nobody has confirmed for two years stays off paper: it hangs on a wall long after.
    """
    offers = (*offers_here(directory, school, deck), *deck.without_place.get(school.slug, ()))
    return tuple(offer for offer in offers if not deck.is_aged(offer))


def fitting(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """The first programs, as many as a sheet has room for."""
    total = 0

    def fits(offer: Offer) -> bool:
        nonlocal total
        total += lines(offer)
        return total <= LINES

    return tuple(takewhile(fits, offers))


def lines(offer: Offer) -> int:
    """How many lines a program takes: its name and whom it is for, and below it cost, days and phone.

    Where nobody can be called or written to, the partner's name stands there, so that somebody can be asked for.
    """
    program = offer.program
    who = WHO if program.grades or program.ages else 0
    asked = 0 if phone_of(offer) or email_of(offer) else len(offer.partner.name)
    return 1 - (-(len(program.name) + who) // LINE) - (-asked // LINE)


def page(view: Sheet, slots: Slots, templates: Environment) -> Page:
    """The sheet of a school."""
    school = view.school
    return Page(
        frame=FRAME,
        rest=f"schools/{school.slug}/sheet/",
        title=slots.said("Programs for our families: %(school)s", school=school.name),
        description=slots.gettext("Print a page for the counter"),
        body=templates.get_template("sheet.html").render(
            root="../" * FRAMES[FRAME], school=school, cards=tuple(view.cards), more=view.count - len(view.cards)
        ),
        head=templates.get_template("unlisted.html").render(),
        section="schools",
    )
