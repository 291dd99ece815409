"""The workflow `freshness` opens one issue for each record, once, and only some in a week."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux"),
    pytest.mark.skipif(shutil.which("jq") is None, reason="jq is not installed; runners of GitHub have it"),
]
GH = """#!/bin/sh
case "$1 $2" in
  "run download") [ -d links ] ;;
  "issue list") cat open 2>/dev/null || true ;;
  "issue create") printf '%s\\n' "$4" >> created; cat body.md >> bodies ;;
esac
"""


@pytest.fixture
def script(repository: Path) -> str:
    """The step that opens issues."""
    workflow = yaml.safe_load((repository / ".github/workflows/freshness.yml").read_text("utf-8"))
    return next(step["run"] for step in workflow["jobs"]["issues"]["steps"] if "gh issue create" in step.get("run", ""))


def run(folder: Path, script: str) -> list[str]:
    """The titles of the issues that the step opens."""
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "bin/gh").write_text(GH, "utf-8")
    (folder / "bin/gh").chmod(0o755)
    (folder / "created").write_text("", "utf-8")
    environment = {
        **os.environ,
        "PATH": f"{folder}/bin:{os.environ['PATH']}",
        "GITHUB_RUN_ID": "1",
        "GITHUB_REPOSITORY": "a/b",
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return (folder / "created").read_text("utf-8").splitlines()


def lines(*titles: str, body: str = "x") -> str:
    return "".join(json.dumps({"title": title, "body": body, "label": "review-due"}) + "\n" for title in titles)


def test_what_is_open_is_not_opened_again_and_twenty_are_enough(tmp_path: Path, script: str) -> None:
    (tmp_path / "due.jsonl").write_text(
        lines(*(f"Is this record still right: partners/p{n}" for n in range(30))), "utf-8"
    )
    (tmp_path / "open").write_text("Is this record still right: partners/p1\nelse\n", "utf-8")
    created = run(tmp_path, script)
    assert created == [f"Is this record still right: partners/p{n}" for n in range(21) if n != 1]


def test_links_are_told_too_and_words_of_strangers_do_nothing(tmp_path: Path, script: str) -> None:
    (tmp_path / "due.jsonl").write_text("", "utf-8")
    (tmp_path / "links").mkdir()
    nasty = "$(touch ran) `touch ran`; touch ran\n--title x"
    (tmp_path / "links/links.jsonl").write_text(lines("Links that lead nowhere: partners/a", body=nasty), "utf-8")
    assert run(tmp_path, script) == ["Links that lead nowhere: partners/a"]
    assert (tmp_path / "bodies").read_text("utf-8").strip() == nasty
    assert not (tmp_path / "ran").exists()


def test_nothing_to_say_opens_nothing(tmp_path: Path, script: str) -> None:
    (tmp_path / "due.jsonl").write_text("", "utf-8")
    assert run(tmp_path, script) == []


def test_the_job_that_asks_strangers_servers_cannot_write(repository: Path) -> None:
    text = (repository / ".github/workflows/freshness.yml").read_text("utf-8")
    jobs = yaml.safe_load(text)["jobs"]
    (asking,) = [name for name, job in jobs.items() if any("partners links" in s.get("run", "") for s in job["steps"])]
    assert jobs[asking]["permissions"] == {"contents": "read"}
    assert "--format issues" in text
