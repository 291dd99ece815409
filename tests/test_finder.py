"""The finder's page and the browse pages, as they are without JavaScript."""

import json
import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest

from generator.directory import Directory
from generator.pages import browse, finder
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.search.compact import column
from generator.search.listing import listed
from tests.finder_district import TODAY, directory, locale, over, partner, press, program, rendered, riverbend


def find_page(whole: Directory, language: str = "en", **sizes: int) -> Page:
    return rendered(finder.units, whole, language, **sizes)["find/"]


def browse_pages(whole: Directory, language: str = "en", **sizes: int) -> dict[str, Page]:
    return rendered(browse.units, whole, language, **sizes)


class Elements(HTMLParser):
    """Every element as (tag, attributes), with all text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words += data

    def having(self, attribute: str) -> Iterator[dict[str, str]]:
        return (attributes for _, attributes in self.found if attribute in attributes)


def text_of(html: str) -> str:
    return " ".join(Elements(html).words.split())


def listed_routes(page: Page) -> list[str]:
    """The programs of the list in their order."""
    return re.findall(r'<h3 class="dp-card__name"><a href="\.\./\.\./en/partners/([^"]+)/"', page.body)


def told(page: Page) -> dict[str, dict[str, list[str]]]:
    """What the page tells its script about each program: slugs by facet, with "bus" and "at"."""
    written = re.search(r'<template id="dp-columns">(.*?)</template>', page.body)
    assert written
    columns = json.loads(unescape(written[1]))
    found: dict[str, dict[str, list[str]]] = {route: {} for route in listed_routes(page)}
    for key, (slugs, letters) in {**columns["facets"], "bus": columns["bus"]}.items():
        names = slugs.split(" ")
        for route, own in zip(found, letters.split(" "), strict=True):
            found[route][key] = [names[place_of(sign)] for sign in own]
    for route, own in zip(found, columns["at"].split(" "), strict=True):
        found[route]["at"] = own.split(",")
    return found


def place_of(sign: str) -> int:
    return ord(sign) - 65 if ord(sign) < 256 else ord(sign) - 194


def test_the_page_lists_every_listed_program_in_order() -> None:
    assert listed_routes(find_page(riverbend())) == [
        "river-kitchen/summer-lunch",
        "river-kitchen/weekend-bags",
        "cedar-club/homework-club",
        "cedar-club/saturday-studio",
        "town-hall/any-answers",
        "town-hall/back-room",
        "coat-agency/coats",
        "coat-agency/shoes",
        "town-hall/web-tutors",
    ]


def test_a_program_carries_its_values() -> None:
    rows = told(find_page(riverbend()))
    club = rows["cedar-club/homework-club"]
    assert club["grade"] == ["3", "4", "5", "6", "7", "8"]
    assert club["need"] == ["reading", "tutoring", "after-school"]
    assert club["school"] == ["cedar"]
    assert club["bus"] == ["pine"]
    assert club["season"] == ["ask"]
    assert club["at"] == [""]
    assert rows["cedar-club/saturday-studio"]["at"] == ["45.01", "-100"]


def test_any_number_of_values_has_letters_of_its_own() -> None:
    slugs = [f"school-{number}" for number in range(5000)]
    names, letters = column([slugs[:100], [], slugs, [slugs[4999]]])
    own = [[names.split(" ")[place_of(sign)] for sign in each] for each in letters.split(" ")]
    assert own == [slugs[:100], [], slugs, [slugs[4999]]]
    assert not set(letters) & set("<>&\"' ") - {" "}


def test_the_count_and_the_order_are_said() -> None:
    words = text_of(find_page(riverbend()).body)
    assert "Programs found: 9" in words
    assert "Checked most recently first, then A to Z." in words


def test_without_javascript_every_facet_leads_to_pages_that_exist_with_the_count_they_state() -> None:
    whole = riverbend()
    pages = browse_pages(whole)
    body = find_page(whole).body
    links = re.findall(
        r'/en/([a-z-]+/[a-z0-9-]+/)"[^>]*><span class="dp-option">.*?<span class="dp-count">\((\d+)\)', body
    )
    assert len(links) == len(pages)
    for rest, count in links:
        shown = list(re.finditer(r'<article class="dp-card"', pages[rest].body))
        assert len(shown) == int(count), rest
        assert pages[rest].title.endswith(f": {count}")


def test_a_school_without_programs_leads_to_its_own_page() -> None:
    whole = riverbend()
    lone = directory([p for p in whole.partners.values() if p.slug != "cedar-club"], whole.schools.values())
    assert '<a href="../../en/schools/cedar/"' in find_page(lone).body


@pytest.mark.parametrize(
    ("rest", "title"),
    [
        ("cost/free/", "Free programs: 4"),
        ("grade/3/", "Programs for Grade 3: 2"),
        ("need/food/", "Food programs: 2"),
        ("school/oak/", "Programs at or for Oak Elementary: 1"),
        ("school/any/", "Programs for every school, or online: 3"),
        ("season/summer/", "Programs – Summer: 1"),
        ("cost/ask/", "Ask the partner about this: Cost. Programs: 3"),
    ],
)
def test_browse_pages_say_what_they_show_and_how_many(rest: str, title: str) -> None:
    page = browse_pages(riverbend())[rest]
    assert page.title == title
    assert f"<h1>{title}</h1>" in page.body.replace('<bdi translate="no">', "").replace("</bdi>", "")


def test_a_browse_page_leads_to_the_finder_and_to_what_may_fit() -> None:
    body = browse_pages(riverbend())["cost/free/"].body
    assert 'href="../../../en/find/?cost=free"' in body
    assert 'href="../../../en/cost/ask/"' in body
    assert 'href="../../../en/cost/sliding/"' in body


def test_there_are_no_pages_for_values_without_programs() -> None:
    pages = browse_pages(riverbend())
    assert "grade/adult/" not in pages
    assert "cost/varies/" not in pages
    assert not any("gone-game" in page.body for page in browse_pages(directory([over()])).values())


def test_a_long_list_is_its_first_cards() -> None:
    body = find_page(riverbend(), whole_list=4).body
    assert body.count('<article class="dp-card"') == 4
    assert "Programs found: 9" in body


def test_a_long_list_is_cards_first_and_then_lines() -> None:
    page = browse_pages(riverbend(), cards=1)["cost/free/"]
    assert page.body.count('<article class="dp-card"') == 1
    assert page.body.count("dp-lines") == 3
    for slug in ("summer-lunch", "weekend-bags", "coats", "web-tutors"):
        assert f"/{slug}/" in page.body


def routes(page: Page) -> list[str]:
    """The programs of a page in their order, each once."""
    return list(dict.fromkeys(re.findall(r'/en/partners/([a-z-]+/[a-z-]+)/"', page.body)))


def test_a_very_long_list_goes_on_on_further_pages() -> None:
    whole = riverbend()
    (free,) = (page for rest, page in browse_pages(whole).items() if rest == "cost/free/")
    pages = browse_pages(whole, cards=1, lines=1)
    first, second, third = (pages[rest] for rest in ("cost/free/", "cost/free/2/", "cost/free/3/"))
    assert [len(routes(page)) for page in (first, second, third)] == [2, 1, 1]
    assert [*routes(first), *routes(second), *routes(third)] == routes(free)
    assert "cost/free/4/" not in pages
    for page, number in ((first, 1), (second, 2), (third, 3)):
        assert FRAMES[page.frame] == page.path.count("/")
        assert f"Page {number} of 3" in page.body
        assert "<h1>Free programs: 4</h1>" in page.body
        assert f'href="{"../" * FRAMES[page.frame]}en/find/?cost=free"' in page.body
    assert len({page.title for page in pages.values()}) == len(pages)
    assert "Page 2 of 3" in second.title


def test_further_pages_lead_on_and_back() -> None:
    pages = browse_pages(riverbend(), cards=1, lines=1)
    ways = {
        number: re.findall(r'rel="(prev|next)" href="([^"]+)"', pages[f"cost/free/{number}"].body)
        for number in ("", "2/", "3/")
    }
    assert ways == {
        "": [("next", "../../../en/cost/free/2/")],
        "2/": [("prev", "../../../../en/cost/free/"), ("next", "../../../../en/cost/free/3/")],
        "3/": [("prev", "../../../../en/cost/free/2/")],
    }
    assert "These may fit too" in pages["cost/free/"].body
    assert "These may fit too" not in pages["cost/free/2/"].body
    assert 'rel="next"' not in browse_pages(riverbend(), cards=1, lines=3)["cost/free/"].body


def test_a_card_is_written_once_for_all_browse_pages() -> None:
    whole = riverbend()
    printer = press(whole, locale(whole))
    shown = "".join(
        page.body for unit in browse.units(whole, TODAY, Deck(whole, TODAY)) for page in printer.pages(unit)
    )
    assert shown.count("<article") > 5 * len(listed(whole, TODAY))
    assert len(printer.slots.cards) == len(listed(whole, TODAY))


def test_an_empty_district_has_a_finder() -> None:
    whole = directory(())
    assert "Programs found: 0" in text_of(find_page(whole).body)
    assert browse_pages(whole) == {}


def test_slugs_are_the_same_in_every_language() -> None:
    whole = riverbend()
    assert list(browse_pages(whole)) == list(browse_pages(whole, "ar"))
    values = re.compile(r'/(?:en|ar)/([a-z-]+/[a-z0-9-]+)/"[^>]*><span class="dp-option">')
    assert len(found := values.findall(find_page(whole, "ar").body)) > 20
    assert found == values.findall(find_page(whole).body)


def test_strangers_words_are_text() -> None:
    name = '"><script>alert(1)</script>'
    page = find_page(directory([partner("river", program("bags", name=name), name=name)]))
    assert "<script" not in page.body
    assert name in Elements(page.body).words


def test_every_id_is_there_once_and_every_label_names_one() -> None:
    elements = Elements(find_page(riverbend()).body)
    ids = [attributes["id"] for attributes in elements.having("id")]
    assert len(ids) == len(set(ids))
    wanted = [a[key] for key in ("aria-labelledby", "data-label", "for") for a in elements.having(key)]
    assert wanted
    assert set(wanted) <= set(ids)
