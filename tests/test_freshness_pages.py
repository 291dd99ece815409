"""What the site says of old records, and which programs are results only when somebody asks for them."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser, expect
from playwright.sync_api import Page as Shown

from generator.building.rendering import render
from generator.directory import Directory
from generator.model import Cost, Partner, Source, Verified, Where
from generator.model.district import SchoolYear
from generator.pages import browse, finder, partners, schools, sheets
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.plan import Plan
from generator.records.folders import Project
from generator.site import units
from tests.finder_district import OAK, directory, locale, partner, press, program, school
from tests.waiting import becomes

TODAY = date(2026, 10, 15)
FREE = Cost(kind="free")
AGED = ("old-barn/barn-club", "old-barn/hay-club", "read-once/quiet-room")


def confirmed(slug: str, *programs: str, on: date, **fields: object) -> Partner:
    """A partner that said itself that its record is right."""
    offered = (program(name, cost=FREE) for name in programs)
    return partner(slug, *offered, verified=Verified(on=on, by="partner"), **fields)


def whole(**fields: object) -> Directory:
    """Confirmed this autumn, last autumn, over two years ago; read over two years ago; and of no known day."""
    seen = (Source(url="https://example.org/", seen=date(2024, 10, 14)),)
    return directory(
        (
            confirmed("new-mill", "mill-club", on=date(2026, 9, 20)),
            confirmed("last-year", "year-club", on=date(2025, 10, 1)),
            confirmed("old-barn", "barn-club", "hay-club", on=date(2024, 10, 14)),
            partner("read-once", program("quiet-room"), sources=seen),
            partner("no-day", program("any-day", cost=FREE)),
        ),
        **fields,
    )


def pages(unit_list: Callable[..., object], known: Directory, today: date = TODAY, **sizes: int) -> dict[str, Page]:
    """The pages of a projection on a day, by address."""
    printer = press(known, locale(known))
    made = unit_list(known, today, Deck(known, today), **sizes)
    return {page.rest: page for unit in made for page in printer.pages(unit)}  # type: ignore[attr-defined]


def routes(html: str) -> list[str]:
    return re.findall(r'dp-card__name"><a href="[./]*en/partners/([^"]+)/"', html)


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("new-mill", "Checked by the partner in September 2026"),
        ("last-year", "Not confirmed since October 2025. Please ask before you go."),
        ("old-barn", "Not confirmed since October 2024. Please ask before you go."),
        ("read-once", "From public sources, read in October 2024. Please ask before you go."),
        ("no-day", "From public sources. Please ask before you go."),
    ],
)
def test_a_page_says_how_old_its_confirmation_is(slug: str, says: str) -> None:
    shown = [page.body for rest, page in pages(partners.units, whole()).items() if rest.startswith(f"partners/{slug}/")]
    assert len(shown) > 1
    for body in shown:
        (badge,) = re.findall(r'<p class="dp-badge[^>]*>([^<]*)</p>', body)
        assert badge == says


def test_the_district_says_when_its_school_year_begins() -> None:
    known = whole()
    years = (SchoolYear(year="2026-27", starts=date(2026, 11, 2), ends=date(2027, 6, 30)),)
    later = replace(known, district=msgspec.structs.replace(known.district, school_years=years))
    for today, is_past in ((date(2026, 11, 1), False), (date(2026, 11, 2), True)):
        body = pages(partners.units, later, today)["partners/last-year/"].body
        assert ("Not confirmed since" in body) == is_past
        assert ("dp-icon--check" in body) == (not is_past)


def test_old_programs_leave_the_list_and_stay_below_it() -> None:
    body = pages(finder.units, whole())["find/"].body
    listed, late = body.split('<details class="dp-late"')
    assert "Programs found: 3" in listed
    assert not set(AGED) & set(routes(listed))
    assert sorted(routes(late)) == list(AGED)
    assert late.count("Last checked in October 2024") == 3
    assert "Last checked" not in listed


def test_counts_are_those_of_the_results() -> None:
    body = pages(finder.units, whole())["find/"].body
    assert re.search(r'href="\.\./\.\./en/cost/free/".*?<span class="dp-count">\(3\)', body)


def test_a_district_with_nothing_old_offers_no_choice() -> None:
    known = directory((confirmed("new-mill", "mill-club", on=date(2026, 9, 20)),))
    body = pages(finder.units, known)["find/"].body
    assert "dp-late" not in body
    assert "dp-aged" not in body


def at_school(*, is_only_old: bool = False) -> dict[str, Page]:
    """The pages of a school where old and new programs meet, and its sheet for the counter."""
    here = Where(schools=("oak",))
    old, new = (program("barn-club", where=here), program("hay-club", where=here)), program("mill-club", where=here)
    known = directory(
        (
            partner("old-barn", *old, verified=Verified(on=date(2024, 10, 14), by="partner")),
            *(() if is_only_old else (partner("new-mill", new, verified=Verified(on=TODAY, by="partner")),)),
        ),
        (school("oak", OAK),),
    )
    return pages(schools.units, known) | pages(sheets.units, known)


def test_nothing_old_is_printed_for_the_counter() -> None:
    made = at_school()
    assert "Mill" in made["schools/oak/sheet/"].body
    assert "Barn" not in made["schools/oak/sheet/"].body
    assert "more program" not in made["schools/oak/sheet/"].body
    assert "schools/oak/sheet/" in made["schools/oak/"].body


def test_a_school_with_old_programs_only_has_no_sheet_and_no_link_to_one() -> None:
    made = at_school(is_only_old=True)
    assert "schools/oak/sheet/" not in made
    assert "schools/oak/sheet/" not in made["schools/oak/"].body
    assert "Last checked in October 2024" in made["schools/oak/"].body


def test_old_programs_of_a_long_list_say_so_on_their_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schools, "CARDS", 1)
    (lines,) = re.findall(r'<ul class="dp-lines">(.*?)</ul>', at_school()["schools/oak/"].body, re.DOTALL)
    marked = {each: "Last checked in October 2024" in each for each in re.findall("<li>.*?</li>", lines, re.DOTALL)}
    assert len(marked) == 2
    assert all(is_marked == ("old-barn" in each) for each, is_marked in marked.items())


def test_browse_pages_have_old_programs_at_the_end_and_do_not_count_them() -> None:
    page = pages(browse.units, whole())["cost/free/"]
    assert page.title == "Free programs: 3"
    now, late = page.body.split("Not confirmed for over two years")
    assert now.count('<article class="dp-card"') == 3
    assert "/partners/old-barn/barn-club/" in late
    assert "old-barn" not in now


def test_a_value_that_only_old_programs_have_keeps_its_page() -> None:
    known = directory((confirmed("old-barn", "barn-club", on=date(2020, 1, 1)),))
    page = pages(browse.units, known)["cost/free/"]
    assert page.title == "Free programs: 0"
    assert "/partners/old-barn/barn-club/" in page.body
    assert 'en/cost/free/"' in pages(finder.units, known)["find/"].body


def test_a_long_list_of_a_value_loses_no_program() -> None:
    known = directory(
        (
            confirmed("new-mill", *(f"mill-{n}" for n in range(7)), on=date(2026, 9, 20)),
            confirmed("old-barn", *(f"barn-{n}" for n in range(5)), on=date(2020, 9, 20)),
        )
    )
    made = pages(browse.units, known, cards=2, lines=3)
    found = [
        route
        for rest, page in sorted(made.items())
        if rest.startswith("cost/free/")
        for route in dict.fromkeys(re.findall(r'partners/([a-z-]+/[a-z]+-\d)/"', page.body))
    ]
    assert found == [*(f"new-mill/mill-{n}" for n in range(7)), *(f"old-barn/barn-{n}" for n in range(5))]


def test_the_file_of_a_long_list_says_how_many_are_results() -> None:
    known = whole()
    page, data = finder.units(known, TODAY, Deck(known, TODAY), whole_list=2)
    found = json.loads(data.view.content)
    assert found["current"] == 3
    assert sorted(row[0] for row in found["programs"][3:]) == list(AGED)
    assert (page.view.count, page.view.total, len(page.view.aged)) == (3, 6, 0)
    body = pages(finder.units, known, whole_list=2)["find/"].body
    assert not set(AGED) & set(routes(body))
    assert 'id="dp-aged"' in body


def keys(known: Directory, today: date) -> dict[str, bytes]:
    """What stands for each page of a site on a day."""
    return {unit.address: unit.key(lambda record: b"") for unit in units(known, today)}


def changed(before: date, after: date) -> set[str]:
    """The pages that another day makes anew."""
    known = whole()
    old, new = keys(known, before), keys(known, after)
    return {address for address in new if new[address] != old[address]}


def test_the_day_on_which_a_badge_ages_makes_these_pages_anew_and_no_others() -> None:
    assert changed(date(2026, 8, 30), date(2026, 8, 31)) == set()
    assert changed(date(2026, 8, 31), date(2026, 9, 1)) == {"partners/last-year/", "partners/last-year/year-club/"}


def test_the_day_on_which_a_record_leaves_the_results_makes_their_lists_anew() -> None:
    assert changed(date(2026, 10, 13), date(2026, 10, 14)) == set()
    again = changed(date(2026, 10, 14), date(2026, 10, 15))
    assert {"find/", "cost/free/", "need/food/", "partners/old-barn/"} <= again
    assert not again & {"partners/new-mill/", "partners/old-barn/barn-club/", "partners/last-year/"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path, serve: Callable[[Path], str]) -> str:
    """The address of the whole site with its text search."""
    known = whole()
    out = tmp_path_factory.mktemp("aged") / "site"
    locales = (locale(known, "en", repository / "translations"), locale(known, "ar", repository / "translations"))
    render(Plan(project=Project(root=repository), directory=known, locales=locales, today=TODAY), out)
    return serve(out)


def results(page: Shown) -> list[str]:
    found: list[str] = page.locator("#dp-results > li").evaluate_all("rows => rows.map(row => row.dataset.route)")
    return found


@pytest.mark.browser
def test_somebody_may_ask_for_old_programs_and_share_the_question(page: Shown, site: str) -> None:
    page.goto(f"{site}en/find/")
    rows = page.locator("#dp-results > li")
    expect(rows).to_have_count(3)
    choice = page.get_by_label("Also show programs not confirmed for over two years: 3")
    choice.check()
    page.wait_for_url("**/find/?aged=1")
    becomes(page, lambda: results(page)[3:], list(AGED))
    expect(page.locator("#dp-found")).to_have_text("Programs found: 6")
    page.reload()
    expect(rows).to_have_count(6)
    expect(choice).to_be_checked()
    page.go_back()
    expect(rows).to_have_count(3)
    expect(choice).not_to_be_checked()


@pytest.mark.browser
def test_text_search_leaves_old_programs_out_and_says_that_they_are_there(page: Shown, site: str) -> None:
    page.goto(f"{site}en/find/?q=hay")
    choice = page.get_by_label("Also show programs not confirmed for over two years: 1")
    choice.wait_for()
    becomes(page, lambda: results(page), [])
    choice.check()
    page.get_by_text("Programs found: 1").wait_for()
    becomes(page, lambda: results(page), ["old-barn/hay-club"])


@pytest.mark.browser
def test_no_value_in_the_address_asks_for_old_programs_but_one(page: Shown, site: str) -> None:
    for query in ("?aged=", "?aged=2", "?aged=<b>", "?aged"):
        page.goto(f"{site}ar/find/{query}")
        page.locator("#dp-aged").wait_for()
        expect(page.locator("#dp-results > li")).to_have_count(3)


@pytest.mark.browser
def test_without_javascript_old_programs_are_one_step_away(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/find/")
    link = page.locator("#dp-late a").first
    expect(link).not_to_be_visible()
    page.locator("#dp-late summary").click()
    expect(link).to_be_visible()
    expect(page.locator("#dp-aged")).not_to_be_visible()
    context.close()
