"""Pictures: refused by their header, and published without anything but their pixels."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from generator.pictures import LIMIT_BYTES, NARROW_PX, clean, fault, narrower, size

HOSTILE = Path(__file__).resolve().parent.parent.parent / "shared/hostile"


def picture(path: Path, *, size: tuple[int, int] = (30, 20), **saved: object) -> Path:
    """A picture of one colour at a path."""
    Image.new("RGB", size, "teal").save(path, **saved)
    return path


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
def test_a_good_picture_keeps_its_pixels_and_gives_the_same_bytes(tmp_path: Path, name: str) -> None:
    path = picture(tmp_path / name)
    assert fault(path) == ""
    assert clean(path) == clean(path)
    with Image.open(BytesIO(clean(path))) as published:
        assert published.size == (30, 20)


def test_hidden_words_and_places_do_not_come_along(tmp_path: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "CANARY in a chunk")
    exif = Image.Exif()
    exif[0x010E] = "CANARY in a description"
    exif.get_ifd(0x8825)[1] = "N"
    for path in (
        picture(tmp_path / "a.png", pnginfo=words),
        picture(tmp_path / "a.jpg", exif=exif, comment=b"CANARY in a comment"),
        picture(tmp_path / "a.webp", exif=exif),
    ):
        path.write_bytes(path.read_bytes() + b"CANARY behind the picture")
        assert b"CANARY" in path.read_bytes()
        published = clean(path)
        assert b"CANARY" not in published
        assert b"Exif" not in published


@pytest.mark.parametrize(("name", "given"), [("x.png", {}), ("x.webp", {"lossless": True, "exact": True})])
def test_what_was_made_transparent_is_gone(name: str, given: dict[str, Any], tmp_path: Path) -> None:
    """A face that somebody has erased in an editor still has its colours in the file."""
    picture = Image.new("RGBA", (60, 40), (200, 30, 60, 255))
    picture.paste((10, 120, 230, 0), (0, 0, 30, 40))
    picture.save(tmp_path / name, **given)
    with Image.open(BytesIO(clean(tmp_path / name))) as image:
        assert image.getpixel((5, 5)) == (0, 0, 0, 0)
        assert image.convert("RGBA").getpixel((50, 20))[3] == 255


def test_a_picture_that_lies_on_its_side_is_put_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    with Image.open(BytesIO(clean(picture(tmp_path / "a.jpg", exif=exif)))) as published:
        assert published.size == (20, 30)


def test_wide_pictures_become_narrower(tmp_path: Path) -> None:
    with Image.open(BytesIO(clean(picture(tmp_path / "a.png", size=(2400, 300))))) as published:
        assert published.size == (1200, 150)


def published_size(content: bytes) -> tuple[int, int]:
    """The size of a picture in these bytes."""
    with Image.open(BytesIO(content)) as published:
        return published.size


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp"])
@pytest.mark.parametrize("orientation", [0, 1, 3, 6, 8])
@pytest.mark.parametrize("given", [(30, 20), (1333, 1001), (1, 2400), (2401, 1600), (601, 2)])
def test_the_size_is_known_before_a_picture_is_written(
    tmp_path: Path, name: str, orientation: int, given: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = picture(tmp_path / name, size=given, **({"exif": exif} if orientation else {}))
    told = size(path)
    assert told == published_size(clean(path))
    if smaller := narrower(told):
        assert smaller == published_size(clean(path, NARROW_PX))
        assert max(smaller) == NARROW_PX
    else:
        assert told[0] <= NARROW_PX


def test_a_narrow_picture_has_nothing_hidden_either(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "CANARY in a description"
    published = clean(
        picture(tmp_path / "a.jpg", size=(900, 900), exif=exif, comment=b"CANARY in a comment"), NARROW_PX
    )
    assert b"CANARY" not in published
    assert b"Exif" not in published


def test_what_is_no_picture_has_no_size(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"<html>")
    assert size(tmp_path / "a.png") is None
    assert size(tmp_path / "gone.png") is None
    assert size(picture(tmp_path / "large.png", size=(2001, 2000))) is None


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.png", b"<html>", "not a PNG"),
        ("a.jpg", b"", "not a JPEG"),
        ("a.webp", b"RIFF" + bytes(40), "not a WEBP"),
        ("a.png", bytes(LIMIT_BYTES + 1), "more than 2 MB"),
    ],
)
def test_what_is_no_picture_is_refused(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert words in fault(path)
    with pytest.raises(ValueError, match=words):
        clean(path)


def test_too_many_pixels_are_refused_before_they_are_decoded(tmp_path: Path) -> None:
    assert "pixels" in fault(picture(tmp_path / "a.png", size=(2001, 2000)))


def test_a_picture_cut_short_is_refused(tmp_path: Path) -> None:
    path = picture(tmp_path / "a.png", size=(300, 300))
    path.write_bytes(path.read_bytes()[:-200])
    assert "cannot be decoded" in fault(path)
    with pytest.raises(ValueError, match="cannot be decoded"):
        clean(path)


def hostile_pictures() -> list[tuple[str, str]]:
    """(file, verdict) of the pictures in the corpus of hostile inputs, where there is one."""
    if not HOSTILE.is_dir():
        return []
    cases = json.loads((HOSTILE / "manifest.json").read_text())["cases"]
    return [(c["file"], c["expected"]) for c in cases if c["stage"] == "asset" and not c["file"].endswith(".svg")]


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="no corpus of hostile inputs beside the repository")
@pytest.mark.parametrize(("name", "verdict"), hostile_pictures())
def test_hostile_pictures_get_their_verdict(name: str, verdict: str) -> None:
    assert bool(fault(HOSTILE / name)) == (verdict == "reject")
    assert (size(HOSTILE / name) is None) == (verdict == "reject")
    if verdict == "sanitize":
        for widest_px in (1200, 8):
            published = clean(HOSTILE / name, widest_px)
            assert not any(word in published for word in (b"CANARY", b"Exif", b"<script"))
