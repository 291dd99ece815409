"""`partners import`: partners out of spreadsheets, answers of forms, and packages of other directories."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import district_root, printed, wants_colour
from generator.clock import today_in
from generator.intake.delimited import SEPARATORS
from generator.intake.encodings import ENCODINGS
from generator.records.folders import Project

if TYPE_CHECKING:
    from generator.intake.mapping import Map
    from generator.intake.outcome import Report
    from generator.intake.readers import Told
    from generator.schema import Schemas
    from generator.schema.shapes import Shape

MAP_PROBLEM = 2
"""Exit code for a map that cannot be used: it belongs to the command, not to the file."""


@click.command(
    "import",
    epilog="""\b
Examples:
  partners import answers.csv --suggest-map > MAP.yml    which column may be which field
  partners import answers.csv --map MAP.yml --dry-run    what would become of each row
  partners import answers.csv --map MAP.yml              writes partners/*.yml
  partners import partners.xlsx --map MAP.yml --update   changes records that are there
  partners import hsds-package/ --map MAP.yml            Open Referral HSDS 3.x (folder or JSON), or Ohana's CSV files

Exit codes: 0 no row was refused, 1 some were (the report says why), 2 wrong use.
""",
)
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--map",
    "map_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which column is which field.",
)
@click.option("--suggest-map", is_flag=True, help="Print a map with guesses instead, and how sure each is.")
@click.option("--update", is_flag=True, help="Change partners that are there already; empty cells delete nothing.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@click.option("--separator", type=click.Choice([*SEPARATORS]), help="Between columns.  [default: found out]")
@click.option(
    "--encoding",
    type=click.Choice(ENCODINGS),
    default="utf-8",
    show_default=True,
    help='Of the letters in a CSV file; "mixed" repairs rows in Windows-1252 or spoilt ones, and names them.',
)
@click.option("--sheet", default="", help="The sheet of a workbook.  [default: the only one]")
@printed("The report, for people or machines.", "json")
@district_root
def import_(
    file: Path,
    map_file: Path | None,
    suggest_map: bool,
    update: bool,
    dry_run: bool,
    separator: str | None,
    encoding: str,
    sheet: str,
    form: str,
    project: Project,
) -> None:
    """Take the rows of FILE (CSV, XLSX, or an HSDS or Ohana package) as partners with programs.

    Every record passes the same checks as one that is written by hand, or is not written. The report names each row:
    taken, changed, skipped or refused, and why. Columns that the map does not name are never stored nor shown.
    """
    from generator.check import check as check_project
    from generator.cli.progress import progress
    from generator.intake.importing import Import, imported
    from generator.intake.readers import Told, open_table
    from generator.intake.write import write
    from generator.schema import load_schemas
    from generator.schema.shapes import load_shapes

    told = Told(separator=SEPARATORS.get(separator or "", ""), encoding=encoding, sheet=sheet)
    if suggest_map:
        click.echo(suggested(project, file, told), nl=False)
        return
    today = today_in(project)
    shape = load_shapes(project.schema)["partner"]
    schemas = load_schemas(project.schema)
    plan = read_plan(map_file, schemas, shape)
    checked = check_project(project, today=today, cache_folder=project.cache)
    with ExitStack() as stack, progress() as tell:
        job = Import(
            loaded=checked.loaded,
            schemas=schemas,
            shape=shape,
            map=plan,
            today=today,
            may_update=update,
            tell=tell,
        )
        table = open_table(file, stack, wanted=plan.wanted, told=told)
        report, texts = imported(job, table, stack)
        report.is_dry = dry_run
        report.files = list(texts)
        if not dry_run:
            write(project.root, texts)
    say(report, form)
    sys.exit(1 if report.counts["refused"] else 0)


def read_plan(map_file: Path | None, schemas: Schemas, shape: Shape) -> Map:
    """The map of a file, an empty one without; a bad one ends the command with what is wrong with it."""
    from generator.intake.mapping import Map, read_map
    from generator.report import report

    if map_file is None:
        return Map()
    plan, problems = read_map(map_file, schemas, shape)
    if problems:
        click.echo(report(problems, "text", colour=wants_colour(), records=1), nl=False, err=True)
    if plan is None:
        sys.exit(MAP_PROBLEM)
    return plan


def suggested(project: Project, file: Path, told: Told) -> str:
    """A map with guesses for a file."""
    from generator.check import check as check_project
    from generator.intake.convert import Converter, names_of
    from generator.intake.mapping import Map
    from generator.intake.readers import open_table
    from generator.intake.suggest import suggest
    from generator.schema.shapes import load_shapes

    today = today_in(project)
    loaded = check_project(project, today=today, cache_folder=project.cache).loaded
    names = names_of(loaded.directory)
    converter = Converter(map=Map(), vocabularies=loaded.vocabularies, names=names, today=today)
    with ExitStack() as stack:
        table = open_table(file, stack, wanted=(), told=told)
        return suggest(table, load_shapes(project.schema)["partner"], converter)


def say(report: Report, form: str) -> None:
    """Print the report."""
    from generator.intake.outcome import as_json, as_text

    if form == "json":
        click.echo(as_json(report), nl=False)
        return
    for line in as_text(report):
        click.echo(line)
