"""What the finder makes of words is what the generator makes of them; and what people may have meant."""

import json
import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.languages import Locale
from generator.search.tables import PHRASE_LIMIT, tables
from generator.text import fold
from generator.words.lexicon import read_lexicon, words_of
from tests.finder_district import ROOT, locale, riverbend

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LANGUAGES = ("en", "es", "so", "vi", "zh-Hant", "zh-Hans", "am", "ar", "om", "ti", "tl")
ASSIGNED = [chr(code) for code in range(0x20, 0x1F000) if unicodedata.category(chr(code)) not in {"Cn", "Cs", "Co"}]
FOLD = """async ([tables, texts]) => {
    const { folding } = await import('/finder-words.js');
    return texts.map(folding(tables));
}"""
ANALYSE = """async ([tables, texts]) => {
    const { folding, stems, words } = await import('/finder-words.js');
    const fold = folding(tables);
    return texts.map(text => words(fold(text)).map(word => [word, stems(word, tables)]));
}"""
MEANT = """async ([tables, known, unknown, query]) => {
    const { folding, meant } = await import('/finder-words.js');
    return meant(query, new Set(unknown), known, folding(tables));
}"""


@pytest.fixture(scope="module")
def page(chromium: "Browser", serve: Callable[[Path], str]) -> Iterator["Page"]:
    """A page from which the scripts can be loaded."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{serve(ROOT / 'generator/theme/assets')}icon.svg")
    yield page
    context.close()


@cache
def spoken(language: str) -> Locale:
    """A language with the project's own words."""
    return locale(riverbend(), language, ROOT / "translations")


def tables_of(language: str) -> Mapping[str, Any]:
    """What the script gets to know of a language."""
    found: Mapping[str, Any] = json.loads(tables(spoken(language)))
    return found


def everything() -> list[str]:
    """Every letter by itself, each with marks, and thousands of strange mixtures."""
    chance = random.Random(17)
    marks = ["\u0301", "\u0323\u0301", "\u0345", "\u064e", "\u0653", "\u093c", "'", "\u200d"]
    mixed = ["".join(chance.choices(ASSIGNED, k=chance.randint(1, 12))) for _ in range(5_000)]
    return [*ASSIGNED, *(f"A{letter}{chance.choice(marks)}b" for letter in ASSIGNED), *mixed]


def test_texts_of_all_scripts_are_evened_out_alike(page: "Page") -> None:
    texts = everything()
    folded = page.evaluate(FOLD, [tables_of("en"), texts])
    differing = [
        (ascii(text), ascii(fold(text)), ascii(found))
        for text, found in zip(texts, folded, strict=True)
        if found != fold(text)
    ]
    assert differing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_lose_their_affixes_alike(page: "Page", language: str) -> None:
    known = (ROOT / f"translations/{language}/search.yml").read_text("utf-8")
    pages = "\n".join(
        path.read_text("utf-8") for path in sorted((ROOT / f"translations/{language}").glob("pages/*.md"))
    )
    texts = re.split(r"[\n,]+", known + pages)
    lexicon = spoken(language).lexicon
    wanted = [[[word, list(lexicon.stems(word))] for word in words_of(text)] for text in texts]
    assert page.evaluate(ANALYSE, [tables_of(language), texts]) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_tables_of_a_language_are_small(language: str) -> None:
    made = tables(spoken(language))
    assert len(made) < 16_000
    assert len(json.loads(made)["suggestions"]) <= PHRASE_LIMIT
    assert made == tables(spoken(language))


@pytest.mark.parametrize(
    ("query", "known", "unknown", "wanted"),
    [
        ("homewrok", ["homework"], ["homewrok"], ["homework"]),
        ("vilon lessons", ["violin", "lessons"], ["vilon"], ["violin lessons"]),
        ("tutorria", ["tutor", "tutoría"], ["tutorria"], ["tutoría"]),
        ("xe bít", ["bỉm", "xe buýt"], ["bit"], ["xe buýt", "xe bỉm"]),
        ("游永", ["游泳", "永"], ["游永"], ["游泳"]),
        ("課", ["果"], ["課"], []),
        ("ab", ["abc"], ["ab"], []),
        ("bread", ["housing"], ["bread"], []),
        ("free fod", ["food", "free"], ["fod"], ["free food"]),
        ("tutor", ["tutor"], ["tutor"], []),
    ],
)
def test_what_was_meant_is_near(
    page: "Page", query: str, known: list[str], unknown: list[str], wanted: list[str]
) -> None:
    assert page.evaluate(MEANT, [tables_of("en"), known, unknown, query]) == wanted


def test_english_has_its_synonyms_in_one_place() -> None:
    assert read_lexicon(ROOT / "translations/en/search.yml").synonyms == {}
