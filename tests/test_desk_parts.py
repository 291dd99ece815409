"""Parts of the review desk by themselves: what nominations have in common, and which photos it takes."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from werkzeug import Request
from werkzeug.test import EnvironBuilder

from generator.desk.photos import taken, waiting
from generator.desk.publish import named
from generator.nominations.alike import alike
from generator.nominations.season import Refused
from tests.desks import OTHER, PARTNER, RealOffice, desk, real_office
from tests.invented import DAY_SECONDS
from tests.seasons import refusal

WORDS = "They opened the stage to our school every Tuesday, and stayed until the last child was picked up."


@pytest.fixture(autouse=True)
def day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The day of the invented district."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY_SECONDS)


@pytest.fixture
def here(tmp_path: Path, repository: Path) -> Iterator[RealOffice]:
    """An office of its own."""
    yield real_office(tmp_path, repository)


def test_nominations_that_look_alike_say_why(here: RealOffice) -> None:
    sender = {"name": "Robin Neighbor", "email": "robin@example.org"}
    first = here.nominate(0, organization="Daboldow Theater", what=WORDS, nominator=sender)
    second = here.nominate(1, organization="Daboldow Theatre", what=WORDS + " Thank you!")
    third = here.nominate(2, organization="Somebody Else", what="Bicycles.", nominator={"email": "ROBIN@example.org"})
    here.nominate(3, organization="Daboldow Theater", what=WORDS, school_year="2025-26")
    season = here.season()
    for may_see_sender in (False, True):
        found = alike(season, season.nomination(first), may_see_sender=may_see_sender)
        reasons = {each.nomination.number: each.reasons for each in found}
        assert reasons[second] == ("the partner is called almost the same", "its words are almost the same")
        assert reasons.get(third, ()) == (("the same person sent it",) if may_see_sender else ())
        assert len(reasons) == 1 + may_see_sender
    here.triage(second, partners=(PARTNER, OTHER))
    season = here.season()
    found = alike(season, season.nomination(first), may_see_sender=False)
    assert next(found).reasons[0] == f"it thanks {PARTNER} as well"


def upload(name: str, content: bytes) -> Request:
    """A form with one file."""
    made = EnvironBuilder(method="POST", data={"photo-1-upload": (BytesIO(content), name)})
    return Request(made.get_environ())


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20)) -> bytes:
    """A photo with something hidden in it."""
    written = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Invented Camera 3000"
    Image.new("RGB", size, (90, 120, 150)).save(written, format=kind, exif=exif)
    return written.getvalue()


BAD = (
    ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a photo is a file that ends in"),
    ("photo.html", b"<script>alert(1)</script>", "a photo is a file that ends in"),
    ("photo", b"x", "a photo is a file that ends in"),
    ("photo.png", b"<script>alert(1)</script>", "is not a PNG picture"),
    ("photo.png", picture("JPEG"), "is not a PNG picture"),
    ("photo.jpg", picture("JPEG")[:200], "photo.jpg"),
    ("photo.png", picture() + b"\0" * 2_000_000, "has more than 2 MB"),
    ("photo.png", picture(size=(2100, 2000)), "has more than 4,000,000 pixels"),
)


@pytest.mark.parametrize(("name", "content", "why"), BAD)
def test_what_is_no_photo_is_refused_and_not_kept(here: RealOffice, name: str, content: bytes, why: str) -> None:
    number = here.nominate(0)
    with desk(here, "cory") as client:
        found = refusal(lambda: taken(upload(name, content), client.opened.desk, here.vault(), number, "cory"))
        assert why in found
    assert waiting(here.season(), number, "cory") == {}
    assert not [path for path in here.folder.iterdir() if path.name.endswith(".new")]


@pytest.mark.parametrize("name", ["On Stage.PNG", "../../On Stage.png", "/etc/on-stage.png", "on_stage.png"])
def test_a_photo_is_kept_without_what_was_hidden_in_it(here: RealOffice, name: str) -> None:
    number = here.nominate(0)
    with desk(here, "cory") as client:
        kept = taken(upload(name, picture()), client.opened.desk, here.vault(), number, "cory")
    assert kept == {"photo-1-file": "on-stage.png"}
    content = waiting(here.season(), number, "cory")["on-stage.png"]
    assert b"Invented Camera" not in content
    assert Image.open(BytesIO(content)).size == (30, 20)
    assert waiting(here.season(), number, "rae") == {}


@pytest.mark.parametrize("name", ["", "-f", "--upload-pack=x", "a..b", "a b", "a//b", "x.lock", "x/", "é", "a\nb"])
def test_a_branch_has_a_name_that_git_takes_for_one(name: str) -> None:
    with pytest.raises(Refused):
        named(name)
