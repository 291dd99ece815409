"""Times checking and building invented districts through the command line, each run as a process of its own."""

import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import click

SEED = 1
KIB_PER_GIB = 1024 * 1024
HEAD = "| what | partners × languages | median, s | fastest, s | slowest, s | runs |\n|---|--:|--:|--:|--:|--:|\n"
DOCUMENT = """\
# Benchmarks

Written by `make bench ARGS="--write docs/benchmarks.md"`: whole processes, start-up included, on invented districts
that anybody can make again. Other work on the machine makes single figures vary: compare figures of one run.

{table}
Machine: {machine}.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """An invented district to measure with; the same numbers always give the same district."""

    partners: int
    schools: int
    languages: str

    @property
    def name(self) -> str:
        """Its size as the tables of speed have it: partners × languages."""
        return f"{self.partners:,} × {len(self.languages.split(','))}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing to time: `prepare` brings the district's folder into the state that the name promises, untimed."""

    name: str
    district: District
    prepare: Callable[[Path], None]
    command: tuple[str, ...]


def forget(folder: Path) -> None:
    """Leave nothing of an earlier check or build."""
    for name in (".cache", "site"):
        shutil.rmtree(folder / name, ignore_errors=True)


def remember(folder: Path) -> None:
    """Check once, so that everything is known."""
    partners("check", "--root", str(folder))


def change_one(folder: Path) -> None:
    """Know everything, then change one partner."""
    remember(folder)
    record = sorted((folder / "partners").glob("*.yml"))[0]
    record.write_text(record.read_text("utf-8") + f"# changed at {time.time_ns()}\n", encoding="utf-8")


LARGE = District(partners=5000, schools=100, languages="en")
MIDDLE = District(partners=1000, schools=60, languages="en")
THREE_LANGUAGES = District(partners=500, schools=40, languages="en,es,ar")
BUILD = ("build", "--root", ".", "--out", "site")
CASES = (
    Case(name="check, cold", district=LARGE, prepare=forget, command=("check",)),
    Case(name="check, nothing changed", district=LARGE, prepare=remember, command=("check",)),
    Case(name="check, one partner changed", district=LARGE, prepare=change_one, command=("check",)),
    Case(name="build, cold, no search", district=MIDDLE, prepare=forget, command=(*BUILD, "--no-search")),
    Case(name="build, cold", district=MIDDLE, prepare=forget, command=BUILD),
    Case(name="build, cold, no search", district=THREE_LANGUAGES, prepare=forget, command=(*BUILD, "--no-search")),
    Case(name="build, cold", district=THREE_LANGUAGES, prepare=forget, command=BUILD),
)


def partners(*arguments: str, folder: Path | None = None) -> float:
    """The seconds that one `partners` process took; a failing one ends the benchmark with what it said."""
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise click.ClickException(f"partners {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return seconds


def sample(district: District, parent: Path) -> Path:
    """The folder of that district, written when it is not there yet."""
    folder = parent / f"{district.partners}-{district.languages.replace(',', '-')}"
    if not folder.exists():
        say(f"writing an invented district: {district.name}")
        numbers = ("--partners", str(district.partners), "--schools", str(district.schools))
        partners("sample", str(folder), *numbers, "--languages", district.languages, "--seed", str(SEED))
    return folder


def measure(case: Case, parent: Path, runs: int) -> tuple[float, ...]:
    """The seconds of each run, fastest first."""
    folder = sample(case.district, parent)
    say(f"{case.name}, {case.district.name}")
    timings = []
    for _ in range(runs):
        case.prepare(folder)
        timings.append(partners(*case.command, folder=folder))
    return tuple(sorted(timings))


def machine() -> str:
    """The machine and the Python that the figures belong to; nothing that tells whose it is."""
    names = [line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")]
    sizes = [int(line.split()[1]) for line in _lines(Path("/proc/meminfo")) if line.startswith("MemTotal:")]
    processor = names[0] if names else platform.processor() or platform.machine()
    memory = f"{sizes[0] / KIB_PER_GIB:.0f} GiB of memory, " if sizes else ""
    return f"{os.cpu_count()} cores, {processor}, {memory}{platform.system()}, Python {platform.python_version()}"


def _lines(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.is_file() else []


def row(case: Case, times: tuple[float, ...]) -> str:
    """A result as a line of the table."""
    return (
        f"| {case.name} | {case.district.name} | {statistics.median(times):.2f} | {times[0]:.2f} | {times[-1]:.2f} "
        f"| {len(times)} |\n"
    )


def document(results: dict[Case, tuple[float, ...]]) -> str:
    """The results as a page of docs/."""
    rows = "".join(row(case, times) for case, times in results.items())
    return DOCUMENT.format(table=HEAD + rows, machine=machine())


say = partial(click.echo, err=True)


@click.command()
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1, 100), help="How often to run each case.")
@click.option("--only", default="", help="Only the cases whose name holds this word: check, build, changed …")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the figures into this file too.")
def main(runs: int, only: str, write: Path | None) -> None:
    """Measure how long checking and building take; each figure is printed as soon as it is known."""
    chosen = [case for case in CASES if only in case.name]
    if not chosen:
        raise click.UsageError(f'no case has "{only}" in its name')
    click.echo(f"{machine()}\n\n{HEAD}", nl=False)
    results = {}
    with TemporaryDirectory(prefix="partners-bench-") as folder:
        for case in chosen:
            results[case] = measure(case, Path(folder), runs)
            click.echo(row(case, results[case]), nl=False)
    if write:
        write.write_text(document(results), encoding="utf-8")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
