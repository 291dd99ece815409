"""The command that takes nominations in."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import click

from generator.cli.hints import with_option
from generator.cli.vaults import Access, dry_run, opened, say_json, with_vault, working
from generator.clock import moment
from generator.intake.delimited import SEPARATORS
from generator.intake.encodings import ENCODINGS
from generator.intake.mapping import Map, read_map
from generator.intake.readers import Told
from generator.nominations.arrivals import KIND, Desk, arrivals, headings
from generator.nominations.columns import shown
from generator.nominations.inbox import TAKEN, taken
from generator.nominations.understood import understood
from generator.problems import SetupError
from generator.report import report, safe
from generator.schema.shapes import load_shapes
from generator.vault.keys import keys_of
from generator.vault.storage import commit


@click.command(
    "import",
    epilog="""\b
Examples:
  partners nominations import answers.csv --dry-run
  partners nominations import answers.xlsx --map MAP.yml     which column is which field
  partners nominations import riverbend.nomination.yml       what the form on the site has written
  partners nominations import nomination-2027-02-10.jwe      the same, sealed to a key of this vault
  partners nominations import letter.eml                     an e-mail as it was saved
""",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column is which field.",
)
@click.option(
    "--separator", type=click.Choice([*SEPARATORS]), help="Between columns of a CSV file.  [default: found out]"
)
@click.option("--encoding", type=click.Choice(ENCODINGS), default="utf-8", show_default=True, help="Of a CSV file.")
@click.option("--sheet", default="", help="The sheet of a workbook.  [default: the only one]")
@with_vault()
@dry_run
def import_(
    access: Access,
    files: tuple[Path, ...],
    map_file: Path | None,
    separator: str | None,
    encoding: str,
    sheet: str,
    dry_run: bool,
) -> None:
    """Take nominations from FILES: CSV or XLSX of a form's answers, files of the form on the site, saved e-mails.

    The same answers are never taken twice. Columns that no field wants are neither kept nor shown. Delete the files
    afterwards: the vault has what is needed.
    """
    desk = desk_of(access, map_file, SEPARATORS.get(separator or "", ""), sheet, encoding)
    came = [arrival for path in files for arrival in arrivals(path, desk)]
    if access.form == "text":
        for path in files:
            say_columns(path.name, headings(path, desk))
    with working(access) as season:
        outcomes = list(taken(season, came, by=access.by))
        vault = season.vault
        for each in outcomes:
            if each.change and not dry_run:
                vault = commit(vault, each.change, moment())
    if access.form == "json":
        told = [{"place": o.place, "verdict": o.verdict, "number": o.number, "why": o.why} for o in outcomes]
        say_json({"done": not dry_run, "outcomes": told})
    else:
        for each in outcomes:
            click.echo(safe(f"{each.place}: {said(each.verdict, each.number, each.why, is_dry=dry_run)}"))
        count = sum(each.verdict == TAKEN for each in outcomes)
        click.echo(f"{count} of {len(outcomes)} {'would be' if dry_run else 'were'} taken.")
        if count and not dry_run:
            click.echo("Delete the files now: the vault has what is needed. Next: partners nominations list --mine")
    if any(each.verdict == "refused" for each in outcomes):
        raise SystemExit(1)


def desk_of(access: Access, map_file: Path | None, separator: str, sheet: str, encoding: str) -> Desk:
    """Everything by which answers are understood; SetupError when the map cannot be used."""
    shape = load_shapes(access.project.schema)[KIND]
    plan = Map()
    if map_file is not None:
        found, problems = read_map(map_file, access.schemas, shape)
        if found is None:
            click.echo(report(problems, "text"), nl=False, err=True)
            raise SetupError(f"{map_file}: this map cannot be used")
        plan = found
    told = Told(separator=separator, encoding=encoding, sheet=sheet)
    return understood(
        access.project.schema,
        access.schemas,
        plan=plan,
        told=told,
        identity=access.identity,
        keys=cache(lambda: keys_of(opened(access))),
    )


def say_columns(name: str, columns: Sequence[tuple[str, str]]) -> None:
    """Say which columns of a table are taken as what, and which are not."""
    for words, field in columns:
        if field:
            click.echo(safe(f'{name}: the column "{shown(words)}" is taken as {field}'))
    if left := [f'"{shown(words)}"' for words, field in columns if words and not field]:
        click.echo(safe(f"{name}: not taken, nor kept: {', '.join(left)}"))


def said(verdict: str, number: str, why: str, *, is_dry: bool) -> str:
    """What becomes of an arrival, in words; numbers are given when it is really taken."""
    if verdict == "taken" and is_dry:
        return ": ".join(filter(None, ("would be taken", why)))
    words = {"taken": f"taken as {number}", "known": "not taken again", "refused": "refused"}[verdict]
    return with_option(": ".join(filter(None, (words, why))))
