"""`partners build`: the site, built beside the old one and put into its place when it is complete."""

import re
import sys
from pathlib import Path
from shlex import quote
from time import perf_counter

import click
import msgspec

from generator.building.rendering import render, render_shard
from generator.building.shards import read_shard
from generator.building.whole import Built
from generator.check import Checked, check
from generator.cli.options import allow_loss, jobs, quarantine, root, site_report, wants_colour
from generator.cli.progress import progress
from generator.clock import today_in
from generator.manifest import NAME, Manifest, brake, is_absent, last_manifest, read_manifest
from generator.plan import prepare
from generator.problems import SetupError
from generator.quarantine import quarantined
from generator.records.folders import Project
from generator.report import report, safe
from generator.text import numbered
from generator.timing import Timings
from generator.words.pseudo import SPELLINGS

OURS = re.compile(
    r"checks\.json|records-[0-9a-f]{16}\.jsonl|frames\.msgpack|site-[0-9a-f]{16}\.msgpack|part-[a-z0-9_]{8}"
)
"""Names of what checks and builds keep in .cache: see `cache` and `pile` of records, `frame.kept`, `building.state`."""


@click.command(
    epilog="""\b
Examples:
  partners build
  partners build --root riverbend --out /tmp/riverbend
  partners build --languages en,es --no-search
  partners build --preview --languages en,en-XA,ar-XB --out /tmp/preview
  partners build --shard 2/4 --out part-2
  partners build --quarantine --last published-manifest.json

Exit codes: 0 built, 1 nothing was built (the old site stays), 2 wrong use.
"""
)
@root
@click.option(
    "--out", type=click.Path(path_type=Path), help="Where to put the site.  [default: site/ in the district's folder]"
)
@click.option(
    "--languages",
    default="",
    help="Only these of the district's languages, such as en,es; the site in --out loses the others.",
)
@click.option(
    "--preview",
    "is_preview",
    is_flag=True,
    help="A site to look at, which cannot be published: in any languages, complete or not, and in two that show what "
    "is not translated (en-XA) and what does not fit or mirror (en-XA, ar-XB).",
)
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
    "--shard",
    default="",
    metavar="K/N",
    help="Build only the K-th of N parts, to be joined by: partners merge. Needs --out, a folder for that part.",
)
@click.option("--timings", "shows_timings", is_flag=True, help="Show where the time went.")
@click.option("--fresh", is_flag=True, help="Forget what earlier checks and builds have left, and do everything anew.")
@jobs
def build(
    project: Project,
    out: Path | None,
    languages: str,
    is_preview: bool,
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
    if part and out is None:
        raise click.UsageError("--shard needs --out, such as --out part-2: a part must not take the place of the site")
    target = (out or project.root / "site").absolute()
    before = earlier_site(target)
    if part and is_preview:
        raise click.UsageError("--shard builds a part of a site to be published, --preview one that cannot be")
    if part and before:
        raise click.UsageError(f"{target} holds a whole site; choose another folder for a part of one with --out")
    if fresh:
        forget(project.cache)
    with timings.stage("check"):
        checked = good_records(project, form, leaves_out=quarantine)
    with progress() as tell:
        with timings.stage("records"):
            plan = prepare(
                checked,
                languages=wanted(languages, checked, is_preview=is_preview),
                has_search=not no_search,
                is_preview=is_preview,
                jobs=jobs,
                progress=tell,
                timings=timings,
            )
        brake(named_manifest(last, allow_loss) if last else before, plan.directory, allows_loss=allow_loss)
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
            cache_folder=project.cache,
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


def named_manifest(path: Path, allows_loss: bool) -> Manifest | None:
    """The manifest that --last names, of the site that the new one follows; says so when there is none."""
    if is_absent(path):
        click.echo(f"{path}: no manifest is there, so nobody can tell whether records vanish", err=True)
    return None if allows_loss else last_manifest(path)


def wanted(languages: str, checked: Checked, *, is_preview: bool) -> tuple[str, ...]:
    """The languages that the option names; one that the district does not offer is a wrong use, save in a preview."""
    directory = checked.loaded.directory
    offered = directory.district.languages if directory else ()
    chosen = tuple(dict.fromkeys(code.strip() for code in languages.split(",") if code.strip()))
    if is_preview:
        known = {*checked.loaded.vocabularies["languages"].by_id, *SPELLINGS}
        if unknown := ", ".join(code for code in chosen if code not in known):
            raise click.UsageError(f"--languages: nobody knows {unknown}; see schema/vocabularies/languages.yml")
    elif unknown := ", ".join(code for code in chosen if code not in offered):
        others = f"; with --preview {unknown} can be looked at"
        raise click.UsageError(f"--languages: {unknown} is not offered; district.yml has {', '.join(offered)}{others}")
    return chosen


def earlier_site(target: Path) -> Manifest | None:
    """The manifest of the site in a folder that is to be replaced; None if the folder holds a part of one, or nothing.

    Anything else must not be replaced: to name it is a wrong use.
    """
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return None
    found = read_manifest(target / NAME)
    if not found and not is_part(target):
        raise click.UsageError(
            f"{target} is not an earlier site: it has no {NAME} of ours; choose an empty or new folder"
        )
    return msgspec.structs.replace(found, files={}) if found else None  # a million of them would stay in memory


def is_part(folder: Path) -> bool:
    """Whether a folder holds a part of a site."""
    try:
        read_shard(folder)
    except SetupError:
        return False
    return True


def part_of(words: str) -> tuple[int, int] | None:
    """The number of the part and of all parts, from `K/N`; None for the whole site."""
    found = re.fullmatch(r"([0-9]{1,4})/([0-9]{1,4})", words)
    if words and not (found and 1 <= int(found[1]) <= int(found[2])):
        raise click.UsageError(f"--shard needs K/N, such as 2/4 for the second of four parts, not {words}")
    return (int(found[1]), int(found[2])) if found else None


def forget(folder: Path) -> None:
    """Remove the files that earlier checks and builds have left there; an OSError names one that cannot be removed.

    A preview is no exception: without the file that tells what it was made of, it is made anew.
    """
    for path in folder.iterdir() if folder.is_dir() else ():
        if OURS.fullmatch(path.name):
            path.unlink()


def say(words: str) -> None:
    """Tell the person what takes longer than it might."""
    click.echo(words, err=True)


def summary(built: Built, records: int, seconds: float) -> str:
    """What was built."""
    anew = "" if built.written == built.pages else f", {built.written:,} of them written anew"
    return (
        f"Built {records:,} records into {built.pages:,} pages in "
        f"{numbered(built.languages, 'language')}{anew}: {seconds:.1f} seconds."
    )


def place_of(target: Path) -> str:
    """Where the site is, and how to look at it."""
    return (
        f"The site is in {target}\n"
        f"Look at it:  python3 -m http.server --directory {quote(str(target))} 8000   then open http://127.0.0.1:8000/"
    )


def place_of_part(target: Path, number: int, of: int) -> str:
    """Where a part of a site is, and how it becomes one with the others."""
    return f"Part {number:,} of {of:,} is in {target}\nJoin all parts:  partners merge SITE PART…"
