"""The schemas are closed and explained, good records pass, and a broken schema is named."""

import json
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

from generator.problems import SetupError
from generator.schema import Schemas, load_schemas, resolve_enums, write_enums
from generator.schema.explain import TELL
from generator.schema.files import COMMON, read_schemas
from generator.schema.formats import FORMATS
from generator.vocabulary import load_vocabularies
from tests.schema_records import ALL_PARTS, FOLDER, KINDS, PARTNER, SCHEMAS, check, document, only, parts, record


@pytest.mark.parametrize("kind", KINDS)
def test_every_example_fits_its_own_schema(kind: str) -> None:
    for path, part in parts(SCHEMAS[kind].resolved):
        validator = jsonschema_rs.Draft202012Validator(part, formats=dict(FORMATS), validate_formats=True)
        for example in part.get("examples", ()):
            assert validator.is_valid(example), (path, example)


@pytest.mark.parametrize("kind", KINDS)
def test_every_property_is_described_with_an_example(kind: str) -> None:
    for path, part in parts(SCHEMAS[kind].resolved):
        if path and path[-1] != "items":
            assert part.get("description", "").endswith((".", "?")) or ":" in part["description"], path
            assert part.get("examples"), path


@pytest.mark.parametrize("kind", KINDS)
def test_every_object_is_closed_and_every_text_has_a_limit(kind: str) -> None:
    for path, part in parts(SCHEMAS[kind].resolved):
        assert part.get("type") in ("object", "array", "string", "integer", "number", "boolean"), path
        if part["type"] == "object":
            assert part["additionalProperties"] is False, path
            assert set(part.get("required", ())) <= set(part.get("properties", ())), path
        if part["type"] == "array":
            assert "items" in part, path
        if part["type"] == "string":
            assert "enum" in part or ("maxLength" in part and "pattern" in part), path


def test_every_keyword_in_use_can_be_told() -> None:
    silent = {"type", "items", "properties", "patternProperties", "format", "$schema"}
    silent |= {"title", "description", "examples", "enumDescriptions", "x-vocabulary"}
    used = {keyword for _, _, part in ALL_PARTS for keyword in part}
    assert used - silent <= set(TELL)


@pytest.mark.parametrize("kind", [*KINDS, COMMON])
def test_the_files_are_json_schema(kind: str) -> None:
    schema = read_schemas(FOLDER)[kind]
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    Draft202012Validator.check_schema(schema)


def test_the_committed_terms_are_those_of_the_vocabularies() -> None:
    vocabularies = load_vocabularies(FOLDER / "vocabularies")
    schemas = read_schemas(FOLDER)
    assert {name: resolve_enums(schema, vocabularies) for name, schema in schemas.items()} == schemas, "run: make bless"
    marked = {part["x-vocabulary"] for part in schemas[COMMON]["$defs"].values() if "x-vocabulary" in part}
    assert marked == set(vocabularies)


def test_terms_are_written_into_the_schemas(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "schema", copy_function=shutil.copyfile)
    assert write_enums(tmp_path / "schema") == ()
    tiers = tmp_path / "schema/vocabularies/tiers.yml"
    tiers.write_text(tiers.read_text(encoding="utf-8") + "  - {id: extra, label: Extra}\n", encoding="utf-8")
    assert write_enums(tmp_path / "schema") == ("common.schema.json",)
    assert write_enums(tmp_path / "schema") == ()
    definitions = read_schemas(tmp_path / "schema")[COMMON]["$defs"]
    assert definitions["tiers"]["enum"][-1] == definitions["tiers"]["enumDescriptions"][-1].lower() == "extra"


@pytest.mark.parametrize("kind", KINDS)
def test_a_full_record_passes(kind: str) -> None:
    assert SCHEMAS.check(kind, document("a: b"), record(kind)) == ()


@pytest.mark.parametrize(
    "name",
    ["@Home Tutors", "+1+1", "R&D <3 Kids: AT&T #1", "Fundación Niñez", "儿童之家", "بيت الأطفال", "क्षेत्र", "ልጆች", "А"],
)
def test_names_of_every_kind_pass(name: str) -> None:
    assert check(PARTNER.replace("Riverbend Food Bank", json.dumps(name, ensure_ascii=False))) == ()


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://example.org:8080/a?b=c&d=e#f",
        "https://social.example.org/@riverbend",
        "https://bücher.example.org/ü",
    ],
)
def test_web_addresses_that_pass(address: str) -> None:
    assert check(PARTNER + f'website: "{address}"\n') == ()


@pytest.mark.parametrize("phone", ["911", "2-1-1", "(206) 555-0142", "+1 206 555 0142", "206.555.0142"])
def test_phone_numbers_that_pass(phone: str) -> None:
    assert check(PARTNER + f'contacts: [{{role: Front desk, phone: "{phone}"}}]\n') == ()


@pytest.fixture
def with_a_retired_term(tmp_path: Path) -> Schemas:
    shutil.copytree(FOLDER, tmp_path / "schema", copy_function=shutil.copyfile)
    areas = tmp_path / "schema/vocabularies/focus-areas.yml"
    old = '  - {id: groceries, label: Groceries, retired: {on: "2026-07-01", use: food}}\n'
    areas.write_text(areas.read_text(encoding="utf-8") + old, encoding="utf-8")
    return load_schemas(tmp_path / "schema")


def test_a_retired_term_is_a_warning(with_a_retired_term: Schemas) -> None:
    problem = only(PARTNER.replace("[food]", "[arts, groceries]"), schemas=with_a_retired_term)
    assert not problem.is_error
    assert (problem.rule, problem.at.line, problem.at.column) == ("retired-term", 4, 15)
    assert problem.message == '"groceries" is out of use since 2026-07-01'
    assert problem.hint == 'write "food" instead'
    assert check(PARTNER, schemas=with_a_retired_term) == ()


def test_a_retired_term_is_never_suggested(with_a_retired_term: Schemas) -> None:
    problem = only(PARTNER.replace("[food]", "[grocerys]"), schemas=with_a_retired_term)
    assert 'did you mean "food"?' in problem.hint


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("partner.schema.json", "{", "schema/partner.schema.json:1: this is not JSON"),
        ("partner.schema.json", "[]", "schema/partner.schema.json: a schema is an object"),
        ("partner.schema.json", '{"type": "objekt"}', "schema/partner.schema.json: this is not a JSON Schema"),
        ("partner.schema.json", '{"pattern": "("}', "schema/partner.schema.json: this is not a JSON Schema"),
        ("partner.schema.json", '{"$ref": "#/$defs/x"}', "schema/partner.schema.json: “partner.schema.json#/$defs/x”"),
        ("partner.schema.json", '{"$ref": "nowhere.schema.json#/a"}', "“nowhere.schema.json#/a” does not exist"),
        ("partner.schema.json", '{"$defs": {"a": {"$ref": "#/$defs/a"}}, "$ref": "#/$defs/a"}', "leads back to itself"),
        ("partner.schema.json", '{"$ref": "common.schema.json#/$defs/line", "type": "integer"}', "contradicts"),
        ("common.schema.json", None, "schema/common.schema.json is missing"),
        ("vocabularies/tiers.yml", None, "schema/vocabularies/tiers.yml is missing"),
        ("vocabularies/tiers.yml", "title: [", "schema/vocabularies/tiers.yml:"),
    ],
)
def test_a_broken_file_is_named(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "schema", copy_function=shutil.copyfile)
    file = tmp_path / "schema" / name
    if content is None:
        file.unlink()
    else:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        load_schemas(tmp_path / "schema")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_kind_is_named() -> None:
    with pytest.raises(SetupError, match=r"schema/dragon\.schema\.json is missing"):
        SCHEMAS.check("dragon", document("name: x"))


def test_a_folder_without_schemas_is_named(tmp_path: Path) -> None:
    (tmp_path / "vocabularies").mkdir()
    with pytest.raises(SetupError, match="there are no schemas here"):
        load_schemas(tmp_path)
