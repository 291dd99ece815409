"""A figure as dots: how many to draw, and how much each stands for."""

from dataclasses import dataclass
from itertools import count

from generator.model import Impact

PER_ROW = 20
MOST = 200
"""Dots at most: ten rows."""
STEPS = (1, 2, 5)
NOT_COUNTED = ("percent", "percentage-points")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dots:
    """Rows of dots, 20 to a row; each dot stands for `each`."""

    full_rows: int
    rest: int
    each: int

    @property
    def rows(self) -> int:
        """Rows in all, the last one perhaps not full."""
        return self.full_rows + (self.rest > 0)


def dots(impact: Impact) -> Dots | None:
    """The dots of a figure, 1 to 200 of them; None for shares and for less than one."""
    if impact.unit in NOT_COUNTED or impact.figure < 1:
        return None
    scales = (step * 10**power for power in count() for step in STEPS)
    each = next(scale for scale in scales if impact.figure <= MOST * scale)
    full_rows, rest = divmod(max(1, round(impact.figure / each)), PER_ROW)
    return Dots(full_rows=full_rows, rest=rest, each=each)
