"""What a misspelled name meant."""

import pytest

from generator.nearest import nearest

SLUGS = ("lincoln-elementary", "garfield-high", "rainier-beach-high", "roosevelt-high")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("lincon-elementary", "lincoln-elementary"),
        ("lincoln", "lincoln-elementary"),
        ("beach rainier", "rainier-beach-high"),
        ("Garfield High", "garfield-high"),
        ("zebra", ""),
        ("", ""),
        ("lincoln-elementary" * 100, ""),
    ],
)
def test_the_nearest_name_is_found(written: str, meant: str) -> None:
    assert nearest(written, SLUGS) == meant


def test_the_order_of_names_makes_no_difference() -> None:
    assert nearest("high", SLUGS) == nearest("high", reversed(SLUGS))


def test_among_nothing_nothing_is_near() -> None:
    assert nearest("lincoln", ()) == ""
