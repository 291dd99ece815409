"""How much memory a build takes, all its processes together."""

from collections.abc import Iterator

from benchmarks.builds import build, forget, sample, say
from benchmarks.district import District
from benchmarks.memory import can_be_watched
from benchmarks.table import NOTHING, Bench, Row, Table

WITHOUT, WITH = "build without search", "build with search"
LARGEST_WITH_SEARCH = 20_000
"""Partners × languages up to which the build with search is watched by default."""


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """A row for each size without search, then with it; the highest peak of all runs counts."""
    if not can_be_watched():
        yield "not measured: this system does not tell proportional set sizes", *(NOTHING,) * 4
        return
    cases = [(WITHOUT, d) for d in sizes]
    cases += [(WITH, d) for d in sizes if bench.is_chosen or d.partners * d.count <= LARGEST_WITH_SEARCH]
    for name, district in cases:
        folder = sample(district, bench.scratch)
        peaks = []
        for number in range(bench.runs):
            say(f"memory, {name}, {district.name}, run {number + 1} of {bench.runs}")
            forget(folder)
            options = ("--no-search",) if name == WITHOUT else ()
            done = build(folder, *options, limit_s=bench.limit_s, watches_memory=True)
            peaks += [done.peak] if done.peak else []
        forget(folder)
        together, one = (max(p.together_mb for p in peaks), max(p.one_mb for p in peaks))
        yield name, district.name, f"{together:,.0f}", f"{one:,.0f}", str(len(peaks))


MEMORY = Table(
    word="memory",
    title="Memory",
    explanation="""\
Whole builds from nothing. “All processes” is the highest sum, at one time, of the proportional set sizes (PSS) of
every process of the build, looked at twenty times a second: memory that processes share counts once. “Largest process”
is the highest resident set size (max RSS) of any one of them, where shared memory counts in full. 1 MB is 10⁶ bytes;
the highest of all runs is shown.""",
    columns=("<what", "partners × languages", "all processes, MB (PSS)", "largest process, MB (max RSS)", "runs"),
    sizes=(District(partners=2000, count=8), District(partners=10_000, count=8)),
    measure=measure,
)
