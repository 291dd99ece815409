"""The pages of records: what a family must find on them, and what must never stand there."""

import re
from dataclasses import replace
from datetime import date
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
import pytest

from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import (
    Ages,
    Alignment,
    Contact,
    Cost,
    Enrollment,
    Event,
    Goal,
    Grades,
    Impact,
    Initiative,
    Need,
    Partnership,
    Place,
    Priorities,
    Program,
    Quote,
    Source,
    Step,
    Story,
    Verified,
    When,
    Where,
)
from generator.pages import (
    browse,
    chooser,
    events,
    facts,
    goals,
    home,
    initiatives,
    notfound,
    partners,
    recognition,
    schools,
)
from generator.pages.cards import Deck
from generator.pages.graphic import Dots, dots
from generator.pages.page import FRAMES
from generator.pages.phone import dial, texting
from generator.words.translations import Translation, Translations
from tests.finder_district import (
    OAK,
    SOURCES,
    TODAY,
    directory,
    locale,
    partner,
    press,
    program,
    rendered,
    school,
    session,
)

HOSTILE = '"><script>alert(1)</script>'


def story(slug: str = "reading-nights", **fields: Any) -> Story:
    """A story of which only the words are known, unless told otherwise."""
    known = {"slug": slug, "title": "Reading nights", "summary": "Families read.", "partners": ("river-kitchen",)}
    known |= {"school_year": "2025-26", "story": "It began with *one* table.", "published": date(2026, 6, 1)}
    return Story(**{**known, "sources": SOURCES, **fields})


def with_stories(*stories: Story, **fields: Any) -> Directory:
    """A district with one partner and these stories."""
    whole = directory((partner("river-kitchen"),), (school("oak", OAK),), **fields)
    return replace(whole, stories=MappingProxyType({f"{s.school_year}/{s.slug}": s for s in stories}))


# --- Program ---


def homework_club() -> Program:
    """A program about which everything that a family asks is known."""
    return program(
        "homework-club",
        grades=Grades(first="K", last="5"),
        cost=Cost(kind="sliding", amount=25, per="week", help="Nobody is turned away."),
        when=When(sessions=(session("mon", "tue", "wed", "sat", opens="15:30", closes="17:30"),)),
        where=Where(
            schools=("oak",), places=(Place(name="Hall", address="1 Example Way", latitude=45, longitude=-100),)
        ),
        join=(
            Step(do="Call the desk.", phone="303-555-0142"),
            Step(do="Fill in the form.", url="https://example.org/f"),
        ),
        languages=("en", "so"),
        bring=("A pencil",),
    )


def program_page(language: str = "en", **fields: Any) -> str:
    """The page of the homework club; `fields` are its partner's."""
    whole = directory((partner("river-kitchen", homework_club(), **fields),), (school("oak", OAK),))
    return rendered(partners.units, whole, language)["partners/river-kitchen/homework-club/"].body


def test_a_program_page_says_how_to_join_with_numbers_that_can_be_dialled() -> None:
    body = program_page()
    assert body.index("Call the desk.") < body.index('href="tel:+13035550142"') < body.index("Fill in the form.")
    assert body.index("How to join") < body.index("At a glance")


def test_audiences_with_an_and_of_their_own_are_told_apart() -> None:
    small = Program(slug="p", name="P", summary="P.", focus=("food",), audience=("families", "babies-toddlers"))
    whole = directory((partner("river-kitchen", small),))
    assert "Families, Babies and toddlers" in rendered(partners.units, whole)["partners/river-kitchen/p/"].body


def test_a_step_can_be_taken_by_text_message() -> None:
    by_text = Program(slug="p", name="P", summary="P.", focus=("food",), join=(Step(do="Write.", sms="303-555-0199"),))
    whole = directory((partner("river-kitchen", by_text),))
    body = rendered(partners.units, whole)["partners/river-kitchen/p/"].body
    assert 'href="sms:+13035550199"' in body
    assert "Text <bdi" in body
    assert "Call" not in body.partition("How to join")[2].partition("At a glance")[0]


def test_a_program_page_tells_cost_days_and_place_in_words() -> None:
    body = program_page()
    for words in (
        "Pay what you can · $25 a week",
        "Nobody is turned away.",
        "Monday to Wednesday and Saturday",
        "A pencil",
    ):
        assert words in body
    assert 'href="../../../../en/schools/oak/"' in body


@pytest.mark.parametrize(
    ("verified", "words"),
    [
        (Verified(on=date(2026, 10, 3), by="partner"), "Checked by the partner in October 2026"),
        (Verified(on=date(2026, 9, 3), by="staff"), "Checked by district staff in September 2026"),
        (None, "Please ask before you go."),
    ],
)
def test_who_checked_the_record_stands_there_in_words(verified: Verified | None, words: str) -> None:
    assert words in program_page(verified=verified)


def test_without_steps_the_page_still_says_whom_to_ask() -> None:
    contacts = (Contact(role="Desk", email="desk@example.org"),)
    whole = directory((partner("river-kitchen", program("bags"), contacts=contacts),))
    body = rendered(partners.units, whole)["partners/river-kitchen/bags/"].body
    assert "how to join." in body
    assert 'href="mailto:desk@example.org"' in body


def test_english_inside_another_language_is_marked_and_said_once() -> None:
    body = program_page("ar")
    assert body.count("because nobody has translated them yet") == 1
    assert '<p class="dp-lead" lang="en" dir="ltr">' in body
    assert '<bdi translate="no">Homework club</bdi>' in body
    assert "translated them yet" not in program_page("en")


def test_old_words_are_shown_unless_they_are_critical() -> None:
    club = homework_club()
    old = {"source": "00000000", "by": "human", "on": TODAY}
    fields = {
        "programs/homework-club/summary": Translation(text="Resumen", **old),
        "programs/homework-club/cost/help": Translation(text="Ayuda", **old),
        "programs/homework-club/join/0/do": Translation(
            text="Llame.", **{**old, "source": fingerprint(club.join[0].do)}
        ),
    }
    whole = directory((partner("river-kitchen", club),), translations={("es", "partners/river-kitchen"): fields})
    body = rendered(partners.units, whole, "es")["partners/river-kitchen/homework-club/"].body
    assert "Resumen" in body
    assert "Llame." in body
    assert "Ayuda" not in body
    assert "Parts of this page were translated on 15 de octubre de 2026 or later" in body


# --- Partner ---


def test_a_claim_without_measure_and_evidence_is_the_partners_own_statement() -> None:
    goals = Priorities(
        slug="priorities", title="Plan", goals=(Goal(slug="reading", name="Reading", summary="Read."),), sources=SOURCES
    )
    measured = Alignment(priority="reading", claim="More reading.", measure="Logs", evidence="https://example.org/r")
    for claims, count in (((measured,), 0), ((Alignment(priority="reading", claim="We help."), measured), 1)):
        whole = directory((partner("river-kitchen", partnership=Partnership(alignment=claims)),), priorities=goals)
        body = rendered(partners.units, whole)["partners/river-kitchen/"].body
        assert body.count("Stated by the partner") == count
        assert "See the evidence" in body


def test_names_and_addresses_of_strangers_stay_words() -> None:
    hostile = partner("river-kitchen", program("bags", name=HOSTILE, summary=HOSTILE), name=HOSTILE, summary=HOSTILE)
    told = story(
        title=HOSTILE,
        quotes=(Quote(words=HOSTILE, role=HOSTILE),),
        impact=(Impact(figure=3, unit="families", what=HOSTILE),),
    )
    whole = replace(directory((hostile,)), stories=MappingProxyType({"2025-26/reading-nights": told}))
    pages = (
        *rendered(partners.units, whole).values(),
        *rendered(recognition.units, whole).values(),
        *rendered(home.units, whole).values(),
    )
    assert len(pages) == 8
    assert not [page.rest for page in pages if "<script>" in page.body + page.head]


def test_a_partner_of_the_past_stands_apart_and_says_so_on_top() -> None:
    over = Partnership(status="ended", district_wide=True, initiatives=("reading",))
    gone = partner("gone", program("tea"), partnership=over, give="https://example.org/give")
    whole = directory((gone, partner("here")))
    pages = rendered(partners.units, whole)
    listed = pages["partners/"].body
    assert "1 partner works with our schools." in listed
    assert listed.index("partners/here/") < listed.index("No longer partners") < listed.index("partners/gone/")
    for rest in ("partners/gone/", "partners/gone/tea/"):
        assert "This partnership has ended" in pages[rest].body
    assert "Every school in the district" not in pages["partners/gone/"].body
    assert "example.org/give" not in pages["partners/gone/"].body
    assert "This partnership has ended" not in pages["partners/here/"].body


@pytest.mark.parametrize(("starts", "is_named"), [("2026-12-01T10:00", False), ("2026-09-01T10:00", True)])
def test_a_partner_of_the_past_takes_part_only_in_events_of_the_past(starts: str, is_named: bool) -> None:
    known = {"slug": "day", "title": "Day", "summary": "We meet.", "kind": "workshop", "starts": starts}
    meeting = Event(**known, partners=("gone",), sources=SOURCES)
    over = Partnership(status="ended")
    whole = directory((partner("gone", partnership=over),), events=MappingProxyType({"day": meeting}))
    assert ("partners/gone/" in rendered(events.units, whole)["events/day/"].body) is is_named


def test_partners_stand_under_letters_when_there_are_many() -> None:
    few = tuple(partner(f"{letter}-club") for letter in "abc")
    assert "letter-1" not in rendered(partners.units, directory(few))["partners/"].body
    many = tuple(partner(f"{letter}-club-{n}") for letter in "ab" for n in range(20)) + (partner("x", name="مركز"),)
    body = rendered(partners.units, directory(many))["partners/"].body
    assert [body.index(f">{letter}</h2>") for letter in "#AB"] == sorted(
        body.index(f">{letter}</h2>") for letter in "#AB"
    )


# --- School ---


def test_of_too_many_partners_the_list_says_only_the_names() -> None:
    whole = directory((partner("river", summary="River helps."), partner("stone", summary="Stone builds.")))
    short, long = (rendered(partners.units, whole, too_many=many)["partners/"].body for many in (3, 2))
    assert "River helps." in short
    assert "River helps." not in long
    assert 'href="../../en/partners/river/"' in long


def test_of_too_many_claims_for_a_goal_the_first_are_named_and_the_list_of_all_linked() -> None:
    reading = Goal(slug="reading", name="Read", summary="All read.")
    wanted = Priorities(slug="goals", title="Goals", goals=(reading,), sources=SOURCES)
    claims = Partnership(alignment=(Alignment(priority="reading", claim="We help."),))
    whole = directory((partner("river", partnership=claims), partner("stone", partnership=claims)), priorities=wanted)
    all_named, cut = (rendered(goals.units, whole, most=most)["priorities/"].body for most in (2, 1))
    assert "partners/stone/" in all_named
    assert "partners/stone/" not in cut
    assert ('href="../../en/partners/"' in all_named, 'href="../../en/partners/"' in cut) == (False, True)


def enrollment(**numbers: int) -> Enrollment:
    """Numbers of students as of a year."""
    return Enrollment(**{"students": 400, **numbers}, as_of="2025", source=Source(document="State report"))


def test_numbers_under_ten_are_never_shown() -> None:
    oak = school("oak", OAK, enrollment=enrollment(homeless=7, english_learners=100))
    body = rendered(schools.units, directory((), (oak,)))["schools/oak/"].body
    assert "Fewer than 10" in body
    assert ">7<" not in body
    assert "100" in body
    assert "(25%)" in body
    assert "State report" in body
    assert "2025" in body


def test_a_school_shows_what_is_there_what_is_near_and_what_is_missing() -> None:
    near = Place(name="Hall", latitude=OAK[0] + 0.005, longitude=OAK[1])
    far = Place(name="Far", latitude=OAK[0] + 0.1, longitude=OAK[1])
    offers = (
        program("reading-corner", focus=("reading",), where=Where(schools=("oak",))),
        program("near-bags", where=Where(places=(near,))),
        program("far-bags", where=Where(places=(far,))),
    )
    needs = (Need(focus="tutoring"), Need(focus="mental-health"))
    whole = directory((partner("river-kitchen", *offers),), (school("oak", OAK, needs=needs),))
    body = rendered(schools.units, whole)["schools/oak/"].body
    assert "1 program at this school" in body
    assert body.index("Reading corner") < body.index("Near bags")
    assert "0.3 miles" in body
    assert "Far bags" not in body
    assert "No program here helps with this yet: Mental health" in body
    assert body.count("Missing: no program here") == 1  # reading is tutoring, mental health nobody helps with
    jumps = re.findall(r'<a href="#([^"]+)">', body)
    assert jumps == ["near", "needs", "partners"]
    assert all(f'id="{place}"' in body for place in jumps)


# --- Stories ---


def test_a_school_and_the_list_of_its_programs_agree_on_their_number() -> None:
    works_here = Partnership(schools=("oak",))
    inside = program("at-school", where=Where(schools=("oak",)))
    whole = directory(
        (
            partner("mill", inside, program("anywhere"), partnership=works_here),
            partner("barn", program("hall", where=Where(online=True)), partnership=works_here),
        ),
        (school("oak", OAK),),
    )
    browsed = rendered(browse.units, whole)["school/oak/"]
    assert browsed.title == "Programs at or for Oak Elementary: 2"
    shown = rendered(schools.units, whole)
    assert "1 program at this school" in shown["schools/oak/"].body
    assert "1 program from partners of this school" in shown["schools/oak/"].body
    assert "Hall" not in shown["schools/oak/"].body
    assert "2 programs" in shown["schools/"].body


def test_a_withdrawn_story_leaves_a_place_without_its_words() -> None:
    whole = replace(with_stories(), withdrawn=("2025-26/reading-nights",))
    page = rendered(recognition.units, whole)["recognition/2025-26/reading-nights/"]
    assert "no longer shown" in page.title
    assert "noindex" in page.head
    assert "Reading nights" not in page.body + page.title + page.description


def test_a_story_shows_its_first_figure_large_and_speakers_by_role() -> None:
    told = story(
        impact=(
            Impact(figure=143, unit="families", what="found help"),
            Impact(figure=9000, unit="dollars", what="raised"),
        ),
        quotes=(Quote(words="We laugh more.", role="Parent"),),
    )
    body = rendered(recognition.units, with_stories(told))["recognition/2025-26/reading-nights/"].body
    assert body.index("143") < body.index("$9,000") < body.index("Thank you")
    assert "<figcaption>Parent</figcaption>" in body
    assert "<em>one</em>" in body


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (143, Dots(full_rows=7, rest=3, each=1)),
        (200, Dots(full_rows=10, rest=0, each=1)),
        (201, Dots(full_rows=5, rest=0, each=2)),
        (4500, Dots(full_rows=4, rest=10, each=50)),
        (300_000, Dots(full_rows=7, rest=10, each=2000)),
    ],
)
def test_dots_are_as_many_as_one_can_see(figure: float, expected: Dots) -> None:
    assert dots(Impact(figure=figure, unit="families", what="x")) == expected


def test_a_figure_whose_words_are_not_translated_is_english_throughout() -> None:
    got_books = Impact(figure=1430, unit="families", what="got books", qualifier="more-than")
    whole = with_stories(story(impact=(got_books, got_books)))
    body = rendered(recognition.units, whole, "ar")["recognition/2025-26/reading-nights/"].body
    assert '<p class="dp-number" lang="en" dir="ltr">' in body
    assert body.count("1,430</bdi></strong> families") == 2
    words = Translation(text="كتب", source=fingerprint("got books"), by="human", on=TODAY)
    known = {("ar", "recognition/2025-26/reading-nights"): {"impact/0/what": words, "impact/1/what": words}}
    told = replace(whole, translations=Translations.of(known))
    body = rendered(recognition.units, told, "ar")["recognition/2025-26/reading-nights/"].body
    assert '<p class="dp-number">' in body


def test_shares_and_fractions_have_no_dots() -> None:
    assert dots(Impact(figure=84, unit="percent", what="x")) is None
    assert dots(Impact(figure=0.5, unit="hours", what="x")) is None


# --- The rest ---


def test_an_event_that_is_over_says_so_and_takes_nobody_in() -> None:
    night = Event(
        slug="night", title="Family night", summary="Come.", kind="workshop", starts="2026-10-14T17:30",
        ends="2026-10-14T19:30", register="https://example.org/r", sources=SOURCES,
    )  # fmt: skip
    later = msgspec.structs.replace(night, slug="later", starts="2026-10-15T17:30", ends="2026-10-15T19:30")
    whole = directory((), events=MappingProxyType({"night": night, "later": later}))
    pages = rendered(events.units, whole)
    assert "This event is over" in pages["events/night/"].body
    assert "https://example.org/r" not in pages["events/night/"].body
    assert "https://example.org/r" in pages["events/later/"].body
    assert "October 15, 2026, 5:30 PM to 7:30 PM" in pages["events/later/"].body


def test_empty_lists_are_pages_that_say_so() -> None:
    whole = directory(())
    for projection in (partners, schools, recognition, initiatives, events, home, chooser, notfound):
        for page in rendered(projection.units, whole).values():
            assert page.body.count("<h1>") == 1
            assert page.title
            assert page.description


def test_every_page_is_made_for_the_depth_of_its_address() -> None:
    club = partner("river-kitchen", homework_club(), partnership=Partnership(initiatives=("housing",)))
    whole = replace(
        directory((club,), (school("oak", OAK),)),
        stories=MappingProxyType({"2025-26/reading-nights": story()}),
        initiatives=MappingProxyType(
            {"housing": Initiative(slug="housing", name="Housing", summary="x", sources=SOURCES)}
        ),
    )
    for projection in (partners, schools, recognition, initiatives, events, home):
        for page in filter(attrgetter("frame"), rendered(projection.units, whole).values()):
            depth = page.rest.count("/") + 1
            assert FRAMES[page.frame] == depth
            assert f'"{"../" * depth}en/' in page.body or "href" not in page.body


def test_the_start_page_has_four_choices_a_search_box_and_a_number_to_call() -> None:
    free = program("bags", cost=Cost(kind="free"))
    body = rendered(home.units, directory((partner("river-kitchen", free),)))[""].body
    assert body.count('class="dp-choice"') == 4
    assert 'href="../en/cost/free/"' in body
    assert 'role="search" action="../en/find/"' in body
    assert "cost/free/" not in rendered(home.units, directory(()))[""].body


def test_the_chooser_and_the_page_for_lost_readers_offer_every_language() -> None:
    whole = directory(())
    printer = press(whole, *(locale(whole, code) for code in ("en", "es", "ar")))
    for projection in (chooser, notfound):
        (page,) = (page for unit in projection.units(whole, TODAY, Deck(whole, TODAY)) for page in printer.pages(unit))
        links = [f'href="../{code}/" lang="{code}" hreflang="{code}"' in page.body for code in ("en", "es", "ar")]
        assert links == [True] * 3
        assert "العربية" in page.body


def test_a_lost_reader_is_told_in_every_language_and_led_to_what_there_is() -> None:
    meals = program("meals", focus=("food",), cost=Cost(kind="free"))
    whole = directory((partner("river-kitchen", meals),))
    translations = Path(__file__).parent.parent / "translations"
    printer = press(whole, *(locale(whole, code, translations) for code in ("en", "es", "ar")))
    (unit,) = notfound.units(whole, TODAY, Deck(whole, TODAY))
    (page,) = printer.pages(unit)
    assert page.language == "en"
    for words, code, direction in (("No encontramos esta página", "es", "ltr"), ("لم نعثر", "ar", "rtl")):
        assert re.search(f'<span lang="{code}" dir="{direction}">{words}', page.body)
    assert 'href="../en/need/food/"' in page.body
    assert 'href="../en/cost/free/"' in page.body
    assert "/need/arts/" not in page.body
    assert 'role="search" action="../en/find/"' in page.body


# --- Words and numbers ---


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("206-555-0142", "tel:+12065550142"),
        ("(206) 555-0142 ext. 4", "tel:+12065550142;ext=4"),
        ("+44 20 7946 0958", "tel:+442079460958"),
        ("ask the office", ""),
        ("206-555-0142 x5", "tel:+12065550142;ext=5"),
        ("211", "tel:211"),
        ("911", "tel:911"),
        ("988", "tel:988"),
        ("12", ""),
        ("555-0100", ""),
        ("1-800-555", ""),
        ("123", ""),
    ],
)
def test_phone_numbers_become_addresses_to_dial(written: str, address: str) -> None:
    assert dial(written) == address


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("206-555-0142", "sms:+12065550142"),
        ("(206) 555-0142 ext. 4", "sms:+12065550142"),
        ("555555", "sms:555555"),
        ("55555", "sms:55555"),
        ("211", "sms:211"),
        ("12", ""),
        ("155555", ""),
    ],
)
def test_phone_numbers_become_addresses_to_text(written: str, address: str) -> None:
    assert texting(written) == address


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ("mon tue wed thu fri", "Monday to Friday"),
        ("fri mon", "Monday and Friday"),
        ("sat mon tue wed", "Monday to Wednesday and Saturday"),
        ("mon tue thu fri sat", "Monday, Tuesday, and Thursday to Saturday"),
        ("", ""),
    ],
)
def test_days_in_a_row_are_drawn_together(days: str, words: str) -> None:
    assert facts.day_words(locale(directory(())), tuple(days.split())) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(sessions=(session("mon", "tue", "wed"),)), ("Monday to Wednesday",)),
        (When(seasons=("summer",), sessions=(session("sat"),)), ("Saturday", "Summer")),
        (When(seasons=("summer", "school-year")), ("School year", "Summer")),
        (When(), ()),
    ],
)
def test_days_come_before_seasons_and_each_is_said_once(when: When, words: tuple[str, ...]) -> None:
    assert facts.when_words(locale(directory(())), when) == words


@pytest.mark.parametrize(
    ("ages", "words"),
    [
        (Ages(youngest=5, oldest=11), "Ages 5 to 11"),
        (Ages(youngest=16), "Age 16 and older"),
        (Ages(oldest=3), "Up to age 3"),
        (Ages(youngest=0, oldest=0), "Age 0"),
        (Ages(), ""),
    ],
)
def test_ages_are_said_with_open_ends(ages: Ages, words: str) -> None:
    assert facts.age_words(locale(directory(())), ages) == words


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Cost(kind="free", amount=0), "Free"),
        (Cost(kind="fee", amount=12.5, per="class"), "$12.50 a class"),
        (Cost(kind="fee", amount=1200), "$1,200"),
        (Cost(kind="fee"), "You pay a fee"),
        (Cost(kind="sliding", amount=25, per="week"), "Pay what you can"),
    ],
)
def test_cost_is_said_in_words(cost: Cost, words: str) -> None:
    assert facts.cost_words(locale(directory(())), cost) == words
