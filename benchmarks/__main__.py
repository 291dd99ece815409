"""`python -m benchmarks`, or `make bench`: measures, prints each table as soon as it is known, and writes the page."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from benchmarks.builds import REPOSITORY
from benchmarks.district import District, district
from benchmarks.document import Section, section, write
from benchmarks.machine import machine
from benchmarks.peers.every import EVERY_PEER
from benchmarks.table import Bench, Table, head, line
from benchmarks.tables import TABLES

WORDS = ", ".join(table.word for table in TABLES)
PEER_WORDS = ", ".join(peer.word for peer in EVERY_PEER)


def listed(text: str) -> tuple[str, ...]:
    """The words of a list with commas."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def sizes_of(context: click.Context, option: click.Parameter, text: str) -> tuple[District, ...]:
    """The districts of --sizes."""
    try:
        return tuple(map(district, listed(text)))
    except ValueError as error:
        raise click.BadParameter(str(error)) from error


def peers_of(context: click.Context, option: click.Parameter, text: str) -> tuple[str, ...]:
    """The words of --peers."""
    for word in listed(text):
        if word not in {peer.word for peer in EVERY_PEER}:
            raise click.BadParameter(f'there is no peer "{word}". The peers are {PEER_WORDS}.')
    return listed(text)


def tables_of(context: click.Context, option: click.Parameter, text: str) -> tuple[Table, ...]:
    """The tables of --only."""
    chosen = tuple(table for table in TABLES if text in table.word)
    if not chosen:
        raise click.BadParameter(f'no table has "{text}" in its name. The tables are {WORDS}.')
    return chosen


@click.command(
    epilog=f"""\b
Tables: {WORDS}
Peers:  {PEER_WORDS}

\b
Examples, as make bench takes them:
  make bench ARGS="--only peers --peers hugo,eleventy --sizes 100x1,100x3 --runs 1"
  make bench ARGS="--only growth --sizes 500,1000,2000"
  make bench ARGS="--only check --write docs/benchmarks.md"
"""
)
@click.option("--only", "tables", default="", callback=tables_of, help="Only the tables whose name holds this word.")
@click.option(
    "--sizes",
    default="",
    callback=sizes_of,
    help="Districts as partners x languages, such as 500,2000x8, for every chosen table. Slow peers run then, too.",
)
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1, 100), help="How often to run each case.")
@click.option("--peers", default="", callback=peers_of, help="Only these peers.  [default: all that can be installed]")
@click.option("--no-install", is_flag=True, help="Install no peer: take those that an earlier benchmark installed.")
@click.option(
    "--limit",
    default=600,
    show_default=True,
    type=click.FloatRange(0.1, 86_400),
    help="Seconds after which a run is ended; a peer's is reported as “≥ limit”.",
)
@click.option(
    "--tools",
    default=REPOSITORY / ".cache/peers",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the peers are installed.  [default: .cache/peers in the repository]",
)
@click.option(
    "--write",
    "page",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Put the results into this page; what it says of other tables stays.",
)
def main(
    tables: tuple[Table, ...],
    sizes: tuple[District, ...],
    runs: int,
    peers: tuple[str, ...],
    no_install: bool,
    limit: float,
    tools: Path,
    page: Path | None,
) -> None:
    """Measure builds and checks of invented districts, beside other generators, as whole processes.

    Everything takes about two hours; peers are installed on the way. Sizes and tables can be chosen.
    """
    click.echo(f"{machine()}\n")
    with TemporaryDirectory(prefix="partners-bench-", ignore_cleanup_errors=True) as folder:
        bench = Bench(
            scratch=Path(folder),
            tools=tools.absolute(),
            runs=runs,
            limit_s=limit,
            peers=peers,
            may_install=not no_install,
            is_chosen=bool(sizes),
        )
        for table in tables:
            result = measured(table, bench, sizes or table.sizes)
            if page:
                write(page, result)


def measured(table: Table, bench: Bench, sizes: tuple[District, ...]) -> Section:
    """A table, printed row by row."""
    click.echo(f"## {table.title}\n\n{head(table)}", nl=False)
    rows = []
    for row in table.measure(bench, sizes):
        click.echo(line(row), nl=False)
        rows.append(row)
    click.echo()
    return section(table, rows, machine())


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
