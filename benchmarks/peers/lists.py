"""The lists that families browse, in finished words: what a peer needs to write the same lists as ours."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from benchmarks.peers.sheet import Line
from generator.languages import Locale
from generator.pages import cards
from generator.pages.browse import CARDS, LINES, Counted, further, related
from generator.pages.facts import cost_words, week_words, who_words
from generator.pages.phone import dial
from generator.pages.render import tone
from generator.search.facets import FACETS, Facet, Value, label, values

SHOWN_STATES = ("waitlist", "full", "closed")
FEW_SPOTS = 2
FOLDERS = {"school": "near-school"}
"""Where the lists of a facet lie, if not in a folder of its name: Hugo takes what is below `schools` for terms of a
taxonomy `school`, because the one name begins with the other.
"""

Values = Mapping[str, tuple[str, ...]]
"""The slugs of a program's values by facet."""


class Card(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a card says besides the name and summary of its program: `href`, `do` and `call` are of its button."""

    area: str
    tone: int
    href: str
    do: str
    call: str
    grade: str = ""
    cost: str = ""
    status: str = ""
    days: str = ""
    place: str = ""
    language: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """A program in the lists: its `weight` is its place among all of them, counted from 1."""

    weight: int
    values: Values
    card: cards.Card


class List(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The page of one value: `route` is its address in every language, `finder` a query, `school` a school's route.

    `further` and `related` are other values to go to, each with its number of programs as `more`.
    """

    route: str
    title: str
    summary: str
    finder: str
    other: str
    school: str = ""
    is_school: bool = False
    further: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()


def entries(deck: cards.Deck) -> dict[str, Entry]:
    """Every program that our lists have, by its sheet's route."""
    return {
        f"partners/{offer.route}": Entry(weight=weight, values=values, card=cards.card_of(offer, deck.directory))
        for weight, (offer, values) in enumerate(deck.listed, start=1)
    }


def card(shown: cards.Card, locale: Locale) -> Card:
    """A card in the words of a language, as `card.html` of ours has them."""
    href, do, call = button(shown, locale)
    return Card(
        area=locale.term("focus-areas", shown.area),
        tone=tone(locale, shown.area),
        href=href,
        do=do,
        call=call,
        grade=next(iter(who_words(locale, shown.grades, shown.ages, shown.audience)), ""),
        cost=cost_words(locale, shown.cost) if shown.cost else "",
        status=locale.term("program-status", shown.state) if shown.state in SHOWN_STATES else "",
        days=week_words(locale, shown.days, shown.seasons),
        place=place(shown, locale),
        language=locale.listed(locale.terms("languages", shown.languages)) if shown.languages else "",
    )


def button(shown: cards.Card, locale: Locale) -> tuple[str, str, str]:
    """Where a card's button leads, what stands on it, and what it is called when it is read out."""
    if called := dial(shown.number) if shown.number else "":
        return called, locale.gettext("Call"), locale.said("Call %(name)s", name=shown.name)
    if shown.address:
        return f"mailto:{shown.address}", locale.gettext("E-mail"), locale.said("E-mail %(name)s", name=shown.name)
    joined = locale.said("How to join %(name)s", name=shown.name)
    return f"/{locale.language}/partners/{shown.route}/", locale.gettext("How to join"), joined


def place(shown: cards.Card, locale: Locale) -> str:
    """Where a program is: two places, or one and how many more."""
    spots = (*shown.spots, *((locale.gettext("Online"),) if shown.is_online else ()))
    if len(spots) <= FEW_SPOTS:
        return locale.gettext(", ").join(spots)
    more = locale.ngettext("%(name)s and %(count)s more place", "%(name)s and %(count)s more places", len(spots) - 1)
    return more % {"name": spots[0], "count": len(spots) - 1}


def lists(deck: cards.Deck, locale: Locale) -> Iterator[List]:
    """Every value that some program has, facet by facet."""
    for facet in FACETS:
        sets = deck.sets[facet.key]
        known = (value for value in values(facet, deck.directory) if value.slug in sets)
        there = tuple(Counted(value, len(sets[value.slug])) for value in known)
        for counted in there:
            yield list_of(facet, counted, there, locale)


def list_of(facet: Facet, counted: Counted, there: tuple[Counted, ...], locale: Locale) -> List:
    """The page of a value in the words of a language."""
    value, asked = counted.value, locale.gettext(facet.label)
    heading = {"value": label(locale, value), "facet": asked, "count": locale.number(counted.count)}
    return List(
        route=route(facet, value),
        title=locale.said(facet.heading(value.slug), **heading),
        summary=locale.gettext("See what each program costs, when it is and how to join."),
        finder=f"{facet.key}={value.slug}",
        other=locale.said("Or choose another: %(facet)s", facet=asked),
        school=f"schools/{value.slug}" if facet.key == "school" and value.name else "",
        is_school=facet.key == "school",
        further=tuple(links(facet, further(value, there), locale)),
        related=tuple(links(facet, related(facet, value, there), locale)),
    )


def route(facet: Facet, value: Value) -> str:
    """The address of a list in every language."""
    return f"{folder(facet.key)}/{value.slug}"


def folder(key: str) -> str:
    """The folder of a facet's lists."""
    return FOLDERS.get(key, key)


def links(facet: Facet, others: Iterable[Counted], locale: Locale) -> Iterator[Line]:
    """Other values of a facet as links."""
    for other in others:
        text, more = label(locale, other.value), locale.number(other.count)
        yield Line(text=text, route=route(facet, other.value), more=more)


def pages(deck: cards.Deck) -> int:
    """How many pages all lists take in one language."""
    return sum(pages_of(len(offers)) for sets in deck.sets.values() for offers in sets.values())


def pages_of(programs: int) -> int:
    """The pages of a list: cards and lines on the first one, lines on the others."""
    return max(1, -(-(programs - CARDS) // LINES))
