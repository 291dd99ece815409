"""The finder of a district with more programs than a page can hold, as people use it in Chromium."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.building.rendering import render
from generator.directory import Directory
from generator.model import Cost, Verified, Where
from generator.pages import finder
from generator.pages.cards import Deck
from generator.pages.finder import FIRST_CARDS, INDEX, WHOLE_LIST
from generator.plan import Plan
from generator.records.folders import Project
from generator.search.compact import compact
from tests.finder_district import TODAY, directory, locale, partner, program, riverbend

PARTNERS, EACH = 140, 5
ROWS = "#dp-results > li"


def crowd() -> Directory:
    """Riverbend with 700 more programs: each third is free, the first of each partner is at Oak. Two more are old."""
    known = riverbend()
    more = (
        partner(
            f"crowd-{number:03}",
            *(
                program(
                    f"thing-{number * EACH + place:03}",
                    cost=Cost(kind="free" if (number * EACH + place) % 3 == 0 else "sliding"),
                    where=Where(schools=("oak",) if place == 0 else ()),
                )
                for place in range(EACH)
            ),
        )
        for number in range(PARTNERS)
    )
    confirmed = Verified(on=date(2020, 5, 4), by="partner")
    old = partner("old-barn", program("barn-club", cost=Cost(kind="free")), program("hay-club"), verified=confirmed)
    return directory((*known.partners.values(), *more, old), known.schools.values())


TOTAL = 9 + PARTNERS * EACH
OLD = 2
FREE = 4 + -(-PARTNERS * EACH // 3)


def test_a_page_holds_the_first_and_a_file_holds_all() -> None:
    whole = crowd()
    page, data = finder.units(whole, TODAY, Deck(whole, TODAY))
    assert (page.view.count, len(page.view.cards)) == (TOTAL, FIRST_CARDS)
    assert TOTAL > WHOLE_LIST
    assert data.paths(("en", "es")) == (INDEX,)
    found = json.loads(data.view.content)
    assert found["current"] == TOTAL
    assert len(found["programs"]) == TOTAL + OLD
    routes = [row[0] for row in found["programs"]]
    assert routes[:FIRST_CARDS] == [card.route for card in page.view.cards]
    place = routes.index("river-kitchen/weekend-bags")
    assert found["programs"][place] == ["river-kitchen/weekend-bags", "Weekend bags", "River Kitchen"]
    told = {}
    for key, (slugs, letters) in found["facets"].items():
        told[key] = [slugs.split(" ")[ord(sign) - 65] for sign in letters.split(" ")[place]]
    assert told["cost"] == ["free"]
    assert told["grade"] == ["k", "1", "2", "3", "4", "5"]
    assert found["at"].split(" ")[routes.index("cedar-club/saturday-studio")] == "45.01,-100"


def test_no_programs_are_a_file_too() -> None:
    assert json.loads(compact((), 0)) == {
        "facets": {},
        "bus": ["", ""],
        "at": "",
        "programs": [],
        "current": 0,
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path, serve: Callable[[Path], str]) -> str:
    """The address of its site in two languages, without text search."""
    out = tmp_path_factory.mktemp("crowd") / "site"
    whole = crowd()
    locales = tuple(locale(whole, language, repository / "translations") for language in ("en", "ar"))
    plan = Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY, has_search=False)
    render(plan, out)
    return serve(out)


def shown(page: Page) -> list[str]:
    """The routes of the programs in the list."""
    found: list[str] = page.locator(ROWS).evaluate_all("rows => rows.map(r => r.dataset.route)")
    return found


def requests_of(page: Page) -> list[str]:
    """Every address that the page asks for from now on, query left out."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2]))
    return asked


@pytest.mark.browser
def test_the_page_asks_for_the_rest_only_when_somebody_chooses(page: Page, site: str) -> None:
    asked = requests_of(page)
    page.goto(f"{site}en/find/")
    expect(page.locator("#dp-found")).to_have_text(f"Programs found: {TOTAL}")
    expect(page.locator(ROWS)).to_have_count(FIRST_CARDS)
    assert INDEX not in asked
    page.locator("#dp-facet-cost").click()
    page.get_by_label("Free").check()
    page.get_by_text(f"Programs found: {FREE}").wait_for()
    assert asked.count(INDEX) == 1
    assert shown(page)[:2] == ["river-kitchen/summer-lunch", "river-kitchen/weekend-bags"]
    assert page.locator("#dp-results .dp-card").count() > 4  # drawn with the number that was waited for
    far = page.locator('#dp-results > [data-route="crowd-100/thing-501"]')
    assert far.count() == 0
    for total in (2 * FIRST_CARDS, FREE):
        page.get_by_role("button", name="Show more").click()
        expect(page.locator(ROWS)).to_have_count(total)
    expect(page.get_by_role("button", name="Show more")).not_to_be_visible()
    expect(far).to_have_text("Thing 501 · Crowd 100")  # the browser draws it when it is near
    far.get_by_role("link").click()
    page.wait_for_url("**/en/partners/crowd-100/thing-501/")


@pytest.mark.browser
def test_a_shared_address_finds_what_is_not_on_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}ar/find/?school=oak&cost=free")
    far = page.locator('#dp-results > [data-route="crowd-138/thing-690"] a')
    expect(far).to_be_visible()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.go_back()
    page.go_forward()
    expect(far).to_be_visible()


@pytest.mark.browser
def test_showing_more_goes_on_to_the_first_new_one(page: Page, site: str) -> None:
    page.goto(f"{site}en/find/")
    page.get_by_role("button", name="Show more").click()
    expect(page.locator(f"#dp-results > li:nth-child({FIRST_CARDS + 1}) a").first).to_be_focused()
    expect(page.locator(ROWS)).to_have_count(2 * FIRST_CARDS)


@pytest.mark.browser
def test_without_the_file_the_page_says_so_and_goes_on(page: Page, site: str) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route(f"**/{INDEX}", refuse)
    page.goto(f"{site}en/find/?cost=free")
    page.get_by_text("The list of all programs does not load. You see only the first 100.").wait_for()
    assert shown(page)[0] == "river-kitchen/summer-lunch"
    page.unroute(f"**/{INDEX}")
    page.get_by_label("Free").uncheck()
    page.get_by_text(f"Programs found: {TOTAL}").wait_for()
    expect(page.locator("#dp-note")).not_to_be_visible()


@pytest.mark.browser
@pytest.mark.parametrize("body", ["", '{"facets": {"cost": ["fr', "{}", "[]", "null", "<html>404</html>"])
def test_a_file_that_is_cut_off_or_another_is_told(page: Page, site: str, body: str) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(f"**/{INDEX}", lambda route: route.fulfill(body=body, content_type="application/json"))
    page.goto(f"{site}en/find/?cost=free")
    page.get_by_text("The list of all programs does not load. You see only the first 100.").wait_for()
    assert shown(page)[0] == "river-kitchen/summer-lunch"
    assert errors == []


@pytest.mark.browser
def test_without_scripts_the_page_leads_to_the_others(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/find/")
    expect(page.locator("#dp-more")).to_contain_text("These are the first 100.")
    expect(page.get_by_role("button", name="Show more")).not_to_be_visible()
    page.locator("#dp-facet-cost").click()
    page.get_by_role("link", name="Free").click()
    expect(page.locator("h1")).to_have_text(f"Free programs: {FREE}")
    context.close()


@pytest.mark.browser
def test_old_programs_come_with_the_rest_when_somebody_asks(page: Page, site: str) -> None:
    page.goto(f"{site}en/find/?cost=free")
    page.get_by_text(f"Programs found: {FREE}").wait_for()
    # One of them does not say what it costs.
    page.get_by_label("Also show programs not confirmed for over two years: 2").check()
    page.get_by_text(f"Programs found: {FREE + 1}").wait_for()
    page.wait_for_url("**aged=1**")
    page.goto(f"{site}en/find/?school=oak&aged=1&q=")
    page.get_by_role("button", name="Show more").wait_for()
    expect(page.get_by_label("Also show programs not confirmed")).to_be_checked()
