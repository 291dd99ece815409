"""Small pictures of invented partners and stories, the same bytes everywhere."""

from random import Random
from struct import pack
from zlib import adler32, crc32

from generator.sample.chance import whole

CELLS = 8  # of the pattern, in each direction; the left half is mirrored


def pattern(random: Random, *, cell_px: int) -> bytes:
    """A PNG of a mirrored pattern in two colours, 8 × `cell_px` pixels wide and high.

    The pixels are stored, not compressed, because compressors of different versions write different bytes
    (PNG: ISO/IEC 15948; zlib: RFC 1950 and 1951). They must fit into one stored block of 65,535 bytes.
    """
    half = [[random.random() < 0.5 for _ in range(CELLS // 2)] for _ in range(CELLS)]
    rows = b"".join(_row([*cells, *reversed(cells)], cell_px) * cell_px for cells in half)
    size_px = CELLS * cell_px
    palette = bytes(whole(random, 20, 120) for _ in range(3)) + bytes(whole(random, 200, 245) for _ in range(3))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        (
            _chunk(b"IHDR", pack(">IIBBBBB", size_px, size_px, 1, 3, 0, 0, 0)),  # 1 bit a pixel, by palette
            _chunk(b"PLTE", palette),
            _chunk(b"IDAT", _stored(rows)),
            _chunk(b"IEND", b""),
        )
    )


def _row(cells: list[bool], cell_px: int) -> bytes:
    """A row of pixels without filter, 8 to a byte; `cell_px` is a multiple of 8."""
    return b"\0" + b"".join((b"\xff" if cell else b"\0") * (cell_px // 8) for cell in cells)


def _stored(content: bytes) -> bytes:
    """A zlib stream of one stored block."""
    length = len(content)
    return b"\x78\x01\x01" + pack("<HH", length, length ^ 0xFFFF) + content + pack(">I", adler32(content))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + kind + content + pack(">I", crc32(kind + content))
