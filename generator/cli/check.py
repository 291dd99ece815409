"""`partners check`: what is wrong with the records, for people, for GitHub and for machines."""

import sys
from pathlib import Path

import click

from generator.check import check as check_project
from generator.cli.options import printed, root, wants_colour
from generator.clock import today_in
from generator.problems import Problem, has_errors
from generator.records.folders import Project
from generator.report import report


@click.command(
    epilog="""\b
Examples:
  partners check
  partners check partners/river-food-bank.yml
  partners check --root ../riverbend --format json > problems.json

Exit codes: 0 no errors (warnings may stand), 1 errors, 2 wrong use.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@root
@printed("For people, as annotations of a pull request, or for machines.", "github", "json")
@click.option("--no-cache", is_flag=True, help="Read every file again, whatever an earlier check knew.")
def check(paths: tuple[Path, ...], project: Project, form: str, no_cache: bool) -> None:
    """Check every record and say what is wrong, where, and what to write instead.

    All records are checked, because a record can be wrong only beside another; PATHS limits what is reported to those
    files and folders.
    """
    within = [inside(path, project) for path in paths]
    folder = None if no_cache else project.cache
    checked = check_project(project, today=today_in(project), cache_folder=folder)
    if checked.notice:
        click.echo(checked.notice, err=True)
    problems = tuple(p for p in checked.problems if not within or any(covers(path, p) for path in within))
    files = [f for f in checked.loaded.files if not within or any(is_below(f.path, path) for path in within)]
    if within and not files and not problems:
        raise click.UsageError(f"{', '.join(within)}: there is no record here, so nothing was checked")
    colour = form == "text" and wants_colour()
    click.echo(report(problems, form, colour=colour, records=len(files)), nl=False, color=colour)
    sys.exit(1 if has_errors(problems) else 0)


def inside(path: Path, project: Project) -> str:
    """The path relative to the project; a path elsewhere is a wrong use."""
    try:
        return path.resolve().relative_to(project.root).as_posix()
    except ValueError as error:
        raise click.UsageError(
            f"{path} is not inside {project.root}; give the folder of its district with --root"
        ) from error


def covers(path: str, problem: Problem) -> bool:
    """Whether the problem is in that file or folder."""
    return is_below(problem.at.path, path)


def is_below(file: str, path: str) -> bool:
    """Whether a file is that path, or lies below it."""
    return path == "." or file == path or file.startswith(f"{path}/")
