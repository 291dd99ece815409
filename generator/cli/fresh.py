"""`partners fresh`: which records want a new look, and whom to ask."""

import csv
import io
import json
from collections.abc import Iterator, Sequence

import click

from generator.check import directory_in
from generator.cli.checked import checked_project
from generator.cli.options import district_root, printed, wants_colour
from generator.fresh.due import Due, due_of
from generator.records.folders import Project

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


@click.command(
    epilog="""\b
Examples:
  partners fresh
  partners fresh --format csv > due.csv
  partners fresh --format issues        one issue on each line, as JSON, with its prefilled address and an e-mail

Exit codes: 0 told, 2 wrong use.
"""
)
@district_root
@printed("For people, for a spreadsheet, for machines, or as issues and e-mails to write.", "csv", "json", "issues")
def fresh(project: Project, form: str) -> None:
    """List the partners whose records are due: not confirmed since the school year began, or in the summer before it.

    A partner with a public e-mail address is asked itself, others are looked at by staff. partners verify records the
    answer.
    """
    checked = checked_project(project)
    directory = directory_in(checked)
    found = due_of(directory, checked.loaded.today)
    if form == "text":
        click.echo("\n".join(as_text(found, len(directory.partners))), color=wants_colour())
    elif form == "csv":
        click.echo(as_csv(rows(found)), nl=False)
    elif form == "json":
        click.echo(json.dumps(list(rows(found)), indent=2))
    else:
        from generator.compare.values import english
        from generator.fresh.letters import letter

        locale = english(checked.loaded.vocabularies)
        letters = [letter(each, directory.district, locale) for each in found]
        for each, due in zip(letters, found, strict=True):
            told = {"title": each.title, "body": each.body, "label": each.label}
            click.echo(json.dumps({**told, "slug": due.slug, "url": each.issue_url, "mailto": each.mailto}))


def rows(found: Sequence[Due]) -> Iterator[dict[str, str]]:
    """Every partner that is due, as texts."""
    for each in found:
        yield {
            "slug": each.slug,
            "name": each.name,
            "confirmed": each.confirmed.isoformat() if each.confirmed else "",
            "by": each.by,
            "due": each.due.isoformat() if each.due else "",
            "ask": each.asked,
            "email": each.email,
            "in_results": "no" if each.is_aged else "yes",
        }


def as_csv(found: Iterator[dict[str, str]]) -> str:
    """A table for a spreadsheet, in which nothing is a formula."""
    told = io.StringIO()
    names = ("slug", "name", "confirmed", "by", "due", "ask", "email", "in_results")
    table = csv.DictWriter(told, names, lineterminator="\r\n")
    table.writeheader()
    for row in found:
        table.writerow({key: f"'{text}" if text.startswith(FORMULA) else text for key, text in row.items()})
    return told.getvalue()


def as_text(found: Sequence[Due], partners: int) -> Iterator[str]:
    """Lines for people."""
    for each in found:
        last = f"last confirmed {each.confirmed} by {each.by}" if each.confirmed else "never confirmed"
        aged = "; out of the results" if each.is_aged else ""
        ask = f"ask {each.email}" if each.email else "staff look"
        yield f"{click.style(each.slug, bold=True) if wants_colour() else each.slug}: {last}{aged}; {ask}"
    yield f"{len(found):,} of {partners:,} partners are due."
    if found:
        yield "When one has answered: partners verify SLUG --by partner"
