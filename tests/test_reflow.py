"""What readers and devices do to pages: spaced text, large text, few colors, no motion. Nothing is lost by it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible.kinds import Site, opened
from tests.accessible.looks import restyle
from tests.accessible.states import STATES
from tests.accessible.strains import LARGE, SPACED, moving, strained, without_colors
from tests.waiting import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
PHONE = {"width": 320, "height": 256}
"""A small phone, or a window of 1280 × 1024 pixels at 400 %."""
HALF = {"width": 640, "height": 512}
"""The same window at 200 %."""
WIDE = {"width": 1280, "height": 1024}


@pytest.fixture(scope="module")
def address(accessible_site: Site, serve: Callable[[Path], str]) -> str:
    """Where the site is."""
    return serve(accessible_site.folder)


@pytest.fixture
def page(chromium: "Browser") -> Iterator["Page"]:
    """A fresh page that may move."""
    context = chromium.new_context(viewport=WIDE, reduced_motion="no-preference", service_workers="block")  # type: ignore[arg-type]
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def strains(page: "Page") -> Iterator[str]:
    """All that is wrong with a page under each strain."""
    for size, css, name in ((PHONE, SPACED, "spaced"), (WIDE, SPACED, "spaced"), (HALF, LARGE, "large")):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        yield from (f"{size['width']} px, {name}: {fault}" for fault in strained(page, css))
    yield from without_colors(page)
    yield from moving(page)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_loses_anything(accessible_site: Site, address: str, page: "Page", language: str) -> None:
    faults: list[str] = []
    for kind, path in opened(accessible_site.kinds, language):
        page.goto(address + path)
        faults += [f"{kind}: {fault}" for fault in strains(page)]
    assert faults == []


@pytest.mark.parametrize("name", ["finder, filters chosen", "finder, nothing fits", "program, kept, ways to send"])
def test_no_state_of_a_page_loses_anything(address: str, page: "Page", name: str) -> None:
    page.goto(f"{address}am/{STATES[name].path}")
    STATES[name].enter(page)
    assert list(strains(page)) == []


@pytest.mark.parametrize(
    ("css", "told"),
    [
        ("main h1 { overflow: hidden; block-size: 1em !important; }", "cut: H1"),
        (".dp-button { white-space: nowrap; inline-size: 3rem !important; }", "cut: "),
        ("main { min-inline-size: 1400px; }", "needs "),
        (".dp-button, .dp-field { border: 0 !important; }", "no border: "),
        (".dp-nav__link, .dp-nav__link[aria-current] { all: unset !important; }", "looks like the others: "),
        ("main { transition: all 1s !important; }", "moves: MAIN"),
        (":root { scroll-behavior: smooth !important; }", "moves: HTML"),
    ],
)
def test_what_is_broken_on_purpose_is_found(address: str, page: "Page", css: str, told: str) -> None:
    page.goto(f"{address}en/find/?grade=5")
    page.evaluate("document.head.append(document.createElement('template'))")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    restyle(page, css)
    page.evaluate("window.kept = document.adoptedStyleSheets")
    found = [*without_colors(page), *moving(page), *strained(page, "")]
    assert any(told in fault for fault in found), found
