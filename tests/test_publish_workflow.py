"""The workflow that publishes, played through: its own lines build a site in parts, the same as one build does."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.building import shards
from generator.building.shards import MOST, PAGES_A_PROGRAM, wanted
from generator.check import directory_in
from generator.cli import partners
from generator.directory import Directory
from generator.manifest import Manifest, encode, shown
from generator.quarantine import quarantined
from tests import factories
from tests.invented import DAY_SECONDS, checked, setting, write_district
from tests.trees import tree

REPOSITORY = Path(__file__).resolve().parent.parent
PARTS = 3
LETTERS = "abcdefghijkl"
BAD = "partners/no-such-thing.yml"
MOST_JOBS = 256
"""Of one matrix of GitHub Actions."""
PARTNERS = re.compile(r"\.venv/bin/partners ([^|)\n]+)")
STAND_INS = {
    "partners": f'PYTHONPATH={shlex.quote(str(REPOSITORY))} exec {shlex.quote(sys.executable)} -m generator "$@"',
    "make": '[ "$*" = gate ] && exec .venv/bin/partners audit',
    "gh": 'printf "%s\\n" "$@" > asked; mv ../artifacts parts',
    "date": f'[ "$*" = +%s ] && echo {DAY_SECONDS}',
}
"""What stands in the place of commands that are not here, or would not mean the invented district, by name."""

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the workflow runs on Linux, with GNU tar")

Jobs = Mapping[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def jobs() -> Jobs:
    """The jobs of the workflow."""
    found: Jobs = yaml.safe_load((REPOSITORY / ".github/workflows/publish.yml").read_text("utf-8"))["jobs"]
    return found


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """An invented district with a record that no site can show."""
    folder = write_district(tmp_path / "district", setting(partners=4, schools=2, languages=("en", "es")))
    (folder / BAD).write_text("name: No Such Thing\nname: Twice\n", "utf-8")
    return folder


def shards_of(*words: str) -> Result:
    """What `partners shards` does and says."""
    return CliRunner().invoke(partners, ["shards", *words], env={"SOURCE_DATE_EPOCH": DAY_SECONDS})


def records_of(district: Path) -> Directory:
    """The good records of a district."""
    return directory_in(quarantined(checked(district)))


# How many parts


def count_of(programs: int, *languages: str) -> int:
    """In how many parts a site of so many programs in these languages is built."""
    offered = tuple(factories.program(slug=f"program-{number}") for number in range(programs))
    records = factories.directory(partners=(factories.partner(programs=offered),))
    return wanted(replace(records, district=factories.district(languages=languages)))


def test_small_sites_have_one_part_and_none_has_more_than_a_matrix_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert count_of(0, "en") == count_of(500, "en", "es") == 1
    monkeypatch.setattr(shards, "PAGES_EACH", PAGES_A_PROGRAM * 10)
    assert [count_of(number, "en") for number in (9, 10, 11, 20, 21)] == [1, 1, 2, 2, 3]
    assert count_of(20, "en", "es") == 4
    assert count_of(20 * MOST, "en") == MOST <= MOST_JOBS


def test_the_numbers_of_the_parts_are_a_matrix(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = PAGES_A_PROGRAM * 2 * len(records_of(district).offers)
    monkeypatch.setattr(shards, "PAGES_EACH", -(-pages // PARTS))
    done = shards_of("--root", str(district), "--quarantine")
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout) == [1, 2, 3]


def test_what_is_wrong_is_said_beside_the_numbers(district: Path) -> None:
    strict = shards_of("--root", str(district))
    assert (strict.exit_code, strict.stdout) == (1, "")
    assert BAD in strict.stderr
    done = shards_of("--root", str(district), "--quarantine", "--format", "github")
    assert (done.exit_code, done.stdout) == (0, "[1]\n")
    assert re.search(rf"^::error file={BAD},line=2,", done.stderr, re.MULTILINE)
    assert f"Left out of the site (in brackets: only that part of the file):\n  {BAD}\n" in done.stderr


def test_no_numbers_when_too_many_records_vanish(district: Path, tmp_path: Path) -> None:
    last = tmp_path / "last.json"
    words = ("--root", str(district), "--quarantine", "--last", str(last))
    assert shards_of(*words).stdout == "[1]\n"
    gone = tuple(f"partners/gone-{number}" for number in range(20))
    last.write_bytes(encode(Manifest(version="1", records=gone, files={})))
    refused = shards_of(*words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "20 of the 20 records of the last site would vanish" in str(refused.exception)
    assert shards_of(*words, "--allow-loss").stdout == "[1]\n"
    last.write_bytes(encode(Manifest(version="1", records=shown(records_of(district)), files={})))
    assert shards_of(*words).stdout == "[1]\n"


@on_linux
def test_a_page_in_the_place_of_the_manifest_stops_the_publication(district: Path, tmp_path: Path, jobs: Jobs) -> None:
    folder = checkout(district, tmp_path / "size")
    (folder / "last-manifest.json").write_text("<!doctype html><title>Back soon</title>", "utf-8")
    with pytest.raises(AssertionError, match=r"last-manifest\.json: this is no manifest of a site"):
        play(jobs["size"], "Say what is wrong", folder, ALLOW_LOSS="", GITHUB_OUTPUT="told")
    assert not (folder / "told").exists()


def test_without_a_district_there_are_no_numbers(district: Path) -> None:
    (district / "district/district.yml").unlink()
    done = shards_of("--root", str(district), "--quarantine")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "district/district.yml" in f"{done.stderr}{done.exception}"


# The workflow's own lines


def checkout(district: Path, folder: Path) -> Path:
    """A fresh copy of a district for one job, with what stands in for other commands."""
    shutil.copytree(district, folder)
    programs = folder / ".venv/bin"
    programs.mkdir(parents=True)
    for name, text in STAND_INS.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (programs / name).chmod(0o755)
    return folder


def play(job: Mapping[str, Any], step: str, folder: Path, **environment: str) -> str:
    """Run the step of a job whose name begins so, as GitHub runs it; returns what it says.

    Its variables are given, because in the workflow they are expressions of GitHub's.
    """
    (lines,) = (found["run"] for found in job["steps"] if found.get("name", "").startswith(step))
    path = f"{folder / '.venv/bin'}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", lines],
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@on_linux
def test_the_workflow_publishes_what_one_build_makes(district: Path, tmp_path: Path, jobs: Jobs) -> None:
    """Each job has a checkout of its own, and nothing from another but what the workflow hands over."""
    first = checkout(district, tmp_path / "size")
    said = play(jobs["size"], "Say what is wrong", first, ALLOW_LOSS="", GITHUB_OUTPUT="told")
    assert f"::error file={BAD}" in said
    assert (first / "told").read_text("utf-8") == f"parts=[1]\nnow={DAY_SECONDS}\n"
    for number in range(1, PARTS + 1):
        folder = checkout(district, tmp_path / f"pages-{number}")
        part = {"SHARD": f"{number}/{PARTS}", "SOURCE_DATE_EPOCH": DAY_SECONDS}
        assert "::" not in play(jobs["pages"], "Build the pages", folder, **part), "this was said by the first job"
        play(jobs["pages"], "Pack them", folder)
        artifact = tmp_path / f"artifacts/part-{number}"
        artifact.mkdir(parents=True)
        (folder / "part.tar").rename(artifact / "part.tar")
    last = checkout(district, tmp_path / "site")
    play(jobs["site"], "Fetch the parts", last, GITHUB_RUN_ID="7", GITHUB_REPOSITORY="riverbend/directory")
    asked = (last / "asked").read_text("utf-8").split()
    assert asked == ["run", "download", "7", "--repo", "riverbend/directory", "--pattern", "part-*", "--dir", "parts"]
    play(jobs["site"], "Join them", last)
    assert not (last / "parts").exists(), "a runner's disk is small"
    play(jobs["site"], "Last gate", last)
    alone = CliRunner().invoke(
        partners,
        ["build", "--root", str(district), "--quarantine", "--jobs", "1"],
        env={"SOURCE_DATE_EPOCH": DAY_SECONDS},
    )
    assert alone.exit_code == 0, alone.stderr
    assert tree(last / "site") == tree(district / "site")


@on_linux
def test_a_packed_part_depends_on_its_files_alone(tmp_path: Path, jobs: Jobs) -> None:
    packed = []
    for folder, names, mode in ((tmp_path / "one", LETTERS, 0o644), (tmp_path / "two", LETTERS[::-1], 0o600)):
        for name in names:
            file = folder / "part/en" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(name, "utf-8")
            file.chmod(mode)
            os.utime(file, (mode, mode))
        play(jobs["pages"], "Pack them", folder)
        packed.append((folder / "part.tar").read_bytes())
    assert packed[0] == packed[1]
    with tarfile.open(tmp_path / "one/part.tar") as archive:
        assert archive.getnames() == [".", "./en", *(f"./en/{name}" for name in LETTERS)]


# What one job hands to the next


def test_each_job_waits_for_what_it_needs(jobs: Jobs) -> None:
    chain = [("size", None), ("pages", "size"), ("site", "pages"), ("deploy", "site")]
    assert [(name, job.get("needs")) for name, job in jobs.items()] == chain
    outputs = {name: f"${{{{ steps.count.outputs.{name} }}}}" for name in ("parts", "now")}
    assert jobs["size"]["outputs"] == outputs
    matrix = {"part": "${{ fromJSON(needs.size.outputs.parts) }}"}
    assert jobs["pages"]["strategy"] == {"fail-fast": True, "matrix": matrix}
    (build,) = (step for step in jobs["pages"]["steps"] if "SHARD" in step.get("env", {}))
    assert build["env"] == {
        "SHARD": "${{ matrix.part }}/${{ strategy.job-total }}",
        "SOURCE_DATE_EPOCH": "${{ needs.size.outputs.now }}",
    }
    (upload,) = (step["with"] for step in jobs["pages"]["steps"] if "upload-artifact" in step.get("uses", ""))
    assert (upload["name"], upload["path"]) == ("part-${{ matrix.part }}", "part.tar")


def test_only_the_last_job_may_write(jobs: Jobs) -> None:
    rights = {
        name: [right for right, level in job["permissions"].items() if level == "write"] for name, job in jobs.items()
    }
    assert rights == {"size": [], "pages": [], "site": [], "deploy": ["pages", "id-token"]}


def test_every_option_in_the_workflow_is_one_of_the_command(jobs: Jobs) -> None:
    told = [words for job in jobs.values() for step in job["steps"] for words in commands(step.get("run", ""))]
    assert {command for command, *_ in told} == {"show", "shards", "build", "merge"}
    for command, *words in told:
        assert {word for word in words if word.startswith("--")} <= options_of(command), command
    (allowed,) = (step["env"]["ALLOW_LOSS"] for step in jobs["size"]["steps"] if "ALLOW_LOSS" in step.get("env", {}))
    assert allowed == "${{ inputs.allow-loss && '--allow-loss' || '' }}"
    assert "--allow-loss" in options_of("shards")
    assert "--no-such-option" not in options_of("build")


def commands(lines: str) -> Iterator[list[str]]:
    """The words of each call of `partners` in some lines of a shell."""
    return (shlex.split(found[1]) for found in PARTNERS.finditer(lines))


def options_of(command: str) -> set[str]:
    """The options that a command has."""
    found = getattr(import_module(f"generator.cli.{command}"), command)
    return {option for parameter in found.params for option in parameter.opts}
