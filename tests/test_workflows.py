"""The workflows hold what docs/decisions promise: zizmor, actionlint and check-jsonschema find nothing, and could."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

from generator.records.folders import DATA_FOLDERS

PERSONAS = ("regular", "pedantic", "auditor")
SCHEMAS = (
    ("vendor.github-workflows", "workflows/*.yml"),
    ("custom.github-workflows-require-timeout", "workflows/*.yml"),
    ("vendor.dependabot", "dependabot.yml"),
    ("vendor.github-issue-config", "ISSUE_TEMPLATE/config.yml"),
    ("vendor.github-issue-forms", "ISSUE_TEMPLATE/[0-9]*.yml"),
)
FINDINGS = 10
"""zizmor exits with this or more when it has findings, and with 1 when it could not do its work."""
PINNED = re.compile(r"uses: [\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$")
BAD_WORKFLOWS = {
    "unpinned action": (
        "on: push\npermissions: {}\njobs: {b: {runs-on: ubuntu-24.04, steps: [{uses: actions/checkout@v7}]}}"
    ),
    "title in a shell": (
        "on: {issues: {types: [opened]}}\npermissions: {}\njobs:\n  b:\n    runs-on: ubuntu-24.04\n"
        "    steps:\n      - run: echo '${{ github.event.issue.title }}'"
    ),
    "secrets for strangers": (
        "on: pull_request_target\njobs:\n  b:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1\n"
        "        with: {ref: '${{ github.event.pull_request.head.sha }}'}"
    ),
    "every permission": "on: push\npermissions: write-all\njobs: {b: {runs-on: ubuntu-24.04, steps: [{run: 'true'}]}}",
}


@pytest.fixture
def github(repository: Path) -> Path:
    """The folder of workflows and the other files that GitHub reads."""
    return repository / ".github"


def workflows(github: Path) -> list[Path]:
    return sorted((github / "workflows").glob("*.yml"))


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A finished run of a tool of requirements-dev.txt, offline and without anybody's token."""
    program = shutil.which(tool, path=sysconfig.get_path("scripts")) or shutil.which(tool)
    assert program, f"{tool} is missing: install requirements-dev.txt (make test does)"
    quiet = {
        name: value for name, value in os.environ.items() if name not in ("GH_TOKEN", "GITHUB_TOKEN", "ZIZMOR_CONFIG")
    }
    command = [program, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", env=quiet, timeout=120, check=False
    )


def zizmor(persona: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return run(
        "zizmor", "--offline", "--no-ignores", "--strict-collection", "--no-progress", f"--persona={persona}", folder
    )


def actionlint(*files: Path) -> subprocess.CompletedProcess[str]:
    """Without the other linters that it would start where a machine happens to have them."""
    return run("actionlint", "-no-color", "-shellcheck=", "-pyflakes=", *files)


def written(folder: Path, text: str) -> Path:
    """A `.github` folder with this one workflow."""
    file = folder / ".github/workflows/bad.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    return folder / ".github"


@pytest.mark.parametrize("persona", PERSONAS)
def test_zizmor_finds_nothing(github: Path, persona: str) -> None:
    done = zizmor(persona, github)
    assert done.returncode == 0, done.stdout + done.stderr
    for file in (*workflows(github), github / "dependabot.yml"):
        assert re.search(rf"completed .*{re.escape(file.name)}", done.stderr), f"{file.name} was not looked at"


def test_actionlint_finds_nothing(github: Path) -> None:
    done = actionlint(*workflows(github))
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("schema", "pattern"), SCHEMAS)
def test_files_fit_their_published_schemas(github: Path, schema: str, pattern: str) -> None:
    files = sorted(github.glob(pattern))
    assert files
    done = run("check-jsonschema", "--builtin-schema", schema, *files)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("case", BAD_WORKFLOWS)
def test_zizmor_can_fail(tmp_path: Path, case: str) -> None:
    assert zizmor("auditor", written(tmp_path, BAD_WORKFLOWS[case])).returncode >= FINDINGS, "zizmor found nothing"


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_persona_can_fail(tmp_path: Path, persona: str) -> None:
    assert zizmor(persona, written(tmp_path, BAD_WORKFLOWS["title in a shell"])).returncode >= FINDINGS


def test_zizmor_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    assert zizmor("regular", written(tmp_path, "on: [push\n")).returncode == 1


def test_actionlint_can_fail(tmp_path: Path) -> None:
    text = "on: push\njobs: {b: {runs-on: ubuntu-24.04, steps: [{run: 'echo ${{ github.evnt }}'}]}}\n"
    done = actionlint(written(tmp_path, text) / "workflows/bad.yml")
    assert done.returncode == 1
    assert "evnt" in done.stdout


def test_check_jsonschema_can_fail(tmp_path: Path) -> None:
    file = written(tmp_path, "on: push\njobs: {b: {runs_on: ubuntu-24.04}}\n") / "workflows/bad.yml"
    assert run("check-jsonschema", "--builtin-schema", "vendor.github-workflows", file).returncode == 1


def test_shared_hostile_workflows_are_refused(repository: Path, tmp_path: Path) -> None:
    cases = sorted((repository / "../shared/hostile/ci").glob("*.yml"))
    if not cases:
        pytest.skip("the shared hostile cases are not beside this repository")
    for number, case in enumerate(cases):
        done = zizmor("regular", written(tmp_path / str(number), case.read_text("utf-8")))
        assert done.returncode >= FINDINGS, f"zizmor found nothing in {case.name}"


def test_workflows_ask_for_nothing_they_need_not(github: Path) -> None:
    """What no tool insists on: permissions start empty, and no expression stands in a shell line."""
    for file in workflows(github):
        text = file.read_text("utf-8")
        assert "\npermissions: {}\n" in text, file.name
        assert "pull_request_target" not in text, file.name
        assert "secrets." not in text, file.name
        assert all(PINNED.search(line) for line in text.splitlines() if "uses:" in line), file.name


FETCH = "Fetch the manifest of the published site (the first time there is none)"
CURL = """#!/bin/sh
printf '%s\\n' "$@" > asked
if [ "$STATUS" = 200 ]; then echo '{}' > last-manifest.json; fi
printf '%s' "$STATUS"
[ "$STATUS" = 200 ]
"""


@pytest.mark.parametrize(
    ("address", "status", "exit_code", "asked"),
    [
        ("https://partners.example.org/", "200", 0, "https://partners.example.org/manifest.json"),
        ("https://example.org/a/$(touch x)", "404", 0, "https://example.org/a/$(touch x)/manifest.json"),
        ("https://example.org", "500", 1, "https://example.org/manifest.json"),
        ("https://example.org", "000", 1, "https://example.org/manifest.json"),
        ("", "000", 0, ""),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="the workflow runs on Linux")
def test_what_is_published_is_fetched_before_the_build(
    github: Path, tmp_path: Path, address: str, status: str, exit_code: int, asked: str
) -> None:
    steps = yaml.safe_load((github / "workflows/publish.yml").read_text("utf-8"))["jobs"]["size"]["steps"]
    record = json.dumps({"record": {"site_url": address} if address else {}})
    folder = tmp_path / ".venv/bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
    for name, text in (("partners", f"#!/bin/sh\ncat <<'END'\n{record}\nEND\n"), ("curl", CURL)):
        (folder / name).write_text(text, encoding="utf-8")
        (folder / name).chmod(0o755)
    script = next(step["run"] for step in steps if step.get("name") == FETCH)
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "STATUS": status}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == exit_code, done.stderr
    assert ("::error::" in done.stdout) == bool(exit_code)
    assert (tmp_path / "last-manifest.json").is_file() == (status == "200")
    words = (tmp_path / "asked").read_text("utf-8").splitlines() if asked else []
    assert words[-1:] == [asked] * bool(asked)
    assert not asked or {"--fail", "--max-time", "--max-filesize", "=https"} <= set(words)
    assert not (tmp_path / "x").exists()


def test_code_owners_name_real_places(github: Path) -> None:
    """Git keeps no empty folder, so a district that begins may lack one; its teams have names of their own."""
    lines = (github / "CODEOWNERS").read_text("utf-8").splitlines()
    rules = [line.split() for line in lines if line and not line.startswith("#")]
    assert rules[0][0] == "*"
    assert {pattern for pattern, *_ in rules[1:]} == {f"/{folder}/" for folder in (*DATA_FOLDERS, "pages")}
    assert all(owners and all(owner.startswith("@") for owner in owners) for _, *owners in rules)


def test_the_ci_script_is_sound(repository: Path) -> None:
    script = repository / ".ci/run"
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert script.read_text("utf-8").splitlines()[0] == "#!/usr/bin/env bash"
    assert sys.platform == "win32" or os.access(script, os.X_OK)
