"""Pictures that strangers sent: looked at before they are opened, and written anew without anything hidden in them."""

from io import BytesIO
from pathlib import Path

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}
LIMIT_BYTES = 2_000_000
LIMIT_PIXELS = 4_000_000
WIDEST_PX = 1200
"""Wider pictures are made this wide: twice what a page gives them."""
NARROW_PX = 600
"""Photos that are wider are made this wide, too, for phones."""
EXIF_IN_PNG = b"eXIf"
"""The mark of a chunk that may say how a PNG lies; to look for it costs less than to let Pillow do so."""
SIDEWAYS = frozenset((5, 6, 7, 8))
"""Orientations (EXIF 2.32, tag 0x0112) in which width and height change places."""

Size = tuple[int, int]
"""Width and height in pixels."""


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


def size(path: Path) -> Size | None:
    """How large the picture will be when it is published, mostly from its header; None when it cannot be shown."""
    if strange(path):
        return None
    try:
        with Image.open(path, formats=[FORMATS[path.suffix]]) as image:
            may_lie = path.suffix != ".png" or EXIF_IN_PNG in path.read_bytes()
            is_turned = may_lie and image.getexif().get(ExifTags.Base.Orientation, 1) in SIDEWAYS
            return fitted((image.height, image.width) if is_turned else image.size, WIDEST_PX)
    except (OSError, ValueError, SyntaxError):
        return None


def fitted(size: Size, widest_px: int) -> Size:
    """The size of a picture that is to have at most so many pixels each way."""
    scale = min(1, widest_px / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def narrower(size: Size) -> Size | None:
    """How large a photo of this size is for phones; None where it is small enough for all."""
    return fitted(size, NARROW_PX) if size[0] > NARROW_PX else None


def clean(path: Path, widest_px: int = WIDEST_PX) -> bytes:
    """The picture decoded and written anew in its own format: upright, small enough each way, without metadata.

    What somebody has made fully transparent is gone as well, and not only unseen.

    The same file gives the same bytes. Raises ValueError when it cannot be decoded.
    """
    if reason := strange(path):
        raise ValueError(f"{path.name} {reason}")
    written = BytesIO()
    try:
        with Image.open(path, formats=[FORMATS[path.suffix]]) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB" if path.suffix == ".jpg" else "RGBA")
            published = fitted(upright.size, WIDEST_PX)  # a narrower copy has its proportions, to the pixel
            upright = upright.resize(fitted(published, widest_px), Image.Resampling.LANCZOS)
            bare = Image.new(upright.mode, upright.size)  # takes the pixels along, and nothing else
            if upright.mode == "RGBA":
                bare.alpha_composite(upright)  # what is fully transparent has no colours: nothing was only painted over
            else:
                bare.paste(upright)
            bare.save(written, format=FORMATS[path.suffix])
    except (OSError, ValueError, SyntaxError) as error:
        raise ValueError(f"{path.name} cannot be decoded: {error}") from error
    return written.getvalue()
