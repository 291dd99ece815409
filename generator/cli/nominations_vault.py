"""Commands that begin a vault, fill it, and look into it."""

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from generator.cli.options import root
from generator.cli.vaults import (
    Access,
    dry_run,
    reading,
    say_json,
    vault_option,
    with_vault,
)
from generator.clock import moment
from generator.nominations.model import STATES
from generator.nominations.season import unknown_ties
from generator.records.folders import Project
from generator.report import safe
from generator.schema import load_schemas
from generator.vault.settings import SETTINGS
from generator.vault.storage import Change, changing, commit, create, settings_digest


@click.command(
    epilog="""\b
Examples:
  partners nominations init --vault /private/vault --as alex --name "Alex Rivera" --email alex@district.example.org
  partners nominations init --vault /private/vault --as alex --name "Alex Rivera" --seal-to age1...
"""
)
@vault_option
@click.option("--as", "by", required=True, envvar="PARTNERS_STAFF", help="The short name of the first coordinator.")
@click.option("--name", required=True, help="The coordinator's name.")
@click.option("--email", default="", help="The coordinator's e-mail address.")
@click.option("--seal-to", "recipients", multiple=True, help="Public key (age) of who can open the files; repeatable.")
@root
def init(vault: Path, by: str, name: str, email: str, recipients: tuple[str, ...], project: Project) -> None:
    """Begin a vault in a new folder outside the public tree, readable by you only.

    Others of the staff are added in its vault.yml by hand; then: partners nominations settings. Without --seal-to the
    files are plain, and the folder should lie on an encrypted disk.
    """
    person: dict[str, Any] = {"id": by, "name": name, **({"email": email} if email else {}), "roles": ["coordinator"]}
    settings = {"staff": [person], **({"recipients": list(recipients)} if recipients else {})}
    made = create(vault, settings, by, moment(), root=project.root, schemas=load_schemas(project.schema))
    click.echo(f"{made.folder} is a vault now. Add reviewers and a chair to its {SETTINGS}, then run:")
    click.echo("  partners nominations settings")


@click.command(
    epilog="""\b
Examples:
  partners nominations settings
  partners nominations settings --dry-run
"""
)
@with_vault()
@dry_run
def settings(access: Access, dry_run: bool) -> None:
    """Put a change of vault.yml on record: who works here, in which roles, and with whom they are affiliated."""
    way: dict[str, Any] = {"root": access.project.root, "schemas": access.schemas, "identity": access.identity}
    with changing(access.folder, access.by, **way) as vault:
        vault.settings.person(access.by)
        if vault.ledger.digests.get(SETTINGS) != settings_digest(vault) and not dry_run:
            noted = {SETTINGS: settings_digest(vault)}
            commit(vault, Change(act="settings", by=access.by, of="vault", noted=noted), moment())
    if access.form == "json":
        staff = [msgspec.to_builtins(each) for each in vault.settings.staff]
        say_json({"done": not dry_run, "staff": staff})
        return
    for each in vault.settings.staff:
        with_whom = f"; with {', '.join(each.affiliations)}" if each.affiliations else ""
        left = " (has left)" if each.left else ""
        click.echo(safe(f"{each.id}: {each.name}, {', '.join(each.roles)}{with_whom}{left}"))
    for sentence in unknown_ties(reading(access)) if not dry_run else ():
        click.echo(f"{click.style('notice:', fg='yellow')} {safe(sentence)}", err=True)
    if dry_run:
        click.echo("Nothing was written.")


@click.command(
    "list",
    epilog="""\b
Examples:
  partners nominations list
  partners nominations list --mine
  partners nominations list --state in-review --format json
""",
)
@click.option("--mine", is_flag=True, help="Only what waits for you.")
@click.option("--state", type=click.Choice(tuple(STATES)), default=None, help="Only those in a state.")
@with_vault()
def list_(access: Access, mine: bool, state: str | None) -> None:
    """List the nominations with their states and what comes next; no names of senders, and no scores."""
    from generator.nominations.view import queue, row, rows

    season = reading(access)
    person = season.person(access.by)
    found = [row(season, each) for each in queue(season, person)] if mine else list(rows(season))
    found = [each for each in found if state in (None, each["state"])]
    if access.form == "json":
        say_json({"nominations": found})
        return
    for each in found:
        reviews = f"{each['reviews']}/{each['reviews_needed']}"
        whom = ", ".join(each["partners"]) or "(partner not said)"
        days = (access.today - date.fromisoformat(each["received"])).days
        click.echo(
            safe(f"{each['number']}  {each['state']:<16} {days:>4} days  {reviews:<4} {whom}  {each['next']}".rstrip())
        )
    click.echo(f"{len(found)} of {len(season.nominations)} nominations.")


@click.command(
    epilog="""\b
Examples:
  partners nominations show N-2027-0003
  partners nominations show N-2027-0003 --rubric
"""
)
@click.argument("number")
@click.option("--rubric", "with_rubric", is_flag=True, help="Show the criteria with their anchors as well.")
@with_vault()
def show(access: Access, number: str, with_rubric: bool) -> None:
    """Show one nomination. Scores of others are shown when all are in; who sent it, to coordinators and the chair."""
    from generator.nominations.view import rubric, whole

    season = reading(access)
    told = whole(season, season.nomination(number), season.person(access.by))
    if with_rubric:
        told["rubric"] = rubric(season)
    if access.form == "json":
        say_json({"nomination": told})
        return
    for line in lines_of(told):
        click.echo(line)


def lines_of(value: Any, indent: str = "") -> list[str]:
    """Data as indented lines for a terminal, on which nothing that strangers wrote can act."""
    if isinstance(value, dict):
        found = []
        for key, each in value.items():
            if isinstance(each, dict | list | tuple) and each:
                found += [f"{indent}{safe(str(key))}:", *lines_of(each, indent + "  ")]
            elif each not in ("", [], {}, None):
                found += _paragraph(f"{indent}{safe(str(key))}: ", _said(each), indent + "  ")
        return found
    if isinstance(value, list | tuple):
        return [line for each in value for line in (*lines_of(each, indent + "  "), "")][:-1]
    return _paragraph(indent, _said(value), indent)


def _said(value: Any) -> str:
    """A value in words; spaces that only keep words together are spaces."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def _paragraph(lead: str, text: str, indent: str) -> list[str]:
    """A text of one or several lines behind its lead."""
    first, *others = text.split("\n")
    return [lead + safe(first), *(indent + safe(line) for line in others)]
