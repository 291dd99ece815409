"""The map of schools and of programs elsewhere (P8), drawn when the site is built, with a list that says the same."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory, Offer
from generator.model import Region
from generator.pages.cards import Deck
from generator.pages.drawing import Chart, Elsewhere, Spot, draw, position, row_numbers, rows_of
from generator.pages.page import Page
from generator.pages.schools import offers_here
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.text import sort_key

ADDRESS = "map/"

View = tuple[Chart, tuple[Region, ...]]
"""What the map is drawn from, and the district's regions in its order."""


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page; none where no school has a position."""
    if directory.is_mapped:
        yield Unit(address=ADDRESS, page=page, view=(chart(directory, deck), directory.district.regions))


def chart(directory: Directory, deck: Deck) -> Chart:
    """Every school, and every program elsewhere that families may count on and whose place is known."""
    return Chart(
        bounds=directory.district.bounds,
        spots=tuple(spots(directory, deck)),
        elsewhere=tuple(each for offer, _ in deck.listed for each in elsewhere(offer, directory)),
        outline=directory.outline,
    )


def spots(directory: Directory, deck: Deck) -> Iterator[Spot]:
    """Schools by name, with the number of programs that the list of schools tells."""
    for school in sorted(directory.schools.values(), key=lambda school: (sort_key(school.name), school.slug)):
        short = school.short_name
        yield Spot(
            slug=school.slug,
            name=school.name,
            label=short if short and short.casefold() in school.name.casefold() else school.name,
            region=school.region,
            count=len(offers_here(directory, school, deck)) + len(deck.without_place.get(school.slug, ())),
            at=position(school, directory.district.bounds),
        )


def elsewhere(offer: Offer, directory: Directory) -> Iterator[Elsewhere]:
    """The places of a program that are no schools."""
    for place in offer.program.where.places:
        if at := position(place, directory.district.bounds):
            yield Elsewhere(place=place.name, route=offer.route, program=offer.program.name, at=at)


def page(view: View, slots: Slots, templates: Environment) -> Page:
    """The drawing, what its numbers stand for, every school by region, and programs elsewhere."""
    chart, regions = view
    drawing = draw(chart)
    root = "../../"
    body = templates.get_template("map.html").render(
        root=root,
        drawing=drawing,
        numbers=row_numbers(drawing),
        parts=parts(chart, regions),
        rows=rows_of(drawing),
        on_map={spot.slug: mark.number for mark in drawing.marks for spot in mark.spots},
        credit=chart.outline.attribution if chart.outline and drawing.outline else "",
    )
    return Page(
        frame="list",
        rest=ADDRESS,
        title=slots.gettext("Map of schools and programs"),
        description=slots.gettext("See where schools are, and which of them have programs."),
        head=templates.get_template("map-head.html").render(root=root),
        body=body,
        section="schools",
    )


def parts(chart: Chart, regions: tuple[Region, ...]) -> tuple[tuple[Region | None, tuple[Spot, ...]], ...]:
    """Schools by region in the district's order, each with its own; those without a region come last, under None."""
    known = {region.slug for region in regions}
    by_region = tuple((region, tuple(s for s in chart.spots if s.region == region.slug)) for region in regions)
    rest = (None, tuple(spot for spot in chart.spots if spot.region not in known))
    return tuple((region, several) for region, several in (*by_region, rest) if several)
