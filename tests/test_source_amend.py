"""Other data in a record's text: every comment and every line that is not about it stays."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.serialize import serialize
from generator.source import Document, comments, parse
from generator.source.amend import amended, as_text
from generator.source.characters import forbidden

RECORD = """\
# yaml-language-server: $schema=../schema/partner.schema.json
# Kept by the office.
name: Riverbend Readers  # as they write it
kind: community-organization
summary: >-
  We read with children after
  school.
focus: [reading, tutoring]  # reading first

# How to reach them
contacts:
  - role: Front desk
    phone: (206) 555-0142  # mornings
  # the one who answers
  - role: Coordinator
    email: hello@example.org
programs:
  # the oldest
  - slug: buddies
    name: Reading Buddies
    ages: {min: 6, max: 9}
    bring:
      - Water  # cold
      - A book
    status:
      state: open
      as_of: 2026-09-01  # by phone

  - slug: camp
    name: Summer Camp
    cost: {kind: free}
sources:
  - document: Invented
# the end
"""


def document(text: str) -> Document:
    found, problems = parse(text, relative="partners/riverbend-readers.yml")
    assert found is not None, problems
    return found


def changed(text: str, **values: Any) -> str:
    found = document(text)
    result = amended(found, {**found.data, **values})
    assert result is not None
    return result


def lines_that_differ(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    old, new = Counter(before.splitlines()), Counter(after.splitlines())
    return sorted((old - new).elements()), sorted((new - old).elements())


def programs(text: str) -> list[Any]:
    found: list[Any] = document(text).data["programs"]
    return found


def test_the_same_data_give_the_same_text() -> None:
    assert amended(document(RECORD), document(RECORD).data) == RECORD


def test_one_value_changes_one_line_and_keeps_its_comment() -> None:
    assert lines_that_differ(RECORD, changed(RECORD, name="Riverbend Readers Club")) == (
        ["name: Riverbend Readers  # as they write it"],
        ["name: Riverbend Readers Club  # as they write it"],
    )


def test_a_value_deep_inside_changes_alone() -> None:
    buddies, camp = programs(RECORD)
    status = {**buddies["status"], "as_of": "2026-11-01"}
    text = changed(RECORD, programs=[{**buddies, "status": status, "bring": ["Water", "A pencil"]}, camp])
    assert lines_that_differ(RECORD, text) == (
        ["      - A book", "      as_of: 2026-09-01  # by phone"],
        ["      - A pencil", "      as_of: 2026-11-01  # by phone"],
    )


def test_a_program_is_added_where_it_belongs() -> None:
    buddies, camp = programs(RECORD)
    text = changed(RECORD, programs=[buddies, {"slug": "club", "name": "Homework Club"}, camp])
    assert lines_that_differ(RECORD, text) == ([], ["  - {slug: club, name: Homework Club}"]) or lines_that_differ(
        RECORD, text
    ) == ([], ["    name: Homework Club", "  - slug: club"])
    assert [each["slug"] for each in programs(text)] == ["buddies", "club", "camp"]


def test_a_program_that_goes_leaves_its_comments() -> None:
    text = changed(RECORD, programs=programs(RECORD)[1:])
    assert "# the oldest" in text and "# cold" in text and "# by phone" in text
    assert [each["slug"] for each in programs(text)] == ["camp"]


def test_a_first_key_that_goes_leaves_its_dash_to_the_next() -> None:
    buddies, camp = programs(RECORD)
    del camp["slug"]
    text = changed(RECORD, programs=[buddies, camp])
    assert "  - name: Summer Camp\n    cost: {kind: free}\n" in text


def test_a_new_key_stands_in_the_given_order() -> None:
    found = document(RECORD)
    data: dict[str, Any] = {}
    for key, value in found.data.items():
        data[key] = value
        if key == "summary":
            data["website"] = "https://example.org/"
    text = amended(found, data)
    assert text is not None
    assert "  school.\nwebsite: https://example.org/\nfocus:" in text


def test_a_new_text_of_several_lines_does_not_take_in_the_comment_below_it() -> None:
    text = changed("name: A\n\n    # far in\nsummary: B\n", name="a\nb")
    assert text == "name: |-\n  a\n  b\n\n# far in\nsummary: B\n"


def test_windows_line_ends_stay() -> None:
    text = changed(RECORD.replace("\n", "\r\n"), name="Riverbend Readers Club")
    assert text.count("\r\n") == text.count("\n") == RECORD.count("\n")


def test_numbers_and_truths_count_as_what_is_written_for_them() -> None:
    assert as_text({"a": [True, 12.5, 3]}) == {"a": ["true", "12.5", "3"]}
    buddies, camp = programs(RECORD)
    assert changed(RECORD, programs=[{**buddies, "ages": {"min": 6, "max": 9}}, camp]) == RECORD


@pytest.mark.parametrize(
    "text",
    (
        "a: 1\n",
        "{a: 1, b: 2}\n",
        "a:\n- x\n- y\nb: 2\n",
        "a:\n  -\n    # inside\n    b: 1\n    c: 2\n",
        "a: |+\n  text\n\n\nb: 2\n",
        "a: [x,  # one\n  y]  # two\n",
        "? a\n: 1\n",
        "a:\n  - - x\n    - y\n",
        '"a b": 1',
    ),
)
def test_every_way_of_writing_can_be_amended(text: str) -> None:
    found = document(text)
    for data in ({**found.data, "new": "z"}, dict.fromkeys(found.data, "other"), {"new": ["x", "y"], **found.data}):
        result = amended(found, data)
        assert result is not None
        assert document(result).data == as_text(data)
        assert Counter(c.text.strip() for c in comments(result)) == Counter(c.text.strip() for c in comments(text))


LETTERS = st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")).filter(
    lambda letter: not any(forbidden(letter))
)
WORDS = st.text(LETTERS, max_size=150) | st.sampled_from(
    ("", "one", "two words", "3", "true", "x: y", "# no comment", "a\nb", "a\nb\n", "é", "- d")
)
KEYS = st.sampled_from(("slug", "name", "summary", "bring", "when", "cost", "a b"))
VALUES = st.recursive(
    WORDS, lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4), max_leaves=12
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)


@st.composite
def commented(draw: st.DrawFn) -> str:
    """A record in house style with comments of its own between its lines, and at the end of some."""
    lines = serialize(draw(RECORDS), schema="x").splitlines()
    made: list[str] = []
    for number, line in enumerate(lines):
        candidate = [
            *made,
            *draw(st.sampled_from(((), (f"# note {number}",), ("", f"  # note {number}"), ("",)))),
            line,
        ]
        if draw(st.booleans()):
            candidate[-1] += f"  # tail {number}"
        made = candidate
    text = "\n".join(made) + "\n"
    found, _ = parse(text, relative="x.yml")
    return text if found is not None else "\n".join(lines) + "\n"


@st.composite
def altered(draw: st.DrawFn, value: Any) -> Any:
    """A value with some changes somewhere below it: replaced, added, deleted."""
    if isinstance(value, dict):
        kept = {key: draw(altered(below)) for key, below in value.items() if draw(st.integers(0, 5))}
        return {**kept, **(draw(RECORDS) if not draw(st.integers(0, 4)) else {})}
    if isinstance(value, list):
        kept_items = [draw(altered(below)) for below in value if draw(st.integers(0, 5))]
        return [*kept_items, *(draw(st.lists(VALUES, max_size=2)) if not draw(st.integers(0, 4)) else [])]
    return draw(WORDS) if not draw(st.integers(0, 4)) else value


@settings(deadline=None, max_examples=400)
@given(st.data())
def test_every_comment_and_every_untouched_line_survives(data: st.DataObject) -> None:
    text = data.draw(commented())
    found, problems = parse(text, relative="x.yml")
    if found is None:
        return
    wanted = data.draw(altered(found.data))
    result = amended(found, wanted)
    assert result is not None, "this could not be amended"
    after, problems = parse(result, relative="x.yml")
    assert after is not None, problems
    assert after.data == as_text(wanted)
    assert Counter(c.text.strip() for c in found.comments) == Counter(c.text.strip() for c in after.comments)
    lines = result.splitlines()
    at = 0
    for key, block in blocks(found).items():
        if key in wanted and as_text(wanted[key]) == found.data[key]:
            where = next((n for n in range(len(lines)) if lines[n : n + len(block)] == block), None)
            assert where is not None, (key, block)
            assert where >= at, "the order changed"
            at = where + len(block)


def blocks(found: Document) -> dict[str, list[str]]:
    """The lines of each of the uppermost keys, from the key to its last word."""
    starts = [found.locate((key,), key=True).line for key in found.data]
    lines = found.text.splitlines()
    alone = {c.line for c in found.comments if not lines[c.line - 1][: c.column - 1].strip()}
    result = {}
    for key, start, end in zip(found.data, starts, [*starts[1:], len(lines) + 1], strict=True):
        while end - 1 > start and (end - 1 in alone or not lines[end - 2].strip()):
            end -= 1
        result[key] = lines[start - 1 : end - 1]
    return result


def test_the_records_of_this_repository_can_be_amended() -> None:
    for path in sorted((Path(__file__).parent.parent / "partners").glob("*.yml")):
        found = document(path.read_text("utf-8"))
        text = amended(found, {**found.data, "name": "Another Name"})
        assert text is not None
        gone, come = lines_that_differ(found.text, text)
        assert (len(gone), come) == (1, ["name: Another Name"]), path
