"""`partners diff`: what changed between two states of the records, in words."""

import sys
from pathlib import Path

import click

from generator.cli.options import printed, root, wants_colour
from generator.records.folders import Project

STYLES = {"added": {"fg": "green"}, "removed": {"fg": "red"}, "strong": {"bold": True}, "weak": {"dim": True}}


@click.command(
    epilog="""\b
Examples:
  partners diff main                 what you changed since main
  partners diff v1.0 HEAD
  partners diff main my-branch --merge-base --format markdown
  partners diff ../before ../after   two folders
  partners diff main --gate --event "$GITHUB_EVENT_PATH"

Exit codes: 0 shown, 1 --gate keeps the change back, 2 wrong use, no such revision.
"""
)
@click.argument("base")
@click.argument("head", default="")
@root
@click.option("--merge-base", is_flag=True, help="From the last commit that both have in common, as pull requests do.")
@printed("For a terminal, for a pull request, or for machines.", "markdown", "json")
@click.option("--gate", is_flag=True, help="Say instead whether the change needs a label of the staff, and has it.")
@click.option(
    "--event",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="With --gate: the file in which GitHub tells of the pull request and its labels.",
)
def diff(base: str, head: str, project: Project, merge_base: bool, form: str, gate: bool, event: Path | None) -> None:
    """Say in words what changed for each record from BASE to HEAD: git revisions, or folders.

    Without HEAD: the folder as it is. Costs, days, dates and codes are said as people say them; of a text, the words
    that changed; of translations, those that are out of date by it. Other revisions are only read, never run.
    """
    from generator.compare.trees import fork_point

    start = fork_point(project.root, base, head) if merge_base else base
    if gate:
        sys.exit(told_gate(project, start, head, event))
    click.echo(told(project, start, head, form), nl=False, color=wants_colour())


def told(project: Project, base: str, head: str, form: str) -> str:
    """All differences in the form that is wanted."""
    from generator.compare.difference import Reader
    from generator.compare.records import compare
    from generator.compare.summary import as_json, as_markdown, as_text
    from generator.compare.trees import trees
    from generator.schema import load_schemas
    from generator.schema.shapes import load_shapes

    reader = Reader(schemas=load_schemas(project.schema), shapes=load_shapes(project.schema))
    with trees(project.root, base, head) as (old, new):
        found = compare(old, new, reader)
        if form == "json":
            return as_json(found, old.name, new.name) + "\n"
        if form == "markdown":
            return as_markdown(found).rstrip("\n") + "\n"
        return "\n".join(as_text(found, paint)) + "\n"


def paint(style: str, text: str) -> str:
    """The text in a style where the terminal can show it."""
    return click.style(text, **STYLES[style]) if text and style in STYLES and wants_colour() else text  # type: ignore[arg-type]


def told_gate(project: Project, base: str, head: str, event: Path | None) -> int:
    """Say what the change needs; the exit code."""
    from generator.compare.gate import labels_of, verdicts
    from generator.compare.trees import changed_paths

    found = verdicts(changed_paths(project.root, base, head), labels_of(event) if event else ())
    for each in found:
        state = "has the label" if each.is_waved_through else "needs a person of the staff to set the label"
        click.echo(f'{each.sentence} It {state} "{each.label}".')
    if not found:
        click.echo("Nothing here needs a label.")
    return 0 if all(each.is_waved_through for each in found) else 1
