"""What a site costs that is built in parts and joined: work of processors, and memory, step by step."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.builds import partners, sample, say, written
from benchmarks.district import District
from benchmarks.memory import can_be_watched
from benchmarks.process import Run
from benchmarks.table import NOTHING, Bench, Row, Table

NEXT_TO_NOTHING = "1000/1000"
"""A part with so few pages that it shows what every part costs."""
HALVES = ("1/2", "2/2")
STEPS = (
    ("a part with hardly a page", ("build", "--shard", NEXT_TO_NOTHING, "--out", "hardly")),
    ("part 1 of 2", ("build", "--shard", HALVES[0], "--out", "parts/1")),
    ("part 2 of 2", ("build", "--shard", HALVES[1], "--out", "parts/2")),
    ("join, no search", ("merge", "site", "parts/1", "parts/2", "--no-search")),
    ("join", ("merge", "site", "parts/1", "parts/2")),
    ("last gate", ("audit", "site")),
)
"""In this order: what each step makes is there for the next one."""
MADE = {STEPS[0][0]: ("hardly", "parts", "site"), STEPS[4][0]: ("site",)}
"""Folders that must not be there before a step, for what is known makes it faster."""


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """A row for each step and size; the least work and the most memory of all runs count."""
    if sys.platform == "win32":
        yield "not measured: this system does not tell the work of processes that ended", *(NOTHING,) * 8
        return
    for district in sizes:
        folder = sample(district, bench.scratch)
        works: dict[str, list[float]] = {name: [] for name, _ in STEPS}
        runs: dict[str, list[Run]] = {name: [] for name, _ in STEPS}
        for number in range(bench.runs):
            for name, command in STEPS:
                say(f"parts, {district.name}, {name}, run {number + 1} of {bench.runs}")
                forget(folder, *MADE.get(name, ()))
                before = work_s()
                done = partners(*command, folder=folder, limit_s=bench.limit_s, watches_memory=can_be_watched())
                works[name].append(work_s() - before)
                runs[name].append(done)
        size = written(folder / "site")
        for name, _ in STEPS:
            yield row(name, district, size.pages, size.size_bytes, min(works[name]), runs[name])
        forget(folder, "hardly", "parts", "site")


def row(name: str, district: District, pages: int, size_bytes: int, work: float, runs: list[Run]) -> Row:
    """A row about a step; pages and bytes are the whole site's."""
    peaks = [done.peak for done in runs if done.peak]
    memory = (max(p.together_mb for p in peaks), max(p.one_mb for p in peaks)) if peaks else ()
    return (
        name,
        district.name,
        f"{pages:,}",
        f"{size_bytes / 1e6:,.1f}",
        f"{work:.2f}",
        f"{work / pages * 1000:.3f}",
        *(f"{mb:,.0f}" for mb in memory or ()),
        *(NOTHING,) * (0 if memory else 2),
        str(len(runs)),
    )


def work_s() -> float:
    """Seconds that processors have worked for all processes that this one has started and waited for."""
    import resource  # not there on Windows

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def forget(folder: Path, *names: str) -> None:
    """Leave nothing that checks and builds remember, and none of these folders, nor what builds keep beside them."""
    for place in (".cache", *names, *(beside.name for name in names for beside in folder.glob(f".{name}.*"))):
        shutil.rmtree(folder / place, ignore_errors=True)


PARTS = Table(
    word="parts",
    title="Building in parts",
    explanation="""\
A site that `partners build --shard` builds in two parts and `partners merge` joins, each step from nothing: nothing
remembered. The work is processor time (user and system) of all processes of a step; it depends less than seconds on
what else the machine does, and the least of all runs is shown. Pages and MB are those of the whole site. “A part with
hardly a page” is what every part costs, however small: checking all records and planning all pages. Memory is measured
as above.""",
    columns=(
        "<what",
        "partners × languages",
        "pages",
        "site, MB",
        "work, s",
        "work, ms a page of the site",
        "all processes, MB (PSS)",
        "largest process, MB (max RSS)",
        "runs",
    ),
    sizes=(District(partners=500, count=2), District(partners=2000, count=2), District(partners=5000, count=2)),
    measure=measure,
)
