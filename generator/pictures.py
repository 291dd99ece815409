"""Pictures that strangers sent: looked at before they are opened, and written anew without anything hidden in them."""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
LIMIT_BYTES = 2_000_000
LIMIT_PIXELS = 4_000_000
WIDEST_PX = 1200
"""Wider pictures are made this wide: twice what a page gives them."""


def fault(path: Path) -> str:
    """Why the picture cannot be shown; empty when it can. The words follow the picture's name in a sentence.

    It is decoded only if its size and header are harmless: a few milliseconds.
    """
    if reason := strange(path):
        return reason
    try:
        with Image.open(path, formats=[FORMATS[path.suffix]]) as image:
            image.load()
    except (OSError, ValueError, SyntaxError) as error:
        return f"cannot be decoded: {error}"
    return ""


def strange(path: Path) -> str:
    """Why the picture may not even be decoded, from its size and header alone; empty when it may."""
    if path.is_symlink() or not path.is_file():
        return "is not there"
    if path.stat().st_size > LIMIT_BYTES:
        return f"has more than {LIMIT_BYTES // 1_000_000} MB"
    try:
        with Image.open(path, formats=[FORMATS[path.suffix]]) as image:
            return f"has more than {LIMIT_PIXELS:,} pixels" if image.width * image.height > LIMIT_PIXELS else ""
    except Image.DecompressionBombError:
        return f"has more than {LIMIT_PIXELS:,} pixels"
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return f"is not a {FORMATS[path.suffix]} picture, whatever its name says"


def clean(path: Path) -> bytes:
    """The picture decoded and written anew in its own format: upright, at most 1,200 pixels each way, without metadata.

    The same file gives the same bytes. Raises ValueError when it cannot be decoded.
    """
    if reason := strange(path):
        raise ValueError(f"{path.name} {reason}")
    written = BytesIO()
    try:
        with Image.open(path, formats=[FORMATS[path.suffix]]) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB" if path.suffix == ".jpg" else "RGBA")
            upright.thumbnail((WIDEST_PX, WIDEST_PX))
            bare = Image.new(upright.mode, upright.size)  # takes the pixels along, and nothing else
            bare.paste(upright)
            bare.save(written, format=FORMATS[path.suffix])
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"{path.name} cannot be decoded: {error}") from error
    return written.getvalue()
