"""The further search words of a page, and the file that leads from results to programs."""

import gzip
import json

import pytest

from generator.directory import Directory, Offer
from generator.model import Cost, Where
from generator.problems import SetupError
from generator.search.keywords import LIMIT, kw, other_names
from generator.search.results import search_file
from generator.words.translations import Translation
from tests.finder_district import OAK, ROOT, TODAY, directory, locale, partner, program, school

OAKS = school("oak", OAK, also_known_as=("Acorn School",), short_name="Oak")


def whole_of(**fields: object) -> Directory:
    """A partner with one program at a school with other names."""
    offered = program("bags", where=Where(schools=("oak",)), **fields)
    return directory((partner("river", offered, also_known_as=("Stream Pantry",)),), (OAKS,))


def found_under(offer: Offer, whole: Directory, language: str = "en") -> str:
    """The search words of a program."""
    return kw(locale(whole, language, ROOT / "translations"), offer, other_names(offer, whole))


def words(offer: Offer, whole: Directory, language: str = "en") -> list[str]:
    """The same, one by one."""
    return found_under(offer, whole, language).split(" ")


def test_a_program_is_found_by_other_names_and_synonyms() -> None:
    whole = whole_of(cost=Cost(kind="free"), audience=("babies-toddlers",))
    found = words(whole.offers[0], whole)
    assert {"Stream", "pantry", "Acorn", "groceries", "lunch", "charge", "infants"} <= set(found)


def test_synonyms_are_those_of_the_language() -> None:
    whole = whole_of()
    spanish = words(whole.offers[0], whole, "es")
    assert {"Comida", "despensa"} <= set(spanish)
    assert "groceries" not in spanish


def test_broader_terms_bring_their_name_but_not_their_synonyms() -> None:
    whole = whole_of(focus=("food",))
    found = words(whole.offers[0], whole)
    assert "Basic" in found
    assert "diapers" not in found


def test_each_word_stands_once_and_amounts_are_left_out() -> None:
    whole = whole_of(cost=Cost(kind="free"), focus=("food", "clothing", "housing"))
    found = words(whole.offers[0], whole)
    assert len({word.casefold() for word in found}) == len(found)
    assert not {"$0", "0"} & set(found)


def test_it_is_short_and_always_the_same() -> None:
    everything = tuple(directory(()).vocabularies["focus-areas"].order)
    whole = whole_of(focus=everything)
    found = found_under(whole.offers[0], whole)
    assert LIMIT - 20 < len(found) <= LIMIT
    again = whole_of(focus=everything)
    assert found_under(again.offers[0], again) == found


def translated(text: str, language: str) -> str:
    """The search words of a program whose summary is translated."""
    whole = whole_of()
    entry = {"programs/bags/summary": Translation(text=text, source="0" * 8, by="human", on=TODAY)}
    told = directory(
        whole.partners.values(), whole.schools.values(), translations={(language, "partners/river"): entry}
    )
    return found_under(told.offers[0], told, language)


def test_chinese_comes_in_pairs() -> None:
    found = translated("課後學習班,免費。", "zh-Hant").split(" ")
    assert {"課後", "後學", "學習", "習班", "免費"} <= set(found)
    assert "班免" not in found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("am", "ሠላም፣ ትምህርት", "ሰላም"),
        ("ar", "مساعدةٌ في الواجبات", "مساعده"),
        ("ar", "مدرسة أحمد", "احمد"),
        ("ar", "بالمدرسة", "مدرسه"),
        ("am", "ቤቶች", "ቤት"),
        ("am", "ለተማሪዎች", "ተማሪ"),
        ("vi", "đường đi", "duong"),
    ],
)
def test_spellings_are_evened_out(language: str, text: str, expected: str) -> None:
    assert expected in translated(text, language).split(" ")


def test_latin_spellings_are_left_to_the_index() -> None:
    assert "tutoria" not in translated("Tutoría gratis", "es").split(" ")


def fragment(url: str) -> bytes:
    """A fragment as Pagefind writes it."""
    return gzip.compress(b"pagefind_dcd" + json.dumps({"url": url, "content": "…", "meta": {}}).encode())


def test_results_lead_to_programs_and_to_nothing_else() -> None:
    made = search_file(
        [
            ("en_2", fragment("/partners/river/bags/")),
            ("en_1", fragment("/partners/river/soup/")),
            ("en_3", fragment("/partners/river/")),
            ("en_4", fragment("/schools/oak/")),
            ("en_5", fragment("/en/partners/river/soup/")),
        ],
        [],
    )
    assert made == b'{"programs":{"en_1":"river/soup","en_2":"river/bags"},"words":""}'


def test_addresses_are_read_however_they_are_written() -> None:
    long = "/partners/" + "r" * 400 + "/bags/"
    late = gzip.compress(rb'pagefind_dcd{"content":"\"url\":\"/partners/a/b/\"","url":"/partners/river/bags/"}')
    escaped = gzip.compress(rb'pagefind_dcd{"url":"/partners/river\u002Fbags/"}')
    made = json.loads(search_file([("1", fragment(long)), ("2", late), ("3", escaped)], []))
    assert made["programs"] == {"1": "r" * 400 + "/bags", "2": "river/bags", "3": "river/bags"}


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"pagefind_xyz{}"), gzip.compress(b"pagefind_dcd{}")],
    ids=["empty", "no gzip", "another mark", "no words"],
)
def test_another_format_is_said_in_one_line(content: bytes) -> None:
    with pytest.raises(SetupError, match="pagefind/fragment/en_1: this version of Pagefind"):
        search_file([("en_1", content)], [])


PAGE = '<h1>Homework <bdi>Table</bdi></h1><p class="dp-lead"{}>Volunteers help with homework at “the library”, too.</p>'


def test_words_of_names_and_summaries_are_suggested() -> None:
    words = json.loads(search_file([], [PAGE.format("")] * 2))["words"].split(",")
    assert sorted(words) == ["help", "homework", "library", "table", "volunteers", "with"]


def test_words_of_another_language_are_not() -> None:
    assert json.loads(search_file([], [PAGE.format(' lang="en"')]))["words"] == "homework,table"
