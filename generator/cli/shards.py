"""`partners shards`: how many parts a site is to be built in, once it is certain that it may be built."""

import json
from pathlib import Path

import click

from generator.building.shards import wanted
from generator.check import directory_in
from generator.cli.build import good_records, named_manifest
from generator.cli.options import allow_loss, quarantine, root, site_report
from generator.manifest import brake
from generator.records.folders import Project


@click.command(
    epilog="""\b
Examples:
  partners shards
  partners shards --quarantine --last published-manifest.json

The numbers are for: partners build --shard K/N. What is wrong is said once, here, so that the parts need not say it
again. Exit codes: 0 the site may be built, 1 it must not be, 2 wrong use.
"""
)
@root
@quarantine
@click.option(
    "--last",
    type=click.Path(path_type=Path),
    help="The manifest of the site that this one follows; if more than a tenth of its records vanish, none is built.",
)
@allow_loss
@site_report
def shards(project: Project, quarantine: bool, last: Path | None, allow_loss: bool, form: str) -> None:
    """Check the records and print the numbers of the parts in which their site is built well, such as [1, 2, 3]."""
    directory = directory_in(good_records(project, form, leaves_out=quarantine))
    brake(named_manifest(last, allow_loss) if last else None, directory, allows_loss=allow_loss)
    click.echo(json.dumps(list(range(1, wanted(directory) + 1))))
