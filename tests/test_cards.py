"""Cards: the same facts in the same order everywhere, at most 60 words, and no picture."""

import re
from html.parser import HTMLParser
from itertools import groupby

import pytest

from generator.pages import browse, finder, schools
from tests.finder_district import press, rendered, riverbend
from tests.printing import LANGUAGES, case, case_units, spoken

MOST = 60
"""Words of a card."""
ORDER = (
    "dp-card__name",
    "dp-card__area",
    "dp-card__summary",
    "dp-grade",
    "dp-cost",
    "dp-taken",
    "dp-days",
    "dp-place",
    "dp-language",
    "dp-card__do",
)
CARD = re.compile(r'<article class="dp-card" data-tone=.*?</article>', re.DOTALL)


class Reader(HTMLParser):
    """The words of a card, the kinds of its parts in their order, and its elements."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.parts: list[str] = []
        self.elements: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a part that every card may have."""
        self.elements.add(tag)
        classes = (dict(attrs).get("class") or "").split()
        self.parts.extend(part for part in ORDER if part in classes)

    def handle_data(self, data: str) -> None:
        """Gather the words."""
        self.words.extend(data.split())


def read(card: str) -> Reader:
    """A card as a browser reads it."""
    reader = Reader()
    reader.feed(card)
    return reader


def cards(language: str) -> list[str]:
    """Every card of programs in the invented district that is kept as files, on whatever page."""
    made = press(case(), *spoken(case(), language))
    units = (unit for unit in case_units() if unit.page and not unit.is_file)
    found = (card for unit in units for page in made.pages(unit) for card in CARD.findall(page.body))
    return [card for card in found if "dp-card__do" in card]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_has_sixty_words_at_most_and_no_picture(language: str) -> None:
    read_cards = [read(card) for card in cards(language)]
    assert len(read_cards) > 100
    assert max(len(card.words) for card in read_cards) + len(("Save",)) <= MOST
    assert not any(card.elements & {"img", "picture", "video", "object"} for card in read_cards)


def test_facts_stand_in_the_same_order_on_every_card() -> None:
    for card in map(read, cards("en")):
        parts = [part for part, _ in groupby(card.parts)]
        assert parts == sorted(parts, key=ORDER.index), card.words
        assert parts[0] == ORDER[0]
        assert parts[-1] == ORDER[-1]


def test_every_list_shows_the_same_card() -> None:
    """What differs is the way to the root, the level of the heading, and how far away the program is."""
    pages = [page for kind in (finder, browse, schools) for page in rendered(kind.units, riverbend()).values()]
    found: dict[str, set[str]] = {}
    for page in pages:
        for card in CARD.findall(page.body):
            route = re.findall(r"partners/([^\"]+)/", card)[0]
            plain = re.sub(r"(?:\.\./)+|(?<=<h)\d|(?<=</h)\d| · (?:at this school|[\d.]+ miles?)", "", card)
            found.setdefault(route, set()).add(plain)
    assert len(found) >= 9
    assert {route: len(ways) for route, ways in found.items() if len(ways) > 1} == {}
