"""Outlines: cut to a box, and with no more corners than can be seen."""

from collections.abc import Callable, Iterator, Sequence
from math import hypot

from generator.cartography.projection import Box, Point, Position

Ring = tuple[Position, ...]
"""A closed line; its last position is joined to the first one, which does not come twice."""
Inside = Callable[[Position], bool]
Cross = Callable[[Position, Position], Position]


def cut(ring: Ring, box: Box) -> Ring:
    """The part of an area that lies in the box, by the algorithm of Sutherland and Hodgman; empty when none does.

    Parts that hang together only outside stay joined by a line along the edge.
    """
    edges: tuple[tuple[Inside, Cross], ...] = (
        (lambda p: p[0] >= box.south, lambda a, b: (box.south, between(a, b, 0, box.south))),
        (lambda p: p[0] <= box.north, lambda a, b: (box.north, between(a, b, 0, box.north))),
        (lambda p: p[1] >= box.west, lambda a, b: (between(a, b, 1, box.west), box.west)),
        (lambda p: p[1] <= box.east, lambda a, b: (between(a, b, 1, box.east), box.east)),
    )
    for inside, cross in edges:
        ring = tuple(clipped(ring, inside, cross))
    return ring


def clipped(ring: Ring, inside: Inside, cross: Cross) -> Iterator[Position]:
    """The part of an area on the right side of one edge."""
    for number, here in enumerate(ring):
        before = ring[number - 1]
        if inside(here) != inside(before):
            yield cross(before, here)
        if inside(here):
            yield here


def between(a: Position, b: Position, axis: int, at: float) -> float:
    """The other coordinate of the point of the line from a to b where the coordinate `axis` is `at`.

    Always between those of a and b, however the division rounds.
    """
    other = 1 - axis
    found = a[other] + (b[other] - a[other]) * (at - a[axis]) / (b[axis] - a[axis])
    return min(max(found, min(a[other], b[other])), max(a[other], b[other]))


def simplified(ring: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """A ring with fewer corners, none of the left-out ones further than `tolerance` from it (Douglas and Peucker).

    Empty when what is left is no area.
    """
    points = tuple(point for number, point in enumerate(ring) if point != ring[number - 1])
    if len(points) < 3:
        return ()
    start = points[0]
    far = max(range(len(points)), key=lambda number: distance(start, points[number]))
    halves = (points[: far + 1], (*points[far:], start))
    kept = tuple(point for half in halves for point in thinned(half, tolerance)[:-1])
    return kept if len(kept) >= 3 else ()


def thinned(line: Sequence[Point], tolerance: float) -> tuple[Point, ...]:
    """A line without the corners that can be missed, both ends kept; without recursion, for lines can be long."""
    kept = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        inner = range(first + 1, last)
        if not inner:
            continue
        far = max(inner, key=lambda number: off_line(line[number], line[first], line[last]))
        if off_line(line[far], line[first], line[last]) > tolerance:
            kept.add(far)
            waiting += [(first, far), (far, last)]
    return tuple(line[number] for number in sorted(kept))


def off_line(point: Point, start: Point, end: Point) -> float:
    """How far a point is from the line between two others, its ends included."""
    across, down = end[0] - start[0], end[1] - start[1]
    square = across * across + down * down
    if not square:
        return distance(point, start)
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / square
    along = min(1.0, max(0.0, along))
    return hypot(point[0] - start[0] - along * across, point[1] - start[1] - along * down)


def distance(a: Point, b: Point) -> float:
    """How far two points are from each other."""
    return hypot(a[0] - b[0], a[1] - b[1])
