"""Numbers and booleans come out of text only where a schema wants them, and only when they look right."""

from copy import deepcopy

import pytest

from generator.schema.coercion import to_boolean, to_integer, to_number
from tests.schema_records import PARTNER, SCHEMAS, document


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("1987", 1987), ("-5", -5), ("999999999999999", 999999999999999)],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert to_integer(text) == number
    assert to_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 5",
        "+5",
        "05",
        "1_000",
        "1,000",
        "0x1F",
        "0o17",
        "1e3",
        ".5",
        "5.",
        "nan",
        ".inf",
        "٣",
        "9" * 16,
        "9" * 5000,
    ],
)
def test_text_that_is_no_number_stays_text(text: str) -> None:
    assert to_integer(text) is text
    assert to_number(text) is text


def test_numbers_with_a_point() -> None:
    assert to_number("47.6012") == 47.6012
    assert to_number("-122.3155") == -122.3155
    assert str(to_number("-0.0")) == "0.0"  # pages would say "-$0", and think that it is the same as "$0"
    assert to_integer("5.0") == "5.0"
    assert to_number("1." + "9" * 15) == "1." + "9" * 15


def test_only_true_and_false_are_booleans() -> None:
    assert [to_boolean(text) for text in ("true", "false", "yes", "True", "1", "")] == [
        True,
        False,
        "yes",
        "True",
        "1",
        "",
    ]


def test_only_what_the_schema_wants_becomes_a_number() -> None:
    text = (
        PARTNER.replace("Riverbend Food Bank", '"12"')
        + "founded: 1987\npartnership: {since: 2019, district_wide: true}\n"
        + "programs: [{name: '5', grades: {from: 1, to: 5}, ages: {min: 5}, capacity: many}]\n"
    )
    given = document(text)
    before = deepcopy(given.data)
    data = SCHEMAS.coerce("partner", given.data)
    assert given.data == before
    assert data["name"] == "12"
    assert data["founded"] == 1987
    assert data["partnership"] == {"since": "2019", "district_wide": True}
    assert data["programs"] == [
        {"name": "5", "grades": {"from": "1", "to": "5"}, "ages": {"min": 5}, "capacity": "many"}
    ]


@pytest.mark.parametrize("value", ["[]", "{}", "[[1]]", "{a: 1}", '"5"', "[{min: 1}]"])
def test_values_of_any_shape_are_coerced_without_failing(value: str) -> None:
    for name in ("founded", "partnership", "programs", "volunteer", "sources"):
        SCHEMAS.coerce("partner", document(f"{name}: {value}\n").data)
