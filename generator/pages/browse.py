"""The browse pages (P3): for each value of a facet that some program has, the programs that have it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from generator.directory import Directory, Offer
from generator.languages import Locale
from generator.pages.page import FRAMES, Page
from generator.search.facets import ANY, ASK, FACETS, Facet, Value, browse_sets, values
from generator.search.listing import listed

CARDS = 100
"""So many programs of a page are cards; the others are lines with name and partner."""

Sets = Mapping[str, tuple[Offer, ...]]


def pages(
    directory: Directory, locale: Locale, templates: Environment, today: date, cards: int = CARDS
) -> Iterator[Page]:
    """One page for each value with programs, facets and values in the order of the finder."""
    sets = browse_sets(directory, listed(directory))
    macro: Callable[..., Markup] = templates.get_template("card.html").module.program_card  # type: ignore[attr-defined]
    card = once(lambda offer: macro(offer, "../" * FRAMES["browse"], level=2))
    for facet in FACETS:
        there = tuple(value for value in values(facet, locale) if value.slug in sets[facet.key])
        for value in there:
            yield page(facet, value, there, sets[facet.key], locale=locale, templates=templates, card=card, cards=cards)


def page(
    facet: Facet,
    value: Value,
    there: tuple[Value, ...],
    sets: Sets,
    *,
    locale: Locale,
    templates: Environment,
    card: Callable[[Offer], Markup],
    cards: int,
) -> Page:
    """The page of one value; `there` are all values of the facet that have a page."""
    offers = sets[value.slug]
    heading = {"facet": locale.gettext(facet.label), "count": locale.number(len(offers))}
    body = templates.get_template("browse.html").render(
        root="../" * FRAMES["browse"],
        facet=facet,
        value=value,
        heading=heading,
        cards=tuple(map(card, offers[:cards])),
        others=offers[cards:],
        related=tuple((other, len(sets[other.slug])) for other in related(facet, value, there)),
        further=tuple((other, len(sets[other.slug])) for other in further(value, there)),
    )
    title = locale.gettext(facet.heading(value.slug)) % (heading | {"value": value.label})
    return Page(
        language=locale.language,
        frame="browse",
        rest=f"{facet.key}/{value.slug}/",
        title=title,
        description=locale.gettext("See what each program costs, when it is and how to join."),
        body=body,
        section="find",
    )


def related(facet: Facet, value: Value, there: tuple[Value, ...]) -> Iterator[Value]:
    """The other values of the facet; of schools only what is no school, for their list is a page of its own."""
    return (v for v in there if v not in (value, *further(value, there)) and not (facet.key == "school" and v.is_name))


def further(value: Value, there: tuple[Value, ...]) -> Iterator[Value]:
    """The values under which more programs may fit: those that fit always, and those that do not say."""
    return (other for other in there if other.slug in (ANY, ASK) and value.slug not in (ANY, ASK))


def once(card: Callable[[Offer], Markup]) -> Callable[[Offer], Markup]:
    """A function that renders the card of each offer only once, however many pages show it."""
    made: dict[str, Markup] = {}

    def card_of(offer: Offer) -> Markup:
        if offer.route not in made:
            made[offer.route] = card(offer)
        return made[offer.route]

    return card_of
