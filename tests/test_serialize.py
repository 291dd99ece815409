"""The serializer: what it writes is house style and reads back as the same record."""

from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.serialize import WIDTH, entries, serialize
from generator.source import parse
from generator.source.characters import forbidden
from generator.text import nfc

ALPHABET = st.characters(codec="utf-8", exclude_categories=("Cs", "Cn"))
TROUBLE = "-?:,[]{}#&*!|>'\"%@` \n\\~=<.0123456789eExXnoyN/é–中🌳\u0301\u00a0"


def allowed(text: str) -> bool:
    return next(forbidden(text), None) is None


LINES = st.one_of(st.text(ALPHABET, max_size=40), st.text(TROUBLE, max_size=40)).filter(allowed)
PROSE = st.lists(st.text("abc -#:>|\n\u00e9", max_size=60), max_size=6).map(" ".join).filter(allowed)
TEXTS = st.one_of(LINES, PROSE, st.text("word ", min_size=100, max_size=400))
KEYS = st.one_of(st.from_regex(r"[a-z_]{1,12}(/[a-z-]{1,9})?", fullmatch=True), LINES).filter(
    lambda key: nfc(key) not in ("", "<<", "~")
)
VALUES = st.recursive(
    TEXTS,
    lambda below: st.one_of(st.lists(below, max_size=5), st.dictionaries(KEYS, below, max_size=5)),
    max_leaves=25,
)


def composed(value: Any) -> Any:
    """The value with every text in composed form, as the loader gives it."""
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, list):
        return [composed(each) for each in value]
    return {nfc(key): composed(each) for key, each in value.items()}


def read_back(text: str) -> Any:
    document, problems = parse(text, relative="record.yml")
    assert document is not None, (problems, text)
    return document.data


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(KEYS, VALUES, min_size=1, max_size=6))
@example({"a": "- b"})
@example({"a": "x: y", "b": "x #y", "c": "#y", "d": "x:", "e": ":x", "f": "---", "g": "..."})
@example({"a": " lead", "b": "trail ", "c": "a\n b", "d": "\na", "e": "a\n", "f": "a\n\n", "g": "a \nb"})
@example({"a": ["x, y", "[z]", "{z}", "", "~", "null"], "b": {"c": "1,2", "d": "e:"}})
@example({"a": [[["deep"]], {"b": [{"c": []}]}], "d": {}})
@example({"12": "1e3", "on": "no", "from": "15:30"})
def test_reads_back_as_the_same_record(record: dict[str, Any]) -> None:
    assert read_back(serialize(record, schema="../schema/partner.schema.json")) == composed(record)


@settings(deadline=None, max_examples=150)
@given(st.lists(TEXTS, max_size=6))
def test_other_readers_take_text_for_text(values: list[str]) -> None:
    """A reader of YAML 1.1, the strictest about plain words, sees text too; only dates and hours look otherwise."""
    kept = [text for text in values if not any(letter in text for letter in "-:=") and text.isascii()]
    assert yaml.safe_load(serialize({"values": kept}))["values"] == kept


def test_numbers_booleans_and_dates_are_plain() -> None:
    record = {"a": 5, "b": 25.0, "c": 12.5, "d": True, "e": False, "f": date(2026, 9, 1), "g": -122.3155, "h": 1e-7}
    assert serialize(record) == ("a: 5\nb: 25\nc: 12.5\nd: true\ne: false\nf: 2026-09-01\ng: -122.3155\nh: 0.0000001\n")


def test_house_style() -> None:
    long = (
        "Volunteers read with families every Tuesday evening, and nobody has to sign up, pay or bring anything along."
    )
    record = {
        "name": "River Food Bank",
        "also_known_as": ["Pantry, south", "RFB"],
        "phone": "(555) 555-0142",
        "summary": "Food: free, for all",
        "description": "First.\n\nSecond *one*.",
        "eligibility": long,
        "focus": ["food", "after-school"],
        "grades": {"from": "K", "to": "5"},
        "contacts": [{"role": "Front desk", "email": "hello@example.org"}],
        "join": [{"do": "Call us"}],
        "bring": [],
    }
    assert serialize(record, schema="../schema/partner.schema.json") == (
        "# yaml-language-server: $schema=../schema/partner.schema.json\n"
        "name: River Food Bank\n"
        'also_known_as: ["Pantry, south", RFB]\n'
        "phone: (555) 555-0142\n"
        'summary: "Food: free, for all"\n'
        "description: |-\n  First.\n\n  Second *one*.\n"
        "eligibility: >-\n"
        "  Volunteers read with families every Tuesday evening, and nobody has to sign up, pay or bring\n"
        "  anything along.\n"
        "focus: [food, after-school]\n"
        'grades: {from: K, to: "5"}\n'
        "contacts:\n  - role: Front desk\n    email: hello@example.org\n"
        "join:\n  - do: Call us\n"
        "bring: []\n"
    )


def test_lines_stay_within_the_width() -> None:
    record = {
        "note": "word " * 200 + "end",
        "list": [f"term-{n}" for n in range(40)],
        "text": ["many words " * 30 + "x"],
    }
    text = serialize(record)
    assert max(map(len, text.splitlines())) <= WIDTH
    assert read_back(text) == record


def test_entries_can_be_indented() -> None:
    assert entries({"a": "b", "c": [{"d": "e f"}]}, indent=2) == "  a: b\n  c:\n    - d: e f\n"


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), object()])
def test_refuses_what_no_record_holds(value: object) -> None:
    with pytest.raises(TypeError):
        serialize({"a": value})
