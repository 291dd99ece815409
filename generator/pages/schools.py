"""Pages of schools: what is there and near it, and what is missing."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from jinja2 import Environment
from msgspec import Struct

from generator.directory import MILE_KM, Directory, Nearby, Offer, upcoming
from generator.languages import Locale
from generator.model import Event, Grades, Need, School, Story
from generator.pages import linked
from generator.pages.cards import Deck, Pile
from generator.pages.data import district_of
from generator.pages.page import Page
from generator.pages.records import PartnerRow, event_record, partner_row, school_record, story_record
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.search.answers import with_broader
from generator.text import sort_key
from generator.words.texts import school_texts

CARDS = 100
"""So many programs at a school are cards; the others are lines with name and partner."""
NEAREST = 60
"""So many programs near a school are shown; the finder has the others."""
ROWS = 40
"""So many partners of every school are shown; the list of partners has the others."""
FEWEST = 10
"""Smaller numbers of students are never shown: they could point at a child."""


class Row(Struct, frozen=True):
    """A school in the list, with the number of its programs."""

    slug: str
    name: str
    count: int


class SchoolView(Struct, frozen=True, kw_only=True):
    """A school with all that its page shows.

    Of the programs at the school, some are `cards` and some `lines`. `near` are the nearest programs of `near_count`
    within a mile, as far away as `distances` says, in kilometres. `answers` tells for each need how many programs here
    help with it. `everywhere` are some of `everywhere_count` partners of every school. `has_sheet` tells that there is
    a page for the counter.
    """

    school: School
    cards: Pile
    lines: Pile
    without_place: Pile
    has_sheet: bool
    near: Pile
    near_count: int
    distances: tuple[float, ...]
    answers: tuple[int, ...]
    stories: tuple[Story, ...]
    partners: tuple[PartnerRow, ...]
    everywhere: tuple[PartnerRow, ...]
    everywhere_count: int
    events: tuple[Event, ...]

    @property
    def speaks(self) -> tuple[str, ...]:
        """The records whose texts it says."""
        rows = (row.record for row in (*self.partners, *self.everywhere))
        piles = chain(self.cards.speaks, self.without_place.speaks, self.near.speaks)
        others = chain(map(story_record, self.stories), map(event_record, self.events))
        return tuple(dict.fromkeys((school_record(self.school), *rows, *piles, *others)))


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The list, then each school."""
    yield Unit(address="schools/", page=list_page, view=(levels(directory, deck), directory.is_mapped))
    for school in directory.schools.values():
        view = school_view(school, directory, today, deck)
        yield Unit(address=f"schools/{school.slug}/", page=school_page, view=view, speaks=view.speaks)


def levels(directory: Directory, deck: Deck) -> tuple[tuple[str, tuple[Row, ...]], ...]:
    """Every school by level and name."""
    order = directory.vocabularies["school-levels"].order
    found = sorted({s.level for s in directory.schools.values()}, key=lambda level: order.get(level, len(order)))
    schools = sorted(directory.schools.values(), key=lambda school: (sort_key(school.name), school.slug))
    counts = {s.slug: len(offers_here(directory, s, deck)) + len(deck.without_place.get(s.slug, ())) for s in schools}
    rows = {s.slug: Row(s.slug, s.name, counts[s.slug]) for s in schools}
    return tuple((level, tuple(rows[s.slug] for s in schools if s.level == level)) for level in found)


def list_page(view: tuple[tuple[tuple[str, tuple[Row, ...]], ...], bool], slots: Slots, templates: Environment) -> Page:
    """Every school by level and name, with the number of its programs, and whether there is a map."""
    rows, is_mapped = view
    return Page(
        frame="list",
        rest="schools/",
        title=slots.gettext("Choose a school"),
        description=slots.gettext("See which programs are at your child's school and near it."),
        body=templates.get_template("schools.html").render(root="../../", levels=rows, is_mapped=is_mapped),
        section="schools",
    )


def school_view(school: School, directory: Directory, today: date, deck: Deck) -> SchoolView:
    """What the page of a school shows."""
    here = offers_here(directory, school, deck)
    without_place = deck.without_place.get(school.slug, ())
    partners = directory.partners_of(school.slug)
    named = {partner.slug for partner in partners}
    nearby = near(directory, school, deck)
    everywhere = tuple(partner for partner in directory.district_wide if partner.slug not in named)
    return SchoolView(
        school=school,
        cards=deck.pile(here[:CARDS]),
        lines=deck.pile(here[CARDS:]),
        without_place=deck.pile(without_place),
        has_sheet=not all(map(deck.is_aged, (*here, *without_place))),
        near=deck.pile(each.offer for each in nearby[:NEAREST]),
        near_count=len(nearby),
        distances=tuple(each.distance_km for each in nearby[:NEAREST]),
        answers=tuple(answers(directory, need, here) for need in school.needs),
        stories=directory.stories_at(school.slug),
        partners=tuple(map(partner_row, partners)),
        everywhere=tuple(map(partner_row, everywhere[:ROWS])),
        everywhere_count=len(everywhere),
        events=upcoming(directory.events_at(school.slug), today),
    )


def school_page(view: SchoolView, slots: Slots, templates: Environment) -> Page:
    """One school: programs there and within a mile, partners, stories, needs and numbers."""
    school = view.school
    body = templates.get_template("school.html").render(
        root="../../../",
        school=school,
        words=spoken(slots, school_record(school), school_texts(school)),
        cards=view.cards,
        lines=view.lines,
        without_place=view.without_place,
        has_sheet=view.has_sheet,
        near=tuple(zip(view.near, view.distances, strict=True)),
        near_count=view.near_count,
        needs=tuple((n, need, view.answers[n]) for n, need in enumerate(school.needs)),
        missing=missing(view),
        stories=view.stories,
        partners=view.partners,
        everywhere=view.everywhere,
        everywhere_count=view.everywhere_count,
        events=view.events,
        students=students(school, slots),
    )
    level = slots.term("school-levels", school.level)
    about = linked.school(school, district_of(templates))
    data = linked.block(about, f"schools/{school.slug}/", slots, templates)
    return Page(
        frame="school",
        rest=f"schools/{school.slug}/",
        title=school.name,
        description=slots.said("%(level)s: programs at the school and within a mile.", level=level),
        body=body,
        head=data,
        section="schools",
    )


def offers_here(directory: Directory, school: School, deck: Deck) -> tuple[Offer, ...]:
    """The programs at the school that families may count on."""
    return tuple(filter(deck.is_listed, directory.offers_at(school.slug)))


def near(directory: Directory, school: School, deck: Deck) -> tuple[Nearby, ...]:
    """The programs within a mile that families may count on, nearest first."""
    return tuple(n for n in directory.nearest(school, within_km=MILE_KM) if deck.is_listed(n.offer))


def answers(directory: Directory, need: Need, here: tuple[Offer, ...]) -> int:
    """How many programs at the school help with what it looks for: the same focus or a narrower one, and the grades."""
    areas = directory.vocabularies["focus-areas"]
    helping = (o for o in here if need.focus in with_broader(areas, o.program.focus))
    return sum(1 for o in helping if overlap(need.grades, o.program.grades))


def missing(view: SchoolView) -> tuple[str, ...]:
    """What the school looks for and no program there helps with."""
    needs = zip(view.school.needs, view.answers, strict=True)
    return tuple(dict.fromkeys(need.focus for need, count in needs if not count))


def overlap(wanted: Grades | None, offered: Grades | None) -> bool:
    """Whether two spans of grades have one in common; one that is not known has all."""
    return wanted is None or offered is None or bool(set(wanted.each()) & set(offered.each()))


def students(school: School, locale: Locale) -> tuple[tuple[str, int | None, float | None], ...]:
    """Numbers of students as (label, number or None below 10, percent of all or None)."""
    told = school.enrollment
    if told is None:
        return ()
    groups = (
        (locale.gettext("From families with low incomes"), told.low_income),
        (locale.gettext("Learning English"), told.english_learners),
        (locale.gettext("With disabilities"), told.students_with_disabilities),
        (locale.gettext("Without a steady home"), told.homeless),
    )
    total = shown(told.students)
    rows = tuple((label, shown(number), share(number, total)) for label, number in groups if number is not None)
    return ((locale.gettext("All students"), total, None), *rows)


def shown(number: int) -> int | None:
    """The number, unless it is too small to be shown."""
    return number if number >= FEWEST else None


def share(number: int, total: int | None) -> float | None:
    """Percent of the total, rounded; None when either is too small to be shown."""
    return None if total is None or number < FEWEST else round(100 * number / total)
