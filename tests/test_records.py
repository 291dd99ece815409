"""This repository's own records: clean, and right in the eyes of editors that know only the schemas."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from generator.check import check
from generator.problems import has_errors
from generator.records.folders import KINDS, Project, find_records

REPOSITORY = Path(__file__).resolve().parent.parent
PROJECT = Project(root=REPOSITORY)
FILES = find_records(PROJECT)[0]


def test_every_record_passes() -> None:
    checked = check(PROJECT, today=date.today())
    assert not has_errors(checked.problems), checked.problems
    assert checked.loaded.files


@pytest.mark.parametrize("kind", [k.name for k in KINDS if any(f.kind == k.name for f in FILES)])
def test_editors_find_no_fault_either(kind: str) -> None:
    """Editors read YAML's own types and the committed schema; a number where text is wanted is underlined there."""
    schema = REPOSITORY / f"schema/{kind}.schema.json"
    paths = [str(REPOSITORY / f.path) for f in FILES if f.kind == kind]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(schema), *paths]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_first_line_for_editors_names_the_right_schema() -> None:
    for file in FILES:
        first, _, _ = (REPOSITORY / file.path).read_text(encoding="utf-8").partition("\n")
        schema = "../" * file.path.count("/") + f"schema/{file.kind}.schema.json"
        assert not first.startswith("# yaml") or first == f"# yaml-language-server: $schema={schema}", file.path
