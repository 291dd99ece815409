"""Every kind of page in Chromium: axe finds nothing, nothing is cut at 320 px, and no page asks anybody else."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from generator.search import facets

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FACETS = {facet.key for facet in facets.FACETS}


def one_of_each_kind(site: Path, language: str) -> Iterator[str]:
    """The address of one page of each kind: of each first folder and depth (facets are one kind), and of the root.

    Pages at former addresses are left out: they are gone before anybody can look at them.
    """
    yield from ("", "404.html")
    seen: set[tuple[str, int]] = set()
    for path in sorted(site.glob(f"{language}/**/index.html")):
        address = path.parent.relative_to(site).as_posix() + "/"
        first = address.removeprefix(f"{language}/").partition("/")[0]
        kind = ("" if first in FACETS else first, address.count("/"))
        if kind not in seen and 'http-equiv="refresh"' not in path.read_text("utf-8"):
            seen.add(kind)
            yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_and_nothing_is_cut(
    riverbend_site: Path,
    chromium: "Browser",
    serve: Callable[[Path], str],
    language: str,
    width: int,
    scheme: str,
) -> None:
    address = serve(riverbend_site)
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults: list[str] = []
    for path in one_of_each_kind(riverbend_site, language):
        page.goto(address + path)
        found = Axe().run(page, options=RULES)
        faults += [f"{path}: {violation['id']}: {violation['help']}" for violation in found.response["violations"]]
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            faults.append(f"{path}: needs {needed} of {width} px")
    assert context.cookies() == []
    context.close()
    assert faults == []
    assert [url for url in asked if not url.startswith(address)] == []
