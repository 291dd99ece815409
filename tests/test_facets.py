"""The facets of the finder: what each program counts as, what is listed, and in which order."""

from datetime import date

import pytest

from generator.directory import Offer
from generator.model import Ages, Cost, GettingThere, Grades, Partnership, Place, Program, Status, Verified, When, Where
from generator.search.answers import ANY, ASK, ELSEWHERE
from generator.search.facets import FACETS, browse_sets, facet_values, label, values
from generator.search.listing import listed, listed_with_values
from tests.finder_district import OAK, TODAY, directory, locale, over, partner, program, riverbend, school, session

ORDER = ["grade", "need", "cost", "school", "region", "day", "language", "access", "getting-there", "season"]


def found(key: str, offered: Program, **partner_fields: object) -> set[str]:
    """The values of one facet for a program of a partner, with one school in the south."""
    whole = directory((partner("river", offered, **partner_fields),), (school("oak", OAK, "south"),))
    return set(facet_values(whole, whole.offers[0])[key])


def test_the_facets_stand_in_the_order_of_the_design() -> None:
    assert [facet.key for facet in FACETS] == ORDER
    assert [facet.key for facet in FACETS if facet.group == "near"] == ["school", "region"]


@pytest.mark.parametrize("key", [key for key in ORDER if key != "need"])
def test_what_nobody_knows_is_to_be_asked(key: str) -> None:
    assert found(key, program("bare")) == {ASK}


def test_a_span_of_grades_is_every_grade_of_it() -> None:
    assert found("grade", program("p", grades=Grades(first="PK", last="2"))) == {"pk", "k", "1", "2"}


@pytest.mark.parametrize(
    ("youngest", "oldest", "grades"),
    [
        (5, 7, {"k", "1", "2"}),
        (0, 4, {"babies", "pk"}),
        (16, None, {"11", "12", "adult"}),
        (None, 5, {"pk", "k"}),
        (0, 2, {"babies"}),
        (2, 4, {"babies", "pk"}),
        (None, 2, {"babies"}),
        (None, None, {ASK}),
    ],
)
def test_ages_stand_in_for_grades(youngest: int | None, oldest: int | None, grades: set[str]) -> None:
    assert found("grade", program("p", ages=Ages(youngest=youngest, oldest=oldest))) == grades


def test_programs_only_for_grown_ups_are_for_adults() -> None:
    assert found("grade", program("p", audience=("caregivers",))) == {"adult"}
    assert found("grade", program("p", audience=("caregivers", "students"))) == {ASK}


def test_needs_and_access_hold_the_broader_terms() -> None:
    assert found("need", program("p", focus=("reading",))) == {"reading", "tutoring"}
    place = Place(name="Mill", access=("step-free",))
    assert found("access", program("p", where=Where(places=(place,)))) == {"step-free", "wheelchair"}


def test_cost_is_its_kind() -> None:
    assert found("cost", program("p", cost=Cost(kind="sliding"))) == {"sliding"}


def test_a_program_is_at_its_schools_and_in_their_region() -> None:
    offered = program("p", where=Where(schools=("oak",)))
    assert found("school", offered) == {"oak"}
    assert found("region", offered, regions=("north",)) == {"south"}


def test_without_a_place_the_partner_tells_where() -> None:
    at_oak = Partnership(schools=("oak",))
    assert found("school", program("p"), partnership=at_oak) == {"oak"}
    assert found("region", program("p"), partnership=at_oak) == {"south"}
    assert found("region", program("p"), regions=("north",)) == {"north"}
    assert found("school", program("p"), partnership=Partnership(district_wide=True)) == {ANY}
    assert found("region", program("p"), partnership=Partnership(district_wide=True)) == {ANY}


def test_online_is_near_everyone() -> None:
    offered = program("p", where=Where(schools=("oak",), online=True))
    assert found("school", offered) == {"oak", ANY}
    assert found("region", offered) == {"south", ANY}
    assert found("getting-there", offered) == {"online"}


def test_another_place_rules_schools_out_only_with_a_position() -> None:
    known = Place(name="Mill", latitude=45.0, longitude=-100.0)
    assert found("school", program("p", where=Where(places=(known,)))) == {ELSEWHERE}
    assert found("school", program("p", where=Where(places=(Place(name="Mill"),)))) == {ASK}


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (session("mon", "wed"), {"mon", "wed"}),
        (session("mon", opens="15:30", closes="17:30"), {"mon", "after-school"}),
        (session("mon", opens="17:30", closes="19:00"), {"mon", "after-school", "evening"}),
        (session("mon", opens="18:00", closes="19:00"), {"mon", "evening"}),
        (session("mon", opens="07:00", closes="09:00"), {"mon", "before-school"}),
        (session("mon", opens="08:00", closes="17:00"), {"mon"}),
        (session("sat", opens="15:00", closes="17:00"), {"sat", "weekend"}),
        (session("fri", "sun", opens="15:00"), {"fri", "sun", "weekend", "after-school"}),
        (session(opens="15:00"), {"after-school"}),
    ],
)
def test_hours_tell_the_time_of_day(time: object, expected: set[str]) -> None:
    assert found("day", program("p", when=When(sessions=(time,)))) == expected


def test_after_school_needs_no_hours_when_it_is_the_focus() -> None:
    assert found("day", program("p", focus=("after-school",))) == {"after-school"}
    morning = When(sessions=(session("sat", opens="09:00", closes="11:00"),))
    assert found("day", program("p", focus=("after-school",), when=morning)) == {"sat", "weekend"}


def test_languages_are_those_of_the_program_else_of_the_partner() -> None:
    assert found("language", program("p", languages=("zh-Hant",)), languages=("so",)) == {"zh-hant"}
    assert found("language", program("p"), languages=("so",)) == {"so"}


@pytest.mark.parametrize(("interpretation", "is_open"), [("phone", True), ("on-request", True), ("none", False)])
def test_with_an_interpreter_other_languages_are_worth_asking(interpretation: str, is_open: bool) -> None:
    offered = program("p", languages=("en",), interpretation=interpretation)
    assert found("language", offered) == ({"en", ASK} if is_open else {"en"})


def test_ways_there() -> None:
    stop = Where(places=(Place(name="Mill", transit="Bus 7"),))
    assert found("getting-there", program("p", where=stop, getting_there=GettingThere(bus_from=("oak",)))) == {
        "bus",
        "transit",
    }


def test_every_value_of_every_program_can_be_chosen() -> None:
    whole = riverbend()
    known = {facet.key: {value.slug for value in values(facet, whole)} for facet in FACETS}
    for offer in whole.offers:
        for key, slugs in facet_values(whole, offer).items():
            assert set(slugs) <= known[key], f"{offer.route}: {key}"


def test_values_come_in_the_order_of_the_vocabulary_and_ask_last() -> None:
    whole = riverbend()
    grades = [value.slug for value in values(FACETS[0], whole)]
    assert grades[:4] == ["babies", "pk", "k", "1"]
    assert grades[-2:] == ["adult", ASK]
    days = next(facet for facet in FACETS if facet.key == "day")
    assert [label(locale(whole), value) for value in values(days, whole)][:5] == [
        "Before school",
        "After school",
        "Evening",
        "Weekend",
        "Monday",
    ]


def test_browse_sets_hold_every_listed_program_in_every_facet() -> None:
    whole = riverbend()
    offers = listed(whole, TODAY)
    for key, sets in browse_sets(listed_with_values(whole, TODAY)).items():
        assert {offer.route for shown in sets.values() for offer in shown} == {o.route for o in offers}, key
        assert all(sets.values())


def test_browse_sets_keep_the_order() -> None:
    whole = riverbend()
    sets = browse_sets(listed_with_values(whole, TODAY))
    assert [offer.program.slug for offer in sets["cost"]["free"]] == [
        "summer-lunch",
        "weekend-bags",
        "coats",
        "web-tutors",
    ]


def listed_slugs(*partners: object) -> list[str]:
    return [offer.program.slug for offer in listed(directory(partners), TODAY)]  # type: ignore[arg-type]


def test_closed_programs_and_ended_partnerships_are_not_listed() -> None:
    closed = program("shut", status=Status(state="closed", as_of=date(2026, 1, 1)))
    full = program("full", status=Status(state="full", as_of=date(2026, 1, 1)))
    paused = partner("calm", program("pause"), partnership=Partnership(status="paused"))
    assert listed_slugs(partner("river", closed, full), over(), paused) == ["full", "pause"]


def test_freshest_checked_come_first_then_names() -> None:
    fresh = partner("b", program("zebra"), verified=Verified(on=date(2026, 9, 1), by="partner"))
    old = partner("c", program("apple"), program("eclair", name="Éclair"), program("fig"))
    older = partner("d", program("bread"), verified=Verified(on=date(2025, 9, 1), by="staff"))
    assert listed_slugs(old, older, fresh) == ["zebra", "bread", "apple", "eclair", "fig"]


def test_what_nobody_has_confirmed_for_long_comes_last() -> None:
    fresh = partner("b", program("zebra"), verified=Verified(on=date(2026, 9, 1), by="partner"))
    aged = partner("d", program("bread"), verified=Verified(on=date(2020, 9, 1), by="staff"))
    unknown = partner("c", program("apple"))
    assert listed_slugs(aged, unknown, fresh) == ["zebra", "apple", "bread"]


def test_the_same_name_twice_is_put_in_order_by_address() -> None:
    first, second = partner("a", program("club")), partner("b", program("club"))
    for order in ((first, second), (second, first)):
        offers: tuple[Offer, ...] = listed(directory(order), TODAY)
        assert [offer.route for offer in offers] == ["a/club", "b/club"]
