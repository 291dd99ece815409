"""The gallery of stories: small at any size, with a way to each story that needs no script."""

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

import pytest
from msgspec import structs

from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import Story
from generator.pages import gallery, recognition
from generator.pages.gallery import CARDS, INDEX, LINES
from generator.pages.page import Page
from generator.words.translations import Translation, Translations
from tests.factories import story
from tests.finder_district import TODAY, directory, partner, rendered, school
from tests.many_stories import YEARS, many_stories

STORY = re.compile(r'href="(?:\.\./)+en/recognition/([\d-]+/[a-z0-9-]+)/"')
HOSTILE = '</script><script>alert(1)</script> "]} & <b>'


def whole(*stories: Story, **fields: Any) -> Directory:
    """A district with two partners, a school and stories, the newest first."""
    known = directory((partner("river-readers"), partner("mill")), (school("oak", None),), **fields)
    return replace(known, stories=MappingProxyType({f"{each.school_year}/{each.slug}": each for each in stories}))


@cache
def thousand() -> dict[str, Page]:
    """The pages of the gallery of a thousand stories, by their addresses."""
    return rendered(lambda whole, today, deck: gallery.units(whole), many_stories())


def stories_on(pages: Iterable[Page]) -> list[str]:
    """The stories that pages lead to, in their order."""
    return [found for page in pages for found in STORY.findall(page.body)]


def test_each_of_a_thousand_stories_is_a_few_steps_away_without_a_script() -> None:
    stories = many_stories().stories
    pages = thousand()
    steps = {"recognition/"}
    for _ in range(2 + len(stories) // YEARS // LINES):
        steps |= {
            address
            for step in steps
            for address in re.findall(r'href="(?:\.\./)+en/(recognition/[^"?]+/)"', pages[step].body)
            if address in pages
        }
    assert steps == {address for address, page in pages.items() if page.frame}
    assert set(stories_on(pages[step] for step in steps)) == set(stories)


@pytest.mark.parametrize("kind", ["year", "support"])
def test_a_year_and_a_kind_of_support_show_each_of_their_stories_once(kind: str) -> None:
    known = many_stories()
    wanted = known.stories_by_year if kind == "year" else gallery.by_support(known)
    for key, stories in wanted.items():
        first, further = (f"{key}/", f"{key}-2/") if kind == "year" else (f"support/{key}/", f"support-2/{key}/")
        pages = [
            thousand()[f"recognition/{address}"]
            for address in (first, further)
            if f"recognition/{address}" in thousand()
        ]
        assert stories_on(pages) == [f"{each.school_year}/{each.slug}" for each in stories]
        assert stories_on(pages[:1])[:CARDS] == stories_on(pages)[:CARDS]
        assert pages[0].body.count('class="dp-card"') == min(CARDS, len(stories))


def test_a_long_year_has_further_pages_that_lead_back_and_forth() -> None:
    known = many_stories()
    pages = rendered(lambda whole, today, deck: gallery.units(whole, 10, 100), known)
    first, second, third = (pages[f"recognition/2025-26{page}/"] for page in ("", "-2", "-3"))
    assert 'rel="next" href="../../../en/recognition/2025-26-2/"' in first.body
    assert 'rel="prev" href="../../../en/recognition/2025-26/"' in second.body
    assert 'rel="prev" href="../../../en/recognition/2025-26-2/"' in third.body
    assert 'rel="next"' not in third.body
    assert second.title == "Stories of 2025-26 · Page 2 of 3"
    assert len({*stories_on([first, second, third])}) == len(known.stories_by_year["2025-26"])


def test_a_kind_of_support_has_further_pages_too() -> None:
    pages = rendered(lambda whole, today, deck: gallery.units(whole, 10, 20), many_stories())
    second = next(page for page in pages.values() if page.rest.startswith("recognition/support-2/"))
    assert f'rel="prev" href="../../../../en/{second.rest.replace("support-2", "support")}"' in second.body
    assert second.frame == "story"


def test_the_newest_stories_come_first_and_earlier_years_are_named() -> None:
    body = thousand()["recognition/"].body
    newest = many_stories().stories_by_year["2025-26"][:CARDS]
    assert stories_on([thousand()["recognition/"]]) == [f"2025-26/{each.slug}" for each in newest]
    assert re.findall(r'id="year-([\d-]+)"', body) == ["2025-26"]
    assert [f"recognition/{year}/" in body for year in ("2024-25", "2023-24", "2022-23")] == [True] * 3
    assert "Earlier school years" in body
    few = rendered(recognition.units, whole(story(), story("older", school_year="2019-20")))["recognition/"].body
    assert re.findall(r'id="year-([\d-]+)"', few) == ["2025-26", "2019-20"]
    assert "Earlier school years" not in few


def test_without_stories_the_gallery_says_so_and_has_no_filters() -> None:
    pages = rendered(recognition.units, whole())
    assert set(pages) == {"recognition/"}
    assert "There are no stories here yet." in pages["recognition/"].body
    assert "dp-stories-form" not in pages["recognition/"].body
    assert "stories.js" not in pages["recognition/"].head


def test_people_can_thank_a_partner_only_where_the_district_says_how() -> None:
    known = whole(story())
    assert "Thank a partner" not in rendered(recognition.units, known)["recognition/"].body
    open_now = replace(known, district=structs.replace(known.district, nominate="https://forms.example.org/thanks"))
    assert 'href="https://forms.example.org/thanks"' in rendered(recognition.units, open_now)["recognition/"].body


def listed(known: Directory, language: str = "en") -> dict[str, Any]:
    """The list for the filters, as a reader of JSON has it."""
    found: dict[str, Any] = json.loads(rendered(recognition.units, known, language)[INDEX].body)
    return found


def test_the_list_has_what_each_story_can_be_filtered_by() -> None:
    known = whole(
        story("second", focus=("food", "reading"), schools=("oak", "gone"), partners=("mill",)),
        story("first", focus=("food",), partners=("river-readers", "mill"), school_year="2024-25"),
    )
    data = listed(known)
    assert data["partner"] == [["mill", "Mill"], ["river-readers", "River Readers"]]
    assert data["school"] == [["oak", "Oak Elementary"]]
    topics = [slug for slug, _ in data["support"]]
    assert set(topics) == {"food", "reading"}
    assert data["stories"] == [
        ["2025-26/second", "Reading nights", [topics.index("food"), topics.index("reading")], [0], [0]],
        ["2024-25/first", "Reading nights", [topics.index("food")], [], [1, 0]],
    ]


def test_the_list_speaks_the_language_of_its_page_or_says_which() -> None:
    words = Translation(text="Noches de lectura", source=fingerprint("Reading nights"), by="human", on=TODAY)
    known = replace(
        whole(story("one"), story("two")),
        translations=Translations.of({("es", "recognition/2025-26/one"): {"title": words}}),
    )
    titles = [title for _, title, *_ in listed(known, "es")["stories"]]
    assert titles == ["Noches de lectura", {"@language": "en", "@value": "Reading nights"}]


def test_words_of_strangers_cannot_end_the_list() -> None:
    known = whole(story(title=HOSTILE))
    assert listed(known)["stories"][0][1] == HOSTILE
    pages = rendered(recognition.units, known)
    assert "<" not in pages[INDEX].body
    assert not [page.rest for page in pages.values() if "<script>alert" in page.body + page.head]


def test_a_page_says_whose_words_it_shows() -> None:
    units = tuple(gallery.units(many_stories()))
    for unit in units:
        shown = set(stories_on([thousand()[unit.address]])) if unit.address in thousand() else set()
        assert {f"recognition/{each}" for each in shown} <= set(unit.speaks)
