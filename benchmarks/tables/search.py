"""How long our search step takes beside Pagefind by itself on the same pages."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import click
from pagefind_bin import get_executable

from benchmarks.builds import build, forget, sample, say, step_seconds, tells_timings
from benchmarks.district import District
from benchmarks.memory import can_be_watched
from benchmarks.process import Run, run
from benchmarks.table import NOTHING, Bench, Row, Table, ratio, seconds

INDEX = "pagefind-alone"


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """Two rows for each size, the two taking turns, and the memory of each from one more run."""
    for district in sizes:
        folder = sample(district, bench.scratch)
        ours, alone = [], []
        for number in range(bench.runs):
            say(f"search, {district.name}, run {number + 1} of {bench.runs}")
            ours.append(our_step(folder, bench.limit_s))
            alone.append(pagefind(folder, bench.limit_s).seconds)
        times = (seconds(ours), seconds(alone))
        factor = ratio(median(ours) / median(alone))
        memory = (peak(build_whole(folder, bench.limit_s)), peak(pagefind(folder, bench.limit_s, watches_memory=True)))
        forget(folder)
        yield "our search step", district.name, *times[0], factor, memory[0], str(len(ours))
        yield "bare pagefind", district.name, *times[1], ratio(1), memory[1], str(len(alone))


def our_step(folder: Path, limit_s: float) -> float:
    """The seconds of the search step: told by the build, or else the difference to a build without search.

    The site is there afterwards.
    """
    if tells_timings():
        forget(folder)
        told = step_seconds(build(folder, "--timings", limit_s=limit_s).output, "search")
        if told is None:
            raise click.ClickException('"partners build --timings" says nothing about the step "search"')
        return told
    forget(folder)
    without = build(folder, "--no-search", limit_s=limit_s).seconds
    forget(folder)
    return build(folder, limit_s=limit_s).seconds - without


def build_whole(folder: Path, limit_s: float) -> Run:
    """A build with search from nothing, its memory watched."""
    forget(folder)
    return build(folder, limit_s=limit_s, watches_memory=can_be_watched())


def pagefind(folder: Path, limit_s: float, *, watches_memory: bool = False) -> Run:
    """Pagefind by itself on the pages of the site, its index put elsewhere."""
    shutil.rmtree(folder / INDEX, ignore_errors=True)
    command = (str(get_executable()), "--site", "site", "--output-path", INDEX, "--silent")
    done = run(command, folder=folder, limit_s=limit_s, watches_memory=watches_memory and can_be_watched())
    shutil.rmtree(folder / INDEX, ignore_errors=True)
    if done.fault:
        raise click.ClickException(f"pagefind failed, or took more than {limit_s:g} s (--limit):\n{done.fault}")
    return done


def peak(done: Run) -> str:
    """The memory of all processes together."""
    return f"{done.peak.together_mb:,.0f}" if done.peak else NOTHING


SEARCH = Table(
    word="search",
    title="The search index",
    explanation="""\
The search step of a build from nothing, as the build itself reports it, and `pagefind` by itself on the very same
pages. Memory is that of all processes together (PSS); for ours it is the whole build's, for a step alone cannot be
watched.""",
    columns=(
        "<what",
        "partners × languages",
        "median, s",
        "fastest, s",
        "slowest, s",
        "ratio",
        "all processes, MB (PSS)",
        "runs",
    ),
    sizes=(District(partners=2000), District(partners=500, count=8), District(partners=2000, count=8)),
    measure=measure,
)
