"""The gallery of stories: all of them, those of a school year, those of a kind of support; and the list for filters."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct, structs

from generator.directory import Directory, group
from generator.model import Partner, School, Story
from generator.pages.data import harmless, spoken_as
from generator.pages.page import FRAMES, Page, file
from generator.pages.records import Link, link, story_record
from generator.pages.slots import Slots
from generator.pages.unit import Unit, file_unit
from generator.text import sort_key

CARDS = 60
"""So many stories are cards on a page, the newest ones."""
LINES = 200
"""The others of a school year, or of a kind of support, are lines, so many to a page, the first page included."""
INDEX = "recognition/stories.json"
"""All stories with what they can be filtered by, in each language; loaded when somebody opens the filters."""


class Counted(Struct, frozen=True):
    """A school year or a kind of support, and how many stories there are."""

    key: str
    count: int


class Year(Struct, frozen=True):
    """Those of the `count` stories of a school year that stand in the gallery."""

    year: str
    count: int
    stories: tuple[Story, ...]


class Gallery(Struct, frozen=True):
    """The newest stories by school year, years without any of these, and the kinds of support that there are.

    `is_open` tells that the form for nominations is.
    """

    years: tuple[Year, ...]
    earlier: tuple[Counted, ...]
    support: tuple[Counted, ...]
    is_open: bool = False


class Shelf(Struct, frozen=True, kw_only=True):
    """A page of the `count` stories of a school year, or of a kind of support.

    `others` are the other years or kinds. `number` is that of the page, of `pages`, counted from 1.
    """

    key: str
    is_year: bool
    count: int
    cards: tuple[Story, ...]
    lines: tuple[Story, ...]
    number: int
    pages: int
    others: tuple[Counted, ...]

    @property
    def stories(self) -> tuple[Story, ...]:
        """All that stand on the page."""
        return (*self.cards, *self.lines)

    def address(self, number: int) -> str:
        """Where one of its pages lies, below the language; no story can lie there."""
        page = f"-{number}" if number > 1 else ""
        return f"recognition/{self.key}{page}/" if self.is_year else f"recognition/support{page}/{self.key}/"


class Listed(Struct, frozen=True):
    """All stories, and the partners and schools in them."""

    stories: tuple[Story, ...]
    schools: tuple[Link, ...]
    partners: tuple[Link, ...]
    support: tuple[str, ...]


def units(directory: Directory, cards: int = CARDS, lines: int = LINES, *, is_open: bool = False) -> Iterator[Unit]:
    """The gallery, each school year, each kind of support, and the list of all."""
    support = by_support(directory)
    kinds = tuple(Counted(area, len(stories)) for area, stories in support.items())
    view = structs.replace(gallery(directory, kinds, cards), is_open=is_open)
    yield Unit(address="recognition/", page=page, view=view, speaks=spoken_by(s for y in view.years for s in y.stories))
    years = directory.stories_by_year
    yield from shelves(years, tuple(Counted(year, len(years[year])) for year in years), cards, lines, is_year=True)
    yield from shelves(support, kinds, cards, lines, is_year=False)
    if directory.stories:
        listed = listed_stories(directory, tuple(support))
        yield file_unit(INDEX, index, listed, spoken_by(listed.stories))


def spoken_by(stories: Iterator[Story] | Sequence[Story]) -> tuple[str, ...]:
    """The addresses of the records of stories."""
    return tuple(map(story_record, stories))


def by_support(directory: Directory) -> Mapping[str, tuple[Story, ...]]:
    """Stories, newest first, by the kinds of support that they tell of, in the vocabulary's order."""
    order = directory.vocabularies["focus-areas"].order
    found = group((area, story) for story in directory.stories.values() for area in story.focus if area in order)
    return {area: found[area] for area in sorted(found, key=order.__getitem__)}


def gallery(directory: Directory, kinds: tuple[Counted, ...], cards: int) -> Gallery:
    """The newest stories, as many as fit on a page; of the newest year at least one, and so of all that fit whole."""
    years: list[Year] = []
    earlier: list[Counted] = []
    room = cards
    for year, stories in directory.stories_by_year.items():
        if room:
            years.append(Year(year, len(stories), stories[:room]))
            room -= len(years[-1].stories)
        else:
            earlier.append(Counted(year, len(stories)))
    return Gallery(tuple(years), tuple(earlier), kinds)


def shelves(
    found: Mapping[str, tuple[Story, ...]], counted: tuple[Counted, ...], cards: int, lines: int, *, is_year: bool
) -> Iterator[Unit]:
    """The pages of all school years, or of all kinds of support."""
    for key, stories in found.items():
        starts = (cards, *range(cards + lines, len(stories), lines))
        for number, start in enumerate(starts, start=1):
            view = Shelf(
                key=key,
                is_year=is_year,
                count=len(stories),
                cards=stories[:cards] if number == 1 else (),
                lines=stories[start : start + lines],
                number=number,
                pages=len(starts),
                others=tuple(other for other in counted if other.key != key) if number == 1 else (),
            )
            yield Unit(address=view.address(number), page=shelf_page, view=view, speaks=spoken_by(view.stories))


def page(view: Gallery, slots: Slots, templates: Environment) -> Page:
    """Stories as cards, by school year."""
    root = "../" * FRAMES["list"]
    script = templates.get_template("recognition-head.html").render(root=root) if view.years else ""
    return Page(
        frame="list",
        rest="recognition/",
        title=slots.gettext("Stories of partners we thank"),
        description=slots.gettext("What community partners changed for children."),
        body=templates.get_template("recognition.html").render(root=root, view=view),
        head=feed_links(root, templates) + Markup(script),  # our own template, which escapes
        section="recognition",
    )


def shelf_page(view: Shelf, slots: Slots, templates: Environment) -> Page:
    """Stories of a school year, or of a kind of support: the newest as cards, the others as lines."""
    frame = "record" if view.is_year else "story"
    root = "../" * FRAMES[frame]
    heading = (
        slots.said("Stories of %(year)s", year=slots.apart(view.key))
        if view.is_year
        else slots.said("Stories: %(topic)s", topic=slots.term("focus-areas", view.key))
    )
    body = templates.get_template("stories.html").render(
        root=root,
        view=view,
        before=view.address(view.number - 1) if view.number > 1 else "",
        after=view.address(view.number + 1) if view.number < view.pages else "",
    )
    numbers = {"number": slots.number(view.number), "count": slots.number(view.pages)}
    further = slots.said("Page %(number)s of %(count)s", **numbers)
    return Page(
        frame=frame,
        rest=view.address(view.number),
        title=f"{heading} · {further}" if view.number > 1 else heading,
        description=slots.gettext("What community partners changed for children."),
        body=body,
        head=feed_links(root, templates),
        section="recognition",
    )


def feed_links(root: str, templates: Environment) -> Markup:
    """What tells readers of feeds where the stories are, for the head of a page."""
    return Markup(templates.get_template("feed-links.html").render(root=root))  # our own template, which escapes


def listed_stories(directory: Directory, support: tuple[str, ...]) -> Listed:
    """What the filters have to know."""
    stories = tuple(story for several in directory.stories_by_year.values() for story in several)
    schools = named(directory.schools, (slug for story in stories for slug in story.schools))
    partners = named(directory.partners, (slug for story in stories for slug in story.partners))
    return Listed(stories, schools, partners, support)


def named(records: Mapping[str, Partner] | Mapping[str, School], slugs: Iterator[str]) -> tuple[Link, ...]:
    """Records by their names, each once, as far as there are pages of them."""
    found = (link(records[slug]) for slug in dict.fromkeys(slugs) if slug in records)
    return tuple(sorted(found, key=lambda each: (sort_key(each.name), each.slug)))


def index(view: Listed, slots: Slots, templates: Environment) -> Page:
    """The list as JSON: values by filter, with their words; then address, title and the places of values of each story.

    A title in another language than that of the list is an object that says so, as in JSON-LD.
    """
    columns: tuple[tuple[Callable[[Story], tuple[str, ...]], Mapping[str, int]], ...] = (
        (lambda story: story.focus, places(view.support)),
        (lambda story: story.schools, places([each.slug for each in view.schools])),
        (lambda story: story.partners, places([each.slug for each in view.partners])),
    )
    data: dict[str, Any] = {
        "support": [[area, spoken_as(slots.term("focus-areas", area), slots)] for area in view.support],
        "school": [[each.slug, each.name] for each in view.schools],
        "partner": [[each.slug, each.name] for each in view.partners],
        "stories": [
            [
                f"{story.school_year}/{story.slug}",
                spoken_as(slots.words(story_record(story), "title", story.title), slots),
                *([known[slug] for slug in own(story) if slug in known] for own, known in columns),
            ]
            for story in view.stories
        ],
    }
    return file(INDEX, Markup(harmless(data)))  # JSON, in which only words of a language are still open


def places(slugs: Sequence[str]) -> Mapping[str, int]:
    """Where each stands in a list, counted from 0."""
    return {slug: place for place, slug in enumerate(slugs)}
