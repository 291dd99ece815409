"""The pictures of shared links, drawn anew: python -m tests.share_pictures

They lie in `generator/theme/assets/share/`, made from the drawings in `docs/images/share/`; a build only copies them. A
district that has changed its colors or its mark changes the drawings and runs this, or puts its own pictures there.
"""

import shutil
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.conftest import CHROMIUM_FLAGS, CHROMIUM_NAMES

REPOSITORY = Path(__file__).resolve().parent.parent
DRAWINGS = REPOSITORY / "docs/images/share"
PICTURES = REPOSITORY / "generator/theme/assets/share"
SIZE = (1200, 630)
"""What the services that show pictures of links ask for, in pixels."""
COLORS = 64


def draw(drawings: Path, pictures: Path) -> None:
    """Draw every picture."""
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)))
    pictures.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_FLAGS))
        page = browser.new_page(viewport={"width": SIZE[0], "height": SIZE[1]})
        for drawing in sorted(drawings.glob("*.svg")):
            page.goto(drawing.as_uri())
            picture = Image.open(BytesIO(page.screenshot())).convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
            picture.save(pictures / f"{drawing.stem}.png", optimize=True)
        browser.close()


if __name__ == "__main__":
    draw(DRAWINGS, PICTURES)
