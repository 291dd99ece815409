"""What parents type finds what they mean: golden queries in seven languages, in Chromium, with real indexes."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page, expect

from tests.finder_district import locale
from tests.search_district import LANGUAGES, build, cases, district
from tests.waiting import PATIENCE_MS

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).resolve().parent / "golden_queries"
KINDS = {"plain": 20, "misspelt": 10, "synonyms": 10}
MORE = {"plain": 10, "misspelt": 5, "synonyms": 5}
LEAST = 0.95
LEAST_UNSEEN = 0.8
COUNTED = (("Programs found: %(count)s", "0"), ("More found in English: %(count)s", "1"))
ASK = """async queries => {
    const form = document.getElementById('dp-search');
    const box = document.getElementById('dp-query');
    const list = document.getElementById('dp-results');
    const rest = async () => { do await new Promise(done => setTimeout(done, 5)); while (list.ariaBusy); };
    const first = lists => [...document.querySelectorAll(`:is(${lists}):not([hidden]) [data-route]`)]
        .slice(0, 5).map(item => item.dataset.route.split('/')[1]);
    const answers = {};
    for (const query of queries) {
        box.value = query;
        form.requestSubmit();
        await rest();
        const meant = document.querySelector('#dp-meant button');
        const suggestion = document.getElementById('dp-none').hidden ? '' : meant?.textContent ?? '';
        if (suggestion) {
            meant.click();
            await rest();
        }
        answers[query] = { found: first('#dp-results, #dp-maybe'), suggestion, english: first('#dp-english') };
    }
    return answers;
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path, serve: Callable[[Path], str]) -> str:
    """The address of the site."""
    out = tmp_path_factory.mktemp("search") / "site"
    build(repository, out)
    return serve(out)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    """A page that is kept for all languages."""
    context = chromium.new_context(service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def golden(language: str, name: str = "") -> Mapping[str, Mapping[str, list[str]]]:
    """The queries of a language by kind, with the programs that each has to find."""
    found: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(
        (FOLDER / name / f"{language}.yml").read_text("utf-8")
    )
    return found


def asked(page: Page, site: str, language: str, queries: list[str]) -> Mapping[str, Mapping[str, Any]]:
    """What the finder of a language shows for each query: the first programs, and what it suggested before."""
    page.goto(f"{site}{language}/find/")
    found: Mapping[str, Mapping[str, Any]] = page.evaluate(ASK, queries)
    return found


def shares(page: Page, site: str, language: str, name: str = "") -> tuple[float, Mapping[str, Any]]:
    """The part of a language's queries that find what is meant among the first five, and those that do not."""
    wanted = {query: slugs for kind in golden(language, name).values() for query, slugs in kind.items()}
    answers = asked(page, site, language, list(wanted))
    wrong = {query: answers[query] for query, slugs in wanted.items() if not set(slugs) <= set(answers[query]["found"])}
    share = 1 - len(wrong) / len(wanted)
    print(
        f"{language}: {share:.1%} of {len(wanted)} {name or 'golden'} queries find what is meant among the first five"
    )
    return share, wrong


@pytest.mark.parametrize(("name", "counts"), [("", KINDS), ("seen", MORE), ("held_out", MORE)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_queries_are_as_many_as_agreed_and_for_programs_that_exist(
    language: str, name: str, counts: Mapping[str, int]
) -> None:
    queries = golden(language, name)
    assert {kind: len(each) for kind, each in queries.items()} == counts
    assert {slug for each in queries.values() for slugs in each.values() for slug in slugs} <= set(cases())


@pytest.mark.parametrize("language", LANGUAGES)
def test_golden_queries_are_answered(page: Page, site: str, language: str) -> None:
    share, wrong = shares(page, site, language)
    assert share >= LEAST, wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_queries_that_decided_nothing_are_answered_nearly_as_well(page: Page, site: str, language: str) -> None:
    share, wrong = shares(page, site, language, "held_out")
    assert share >= LEAST_UNSEEN, wrong


def searched(page: Page, site: str, language: str, query: str) -> None:
    """Search in the finder of a language, until nothing changes any more."""
    page.goto(f"{site}{language}/find/")
    page.evaluate(ASK.replace("meant.click();", ""), [query])


def test_what_only_english_pages_say_stands_under_its_own_heading(page: Page, site: str, repository: Path) -> None:
    searched(page, site, "es", "carpentry")
    whole = locale(district(), "es", repository / "translations")
    expect(page.locator("#dp-results [data-route]")).to_have_count(0)
    section = page.get_by_role("region", name=whole.gettext("Also found in English"))
    expect(section.locator("[data-route]")).to_have_count(1)
    expect(section.locator("[data-route]")).to_have_attribute("data-route", "builders-track/builders-track")
    expect(section.locator(".dp-card p[lang=en]")).to_have_count(0)  # the card is in the page's own language
    counted = [whole.gettext(words).replace("%(count)s", count) for words, count in COUNTED]
    expect(page.get_by_role("status")).to_have_text(" ".join(counted))
    expect(page.locator("#dp-none")).not_to_be_visible()


def test_english_is_asked_last_and_only_for_words_in_its_letters(page: Page, site: str) -> None:
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    searched(page, site, "am", "ኦቲዝም")
    assert not any("/en/" in address for address in addresses)
    searched(page, site, "am", "carpentry")
    english = [number for number, address in enumerate(addresses) if "/en/pagefind/" in address]
    own = [number for number, address in enumerate(addresses) if "/am/pagefind/" in address]
    assert english
    assert min(english) > min(own)
    assert all(address.startswith(site) for address in addresses)


def test_what_was_meant_is_a_button_that_searches_for_it(page: Page, site: str) -> None:
    searched(page, site, "en", "dentest")
    expect(page.get_by_role("status")).to_have_text("Programs found: 0")
    button = page.get_by_role("button", name="Did you mean “dentist”?")
    button.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=dentist$"))
    expect(page.get_by_role("status")).to_have_text(re.compile("^Programs found: 1"))
    expect(page.locator("#dp-programs")).to_be_focused()


def test_nothing_is_suggested_for_words_that_are_near_to_none(page: Page, site: str) -> None:
    searched(page, site, "en", "xylophonist")
    expect(page.get_by_role("status")).to_have_text("Programs found: 0")
    expect(page.locator("#dp-meant")).not_to_be_visible()


def test_programs_with_some_of_the_words_are_shown_as_such(page: Page, site: str) -> None:
    searched(page, site, "en", "dentist saxophone")
    first = page.locator("#dp-results [data-route]").first
    expect(first).to_have_attribute("data-route", "bright-smiles/bright-smiles")
    expect(page.locator("#dp-note")).to_have_text(re.compile("^No program has all of your words"))


def test_a_choice_made_while_english_is_asked_changes_nothing_of_it(page: Page, site: str) -> None:
    searched(page, site, "es", "carpentry")
    page.locator('details[data-group="cost"] summary').click()
    page.locator('details[data-group="cost"] input').first.check()
    page.locator("#dp-chips button").nth(1).wait_for()
    expect(page.locator("#dp-english [data-route]")).to_have_count(1)


@pytest.mark.parametrize(("language", "query"), [("es", "carpentry"), ("es", "tutorria"), ("ar", "carpentry")])
def test_axe_finds_nothing(chromium: Browser, site: str, language: str, query: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(viewport={"width": 320, "height": 800}, bypass_csp=True)
    page = context.new_page()
    searched(page, site, language, query)
    result = Axe().run(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    context.close()
    assert result.violations_count == 0, result.generate_report()
