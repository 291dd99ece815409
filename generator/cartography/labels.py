"""Names beside marks, where they cover nothing; those without room get none."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from generator.cartography.marks import TARGET
from generator.cartography.projection import WIDTH, Point

SIZE = 13
"""Units of the type."""
ABOVE = 10
BELOW = 4
"""Units that the type takes up above and below its line."""
LONGEST = 190
"""Units; a longer name would cover half of the map."""
CELL = 64
NARROW = frozenset("iIjlft.,:;'’|!()[] -/")
BROAD = frozenset("mwMW@&%")
ROOMY = 1.04
"""Fonts differ: so much wider than usual is reckoned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A rectangle of the canvas."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Area") -> bool:
        """Whether the two overlap."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def cells(self) -> Iterator[Point]:
        """The squares of a grid that it touches."""
        for across in range(int(self.left // CELL), int(self.right // CELL) + 1):
            for down in range(int(self.top // CELL), int(self.bottom // CELL) + 1):
                yield across, down


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Where a name may stand beside its mark: its line begins, ends or has its middle so many units off the mark."""

    anchor: str
    across: int
    down: int


SIDES = (
    Side(anchor="start", across=10, down=4),
    Side(anchor="end", across=-10, down=4),
    Side(anchor="start", across=7, down=-7),
    Side(anchor="start", across=7, down=16),
    Side(anchor="end", across=-7, down=-7),
    Side(anchor="end", across=-7, down=16),
    Side(anchor="middle", across=0, down=-11),
    Side(anchor="middle", across=0, down=20),
)
"""The best first: people look for a name to the right of its mark."""


def placed(
    names: Sequence[tuple[Point, str]], marks: Sequence[Point], height: int
) -> tuple[tuple[Side, Area] | None, ...]:
    """For each (mark, name) the side of the mark where the name stands, and the room that it takes up.

    None where there is no side at which it would cover neither a mark, nor an earlier name, nor the edge of the canvas.
    The names that matter most come first. `marks` are all marks of the map, those with a name included.
    """
    taken: defaultdict[Point, list[tuple[Point | None, Area]]] = defaultdict(list)
    for mark in marks:
        area = square(mark)
        for cell in area.cells():
            taken[cell].append((mark, area))
    found: list[tuple[Side, Area] | None] = []
    for mark, name in names:
        width = width_of(name)
        sides = ((side, area_of(mark, width, side)) for side in SIDES) if width <= LONGEST else ()
        free = next((each for each in sides if is_free(each[1], mark, taken, height)), None)
        if free:
            for cell in free[1].cells():
                taken[cell].append((None, free[1]))
        found.append(free)
    return tuple(found)


def is_free(area: Area, mark: Point, taken: defaultdict[Point, list[tuple[Point | None, Area]]], height: int) -> bool:
    """Whether a name may take up the room: on the canvas, and meeting nothing but its own mark."""
    if area.left < 0 or area.top < 0 or area.right > WIDTH or area.bottom > height:
        return False
    others = (each for cell in area.cells() for each in taken.get(cell, ()))
    return not any(owner != mark and area.meets(other) for owner, other in others)


def square(mark: Point) -> Area:
    """The room of a mark."""
    half = TARGET / 2
    return Area(left=mark[0] - half, top=mark[1] - half, right=mark[0] + half, bottom=mark[1] + half)


def area_of(mark: Point, width: float, side: Side) -> Area:
    """The room of a name of that width at a side of its mark."""
    start = mark[0] + side.across - {"start": 0.0, "middle": width / 2, "end": width}[side.anchor]
    line = mark[1] + side.down
    return Area(left=start, top=line - ABOVE, right=start + width, bottom=line + BELOW)


def width_of(text: str, size: float = SIZE) -> float:
    """How many units a text takes up, reckoned for the broader ones of the fonts that devices bring."""
    return sum(map(width_of_character, text)) * size * ROOMY


def width_of_character(character: str) -> float:
    """The width of a character as a part of the size of the type."""
    if combining(character):
        return 0.0
    if east_asian_width(character) in "WF":
        return 1.0
    if character in NARROW:
        return 0.38
    if character in BROAD:
        return 0.95
    return 0.72 if character.isupper() else 0.62
