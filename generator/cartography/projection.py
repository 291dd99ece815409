"""Positions in degrees as points of a canvas, by the plain equirectangular projection."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

Position = tuple[float, float]
"""Latitude and longitude in degrees (WGS 84)."""
Point = tuple[int, int]
"""Units of a canvas from its left and upper edges; whole ones are shorter to write."""

WIDTH = 640
HEIGHT = 1400
"""Units of a canvas: so wide it is always, and at most so high."""
MARGIN = 20
"""Units between the edge of the canvas and the outermost position: a mark has room there."""
LEAST_SPAN = 0.02
"""Degrees of latitude (2.2 km) that a map shows at least, so that a single school is not blown up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of the world, in degrees."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, position: Position) -> bool:
        """Whether the position lies in it, edges included."""
        return self.south <= position[0] <= self.north and self.west <= position[1] <= self.east

    @property
    def middle(self) -> float:
        """The latitude halfway up."""
        return (self.south + self.north) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """Equirectangular: north is up, and all degrees of longitude are as long as they are at the middle latitude.

    `scale` is units for each degree of latitude, `narrowing` the cosine of the middle latitude. Over the 30 km of a
    district distances are wrong by less than 1 in 300. `height` is that of the canvas in units.
    """

    box: Box
    scale: float
    narrowing: float
    left: float
    height: int

    def point(self, position: Position) -> Point:
        """Where the position lies on the canvas."""
        latitude, longitude = position
        across = self.left + (longitude - self.box.west) * self.narrowing * self.scale
        return round(across), round(MARGIN + (self.box.north - latitude) * self.scale)


def around(positions: Iterable[Position]) -> Box:
    """The smallest box that holds the positions and is no smaller than `LEAST_SPAN`; raises ValueError without any."""
    latitudes, longitudes = zip(*positions, strict=True)
    south, north = widened(min(latitudes), max(latitudes), LEAST_SPAN)
    narrowing = cos(radians((south + north) / 2))
    west, east = widened(min(longitudes), max(longitudes), LEAST_SPAN / max(narrowing, LEAST_SPAN))
    return Box(south=south, west=west, north=north, east=east)


def widened(low: float, high: float, least: float) -> tuple[float, float]:
    """A span that is at least so long, with the same middle."""
    lack = max(0.0, least - (high - low)) / 2
    return low - lack, high + lack


def project(box: Box) -> Projection:
    """The projection that shows the box as large as the canvas allows, in the middle of its width."""
    narrowing = cos(radians(box.middle))
    across, down = (box.east - box.west) * narrowing, box.north - box.south
    scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)
    return Projection(
        box=box,
        scale=scale,
        narrowing=narrowing,
        left=(WIDTH - across * scale) / 2,
        height=round(down * scale) + 2 * MARGIN,
    )
