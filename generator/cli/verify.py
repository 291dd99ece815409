"""`partners verify`: records that somebody has confirmed a record."""

from datetime import date

import click

from generator.cli.new import partner_file
from generator.cli.options import district_root
from generator.clock import today_in
from generator.intake.judge import judged
from generator.intake.write import write
from generator.problems import SetupError
from generator.records.folders import Project
from generator.schema import load_schemas
from generator.source import read
from generator.source.amend import amended


@click.command(
    epilog="""\b
Examples:
  partners verify river-food-bank --by partner
  partners verify river-food-bank --by staff --on 2026-09-14

Exit codes: 0 written, 1 the record has errors, 2 wrong use.
"""
)
@click.argument("slug")
@click.option("--by", type=click.Choice(["partner", "staff"]), required=True, help="Who said that all of it is right.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day on which they did.  [default: today]")
@district_root
def verify(slug: str, by: str, on: date | None, project: Project) -> None:
    """Record in a partner's file that somebody has confirmed all of it; everything else there stays, comments too."""
    today = today_in(project)
    day = date(on.year, on.month, on.day) if on else today
    if day > today:
        raise click.BadParameter(f"{day} is still to come", param_hint="--on")
    path = partner_file(project, slug).relative_to(project.root).as_posix()
    document, problems = read(project.root / path, relative=path)
    if document is None:
        raise SetupError(f"{path}:{problems[0].at.line}: {problems[0].message}; correct that first")
    schemas = load_schemas(project.schema)
    data = {**schemas.coerce("partner", document.data), "verified": {"on": day, "by": by}}
    text = amended(document, data)
    if text is None:
        raise SetupError(
            f"{path}: nothing was written, because something else in the file would change; write it by hand"
        )
    errors = [
        p for p in judged(schemas, path.removeprefix("partners/").removesuffix(".yml"), text).problems if p.is_error
    ]
    if errors:
        first = errors[0]
        raise SetupError(f"{path}:{first.at.line}: {first.message}; what has errors cannot be confirmed")
    write(project.root, {path: text})
    click.echo(f"{path}: confirmed on {day} by {'the partner' if by == 'partner' else 'staff'}")
