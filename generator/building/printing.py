"""Pages written by several processes at once; each takes some units and writes their files in every language."""

import multiprocessing
import sys
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain

from generator.indexing.bundles import is_searched
from generator.machine import processes
from generator.pages.unit import Unit
from generator.plan import Progress
from generator.press import Press
from generator.staging.stage import Stage

SMALL = 60
PARTS = 32
"""The work is cut into so many chunks for each process, but into none that is smaller than a few units."""
WAVE = 5_000
"""After so many units processes make room for new ones, which share the builder's memory again."""
SHARED_FROM = 60
"""Fewer units than this are written sooner than other processes start."""
CAN_FORK = sys.platform == "linux"
"""Whether a process can go on from where another one is: elsewhere it would have to load every record anew."""

Printed = tuple[bytes, bool]
"""The SHA-256 of each file of a unit, one after the other in the order of its paths, and whether search finds them."""


def printed(
    press: Press, units: Sequence[Unit], stage: Stage, *, jobs: int, progress: Progress
) -> Iterator[tuple[Unit, Printed]]:
    """Write the files of units, and tell of each what was written, in their order."""
    chunks = tuple(chunks_of(units, jobs))
    found: Iterable[list[Printed]]
    if jobs > 1 and len(units) >= SHARED_FROM and CAN_FORK:
        found = chain.from_iterable(shared(press, wave, stage, jobs) for wave in waves_of(chunks))
    else:
        found = (print_units(press, chunk, stage) for chunk in chunks)
    count = 0
    for chunk, done in zip(chunks, found, strict=True):
        count += len(chunk)
        progress("Writing pages", count, len(units))
        yield from zip(chunk, done, strict=True)


def chunks_of(units: Sequence[Unit], jobs: int) -> Iterator[Sequence[Unit]]:
    """The units in their order, cut into chunks of about as much work, as far as the records that they speak of tell.

    Neighbours lie together in memory, which processes share until they use it: large chunks keep them apart.
    """
    work = [1 + len(unit.speaks) for unit in units]
    enough = max(SMALL, sum(work) // (jobs * PARTS))
    start = done = 0
    for end, more in enumerate(work, start=1):
        done += more
        if done >= enough or end == len(units):
            yield units[start:end]
            start, done = end, 0


def waves_of(chunks: Iterable[Sequence[Unit]]) -> Iterator[Sequence[Sequence[Unit]]]:
    """The chunks in their order, some thousand units at a time."""
    wave: list[Sequence[Unit]] = []
    for chunk in chunks:
        wave.append(chunk)
        if sum(map(len, wave)) >= WAVE:
            yield wave
            wave = []
    if wave:
        yield wave


def print_units(press: Press, units: Sequence[Unit], stage: Stage) -> list[Printed]:
    """Write the files of some units."""
    return [print_unit(press, unit, stage) for unit in units]


def print_unit(press: Press, unit: Unit, stage: Stage) -> Printed:
    """Write the files of a unit."""
    digests: list[bytes] = []
    found = False
    for file in press.files(unit):
        stage.write(file.path, file.content)
        digests.append(sha256(file.content).digest())
        found = found or is_searched(file.path, file.content)
    return b"".join(digests), found


class Work:
    """What the processes of a build inherit when they are forked."""

    press: Press
    chunks: Sequence[Sequence[Unit]]
    stage: Stage


def print_chunk(number: int) -> list[Printed]:
    """Write the files of one of the chunks that this process has inherited."""
    return print_units(Work.press, Work.chunks[number], Work.stage)


def shared(press: Press, chunks: Sequence[Sequence[Unit]], stage: Stage, jobs: int) -> Iterator[list[Printed]]:
    """Let processes write chunks; each begins with all that this one knows, so that nothing has to be sent to it."""
    Work.press, Work.chunks, Work.stage = press, chunks, stage
    press.warm()
    return processes.shared(
        print_chunk,
        range(len(chunks)),
        jobs=jobs,
        what="wrote pages",
        advice="--jobs 1 needs less; the old site stays",
        context=multiprocessing.get_context("fork"),
    )
