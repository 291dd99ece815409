"""The outline of the district, as its map shows it."""

from msgspec import Struct


class Outline(Struct, frozen=True, kw_only=True):
    """Closed lines around the district and around holes in it, as (latitude, longitude) in degrees (WGS 84).

    The last position of a ring is joined to the first, which does not come twice. `attribution` says whose outline it
    is and under which license.
    """

    attribution: str
    rings: tuple[tuple[tuple[float, float], ...], ...]
