"""The geometry of the map: what holds for any positions, outlines and names."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from generator.cartography.labels import LONGEST, SIDES, area_of, placed, square, width_of
from generator.cartography.marks import APART, gathered, off, reading_order
from generator.cartography.projection import HEIGHT, MARGIN, WIDTH, Box, around, project
from generator.cartography.shape import cut, distance, off_line, simplified

BOX = Box(south=42.2, west=-71.2, north=42.5, east=-70.9)
inside = some.tuples(some.floats(BOX.south, BOX.north), some.floats(BOX.west, BOX.east))
anywhere = some.tuples(some.floats(-60, 60), some.floats(-170, 170))
near_box = some.tuples(some.floats(41, 44), some.floats(-72, -70))
points = some.tuples(some.integers(MARGIN, WIDTH - MARGIN), some.integers(MARGIN, 900))
names = some.text(some.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=24)


@given(some.lists(anywhere, min_size=1, max_size=30))
def test_every_position_is_on_the_canvas_and_off_its_edge(positions: list[tuple[float, float]]) -> None:
    projection = project(around(positions))
    assert 2 * MARGIN <= projection.height <= HEIGHT
    for position in positions:
        across, down = projection.point(position)
        assert MARGIN - 1 <= across <= WIDTH - MARGIN + 1
        assert MARGIN - 1 <= down <= projection.height - MARGIN + 1


@given(inside, inside)
def test_north_is_up_and_east_is_right(a: tuple[float, float], b: tuple[float, float]) -> None:
    projection = project(BOX)
    (across_a, down_a), (across_b, down_b) = projection.point(a), projection.point(b)
    assert (down_a <= down_b) if a[0] >= b[0] else (down_a >= down_b)
    assert (across_a >= across_b) if a[1] >= b[1] else (across_a <= across_b)


def test_a_mile_is_as_long_to_the_east_as_to_the_north() -> None:
    middle = (42.35, -71.05)
    projection = project(BOX)
    north = projection.point((middle[0] + 0.1, middle[1]))
    east = projection.point((middle[0], middle[1] + 0.1 / projection.narrowing))
    start = projection.point(middle)
    assert off(start, north) == pytest.approx(off(start, east), abs=1)


def test_a_single_position_is_shown_with_what_is_around_it() -> None:
    projection = project(around([(47.6, -122.3)]))
    assert projection.point((47.6, -122.3)) == (WIDTH // 2, projection.height // 2)
    assert projection.box.north - projection.box.south == pytest.approx(0.02)


@given(some.lists(points, max_size=60), some.integers(1, 80))
def test_marks_are_apart_and_every_point_has_one(spots: list[tuple[int, int]], apart: int) -> None:
    marks = gathered(spots, apart)
    assert sorted(number for mark in marks for number in mark) == list(range(len(spots)))
    middles = [spots[mark[0]] for mark in marks]
    assert all(off(a, b) >= apart for a, b in combinations(middles, 2))
    assert all(off(spots[mark[0]], spots[number]) < apart for mark in marks for number in mark)


@given(some.lists(some.tuples(points, names), max_size=30))
def test_no_name_covers_a_mark_another_name_or_the_edge(spots: list[tuple[tuple[int, int], str]]) -> None:
    kept = [spots[mark[0]] for mark in gathered([point for point, _ in spots])]
    marks = [point for point, _ in kept]
    found = placed(kept, marks, 1000)
    areas = [(mark, each[1]) for mark, each in zip(marks, found, strict=True) if each]
    for mark, area in areas:
        assert area.left >= 0
        assert area.right <= WIDTH
        assert area.top >= 0
        assert area.bottom <= 1000
        assert not any(area.meets(square(other)) for other in marks if other != mark)
    assert not any(a.meets(b) for (_, a), (_, b) in combinations(areas, 2))


def test_a_name_with_room_stands_on_the_right_and_one_without_has_none() -> None:
    alone = placed([((100, 100), "Oak")], [(100, 100)], 200)
    assert alone[0] == (SIDES[0], area_of((100, 100), width_of("Oak"), SIDES[0]))
    assert placed([((100, 100), "W" * 40)], [(100, 100)], 200) == (None,)
    assert width_of("W" * 40) > LONGEST
    at_edge = placed([((WIDTH - 20, 100), "Oak Elementary")], [(WIDTH - 20, 100)], 200)
    assert at_edge[0]
    assert at_edge[0][0].anchor == "end"


def test_the_first_name_gets_the_room() -> None:
    spots = [((300, 100), "Oak Elementary School"), ((330, 100), "Elm")]
    first, second = placed(spots, [point for point, _ in spots], 200)
    assert first
    assert second
    assert (first[0].anchor, second[0].anchor) == ("end", "start")


@given(some.lists(points, min_size=2, max_size=20, unique=True))
def test_marks_are_read_from_north_to_south(spots: list[tuple[int, int]]) -> None:
    ordered = sorted(spots, key=reading_order)
    assert all(later[1] - earlier[1] > -48 for earlier, later in pairwise(ordered))


@given(some.lists(near_box, min_size=3, max_size=30))
def test_an_outline_that_is_cut_lies_in_the_box(ring: list[tuple[float, float]]) -> None:
    assert all(BOX.hold(position) for position in cut(tuple(ring), BOX))


@given(some.lists(inside, min_size=3, max_size=30))
def test_an_outline_in_the_box_stays_as_it_is(ring: list[tuple[float, float]]) -> None:
    assert cut(tuple(ring), BOX) == tuple(ring)


def test_an_outline_around_the_box_becomes_the_box() -> None:
    around_it = ((40.0, -75.0), (40.0, -65.0), (45.0, -65.0), (45.0, -75.0))
    corners = {(42.2, -71.2), (42.2, -70.9), (42.5, -70.9), (42.5, -71.2)}
    assert set(cut(around_it, BOX)) == corners
    assert cut(((0.0, 0.0), (0.0, 1.0), (1.0, 1.0)), BOX) == ()


@given(some.lists(points, min_size=3, max_size=40), some.floats(0, 30))
def test_what_is_left_out_of_an_outline_is_near_it(ring: list[tuple[int, int]], tolerance: float) -> None:
    kept = simplified(ring, tolerance)
    assert set(kept) <= set(ring)
    assert len(kept) == 0 or len(kept) >= 3
    sides = list(zip(kept, (*kept[1:], *kept[:1]), strict=True))
    if kept:
        assert all(min(off_line(point, *side) for side in sides) <= tolerance + 1e-9 for point in ring)


def test_a_straight_edge_needs_no_corners_between() -> None:
    square_ = [(0, 0), (50, 0), (100, 0), (100, 100), (50, 100), (0, 100), (0, 50)]
    assert sorted(simplified(square_, 1)) == [(0, 0), (0, 100), (100, 0), (100, 100)]
    assert simplified([(0, 0), (5, 5), (10, 10)], 1) == ()
    assert distance((0, 0), (3, 4)) == 5


def test_marks_can_be_pressed() -> None:
    assert APART > 24
