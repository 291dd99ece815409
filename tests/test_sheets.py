"""Sheets for the counter: what stands on paper for whoever cannot tap anything."""

from typing import Any

import pytest

from generator.directory import Offer
from generator.model import Contact, Step, Where
from generator.pages import sheets
from tests.finder_district import OAK, directory, partner, program, rendered, school

AT_OAK = Where(schools=("oak",))


def sheet(**fields: Any) -> str:
    """The sheet of a school with one program."""
    whole = directory((partner("river-kitchen", program("coats", where=AT_OAK, **fields)),), (school("oak", OAK),))
    return rendered(sheets.units, whole)["schools/oak/sheet/"].body


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"join": (Step(do="Call.", phone="303-555-0142"),)}, "303-555-0142"),
        ({"contacts": (Contact(role="Desk", email="desk@example.org"),)}, "desk@example.org"),
    ],
)
def test_a_program_says_how_to_reach_it(fields: dict[str, Any], words: str) -> None:
    body = sheet(**fields)
    assert words in body
    assert "River Kitchen" not in body


def test_one_that_nobody_can_call_or_write_to_says_whom_to_ask_for() -> None:
    assert "River Kitchen" in sheet()


def test_a_long_name_to_ask_for_takes_its_room() -> None:
    known = program("coats", where=AT_OAK, join=(Step(do="Call.", phone="303-555-0142"),))
    unknown = program("coats", where=AT_OAK)
    long = "A name of a partner " * 5
    assert sheets.lines(Offer(partner=partner("p", name=long), program=known)) == 2
    assert sheets.lines(Offer(partner=partner("p", name=long), program=unknown)) == 5
