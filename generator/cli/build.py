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
from generator.manifest import NAME, Manifest, brake, read_manifest
from generator.quarantine import quarantined
from generator.report import report, safe


@click.command(
    epilog="""\b
Examples:
  partners build
  partners build --root riverbend --out /tmp/riverbend
  partners build --languages en,es --no-search
  partners build --quarantine --last published-manifest.json

Exit codes: 0 built, 1 nothing was built (the old site stays), 2 wrong use.
"""
)
@root
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to put the site.  [default: site/ in the district's folder]"
)
@click.option("--languages", default="", help="Only these of the district's languages, such as en,es.")
@click.option("--no-search", is_flag=True, help="Leave out the search index; a quick look needs none.")
@click.option("--quarantine", is_flag=True, help="Leave bad records out, name them, and build the rest.")
@click.option(
    "--last",
    type=click.Path(path_type=Path),
    help="The manifest of the site that this one follows; if more than a tenth of its records vanish, none is built.  "
    "[default: manifest.json in --out]",
)
@click.option("--allow-loss", is_flag=True, help="Build even if more than a tenth of the records vanish.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github"]),
    default="text",
    show_default=True,
    help="Problems for people, or as annotations of a workflow run.",
)
def build(
    project: Project,
    out: Path | None,
    languages: str,
    no_search: bool,
    quarantine: bool,
    last: Path | None,
    allow_loss: bool,
    form: str,
) -> None:
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
    checked = quarantined(checked) if quarantine else checked
    say_what_is_wrong(checked, form)
    with progress() as tell:
        plan = prepare(checked, languages=wanted(languages, checked), has_search=not no_search, progress=tell)
        brake(last_manifest(target, last), plan.directory, allows_loss=allow_loss)
        built = render(plan, target)
    good = sum(not checked.loaded.is_bad(file) for file in checked.loaded.files)
    click.echo(summary(built, good, target, perf_counter() - started))


def say_what_is_wrong(checked: Checked, form: str) -> None:
    """Report every problem and all that was left out; end the command when nothing can be built."""
    if checked.notice:
        click.echo(checked.notice, err=True)
    if checked.problems:
        colour = form == "text" and wants_colour()
        click.echo(report(checked.problems, form, colour=colour, records=len(checked.loaded.files)), err=True)
    if checked.left_out:
        listed = "".join(f"  {safe(name)}\n" for name in checked.left_out)
        click.echo(f"Left out of the site (in brackets: only that part of the file):\n{listed}", err=True)
    if not checked.is_good:
        click.echo("Nothing was built, because records have errors. The old site stays.", err=True)
        sys.exit(1)


def last_manifest(target: Path, given: Path | None) -> Manifest | None:
    """The manifest of the site that the new one follows; says so when there should be one and it cannot be read."""
    path = given or target / NAME
    found = read_manifest(path)
    if found is None and (given or path.exists()):
        click.echo(f"{path}: no manifest can be read there, so nobody can tell whether records vanish", err=True)
    return found


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
