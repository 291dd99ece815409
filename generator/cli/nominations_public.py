"""Commands that let a story out of the vault, and take it back."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from generator.cli.nominations_work import DAY
from generator.cli.options import wants_colour
from generator.cli.vaults import Access, done, dry_run, kept, reading, say_json, with_vault, working
from generator.nominations.ending import expire as ended
from generator.nominations.ending import over
from generator.nominations.ending import withdraw as withdrawn
from generator.nominations.keeping import anonymise as anonymised
from generator.nominations.keeping import is_due
from generator.nominations.personal import text_of
from generator.nominations.publishing import Public, outline, release, schedule
from generator.nominations.released import branch, difference, write
from generator.nominations.season import Season
from generator.problems import SetupError
from generator.source import read
from generator.vault.storage import Change

FORGET = (
    "What was in the vault's own backups or git history is still there: docs/recognition.md tells how it goes as well."
)


@click.command(
    epilog="""\b
Examples:
  partners nominations publish N-2027-0003 --outline > story.yml     what to fill in
  partners nominations publish N-2027-0003 --story story.yml --slug food-every-friday \\
      --consent C-2027-0001 --photos photos/ --on 2027-05-03          schedules it
  partners nominations publish N-2027-0003 --dry-run                 on its day: the exact difference
  partners nominations publish --due --branch thanks-in-may          all whose day has come, as a branch
"""
)
@click.argument("number", default="")
@click.option("--outline", "wants_outline", is_flag=True, help="Print a story to fill in.")
@click.option("--story", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The story, as YAML.")
@click.option("--slug", default="", help="The story's address.")
@click.option("--consent", default="", help="The number of the consent to tell the story.")
@click.option("--photos", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Where its photos are.")
@click.option("--on", "day", type=DAY, help="The first day on which it is shown.")
@click.option("--due", is_flag=True, help="Every scheduled story whose day has come.")
@click.option("--branch", "name", default="", help="Commit to a new branch instead of writing the files.")
@with_vault()
@dry_run
def publish(
    access: Access,
    number: str,
    wants_outline: bool,
    story: Path | None,
    slug: str,
    consent: str,
    photos: Path | None,
    day: datetime | None,
    due: bool,
    name: str,
    dry_run: bool,
) -> None:
    """Schedule a story with --story; without it, write a story whose day has come. The difference is always shown.

    Only a list of allowed fields becomes public. Every gate is asked again on the day. For coordinators.
    """
    if bool(number) == due:
        raise click.UsageError("give the NUMBER of a nomination, or --due")
    if story is None and (slug or consent or photos or day):
        raise click.UsageError("--slug, --consent, --photos and --on are for scheduling; give --story FILE as well")
    if wants_outline:
        season = reading(access)
        click.echo(text_of(outline(season, season.nomination(number))), nl=False)
        return
    with working(access) as season:
        if story is not None:
            _schedule(access, season, number, story, slug, consent, photos, day, dry_run)
            return
        numbers = _due(season) if due else (number,)
        changes = [release(season, access.schemas, each, by=access.by) for each in numbers]
        _release(access, season, changes, name or "", "recognition: thank a partner", is_dry=dry_run)


def _due(season: Season) -> tuple[str, ...]:
    """The scheduled nominations whose day has come."""
    found = ((n, each) for n, each in season.nominations.items() if each.state == "scheduled")
    return tuple(sorted(n for n, each in found if each.publish_on and each.publish_on <= season.today))


def _schedule(
    access: Access,
    season: Season,
    number: str,
    story: Path,
    slug: str,
    consent: str,
    photos: Path | None,
    day: datetime | None,
    is_dry: bool,
) -> None:
    document, problems = read(story, relative=story.name)
    if document is None:
        raise SetupError(f"{story.name}:{problems[0].at.line}: {problems[0].message}")
    change, draft = schedule(
        season,
        access.schemas,
        number,
        by=access.by,
        slug=slug or story.stem,
        given=document.data,
        consent=consent,
        day=day.date() if day else None,
        photos=photos,
    )
    files: dict[str, bytes | None] = {f"recognition/{draft.address}.yml": text_of(draft.story).encode()}
    lines = list(difference(access.project.root, Public(files=files)))
    done(access, season, change, is_dry=is_dry, difference=lines, photos=sorted(draft.pictures))


def _release(
    access: Access, season: Season, changes: list[tuple[Change, Public]], name: str, subject: str, *, is_dry: bool
) -> None:
    """Show the difference, write the public files or a branch, then the ledger."""
    together = Public(files={path: content for _, public in changes for path, content in public.files.items()})
    root = access.project.root
    lines = list(difference(root, together))
    if access.form == "text":
        for line in lines:
            click.echo(_painted(line), color=wants_colour())
    told: dict[str, Any] = {}
    if not is_dry and together.files:
        told = {"branch": branch(root, together, name, subject)} if name else {"files": list(write(root, together))}
    for change, _ in changes:
        season = kept(season, change, is_dry=is_dry)
    steps = [{"act": change.act, "of": change.of, "state": change.state} for change, _ in changes]
    if access.form == "json":
        head = {} if is_dry else {"head": season.vault.ledger.short_head}
        say_json({"done": not is_dry, "changes": steps, "difference": lines, **told, **head})
        return
    _say(steps, told, name, is_dry=is_dry)


def _say(steps: list[dict[str, str]], told: dict[str, Any], name: str, *, is_dry: bool) -> None:
    """What was written into vault and public tree, and what to do with it."""
    for step in steps:
        click.echo(f"{step['of']}: {step['act']}{' would make it ' if is_dry else ', now '}{step['state']}")
    if not steps:
        click.echo("Nothing is due.")
    if is_dry:
        click.echo("Nothing was written.")
    elif "branch" in told:
        click.echo(f"The branch {name} is ready. Open a pull request with: git push origin {name}")
    elif told.get("files"):
        click.echo(f"Written: {', '.join(told['files'])}. The next build of the site shows it; propose it as usual.")


def _painted(line: str) -> str:
    colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
    return click.style(line, fg=colour) if colour and wants_colour() else line


@click.command(
    epilog="""\b
Examples:
  partners nominations withdraw N-2027-0003 --reason "The family asked us to."
  partners nominations withdraw N-2027-0003 --reason "The family asked us to." --branch take-back
"""
)
@click.argument("number")
@click.option("--reason", default="", help="Why; it stays in the vault.")
@click.option("--unmerged", is_flag=True, help="Its branch was given up, and it is in no tree.")
@click.option("--branch", "name", default="", help="Commit to a new branch instead of writing the files.")
@with_vault()
@dry_run
def withdraw(access: Access, number: str, reason: str, unmerged: bool, name: str, dry_run: bool) -> None:
    """Take a story back: words, photos and translations leave the public tree, and its page says so from then on.

    The public history of git keeps what was published once; no command can change that.
    """
    with working(access) as season:
        root = access.project.root
        change = withdrawn(season, root, number, by=access.by, reason=reason, unmerged=unmerged)
        _release(access, season, [change], name, "recognition: take a story back", is_dry=dry_run)


@click.command(
    epilog="""\b
Examples:
  partners nominations expire --dry-run
  partners nominations expire --branch ended-consents
"""
)
@click.option("--branch", "name", default="", help="Commit to a new branch instead of writing the files.")
@with_vault()
@dry_run
def expire(access: Access, name: str, dry_run: bool) -> None:
    """End every story for which no consent holds any more, and anonymise what was kept as long as the rules allow.

    A story ends as well when any consent that its file names was taken back: that of a quote or a photo, too. Take the
    quote or photo out of the public file first where the rest may stay.
    """
    with working(access) as season:
        published = [n for n, each in season.nominations.items() if each.is_public]
        numbers = [n for n in sorted(published) if over(season, season.nomination(n))]
        ends = [ended(season, access.project.root, number, by=access.by) for number in numbers]
        old = [number for number, each in sorted(season.nominations.items()) if is_due(season, each)]
        why = f"kept as long as the rules allow, until {access.today}"
        forgotten = [(anonymised(season, number, by=access.by, reason=why), Public()) for number in old]
        _release(access, season, [*ends, *forgotten], name, "recognition: end stories without consent", is_dry=dry_run)
        if forgotten and access.form == "text":
            click.echo(FORGET)


@click.command(
    epilog="""\b
Examples:
  partners nominations anonymise N-2027-0003 --reason "The sender asked for it."
"""
)
@click.argument("number")
@click.option("--reason", default="", help="Why; it is asked for, and not kept.")
@with_vault()
@dry_run
def anonymise(access: Access, number: str, reason: str, dry_run: bool) -> None:
    """Delete everything personal of a nomination: answers, names, reviews, reasons, consents, a story that waits."""
    with working(access) as season:
        change = anonymised(season, number, by=access.by, reason=reason)
        done(access, season, change, is_dry=dry_run, advice=FORGET)
