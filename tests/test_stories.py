"""Which stories a day may show, and which of their photos and names."""

from datetime import date, timedelta

from generator.model import Consent, Photo, Quote
from generator.stories import consented, stories_on
from tests.factories import TODAY, story

YESTERDAY = TODAY - timedelta(days=1)


def test_a_story_is_shown_from_its_day_on() -> None:
    records = {
        "recognition/2025-26/today": story("today", published=TODAY),
        "recognition/2025-26/old": story("old", published=YESTERDAY),
        "recognition/2025-26/to-come": story("to-come", published=TODAY + timedelta(days=1)),
        "recognition/2025-26/back": story("back", published=YESTERDAY, status="withdrawn"),
        "recognition/2025-26/never": story("never", published=TODAY + timedelta(days=1), status="withdrawn"),
    }
    found = stories_on(records, TODAY)
    assert list(found["stories"]) == ["2025-26/today", "2025-26/old"]
    assert found["withdrawn"] == ("2025-26/back",)


def consent(expires: date) -> Consent:
    return Consent(scope=("name", "photo"), ref="C-2026-0001", expires=expires)


def test_photos_and_names_go_when_their_consent_has_run_out() -> None:
    given = story(
        photos=(
            Photo(file="old.png", alt="Books", consent=consent(YESTERDAY)),
            Photo(file="new.png", alt="Books", consent=consent(TODAY)),
        ),
        quotes=(
            Quote(words="Thanks", role="A principal", name="Robin Example", consent=consent(YESTERDAY)),
            Quote(words="Thank you", role="A teacher", name="Sam Example", consent=consent(TODAY)),
            Quote(words="Merci", role="A parent"),
        ),
    )
    shown = consented(given, TODAY)
    assert [photo.file for photo in shown.photos] == ["new.png"]
    assert [(quote.words, quote.name) for quote in shown.quotes] == [
        ("Thanks", ""),
        ("Thank you", "Sam Example"),
        ("Merci", ""),
    ]
    assert given.quotes[0].name == "Robin Example"


def test_a_name_without_consent_is_never_shown() -> None:
    given = story(quotes=(Quote(words="Thanks", role="A principal", name="Robin Example"),))
    assert consented(given, TODAY).quotes[0].name == ""


def test_a_photo_keeps_the_address_of_its_words_when_another_goes() -> None:
    photos = tuple(
        Photo(file=f"{name}.png", alt="Books", consent=consent(expires))
        for name, expires in (("old", YESTERDAY), ("new-books", TODAY))
    )
    assert [photo.slug for photo in consented(story(photos=photos), TODAY).photos] == ["new-books"]


def test_a_story_is_shown_as_long_as_the_consent_to_tell_it_lasts() -> None:
    records = {
        "recognition/2025-26/last-day": story("last-day", consent=consent(TODAY)),
        "recognition/2025-26/run-out": story("run-out", consent=consent(YESTERDAY)),
        "recognition/2025-26/none-needed": story("none-needed"),
        "recognition/2025-26/never-shown": story(
            "never-shown", consent=consent(YESTERDAY), published=TODAY + timedelta(days=1)
        ),
    }
    found = stories_on(records, TODAY)
    assert set(found["stories"]) == {"2025-26/last-day", "2025-26/none-needed"}
    assert found["withdrawn"] == ("2025-26/run-out",)
