"""The pictures of the guides, taken anew: python -m tests.screenshots (or make screenshots)

They show the invented district of `tests/cases/riverbend` and lie in `docs/images/guides/`. Whoever changes what a page
looks like runs this, looks at the pictures, and commits them.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES
from tests.golden_tree import site_of_case

if TYPE_CHECKING:
    from playwright.sync_api import Page

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURES = REPOSITORY / "docs/images/guides"
MOST_BYTES = 60_000
COLORS = 64
DESK, PHONE = (900, 640), (360, 640)
"""Width and height of the window in pixels."""


def nothing(page: "Page") -> None:
    """Nobody does anything."""


def mistaken(page: "Page") -> None:
    """Somebody writes a website that is none."""
    page.locator("#a-website").fill("our website")
    page.get_by_role("button", name="Check it").click()
    page.locator("#dp-faults a").first.wait_for()


def checked(page: "Page") -> None:
    """Somebody changes one answer, and the form is content."""
    page.locator("#a-website").fill("https://museum.example.org/families")
    for promise in page.locator("#dp-form section:last-of-type input[type=checkbox]").all():
        promise.check()
    page.get_by_role("button", name="Check it").click()
    page.locator("#dp-ways").wait_for()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A picture: a page below the site's root, what is done there first, and the part shown, "" for the window."""

    address: str
    window: tuple[int, int] = DESK
    act: Callable[["Page"], None] = nothing
    part: str = ""


FORM = "en/suggest/partner/?record=nurirfolm-museum"
SHOTS = {
    "record": Shot(address="en/partners/nurirfolm-museum/"),
    "record-end": Shot(address="en/partners/nurirfolm-museum/", part=".dp-end"),
    "record-aged": Shot(address="en/partners/daboldow-theater/", part=".dp-head"),
    "form": Shot(address=FORM),
    "form-phone": Shot(address="ar/suggest/partner/?record=nurirfolm-museum", window=PHONE),
    "form-fault": Shot(address=FORM, act=mistaken, part="#dp-faults"),
    "form-send": Shot(address=FORM, act=checked, part="#dp-ways"),
    "schools": Shot(address="en/schools/"),
    "school-needs": Shot(address="en/schools/ralomdale-elementary-school/", part="section[aria-labelledby=needs]"),
    "languages": Shot(address="en/languages/"),
}
"""By the name of the picture."""


def take(pictures: Path) -> None:
    """Take every picture, and remove those that are no longer taken."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    pictures.mkdir(parents=True, exist_ok=True)
    for old in pictures.glob("*.png"):
        old.unlink()
    with TemporaryDirectory() as folder, served(site_of_case(REPOSITORY, Path(folder))) as root, sync_playwright() as p:
        browser = p.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        for name, shot in SHOTS.items():
            width, height = shot.window
            page = browser.new_page(viewport={"width": width, "height": height}, reduced_motion="reduce")
            page.goto(f"{root}{shot.address}")
            page.wait_for_load_state("networkidle")
            shot.act(page)
            keep(picture_of(page, shot), pictures / f"{name}.png")
            page.close()
        browser.close()


def picture_of(page: "Page", shot: Shot) -> bytes:
    """The window, or the part of the page."""
    return page.locator(shot.part).screenshot() if shot.part else page.screenshot()


def keep(picture: bytes, path: Path) -> None:
    """Write a picture with few colors, which is small and always the same."""
    image = Image.open(BytesIO(picture)).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    image.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size:,} bytes; the most is {MOST_BYTES:,}")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


class Quiet(SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    take(PICTURES)
