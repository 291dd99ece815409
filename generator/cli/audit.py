"""`partners audit`: the last look at a built site before it is published."""

import sys
from pathlib import Path

import click

from generator.audit.site import audit as audit_site
from generator.cli.options import jobs
from generator.cli.progress import progress
from generator.report import safe

SHOWN = 50  # one mistake in a template is on every page; nobody reads a thousand lines


@click.command(
    epilog="""\b
Examples:
  partners audit
  partners audit public/

Exit codes: 0 the site may be published, 1 it must not be, 2 wrong use.
"""
)
@click.argument("site", default="site", type=click.Path(exists=True, file_okay=False, path_type=Path))
@jobs
def audit(site: Path, jobs: int) -> None:
    """Look into every file of a built SITE for what is live, fetched from elsewhere or left unfilled."""
    with progress() as tell:
        problems = audit_site(site.resolve(), jobs=jobs, progress=tell)
    for problem in problems[:SHOWN]:
        where = f"{site}/{problem.at.path}" + (f":{problem.at.line}" if problem.at.line else "")
        click.echo(safe(f"{where}: {problem.rule}: {problem.message}"))
    if len(problems) > SHOWN:
        click.echo(f"… and {len(problems) - SHOWN} more")
    if problems:
        click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}: {site} must not be published.")
        sys.exit(1)
    click.echo(f"Nothing in {site} runs, fetches or hides what it must not.")
