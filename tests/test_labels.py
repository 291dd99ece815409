"""Every label that a form, a workflow, the software or a document names is in `.github/labels.json`."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli import links
from generator.compare import gate
from generator.fresh import letters

NAMED_IN_DOCUMENTS = re.compile(r"labels?\s+(?:is\s+|are\s+)?((?:\s*(?:,|and|or)?\s*\**`[a-z-]+`\**)+)")
NAMED_IN_WORKFLOWS = re.compile(r"label\.name == '([^']+)'|/labels/([a-z-]+)\"")


@pytest.fixture(scope="module")
def labels(repository: Path) -> dict[str, dict[str, str]]:
    """The labels by name."""
    listed = json.loads((repository / ".github/labels.json").read_text("utf-8"))
    found = {label["name"]: label for label in listed}
    assert len(found) == len(listed)
    return found


def named(repository: Path) -> dict[str, set[str]]:
    """The labels that are named, by where."""
    github = repository / ".github"
    forms = sorted((github / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
    documents = [repository / "README.md", repository / "CONTRIBUTING.md", *sorted((repository / "docs").rglob("*.md"))]
    return {
        **{form.name: set(yaml.safe_load(form.read_text("utf-8"))["labels"]) for form in forms},
        **{
            file.name: {a or b for a, b in NAMED_IN_WORKFLOWS.findall(file.read_text("utf-8"))}
            for file in sorted((github / "workflows").glob("*.yml"))
        },
        **{
            file.name: {name for list_ in NAMED_IN_DOCUMENTS.findall(text) for name in re.findall("`([a-z-]+)`", list_)}
            for file in documents
            for text in [file.read_text("utf-8")]
        },
        "software": {gate.LARGE, gate.MIXED, letters.LABEL, links.LABEL},
    }


def test_every_label_that_is_named_can_be_made(repository: Path, labels: dict[str, dict[str, str]]) -> None:
    found = named(repository)
    assert found["intake.yml"] == {"intake-ok"}
    assert found["freshness.md"] == {"review-due", "dead-link"}
    assert {where: names - set(labels) for where, names in found.items() if names - set(labels)} == {}


def test_every_label_is_used_and_says_what_it_is_for(repository: Path, labels: dict[str, dict[str, str]]) -> None:
    assert set(labels) == set().union(*named(repository).values())
    for label in labels.values():
        assert set(label) == {"name", "color", "description"}
        assert re.fullmatch("[0-9a-f]{6}", label["color"])
        assert 20 < len(label["description"]) <= 100  # what GitHub allows


@pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux")
def test_the_workflow_makes_each_of_them(repository: Path, tmp_path: Path, labels: dict[str, dict[str, str]]) -> None:
    workflow = yaml.safe_load((repository / ".github/workflows/labels.yml").read_text("utf-8"))
    script = workflow["jobs"]["labels"]["steps"][-1]["run"]
    (tmp_path / "gh").write_text('#!/bin/sh\nprintf "%s\\n" "$*" >> "$MADE"\n', "utf-8")
    (tmp_path / "gh").chmod(0o755)
    own = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "MADE": str(tmp_path / "made"), "RUNNER_TEMP": str(tmp_path)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    subprocess.run(command, cwd=repository, env={**os.environ, **own}, check=True)
    made = (tmp_path / "made").read_text("utf-8").splitlines()
    told = [
        f"label create {n} --force --color {v['color']} --description {v['description']}" for n, v in labels.items()
    ]
    assert made == told
