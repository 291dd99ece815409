"""Pages while they are used: filters open, nothing found, a list kept: axe finds nothing, and nothing is cut."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible.kinds import Site
from tests.accessible.looks import SCHEMES, WIDTHS, context, look
from tests.accessible.states import STATES

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_state_of_a_page_is_worse_than_the_page(
    accessible_site: Site,
    chromium: "Browser",
    serve: Callable[[Path], str],
    record_property: Callable[[str, object], None],
    language: str,
) -> None:
    address = serve(accessible_site.folder)
    faults: list[str] = []
    for name, state in STATES.items():
        here = context(chromium)  # with nothing saved by another state
        page = here.new_page()
        page.goto(f"{address}{language}/{state.path}")
        state.enter(page)
        page.locator(state.seen).first.wait_for(state="visible")
        faults += look(page, f"{language}, {name}")
        here.close()
    record_property("states", list(STATES))
    record_property("violations", len(faults))
    record_property("looks", len(STATES) * len(WIDTHS) * len(SCHEMES))
    assert faults == []
