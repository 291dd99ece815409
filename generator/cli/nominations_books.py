"""Commands that look whether all is as it should be: in the vault, and that nothing of it is outside."""

import sys
from pathlib import Path

import click
import msgspec

from generator.cli.hints import with_option
from generator.cli.options import root, text_or_json
from generator.cli.vaults import Access, opened, reading, say_json, with_vault
from generator.records.folders import Project
from generator.report import safe
from generator.schema.formats import is_school_year
from generator.text import numbered


@click.command(
    epilog="""\b
Examples:
  partners nominations audit
  partners nominations audit --head 41:3f9c0a7be2d14c55     the ledger still holds what was noted then
  partners nominations audit --repair                      finish what a stopped command had begun
  partners nominations audit --format json

Exit codes: 0 the vault is what its ledger says, 1 it is not, 2 wrong use.
"""
)
@click.option("--head", default="", help="A head that somebody kept: it must still be in the ledger.")
@click.option("--of", "number", default="", help="Only the steps of one nomination.")
@click.option("--repair", is_flag=True, help="Finish what a command that was stopped had begun.")
@with_vault(needs_staff=False)
def audit(access: Access, head: str, number: str, repair: bool) -> None:
    """Print who did what when, and on which grounds; then say whether ledger and files are as they were written.

    Keep the head that it prints somewhere else, in the minutes for example: a chain proves that nothing was changed
    since a head that you know, and nothing about who holds the keys to the folder.
    """
    from generator.nominations.audit import findings, lines, notices
    from generator.vault.owner import alone
    from generator.vault.storage import complete

    with alone(opened(access).folder, "audit"):
        if repair:
            complete(opened(access))
        vault = opened(access)
        found, modes = list(findings(vault, head=head)), list(notices(vault))
        steps = [line for line in lines(vault) if number in ("", line.entry.of)]
    if access.form == "json":
        told = [{**msgspec.to_builtins(line.entry), "grounds": line.grounds} for line in steps]
        say_json({"head": vault.ledger.short_head, "findings": found, "notices": modes, "steps": told})
        sys.exit(1 if found else 0)
    for line in steps:
        entry = line.entry
        state = f" → {entry.state}" if entry.state else ""
        grounds = f": {line.grounds}" if line.grounds else ""
        click.echo(safe(f"{entry.number:>5}  {entry.at}  {entry.by}  {entry.act} {entry.of}{state}{grounds}"))
    for sentence in modes:
        click.echo(safe(f"notice: {sentence}"))
    for sentence in found:
        click.echo(f"{click.style('wrong:', fg='red')} {safe(with_option(sentence))}")
    if found:
        click.echo(f"The vault is not what its ledger says: {numbered(len(found), 'finding')}.")
        sys.exit(1)
    click.echo(f"{numbered(len(vault.ledger.entries), 'change')}, and every file is as the last of them left it.")
    click.echo(f"Head: {vault.ledger.short_head}")


def to_school_year(_: click.Context, __: click.Parameter, given: str) -> str:
    """A school year as it is written everywhere."""
    if given and not is_school_year(given):
        raise click.BadParameter(f'"{given}": write two years that follow each other, such as 2026-27')
    return given


@click.command(
    epilog="""\b
Examples:
  partners nominations report
  partners nominations report --school-year 2026-27 --format json
"""
)
@click.option("--school-year", default="", callback=to_school_year, help="Only one school year.  [default: all]")
@with_vault(needs_staff=False)
def report(access: Access, school_year: str) -> None:
    """Count a season: how many, by school and language, how many recognised, days to a decision. Nothing personal.

    Numbers below 10 are not told.
    """
    from generator.nominations.report import as_lines
    from generator.nominations.report import report as counted

    found = counted(reading(access), school_year)
    if access.form == "json":
        say_json(found)
        return
    for line in as_lines(found):
        click.echo(safe(line))


@click.command(
    epilog="""\b
Examples:
  partners nominations guard
  partners nominations guard --history
  partners nominations guard --history --base origin/main
  partners nominations guard --bait words.txt     words that stand in the vault only, one a line

Exit codes: 0 nothing was found, 1 something was, 2 wrong use.
"""
)
@click.option("--history", is_flag=True, help="Look into everything that git has ever kept here as well.")
@click.option("--base", default="", help="With --history: only what is new since this commit.")
@click.option(
    "--bait", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Words to look for; none is printed."
)
@root
@text_or_json
def guard(history: bool, base: str, bait: Path | None, project: Project, form: str) -> None:
    """Look whether nominations, reviews, consents or a ledger have strayed into the public tree. Needs no vault."""
    from generator.vault.strayed import read_bait, strayed

    words = read_bait(bait) if bait else ()
    found = list(strayed(project.root, history=history or bool(base), base=base, bait=words))
    if form == "json":
        say_json({"found": found})
    else:
        for line in found:
            click.echo(safe(line))
        if found:
            click.echo("It is public already: take it out of the history, and tell those whom it concerns.")
        else:
            click.echo("Nothing of a vault is here.")
    sys.exit(1 if found else 0)
