"""The browse pages (P3): for each value of a facet that some program has, the programs that have it."""

from collections.abc import Iterator, Mapping
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory, Offer
from generator.languages import Locale
from generator.pages.cards import Deck, Pile
from generator.pages.finder import BY_KEY
from generator.pages.page import FRAMES, Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.search.answers import ANY, ASK
from generator.search.facets import FACETS, Facet, Value, label, values

CARDS = 100
"""So many programs of a value are cards, on its first page."""
LINES = 500
"""The others are lines with name and partner, so many to a page, the first page included."""


class Counted(Struct, frozen=True):
    """A value and how many programs have it."""

    value: Value
    count: int


class Browse(Struct, frozen=True, kw_only=True):
    """A page of one value, which `count` programs have: some of them as `cards`, some as `lines`.

    `aged` are some of the programs that nobody has confirmed for long; they come last and are not counted.
    `related` and `further` are other values to go to. `number` is that of the page, of `pages`, counted from 1.
    """

    facet: str
    value: Value
    count: int
    cards: Pile
    lines: Pile
    aged: Pile
    number: int = 1
    pages: int = 1
    related: tuple[Counted, ...] = ()
    further: tuple[Counted, ...] = ()


def units(directory: Directory, today: date, deck: Deck, cards: int = CARDS, lines: int = LINES) -> Iterator[Unit]:
    """The pages of each value with programs, facets and values in the order of the finder."""
    for facet in FACETS:
        sets = deck.sets[facet.key]
        there = tuple(
            Counted(value, deck.current(sets[value.slug])) for value in values(facet, directory) if value.slug in sets
        )
        for counted in there:
            yield from value_units(facet, counted, there, sets, deck, cards, lines)


def value_units(
    facet: Facet,
    counted: Counted,
    there: tuple[Counted, ...],
    sets: Mapping[str, tuple[Offer, ...]],
    deck: Deck,
    cards: int,
    lines: int,
) -> Iterator[Unit]:
    """The first page of a value, and more pages of lines where it has many programs."""
    value, offers, count = counted.value, sets[counted.value.slug], counted.count
    first = min(cards, count)
    starts = (first, *range(first + lines, len(offers), lines))
    for number, start in enumerate(starts, start=1):
        shown = deck.pile(offers[:first] if number == 1 else ())
        end = start + lines
        view = Browse(
            facet=facet.key,
            value=value,
            count=count,
            cards=shown,
            lines=deck.pile(offers[start : min(end, count)]),
            aged=deck.pile(offers[max(start, count) : end]),
            number=number,
            pages=len(starts),
            related=tuple(related(facet, value, there)) if number == 1 else (),
            further=tuple(further(value, there)) if number == 1 else (),
        )
        yield Unit(address=address(facet.key, value, number), page=page, view=view, speaks=shown.speaks)


def address(facet: str, value: Value, number: int) -> str:
    """Where a page of a value lies, below the language."""
    return f"{facet}/{value.slug}/" if number == 1 else f"{facet}/{value.slug}/{number}/"


def page(view: Browse, slots: Slots, templates: Environment) -> Page:
    """A page of one value."""
    facet, value = BY_KEY[view.facet], view.value
    heading = {"facet": slots.gettext(facet.label), "count": slots.number(view.count)}
    frame = "browse" if view.number == 1 else "browse-more"
    body = templates.get_template("browse.html").render(
        root="../" * FRAMES[frame],
        view=view,
        facet=facet,
        value=value,
        heading=heading,
        before=address(facet.key, value, view.number - 1) if view.number > 1 else "",
        after=address(facet.key, value, view.number + 1) if view.number < view.pages else "",
    )
    return Page(
        frame=frame,
        rest=address(facet.key, value, view.number),
        title=title(view, slots.said(facet.heading(value.slug), value=label(slots, value), **heading), slots),
        description=slots.gettext("See what each program costs, when it is and how to join."),
        body=body,
        section="find",
    )


def title(view: Browse, heading: str, locale: Locale) -> str:
    """The heading, and on further pages which one it is."""
    if view.number == 1:
        return heading
    numbers = {"number": locale.number(view.number), "count": locale.number(view.pages)}
    return f"{heading} · {locale.said('Page %(number)s of %(count)s', **numbers)}"


def related(facet: Facet, value: Value, there: tuple[Counted, ...]) -> Iterator[Counted]:
    """The other values of the facet; of schools only what is no school, for their list is a page of its own."""
    beside = (value, *(other.value for other in further(value, there)))
    return (each for each in there if each.value not in beside and not (facet.key == "school" and each.value.name))


def further(value: Value, there: tuple[Counted, ...]) -> Iterator[Counted]:
    """The values under which more programs may fit: those that fit always, and those that do not say."""
    return (other for other in there if other.value.slug in (ANY, ASK) and value.slug not in (ANY, ASK))
