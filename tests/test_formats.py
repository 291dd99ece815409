"""Dates, times of day, lists, numbers and distances, as each language of the site writes them."""

import re
from datetime import date
from pathlib import Path

import pytest

from generator.languages import Locale
from generator.words import formats, pseudo
from tests.finder_district import directory, locale

LANGUAGES = ("en", "es", "am", "ar", "om", "so", "ti", "tl", "vi", "zh-Hans", "zh-Hant")
DAYS = {
    "en": "October 3, 2026",
    "es": "3 de octubre de 2026",
    "am": "ኦክቶበር 3፣ 2026",
    "ar": "3 أكتوبر 2026",
    "om": "Onkololeessa 3, 2026",
    "so": "Oktoobar 3, 2026",
    "ti": "ጥቅምቲ 3፣ 2026",
    "tl": "Oktubre 3, 2026",
    "vi": "3 tháng 10 năm 2026",
    "zh-Hans": "2026年10月3日",
    "zh-Hant": "2026年10月3日",
}
MONTHS = {
    "en": "May 2026",
    "es": "mayo de 2026",
    "am": "ሜይ 2026",
    "ar": "مايو 2026",
    "om": "Caamsaa 2026",
    "so": "Maayo 2026",
    "ti": "ግንቦት 2026",
    "tl": "Mayo 2026",
    "vi": "tháng 5 năm 2026",
    "zh-Hans": "2026年5月",
    "zh-Hant": "2026年5月",
}
CLOCKS = {  # 08:05, 15:30, 19:00
    "en": ("8:05 AM", "3:30 PM", "7:00 PM"),
    "es": ("8:05 a.m.", "3:30 p.m.", "7:00 p.m."),
    "am": ("ጥዋት 8:05", "ከሰዓት 3:30", "ምሽት 7:00"),
    "ar": ("8:05 ص", "3:30 م", "7:00 م"),
    "om": ("8:05 WD", "3:30 WB", "7:00 WB"),
    "so": ("8:05 subaxnimo", "3:30 galabnimo", "7:00 habeennimo"),
    "ti": ("8:05 ቅ.ቀ.", "3:30 ድ.ቀ.", "7:00 ድ.ቀ."),
    "tl": ("8:05 AM", "3:30 PM", "7:00 PM"),
    "vi": ("8:05 sáng", "3:30 chiều", "7:00 tối"),
    "zh-Hans": ("上午8:05", "下午3:30", "晚上7:00"),
    "zh-Hant": ("上午8:05", "下午3:30", "晚上7:00"),
}
LISTS = {
    "en": ("A and B", "A, B, and C"),
    "es": ("A y B", "A, B y C"),
    "am": ("A እና B", "A፣ B እና C"),
    "ar": ("A وB", "A وB وC"),
    "om": ("A fi B", "A, B fi C"),
    "so": ("A iyo B", "A, B iyo C"),
    "ti": ("Aን Bን", "A፣ Bን Cን"),
    "tl": ("A at B", "A, B, at C"),
    "vi": ("A và B", "A, B và C"),
    "zh-Hans": ("A和B", "A、B和C"),
    "zh-Hant": ("A和B", "A、B和C"),
}
MILES = {
    "en": "0.3 miles",
    "es": "0.3 millas",
    "am": "0.3 ማይል",
    "ar": "0.3 ميل",
    "om": "maayilii 0.3",
    "so": "0.3 mayl",
    "ti": "0.3 ማይል",
    "tl": "0.3 milya",
    "vi": "0.3 dặm",
    "zh-Hans": "0.3英里",
    "zh-Hant": "0.3英里",
}


def here(language: str) -> Locale:
    """A language."""
    return locale(directory(()), language, Path("no-translations"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_months_are_gregorian_with_the_names_that_people_know(language: str) -> None:
    assert here(language).date(date(2026, 10, 3)) == DAYS[language]
    assert here(language).partial_date("2026-05") == MONTHS[language]
    assert here(language).partial_date("1998") == "1998"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_time_of_day_says_which_part_of_the_day_it_is(language: str) -> None:
    said = tuple(" ".join(here(language).clock(text).split()) for text in ("08:05", "15:30", "19:00"))
    assert said == CLOCKS[language]
    told = [here(language).clock(f"{hour:02}:30") for hour in range(24)]
    assert len(set(told)) == len(told)  # a clock of twelve hours says the same twice, unless something tells them apart


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en", "es"}))
def test_noon_and_midnight_are_not_to_be_taken_for_each_other(language: str) -> None:
    noon, midnight, later = (here(language).clock(text) for text in ("12:00", "00:00", "13:00"))
    assert noon.replace("12:00", "1:00") not in (midnight, later)
    assert noon != midnight


@pytest.mark.parametrize("language", LANGUAGES)
def test_several_things_are_joined_as_people_say_them(language: str) -> None:
    assert (here(language).listed("AB"), here(language).listed("ABC")) == LISTS[language]
    assert here(language).listed(("A",)) == "A"
    assert here(language).listed(()) == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_have_western_digits_and_the_separators_of_prices(language: str) -> None:
    said = here(language)
    assert said.number(12_345.6) == "12,345.6"
    assert "1,200" in said.money(1200)
    assert "84%" in said.percent(84)
    shares = (0, 0.5, 33.3, 100, 250.25)
    assert [re.findall(r"[0-9.,]+", said.percent(each))[0] for each in shares] == ["0", "0.5", "33.3", "100", "250.25"]
    assert said.miles(0.5) == MILES[language]
    everything = "".join((*DAYS.values(), *MILES.values(), said.number(7), said.clock("15:30")))
    assert set(re.findall(r"\d", everything)) <= set("0123456789")


@pytest.mark.parametrize("language", [*formats.FORMATS, *pseudo.FORMATS])
def test_a_language_of_our_own_has_twelve_months_and_a_whole_day(language: str) -> None:
    own = {**formats.FORMATS, **pseudo.FORMATS}[language]
    assert len(own.months) in (0, formats.MONTHS)
    assert len(set(own.months)) == len(own.months)
    assert bool(own.months) == bool(own.date) == bool(own.month)
    starts = [start for start, _ in own.hours]
    assert not starts or starts[0] == "00:00"
    assert starts == sorted(set(starts))


@pytest.mark.parametrize("language", ["am", "ti", "om", "so", "vi", "zh-Hans", "zh-Hant"])
def test_a_mile_has_the_word_that_the_catalogue_has(language: str, repository: Path) -> None:
    word = MILES[language].replace("0.3", "").strip()
    assert word in here_with_words(language, repository).gettext("%(count)s miles away")


def here_with_words(language: str, repository: Path) -> Locale:
    """A language with its catalogue."""
    return locale(directory(()), language, repository / "translations")
