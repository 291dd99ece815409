"""Our own program in the benchmark: invented districts, checks and builds, each a process of its own."""

import re
import shutil
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click

from benchmarks.district import SCHOOLS, SEED, District
from benchmarks.process import Run, run

REPOSITORY = Path(__file__).resolve().parent.parent
COMMAND = (sys.executable, "-m", "generator")
PATIENT_S = 3600
"""For what is not measured."""
STEP = re.compile(r"^\s*(\w+)\s+([0-9.]+) s\b", re.MULTILINE)
"""A line of `partners build --timings`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a build left: HTML pages, and the bytes of all files."""

    pages: int
    size_bytes: int


def partners(*arguments: str, folder: Path, limit_s: float = PATIENT_S, watches_memory: bool = False) -> Run:
    """One run of `partners`; a failing one ends the benchmark with what it said."""
    done = run(
        (*COMMAND, *arguments),
        folder=folder,
        surroundings={"PYTHONPATH": str(REPOSITORY)},
        limit_s=limit_s,
        watches_memory=watches_memory,
    )
    if done.is_late:
        raise click.ClickException(f"partners {' '.join(arguments)} took more than {limit_s:g} s: raise --limit")
    if done.fault:
        raise click.ClickException(f"partners {' '.join(arguments)} failed:\n{done.fault}")
    return done


def sample(district: District, scratch: Path) -> Path:
    """The folder of that district, written when it is not there yet."""
    folder = scratch / "districts" / district.word
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        say(f"inventing a district: {district.name}")
        numbers = ("--partners", str(district.partners), "--schools", str(SCHOOLS), "--seed", str(SEED))
        partners("sample", str(folder), *numbers, "--languages", ",".join(district.languages), folder=scratch)
    return folder


def build(folder: Path, *options: str, limit_s: float = PATIENT_S, watches_memory: bool = False) -> Run:
    """One build of the district in `folder` into its site/."""
    return partners(
        "build", "--root", ".", "--out", "site", *options, folder=folder, limit_s=limit_s, watches_memory=watches_memory
    )


def forget(folder: Path) -> None:
    """Leave nothing of an earlier check or build."""
    forget_site(folder)
    shutil.rmtree(folder / ".cache", ignore_errors=True)


def forget_site(folder: Path) -> None:
    """Leave what checks and builds remember, but no site."""
    shutil.rmtree(folder / "site", ignore_errors=True)


def written(site: Path) -> Written:
    """What is in the folder of a site."""
    files = [file for file in site.rglob("*") if file.is_file()]
    return Written(
        pages=sum(1 for file in files if file.suffix == ".html"), size_bytes=sum(file.stat().st_size for file in files)
    )


@cache
def tells_timings() -> bool:
    """Whether `partners build` can say where the time went."""
    return "--timings" in partners("build", "--help", folder=REPOSITORY).output


def step_seconds(output: str, step: str) -> float | None:
    """The seconds of a step, from the lines of `--timings`; None when no line names it."""
    return next((float(seconds) for name, seconds in STEP.findall(output) if name == step), None)


def say(line: str) -> None:
    """Tell on the error stream what is being done."""
    click.echo(line, err=True)
