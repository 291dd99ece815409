"""A page looked at in every way in which people see it: narrow and wide, light and dark."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.accessible import axe

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")
HEIGHT = 800
RESTYLE = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
LAID_OUT = "* { content-visibility: visible !important; }"
"""What is far below the window has no place yet, and so nothing in it could be judged."""


def context(chromium: "Browser") -> "BrowserContext":
    """A browser that keeps nothing from one page to the next but what pages themselves keep."""
    made = chromium.new_context(
        viewport={"width": WIDTHS[0], "height": HEIGHT}, reduced_motion="reduce", service_workers="block"
    )
    made.set_default_timeout(20_000)
    return made


def restyle(page: "Page", css: str) -> None:
    """Put rules after those of the page, as a reader's own style sheet would; the page's policy lets no other in."""
    page.evaluate(RESTYLE, css)


def look(page: "Page", name: str) -> Iterator[str]:
    """What is wrong with the page as it is now, in each width and scheme: for axe, or for being cut at its side."""
    axe.inject(page)
    restyle(page, LAID_OUT)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            yield from (f"{name}, {width} px, {scheme}: {found}" for found in axe.violations(page))
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            yield f"{name}: needs {needed} of {width} px"
