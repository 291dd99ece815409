"""Answers of forms: what each means for a field, and what is left to a person because nobody can tell."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.intake.convert import DELETE, Converter, Unclear
from generator.intake.mapping import Column, Map, target_of
from generator.intake.moments import day_of, part_of_day, time_of
from generator.records.folders import SOFTWARE
from generator.schema.shapes import load_shapes
from generator.vocabulary import load_vocabularies
from tests.factories import TODAY

SHAPE = load_shapes(SOFTWARE / "schema")["partner"]
VOCABULARIES = load_vocabularies(SOFTWARE / "schema/vocabularies")
NAMES = {"schools": {"lincoln elementary": "lincoln-elementary", "lincoln": "lincoln-elementary"}, "regions": {}}


def answer(path: str, text: str, *, plan: Map | None = None, **column: Any) -> Any:
    """The value that an answer has for a field."""
    target = target_of(path, SHAPE)
    converter = Converter(map=plan or Map(), vocabularies=VOCABULARIES, names=NAMES, today=TODAY)
    found = converter.answer(target.field, text, Column(heading="Any", target=target, **column))
    return found.value if found else None


@pytest.mark.parametrize(
    ("path", "text", "value"),
    (
        ("name", "  Riverbend\n Readers ", "Riverbend Readers"),
        ("description", "One\r\n\r\nTwo", "One\n\nTwo"),
        ("kind", "Nonprofit", "community-organization"),
        ("focus", "Food, Family support", ["food", "family-support"]),
        ("focus", "Food;family-support;Food", ["food", "family-support"]),
        ("focus", "Food\nMusic", ["food", "music"]),
        ("program.cost.kind", "$0", "free"),
        ("program.cost.amount", "$1,250.50", 1250.5),
        ("program.cost.amount", "25.00 USD", 25),
        ("founded", "1987", 1987),
        ("program.when.sessions.days", "Monday, Wed", ["mon", "wed"]),
        ("program.when.sessions.from", "3:30 PM", "15:30"),
        ("program.when.register_by", "Sept 3, 2026", "2026-09-03"),
        ("partnership.since", "2019", "2019"),
        ("partnership.since", "9/2019", "2019-09"),
        ("partnership.district_wide", "Yes", True),
        ("partnership.schools", "Lincoln; lincoln elementary", ["lincoln-elementary"]),
        ("website", "www.example.org", "https://www.example.org"),
        ("website", "http://example.org", "http://example.org"),
        ("contacts.email", "mailto:hello@example.org", "hello@example.org"),
        ("contacts.phone", "tel:206‑555‑0100", "206-555-0100"),
        ("program.grades", "Grades K to 5", {"from": "K", "to": "5"}),
        ("program.grades", "Pre-K - 2nd grade", {"from": "PK", "to": "2"}),
        ("program.grades", "9", {"from": "9", "to": "9"}),
        ("program.ages", "6 to 12 years old", {"min": 6, "max": 12}),
        ("program.ages", "14+", {"min": 14}),
        ("program.cost", "Free", {"kind": "free"}),
        ("program.cost", "$0", {"kind": "free"}),
        ("program.cost", "25", {"kind": "fee", "amount": 25}),
        ("program.cost", "$1,250.50 a week", {"kind": "fee", "amount": 1250.5, "per": "week"}),
        ("program.cost", "$5/week", {"kind": "fee", "amount": 5, "per": "week"}),
        ("program.cost", "12 dollars", {"kind": "fee", "amount": 12}),
        ("program.status.as_of", "today", TODAY.isoformat()),
        ("program.bring", "Water; a book", ["Water", "a book"]),
        ("name", "   ", None),
    ),
)
def test_what_an_answer_means(path: str, text: str, value: Any) -> None:
    assert answer(path, text) == value


@pytest.mark.parametrize(
    ("path", "text", "why"),
    (
        ("focus", "Fod", "not a focus area"),
        ("program.when.register_by", "3/4/2026", "two meanings"),
        ("program.when.register_by", "31 February 2026", "no day of the calendar"),
        ("program.when.register_by", "soon", "no date"),
        ("program.when.sessions.from", "3", "no time"),
        ("program.when.sessions.from", "25:00", "no time"),
        ("program.cost.amount", "about 5", "no number"),
        ("program.cost.amount", "12,50", 'with a "[.]" before the cents; the map can say decimal: comma'),
        ("program.cost.amount", "12.500", "no number"),
        ("program.cost", "02134", "no number"),
        ("founded", "1987.5", "no whole number"),
        ("partnership.district_wide", "maybe", "neither yes nor no"),
        ("partnership.schools", "Lincon", "none of the schools"),
        ("website", "ask us", "no web address"),
        ("website", "javascript:alert(1)", "no web address"),
        ("program.grades", "all", "no span of grades"),
        ("program.ages", "kids", "no span of ages"),
        ("program.cost", "it depends on you", "no cost such as Free"),
        ("program.cost", "$25 a moon", "no cost such as Free"),
        ("program.cost", "$2.5.0", "no number"),
        ("program.cost", "€25", "no cost such as Free"),
        ("program.cost.amount", "25 €", "no number"),
        ("slug", "Not A Slug", "no slug"),
    ),
)
def test_what_cannot_be_told_is_said(path: str, text: str, why: str) -> None:
    with pytest.raises(Unclear, match=why):
        answer(path, text)


def test_words_of_the_map_stand_for_terms_and_several_of_them() -> None:
    assert answer("focus", "Food help, Music", words={"food HELP": "Food"}) == ["food", "music"]
    assert answer("program.when.sessions.days", "Weekdays", words={"Weekdays": "mon;tue;wed;thu;fri"})[-1] == "fri"


def test_a_known_answer_with_commas_is_taken_whole() -> None:
    said = "Food, clothes, and more"
    assert answer("focus", f"Music, {said}", words={said: "basic-needs"}) == ["music", "basic-needs"]


def test_unknown_answers_are_left_out_only_when_the_map_says_so() -> None:
    assert answer("focus", "Food, Fod", leaves_out=True) == ["food"]
    assert answer("focus", "Fod", leaves_out=True) is None


def test_blank_and_deleting_words() -> None:
    plan = Map(blank=("n/a", "-"), delete=("(delete)",))
    assert answer("name", "N/A", plan=plan) is None
    assert answer("website", "(Delete)", plan=plan) is DELETE


def test_the_map_decides_about_dates_and_cents() -> None:
    assert answer("program.when.register_by", "3/4/2026", plan=Map(dates="month-first")) == "2026-03-04"
    assert answer("program.when.register_by", "3.4.26", plan=Map(dates="day-first")) == "2026-04-03"
    assert answer("program.cost.amount", "1.250,50", plan=Map(decimal="comma")) == 1250.5
    with pytest.raises(Unclear, match="calendar"):
        answer("program.when.register_by", "31/4/2026", plan=Map(dates="month-first"))


@pytest.mark.parametrize(
    ("text", "day"),
    (
        ("2026/10/01 9:15:22 AM AST", "2026-10-01"),
        ("2026-10-01T09:15", "2026-10-01"),
        ("10/13/2026", "2026-10-13"),
        ("13.10.2026", "2026-10-13"),
        ("4/4/2026", "2026-04-04"),
        ("Thursday, 1 October 2026", "2026-10-01"),
        ("October 1st, 2026", "2026-10-01"),
        ("1-Oct-2026", "2026-10-01"),
    ),
)
def test_dates_with_one_meaning(text: str, day: str) -> None:
    assert day_of(text, "") == day


@given(st.dates())
def test_dates_come_back_in_either_order(day: Any) -> None:
    assert day_of(f"{day.month}/{day.day}/{day.year:04}", "month-first") == day.isoformat()
    assert day_of(f"{day.day}.{day.month}.{day.year:04}", "day-first") == day.isoformat()
    assert part_of_day(day.isoformat(), "") == day.isoformat()


@given(st.times())
def test_times_of_both_clocks(time: Any) -> None:
    assert time_of(time.strftime("%H:%M")) == time.strftime("%H:%M")
    assert time_of(time.strftime("%I:%M %p")) == time.strftime("%H:%M")


@pytest.mark.parametrize("words", ["1:00", "3:30", "6.45"])
def test_a_time_without_its_half_of_the_day_is_no_guess(words: str) -> None:
    with pytest.raises(ValueError, match="morning or afternoon"):
        time_of(words)
    assert time_of(f"{words} pm") == f"{int(words[0]) + 12}:{words[2:]}"
    assert (time_of("9:30"), time_of("0:30")) == ("09:30", "00:30")


@given(st.text(max_size=40), st.sampled_from(("name", "focus", "program.grades", "program.ages", "website", "founded")))
def test_any_answer_has_a_value_or_a_reason(text: str, path: str) -> None:
    try:
        answer(path, text)
    except Unclear as error:
        assert "\n" not in str(error)
