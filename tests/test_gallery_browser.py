"""The gallery as people use it: in Chromium, with a thousand stories, and with what can go wrong."""

import gzip
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from generator.building.rendering import render
from generator.pages.gallery import CARDS, by_support
from generator.plan import Plan
from generator.records.folders import Project
from tests.finder_district import TODAY, locale
from tests.many_stories import many_stories

pytestmark = pytest.mark.browser
MOST_BYTES = 30_000
"""What a page of the gallery may weigh, packed."""
MOST_SCRIPT_BYTES = 3_000
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """A site with a thousand stories in two languages."""
    whole = many_stories()
    out = tmp_path_factory.mktemp("stories") / "site"
    locales = tuple(locale(whole, language, repository / "translations") for language in ("en", "ar"))
    render(Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY, has_search=False), out)
    return out


@pytest.fixture(scope="module")
def site(folder: Path, serve: Callable[[Path], str]) -> str:
    """Its address."""
    return serve(folder)


@pytest.fixture
def opened(page: Page, site: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the gallery with a query; the test fails on any error that the page reports."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def open_gallery(query: str = "", language: str = "en") -> Page:
        page.goto(f"{site}{language}/recognition/{query}")
        return page

    yield open_gallery
    assert errors == []


def finds(page: Page, number: int) -> None:
    """Wait until the page says that it has found so many stories, and shows as many."""
    expect(page.locator("[role=status] h2")).to_have_text(re.compile(rf"^\D*{number}\D*$"))
    expect(page.locator("#dp-stories-found > li")).to_have_count(number)


def expected(**chosen: str) -> int:
    """How many stories have all of it."""
    own = {"support": "focus", "school": "schools", "partner": "partners"}
    stories = many_stories().stories.values()
    return sum(all(slug in getattr(story, own[key]) for key, slug in chosen.items()) for story in stories)


def test_pages_and_their_script_are_light(folder: Path) -> None:
    pages = list((folder / "ar/recognition").rglob("*.html"))
    heaviest = max(pages, key=lambda path: len(gzip.compress(path.read_bytes(), 9)))
    assert len(gzip.compress(heaviest.read_bytes(), 9)) <= MOST_BYTES, heaviest
    assert len(gzip.compress((folder / "assets/stories.js").read_bytes(), 9)) <= MOST_SCRIPT_BYTES


def test_the_list_of_all_is_loaded_only_when_somebody_opens_the_filters(
    opened: Callable[..., Page], page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if url.endswith(".json")]
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Kind of support").wait_for()
    assert len([url for url in asked if url.endswith("stories.json")]) == 1


def test_choosing_filters_all_stories_and_stands_in_the_address(opened: Callable[..., Page]) -> None:
    area = next(iter(by_support(many_stories())))
    page = opened()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Kind of support").focus()
    page.get_by_label("Kind of support").select_option(area)
    page.wait_for_url(f"**/?support={area}")
    assert expected(support=area) > 0
    finds(page, expected(support=area))
    expect(page.locator("#dp-stories-years")).to_be_hidden()
    expect(page.get_by_label("Kind of support")).to_be_focused()
    school = page.locator("#dp-stories-school option:not([disabled])").nth(1).get_attribute("value") or ""
    page.get_by_label("School", exact=True).select_option(school)
    assert 0 < expected(support=area, school=school) < expected(support=area)
    finds(page, expected(support=area, school=school))
    page.go_back()
    finds(page, expected(support=area))
    page.go_back()
    page.locator("#dp-stories-years").wait_for()
    expect(page.locator("#dp-stories-found > li")).to_have_count(0)


def test_each_option_says_how_many_stories_it_gives_and_none_is_a_dead_end(opened: Callable[..., Page]) -> None:
    area = next(iter(by_support(many_stories())))
    page = opened(f"?support={area}")
    finds(page, expected(support=area))
    for option in page.locator("#dp-stories-school option").all()[1:6]:
        slug, count = option.get_attribute("value") or "", int(re.findall(r"\((\d+)\)$", option.inner_text())[0])
        assert count == expected(support=area, school=slug)
        assert option.is_disabled() is (count == 0)


def test_a_shared_link_opens_the_same_list_and_each_line_leads_to_its_story(
    opened: Callable[..., Page], folder: Path
) -> None:
    page = opened("?partner=partner-7")
    assert expected(partner="partner-7") > 0
    finds(page, expected(partner="partner-7"))
    for link in page.locator("#dp-stories-found .dp-card__name a").all():
        address = (link.get_attribute("href") or "").split("/en/")[1]
        assert (folder / "en" / address / "index.html").is_file()
        assert link.inner_text()


def test_what_fits_nothing_has_a_way_out(opened: Callable[..., Page]) -> None:
    story = next(iter(many_stories().stories.values()))
    other = next(f"partner-{n}" for n in range(100) if not expected(school=story.schools[0], partner=f"partner-{n}"))
    page = opened(f"?school={story.schools[0]}&partner={other}")
    finds(page, 0)
    ways = page.locator("#dp-stories-none button")
    expect(ways).to_have_count(2)
    total = expected(school=story.schools[0])
    expect(ways.nth(1)).to_have_text(re.compile(rf"\D{total}$"))
    ways.nth(1).click()
    finds(page, total)
    page.get_by_role("button", name="Clear all").click()
    page.locator("#dp-stories-years").wait_for()
    expect(page.get_by_label("Kind of support")).to_be_focused()
    page.wait_for_url("**/en/recognition/")


@pytest.mark.parametrize(
    "query", ["?support=nonsense", "?school=<script>alert(1)</script>", f"?partner={'x' * 10_000}"]
)
def test_an_address_with_something_unknown_is_told_and_shows_all(opened: Callable[..., Page], query: str) -> None:
    page = opened(query)
    page.get_by_text("We do not know a filter in this address.").wait_for()
    expect(page.locator("#dp-stories-years .dp-card")).to_have_count(CARDS)


@pytest.mark.parametrize("answer", ["cut off", "gone", "no connection"])
def test_without_the_list_the_links_stay_and_the_page_says_so(
    opened: Callable[..., Page], page: Page, answer: str
) -> None:
    def respond(route: Route) -> None:
        if answer == "no connection":
            route.abort()
        else:
            route.fulfill(status=404 if answer == "gone" else 200, body='{"support": [["food"')

    page.route("**/stories.json", respond)
    opened("?support=food")
    page.get_by_text("The filters do not load.").wait_for()
    expect(page.locator("#dp-stories-links a").first).to_be_visible()
    expect(page.locator("#dp-stories-years")).to_be_visible()
    page.unroute("**/stories.json")
    page.get_by_text("Filters", exact=True).click()
    expect(page.locator("#dp-stories-links a").first).not_to_be_visible()
    page.get_by_text("Filters", exact=True).click()
    page.get_by_label("Kind of support").wait_for()


def test_another_language_keeps_what_was_chosen(opened: Callable[..., Page]) -> None:
    page = opened("?partner=partner-7", "ar")
    total = expected(partner="partner-7")
    finds(page, total)
    english = page.locator('.dp-languages a[hreflang="en"]')
    expect(english).to_have_attribute("href", re.compile(r"\?partner=partner-7$"))
    untold = page.locator("#dp-stories-found .dp-card__name a[lang=en][dir=ltr]")
    assert untold.count() + page.locator("#dp-stories-found .dp-card__name span[lang=en]").count() == total


def test_without_a_script_every_filter_is_a_link(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/recognition/")
    page.get_by_text("Filters", exact=True).click()
    area, stories = next(iter(by_support(many_stories()).items()))
    page.locator(f'#dp-stories-links a[href$="support/{area}/"]').click()
    page.wait_for_url(f"**/en/recognition/support/{area}/")
    expect(page.locator("main a[href*='/recognition/20']")).to_have_count(len(stories))
    page.get_by_role("link", name="Filter all stories").click()
    page.wait_for_url(re.compile("/en/recognition/([?#]|$)"))
    expect(page.locator("#dp-stories-years .dp-card")).to_have_count(CARDS)
    context.close()


def test_a_story_can_be_sent_and_printed(page: Page, site: str) -> None:
    address = next(iter(many_stories().stories))
    page.goto(f"{site}en/recognition/{address}/")
    page.get_by_text("Share", exact=True).click()
    sent = f"https%3A%2F%2Fpartners.example.org%2Fen%2Frecognition%2F{address.replace('/', '%2F')}"
    expect(page.get_by_role("link", name="Text message")).to_have_attribute("href", re.compile(re.escape(sent)))
    page.evaluate("() => { window.print = () => { window.hasPrinted = true; }; }")
    page.get_by_role("button", name="Print").click()
    page.wait_for_function("() => window.hasPrinted")
    expect(page.locator(".dp-printed svg")).to_have_count(1)
    page.emulate_media(media="print")
    expect(page.locator(".dp-tools")).to_be_hidden()
    expect(page.locator(".dp-printed")).to_be_visible()


@pytest.mark.parametrize(("language", "width", "scheme"), [("ar", 320, "dark"), ("en", 1280, "light")])
def test_axe_finds_nothing_in_any_state_and_nothing_is_cut(
    chromium: Browser, site: str, language: str, width: int, scheme: str
) -> None:
    stories = many_stories().stories
    area = next(iter(by_support(many_stories())))
    school = next(iter(stories.values())).schools[0]
    other = next(f"partner-{n}" for n in range(100) if not expected(school=school, partner=f"partner-{n}"))
    states = {
        "": ".dp-card",
        "?partner=partner-7": "#dp-stories-found .dp-card",
        f"?school={school}&partner={other}": "#dp-stories-none button",
        "?support=nonsense": ".dp-note:not(:empty)",
        "2025-26/": ".dp-lines",
        f"support/{area}/": ".dp-card",
        f"{next(iter(stories))}/": ".dp-number",
    }
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        service_workers="block",
    )
    page = context.new_page()
    faults: list[str] = []
    for state, awaited in states.items():
        page.goto(f"{site}{language}/recognition/{state}")
        page.locator(awaited).first.wait_for()
        found = Axe().run(page, options=RULES)
        faults += [f"{state}: {each['id']}: {each['help']}" for each in found.response["violations"]]
        needed = page.evaluate("document.documentElement.scrollWidth")
        if needed > width:
            faults.append(f"{state}: needs {needed} of {width} px")
    context.close()
    assert faults == []
