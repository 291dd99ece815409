"""Pages of schools: what is there and near it, and what is missing."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import MILE_KM, Directory, Nearby, Offer, upcoming
from generator.languages import Locale
from generator.model import Grades, Need, School
from generator.pages.head import head
from generator.pages.page import Page
from generator.pages.texts import spoken
from generator.search.answers import schools_of, with_broader
from generator.search.listing import is_listed
from generator.text import sort_key
from generator.texts import school_texts

FEWEST = 10
"""Smaller numbers of students are never shown: they could point at a child."""


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The list, then each school."""
    yield list_page(directory, locale, templates)
    for school in directory.schools.values():
        yield school_page(school, directory, locale, templates, today)


def list_page(directory: Directory, locale: Locale, templates: Environment) -> Page:
    """Every school by level and name, with the number of its programs."""
    order = directory.vocabularies["school-levels"].order
    levels = sorted({s.level for s in directory.schools.values()}, key=lambda level: order.get(level, len(order)))
    schools = sorted(directory.schools.values(), key=lambda school: (sort_key(school.name), school.slug))
    counts = {s.slug: len(offers_here(directory, s)) + len(offers_for(directory, s)) for s in schools}
    rows = tuple((level, tuple((s, counts[s.slug]) for s in schools if s.level == level)) for level in levels)
    return Page(
        language=locale.language,
        frame="list",
        rest="schools/",
        title=locale.gettext("Choose a school"),
        description=locale.gettext("See which programs are at your child's school and near it."),
        body=templates.get_template("schools.html").render(root="../../", levels=rows),
        section="schools",
    )


def school_page(school: School, directory: Directory, locale: Locale, templates: Environment, today: date) -> Page:
    """One school: programs there and within a mile, partners, stories, needs and numbers."""
    words = spoken(locale, f"district/schools/{school.slug}", school_texts(school))
    here = offers_here(directory, school)
    partners = directory.partners_of(school.slug)
    named = {partner.slug for partner in partners}
    body = templates.get_template("school.html").render(
        root="../../../",
        school=school,
        words=words,
        here=here,
        without_place=offers_for(directory, school),
        near=near(directory, school),
        needs=tuple((n, need, answers(directory, need, here)) for n, need in enumerate(school.needs)),
        stories=directory.stories_at(school.slug),
        partners=partners,
        everywhere=tuple(p for p in directory.district_wide if p.slug not in named),
        events=upcoming(directory.events_at(school.slug), today),
        students=students(school, locale),
    )
    level = locale.term("school-levels", school.level)
    return Page(
        language=locale.language,
        frame="record",
        rest=f"schools/{school.slug}/",
        title=school.name,
        description=locale.gettext("%(level)s: programs at the school and within a mile.") % {"level": level},
        body=body,
        head=head(templates, school, locale),
        section="schools",
    )


def offers_here(directory: Directory, school: School) -> tuple[Offer, ...]:
    """The programs at the school that families may count on."""
    return tuple(filter(is_listed, directory.offers_at(school.slug)))


def offers_for(directory: Directory, school: School) -> tuple[Offer, ...]:
    """The programs of the school's partners that say no place of their own, so that the school is the place to ask."""
    offers = (Offer(partner=p, program=g) for p in directory.partners_of(school.slug) for g in p.programs)
    elsewhere = (o for o in offers if school.slug not in o.program.where.schools and is_listed(o))
    return tuple(o for o in elsewhere if school.slug in schools_of(directory, o))


def near(directory: Directory, school: School) -> tuple[Nearby, ...]:
    """The programs within a mile that families may count on, nearest first."""
    return tuple(n for n in directory.nearest(school, within_km=MILE_KM) if is_listed(n.offer))


def answers(directory: Directory, need: Need, here: tuple[Offer, ...]) -> int:
    """How many programs at the school help with what it looks for: the same focus or a narrower one, and the grades."""
    areas = directory.vocabularies["focus-areas"]
    helping = (o for o in here if need.focus in with_broader(areas, o.program.focus))
    return sum(1 for o in helping if overlap(need.grades, o.program.grades))


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
