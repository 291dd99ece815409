"""What a map shows and where: the outline, marks of schools and of programs elsewhere, names and numbers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from msgspec import Struct

from generator.cartography.labels import Side, placed
from generator.cartography.marks import APART, gathered, reading_order
from generator.cartography.projection import WIDTH, Box, Point, Position, Projection, around, project
from generator.cartography.shape import cut, simplified
from generator.directory import KM_PER_DEGREE, MILE_KM, distance_km
from generator.model import Bounds, Outline
from generator.text import sort_key

MOST_PLACES = 150
"""So many marks of programs elsewhere at most: with more, those nearest to each other are gathered."""
COARSER = 1.5
TOLERANCE = 1.0
"""Units that a simplified outline may be off; one unit is some 20 m."""
BARS_MILES = (0.25, 0.5, 1, 2, 5, 10, 20, 50)
SHORTEST_BAR = 60
"""Units of the bar that shows the scale, at least where the map is large enough."""


class Spot(Struct, frozen=True, gc=False):
    """A school with the number of its programs; its position is None when it is not known or not in the district.

    `label` is the name on the map, often a short one.
    """

    slug: str
    name: str
    label: str
    region: str
    count: int
    at: Position | None


class Elsewhere(Struct, frozen=True, gc=False):
    """A program at a place that is no school, with its address below `partners/`."""

    place: str
    route: str
    program: str
    at: Position


class Chart(Struct, frozen=True, kw_only=True):
    """All that a map is drawn from."""

    bounds: Bounds
    spots: tuple[Spot, ...]
    elsewhere: tuple[Elsewhere, ...]
    outline: Outline | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A mark on the map: of one school, of several too near to each other, or, without any, of programs elsewhere.

    `elsewhere` are the programs at places so near that they share the mark, each route once. One without a name beside
    it has a `number`, by which the page tells what it stands for; programs elsewhere have neither.
    """

    point: Point
    spots: tuple[Spot, ...]
    elsewhere: tuple[Elsewhere, ...]
    side: Side | None = None
    number: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether we know of no program there."""
        return not self.elsewhere and not any(spot.count for spot in self.spots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A canvas of `width` by `height` units, marks in the order in which people read a map.

    `outline` is an SVG path, empty without one. The bar of `bar` units is as long as `bar_km`.
    """

    width: int
    height: int
    outline: str
    marks: tuple[Mark, ...]
    bar: int
    bar_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A mark's programs elsewhere for the list: names of places, programs, and the nearest school."""

    number: int
    places: tuple[str, ...]
    elsewhere: tuple[Elsewhere, ...]
    nearest: Spot
    distance_km: float


class Placed(Protocol):
    """What may have a position in degrees."""

    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


def position(place: Placed, bounds: Bounds) -> Position | None:
    """Where a place is; None when that is not known or not in the district."""
    if place.latitude is None or place.longitude is None or not bounds.hold(place.latitude, place.longitude):
        return None
    return place.latitude, place.longitude


def draw(chart: Chart) -> Drawing:
    """The map of a chart in which at least one school has a position."""
    bounds = chart.bounds
    limits = Box(south=bounds.south, west=bounds.west, north=bounds.north, east=bounds.east)
    rings = tuple(ring for each in (chart.outline.rings if chart.outline else ()) if (ring := cut(each, limits)))
    located = tuple(spot for spot in chart.spots if spot.at)
    positions = (*(spot.at for spot in located if spot.at), *(each.at for each in chart.elsewhere))
    projection = project(around((*positions, *(position for ring in rings for position in ring))))
    marks = numbered(marks_of(located, chart.elsewhere, projection), projection)
    bar_km = bar_length(projection)
    return Drawing(
        width=WIDTH,
        height=projection.height,
        outline=path(rings, projection),
        marks=marks,
        bar=units_of(bar_km, projection),
        bar_km=bar_km,
    )


def marks_of(spots: Sequence[Spot], elsewhere: Sequence[Elsewhere], projection: Projection) -> tuple[Mark, ...]:
    """The marks of schools and of programs elsewhere, without names; schools have the first choice of place."""
    positions = (*(spot.at for spot in spots if spot.at), *(each.at for each in elsewhere))
    points = list(map(projection.point, positions))
    several = gathered(points)
    at_schools = tuple(numbers for numbers in several if numbers[0] < len(spots))
    others = coarser(tuple(numbers for numbers in several if numbers[0] >= len(spots)), points)
    marks = (
        Mark(
            point=points[numbers[0]],
            spots=tuple(spots[number] for number in numbers if number < len(spots)),
            elsewhere=each_once(elsewhere[number - len(spots)] for number in numbers if number >= len(spots)),
        )
        for numbers in (*at_schools, *others)
    )
    return tuple(sorted(marks, key=lambda mark: reading_order(mark.point)))


def coarser(marks: tuple[tuple[int, ...], ...], points: Sequence[Point]) -> tuple[tuple[int, ...], ...]:
    """Marks gathered further and further until there are no more than `MOST_PLACES`."""
    apart = float(APART)
    while len(marks) > MOST_PLACES:
        apart *= COARSER
        joined = gathered([points[numbers[0]] for numbers in marks], round(apart))
        marks = tuple(tuple(number for mark in several for number in marks[mark]) for several in joined)
    return marks


def each_once(elsewhere: Iterable[Elsewhere]) -> tuple[Elsewhere, ...]:
    """Programs, each at the first of its places."""
    found: dict[str, Elsewhere] = {}
    for each in elsewhere:
        found.setdefault(each.route, each)
    return tuple(found.values())


def numbered(marks: tuple[Mark, ...], projection: Projection) -> tuple[Mark, ...]:
    """The same marks, schools with a name beside them or a number; those with most programs get their names first."""
    single = [mark for mark in marks if len(mark.spots) == 1]
    single.sort(key=lambda mark: (-mark.spots[0].count, sort_key(mark.spots[0].label), mark.spots[0].slug))
    room = placed(
        [(mark.point, mark.spots[0].label) for mark in single], [mark.point for mark in marks], projection.height
    )
    sides = {mark.point: found[0] for mark, found in zip(single, room, strict=True) if found}
    unnamed = [mark.point for mark in marks if mark.spots and mark.point not in sides]
    numbers = {point: number for number, point in enumerate(unnamed, 1)}
    return tuple(
        Mark(
            point=mark.point,
            spots=mark.spots,
            elsewhere=mark.elsewhere,
            side=sides.get(mark.point),
            number=numbers.get(mark.point),
        )
        for mark in marks
    )


def path(rings: Iterable[Sequence[Position]], projection: Projection) -> str:
    """Rings as an SVG path of whole units, each corner told from the one before."""
    lines = (simplified([projection.point(position) for position in ring], TOLERANCE) for ring in rings)
    return "".join(f"M{corners[0][0]} {corners[0][1]}l{steps(corners)}z" for corners in lines if corners)


def steps(corners: Sequence[Point]) -> str:
    """The way from each corner to the next."""
    return " ".join(f"{there[0] - here[0]} {there[1] - here[1]}" for here, there in pairwise(corners))


def bar_length(projection: Projection) -> float:
    """A length for the bar that shows the scale, in kilometres: a round number of miles, easy to see."""
    lengths = [miles * MILE_KM for miles in BARS_MILES]
    return next((each for each in lengths if units_of(each, projection) >= SHORTEST_BAR), lengths[-1])


def units_of(length_km: float, projection: Projection) -> int:
    """How long a distance is on the map."""
    return round(length_km / KM_PER_DEGREE * projection.scale)


def rows_of(drawing: Drawing) -> tuple[Row, ...]:
    """Programs elsewhere as the list tells them, by the name of the nearest school, then by the distance from it."""
    spots = tuple(spot for mark in drawing.marks for spot in mark.spots)
    with_places = (mark.elsewhere for mark in drawing.marks if mark.elsewhere)
    rows = (row_of(number, elsewhere, spots) for number, elsewhere in enumerate(with_places, 1))
    return tuple(sorted(rows, key=lambda row: (sort_key(row.nearest.name), row.distance_km, row.number)))


def row_of(number: int, elsewhere: tuple[Elsewhere, ...], spots: Sequence[Spot]) -> Row:
    """A mark's programs elsewhere with the school nearest to the first of them."""
    distances = ((round(distance_km(spot.at, elsewhere[0].at), 3), spot.slug, spot) for spot in spots if spot.at)
    distance, _slug, nearest = min(distances, key=lambda each: each[:2])
    places = tuple(dict.fromkeys(each.place for each in elsewhere))
    return Row(number=number, places=places, elsewhere=elsewhere, nearest=nearest, distance_km=distance)


def row_numbers(drawing: Drawing) -> Mapping[Point, int]:
    """The number of the row that tells of a mark's programs elsewhere, by where the mark stands."""
    points = (mark.point for mark in drawing.marks if mark.elsewhere)
    return {point: number for number, point in enumerate(points, 1)}
