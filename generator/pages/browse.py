"""The browse pages (P3): for each value of a facet that some program has, the programs that have it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from jinja2 import Environment
from markupsafe import Markup

from generator.directory import Directory, Offer
from generator.languages import Locale
from generator.pages.page import FRAMES, Page
from generator.search.answers import ANY, ASK
from generator.search.facets import FACETS, Facet, Value, browse_sets, values
from generator.search.listing import listed_with_values

CARDS = 100
"""So many programs of a page are cards; the others are lines with name and partner."""

Macro = Callable[..., Markup]


def pages(
    directory: Directory, locale: Locale, templates: Environment, today: date, cards: int = CARDS
) -> Iterator[Page]:
    """One page for each value with programs, facets and values in the order of the finder."""
    sets = browse_sets(listed_with_values(directory))
    root = "../" * FRAMES["browse"]
    card_macro: Macro = templates.get_template("card.html").module.program_card  # type: ignore[attr-defined]
    line_macro: Macro = templates.get_template("program-list.html").module.program_line  # type: ignore[attr-defined]
    card = once(lambda offer: card_macro(offer, root, level=2))
    line = once(lambda offer: line_macro(offer, root))
    for facet in FACETS:
        there = tuple(value for value in values(facet, locale) if value.slug in sets[facet.key])
        for value in there:
            offers = sets[facet.key][value.slug]
            counts = {slug: len(others) for slug, others in sets[facet.key].items()}
            shown = (tuple(map(card, offers[:cards])), tuple(map(line, offers[cards:])))
            yield page(facet, value, there, counts, shown, locale=locale, templates=templates)


def page(
    facet: Facet,
    value: Value,
    there: tuple[Value, ...],
    counts: Mapping[str, int],
    shown: tuple[tuple[Markup, ...], tuple[Markup, ...]],
    *,
    locale: Locale,
    templates: Environment,
) -> Page:
    """The page of one value.

    `there` are all values of the facet that have a page, `counts` how many programs each has; `shown` are the cards of
    this value's programs and the lines after them.
    """
    heading = {"facet": locale.gettext(facet.label), "count": locale.number(counts[value.slug])}
    body = templates.get_template("browse.html").render(
        root="../" * FRAMES["browse"],
        facet=facet,
        value=value,
        heading=heading,
        cards=shown[0],
        lines=shown[1],
        related=tuple((other, counts[other.slug]) for other in related(facet, value, there)),
        further=tuple((other, counts[other.slug]) for other in further(value, there)),
    )
    return Page(
        language=locale.language,
        frame="browse",
        rest=f"{facet.key}/{value.slug}/",
        title=locale.gettext(facet.heading(value.slug)) % (heading | {"value": value.label}),
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


def once(render: Callable[[Offer], Markup]) -> Callable[[Offer], Markup]:
    """A function that renders each offer only once, however many pages show it."""
    made: dict[int, Markup] = {}  # by identity: an offer is a whole record, slow to compare

    def rendered(offer: Offer) -> Markup:
        found = made.get(id(offer))
        if found is None:
            found = made[id(offer)] = render(offer)
        return found

    return rendered
