"""How long a build takes when the last one is still there, and how much of the site it changes."""

import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click

from benchmarks.builds import build, forget, sample, say
from benchmarks.district import District
from benchmarks.table import NOTHING, Bench, Row, Table, seconds

SUMMARY = re.compile(r"(?<=^    summary: ).+$", re.MULTILINE)
"""The sentence of a program: four spaces deep in a partner's record."""


def edit(folder: Path, number: int) -> None:
    """Change a sentence of a program of the first partner that has one."""
    for record in sorted((folder / "partners").glob("*.yml")):
        text, found = SUMMARY.subn(f"Help with homework in group {number}.", record.read_text("utf-8"), count=1)
        if found:
            record.write_text(text, encoding="utf-8")
            return
    raise click.ClickException(f"{folder.name}: no partner there has a program")


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """For each size, without search and then with it: the first build, an edited sentence, nothing changed."""
    edits = count()
    for district in sizes:
        folder = sample(district, bench.scratch)
        for kind, options in (("without search", ("--no-search",)), ("with search", ())):
            say(f"incremental, {kind}, {district.name}: the first build")
            forget(folder)
            first = build(folder, *options)
            yield f"{kind}: first build", district.name, *seconds((first.seconds,)), NOTHING, "1"
            edited, unchanged, changed = [], [], set()
            for number in range(bench.runs):
                say(f"incremental, {kind}, {district.name}, run {number + 1} of {bench.runs}")
                edit(folder, next(edits))
                before = stamps(folder / "site")
                edited.append(build(folder, *options, limit_s=bench.limit_s).seconds)
                changed.add(difference(before, stamps(folder / "site")))
                unchanged.append(build(folder, *options, limit_s=bench.limit_s).seconds)
            files_written = " or ".join(f"{files:,}" for files in sorted(changed))
            yield f"{kind}: one sentence edited", district.name, *seconds(edited), files_written, str(len(edited))
            yield f"{kind}: nothing changed", district.name, *seconds(unchanged), NOTHING, str(len(unchanged))
        forget(folder)


def stamps(site: Path) -> dict[str, tuple[int, int]]:
    """Size and time of change of every file of a site, by path."""
    found = ((file, file.stat()) for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): (state.st_size, state.st_mtime_ns) for file, state in found}


def difference(before: dict[str, tuple[int, int]], after: dict[str, tuple[int, int]]) -> int:
    """How many files were written, or are gone."""
    return sum(1 for path in before.keys() | after.keys() if before.get(path) != after.get(path))


INCREMENTAL = Table(
    word="incremental",
    title="Building again",
    explanation="""\
The site of the last build is there. “One sentence edited” changes the summary of one program of one partner, which its
own page, its partner's page and every list with it show; “files written” counts what that replaced in the site. Whole
processes, the check included.""",
    columns=("<what", "partners × languages", "median, s", "fastest, s", "slowest, s", "files written", "runs"),
    sizes=(District(partners=5000, count=8),),
    measure=measure,
)
