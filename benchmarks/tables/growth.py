"""How the time for a page changes as a district grows."""

from collections.abc import Iterator
from statistics import median

from benchmarks.builds import build, forget, sample, say, written
from benchmarks.district import District
from benchmarks.table import Bench, Row, Table, per_page, ratio, seconds


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """A row for each size; the sizes take turns, so that a busy moment of the machine hits all alike."""
    times: dict[District, list[float]] = {district: [] for district in sizes}
    pages: dict[District, int] = {}
    for number in range(bench.runs):
        for district in sizes:
            say(f"growth, {district.name}, run {number + 1} of {bench.runs}")
            folder = sample(district, bench.scratch)
            forget(folder)
            times[district].append(build(folder, "--no-search", limit_s=bench.limit_s).seconds)
            if district not in pages:
                pages[district] = written(folder / "site").pages
            forget(folder)
    first = median(times[sizes[0]]) / pages[sizes[0]]
    for district in sizes:
        each = median(times[district]) / pages[district]
        yield (
            district.name,
            f"{pages[district]:,}",
            *seconds(times[district]),
            per_page(times[district], pages[district]),
            ratio(each / first),
            str(len(times[district])),
        )


GROWTH = Table(
    word="growth",
    title="From a small district to a large one",
    explanation="""\
Whole builds without search, from nothing: nothing remembered, no site there. The last ratio compares the time for a
page with that of the first line. The number of schools stays the same, so that lists of a school's programs grow
with the number of partners.""",
    columns=(
        "partners × languages",
        "pages",
        "median, s",
        "fastest, s",
        "slowest, s",
        "µs a page",
        "µs a page, ratio",
        "runs",
    ),
    sizes=(
        District(partners=500),
        District(partners=1000),
        District(partners=2000),
        District(partners=5000),
        District(partners=10_000),
        District(partners=500, count=2),
        District(partners=500, count=4),
        District(partners=500, count=8),
    ),
    measure=measure,
)
