"""The finder with 5,000 programs, in Chromium: every facet, places, order, shared addresses, Back, and no scripts."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.building.rendering import render
from generator.directory import Directory
from generator.model import Cost, GettingThere, Grades, Place, Program, Verified, When, Where
from generator.pages.cards import Deck
from generator.pages.finder import FIRST_CARDS, NEAR_MILES
from generator.plan import Plan
from generator.records.folders import Project
from generator.search.facets import FACETS
from tests.finder_district import TODAY, directory, locale, partner, program, school, session
from tests.waiting import becomes

pytestmark = pytest.mark.browser

PARTNERS, EACH = 1_000, 5
SCHOOLS = 40
AREAS = ("food", "tutoring", "reading", "arts", "housing", "sports")
COSTS = ("free", "fee", "sliding")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LANGUAGES = ("en", "es", "so", "vi")
SEASONS = ("school-year", "summer", "breaks")
ACCESS = ("step-free", "captions", "quiet-space")


def one(number: int) -> Program:
    """A program that differs from its neighbours in everything."""
    place = Place(name="Hall", latitude=45 + number / 10_000, longitude=-100.0, transit="Bus 7" if number % 4 else "")
    at = (f"school-{number % SCHOOLS:02}",) if number % 3 == 0 else ()
    return program(
        f"thing-{number:04}",
        focus=(AREAS[number % len(AREAS)],),
        grades=Grades(first=str(number % 10 + 1), last=str(number % 10 + 3)) if number % 7 else None,
        cost=Cost(kind=COSTS[number // 2 % len(COSTS)]) if number % 5 else None,
        when=When(
            seasons=(SEASONS[number // 5 % len(SEASONS)],),
            sessions=(session(DAYS[number % len(DAYS)], opens="15:30", closes="17:00"),),
        ),
        where=Where(schools=at, places=() if at else (place,), online=number % 11 == 0),
        getting_there=GettingThere(bus_from=("school-07",) if number % 50 == 0 else ()),
        languages=(LANGUAGES[number // 3 % len(LANGUAGES)],),
        access=(ACCESS[number // 7 % len(ACCESS)],),
    )


@cache
def largest() -> Directory:
    """5,000 programs and 40 schools along a meridian."""
    schools = (school(f"school-{n:02}", (45 + n / 100, -100.0), ("north", "south")[n % 2]) for n in range(SCHOOLS))
    partners = (
        partner(
            f"crowd-{number:04}",
            *(one(number * EACH + place) for place in range(EACH)),
            verified=Verified(on=asked_on(number), by="partner"),
        )
        for number in range(PARTNERS)
    )
    return directory(partners, schools)


def asked_on(number: int) -> date:
    """A day of this year on which a partner was asked."""
    return date(2026, number % 9 + 1, number % 28 + 1)


def expected(facet: str, value: str) -> list[str]:
    """The routes of the programs that have a value, or any, in the order of the finder's list."""
    return [offer.route for offer, values in Deck(largest(), TODAY).listed if {value, "any"} & set(values[facet])]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path, serve: Callable[[Path], str]) -> str:
    """The address of its site in English and Arabic, without text search."""
    out = tmp_path_factory.mktemp("largest") / "site"
    locales = tuple(locale(largest(), language, repository / "translations") for language in ("en", "ar"))
    project = Project(root=repository)
    render(Plan(project=project, directory=largest(), locales=locales, today=TODAY, has_search=False, jobs=2), out)
    return serve(out)


def shown(page: Page) -> list[str]:
    """The routes of the programs in the list."""
    found: list[str] = page.locator("#dp-results > li").evaluate_all("rows => rows.map(r => r.dataset.route)")
    return found


def lists(page: Page, routes: list[str]) -> None:
    """Wait until the list begins with these programs, and has no others."""
    becomes(page, lambda: shown(page), routes[:FIRST_CARDS])


def counts(page: Page, number: int) -> None:
    """Wait until so many programs are found."""
    expect(page.locator("#dp-found")).to_have_text(re.compile(rf"^\s*Programs found: {number:,}\b"))


def opened(page: Page, address: str) -> Page:
    """The finder at an address, once it has looked through all programs."""
    page.goto(address)
    if "?" in address:
        page.locator("#dp-chips button").first.wait_for()
    return page


def values_of(facet: str) -> list[str]:
    """The values of a facet that programs have."""
    return [value for value in Deck(largest(), TODAY).sets[facet] if value not in ("ask", "any")]


@pytest.mark.parametrize("facet", [facet.key for facet in FACETS if facet.key != "school"])
def test_every_facet_finds_what_the_records_say_in_the_order_of_the_list(page: Page, site: str, facet: str) -> None:
    for value in values_of(facet)[:4]:
        routes = expected(facet, value)
        opened(page, f"{site}en/find/?{facet}={value}")
        counts(page, len(routes))
        lists(page, routes)


def test_facets_narrow_each_other_and_counts_say_what_comes_next(page: Page, site: str) -> None:
    both = set(expected("cost", "free")) & set(expected("need", "tutoring"))
    opened(page, f"{site}en/find/?cost=free")
    page.locator("#dp-facet-need").click()
    label = page.locator('label:has(input[name="need"][value="tutoring"])')
    expect(label).to_have_text(re.compile(rf"\({len(both):,}\)\s*$"))
    label.locator("input").check()
    counts(page, len(both))
    assert set(shown(page)) <= both


def test_near_a_school_the_nearest_come_first(page: Page, site: str) -> None:
    opened(page, f"{site}en/find/?school=school-07")
    expect(page.locator("#dp-order")).to_have_text(re.compile(r"^\s*Nearest to"))
    far = page.locator("#dp-results > li").evaluate_all(
        "rows => rows.map(r => r.querySelector('.dp-fact--far')?.textContent ?? '')"
    )
    offers = {offer.route: offer for offer, _ in Deck(largest(), TODAY).listed}
    routes = [offers[route].program for route in shown(page)]
    at_school = [text == "Works with this school" for text in far]
    assert all(is_there for each, is_there in zip(routes, at_school, strict=True) if "school-07" in each.where.schools)
    assert at_school == sorted(at_school, reverse=True), "those at the school itself come first"
    miles = [float(text.split()[0]) for text in far if text.endswith("miles away")]
    assert miles == sorted(miles)
    assert 0 < max(miles) <= NEAR_MILES
    without = [each for each, text in zip(routes, far, strict=True) if not text]
    assert all(each.where.online for each in without)


def test_a_shared_address_gives_the_same_list_elsewhere_and_back_takes_one_step(
    page: Page, site: str, chromium: Browser
) -> None:
    opened(page, f"{site}en/find/")
    page.locator("#dp-facet-cost").click()
    page.locator('input[name="cost"][value="free"]').check()
    page.locator("#dp-facet-season").click()
    page.wait_for_function("() => location.search === '?cost=free'")
    page.locator('input[name="season"][value="summer"]').check()
    page.wait_for_function("() => location.search.includes('summer')")
    summer = set(expected("season", "summer"))
    both = [route for route in expected("cost", "free") if route in summer]
    lists(page, both)
    context = chromium.new_context()
    other = opened(context.new_page(), page.url.replace("/en/", "/ar/"))
    lists(other, both)
    context.close()
    page.go_back()
    page.wait_for_function("() => location.search === '?cost=free'")
    lists(page, expected("cost", "free"))


def test_nothing_found_still_leads_on(page: Page, site: str) -> None:
    opened(page, f"{site}en/find/?need=food&cost=free&day=mon&season=summer&grade=12&language=so&access=captions")
    counts(page, 0)
    ways = page.locator("#dp-none button")
    expect(ways.first).to_contain_text(" + ")  # taking one filter away does not help here
    expect(page.get_by_text("Take one filter away:")).not_to_be_visible()
    ways.first.click()
    expect(page.locator("#dp-found")).to_have_text(re.compile(r"^\s*Programs found: [1-9]"))


def test_without_scripts_every_program_can_be_reached(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/find/")
    expect(page.locator("#dp-results > li")).to_have_count(FIRST_CARDS)
    page.locator("#dp-facet-cost").click()
    with page.expect_navigation():  # a click waits for the head of the next page only
        page.locator('#dp-facet-cost + div a[href$="/free/"]').click()
    routes = []
    while True:
        links = page.locator("main a[href*='/partners/crowd-']").evaluate_all("all => all.map(a => a.href)")
        routes += ["/".join(link.rstrip("/").split("/")[-2:]) for link in links]
        following = page.locator("main a[rel=next]")
        if not following.count():
            break
        with page.expect_navigation():
            following.click()
    assert list(dict.fromkeys(routes)) == expected("cost", "free")
    context.close()
