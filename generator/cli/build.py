"""`partners build`: the site, built beside the old one and put into its place when it is complete."""

import sys
from pathlib import Path
from time import perf_counter

import click

from generator.build import Built, prepare
from generator.check import Checked, check
from generator.cli.options import root, wants_colour
from generator.cli.progress import progress
from generator.clock import today_in
from generator.folders import Project
from generator.report import report


@click.command(
    epilog="""\b
Examples:
  partners build
  partners build --root riverbend --out /tmp/riverbend
  partners build --languages en,es --no-search

Exit codes: 0 built, 1 nothing was built (the old site stays), 2 wrong use.
"""
)
@root
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to put the site.  [default: site/ in the district's folder]"
)
@click.option("--languages", default="", help="Only these of the district's languages, such as en,es.")
@click.option("--no-search", is_flag=True, help="Leave out the search index; a quick look needs none.")
def build(project: Project, out: Path | None, languages: str, no_search: bool) -> None:
    """Build the site of a district's records."""
    from generator.mkdocs_build import render

    started = perf_counter()
    target = (out or project.root / "site").absolute()
    if target.is_file() or is_strange(target):
        raise click.UsageError(f"{target} is not an earlier site; choose an empty or new folder with --out")
    with progress() as tell:
        tell("Checking records", 0, 0)
        checked = check(
            project,
            today=today_in(project),
            cache_folder=project.root / ".cache",
            tell=lambda done, total: tell("Checking records", done, total),
        )
        if checked.is_good:
            chosen = wanted(languages, checked)
            built = render(prepare(checked, languages=chosen, has_search=not no_search, progress=tell), target)
    if checked.problems:
        click.echo(report(checked.problems, colour=wants_colour(), records=len(checked.loaded.files)), err=True)
    if not checked.is_good:
        click.echo("Nothing was built, because records have errors. The old site stays.", err=True)
        sys.exit(1)
    click.echo(summary(built, len(checked.loaded.files), target, perf_counter() - started))


def wanted(languages: str, checked: Checked) -> tuple[str, ...]:
    """The languages that the option names; one that the district does not offer is a wrong use."""
    directory = checked.loaded.directory
    offered = directory.district.languages if directory else ()
    chosen = tuple(code.strip() for code in languages.split(",") if code.strip())
    if unknown := ", ".join(code for code in chosen if code not in offered):
        raise click.UsageError(f"--languages: {unknown} is not offered; district.yml has {', '.join(offered)}")
    return chosen


def is_strange(target: Path) -> bool:
    """Whether the folder holds something that is not a site of ours, which must not be replaced."""
    return target.is_dir() and any(target.iterdir()) and not (target / "robots.txt").is_file()


def summary(built: Built, records: int, target: Path, seconds: float) -> str:
    """What was built, and how to look at it."""
    return (
        f"Built {records:,} records into {built.pages:,} pages in {built.languages} "
        f"{'language' if built.languages == 1 else 'languages'}: "
        f"{seconds:.1f} seconds, {built.size_bytes / 1e6:.1f} MB.\n"
        f"The site is in {target}\n"
        f"Look at it:  python3 -m http.server --directory {target} 8000   then open http://127.0.0.1:8000/"
    )
