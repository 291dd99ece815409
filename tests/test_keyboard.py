"""The keyboard alone: twelve tasks are done, focus is always seen and in order, and every control is reached."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible.keyboard import LostError, Stop, tab_to, unvisited, walk
from tests.accessible.kinds import Site, opened
from tests.accessible.looks import LAID_OUT, restyle
from tests.accessible.tasks import TASKS
from tests.waiting import PATIENCE_MS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
WIDE = (1280, 800)
ZOOMED = (320, 256)
"""A window of 1280 × 1024 pixels at 400 %."""
LINE_PX = 90
"""What stands beside another thing may begin so far above it."""


@pytest.fixture(scope="module")
def address(accessible_site: Site, serve: Callable[[Path], str]) -> str:
    """Where the site is."""
    return serve(accessible_site.folder)


@pytest.fixture
def sized(chromium: "Browser") -> Iterator[Callable[[tuple[int, int]], "Page"]]:
    """A function that opens a fresh browser of a size."""
    made = []

    def page(size: tuple[int, int]) -> "Page":
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce", service_workers="block"
        )
        context.set_default_timeout(PATIENCE_MS)
        made.append(context)
        return context.new_page()

    yield page
    for context in made:
        context.close()


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("ar", ZOOMED)], ids=["en-wide", "ar-zoomed"])
@pytest.mark.parametrize("name", TASKS)
def test_a_task_is_done_by_keyboard(
    address: str,
    sized: Callable[[tuple[int, int]], "Page"],
    record_property: Callable[[str, object], None],
    name: str,
    language: str,
    size: tuple[int, int],
) -> None:
    TASKS[name](sized(size), f"{address}{language}/")
    record_property("task", name)


def test_there_are_twelve_tasks() -> None:
    assert len(TASKS) == 12


@pytest.mark.parametrize("language", ["en", "ar"])
def test_focus_is_seen_in_order_everywhere(
    accessible_site: Site, address: str, sized: Callable[[tuple[int, int]], "Page"], language: str
) -> None:
    """At 400 %, where all is one column, each stop stands below the one before, and no control is left out."""
    page = sized(ZOOMED)
    faults: list[str] = []
    for kind, path in opened(accessible_site.kinds, language):
        page.goto(address + path, wait_until="networkidle")
        restyle(page, LAID_OUT)
        stops = tuple(walk(page))
        faults += [f"{kind}: {each.name} {fault}" for each in stops for fault in each.faults]
        faults += [f"{kind}: {fault}" for fault in out_of_order(stops)]
        faults += [f"{kind}: never reached: {name}" for name in unvisited(page)]
    assert faults == []


def out_of_order(stops: tuple[Stop, ...]) -> Iterator[str]:
    """Stops that stand clearly above the one before them, and not beside it, as the top of a next column does."""
    for before, after in pairwise(stops):
        is_drawn = "drawn" in before.look + after.look  # marks of the map stand where their places are
        is_beside = after.left >= before.right or after.right <= before.left
        if after.top < before.top - LINE_PX and not is_drawn and not is_beside:
            yield f"{after.name} stands above {before.name}, which comes first"


@pytest.mark.parametrize(
    ("css", "told"),
    [
        (":focus-visible { outline: none !important }", "ring"),
        (":focus-visible { outline-width: 1px !important }", "ring"),
        ("body::after { content: ''; position: fixed; inset: 0; background: white }", "not to be seen"),
    ],
    ids=["no ring", "thin ring", "covered"],
)
def test_focus_that_cannot_be_seen_is_a_fault(
    address: str, sized: Callable[[tuple[int, int]], "Page"], css: str, told: str
) -> None:
    page = sized(WIDE)
    page.goto(f"{address}en/")
    restyle(page, css)
    with pytest.raises(LostError, match=told):
        tab_to(page, ".dp-nav__link")


def test_stops_out_of_order_are_a_fault(address: str, sized: Callable[[tuple[int, int]], "Page"]) -> None:
    page = sized(ZOOMED)
    page.goto(f"{address}en/")
    assert list(out_of_order(tuple(walk(page)))) == []
    page.goto(f"{address}en/about/")
    restyle(page, "body { flex-direction: column-reverse !important; }")
    assert list(out_of_order(tuple(walk(page)))) != []


def test_a_control_without_keyboard_is_a_fault(address: str, sized: Callable[[tuple[int, int]], "Page"]) -> None:
    page = sized(WIDE)
    page.goto(f"{address}en/")
    page.evaluate("document.querySelector('.dp-choice').addEventListener('focus', (e) => e.target.blur())")
    tuple(walk(page))
    assert unvisited(page) != []
    with pytest.raises(LostError, match="no way"):
        tab_to(page, "#no-such-thing")


CALL = "main .dp-card a[href^='tel:']"
TAPS = 3
WAYS = {
    "by grade": (".dp-choice[href*='dp-facet-grade']", CALL),
    "by need": (".dp-choice[href*='dp-facet-need']", CALL),
    "near a school": (".dp-choice[href$='schools/']", "main a[href*='/schools/ralomdale']", CALL),
    "free": (".dp-choice[href$='cost/free/']", CALL),
    "the district's own line": ("main a[href^='tel:'].dp-button",),
}
"""What is tapped on the way from the start page to a telephone call."""


@pytest.mark.parametrize("way", WAYS)
def test_a_call_begins_three_taps_from_the_start(chromium: "Browser", address: str, way: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 640}, has_touch=True, service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{address}en/")
    *steps, call = WAYS[way]
    for selector in steps:
        before = page.url
        page.locator(selector).first.tap()
        page.wait_for_url(lambda url, before=before: url != before)
    page.locator(call).first.tap(trial=True)  # it is there to be tapped; nobody is called
    assert len(WAYS[way]) <= TAPS
    context.close()
