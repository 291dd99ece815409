"""`partners serve`: a preview that follows every saved file."""

import click

from generator.cli.options import root
from generator.folders import Project


@click.command(
    epilog="""\b
Examples:
  partners serve
  partners serve --root riverbend --address 127.0.0.1:8001
"""
)
@root
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Where the preview listens.")
@click.option("--open", "opens", is_flag=True, help="Open a browser.")
def serve(project: Project, address: str, opens: bool) -> None:
    """Show the site in a browser while you edit: a saved file shows up by itself. Stop with Ctrl-C."""
    from generator.mkdocs_build import preview

    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise click.UsageError(f"--address needs host:port, such as 127.0.0.1:8000, not {address}")
    preview(project, address, opens=opens)
