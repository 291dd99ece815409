"""The pages of what the district says of itself: goals and policies, numbers, resources, and what it heard."""

from datetime import date
from types import MappingProxyType
from typing import Any

import pytest

from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import (
    Action,
    Alignment,
    Criterion,
    Goal,
    Initiative,
    Measure,
    Observation,
    Partnership,
    Policies,
    Policy,
    Priorities,
    Resource,
    Support,
    Voice,
)
from generator.pages import goals, partners, resources, voices
from generator.words.translations import Translation
from tests.finder_district import SOURCES, directory, partner, rendered
from tests.test_pages import HOSTILE

NIGHTS = Action(slug="nights", name="Hold reading nights.")
READING = Goal(slug="reading", name="Every child reads", summary="By grade 3.", focus=("reading",), actions=(NIGHTS,))


def plan(**fields: Any) -> Priorities:
    """A plan with one goal."""
    known = {"slug": "priorities", "title": "Plan", "goals": (READING,), "metrics": ("Surveys",), "sources": SOURCES}
    return Priorities(**{**known, **fields})


def measure(*series: Observation, **fields: Any) -> Measure:
    """A number of partners over time."""
    known = {"slug": "partners", "title": "Partnerships", "summary": "How many.", "unit": "partners"}
    return Measure(**{**known, "series": series, "sources": SOURCES, **fields})


def voice(**fields: Any) -> Voice:
    """What a survey told."""
    known = {"slug": "survey", "title": "What families told us", "kind": "survey", "held": "2026-03"}
    return Voice(**{**known, "summary": "Reading.", "heard": "- More *books*", "sources": SOURCES, **fields})


def by_slug(record: Any) -> MappingProxyType[str, Any]:
    """One record as a directory keeps it."""
    return MappingProxyType({record.slug: record})


def claiming(priority: str, **fields: Any) -> Partnership:
    """A partnership that claims to serve a goal or an action."""
    return Partnership(alignment=(Alignment(priority=priority, claim="We read with children."),), **fields)


def page(whole: Directory, language: str = "en") -> str:
    """The page of goals and policies."""
    return rendered(goals.units, whole, language)["priorities/"].body


@pytest.mark.parametrize("projection", [goals.units, resources.units, voices.units])
def test_with_nothing_to_show_there_is_no_page(projection: Any) -> None:
    assert rendered(projection, directory(())) == {}


def test_a_goal_shows_its_actions_and_the_partners_that_serve_it_or_them() -> None:
    whole = directory(
        (
            partner("river-kitchen", partnership=claiming("reading")),
            partner("mill", partnership=claiming("nights", status="active")),
            partner("gone", partnership=claiming("reading", status="ended")),
            partner("lost", partnership=claiming("no-such-goal")),
        ),
        priorities=plan(),
    )
    body = page(whole)
    assert "Hold reading nights." in body
    assert "Surveys" in body
    assert body.count("We read with children.") == 2
    assert body.count("Stated by the partner") == 2
    assert "en/partners/mill/" in body
    assert "gone" not in body
    assert "lost" not in body


def test_a_policy_shows_what_it_asks_with_its_sections() -> None:
    asked = Criterion(slug="written", text="It is put in writing.", section="B.2")
    policy = Policy(
        slug="p",
        code="4265",
        title="Partnerships",
        summary="Rules.",
        criteria=(asked,),
        supports=(Support(name="Arts"),),
    )
    body = page(directory((), policies=Policies(slug="policy", policies=(policy,), sources=SOURCES)))
    for words in ("4265", "It is put in writing.", "B.2", "Arts"):
        assert words in body


def test_one_number_is_a_figure_and_several_are_a_table() -> None:
    first, second = Observation(period="2025-26", value=1670), Observation(period="2026-27", value=1800, note="So far.")
    alone = page(directory((), measures=by_slug(measure(first))))
    assert "1,670" in alone
    assert "<table" not in alone
    several = page(directory((), measures=by_slug(measure(first, second))))
    assert several.count('<th scope="row">') == 2
    assert 'aria-labelledby="measure-partners"' in several
    assert "So far." in several
    assert "Invented for tests" in several


def test_resources_are_links_that_strangers_wrote() -> None:
    shelf = Resource(
        slug="shelf", title="Book shelf", summary="Books.", url="https://example.org/b", focus=("reading",)
    )
    body = rendered(resources.units, directory((), resources=by_slug(shelf)))["resources/"].body
    assert '<a href="https://example.org/b" rel="nofollow ugc noopener noreferrer">Book shelf</a>' in body


def test_voices_say_what_was_heard_and_done() -> None:
    plans = by_slug(Initiative(slug="nights", name="Reading nights", summary="Read.", sources=SOURCES))
    whole = directory((), voices=by_slug(voice(initiatives=("nights", "gone"))), initiatives=plans)
    body = rendered(voices.units, whole)["voices/"].body
    for words in ("Survey · March 2026", "<em>books</em>", "Nothing is written here yet.", "en/initiatives/nights/"):
        assert words in body
    done = rendered(voices.units, directory((), voices=by_slug(voice(done="We bought *books*."))))["voices/"].body
    assert "We bought" in done
    assert "Nothing is written" not in done


def test_words_that_are_translated_are_shown_so_and_the_others_as_english() -> None:
    words = Translation(text="Cada niño lee", source=fingerprint(READING.name), by="human", on=date(2026, 9, 1))
    known = {("es", "district/priorities"): {"goals/reading/name": words}}
    helper = partner("river-kitchen", partnership=claiming("reading"))
    whole = directory((helper,), priorities=plan(), translations=known)
    body = page(whole, "es")
    assert '<h3 id="reading">Cada niño lee</h3>' in body
    assert '<p lang="en" dir="ltr">By grade 3.</p>' in body
    assert body.count("because nobody has translated them yet") == 1
    assert "Cada niño lee" in rendered(partners.units, whole, "es")["partners/river-kitchen/"].body


def test_words_of_strangers_stay_words() -> None:
    goal = Goal(slug="reading", name=HOSTILE, summary=HOSTILE)
    whole = directory(
        (partner("mill", name=HOSTILE, partnership=claiming("reading")),),
        priorities=plan(goals=(goal,), title=HOSTILE, metrics=(HOSTILE,)),
        measures=by_slug(measure(Observation(period=HOSTILE, value=1, note=HOSTILE), title=HOSTILE)),
        resources=by_slug(Resource(slug="r", title=HOSTILE, summary=HOSTILE, url="https://example.org")),
        voices=by_slug(voice(title=HOSTILE, heard=HOSTILE, done=HOSTILE)),
    )
    for projection in (goals.units, resources.units, voices.units):
        for each in rendered(projection, whole).values():
            assert "<script" not in each.body
            assert "alert(1)" in each.body
