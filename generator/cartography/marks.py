"""Marks far enough apart to be told from each other by a finger; what is too near shares one."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from generator.cartography.projection import Point

TARGET = 24
"""Units across of what can be pressed: 24 CSS px is the least (WCAG 2.2, 2.5.8), and a unit is never less than one."""
APART = TARGET + 1
"""Units between the middles of two marks, across or down, so that their squares never touch."""


def gathered(points: Sequence[Point], apart: int = APART) -> tuple[tuple[int, ...], ...]:
    """The numbers of the points that share a mark, for each mark; it stands at the first of them.

    Points that come first get a mark of their own sooner; each later one joins the nearest mark that is less than
    `apart` away, across and down, and the earlier of two that are as near.
    """
    marks: list[list[int]] = []
    cells: defaultdict[Point, list[int]] = defaultdict(list)
    for number, point in enumerate(points):
        near = [
            (off(points[marks[mark][0]], point), mark)
            for cell in neighbours(cell_of(point, apart))
            for mark in cells.get(cell, ())
        ]
        gap, mark = min(near, default=(apart, -1))
        if gap < apart:
            marks[mark].append(number)
        else:
            cells[cell_of(point, apart)].append(len(marks))
            marks.append([number])
    return tuple(map(tuple, marks))


def off(a: Point, b: Point) -> int:
    """How far apart two points are, across or down, whichever is more."""
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]))


def cell_of(point: Point, size: int) -> Point:
    """The square of a grid in which a point lies."""
    return point[0] // size, point[1] // size


def neighbours(cell: Point) -> Iterator[Point]:
    """A square of a grid and the eight around it."""
    for across in (-1, 0, 1):
        for down in (-1, 0, 1):
            yield cell[0] + across, cell[1] + down


def reading_order(point: Point, band: int = 2 * TARGET) -> tuple[int, int, int]:
    """A key that sorts points as people read a map: by bands from north to south, from west to east in each."""
    return point[1] // band, point[0], point[1]
