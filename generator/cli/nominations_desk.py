"""`partners nominations desk`: the season's work in a browser."""

from contextlib import suppress
from pathlib import Path

import click

from generator.cli.options import root
from generator.cli.vaults import identity_option, staff_option, vault_option
from generator.records.folders import Project

IDLE_MINUTES = 60


@click.command(
    epilog="""\b
Examples:
  partners nominations desk --vault /private/vault --as alex
  partners nominations desk --vault /private/vault --as alex --open
  partners nominations desk --vault /private/vault --as alex --port 8765 --idle 20

Each person opens a desk of their own. Two desks, and desk and commands, can be used on one vault at once.
"""
)
@vault_option
@identity_option
@staff_option
@root
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default="any that is free", help="Where the desk listens."
)
@click.option(
    "--idle",
    type=click.FloatRange(0.01, 24 * 60),
    default=IDLE_MINUTES,
    show_default=True,
    metavar="MINUTES",
    help="After so long without a request the desk closes, and the terminal shows a new address.",
)
@click.option("--open", "opens", is_flag=True, help="Open a browser.")
def desk(vault: Path, identity: Path | None, by: str, project: Project, port: int, idle: float, opens: bool) -> None:
    """Work on nominations in a browser: queue, review, decision, consent, story, and what the ledger says.

    The desk is a page on this computer only, for one person. Every step on it is the same as that of a command, and is
    refused for the same reasons. Stop it with Ctrl-C.
    """
    from generator.desk.serving import open_desk, serve  # slow to import

    def tell(address: str) -> None:
        click.echo(f"The desk is closed to everybody. Come back with:\n  {address}", err=True)

    opened = open_desk(project, vault, by=by, identity=identity, port=port, idle_minutes=idle, tell=tell)
    with suppress(KeyboardInterrupt):
        click.echo(f"The desk of {by} is open, on this computer only. This address works once:\n  {opened.address}")
        click.echo("Ctrl-C closes it.")
        if opens:
            click.launch(opened.address)
        serve(opened)
    click.echo("The desk is closed.")
