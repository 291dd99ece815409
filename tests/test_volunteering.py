"""The page of openings for volunteers: whose they are, which come first, and what stands there when there are none."""

from datetime import date, timedelta
from types import MappingProxyType

import pytest

from generator.languages import fingerprint
from generator.model import Opening, Partnership
from generator.pages import volunteering
from generator.site import sections
from generator.words.translations import Translation
from tests.finder_district import TODAY, directory, partner, rendered
from tests.test_pages import HOSTILE

YESTERDAY = TODAY - timedelta(days=1)


def opening(title: str, until: date | None = None) -> Opening:
    """A way to help."""
    return Opening(title=title, until=until)


def body(*partners: object, language: str = "en", **fields: object) -> str:
    """The page of openings."""
    return rendered(volunteering.units, directory(partners, **fields), language)["volunteer/"].body  # type: ignore[arg-type]


def places(text: str, *words: str) -> list[int]:
    """Where words begin in a text, each of which stands in it."""
    assert all(word in text for word in words), words
    return [text.index(word) for word in words]


def test_openings_that_close_come_first_and_then_partners_by_name() -> None:
    text = body(
        partner("alder-club", volunteer=(opening("Fix bicycles"), opening("Read", TODAY + timedelta(days=9)))),
        partner("birch-club", volunteer=(opening("Drive", TODAY),)),
        partner("cedar-club", volunteer=(opening("Cook"),)),
    )
    order = places(text, "Drive", "Read", "Fix bicycles", "Cook")
    assert order == sorted(order)
    assert "partners/birch-club/#volunteer" in text


def test_what_has_passed_or_belongs_to_a_former_partner_is_left_out() -> None:
    ended = Partnership(status="ended")
    text = body(
        partner("alder-club", volunteer=(opening("Gone", YESTERDAY), opening("Still there"))),
        partner("birch-club", volunteer=(opening("Over"),), partnership=ended),
    )
    assert "Still there" in text
    assert "Gone" not in text
    assert "Over" not in text


def test_when_all_have_passed_the_page_says_so_and_leads_on() -> None:
    text = body(partner("alder-club", volunteer=(opening("Gone", YESTERDAY),)))
    assert "Nobody is looking for volunteers right now." in text
    assert "en/partners/" in text


@pytest.mark.parametrize("status", ["active", "ended"])
def test_where_nobody_ever_looked_for_help_there_is_no_page_and_no_link(status: str) -> None:
    openings = (opening("Over"),) if status == "ended" else ()
    without = directory((partner("alder-club", volunteer=openings, partnership=Partnership(status=status)),))
    assert rendered(volunteering.units, without) == {}
    assert "volunteer" not in sections(without)
    assert "volunteer" in sections(directory((partner("alder-club", volunteer=(opening("Gone", YESTERDAY),)),)))


def test_a_long_list_has_pages_that_hold_each_opening_once() -> None:
    whole = directory((partner("alder-club", volunteer=tuple(opening(f"Task {n}!") for n in range(5))),))
    pages = rendered(volunteering.units, whole, cards=2)
    assert list(pages) == ["volunteer/", "volunteer/2/", "volunteer/3/"]
    for number in range(5):
        assert [f"Task {number}!" in page.body for page in pages.values()].count(True) == 1
    assert 'href="../../../en/volunteer/"' in pages["volunteer/2/"].body
    assert 'href="../../../en/volunteer/3/"' in pages["volunteer/2/"].body


def test_a_translated_opening_is_read_in_the_language_of_the_page() -> None:
    translation = Translation(text="Leer", source=fingerprint("Read"), by="human", on=TODAY)
    store = {("es", "partners/alder-club"): {"volunteer/1/title": translation}}
    helped = partner("alder-club", volunteer=(opening("Drive"), opening("Read")))
    text = body(helped, language="es", translations=MappingProxyType(store))
    assert '<span lang="en" dir="ltr">Drive</span>' in text
    assert "Leer" in text
    assert "Read<" not in text


def test_words_of_strangers_stay_words() -> None:
    wild = Opening(title=HOSTILE, summary=HOSTILE, time=HOSTILE, apply="https://example.org/?a=1&b=2")
    text = body(partner("alder-club", volunteer=(wild,)))
    assert "<script" not in text
    assert 'href="https://example.org/?a=1&amp;b=2"' in text
