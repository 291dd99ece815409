"""The workflow `intake`: from a labelled issue to one branch, one pull request and one reply, again and again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest
import yaml

from generator.forms.issue import CHANGE, PARTNER
from tests.factories import RIVERBEND
from tests.test_diff import commit, git
from tests.test_issues import good

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux")
TITLE = "$(touch ran) `touch ran` ${{ github.token }} fixes #2 @luisa\n::set-output name=changed::true"
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$GH_LOG"
for word in "$@"; do case "$word" in
  body=@*) cat "${word#body=@}" >> "$GH_LOG.posted" ;;
esac; done
case "$*" in
  "pr list"*) cat "$GH_LOG.request" 2>/dev/null ;;
  "pr create"*) echo 12 > "$GH_LOG.request" ;;
  *"/comments --jq"*) cat "$GH_LOG.comment" 2>/dev/null ;;
  *"--method POST"*) echo 34 > "$GH_LOG.comment" ;;
esac
exit 0
"""


class Runner:
    """A checkout with a remote, in which the steps of the workflow run with another `gh`."""

    def __init__(self, folder: Path, repository: Path) -> None:
        """Lay out the district, its remote, the command and `gh`."""
        self.folder, self.root, self.said = folder, Path(copytree(RIVERBEND, folder / "checkout")), ""
        self.steps = yaml.safe_load((repository / ".github/workflows/intake.yml").read_text("utf-8"))["jobs"][
            "propose"
        ]["steps"]
        (self.root / ".gitignore").write_text(".venv/\n", "utf-8")
        git(self.root, "init", "--quiet", "--initial-branch=main")
        commit(self.root, "first")
        git(folder, "init", "--quiet", "--bare", "remote.git")
        git(self.root, "remote", "add", "origin", str(folder / "remote.git"))
        self.write(
            ".venv/bin/partners", f'#!/bin/sh\nPYTHONPATH="{repository}" exec "{sys.executable}" -m generator "$@"\n'
        )
        self.write("bin/gh", GH)

    def write(self, name: str, text: str) -> None:
        path = self.root / name if name.startswith(".venv") else self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        path.chmod(0o755)

    def run(self, body: str) -> int:
        """Run all steps that are commands, as GitHub does; the exit code of the first that fails."""
        git(self.root, "switch", "--quiet", "--detach", "main")
        (self.folder / "event.json").write_text(
            json.dumps({"issue": {"body": body, "number": 7, "title": TITLE}}), "utf-8"
        )
        (self.folder / "outputs").write_text("", "utf-8")
        for step in (step for step in self.steps if "run" in step and "make" not in step["run"]):
            outputs = dict(line.split("=", 1) for line in (self.folder / "outputs").read_text("utf-8").split())
            if "if" in step and outputs.get("changed") != "true":
                continue
            code = self.run_step(step["run"], outputs)
            if code:
                return code
        return 0

    def run_step(self, script: str, outputs: dict[str, str]) -> int:
        temporary = self.folder / "temp"
        temporary.mkdir(exist_ok=True)
        environment = {
            **os.environ,
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}",
            "GITHUB_EVENT_PATH": str(self.folder / "event.json"),
            "GITHUB_OUTPUT": str(self.folder / "outputs"),
            "GITHUB_REPOSITORY": "district/directory",
            "RUNNER_TEMP": str(temporary),
            "GH_LOG": str(self.folder / "log"),
            "ISSUE": "7",
            "REQUEST": outputs.get("number", ""),
            "SOURCE_DATE_EPOCH": "1790856000",
            "NO_COLOR": "1",
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
        done = subprocess.run(command, cwd=self.root, env=environment, capture_output=True, text=True, check=False)
        self.said = done.stdout + done.stderr
        return done.returncode

    def text_of(self, name: str) -> str:
        path = self.folder / name
        return path.read_text("utf-8") if path.exists() else ""

    def log(self) -> str:
        """What `gh` was asked, once."""
        text = self.text_of("log")
        (self.folder / "log").unlink(missing_ok=True)
        return text


@pytest.fixture
def runner(tmp_path: Path, repository: Path) -> Runner:
    return Runner(tmp_path, repository)


def test_an_issue_becomes_one_pull_request_that_later_runs_bring_up_to_date(runner: Runner) -> None:
    assert runner.run(good(PARTNER)) == 0, runner.said
    log = runner.log()
    assert "pr create --base main --head intake/issue-7 --title Proposal of issue #7" in log
    assert "workflow run check.yml --ref intake/issue-7" in log
    assert "--method DELETE repos/district/directory/issues/7/labels/intake-ok" in log
    assert log.count("--method POST") == 2 - ("issues/comments/34" in log)
    remote = runner.folder / "remote.git"
    assert (
        git(remote, "diff-tree", "--no-commit-id", "--name-only", "-r", "intake/issue-7")
        == "partners/harbor-food-bank.yml"
    )
    assert runner.text_of("temp/body.md").startswith("Closes #7.\n")
    assert runner.run(good(PARTNER, What_families_get_in_one_sentence="Food for all.")) == 0, runner.said
    log = runner.log()
    assert "pr create" not in log
    assert "--method POST" not in log
    assert "--method PATCH repos/district/directory/issues/comments/34" in log
    assert git(remote, "branch", "--list").split() == ["intake/issue-7"]
    assert "Food for all." in git(remote, "show", "intake/issue-7:partners/harbor-food-bank.yml")
    assert git(remote, "log", "-1", "--format=%B%an", "intake/issue-7").split("\n")[0] == "Proposal of issue #7"


def test_what_is_refused_gets_a_reply_and_no_branch(runner: Runner) -> None:
    assert runner.run(good(PARTNER, Web_address="nowhere")) == 0, runner.said
    log = runner.log()
    assert "pr " not in log
    assert "push" not in log
    assert "**Web address**" in runner.text_of("log.posted")
    assert git(runner.folder / "remote.git", "branch", "--list") == ""


def test_words_of_an_issue_stand_in_no_fixed_text(runner: Runner) -> None:
    nasty = "Fixes #1 $(touch ran) `touch ran` @maria"
    assert runner.run(good(CHANGE, What_it_should_say=nasty)) == 0, runner.said
    assert "maria" not in runner.log() + runner.text_of("temp/body.md") + runner.text_of("temp/reply.md")
    assert "maria" not in git(runner.folder / "remote.git", "log", "--format=%B", "intake/issue-7")
    assert not (runner.root / "ran").exists()
    assert "maria" in runner.text_of("temp/words.md")


def test_the_title_of_an_issue_is_read_by_nobody(runner: Runner, repository: Path) -> None:
    assert runner.run(good(CHANGE)) == 0, runner.said
    written = [path.read_text("utf-8") for path in (runner.folder / "temp").iterdir()]
    remote = git(runner.folder / "remote.git", "log", "-p", "--format=%B", "intake/issue-7")
    assert "luisa" not in "".join((*written, runner.log(), runner.text_of("log.posted"), runner.said, remote))
    assert not (runner.root / "ran").exists()
    for workflow in (repository / ".github/workflows").glob("*.yml"):
        assert "issue.title" not in workflow.read_text("utf-8")


def test_a_run_that_changed_anything_else_stops(runner: Runner) -> None:
    (runner.root / "partners/other.yml").write_text("name: Other\n", "utf-8")
    assert runner.run(good(CHANGE)) == 1
    assert "one record only" in runner.said
    assert runner.log() == ""


def test_only_a_label_of_staff_starts_it(repository: Path) -> None:
    text = (repository / ".github/workflows/intake.yml").read_text("utf-8")
    workflow = yaml.load(text, yaml.BaseLoader)
    assert workflow["on"] == {"issues": {"types": ["labeled"]}}
    assert "github.event.label.name == 'intake-ok'" in workflow["jobs"]["propose"]["if"]
    assert workflow["concurrency"]["group"] == "intake-${{ github.event.issue.number }}"
    forms = (repository / ".github/ISSUE_TEMPLATE").glob("[0-9]*.yml")
    assert all("intake-ok" not in form.read_text("utf-8") for form in forms)
    expressions = {part.split("}}")[0].strip() for part in text.split("${{")[1:]}
    assert {e for e in expressions if "event" in e} == {"github.event.issue.number"}


def test_the_workflow_that_runs_code_of_proposals_cannot_write(repository: Path) -> None:
    for name in ("changes", "check"):
        workflow = yaml.load((repository / f".github/workflows/{name}.yml").read_text("utf-8"), yaml.BaseLoader)
        assert "pull_request" in workflow["on"]
        for job in workflow["jobs"].values():
            assert job["permissions"] == {"contents": "read"}
            assert "environment" not in job
