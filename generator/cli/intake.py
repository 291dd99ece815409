"""`partners intake`: what people send, as records that the loader has judged."""

import json
import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.options import district_root
from generator.clock import today_in
from generator.problems import SetupError
from generator.records.folders import Project
from generator.text import visible

if TYPE_CHECKING:
    from generator.issues.propose import Proposal

WRITTEN = "written. Read in words what changes:  partners diff HEAD"
PASSED = "passes every check. Nothing was written; --out . writes it."
LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands where a letter was that could not be read."""
EVENT_BYTES = 2_000_000

out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write the record below this folder, at the path it has in the project.  [default: nothing is written]",
)


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
@out_option
@click.option(
    "--reply",
    "reply_file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the reply for the author into this file.  [default: print it]",
)
@district_root
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
  partners intake file letter.eml
  partners intake file partner.yml --slug shams-library --out .

Exit codes: 0 taken, 1 refused, 2 wrong use.
"""
)
@click.argument("proposal_file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@out_option
@click.option(
    "--slug",
    default="",
    help="The address of a new partner or program whose name has no letters from a to z.  [default: made of the name]",
)
@district_root
def file(proposal_file: Path, out: Path | None, slug: str, project: Project) -> None:
    """Take a file that somebody made with a form of the site: a new partner, a new program, or changes to a record.

    An e-mail that has it in its text or attached can be taken as it was saved (.eml, .txt); the rest of it is not read.

    The record passes every check among all others, or it is not written. Its comments and its order stay.
    """
    from generator.issues.filed import propose_file
    from generator.issues.mailed import LETTERS

    is_letter = proposal_file.suffix.lower() in LETTERS
    content = form_in(proposal_file) if is_letter else bytes_of(proposal_file).removeprefix(BOM_UTF8)
    proposal = propose_file(project, proposal_file.name, content, today=today_in(project), slug=slug)
    for each in proposal.complaints:
        click.echo("\n    ".join(filter(None, (visible(each.message), visible(each.hint)))))
    for note in proposal.notes:
        click.echo(note)
    finish(proposal, out)


def form_in(file: Path) -> str | bytes:
    """What a form of the site has written into an e-mail, and say so; SetupError when there is nothing of it."""
    from generator.issues.mailed import found_in

    found = found_in(bytes_of(file))
    if found is None:
        raise SetupError(
            f"{file}: this e-mail holds nothing of a form, neither in its plain text nor as an attached .yml file"
        )
    if isinstance(found.text, bytes):
        click.echo(f"{file}: its attached file {visible(found.file)} is the form's; the rest was not read", err=True)
        return found.text.removeprefix(BOM_UTF8)
    if LOST in found.text:
        raise SetupError(f"{file}: letters are lost in it ({LOST}); save the e-mail as .eml, or its text as UTF-8")
    lines = f"lines {found.first} to {found.last} of its text are"
    click.echo(f"{file}: {lines} the form's; the rest was not read", err=True)
    if found.joined:
        click.echo(f"{file}: lines that were broken on the way and are whole again: {found.joined}", err=True)
    return "\n" * (found.first - 1) + found.text  # so that what is wrong has the e-mail's line


def finish(proposal: "Proposal", out: Path | None) -> NoReturn:
    """Write what is proposed where it was asked for, say so, and end."""
    if proposal.text and out:
        from generator.intake.write import write

        write(out, {proposal.path: proposal.text})
    click.echo(f"{proposal.path}: {WRITTEN if out else PASSED}" if proposal.text else "No record.", err=True)
    sys.exit(1 if proposal.complaints else 0)


def bytes_of(file: Path) -> bytes:
    """The content of a file; SetupError when it is too large."""
    if file.stat().st_size > EVENT_BYTES:
        raise SetupError(f"{file}: no proposal is as large as this")
    return file.read_bytes()


def text_of(file: Path) -> str:
    """The text of a file; SetupError when it is none."""
    try:
        return bytes_of(file).decode("utf-8")
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
