"""Where values, keys and comments of a YAML text stand."""

import pytest

from generator.problems import Place
from generator.source import Comment, comments, texts
from tests.sources import GOOD, document


def test_locate_finds_values_and_keys() -> None:
    found = document(GOOD)
    at = {
        ("name",): (2, 7),
        ("also_known_as",): (3, 16),
        ("also_known_as", 1): (3, 22),
        ("contacts",): (13, 3),
        ("contacts", 0): (13, 5),
        ("contacts", 0, "phone"): (14, 12),
        ("description",): (16, 14),
        ("programs", 0, "name"): (22, 11),
    }
    places = {route: found.locate(route) for route in at}
    assert {route: (place.line, place.column) for route, place in places.items()} == at
    assert found.locate(("contacts", 0, "phone"), key=True) == Place(path="partners/club.yml", line=14, column=5)
    assert found.locate(("contacts", 0), key=True) == found.locate(("contacts", 0))


def test_locate_takes_the_nearest_ancestor_of_what_is_missing() -> None:
    found = document(GOOD)
    assert found.locate(("contacts", 0, "email")) == found.locate(("contacts", 0))
    assert found.locate(("contacts", 7, "email")) == found.locate(("contacts",), key=True)
    assert found.locate(("nope", 1, "x"), key=True) == Place(path="partners/club.yml", line=2, column=1)


def test_a_problem_of_a_document_shows_its_line_unless_it_is_private() -> None:
    found = document(GOOD)
    fault = found.problem(("also_known_as", 1), rule="r", message="m")
    assert (fault.excerpt, fault.width) == ('also_known_as: [RRC, "The Readers"]', 13)
    assert found.problem(("name",), rule="r", message="m", key=True).width == 4
    assert found.problem(("name",), rule="r", message="m", is_error=False).severity == "warning"
    assert found.problem(("name",), rule="r", message="m", shows_line=False).excerpt == ""


def test_texts_have_routes() -> None:
    found = dict(texts(document("a: b\nc: [d, {e: f}]\n").data))
    assert found == {("a",): "b", ("c", 0): "d", ("c", 1, "e"): "f"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n", ()),
        ("# one\n\n  #two\na: b # three\n", ((1, 1, " one"), (3, 3, "two"), (4, 6, " three"))),
        ("a: 'b # c' # d\n", ((1, 12, " d"),)),
        ('a: "b\n  # c" # d\n', ((2, 8, " d"),)),
        ("a: | # head\n  # text\n  more\n# tail\nb: c\n", ((1, 6, " head"), (4, 1, " tail"))),
        ("a: >\n  x\n\n\n  # still text\n\n # not text\nb: c\n", ((7, 2, " not text"),)),
        ("a: [b, # c\n  d] # e\n", ((1, 8, " c"), (2, 6, " e"))),
        ("a: b#c\nd: e\n# f", ((3, 1, " f"),)),
        ("a: b\r\n# c\r\n", ((2, 1, " c"),)),
        ("é: 日本 # c\n", ((1, 7, " c"),)),
    ],
)
def test_comments(text: str, expected: tuple[tuple[int, int, str], ...]) -> None:
    assert comments(text) == tuple(Comment(*found) for found in expected)
    assert document(text).comments == comments(text)
