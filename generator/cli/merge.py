"""`partners merge`: a site from the parts that several builds have made."""

from pathlib import Path

import click

from generator.building.shards import merge as join
from generator.cli.build import earlier_site, place_of
from generator.cli.progress import progress
from generator.text import numbered
from generator.timing import Timings


@click.command(
    epilog="""\b
Examples:
  partners merge site part-1 part-2 part-3
  partners merge /tmp/riverbend /tmp/parts/*

The parts come from: partners build --shard K/N. Exit codes: 0 built, 1 nothing was built (the old site stays), 2 wrong
use.
"""
)
@click.argument("out", type=click.Path(path_type=Path))
@click.argument("shards", nargs=-1, required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--no-search", is_flag=True, help="Leave out the search index; a quick look needs none.")
@click.option("--timings", "shows_timings", is_flag=True, help="Show where the time went.")
def merge(out: Path, shards: tuple[Path, ...], no_search: bool, shows_timings: bool) -> None:
    """Join the parts of a site into OUT: byte for byte the site that one build makes."""
    timings = Timings()
    target = out.absolute()
    earlier_site(target)
    with progress() as tell:
        built = join(target, shards, has_search=not no_search, progress=tell, timings=timings)
    click.echo(
        f"Joined {numbered(len(shards), 'part')} into {built.pages:,} pages in "
        f"{numbered(built.languages, 'language')}.\n{place_of(target)}"
    )
    if shows_timings:
        click.echo(timings.table(), err=True)
