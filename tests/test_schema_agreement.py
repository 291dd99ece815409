"""The fast validator and the explaining one judge alike, whatever a record holds."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.schema.faults import explaining_validator
from generator.schema.formats import FORMATS
from tests.schema_records import ALL_PARTS, KINDS, SCHEMAS, document, record

ANY_TEXT = st.text(st.characters(codec="utf-8"))


def _values() -> st.SearchStrategy[Any]:
    texts = st.text(st.characters(codec="utf-8"), max_size=12)
    known = st.sampled_from(
        ("", "=", "en", "food", "2026-02-30", "2026-09-01", "15:30", "https://example.org\n", "a\n", "x" * 700)
    )
    scalars = (
        texts
        | known
        | st.integers(-(10**15), 10**15)
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.booleans()
    )
    return st.recursive(
        scalars,
        lambda below: st.lists(below, max_size=3) | st.dictionaries(texts | known, below, max_size=3),
        max_leaves=6,
    )


def _routes(value: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    below: Mapping[Any, Any] = {}
    if isinstance(value, dict):
        below = value
    elif isinstance(value, list):
        below = dict(enumerate(value))
    for step, part in below.items():
        yield (*route, step)
        yield from _routes(part, (*route, step))


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, Any]:
    """A kind and a good record of it, of which up to three values were replaced, removed, doubled or added."""
    kind = draw(st.sampled_from(KINDS))
    data = deepcopy(record(kind))
    for _ in range(draw(st.integers(1, 3))):
        routes = list(_routes(data))
        if not routes:
            break
        *way, last = draw(st.sampled_from(routes))
        holder = data
        for step in way:
            holder = holder[step]
        change = draw(st.sampled_from(("replace", "remove", "add", "double")))
        if change == "replace":
            holder[last] = draw(_values())
        elif change == "remove":
            del holder[last]
        elif isinstance(holder, list):
            holder.append(deepcopy(holder[last]) if change == "double" else draw(_values()))
        else:
            holder[draw(st.text(max_size=8).filter(str.isprintable))] = draw(_values())
    return kind, data


@settings(deadline=None, max_examples=300)
@given(mutated())
def test_both_validators_agree_on_damaged_records(case: tuple[str, Any]) -> None:
    kind, data = case
    schema = SCHEMAS[kind]
    problems = SCHEMAS.check(kind, document("a: b"), data)
    assert schema.fast.is_valid(data) == schema.explaining.is_valid(data) == (problems == ())
    assert all(problem.rule != "does-not-fit" for problem in problems)
    assert all("\n" not in problem.message + problem.hint for problem in problems)


FORMS = {
    json.dumps(part, sort_keys=True): part
    for _, _, full in ALL_PARTS
    if "pattern" in full
    for part in [{k: full[k] for k in ("type", "pattern", "minLength", "maxLength", "format") if k in full}]
}


@settings(deadline=None, max_examples=60)
@given(st.data())
@pytest.mark.parametrize("form", FORMS.values(), ids=lambda form: f"{form.get('format')}-{form['maxLength']}")
def test_both_validators_agree_on_every_form_of_text(form: dict[str, Any], data: st.DataObject) -> None:
    near = st.from_regex(form["pattern"])  # Python's "$" lets a line break follow, which is what must be caught
    text = data.draw(near | ANY_TEXT)
    fast = jsonschema_rs.Draft202012Validator(form, formats=dict(FORMATS), validate_formats=True)
    assert fast.is_valid(text) == explaining_validator(form).is_valid(text), repr(text)
    assert not fast.is_valid(text + "\n") or form["format"] == "prose"
