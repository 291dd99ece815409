"""`partners intake`: what people send, as records that the loader has judged."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.options import root
from generator.clock import today_in
from generator.folders import Project
from generator.problems import SetupError
from generator.text import visible

if TYPE_CHECKING:
    from generator.issues.propose import Proposal

EVENT_BYTES = 2_000_000


@click.group(
    epilog="""\b
Examples:
  partners intake issue --event "$GITHUB_EVENT_PATH" --out . --reply reply.md
  partners intake issue --body issue.md
  partners intake file river-food-bank.proposal.yml

Exit codes: 0 all is well, 1 there are problems, 2 wrong use.
"""
)
def intake() -> None:
    """Take what people propose, by an issue form or with a file from the site.

    Nothing is published by it: staff review what it writes.
    """


@intake.command(
    epilog="""\b
Examples:
  partners intake issue --event "$GITHUB_EVENT_PATH" --out . --reply reply.md
  partners intake issue --body issue.md

Exit codes: 0 taken (a report of a mistake writes no record), 1 refused, 2 wrong use.
"""
)
@click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The file in which GitHub tells a workflow of the issue. Nothing of it is read but the issue's text.",
)
@click.option(
    "--body", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file with the issue's text."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the record below this folder, at the path it has in the project.  [default: nothing is written]",
)
@click.option(
    "--reply",
    "reply_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the reply for the author into this file.  [default: print it]",
)
@root
def issue(event: Path | None, body: Path | None, out: Path | None, reply_file: Path | None, project: Project) -> None:
    """Turn an issue that was written with a form into a record, or say what is wrong with it, question by question.

    The record passes every check among all others, or it is not written.
    """
    from generator.issues.propose import propose
    from generator.issues.reply import reply

    if (event is None) == (body is None):
        raise click.UsageError("give the issue with --event FILE or with --body FILE, one of the two")
    text = body_of_event(event) if event else text_of(body) if body else ""
    proposal = propose(project, text, today=today_in(project))
    told = reply(proposal)
    if reply_file:
        reply_file.write_text(told, encoding="utf-8", newline="\n")
    else:
        click.echo(told, nl=False)
    finish(proposal, out)


@intake.command(
    epilog="""\b
Examples:
  partners intake file river-food-bank-homework-club.proposal.yml
  partners intake file river-food-bank.yml --out .
  partners intake file partner.yml --slug shams-library --out .

Exit codes: 0 taken, 1 refused, 2 wrong use.
"""
)
@click.argument("proposal_file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the record below this folder, at the path it has in the project.  [default: nothing is written]",
)
@click.option(
    "--slug",
    default="",
    help="The address of a new partner or program whose name has no letters from a to z.  [default: made of the name]",
)
@root
def file(proposal_file: Path, out: Path | None, slug: str, project: Project) -> None:
    """Take a file that somebody made with a form of the site: a new partner, a new program, or changes to a record.

    The record passes every check among all others, or it is not written. Its comments and its order stay.
    """
    from generator.issues.filed import propose_file

    proposal = propose_file(project, proposal_file.name, text_of(proposal_file), today=today_in(project), slug=slug)
    for each in proposal.complaints:
        click.echo(" ".join(filter(None, (visible(each.message), visible(each.hint)))))
    finish(proposal, out)


def finish(proposal: "Proposal", out: Path | None) -> NoReturn:
    """Write what is proposed where it was asked for, say so, and end."""
    if proposal.text and out:
        from generator.intake.write import write

        write(out, {proposal.path: proposal.text})
    click.echo(
        f"{proposal.path}: {'written' if out else 'passes every check'}" if proposal.text else "No record.", err=True
    )
    sys.exit(1 if proposal.complaints else 0)


def text_of(file: Path) -> str:
    """The text of a file; SetupError when it is none."""
    try:
        if file.stat().st_size > EVENT_BYTES:
            raise SetupError(f"{file} is larger than any issue")
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise SetupError(f"{file}: this is no text in UTF-8") from error


def body_of_event(file: Path) -> str:
    """The text of the issue that an event of GitHub tells of; SetupError when it tells of none."""
    try:
        told = json.loads(text_of(file))
    except (ValueError, RecursionError) as error:
        raise SetupError(f"{file}: this is no event of GitHub: it is not JSON") from error
    issue_told = told.get("issue") if isinstance(told, dict) else None
    if not isinstance(issue_told, dict):
        raise SetupError(f"{file}: this event tells of no issue")
    body = issue_told.get("body")
    return body if isinstance(body, str) else ""
