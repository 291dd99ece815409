"""The hostile answers of forms: each gets the verdict that its manifest expects, and nothing half-read is written."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.test_intake import files, record, run
from tests.test_intake import project as project  # the fixture

CORPUS = Path(__file__).resolve().parent.parent.parent / "shared/hostile"
MANIFEST = CORPUS / "manifest.json"
CASES = (
    [case for case in json.loads(MANIFEST.read_text("utf-8"))["cases"] if case["stage"] == "csv"]
    if MANIFEST.exists()
    else []
)
CONSTANTS = """\
constants:
  - {to: kind, value: nonprofit}
  - {to: summary, value: Helps families.}
  - {to: focus, value: Food}
  - {to: sources.document, value: Answers to the form}
columns:
  - {column: Organisation name, to: name}
"""
EXISTING = """\
name: Harbor Community Food Bank
kind: community-organization
summary: Helps families.
focus: [food]
sources:
  - document: Invented
"""

pytestmark = pytest.mark.skipif(not CASES, reason="the hostile corpus does not lie beside this repository")


def plan_for(file: Path) -> str:
    """A map with those columns that the file has."""
    head = file.read_bytes().split(b"\n", 1)[0]
    columns = {b"Website": "website", b"Categories": "focus"}
    return CONSTANTS + "".join(
        f"  - {{column: {c.decode()}, to: {path}}}\n" for c, path in columns.items() if c in head
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: Path(case["file"]).stem)
def test_each_case_gets_its_verdict(case: dict[str, Any], project: Path) -> None:
    (project / "partners/harbor-community-food-bank.yml").write_text(EXISTING, "utf-8")
    before = files(project)
    file = CORPUS / case["file"]
    done = run(project, file, plan=plan_for(file))
    if case["expected"] == "reject":
        assert done.returncode == 1, done.stdout
        assert files(project) == before
    else:
        assert done.returncode == 0, done.stdout + done.stderr
        assert len(files(project)) == len(before) + 1


def test_the_formula_stays_text(project: Path) -> None:
    run(project, CORPUS / "intake/forms-formula.csv", plan=plan_for(CORPUS / "intake/forms-formula.csv"))
    assert record(project, "hyperlink-https-evil-example-x")["name"].startswith("=HYPERLINK(")


def test_the_columns_of_microsofts_form_that_hold_people_are_not_shown(project: Path) -> None:
    file = CORPUS / "intake/forms-ms-semicolon.csv"
    done = run(project, file, plan=plan_for(file))
    assert "anonymous" not in done.stdout + done.stderr
