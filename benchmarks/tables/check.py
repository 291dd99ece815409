"""How long checking takes, with and without what an earlier check remembers."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.builds import forget, partners, sample, say
from benchmarks.district import District
from benchmarks.table import Bench, Row, Table, seconds


def remember(folder: Path) -> None:
    """Check once, so that everything is known."""
    partners("check", folder=folder)


def change_one(folder: Path) -> None:
    """Know everything, then change one partner."""
    remember(folder)
    record = min((folder / "partners").glob("*.yml"))
    record.write_text(f"{record.read_text('utf-8')}# changed at {time.time_ns()}\n", encoding="utf-8")


CASES: dict[str, Callable[[Path], None]] = {
    "nothing known": forget,
    "nothing changed": remember,
    "one partner changed": change_one,
}
"""What brings a district's folder into the state that the name promises, untimed."""


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """A row for each state and size."""
    for district in sizes:
        folder = sample(district, bench.scratch)
        for name, prepare in CASES.items():
            say(f"check, {name}, {district.name}")
            times = []
            for _ in range(bench.runs):
                prepare(folder)
                times.append(partners("check", folder=folder, limit_s=bench.limit_s).seconds)
            yield name, district.name, *seconds(times), str(len(times))


CHECK = Table(
    word="check",
    title="Checking every record",
    explanation="""\
`partners check` of all records and translations. The second run knows from the first what has not changed.""",
    columns=("<state", "partners × languages", "median, s", "fastest, s", "slowest, s", "runs"),
    sizes=(District(partners=5000),),
    measure=measure,
)
