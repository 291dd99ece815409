"""`partners translate export` and `import`: work out to translators' tools, and back."""

import sys
from pathlib import Path
from shlex import quote

import click

from generator.cli.checked import checked_project
from generator.cli.options import root, text_or_json
from generator.clock import today_in
from generator.records.folders import Project
from generator.records.load import Loaded
from generator.text import numbered


@click.command(
    epilog="""\b
Examples:
  partners translate export es                      to-translate-es.po: what is missing or stale
  partners translate export so --csv --out work.csv
  partners translate export vi --xliff --state machine   for a native reader to review
  partners translate export am --store records --limit 50

In a PO file, what is stale or a machine's is fuzzy: take the mark away when the words are right.
"""
)
@click.argument("language")
@click.option("--po", "form", flag_value="po", default="po", help="For Poedit, Weblate and the like.  [default]")
@click.option("--csv", "form", flag_value="csv", help="For spreadsheets.")
@click.option("--xliff", "form", flag_value="xliff", help="For the tools of agencies (XLIFF 1.2).")
@click.option(
    "--state",
    "states",
    multiple=True,
    type=click.Choice(["missing", "stale", "machine", "reviewed", "human"]),
    help="Only texts in this state; may be given several times.  [default: missing and stale]",
)
@click.option(
    "--store",
    "stores",
    multiple=True,
    type=click.Choice(["interface", "records", "pages"]),
    help="Only texts of this kind; may be given several times.  [default: all]",
)
@click.option("--limit", type=click.IntRange(1), help="At most so many texts.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help='The file to write; "-" is the terminal.')
@root
def export(
    language: str,
    form: str,
    states: tuple[str, ...],
    stores: tuple[str, ...],
    limit: int | None,
    out: Path | None,
    project: Project,
) -> None:
    """Write what is missing or stale into a file for translators, with context, limits and the glossary's terms."""
    from generator.translate import files
    from generator.translate.former import former_english
    from generator.translate.glossary import read_glossary
    from generator.translate.row import Sheet
    from generator.translate.start import GLOSSARY
    from generator.translate.work import OPEN, all_work, script_of

    loaded = checked_project(project).loaded
    script_of(loaded, language)
    work = [
        each
        for each in all_work(loaded, language)
        if each.state in (states or OPEN) and (not stores or each.store in stores)
    ][:limit]
    if not work:
        click.echo(f"Nothing to do: no text is {' or '.join(states or OPEN)} in {language}.", err=True)
        return
    sheet = Sheet(
        language=language,
        on=today_in(project).isoformat(),
        work=tuple(work),
        glossary=read_glossary(project.root / GLOSSARY, language),
        former=former_english(project.root, work),
    )
    content = files.write(sheet, form)
    path = out or Path(f"to-translate-{language}.{'xlf' if form == 'xliff' else form}")
    if str(path) == "-":
        click.echo(content, nl=False)
        return
    path.write_bytes(content)
    words = sum(each.size for each in work)
    told = f"{numbered(len(work), 'text')}, {numbered(words, 'word')}"
    click.echo(f"{path}: {told}. Bring it back with: partners translate import {quote(str(path))}")


@click.command(
    "import",
    epilog="""\b
Examples:
  partners translate import to-translate-es.po --dry-run
  partners translate import from-the-agency.xlf --by human
  partners translate import words.csv --language so

Each row is taken or refused by itself; exit code 1 says that some were refused.
""",
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="", help="The language, where the file does not tell it.")
@click.option(
    "--by",
    type=click.Choice(["human", "reviewed", "machine"]),
    help="Whose the words are.  [default: reviewed where a machine's words were there before, else human]",
)
@click.option("--replace", is_flag=True, help="Let them take the place of what people wrote for the same English.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and write nothing.")
@text_or_json
@root
def import_(
    file: Path, language: str, by: str | None, replace: bool, dry_run: bool, form: str, project: Project
) -> None:
    """Take a translated FILE (PO, CSV or XLIFF) into translations/.

    Refused, with the reason, is what lost a number, link, telephone number, placeholder or markup, what is in another
    script or far too long, what the loader would refuse, and what would replace newer words of a person. Comments and
    the order of the files stay.
    """
    from generator.translate import files, outcome
    from generator.translate.accept import Terms, accept
    from generator.translate.judge import judge
    from generator.translate.keep import keep
    from generator.translate.work import all_work, script_of

    told, rows = files.read(file)
    loaded = checked_project(project).loaded
    language = language_of(file, told, language, loaded)
    terms = Terms(
        script=script_of(loaded, language),
        by=by or "",
        on=today_in(project),
        may_replace=replace,
        judge=judge(loaded.project),
    )
    accepted = accept(rows, {work.key: work for work in all_work(loaded, language)}, terms)
    written = () if dry_run else keep(project.root, accepted.taken)
    told_of = outcome.as_data(accepted, written) if form == "json" else outcome.as_text(accepted, str(file), written)
    click.echo(told_of)
    if dry_run and form == "text":
        click.echo("Nothing was written.")
    sys.exit(1 if accepted.counts["refused"] else 0)


def language_of(file: Path, told: str, wanted: str, loaded: Loaded) -> str:
    """The language of a file: what it tells, or what was asked for, where its own code (es-MX) is none of ours."""
    known = loaded.vocabularies["languages"].by_id
    if not wanted and told not in known:
        what = (
            f'is in "{told}", which is not in schema/vocabularies/languages.yml'
            if told
            else "does not tell its language"
        )
        raise click.UsageError(f"{file} {what}; give its language with --language")
    if wanted and told in known and told not in (wanted, wanted.partition("-")[0]):
        raise click.UsageError(f"{file} is in {told}, not in {wanted}")
    return wanted or told
