"""An address as a QR code, for what is printed."""

from itertools import groupby

from msgspec import Struct

QUIET = 4
"""Modules of white around the code, as ISO/IEC 18004 wants it."""
MASK = 3
"""One of the eight that every reader knows; finding the best one would take five times as long."""


class Code(Struct, frozen=True):
    """A drawn code: its width in modules, white included, and the path of its dark lines, one module wide each."""

    size: int
    path: str


def code(address: str) -> Code:
    """The code of an address; it can still be read when 15 % of it are dirty or torn."""
    from segno import make_qr  # only sheets need it, and most builds change none

    rows = make_qr(address, error="m", mask=MASK, boost_error=False).matrix
    return Code(size=len(rows) + 2 * QUIET, path="".join(line(row, y) for y, row in enumerate(rows)))


def line(row: bytearray, y: int) -> str:
    """The dark parts of a row, as commands of an SVG path."""
    x, commands = 0, []
    for is_dark, run in groupby(row):
        width = len(tuple(run))
        if is_dark:
            commands.append(f"M{x + QUIET} {y + QUIET}.5h{width}")
        x += width
    return "".join(commands)
