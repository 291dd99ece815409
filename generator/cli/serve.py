"""`partners serve`: a preview that follows every saved file."""

import os
import socket

import click

from generator.cli.options import jobs, root
from generator.problems import SetupError
from generator.records.folders import Project


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
@click.option("--no-search", is_flag=True, help="Leave out the search index, which takes longest to bring up to date.")
@jobs
def serve(project: Project, address: str, opens: bool, no_search: bool, jobs: int) -> None:
    """Show the site in a browser while you edit: a saved file shows up by itself. Stop with Ctrl-C."""
    from generator.preview import preview  # slow to import

    host, _, port = address.rpartition(":")
    if not host or not port.isdigit():
        raise click.UsageError(f"--address needs host:port, such as 127.0.0.1:8000, not {address}")
    refuse_taken(host.strip("[]"), int(port))
    preview(project, host.strip("[]"), int(port), opens=opens, has_search=not no_search, jobs=jobs)


def refuse_taken(host: str, port: int) -> None:
    """Raise SetupError when nobody can listen at that address, before the records are read for nothing."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        if os.name == "posix":  # elsewhere the option lets two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise SetupError(
                f"cannot listen at {host}:{port} ({reason.lower()}); choose another: --address 127.0.0.1:8001"
            ) from error
