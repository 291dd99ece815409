"""The names of controls and pictures, as devices compute and read them out, are in the language of the page."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.accessible import axe
from tests.accessible.kinds import LANGUAGES, Site, opened
from tests.accessible.looks import LAID_OUT, context, restyle
from tests.accessible.states import STATES

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
SCRIPTS = {"ar": "Arabic", "am": "Ethiopic", "zh-Hant": "Han"}
NAMED = """(script) => {
  const own = new RegExp(`\\\\p{Script=${script}}`, "u");
  const letters = /\\p{L}/u;
  const page = document.documentElement.lang;
  const isApart = (node) => node.closest("[lang]").lang !== page || node.closest("[translate=no], bdi") !== null;
  const textsApart = (node) => [node, ...node.querySelectorAll("[translate=no], [lang], bdi")].filter(isApart)
    .map((each) => each.textContent.trim().replace(/\\s+/g, " "));
  const labels = (node) => (node.getAttribute("aria-labelledby") ?? "").split(" ")
    .map((id) => document.getElementById(id)).filter(Boolean);
  const controls = document.querySelectorAll(`a[href], button, input, select, textarea, summary, img, [role],
    [aria-label], [aria-labelledby], [tabindex], [title]`);
  axe.setup(document);
  const named = [...controls].filter((node) => node.checkVisibility() && !isApart(node)).map((node) => {
    const name = axe.commons.text.accessibleText(node).replace(/\\s+/g, " ");
    const apart = [node, ...labels(node), ...(node.labels ?? [])].flatMap(textsApart);
    return { node, name, rest: apart.reduce((text, each) => text.replace(each, ""), name) };
  });
  axe.teardown();
  return named.filter(({ rest }) => letters.test(rest) && !own.test(rest))
    .map(({ node, name }) => `<${node.tagName} class="${node.getAttribute("class") ?? ""}"> ${name.slice(0, 60)}`);
}"""
"""Controls whose names have letters, but none of the page's script beside proper names and words marked otherwise."""


def misnamed(page: "Page", language: str) -> list[str]:
    """Controls with a name in another language than the page's."""
    axe.inject(page)
    restyle(page, LAID_OUT)
    return list(page.evaluate(NAMED, SCRIPTS[language]))


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language in SCRIPTS])
def test_names_are_in_the_language_of_the_page(
    accessible_site: Site, chromium: "Browser", serve: Callable[[Path], str], language: str
) -> None:
    address = serve(accessible_site.folder)
    here = context(chromium)
    page = here.new_page()
    faults: list[str] = []
    for kind, path in opened(accessible_site.kinds, language):
        page.goto(address + path)
        faults += [f"{kind}: {each}" for each in misnamed(page, language)]
    for name, state in STATES.items():
        page.goto("about:blank")
        page.goto(f"{address}{language}/{state.path}")
        if state.path.startswith("saved/"):
            page.evaluate("localStorage.clear()")
            page.reload()
        state.enter(page)
        page.locator(state.seen).first.wait_for(state="visible")
        faults += [f"{name}: {each}" for each in misnamed(page, language)]
    here.close()
    assert faults == []


@pytest.mark.parametrize(
    "harm",
    [
        "document.querySelector('nav').setAttribute('aria-label', 'Main menu')",
        "document.querySelector('main a').textContent = 'Find programs'",
        "document.querySelector('main input').setAttribute('aria-label', 'Search')",
    ],
)
def test_a_name_in_english_is_found(
    accessible_site: Site, chromium: "Browser", serve: Callable[[Path], str], harm: str
) -> None:
    here = context(chromium)
    page = here.new_page()
    page.goto(f"{serve(accessible_site.folder)}ar/")
    before = misnamed(page, "ar")
    page.evaluate(harm)
    assert before == []
    assert len(misnamed(page, "ar")) == 1
    here.close()
