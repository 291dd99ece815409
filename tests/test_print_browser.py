"""What comes out of a printer: Chromium makes PDF of pages and of counter sheets, and a reader reads their codes."""

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from msgspec import structs
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from generator.building.rendering import render
from generator.model import Contact, Cost, Partner, When, Where
from generator.plan import Plan
from generator.records.folders import Project
from tests.finder_district import (
    CEDAR,
    TODAY,
    directory,
    district,
    locale,
    partner,
    program,
    riverbend,
    school,
    session,
)

pytestmark = pytest.mark.browser
LANGUAGES = ("en", "ar", "am", "zh-Hant")
ADDRESS = "https://partners.example.org/of/riverbend"
LONG = "maple-hollow-elementary-and-middle-school-of-the-northern-riverside"
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
WIDTH_PX = {"Letter": 725, "A4": 703}
"""What is left of a sheet between margins of 12 mm, at 96 pixels an inch."""
HEIGHT_PX = {"Letter": 965, "A4": 1032}


KINDS = (
    "",
    "find/",
    "partners/",
    "partners/cedar-club/",
    "partners/cedar-club/homework-club/",
    "schools/cedar/",
    "saved/",
    "cost/free/",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path, serve: Callable[[Path], str]) -> str:
    """Riverbend with an address and a school whose names and programs take much room."""
    known = riverbend()
    name = "Maple Hollow Elementary and Middle School of the Northern Riverside Neighborhoods"
    hall = school(LONG, CEDAR, "north", name=name)
    contacts = (Contact(role="Office of families and of all who help them", phone="+1 555 010 0100"),)
    whole = directory((*known.partners.values(), crowd()), (*known.schools.values(), hall))
    there = district(languages=LANGUAGES, site_url=ADDRESS, contacts=contacts, interpreter_note="Say it. " * 20)
    whole = replace(whole, district=structs.replace(there, slug="district"))
    out = tmp_path_factory.mktemp("print") / "site"
    locales = tuple(locale(whole, language, repository / "translations") for language in LANGUAGES)
    plan = Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY, has_search=False)
    render(plan, out)
    return serve(out)


def crowd() -> Partner:
    """Thirty programs at the school, every third with a name of more than one line."""
    long = "Homework, reading, music, dance, chess, robots, gardening and many other good things every afternoon"
    programs = (
        program(
            f"program-{number}",
            name=f"{long} {number}" if number % 3 == 0 else f"Program {number}",
            cost=Cost(kind="sliding"),
            where=Where(schools=(LONG,)),
            when=When(sessions=(session("mon", "wed", "fri", "sun", opens="15:00", closes="16:00"),)),
        )
        for number in range(30)
    )
    return partner("crowd", *programs, contacts=(Contact(role="Desk", phone="+1 555 010 0199 ext. 12345"),))


def pages_of(page: Page, paper: str) -> int:
    """How many sheets of paper the page takes."""
    return len(PAGE.findall(page.pdf(format=paper)))


@pytest.mark.parametrize("paper", ["Letter", "A4"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [LONG, "cedar"])
def test_a_counter_sheet_is_one_sheet(page: Page, site: str, slug: str, language: str, paper: str) -> None:
    page.goto(f"{site}{language}/schools/{slug}/sheet/")
    assert pages_of(page, paper) == 1
    page.set_viewport_size({"width": WIDTH_PX[paper], "height": HEIGHT_PX[paper]})
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH_PX[paper]
    sheet = page.locator(".dp-sheet").bounding_box()
    assert sheet is not None
    assert sheet["y"] + sheet["height"] <= HEIGHT_PX[paper]
    cut = (
        "[...document.querySelectorAll('.dp-sheet *')].filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth)"
    )
    assert page.evaluate(f"{cut}.map(e => e.outerHTML)") == []
    expect(page.locator(".dp-header")).not_to_be_visible()
    expect(page.locator(".dp-footer")).not_to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_a_sheet_leads_to_the_school_s_page(page: Page, site: str, language: str) -> None:
    page.goto(f"{site}{language}/schools/cedar/sheet/")
    page.emulate_media(media="print", color_scheme="dark")
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.locator(".dp-sheet").screenshot())))
    assert read.text == f"{ADDRESS}/{language}/schools/cedar/"
    words = page.locator(".dp-sheet__address").inner_text()
    assert f"https://{words}" == read.text


def test_a_sheet_says_how_many_more_there_are(page: Page, site: str) -> None:
    page.goto(f"{site}en/schools/{LONG}/sheet/")
    shown = page.locator(".dp-sheet__programs li").count()
    assert 5 < shown < 12
    more = int(page.locator(".dp-sheet__programs + p").inner_text().split()[0])
    page.goto(f"{site}en/schools/{LONG}/")
    headings = page.locator("#here, #without-place").all_inner_texts()
    assert shown + more == sum(int(words.split()[0]) for words in headings)
    assert page.get_by_role("link", name="Print a page for the counter").is_visible()


def test_a_program_is_printed_as_a_flyer(page: Page, site: str) -> None:
    page.goto(f"{site}en/partners/cedar-club/homework-club/")
    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("() => window.printed")
    page.emulate_media(media="print")
    expect(page.locator(".dp-tools")).not_to_be_visible()
    expect(page.locator(".dp-printed svg")).to_be_visible()
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(page.screenshot(full_page=True))))
    assert read.text == f"{ADDRESS}/en/partners/cedar-club/homework-club/"
    address = "partners.example.org/of/riverbend/en/partners/cedar-club/homework-club/"
    expect(page.locator(".dp-printed")).to_contain_text(address)
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "16px"
    assert pages_of(page, "Letter") <= 2


def test_a_printed_list_says_whom_to_call_and_where_to_look(page: Page, site: str) -> None:
    page.goto(f"{site}ar/schools/{LONG}/")
    ways = page.locator(".dp-card__do > a")
    opened = ways.evaluate_all("all => all.map(link => link.href)")
    page.emulate_media(media="print")
    plain = ways.evaluate_all("all => all.map(link => getComputedStyle(link, '::after').content)")
    assert [text for link, text in zip(opened, plain, strict=True) if link.startswith("tel:")] == [
        f'"{link}"' for link in opened if link.startswith("tel:")
    ]
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    printed = ways.evaluate_all("all => all.map(link => getComputedStyle(link, '::after').content)")
    numbers = [text for link, text in zip(opened, printed, strict=True) if link.startswith("tel:")]
    assert numbers
    assert all(re.fullmatch(r'"\(\d{3}\) \d{3}-\d{4}( #\d+)?"', text) for text in numbers)
    others = [text for link, text in zip(opened, printed, strict=True) if link.startswith("http")]
    assert all(text.startswith(f'"{site}') for text in others)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    KINDS,
)
def test_every_kind_of_page_prints_dark_on_white_and_whole(page: Page, site: str, language: str, path: str) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.set_viewport_size({"width": WIDTH_PX["A4"], "height": 1000})
    page.goto(f"{site}{language}/{path}")
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH_PX["A4"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    pale = page.evaluate(
        """() => [...document.querySelectorAll("main *, .dp-footer *, .dp-header *")]
        .filter(e => e.checkVisibility() && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
        .filter(e => getComputedStyle(e).color.match(/\\d+/g).slice(0, 3).some(part => Number(part) > 120))
        .map(e => e.outerHTML.slice(0, 120) + getComputedStyle(e).color)"""
    )
    assert pale == []
    whole = page.evaluate(
        """() => [...document.querySelectorAll(".dp-card")].every(c => getComputedStyle(c).breakInside === "avoid"
        || getComputedStyle(c.parentElement).breakInside === "avoid")"""
    )
    assert whole


def test_a_page_without_an_address_prints_where_it_was(
    chromium: Browser, tmp_path: Path, repository: Path, serve: Callable[[Path], str]
) -> None:
    whole = riverbend()
    plan = Plan(
        project=Project(root=repository),
        directory=whole,
        locales=(locale(whole, "en", repository / "translations"),),
        today=TODAY,
        has_search=False,
    )
    render(plan, tmp_path / "site")
    address = serve(tmp_path / "site")
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}en/schools/cedar/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".dp-printed bdi")).to_have_text(f"{address}en/schools/cedar/".removeprefix("http://"))
    page.goto(f"{address}en/schools/cedar/sheet/")
    expect(page.locator(".dp-sheet svg")).to_have_count(0)
    context.close()
