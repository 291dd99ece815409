"""The saved list and sharing as people use them: in Chromium, on a real site of the invented district."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
import zxingcpp
from msgspec import structs
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from generator.building.rendering import render
from generator.plan import Plan
from generator.records.folders import Project
from tests.finder_district import TODAY, directory, district, locale, partner, program, riverbend
from tests.waiting import becomes

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "es", "ar", "zh-Hant")
HOMEWORK = "cedar-club/homework-club"
BAGS = "river-kitchen/weekend-bags"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Riverbend's site, with a partner of very many programs."""
    known = riverbend()
    many = partner("many-things", *(program(f"thing-{number}-of-very-many-things-here") for number in range(60)))
    moved = partner("new-house", program("new-choir", former_slugs=("old-choir",)))
    whole = directory((*known.partners.values(), many, moved), known.schools.values())
    whole = replace(whole, district=structs.replace(district(), languages=LANGUAGES))
    out = tmp_path_factory.mktemp("saved") / "site"
    locales = tuple(locale(whole, language, repository / "translations") for language in LANGUAGES)
    plan = Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY, has_search=False)
    render(plan, out)
    return out


@pytest.fixture(scope="module")
def site(folder: Path, serve: Callable[[Path], str]) -> str:
    """Its address."""
    return serve(folder)


@pytest.fixture
def opened(page: Page, site: str) -> Iterator[Callable[[str], Page]]:
    """A function that opens a page of the site; the test fails on any error the page reports."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def go(path: str) -> Page:
        page.goto(f"{site}{path}")
        return page

    yield go
    assert errors == []


def save(page: Page, name: str) -> None:
    """Presses the first button with which a program is saved, where it is not, and waits until it is."""
    button = page.get_by_role("button", name=f"Save: {name}", exact=True).first
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")


def shows(page: Page, names: list[str], part: str = "#dp-own") -> None:
    """Waits until a list on the page has these programs."""
    expect(page.locator(f"{part} .dp-card__name")).to_have_text(names)


def kept(page: Page) -> list[str]:
    """The addresses of the programs in the browser's storage."""
    return list(page.evaluate("JSON.parse(localStorage.getItem('dp-saved /') ?? '[]').map(p => p.id)"))


def test_a_program_is_saved_on_its_card_and_taken_back(opened: Callable[[str], Page]) -> None:
    page = opened("en/find/")
    button = page.get_by_role("button", name="Save: Homework club")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("link", name="Saved (1)")).to_be_visible()
    assert kept(page) == [HOMEWORK]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert kept(page) == []
    expect(page.locator("#dp-saved-entry")).not_to_be_visible()


def test_the_list_shows_names_and_lines_and_asks_for_no_page(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/find/")
    save(page, "Homework club")
    opened(f"en/partners/{BAGS}/")
    save(page, "Weekend bags")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append((request.method, request.url)))
    opened("en/saved/")
    shows(page, ["Homework club", "Weekend bags"])
    expect(page.locator("#dp-own")).to_contain_text("Homework club in Riverbend.")
    becomes(page, lambda: sum(method == "HEAD" for method, _ in asked), 2)
    page.wait_for_load_state("networkidle")
    assert [url for method, url in asked if method == "GET" and "/partners/" in url] == []
    assert sum(method == "HEAD" for method, _ in asked) == 2


def test_without_javascript_the_page_says_what_it_needs(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/saved/")
    assert page.get_by_text("To keep a list, switch on JavaScript.").is_visible()
    page.goto(f"{site}en/partners/{BAGS}/")
    assert page.get_by_role("button").count() == 0
    context.close()


def test_programs_are_removed_and_come_back(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/find/")
    for name in ("Homework club", "Weekend bags", "Coats"):
        save(page, name)
    opened("en/saved/")
    page.get_by_role("button", name="Remove: Weekend bags").click()
    shows(page, ["Homework club", "Coats"])
    expect(page.get_by_role("button", name="Remove: Coats", exact=True)).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    shows(page, ["Homework club", "Weekend bags", "Coats"])
    expect(page.get_by_role("button", name="Undo")).to_have_count(0)
    page.get_by_role("button", name="Clear the list").click()
    expect(page.get_by_text("Your list is empty.")).to_be_visible()
    expect(page.locator("#dp-saved-title")).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    shows(page, ["Homework club", "Weekend bags", "Coats"])


def test_two_pages_at_once_show_the_same_list(opened: Callable[[str], Page], page: Page, site: str) -> None:
    opened("en/find/")
    other = page.context.new_page()
    other.goto(f"{site}en/saved/")
    save(page, "Coats")
    shows(other, ["Coats"])
    other.get_by_role("button", name="Remove: Coats").click()
    page.wait_for_selector('.dp-save[data-id="coat-agency/coats"][aria-pressed="false"]')


def test_the_list_is_said_in_the_language_of_its_page(opened: Callable[[str], Page], page: Page, site: str) -> None:
    opened("en/find/")
    save(page, "Coats")
    opened("ar/saved/")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('dp-saved /'))[0].page === 'ar'")
    link = page.locator("#dp-own .dp-card a").first
    expect(link).to_have_attribute("href", f"{site}ar/partners/coat-agency/coats/")


def test_fifty_programs_are_the_most(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/partners/many-things/")
    opened("en/find/")
    page.evaluate(
        """() => localStorage.setItem("dp-saved /", JSON.stringify(Array.from({length: 50}, (_, n) => ({
            id: `many-things/thing-${n}-of-very-many-things-here`, name: `T ${n}`, line: "", language: "en", page: "en"
        }))))"""
    )
    opened("en/find/")
    page.get_by_role("button", name="Save: Coats").click()
    page.get_by_text("Your list is full: it holds 50 programs.").wait_for()
    assert len(kept(page)) == 50
    opened("en/saved/")
    expect(page.locator("#dp-own .dp-card__name")).to_have_count(50)
    page.get_by_role("button", name="Show a code to scan").click()
    page.get_by_text("The list is too long for a code.").wait_for()


BROKEN = (
    "nonsense",
    "null",
    '{"v": 2}',
    '[1, null, {}, {"id": "../../evil"}, {"id": 7}]',
    '[{"id": "cedar-club/homework-club", "name": {"a": 1}, "line": "<img src=x onerror=alert(1)>"}]',
)


@pytest.mark.parametrize("stored", BROKEN)
def test_a_spoiled_list_does_not_spoil_the_page(opened: Callable[[str], Page], page: Page, stored: str) -> None:
    opened("en/find/")
    page.evaluate("stored => localStorage.setItem('dp-saved /', stored)", stored)
    opened("en/saved/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved programs")
    expect(page.locator("#dp-own ul")).to_be_attached()
    page.wait_for_load_state("networkidle")  # what is kept has been looked up
    expect(page.locator("#dp-own img")).to_have_count(0)
    opened("en/find/")
    save(page, "Coats")
    assert "coat-agency/coats" in kept(page)


def test_a_list_that_cannot_be_read_says_so(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/find/")
    page.evaluate("localStorage.setItem('dp-saved /', 'nonsense')")
    opened("en/saved/")
    expect(page.get_by_text("Your list could not be read as a whole.")).to_be_visible()


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        (
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }",
            "Your list is empty.",
        ),
        (
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }})",
            "Your browser does not keep the list.",
        ),
    ],
    ids=["full", "blocked"],
)
def test_storage_that_does_not_store_is_told(
    opened: Callable[[str], Page], page: Page, trouble: str, told: str
) -> None:
    page.add_init_script(trouble)
    opened("en/find/")
    button = page.get_by_role("button", name="Save: Coats")
    button.click()
    page.get_by_text("Your browser does not keep the list.").wait_for()
    expect(button).to_have_attribute("aria-pressed", "false")
    opened("en/saved/")
    expect(page.get_by_text(told)).to_be_visible()
    expect(page.get_by_text("Your list could not be read")).not_to_be_visible()


def test_a_program_that_is_gone_says_so(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/find/")
    gone = {"id": "cedar-club/gone", "name": "Gone", "line": "", "language": "en", "page": "en"}
    page.evaluate("gone => localStorage.setItem('dp-saved /', JSON.stringify([gone]))", gone)
    opened("en/saved/")
    page.get_by_text("This program is not in the directory any more.").wait_for()
    shows(page, ["Gone"])


def test_what_comes_late_takes_away_neither_code_nor_focus(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/find/")
    save(page, "Homework club")
    held: list[Route] = []
    page.route(f"**/partners/{HOMEWORK}/", lambda route: held.append(route))
    with page.expect_request(f"**/partners/{HOMEWORK}/"):
        opened("en/saved/")
    page.get_by_role("button", name="Show a code to scan").click()
    page.locator("#dp-code svg").wait_for()
    remove = page.get_by_role("button", name="Remove: Homework club")
    remove.focus()
    held[0].fulfill(status=404)
    page.locator("#dp-own .dp-note:not([hidden])").first.wait_for()
    expect(page.locator("#dp-code svg")).to_be_visible()
    expect(remove).to_be_focused()
    remove.click()
    expect(page.locator("#dp-code svg"), "it led to another list").to_have_count(0)


def test_a_link_holds_addresses_only_and_opens_for_somebody_else(
    opened: Callable[[str], Page], page: Page, chromium: Browser, site: str
) -> None:
    opened("en/find/")
    for name in ("Homework club", "Weekend bags"):
        save(page, name)
    opened("en/saved/")
    page.locator("#dp-own summary").click()
    text = unquote(str(page.get_by_role("link", name="Text message").get_attribute("href")))
    link = f"{site}en/saved/#p={HOMEWORK},{BAGS}"
    assert text == f"sms:?&body=Saved programs\n{link}"
    whatsapp = str(page.get_by_role("link", name="WhatsApp").get_attribute("href"))
    assert whatsapp == f"https://wa.me/?text={quote(f'Saved programs{chr(10)}{link}', safe='')}"
    context = chromium.new_context()
    other = context.new_page()
    other.goto(link)
    shows(other, ["Homework club", "Weekend bags"], "#dp-sent")
    expect(other.get_by_role("heading", name="Programs somebody sent you")).to_be_visible()
    assert kept(other) == []
    arabic = other.locator('.dp-languages a[hreflang="ar"]')
    expect(arabic).to_have_attribute("href", re.compile(f"/ar/saved/#p={HOMEWORK},{BAGS}$"))
    other.get_by_role("button", name="Save all").click()
    shows(other, ["Homework club", "Weekend bags"])
    assert kept(other) == [HOMEWORK, BAGS]
    context.close()


def test_a_sent_program_is_found_wherever_it_is(opened: Callable[[str], Page], page: Page) -> None:
    """One that the finder does not list has its page, one that has moved its new address; the third is gone."""
    opened("en/saved/#p=river-kitchen/old-pantry,new-house/old-choir,cedar-club/never-was")
    shows(page, ["Old pantry", "New choir"], "#dp-sent")


@pytest.mark.parametrize(
    "hash",
    [
        "#p=",
        "#p=../../x,<img src=x onerror=alert(1)>/y,a/b/c,__proto__/x",
        "#p=" + "a/b," * 5000,
        "#p=%E0%A4%A",
        "#offline=%E0%A4%A",
        "#offline=https://example.org/",
        "#offline=//example.org/",
    ],
)
def test_strange_links_show_the_page(opened: Callable[[str], Page], page: Page, hash: str) -> None:
    opened(f"en/saved/{hash}")
    expect(page.locator("#dp-own")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("heading", level=1)).to_have_text("Saved programs")
    expect(page.locator(".dp-main img")).to_have_count(0)
    assert "example.org" not in str(page.locator("#dp-offline a").get_attribute("href"))


def test_a_code_on_the_screen_opens_the_list(opened: Callable[[str], Page], page: Page, site: str) -> None:
    opened("en/find/")
    for name in ("Homework club", "Weekend bags", "Coats"):
        save(page, name)
    opened("en/saved/")
    page.get_by_role("button", name="Show a code to scan").click()
    code = page.locator("#dp-code svg")
    code.wait_for()
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(code.screenshot())))
    assert read.text == f"{site}en/saved/#p={HOMEWORK},{BAGS},coat-agency/coats"


@pytest.mark.parametrize("length", [1, 14, 15, 26, 61, 106, 180, 181, 300, 450, 779])
def test_codes_of_every_size_can_be_read(page: Page, site: str, length: int) -> None:
    page.goto(f"{site}en/")
    text = ("https://example.org/ü/ሀ/" + "x" * length)[:length]
    text = text if len(text.encode()) <= 779 else text[:700]
    page.evaluate(
        """async text => { const {picture} = await import("/assets/qr.js");
        const svg = picture(text, "code"); svg.id = "code"; svg.style.inlineSize = "1000px";
        document.body.replaceChildren(svg); }""",
        text,
    )
    page.set_viewport_size({"width": 1100, "height": 1100})
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator("#code").screenshot())))
    assert read.text == text


def test_a_text_that_is_too_long_has_no_code(page: Page, site: str) -> None:
    page.goto(f"{site}en/")
    assert page.evaluate('async () => (await import("/assets/qr.js")).picture("x".repeat(780), "") === null')


def test_a_program_is_sent(opened: Callable[[str], Page], page: Page, site: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened(f"en/partners/{HOMEWORK}/?from=somewhere#join")
    page.locator(".dp-share summary").click()
    address = f"{site}en/partners/{HOMEWORK}/"
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
    mail = unquote(str(page.locator('.dp-share a[data-do="mail"]').get_attribute("href")))
    assert mail == f"mailto:?subject=Homework club&body=Homework club\n{address}"
    page.get_by_role("button", name="Copy the link").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == address


def test_where_nothing_can_be_copied_the_link_is_shown(opened: Callable[[str], Page], page: Page, site: str) -> None:
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    opened(f"en/partners/{HOMEWORK}/")
    page.locator(".dp-share summary").click()
    page.get_by_role("button", name="Copy the link").click()
    field = page.get_by_role("textbox", name="Copy the link")
    expect(field).to_have_value(f"{site}en/partners/{HOMEWORK}/")


def test_the_phone_s_own_way_of_sending_is_offered_where_there_is_one(
    opened: Callable[[str], Page], page: Page, site: str
) -> None:
    page.add_init_script("navigator.share = async what => { window.sent = what; }")
    opened(f"en/partners/{HOMEWORK}/")
    page.locator(".dp-share summary").click()
    page.get_by_role("button", name="Other ways").click()
    page.wait_for_function("() => window.sent")
    assert page.evaluate("window.sent") == {"title": "Homework club", "url": f"{site}en/partners/{HOMEWORK}/"}


def test_a_page_asks_for_one_script_more_and_sends_nothing(page: Page, site: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{site}en/partners/{HOMEWORK}/")
    save(page, "Homework club")
    assert {url.removeprefix(site) for url in asked if "sw.js" not in url} == {
        f"en/partners/{HOMEWORK}/",
        "assets/dp.css",
        "assets/page.js",
    }
    assert page.context.cookies() == []


def test_names_of_buttons_hold_what_is_seen(opened: Callable[[str], Page], page: Page) -> None:
    for language in ("en", "ar", "zh-Hant"):
        opened(f"{language}/find/")
        for button in page.locator(".dp-save").all()[:3]:
            assert button.inner_text() in str(button.get_attribute("aria-label"))


def test_what_is_kept_is_what_the_privacy_page_says(opened: Callable[[str], Page], page: Page) -> None:
    opened("en/find/")
    assert page.evaluate("localStorage.length") == 0
    save(page, "Coats")
    assert page.evaluate("Object.keys(localStorage)") == ["dp-saved /"]
    stored = json.loads(page.evaluate("localStorage.getItem('dp-saved /')"))
    assert [set(one) for one in stored] == [{"id", "name", "line", "language", "page"}]
    assert page.evaluate("sessionStorage.length") == 0
    assert not re.search("cookie", page.evaluate("document.cookie"))
