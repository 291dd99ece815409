"""The directory: every cross-link between records, and the places near a school."""

from dataclasses import FrozenInstanceError, replace
from datetime import date
from math import pi

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.directory import EARTH_RADIUS_KM, KM_PER_DEGREE, MILE_KM, distance_km, group, schools_of
from generator.words.translations import Translation, Translations
from tests.factories import directory, event, partner, partnership, program, program_at, school, story

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)


def slugs(records: object) -> list[str]:
    return [record.slug for record in records]  # type: ignore[attr-defined]


def test_offers_come_by_partner_and_then_as_written() -> None:
    whole = directory(
        partners=(partner("b", programs=(program("z"), program("a"))), partner("a", programs=(program("m"),)))
    )
    assert [offer.route for offer in whole.offers] == ["b/z", "b/a", "a/m"]


def test_a_school_knows_its_partners_programs_and_stories() -> None:
    readers = partner(partnership=partnership(schools=("lincoln-elementary",)))
    tutors = partner("tutors", programs=(program_at("lincoln-elementary", "hillside"), program_at(slug="online")))
    elsewhere = partner("elsewhere", programs=(program_at("hillside"),))
    everywhere = partner("everywhere", partnership=partnership(district_wide=True))
    whole = directory(
        partners=(readers, tutors, elsewhere, everywhere), stories=(story(schools=("lincoln-elementary",)),)
    )
    assert slugs(whole.partners_of("lincoln-elementary")) == ["river-readers", "tutors"]
    assert [offer.route for offer in whole.offers_at("lincoln-elementary")] == ["tutors/reading-buddies"]
    assert slugs(whole.stories_at("lincoln-elementary")) == ["reading-nights"]
    assert slugs(whole.district_wide) == ["everywhere"]


def test_a_school_that_nobody_names_has_nothing() -> None:
    whole = directory(partners=(partner(),))
    assert (whole.partners_of("hillside"), whole.offers_at("hillside"), whole.stories_at("hillside")) == ((), (), ())


def test_a_partner_counts_once_at_a_school() -> None:
    both = partner(partnership=partnership(schools=("b", "a")), programs=(program_at("a", "c"),))
    assert schools_of(both) == ("b", "a", "c")
    assert slugs(directory(partners=(both,)).partners_of("a")) == ["river-readers"]


def test_stories_are_found_by_partner_and_by_year() -> None:
    older = story("older", school_year="2019-20", published=date(2020, 6, 1))
    shared = story("shared", partners=("river-readers", "tutors"))
    whole = directory(stories=(shared, older))
    assert slugs(whole.stories_about("river-readers")) == ["shared", "older"]
    assert slugs(whole.stories_about("tutors")) == ["shared"]
    assert {year: slugs(stories) for year, stories in whole.stories_by_year.items()} == {
        "2025-26": ["shared"],
        "2019-20": ["older"],
    }
    assert list(whole.stories_by_year) == ["2025-26", "2019-20"]


def test_an_initiative_knows_its_partners() -> None:
    whole = directory(partners=(partner(partnership=partnership(initiatives=("reading-together",))), partner("b")))
    assert slugs(whole.partners_in("reading-together")) == ["river-readers"]


def test_a_partnership_that_has_ended_counts_nowhere() -> None:
    over = partnership(status="ended", schools=("lincoln-elementary",), initiatives=("reading",), district_wide=True)
    gone = partner("gone", partnership=over, programs=(program_at("lincoln-elementary"),))
    whole = directory(partners=(gone, partner("here")), schools=(school(),))
    assert [p.slug for p in whole.current_partners] == ["here"]
    assert [p.slug for p in whole.former_partners] == ["gone"]
    assert whole.partners_of("lincoln-elementary") == whole.partners_in("reading") == whole.district_wide == ()


def test_an_event_is_known_to_partner_school_and_initiative_even_where_they_share_a_slug() -> None:
    whole = directory(
        events=(
            event("with", partners=("shared",)),
            event("at", schools=("shared",)),
            event("in", initiatives=("shared",)),
        )
    )
    assert slugs(whole.events_with("shared")) == ["with"]
    assert slugs(whole.events_at("shared")) == ["at"]
    assert slugs(whole.events_in("shared")) == ["in"]


def test_an_event_is_upcoming_until_its_last_day_is_over() -> None:
    over = event("over", starts="2026-09-29T08:00", ends="2026-09-30T23:59")
    running = event("running", starts="2026-09-29T08:00", ends="2026-10-01T00:00")
    to_come = event("to-come", starts="2026-10-01T00:00")
    whole = directory(events=(over, running, to_come))
    assert slugs(whole.upcoming(date(2026, 10, 1))) == ["running", "to-come"]


def test_near_a_school_comes_the_closest_first() -> None:
    here = school(latitude=42.36, longitude=-71.06)
    near, nearer, far = (42.37, -71.06), (42.365, -71.06), (42.9, -71.06)
    whole = directory(
        schools=(here,),
        partners=(
            partner("a", programs=(program_at(near, slug="near"), program_at(far, slug="far"))),
            partner("b", programs=(program_at(far, nearer, slug="two-places"), program_at("lincoln-elementary"))),
            partner("c", programs=(program_at(near, slug="near"),)),
        ),
    )
    found = whole.nearest(here, within_km=MILE_KM)
    assert [n.offer.route for n in found] == ["b/two-places", "a/near", "c/near"]
    assert [round(n.distance_km, 2) for n in found] == [0.56, 1.11, 1.11]


def test_a_program_at_another_school_is_near_by_that_school() -> None:
    here = school(latitude=42.36, longitude=-71.06)
    other = school("hillside", latitude=42.361, longitude=-71.06)
    whole = directory(schools=(here, other), partners=(partner(programs=(program_at("hillside"),)),))
    assert [n.offer.route for n in whole.nearest(here, within_km=1)] == ["river-readers/reading-buddies"]
    assert whole.nearest(other, within_km=1) == ()


@given(LATITUDES, LONGITUDES, st.floats(-0.05, 0.05), st.floats(-0.2, 0.2))
@example(51.9, 179.999, 0.0, 0.003)  # Alaska's islands lie on both sides of the 180th meridian
@example(90.0, 0.0, -0.001, 180.0)
def test_no_place_within_reach_is_passed_over(latitude: float, longitude: float, north: float, east: float) -> None:
    here = (latitude, longitude)
    there = (max(-90.0, min(90.0, latitude + north)), (longitude + east + 540) % 360 - 180)
    lincoln = school(latitude=latitude, longitude=longitude)
    whole = directory(schools=(lincoln,), partners=(partner(programs=(program_at(there),)),))
    is_near = distance_km(here, there) <= MILE_KM
    assert bool(whole.nearest(lincoln, within_km=MILE_KM)) == is_near


def test_nothing_is_near_a_school_without_a_position() -> None:
    whole = directory(partners=(partner(programs=(program_at((42.36, -71.06)),)),))
    assert whole.nearest(school(), within_km=100) == ()


def test_a_place_with_half_a_position_has_none() -> None:
    half = program_at((42.36, None))  # type: ignore[arg-type]
    whole = directory(partners=(partner(programs=(half,)),))
    assert whole.positions(whole.offers[0]) == ()


def test_a_translation_is_found_by_language_record_and_field() -> None:
    words = Translation(text="Leemos.", source="1a2b3c4d", by="human", on=date(2026, 9, 1))
    whole = replace(directory(), translations=Translations.of({("es", "partners/river-readers"): {"summary": words}}))
    assert whole.translation("es", "partners/river-readers", "summary") == words
    assert whole.translation("es", "partners/river-readers", "name") is None
    assert whole.translation("ar", "partners/river-readers", "summary") is None


def test_a_directory_cannot_be_changed() -> None:
    whole = directory(partners=(partner(),))
    with pytest.raises(FrozenInstanceError):
        whole.withdrawn = ()  # type: ignore[misc]
    with pytest.raises(TypeError):
        whole.partners["another"] = partner("another")  # type: ignore[index]


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_distance_is_the_same_both_ways_and_never_beyond_half_the_earth(a: float, b: float, c: float, d: float) -> None:
    there, back = distance_km((a, b), (c, d)), distance_km((c, d), (a, b))
    assert there == pytest.approx(back, abs=1e-6)
    assert 0 <= there <= EARTH_RADIUS_KM * pi + 1e-6


def test_known_distances() -> None:
    assert distance_km((0, 0), (1, 0)) == pytest.approx(KM_PER_DEGREE)
    assert distance_km((0, 0), (0, 90)) == pytest.approx(EARTH_RADIUS_KM * pi / 2)
    assert distance_km((90, 0), (-90, 55)) == pytest.approx(EARTH_RADIUS_KM * pi)
    assert distance_km((60, 0), (60, 1)) == pytest.approx(KM_PER_DEGREE / 2, rel=1e-4)


def test_a_group_keeps_the_order() -> None:
    assert dict(group([("b", 2), ("a", 1), ("b", 1)])) == {"b": (2, 1), "a": (1,)}
