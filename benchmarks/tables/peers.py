"""Our build beside other generators that publish the same district, all taking turns."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from benchmarks.builds import Written, build, forget, forget_site, sample, say, written
from benchmarks.district import District
from benchmarks.peers.every import EVERY_PEER
from benchmarks.peers.install import Installed, Missing, provide
from benchmarks.peers.peer import Contents, Peer
from benchmarks.process import Run, run
from benchmarks.table import NOTHING, Bench, Row, Table, per_page, ratio, seconds

SLOW_S = 120
"""A run that takes longer is not repeated: chance matters little in it."""
COLUMNS = (
    "<generator",
    "partners × languages",
    "pages",
    "MB",
    "median, s",
    "fastest, s",
    "slowest, s",
    "µs a page",
    "times ours",
    "runs",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A peer's run with the seconds of our own just before it."""

    run: Run
    ours_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """A peer whose project for a district lies in `folder`, ready to run; `pages` are the least that it must write."""

    peer: Peer
    tool: Installed
    folder: Path
    pages: int

    @property
    def site(self) -> Path:
        """Where its pages appear."""
        return self.folder / self.peer.output


def measure(bench: Bench, sizes: tuple[District, ...]) -> Iterator[Row]:
    """For each size a row for us, one for us with a warm cache, and one for each peer."""
    for district in sizes:
        folder = sample(district, bench.scratch)
        projects = bench.scratch / "projects" / district.word
        contents = Contents(folder=folder, languages=district.languages)
        chosen = [peer for peer in EVERY_PEER if not bench.peers or peer.word in bench.peers]
        tools = {peer.word: available(peer, bench, contents) for peer in chosen}
        entrants = tuple(
            enter(peer, tool, projects, contents) for peer in chosen if isinstance(tool := tools[peer.word], Installed)
        )
        yield from contest(bench, district, folder, entrants)
        for peer in chosen:
            if isinstance(tool := tools[peer.word], Missing):
                yield f"{peer.name}: {tool.reason}", district.name, *(NOTHING,) * (len(COLUMNS) - 2)
        shutil.rmtree(projects, ignore_errors=True)
        forget(folder)


def available(peer: Peer, bench: Bench, contents: Contents) -> Installed | Missing:
    """The peer's tool, unless it would take too long here and nobody asked for this size."""
    if peer.most is not None and contents.pages > peer.most and not bench.is_chosen:
        return Missing(reason=f"not run here, for it takes minutes from {peer.most:,} pages on")
    say(f"looking for {peer.name}")
    return provide(peer.tool, bench.tools, may_install=bench.may_install)


def enter(peer: Peer, tool: Installed, projects: Path, contents: Contents) -> Entrant:
    """The peer with its project written, untimed."""
    pages = contents.pages + peer.lists(contents)
    say(f"writing {pages:,} pages for {peer.name}")
    projects.mkdir(parents=True, exist_ok=True)
    peer.write(projects, contents)
    return Entrant(peer=peer, tool=tool, folder=projects / peer.home, pages=pages)


def contest(bench: Bench, district: District, folder: Path, entrants: tuple[Entrant, ...]) -> Iterator[Row]:
    """All rounds of one size, then the rows."""
    ours: list[float] = []
    again: list[float] = []
    turns: dict[str, list[Turn]] = {entrant.peer.word: [] for entrant in entrants}
    sizes: dict[str, Written] = {}
    for number in range(bench.runs):
        playing = [entrant for entrant in entrants if is_worth_another(turns[entrant.peer.word])]
        for entrant in playing:
            say(f"peers, {district.name}, round {number + 1} of {bench.runs}: ours, then {entrant.peer.name}")
            ours.append(play_ours(folder, bench.limit_s))
            turns[entrant.peer.word].append(Turn(run=play(entrant, bench.limit_s, sizes), ours_s=ours[-1]))
        if not playing:
            say(f"peers, {district.name}, round {number + 1} of {bench.runs}: ours")
            ours.append(play_ours(folder, bench.limit_s))
        sizes["ours"] = sizes.get("ours") or written(folder / "site")
        forget_site(folder)
        again.append(build(folder, "--no-search", limit_s=bench.limit_s).seconds)
    yield own_row("this project, nothing known", district, sizes["ours"], ours, 1)
    yield own_row("this project, records checked before", district, sizes["ours"], again, median(again) / median(ours))
    for entrant in entrants:
        yield peer_row(entrant.peer, district, sizes, turns[entrant.peer.word])


def is_worth_another(turns: list[Turn]) -> bool:
    """Whether a peer runs again: not when it failed, and not when it is slow."""
    return not turns or not (turns[-1].run.fault or turns[-1].run.seconds > SLOW_S)


def play_ours(folder: Path, limit_s: float) -> float:
    """The seconds of one build of ours, from nothing."""
    forget(folder)
    return build(folder, "--no-search", limit_s=limit_s).seconds


def play(entrant: Entrant, limit_s: float, sizes: dict[str, Written]) -> Run:
    """One run of a peer, from nothing; a run that leaves pages out has failed. Its size is kept, its site is not."""
    peer = entrant.peer
    for name in (peer.output, *peer.leftovers):
        shutil.rmtree(entrant.folder / name, ignore_errors=True)
    command = (*entrant.tool.command, *peer.arguments)
    done = run(command, folder=entrant.folder, surroundings=entrant.tool.surroundings, limit_s=limit_s)
    if not done.fault:
        sizes[peer.word] = sizes.get(peer.word) or written(entrant.site)
        if sizes[peer.word].pages < entrant.pages:
            done = replace(done, fault=f"wrote {sizes[peer.word].pages:,} of {entrant.pages:,} pages")
    shutil.rmtree(entrant.site, ignore_errors=True)
    return done


def own_row(name: str, district: District, size: Written, times: list[float], factor: float) -> Row:
    """A row of ours."""
    return (
        name,
        district.name,
        *told(size),
        *seconds(times),
        per_page(times, size.pages),
        ratio(factor),
        str(len(times)),
    )


def peer_row(peer: Peer, district: District, sizes: Mapping[str, Written], turns: list[Turn]) -> Row:
    """A row of a peer: its times, or that it failed, or that it was ended at the limit."""
    last = turns[-1].run
    if last.is_late:
        # It would have taken longer, nobody knows how much: nothing is extrapolated.
        limits = (f"≥ {last.seconds:.0f}", NOTHING, NOTHING, NOTHING, f"≥ {ratio(last.seconds / turns[-1].ours_s)}")
        return f"{peer.name}: ended at the limit", district.name, NOTHING, NOTHING, *limits, str(len(turns))
    if last.fault:
        say(f"{peer.name} failed:\n{last.fault}")
        words = last.fault.splitlines()[-1][:200]
        return f"{peer.name}: failed, “{words}”", district.name, *(NOTHING,) * (len(COLUMNS) - 2)
    times = [turn.run.seconds for turn in turns]
    factor = median(turn.run.seconds / turn.ours_s for turn in turns)
    return (
        peer.name,
        district.name,
        *told(sizes[peer.word]),
        *seconds(times),
        per_page(times, sizes[peer.word].pages),
        ratio(factor),
        str(len(times)),
    )


def told(size: Written) -> tuple[str, str]:
    """Pages, and megabytes of all files."""
    return f"{size.pages:,}", f"{size.size_bytes / 1e6:.1f}"


NOTES = "".join(f"\n- {peer.name}: {peer.tool.note}." for peer in EVERY_PEER if peer.tool.note)

PEERS = Table(
    word="peers",
    title="Beside other generators",
    explanation=f"""\
Whole processes without search, from nothing. Each round runs ours, a peer, ours, the next peer, and so on; “times
ours” is the median, over the rounds, of a peer's time divided by that of our run just before it. A peer that takes
over {SLOW_S} seconds runs once. “Records checked before” is a build whose site is gone but whose cache of checked
records is there.

Hugo runs three times. “Hugo” writes a page for each record and nothing else, as the other peers do; “with lists” also
writes the lists that families browse, which ours has in every row. Both print facts that were finished before the
clock started. “From the records” writes the same pages and lists, but is given the records, and finds out within its
time what ours does. The project's goals for speed name the first, which does the least; the third is nearest to what
ours does.
{NOTES}""",
    columns=COLUMNS,
    sizes=(
        District(partners=500),
        District(partners=2000),
        District(partners=500, count=8),
        District(partners=2000, count=8),
    ),
    measure=measure,
)
