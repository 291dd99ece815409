"""The ring around what has focus, measured in pictures of the page: large enough, and in colors that differ enough."""

from collections import Counter
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.accessible.keyboard import walk
from tests.accessible.kinds import Site, opened
from tests.accessible.looks import context, restyle
from tests.test_theme import contrast

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
AROUND = 8
LEAST_CONTRAST = 3
LEAST_WIDTH_PX = 1.5
"""Of three: links of several lines have a ring that is shorter than the edge of the box around all lines."""
BOX = """(around) => {
  const box = document.activeElement.getBoundingClientRect();
  const [left, top] = [Math.max(0, box.left - around), Math.max(0, box.top - around)];
  return {x: left, y: top, width: Math.min(innerWidth, box.right + around) - left,
    height: Math.min(innerHeight, box.bottom + around) - top};
}"""
BLUR = "() => { window.held = document.activeElement; window.held.blur(); }"
FOCUS = "() => window.held.focus({ preventScroll: true, focusVisible: true })"


def picture(page: "Page", box: dict[str, float]) -> list[str]:
    """The colors of the pixels in a part of the window, as `#rrggbb`."""
    data = Image.open(BytesIO(page.screenshot(clip=box))).convert("RGB").tobytes()  # type: ignore[arg-type]
    return [f"#{data[start : start + 3].hex()}" for start in range(0, len(data), 3)]


def ring_px(page: "Page") -> float:
    """How wide the mark of focus is: pixels whose color changes enough when focus goes, for each pixel of the edge."""
    box = page.evaluate(BOX, AROUND)
    focused = picture(page, box)
    page.evaluate(BLUR)
    plain = picture(page, box)
    page.evaluate(FOCUS)
    changes = Counter(pair for pair in zip(focused, plain, strict=True) if pair[0] != pair[1])
    clear = sum(count for (one, other), count in changes.items() if contrast(one, other) >= LEAST_CONTRAST)
    return clear / (2 * (box["width"] + box["height"] - 4 * AROUND))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_look_of_focus_can_be_seen(
    accessible_site: Site, chromium: "Browser", serve: Callable[[Path], str], scheme: str
) -> None:
    """Each look once: elements of the same classes and colors have the same ring."""
    address = serve(accessible_site.folder)
    here = context(chromium)
    page = here.new_page()
    page.set_viewport_size({"width": 1000, "height": 900})
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    seen: set[str] = set()
    faults: list[str] = []
    for kind, path in opened(accessible_site.kinds, "en"):
        page.goto(address + path)
        for stop in walk(page):
            if stop.look not in seen:
                seen.add(stop.look)
                width = ring_px(page)
                if width < (1 if stop.look.endswith("drawn") else LEAST_WIDTH_PX):  # a mark's own edge is its dot's
                    faults.append(f"{kind}: {stop.name}: a ring of {width:.1f} px ({stop.look})")
    here.close()
    assert len(seen) > 20
    assert faults == []


@pytest.mark.parametrize("css", ["outline-color: #eee !important", "outline: 1px solid #000 !important"])
def test_a_ring_that_is_pale_or_thin_is_measured(
    accessible_site: Site, chromium: "Browser", serve: Callable[[Path], str], css: str
) -> None:
    here = context(chromium)
    page = here.new_page()
    page.goto(f"{serve(accessible_site.folder)}en/find/")
    for stop in walk(page):
        if "jump" in stop.look or "Go to" in stop.name:
            assert ring_px(page) >= LEAST_WIDTH_PX
            restyle(page, f":focus-visible {{ {css} }}")
            assert ring_px(page) < LEAST_WIDTH_PX
            break
    else:
        pytest.fail("the page has no such link any more")
    here.close()
