"""`partners build`: the site, built beside the old one and put into its place when it is complete."""

import re
import shutil
import sys
from pathlib import Path
from time import perf_counter

import click

from generator.build import Built
from generator.check import Checked, check
from generator.cli.options import allow_loss, jobs, quarantine, root, site_report, wants_colour
from generator.cli.progress import progress
from generator.clock import today_in
from generator.folders import Project
from generator.manifest import NAME, Manifest, brake, read_manifest
from generator.plan import prepare
from generator.quarantine import quarantined
from generator.rendering import render, render_shard
from generator.report import report, safe
from generator.shards import NAME as SHARD
from generator.timing import Timings


@click.command(
    epilog="""\b
Examples:
  partners build
  partners build --root riverbend --out /tmp/riverbend
  partners build --languages en,es --no-search
  partners build --shard 2/4 --out part-2
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
@quarantine
@click.option(
    "--last",
    type=click.Path(path_type=Path),
    help="The manifest of the site that this one follows; if more than a tenth of its records vanish, none is built.  "
    "[default: manifest.json in --out]",
)
@allow_loss
@site_report
@click.option(
    "--shard", default="", metavar="K/N", help="Build only the K-th of N parts, to be joined by: partners merge."
)
@click.option("--timings", "shows_timings", is_flag=True, help="Show where the time went.")
@click.option("--fresh", is_flag=True, help="Forget what earlier checks and builds have left, and do everything anew.")
@jobs
def build(
    project: Project,
    out: Path | None,
    languages: str,
    no_search: bool,
    quarantine: bool,
    last: Path | None,
    allow_loss: bool,
    form: str,
    shard: str,
    shows_timings: bool,
    fresh: bool,
    jobs: int,
) -> None:
    """Build the site of a district's records."""
    timings = Timings()
    part = part_of(shard)
    if fresh:
        forget(project.root / ".cache")
    target = (out or project.root / "site").absolute()
    if target.is_file() or is_strange(target):
        raise click.UsageError(f"{target} is not an earlier site; choose an empty or new folder with --out")
    with timings.stage("check"):
        checked = good_records(project, form, leaves_out=quarantine)
    with progress() as tell:
        with timings.stage("records"):
            plan = prepare(
                checked,
                languages=wanted(languages, checked),
                has_search=not no_search,
                jobs=jobs,
                progress=tell,
                timings=timings,
            )
        brake(last_manifest(last or target / NAME, is_named=bool(last)), plan.directory, allows_loss=allow_loss)
        built = render_shard(plan, target, *part, notice=say) if part else render(plan, target, notice=say)
    good = sum(not checked.loaded.is_bad(file) for file in checked.loaded.files)
    place = place_of_part(target, *part) if part else place_of(target)
    click.echo(f"{summary(built, good, perf_counter() - timings.started)}\n{place}")
    if shows_timings:
        click.echo(timings.table(), err=True)


def good_records(project: Project, form: str, *, leaves_out: bool) -> Checked:
    """The check of a project from which a site can be built; says what is wrong, and ends the command if there is none.

    Bad records are left out if they may be.
    """
    with progress() as tell:
        tell("Checking records", 0, 0)
        checked = check(
            project,
            today=today_in(project),
            cache_folder=project.root / ".cache",
            tell=lambda done, total: tell("Checking records", done, total),
        )
    checked = quarantined(checked) if leaves_out else checked
    if checked.notice:
        click.echo(checked.notice, err=True)
    say_what_is_wrong(checked, form)
    return checked


def say_what_is_wrong(checked: Checked, form: str) -> None:
    """Report every problem and all that was left out; end the command when nothing can be built."""
    if checked.problems:
        colour = form == "text" and wants_colour()
        click.echo(report(checked.problems, form, colour=colour, records=len(checked.loaded.files)), err=True)
    if checked.left_out:
        listed = "".join(f"  {safe(name)}\n" for name in checked.left_out)
        click.echo(f"Left out of the site (in brackets: only that part of the file):\n{listed}", err=True)
    if not checked.is_good:
        click.echo("Nothing was built, because records have errors. The old site stays.", err=True)
        sys.exit(1)


def last_manifest(path: Path, *, is_named: bool) -> Manifest | None:
    """The manifest of the site that the new one follows; says so when it is there, or was named, and cannot be read."""
    found = read_manifest(path)
    if found is None and (is_named or path.exists()):
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
    return (
        target.is_dir()
        and any(target.iterdir())
        and not any((target / name).is_file() for name in ("robots.txt", SHARD))
    )


def part_of(words: str) -> tuple[int, int] | None:
    """The number of the part and of all parts, from `K/N`; None for the whole site."""
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", words)
    if words and not (found and 1 <= int(found[1]) <= int(found[2])):
        raise click.UsageError(f"--shard needs K/N, such as 2/4 for the second of four parts, not {words}")
    return (int(found[1]), int(found[2])) if found else None


def forget(folder: Path) -> None:
    """Remove what earlier checks and builds have left there; an OSError names what cannot be removed."""
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def say(words: str) -> None:
    """Tell the person what takes longer than it might."""
    click.echo(words, err=True)


def summary(built: Built, records: int, seconds: float) -> str:
    """What was built."""
    anew = "" if built.written == built.pages else f", {built.written:,} of them written anew"
    return (
        f"Built {records:,} records into {built.pages:,} pages in {built.languages} "
        f"{'language' if built.languages == 1 else 'languages'}{anew}: {seconds:.1f} seconds."
    )


def place_of(target: Path) -> str:
    """Where the site is, and how to look at it."""
    return (
        f"The site is in {target}\n"
        f"Look at it:  python3 -m http.server --directory {target} 8000   then open http://127.0.0.1:8000/"
    )


def place_of_part(target: Path, number: int, of: int) -> str:
    """Where a part of a site is, and how it becomes one with the others."""
    return f"Part {number:,} of {of:,} is in {target}\nJoin all parts:  partners merge SITE PART…"
