"""How pages look in every language: nothing is cut when words are longer or mirrored, and each script has its room."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.words import pseudo
from tests.reading import one_of_each_kind
from tests.test_tongues import preview

pytestmark = pytest.mark.browser
NARROW = 320
CUT = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  const isLabel = node.matches("button, summary, .dp-button, th, td, label, a, h1, h2, h3");
  const hides = isLabel || /hidden|clip/.test(style.overflowX);
  const isSeen = node.getClientRects().length && style.clipPath === "none" && !node.closest("svg");
  return isSeen && hides && style.display !== "inline" && node.scrollWidth > node.clientWidth + 1;
}).map((node) => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`)"""
"""Elements whose content is wider than themselves, where that is not to be seen or spoils a label."""
TIGHT = """(least) => [...document.querySelectorAll("body *")].filter((node) => {
  const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
  const lang = node.closest("[lang]").lang;
  const style = getComputedStyle(node);
  const isSeen = node.getClientRects().length && !node.closest("svg");
  const isTight = parseFloat(style.lineHeight) < least * parseFloat(style.fontSize) - 0.1;
  return isSeen && own && isTight && /^(am|ti|ar|zh)/.test(lang);
}).map((node) => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`)"""
"""Texts in other scripts than Latin whose lines stand closer than `least` times their size."""
SPACED = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  return style.textTransform !== "none" || style.letterSpacing !== "normal";
}).map((node) => `${node.tagName} ${node.className}`)"""
"""Elements with capitals or spaced letters, which Arabic and Chinese must not have, and Ethiopic cannot."""
JOIN = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const isProse = (node) => node.data.trim().length > 20 && !node.parentElement.closest("svg, template, option");
  while (texts.nextNode()) {
    const { currentNode: node } = texts;
    if (isProse(node)) node.data = node.data.replace(/\\s/g, "");
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important; }");
  document.adoptedStyleSheets.push(sheet);
}"""
"""Makes one word of each sentence, and lays out what is far below the window."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """The invented district in ten languages, two of which nobody speaks."""
    languages = ("en", "es", "am", "ar", "om", "so", "vi", "zh-Hant", pseudo.LONG, pseudo.MIRRORED)
    return preview(tmp_path_factory.mktemp("layout"), repository, *languages)


@pytest.fixture
def narrow(chromium: Browser) -> Iterator[Page]:
    """A page as wide as a small phone."""
    context = chromium.new_context(viewport={"width": NARROW, "height": 640}, service_workers="block")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", [pseudo.LONG, pseudo.MIRRORED, "om"])
def test_longer_and_mirrored_words_fit_on_a_small_phone(
    site: Path, narrow: Page, serve: Callable[[Path], str], language: str
) -> None:
    address = serve(site)
    faults: list[str] = []
    for path in one_of_each_kind(site, language):
        narrow.goto(address + path)
        narrow.evaluate("document.querySelectorAll('details').forEach((part) => { part.open = true; })")
        needed = narrow.evaluate("document.documentElement.scrollWidth")
        if needed > NARROW:
            faults.append(f"{path}: needs {needed} of {NARROW} px")
        faults += [f"{path}: {each}" for each in narrow.evaluate(CUT)]
    assert faults == []


def test_words_of_any_length_break(site: Path, narrow: Page, serve: Callable[[Path], str]) -> None:
    """Nobody knows what people write into a record."""
    address = serve(site)
    needed: dict[str, int] = {}
    for path in one_of_each_kind(site, "en"):
        narrow.goto(address + path)
        narrow.evaluate(JOIN)
        needed[path] = narrow.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in needed.items() if width > NARROW} == {}


@pytest.mark.parametrize("language", ["am", "ar", "zh-Hant"])
def test_other_scripts_have_room_between_lines_and_no_spaced_letters(
    site: Path, narrow: Page, serve: Callable[[Path], str], language: str
) -> None:
    address = serve(site)
    faults: list[str] = []
    for path in one_of_each_kind(site, language):
        narrow.goto(address + path)
        faults += [f"{path}: {each}" for each in (*narrow.evaluate(TIGHT, 1.6), *narrow.evaluate(SPACED))]
    assert faults == []


@pytest.mark.parametrize("has_script", [True, False])
def test_a_language_is_chosen_by_keyboard_on_a_small_phone(
    site: Path, chromium: Browser, serve: Callable[[Path], str], has_script: bool
) -> None:
    viewport = {"width": NARROW, "height": 640}
    context = chromium.new_context(viewport=viewport, java_script_enabled=has_script)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(serve(site) + "am/schools/")
    menu = page.locator(".dp-languages")
    for _ in range(3):  # past the link to the content and the start page
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    links = menu.get_by_role("link")
    expect(links).to_have_count(10)
    expect(menu.locator('[aria-current="true"]')).to_have_text("አማርኛ")
    boxes = [link.bounding_box() for link in links.all()]
    assert all(box and box["x"] >= 0 and box["x"] + box["width"] <= NARROW and box["height"] >= 24 for box in boxes)
    for _ in range(8):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zh-Hant/schools/")
    context.close()
