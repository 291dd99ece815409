"""The shapes of records, read from the schemas."""

from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.records.folders import KINDS
from generator.schema.shapes import in_order, load_shapes


def test_every_kind_has_a_shape(repository: Path) -> None:
    shapes = load_shapes(repository / "schema")
    assert {kind.name for kind in KINDS} <= set(shapes)
    assert "common" not in shapes


def test_a_field_says_what_to_write(repository: Path) -> None:
    partner = load_shapes(repository / "schema")["partner"]
    name = partner.at("name")
    assert (name.form, name.is_required, name.is_list, name.longest) == ("line", True, False, 120)
    focus = partner.at("programs", "focus")
    assert (focus.form, focus.vocabulary, focus.is_list) == ("term", "focus-areas", True)
    assert partner.at("programs", "cost", "amount").form == "number"
    assert [f.name for f in partner.at("programs", "where").fields] == ["schools", "places", "online"]


def test_an_unknown_field_is_named(repository: Path) -> None:
    with pytest.raises(LookupError, match="partner has no field programs/costs"):
        load_shapes(repository / "schema")["partner"].at("programs", "costs")


def test_in_order_sorts_all_the_way_down(repository: Path) -> None:
    fields = load_shapes(repository / "schema")["partner"].fields
    record = {"extra": 1, "programs": [{"name": "b", "slug": "a", "cost": {"amount": 1, "kind": "fee"}}], "name": "x"}
    ordered = in_order(record, fields)
    assert list(ordered) == ["name", "programs", "extra"]
    assert list(ordered["programs"][0]) == ["slug", "name", "cost"]
    assert list(ordered["programs"][0]["cost"]) == ["kind", "amount"]


@pytest.mark.parametrize(("text", "words"), [("{", "not JSON"), ('{"title": "T"}', "a part has no")])
def test_a_broken_schema_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "partner.schema.json").write_text(text)
    with pytest.raises(SetupError, match=words):
        load_shapes(tmp_path)


def test_missing_schemas_are_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="no schemas here"):
        load_shapes(tmp_path)
