"""Every kind of page in Chromium: axe finds nothing, nothing is cut at 320 px, and no page asks anybody else."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible import axe
from tests.accessible.kinds import Site, forgotten, makers, opened
from tests.accessible.looks import SCHEMES, WIDTHS, context, look

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Record = Callable[[str, object], None]


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_is_cut(
    accessible_site: Site,
    chromium: "Browser",
    serve: Callable[[Path], str],
    record_property: Record,
    language: str,
) -> None:
    look_at_all(accessible_site, chromium, serve(accessible_site.folder), language, record_property)


def look_at_all(site: Site, chromium: "Browser", address: str, language: str, record: Record) -> None:
    """Look at a page of each kind in a language, and record how many looks that took."""
    here = context(chromium)
    page = here.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    pages = tuple(opened(site.kinds, language))
    for kind, path in pages:
        page.goto(address + path)
        faults += look(page, f"{kind} {path}")
    assert here.cookies() == []
    here.close()
    record("kinds", [kind for kind, _ in pages])
    record("language", language)
    record("browser", chromium.version)
    record("violations", len(faults))
    record("looks", len(pages) * len(WIDTHS) * len(SCHEMES))
    assert faults == []
    assert [url for url in asked if not url.startswith(address)] == []


def test_every_kind_of_page_is_looked_at(accessible_site: Site, repository: Path) -> None:
    assert forgotten(makers(repository), accessible_site.kinds) == ()


def test_a_kind_without_a_page_is_told() -> None:
    (told,) = forgotten(("feeds.page", "home.page"), ("home.page",))
    assert "feeds.page" in told
    assert "tests/cases/more" in told


@pytest.mark.browser
@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("document.querySelector('h1').outerHTML = '<h4>Broken</h4>'", "page-has-heading-one"),
        ("document.querySelector('h1').style.color = '#ccc'", "color-contrast"),
        ("document.querySelector('main a').replaceChildren()", "link-name"),
        ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
        ("document.querySelector('main a').setAttribute('aria-hiden', 'true')", "aria-valid-attr"),
    ],
)
def test_axe_finds_what_is_broken_on_purpose(
    accessible_site: Site, chromium: "Browser", serve: Callable[[Path], str], harm: str, rule: str
) -> None:
    here = context(chromium)
    page = here.new_page()
    page.goto(f"{serve(accessible_site.folder)}en/")
    axe.inject(page)
    assert axe.violations(page) == []
    page.evaluate(harm)
    assert any(found.startswith(f"{rule}:") for found in axe.violations(page))
    here.close()
