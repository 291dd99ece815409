"""The outline of a district: a file in GeoJSON that strangers may have written."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.check import check
from generator.quarantine import quarantined
from generator.records.folders import Project
from generator.records.outline import LIMIT_BYTES, MOST_CORNERS, OUTLINE_FILE, read_outline
from tests.factories import RIVERBEND, TODAY

RING = [[-71.1, 42.3], [-71.0, 42.3], [-71.0, 42.4], [-71.1, 42.3]]
SHAPE = {"type": "Polygon", "coordinates": [RING]}
CREDIT = "City of Riverbend, CC0 1.0"


def put(root: Path, content: object, **fields: Any) -> Path:
    """Write the outline: text as it is, and anything else as JSON with an attribution."""
    (root / "district").mkdir(exist_ok=True)
    known = {"attribution": CREDIT, **fields}
    text = content if isinstance(content, str) else json.dumps({**known, **content})  # type: ignore[dict-item]
    (root / OUTLINE_FILE).write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    "content",
    [
        SHAPE,
        {"type": "MultiPolygon", "coordinates": [[RING]]},
        {"type": "Feature", "properties": {"name": {"deep": [1]}}, "geometry": SHAPE},
        {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": None, "geometry": SHAPE}]},
        {"type": "Polygon", "coordinates": [[[*at, 12.5] for at in RING]]},
    ],
)
def test_areas_in_each_form_are_read(tmp_path: Path, content: dict[str, Any]) -> None:
    outline, problems = read_outline(put(tmp_path, content))
    assert problems == ()
    assert outline
    assert outline.attribution == CREDIT
    assert outline.rings == (((42.3, -71.1), (42.3, -71.0), (42.4, -71.0)),)


def shape(ring: list[list[float]]) -> dict[str, Any]:
    """An area with such an edge."""
    return {"type": "Polygon", "coordinates": [ring]}


LONG = [[-71 + n / 100_000, 42.0] for n in range(MOST_CORNERS)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no outline"),
        ("{", "no outline"),
        ("[]", "no outline"),
        ('{"type": "Point", "coordinates": [1, 2]}', "no outline"),
        ({"type": "Topology"}, "no outline"),
        ({"type": "Polygon", "coordinates": [[[1, 2]]]}, "no outline"),
        ({"type": "Polygon", "coordinates": [[["1", 2]] * 4]}, "no outline"),
        ({"type": "FeatureCollection", "features": []}, "no outline"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1], [1, 1], [2, 2], [NaN, 1]]]}', "no outline"),
        ('{"type": "Polygon", "coordinates": ' + "[" * 50_000, "no outline"),
        ('{"x": ' + "[" * 50_000 + "]" * 50_000 + "}", "no outline"),
        (json.dumps(SHAPE), "whose it is"),
        ({**SHAPE, "attribution": "   "}, "whose it is"),
        ({**SHAPE, "attribution": 5}, "whose it is"),
        ({**SHAPE, "attribution": "x" * 201}, "whose it is"),
        ({**SHAPE, "attribution": "City\u202eytic"}, "right-to-left override"),
        ({**SHAPE, "attribution": "City\nof Riverbend"}, "more than one line"),
        (shape([*RING[:-1], [-71.1, 42.2]]), "not closed"),
        (shape([[546000, 5270000], [547000, 5270000], [547000, 5280000], [546000, 5270000]]), "no longitude and"),
        (shape([*LONG, LONG[0]]), "corners; the most is"),
    ],
    ids=range(20),
)
def test_a_bad_outline_is_one_problem_in_a_line(tmp_path: Path, content: object, message: str) -> None:
    outline, problems = read_outline(put(tmp_path, content))
    assert outline is None
    assert [(p.at.path, p.rule) for p in problems] == [(OUTLINE_FILE, "bad-outline")]
    assert message in problems[0].message
    assert problems[0].hint
    assert "\n" not in problems[0].message + problems[0].hint
    assert len(problems[0].message) < 300


def test_the_file_itself_is_read_as_strictly_as_records_are(tmp_path: Path) -> None:
    _, problems = read_outline(put(tmp_path, " " * (LIMIT_BYTES + 1)))
    assert [p.rule for p in problems] == ["too-large"]
    assert "mapshaper" in problems[0].hint
    (tmp_path / OUTLINE_FILE).unlink()
    (tmp_path / OUTLINE_FILE).symlink_to(tmp_path / "elsewhere")
    assert [p.rule for p in read_outline(tmp_path)[1]] == ["not-a-file"]
    (tmp_path / OUTLINE_FILE).unlink()
    (tmp_path / OUTLINE_FILE).write_bytes(b'{"type": "\xff"}')
    assert read_outline(tmp_path)[0] is None


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A district without an outline."""
    from shutil import copytree

    return copytree(RIVERBEND, tmp_path / "riverbend")


def test_the_directory_has_the_outline(root: Path) -> None:
    folder = root / ".cache"
    assert check(Project(root=root), today=TODAY, cache_folder=folder).loaded.directory.outline is None  # type: ignore[union-attr]
    put(root, SHAPE)
    for _ in range(2):  # the second time it is known
        checked = check(Project(root=root), today=TODAY, cache_folder=folder)
        assert checked.problems == ()
        assert checked.loaded.directory
        assert checked.loaded.directory.outline
        assert OUTLINE_FILE not in checked.loaded.records


def test_a_bad_outline_fails_the_check_and_a_quarantine_leaves_it_out(root: Path) -> None:
    checked = check(Project(root=put(root, "{")), today=TODAY)
    assert not checked.is_good
    rest = quarantined(checked)
    assert rest.left_out == (OUTLINE_FILE,)
    assert rest.loaded.directory
    assert rest.loaded.directory.outline is None


def test_an_outline_somewhere_else_is_left_out_as_well(root: Path) -> None:
    far = {"type": "Polygon", "coordinates": [[[lat, lon] for lon, lat in RING]]}
    rest = quarantined(check(Project(root=put(root, far)), today=TODAY))
    assert rest.left_out == (OUTLINE_FILE,)
    assert rest.loaded.directory
    assert rest.loaded.directory.outline is None


def test_other_files_of_that_kind_are_not_welcome(root: Path) -> None:
    (root / "district/other.geojson").write_text("{}")
    assert [p.rule for p in check(Project(root=root), today=TODAY).problems] == ["unexpected-file"]
