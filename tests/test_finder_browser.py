"""The finder as people use it: in Chromium, on a real site of the invented district, with a real search index."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.building.rendering import render
from generator.languages import fingerprint
from generator.plan import Plan
from generator.records.folders import Project
from generator.words.translations import Translation
from tests.finder_district import TODAY, directory, locale, riverbend
from tests.waiting import becomes

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "es", "ar", "am", "zh-Hant")
IN_CHINESE = "免費的課後學習班。"
IN_AMHARIC = "ነጻ ሠዓሊ ትምህርት።"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """Riverbend's site in five languages; one program is translated into two of them."""
    known = riverbend()
    field = "programs/homework-club/summary"
    translations = {
        ("zh-Hant", "partners/cedar-club"): {field: translation(IN_CHINESE)},
        ("am", "partners/cedar-club"): {field: translation(IN_AMHARIC)},
    }
    whole = directory(known.partners.values(), known.schools.values(), translations=translations)
    out = tmp_path_factory.mktemp("riverbend") / "site"
    locales = tuple(locale(whole, language, repository / "translations") for language in LANGUAGES)
    render(Plan(project=Project(root=repository), directory=whole, locales=locales, today=TODAY), out)
    return out


@pytest.fixture(scope="module")
def site(folder: Path, serve: Callable[[Path], str]) -> str:
    """Its address."""
    return serve(folder)


def translation(text: str) -> Translation:
    """A human translation of the homework club's summary."""
    return Translation(text=text, source=fingerprint("Homework club in Riverbend."), by="human", on=TODAY)


@pytest.fixture
def finder(page: Page, site: str) -> Iterator[Callable[..., Page]]:
    """A function that opens the finder with a query string; the test fails on any error the page reports."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))

    def open_finder(query: str = "", language: str = "en") -> Page:
        page.goto(f"{site}{language}/find/{query}")
        return page

    yield open_finder
    assert errors == []


def shown(page: Page, listing: str = "#dp-results") -> list[str]:
    """The last part of the address of every program in a list."""
    return [route.split("/")[1] for route in routes(page, listing)]


def routes(page: Page, listing: str) -> list[str]:
    found: list[str] = page.locator(f"{listing} [data-route]").evaluate_all("rows => rows.map(r => r.dataset.route)")
    return found


def lists(page: Page, *programs: str, listing: str = "#dp-results") -> None:
    """Wait until a list has these programs in this order."""
    becomes(page, lambda: shown(page, listing), [*programs])


def says(page: Page, words: str) -> None:
    """Wait until a screen reader is told just that about the list."""
    expect(page.get_by_role("status")).to_have_text(words)


def counts(page: Page, number: int) -> None:
    """Wait until so many programs are found."""
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"^\s*Programs found: {number}\b"))


def reads(page: Page, selector: str, *texts: str) -> None:
    """Wait until elements have these texts in this order."""
    expect(page.locator(selector)).to_have_text([*texts])


def choose(page: Page, facet: str, *labels: str) -> None:
    """Open a facet and tick its boxes."""
    part = page.locator(f'details[data-group="{facet}"]')
    if part.get_attribute("open") is None:
        part.locator("summary").click()
    for label in labels:
        part.get_by_label(re.compile(rf"^{re.escape(label)} \(")).check()


def chips(page: Page, *texts: str) -> None:
    """Wait until there is a button for each thing chosen."""
    reads(page, "#dp-chips button", *texts)


def search(page: Page, words: str, number: int) -> None:
    """Type words and wait until so many programs are found."""
    page.get_by_role("searchbox").fill(words)
    counts(page, number)


def test_a_choice_narrows_the_list_and_says_so(finder: Callable[..., Page]) -> None:
    page = finder()
    says(page, "Programs found: 9")
    choose(page, "cost", "Free")
    lists(page, "summer-lunch", "weekend-bags", "coats", "web-tutors")
    says(page, "Programs found: 4 More that may fit: 3")
    expect(page.locator('input[name="cost"][value="free"]')).to_be_focused()


def test_inside_a_facet_choices_widen_and_between_facets_they_narrow(finder: Callable[..., Page]) -> None:
    page = finder()
    choose(page, "cost", "Free", "Pay what you can")
    lists(page, "summer-lunch", "weekend-bags", "homework-club", "coats", "web-tutors")
    choose(page, "need", "Tutoring and homework help")
    lists(page, "homework-club", "web-tutors")


def test_what_does_not_say_stands_below_and_apart(finder: Callable[..., Page]) -> None:
    page = finder("?grade=4&need=basic-needs")
    lists(page, "weekend-bags")
    lists(page, "summer-lunch", "any-answers", "coats", "shoes", listing="#dp-maybe")
    expect(page.get_by_role("heading", name="These may fit too")).to_be_visible()


def test_counts_follow_and_what_gives_nothing_cannot_be_chosen(finder: Callable[..., Page]) -> None:
    page = finder()
    choose(page, "need", "Arts")
    choose(page, "cost")
    expect(page.get_by_label("You pay a fee (1)")).to_be_enabled()
    free = page.get_by_label("Free (0)")
    expect(free).to_be_visible()
    expect(free).to_be_disabled()
    page.get_by_label("Arts (2)").uncheck()
    expect(page.get_by_label("Free (4)")).to_be_enabled()


def test_the_address_holds_every_choice_and_back_takes_one_away(finder: Callable[..., Page]) -> None:
    page = finder()
    choose(page, "cost", "Free", "Pay what you can")
    choose(page, "grade", "Grade 3")
    page.wait_for_url("**/en/find/?grade=3&cost=free&cost=sliding")
    page.go_back()
    page.wait_for_url("**/en/find/?cost=free&cost=sliding")
    lists(page, "summer-lunch", "weekend-bags", "homework-club", "coats", "web-tutors")
    expect(page.get_by_label("Grade 3 (2)")).not_to_be_checked()
    page.go_back()
    page.go_back()
    says(page, "Programs found: 9")


def test_a_shared_address_gives_the_same_list_in_every_language(finder: Callable[..., Page]) -> None:
    page = finder("?cost=free&school=oak")
    english = ("weekend-bags", "coats", "web-tutors")
    lists(page, *english)
    link = page.locator('.dp-languages a[hreflang="ar"]')
    expect(link).to_have_attribute("href", re.compile(r"\?cost=free&school=oak$"))
    link.evaluate("link => link.click()")
    page.wait_for_url("**/ar/find/?cost=free&school=oak")
    lists(page, *english)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")


def in_arabic(page: Page, asked: str) -> None:
    """Wait until the switcher leads to this, below the Arabic finder."""
    link = page.locator('.dp-languages a[hreflang="ar"]')
    expect(link).to_have_attribute("href", re.compile(rf"/ar/find/{re.escape(asked)}$"))


def test_the_switcher_keeps_whatever_the_finder_shows(finder: Callable[..., Page]) -> None:
    page = finder()
    in_arabic(page, "")
    choose(page, "cost", "Free")
    in_arabic(page, "?cost=free")
    choose(page, "near")
    page.get_by_label("Near a school").select_option("cedar")
    in_arabic(page, "?cost=free&school=cedar")
    page.get_by_role("searchbox").fill("tea & bread")
    page.wait_for_url("**q=tea**")  # the links ask for it before search has answered
    in_arabic(page, "?q=tea+%26+bread&cost=free&school=cedar")
    page.go_back()
    page.wait_for_url("**/find/?cost=free")
    in_arabic(page, "?cost=free")
    page.get_by_role("button", name="Remove: Free").click()
    in_arabic(page, "")


def test_the_switcher_leads_to_the_same_place_of_the_page(finder: Callable[..., Page]) -> None:
    page = finder("#dp-facet-need")
    in_arabic(page, "#dp-facet-need")
    page.evaluate("location.hash = 'dp-facet-cost'")
    in_arabic(page, "#dp-facet-cost")
    page.locator('.dp-languages a[hreflang="ar"]').evaluate("link => link.click()")
    page.wait_for_url("**/ar/find/#dp-facet-cost")
    expect(page.locator("details[open]")).to_have_attribute("data-group", "cost")


def test_a_program_and_back_again_keep_the_list(finder: Callable[..., Page]) -> None:
    page = finder()
    choose(page, "cost", "Pay what you can")
    page.get_by_role("link", name="Homework club", exact=True).click()
    page.wait_for_url("**/partners/cedar-club/homework-club/")
    page.go_back()
    lists(page, "homework-club")


def test_near_a_school_the_nearest_come_first(finder: Callable[..., Page]) -> None:
    page = finder()
    choose(page, "near")
    page.get_by_label("Near a school").select_option("cedar")
    lists(page, "homework-club", "saturday-studio", "weekend-bags", "coats", "shoes", "web-tutors")
    reads(page, ".dp-fact--far", "Works with this school", "0.7 miles away", "1.4 miles away")
    expect(page.locator("#dp-order")).to_contain_text("Nearest to Cedar Elementary first")
    lists(page, "any-answers", "back-room", listing="#dp-maybe")


def test_a_bus_from_the_school_is_near_enough(finder: Callable[..., Page]) -> None:
    page = finder("?school=pine&need=tutoring")
    lists(page, "homework-club", "web-tutors")


def test_a_school_or_an_area_widen_each_other(finder: Callable[..., Page]) -> None:
    page = finder("?school=pine&region=south&cost=free")
    lists(page, "summer-lunch", "weekend-bags", "coats", "web-tutors")


def test_every_choice_can_be_taken_back(finder: Callable[..., Page]) -> None:
    page = finder("?grade=3&cost=free&cost=sliding")
    chips(page, "Remove: Grade 3", "Remove: Free", "Remove: Pay what you can", "Clear all")
    page.get_by_role("button", name="Remove: Grade 3").click()
    chips(page, "Remove: Free", "Remove: Pay what you can", "Clear all")
    expect(page.get_by_role("button", name="Remove: Free")).to_be_focused()
    page.get_by_role("button", name="Clear all").click()
    says(page, "Programs found: 9")
    expect(page.locator("#dp-programs")).to_be_focused()
    page.wait_for_url("**/en/find/")


def test_nothing_found_shows_ways_out(finder: Callable[..., Page]) -> None:
    page = finder("?cost=free&day=sat")
    counts(page, 0)
    ways = page.locator("#dp-without button")
    expect(ways).to_have_text(["Without Saturday: 4", "Without Free: 1"])
    expect(page.locator("#dp-none")).to_contain_text("555")
    ways.first.click()
    lists(page, "summer-lunch", "weekend-bags", "coats", "web-tutors")
    expect(page.locator("#dp-none")).not_to_be_visible()


def test_nothing_found_leads_to_places_nearby(finder: Callable[..., Page]) -> None:
    page = finder("?school=pine&grade=9")
    counts(page, 0)
    ways = page.locator("#dp-nearby button")
    expect(ways).to_have_text(["Cedar Elementary: 1", "Oak Elementary: 1"])  # Cedar is nearer to Pine
    ways.first.click()
    lists(page, "saturday-studio")
    page.wait_for_url("**/en/find/?grade=9&school=cedar")
    page.go_back()
    page = finder("?region=north&grade=4&cost=free")
    expect(ways).to_have_text(["South side: 1"])


def test_nothing_found_leads_to_two_needs_like_it(finder: Callable[..., Page]) -> None:
    page = finder("?need=reading&cost=free")
    ways = page.locator("#dp-related button")
    expect(ways).to_have_text(["Tutoring and homework help: 1", "Math: 1"])  # programs have it together first
    ways.first.click()
    lists(page, "web-tutors")
    expect(page.locator("#dp-programs")).to_be_focused()


def test_it_works_with_the_keyboard_alone(finder: Callable[..., Page]) -> None:
    page = finder()
    page.locator('details[data-group="cost"] summary').focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    counts(page, 4)
    expect(page.locator('input[name="cost"][value="free"]')).to_be_focused()
    expect(page.locator(":focus")).to_have_css("outline-style", "solid")
    page.keyboard.press("Space")
    says(page, "Programs found: 9")


def test_the_start_page_opens_the_facet_it_leads_to(finder: Callable[..., Page]) -> None:
    page = finder("#dp-facet-need")
    expect(page.get_by_label("Food (2)")).to_be_visible()


def test_without_javascript_facets_are_links(chromium: Browser, site: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}en/find/")
    expect(page.locator("#dp-results .dp-card")).to_have_count(9)
    expect(page.get_by_role("searchbox")).not_to_be_visible()
    page.locator('details[data-group="cost"] summary').click()
    page.get_by_role("link", name="Free (4)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Free programs: 4")
    page.get_by_role("link", name="Narrow this list in the finder").click()
    page.wait_for_url("**/en/find/?cost=free")
    context.close()


@pytest.mark.parametrize(
    "query",
    [
        "?grade=99&cost=%3Cscript%3Ealert(1)%3C/script%3E&school=__proto__&need=constructor",
        "?cost[]=free&=&&&cost&grade=&unknown=1#%00",
        "?school=%E0%A4%A&day=%FF",
        "?" + "&".join(f"grade={n}" for n in range(2000)),
    ],
    ids=["strange values", "strange keys", "broken escapes", "very many"],
)
def test_strange_addresses_show_a_list(finder: Callable[..., Page], query: str) -> None:
    page = finder(query)
    expect(page.get_by_role("status")).to_contain_text("Programs found:")
    choose(page, "cost", "Free")
    page.wait_for_url(re.compile("[?&]cost=free"))  # the list is shown before
    assert "summer-lunch" in shown(page) or "grade=" in page.url
    assert "script" not in page.url


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?cost=free&need=unknown", "We do not know a part of this link. We left it out."),
        ("?q=" + "q" * 10_000, "Your search was too long. We used the first 200 letters."),
    ],
    ids=["unknown value", "long query"],
)
def test_the_page_says_what_it_left_out_of_an_address(finder: Callable[..., Page], query: str, sentence: str) -> None:
    page = finder(query)
    note = page.locator("#dp-note")
    expect(note).to_have_text(sentence)
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(note).not_to_contain_text(sentence)
    page = finder("?cost=free&utm_source=letter")
    chips(page, "Remove: Free")
    expect(page.locator("#dp-note")).not_to_be_visible()


def test_markup_and_very_long_words_stay_words(finder: Callable[..., Page]) -> None:
    page = finder("?q=%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.get_by_role("status")).to_contain_text("Programs found:")
    chips(page, "Remove: “<img src=x onerror=alert(1)>”")
    assert page.locator(".dp-finder img").count() == 0
    page = finder("?q=" + "q" * 10_000)  # no word begins so; of "aaa…" Pagefind would find the word "a"
    counts(page, 0)
    expect(page.get_by_role("searchbox")).to_have_value("q" * 200)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    says(page, "Programs found: 9")


def test_words_find_synonyms_and_only_listed_programs(finder: Callable[..., Page]) -> None:
    page = finder()
    search(page, "groceries", 2)
    becomes(page, lambda: sorted(shown(page)), ["summer-lunch", "weekend-bags"])
    expect(page.locator("#dp-order")).to_have_text("Best match first.")
    page.wait_for_url("**/en/find/?q=groceries")
    expect(page.locator("#dp-note")).not_to_be_visible()


def test_words_and_filters_narrow_each_other(finder: Callable[..., Page]) -> None:
    page = finder("?need=food")
    search(page, "summer", 1)
    lists(page, "summer-lunch")
    chips(page, "Remove: “summer”", "Remove: Food", "Clear all")
    page.get_by_role("button", name="Remove: “summer”").click()
    expect(page.get_by_role("searchbox")).to_have_value("")
    says(page, "Programs found: 2")


def test_an_address_with_words_searches(finder: Callable[..., Page]) -> None:
    page = finder("?q=studio")
    counts(page, 1)
    lists(page, "saturday-studio")


def test_the_search_index_is_only_fetched_for_the_search_box(finder: Callable[..., Page], page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    finder()
    choose(page, "cost", "Free")
    page.wait_for_url("**/en/find/?cost=free")  # the last thing that a choice does
    assert not any("pagefind" in url or "finder-search" in url for url in asked)
    assert len(set(asked)) <= 4
    with page.expect_request("**/pagefind.js"):
        page.get_by_role("searchbox").focus()


@pytest.mark.parametrize(("language", "words"), [("en", "studio"), ("am", "ሰዓሊ")])
def test_search_fetches_files_of_its_language_and_leaves_none_unused(
    finder: Callable[..., Page], page: Page, site: str, folder: Path, language: str, words: str
) -> None:
    answers: dict[str, int] = {}
    page.on("response", lambda answer: answers.update({answer.url.partition("?")[0]: answer.status}))
    finder("", language)
    page.get_by_role("searchbox").fill(words)
    expect(page.locator("#dp-results [data-route]")).to_have_count(1)
    start = f"{site}{language}/pagefind/"

    def others() -> set[str]:
        """The files that came, but for parts of the index."""
        came = {address.removeprefix(start) for address in answers if "pagefind" in address}
        return {name for name in came if not name.startswith("index/")}

    becomes(page, others, {path.name for path in (folder / language / "pagefind").iterdir() if path.is_file()})
    assert any(address.startswith(f"{start}index/") for address in answers)
    assert {status for address, status in answers.items() if "pagefind" in address} == {200}


def test_search_works_wherever_the_site_is_served(page: Page, folder: Path, serve: Callable[[Path], str]) -> None:
    page.goto(f"{serve(folder.parent)}site/en/find/")
    search(page, "groceries", 2)
    expect(page.locator("#dp-note")).not_to_be_visible()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-Hant", "課後"),
        ("zh-Hant", "學習班"),
        ("zh-Hant", "課後學習"),
        ("am", "ሰዓሊ"),
        ("am", "ሠዓሊ"),
        ("am", "ሰአሊ"),
    ],
)
def test_words_of_every_script_are_found(finder: Callable[..., Page], language: str, words: str) -> None:
    page = finder("", language)
    page.get_by_role("searchbox").fill(words)
    lists(page, "homework-club")


def test_arabic_synonyms_are_found_in_any_spelling(finder: Callable[..., Page]) -> None:
    page = finder("", "ar")
    for words in ("القراءة", "القراءه"):
        page.get_by_role("searchbox").fill(words)
        page.wait_for_function("words => new URLSearchParams(location.search).get('q') === words", arg=words)
        expect(page.locator("#dp-results")).not_to_have_attribute("aria-busy", "true")
        lists(page, "homework-club")


def test_without_an_index_the_words_of_the_page_are_searched(finder: Callable[..., Page], page: Page) -> None:
    page.route("**/pagefind/**", lambda route: route.abort())
    finder()
    search(page, "RIVERBEND Stúdio", 1)
    lists(page, "saturday-studio")
    expect(page.locator("#dp-note")).to_contain_text("Search does not answer")


def test_a_search_that_takes_too_long_is_given_up(finder: Callable[..., Page], page: Page) -> None:
    page.clock.install(time=0)
    page.route("**/pagefind/pagefind.js", lambda route: None)
    finder()
    page.clock.pause_at(3_600)  # from here on it goes only when it is told to
    page.get_by_role("searchbox").fill("studio")
    page.clock.run_for(300)
    expect(page.get_by_role("status")).to_contain_text("Searching")
    page.clock.run_for(5_000)
    expect(page.get_by_role("status")).to_contain_text("Searching")
    page.clock.run_for(1_500)
    counts(page, 1)
    expect(page.locator("#dp-note")).to_contain_text("Search does not answer")


def test_a_late_answer_does_not_undo_what_was_typed_since(finder: Callable[..., Page], page: Page) -> None:
    finder()
    box = page.get_by_role("searchbox")
    box.fill("studio")
    page.wait_for_url("**?q=studio")
    box.fill("housing")
    page.wait_for_url("**?q=housing")
    lists(page, "any-answers")
    expect(box).to_have_value("housing")


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["en/find/?cost=free&day=sat&school=oak#dp-facet-near", "ar/find/", "en/cost/free/"])
def test_nothing_is_cut_and_targets_are_large_enough(page: Page, site: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(site + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll('.dp-finder :is(summary, select, button, label:has(input), .dp-field)')]
            .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["en/find/?cost=free&day=sat", "ar/find/?school=oak", "en/school/oak/"])
def test_axe_finds_nothing(chromium: Browser, site: str, path: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme=scheme, viewport={"width": 1280, "height": 800}, bypass_csp=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(site + path)
    page.evaluate("document.querySelectorAll('.dp-facet').forEach(facet => { facet.open = true; })")
    result = Axe().run(page)
    context.close()
    assert result.violations_count == 0, result.generate_report()
