"""The finder (P2): every listed program on one page, with the facets to filter them by."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment

from generator.directory import Directory, Offer
from generator.languages import N_, Locale
from generator.pages.page import FRAMES, Page
from generator.search.facets import FACETS, Facet, Value, browse_sets, values
from generator.search.listing import listed_with_values

WHOLE_LIST = 600
"""Up to this many programs, each one is a card."""
FIRST_CARDS = 100
"""With more programs than that, as many are cards, and the others are lines with name and partner."""
NEAR_MILES = 2
"""How far from a school a program may be to count as near it."""
GROUP_LABELS = {"near": N_("Near my school or area")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value in the form: `count` programs have it; `at` is a school's (latitude, longitude) in degrees."""

    value: Value
    count: int
    at: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A facet in the form with the values that can be chosen."""

    facet: Facet
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A program in the list with the slugs of its values by facet; `spots` are its own places in degrees."""

    offer: Offer
    values: Mapping[str, tuple[str, ...]]
    spots: tuple[tuple[float, float], ...]
    is_card: bool


def pages(
    directory: Directory, locale: Locale, templates: Environment, today: date, whole_list: int = WHOLE_LIST
) -> Iterator[Page]:
    """The one page; with more than `whole_list` programs only the first ones are cards."""
    valued = listed_with_values(directory)
    cards = len(valued) if len(valued) <= whole_list else min(FIRST_CARDS, whole_list)
    body = templates.get_template("finder.html").render(
        root="../" * FRAMES["finder"],
        groups=groups(directory, locale, browse_sets(valued)),
        rows=[row(offer, found, is_card=place < cards) for place, (offer, found) in enumerate(valued)],
        near_miles=NEAR_MILES,
    )
    yield Page(
        language=locale.language,
        frame="finder",
        rest="find/",
        title=locale.gettext("Find programs"),
        description=locale.gettext("Find programs by grade, need, cost, school, day and language."),
        head=templates.get_template("finder-head.html").render(root="../" * FRAMES["finder"]),
        body=body,
        section="find",
    )


def row(offer: Offer, found: Mapping[str, tuple[str, ...]], *, is_card: bool) -> Row:
    """What the list says about a program."""
    places = offer.program.where.places
    spots = tuple((p.latitude, p.longitude) for p in places if p.latitude is not None and p.longitude is not None)
    return Row(offer=offer, values=found, spots=spots, is_card=is_card)


def groups(
    directory: Directory, locale: Locale, sets: Mapping[str, Mapping[str, tuple[Offer, ...]]]
) -> tuple[tuple[str, str, tuple[Part, ...]], ...]:
    """The form as (key, label, facets), in the order shown; facets of one group are together."""
    found: dict[str, list[Part]] = {}
    for facet in FACETS:
        if choices := tuple(choices_of(facet, directory, locale, sets[facet.key])):
            found.setdefault(facet.group or facet.key, []).append(Part(facet=facet, choices=choices))
    return tuple(
        (key, locale.gettext(GROUP_LABELS.get(key, parts[0].facet.label)), tuple(parts)) for key, parts in found.items()
    )


def choices_of(
    facet: Facet, directory: Directory, locale: Locale, found: Mapping[str, tuple[Offer, ...]]
) -> Iterator[Choice]:
    """The values that some program has; of the schools every one, for something may be near it."""
    if not found:
        return
    for value in values(facet, locale):
        school = directory.schools.get(value.slug) if facet.key == "school" else None
        count = len(found.get(value.slug, ()))
        if school and school.latitude is not None and school.longitude is not None:
            yield Choice(value=value, count=count, at=(school.latitude, school.longitude))
        elif count:
            yield Choice(value=value, count=count)
