"""`partners translate`: work for translators, out to their tools and back."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from generator.check import Checked
from generator.check import check as check_project
from generator.cli.check import covers
from generator.cli.options import root, wants_colour
from generator.clock import today_in
from generator.folders import TRANSLATION, Project
from generator.load import Loaded
from generator.problems import Problem, has_errors

FORMATS = ("po", "csv", "xliff")
ENDINGS = {".po": "po", ".csv": "csv", ".xlf": "xliff", ".xliff": "xliff"}
language_option = click.option("--language", default="", help="Only this language, such as es.")
form_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people or machines.",
)


@click.group(
    epilog="""\b
Examples:
  partners translate status
  partners translate export es --po
  partners translate import to-translate-es.po
  partners translate check --language es
  partners translate start fr

Exit codes: 0 all is well, 1 there are problems, 2 wrong use.
"""
)
def translate() -> None:
    """Bring texts to translators and back, be it Poedit, Weblate, an agency or a spreadsheet.

    The files in git stay the truth.
    """


@translate.command(
    epilog="""\b
Examples:
  partners translate status
  partners translate status --language so
  partners translate status --format json > status.json
"""
)
@root
@language_option
@form_option
def status(project: Project, language: str, form: str) -> None:
    """Say how many texts are human, reviewed, machine, stale and missing, in each language.

    Human words come from a person who speaks the language; reviewed ones from a machine, and a native reader has
    checked them. Stale ones stand for an English that has changed since. "Words to do" are English words of what is
    missing or stale.
    """
    from generator.translate.status import as_data, as_text
    from generator.translate.status import status as statuses
    from generator.translate.work import all_work

    loaded = checked_project(project).loaded
    found = [each for code in chosen(loaded, language) for each in statuses(code, all_work(loaded, code))]
    if form == "json":
        click.echo(json.dumps([as_data(each) for each in found], indent=2))
    else:
        known = loaded.vocabularies["languages"].by_id
        click.echo(as_text(found, {each.language: known[each.language].label for each in found}))


@translate.command(
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
    from generator.translate.former import former_english
    from generator.translate.glossary import read_glossary
    from generator.translate.row import Sheet
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
        glossary=read_glossary(project.root / "translations/GLOSSARY.md", language),
        former=former_english(project.root, work, {file.address: file.path for file in loaded.files}),
    )
    content = written(sheet, form)
    path = out or Path(f"to-translate-{language}.{'xlf' if form == 'xliff' else form}")
    if str(path) == "-":
        click.echo(content, nl=False)
        return
    path.write_bytes(content)
    words = sum(each.size for each in work)
    click.echo(f"{path}: {len(work):,} texts, {words:,} words. Bring it back with: partners translate import {path}")


def written(sheet: Any, form: str) -> bytes:
    """A sheet in one of the formats."""
    from generator.translate import po, table, xliff

    writers = {"po": po.write, "csv": table.write, "xliff": xliff.write}
    return writers[form](sheet)


@translate.command(
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
@form_option
@root
def import_(
    file: Path, language: str, by: str | None, replace: bool, dry_run: bool, form: str, project: Project
) -> None:
    """Take a translated FILE (PO, CSV or XLIFF) into translations/.

    Refused, with the reason, is what lost a number, link, telephone number, placeholder or markup, what is in another
    script or far too long, what the loader would refuse, and what would replace newer words of a person. Comments and
    the order of the files stay.
    """
    from generator.translate.accept import Terms, accept
    from generator.translate.keep import keep
    from generator.translate.work import all_work, script_of

    told, rows = read_file(file)
    if told and language and told != language:
        raise click.UsageError(f"{file} is in {told}, not in {language}")
    language = language or told
    if not language:
        raise click.UsageError(f"{file} does not tell its language; give it with --language")
    loaded = checked_project(project).loaded
    today = today_in(project)
    terms = Terms(
        script=script_of(loaded, language), by=by or "", on=today, may_replace=replace, judge=judge(loaded.project)
    )
    known = {work.key: work for work in all_work(loaded, language)}
    accepted = accept(rows, known, terms)
    files = () if dry_run else keep(project.root, accepted.taken)
    click.echo(told_of(accepted, file, files, dry_run=dry_run, form=form), nl=False)
    sys.exit(1 if accepted.counts["refused"] else 0)


def read_file(file: Path) -> tuple[str, tuple[Any, ...]]:
    """The language and the rows of a file, by its ending."""
    from generator.translate import po, table, xliff

    readers = {"po": po.read, "csv": table.read, "xliff": xliff.read}
    form = ENDINGS.get(file.suffix.lower())
    if form is None:
        raise click.UsageError(f"{file}: this is none of {', '.join(ENDINGS)}")
    return readers[form](file.read_bytes(), str(file))


def judge(project: Project) -> Callable[[str], tuple[Problem, ...]]:
    """The loader's opinion of a sidecar's text."""
    from generator.rules import inspect
    from generator.schema import load_schemas
    from generator.source import parse

    schemas = load_schemas(project.schema)

    def judged(text: str) -> tuple[Problem, ...]:
        document, problems = parse(text, relative="translations/sidecar.yml")
        if document is None:
            return problems
        problems = schemas.check(TRANSLATION, document, schemas.coerce(TRANSLATION, document.data))
        return problems if has_errors(problems) else (*problems, *inspect(TRANSLATION, document, None))

    return judged


OUTCOMES = {
    "taken": "taken",
    "old": "taken, but for an English that has changed since",
    "same": "as they were",
    "empty": "empty",
    "unsure": "still marked as not finished",
    "refused": "refused",
}


def told_of(accepted: Any, file: Path, files: tuple[str, ...], *, dry_run: bool, form: str) -> str:
    """What became of each row."""
    if form == "json":
        rows = [
            {"line": v.row.line, "key": v.row.key, "outcome": v.outcome, "why": v.why, "hint": v.hint}
            for v in accepted.verdicts
        ]
        return json.dumps({"rows": rows, "counts": dict(accepted.counts), "files": list(files)}, indent=2) + "\n"
    colour = wants_colour()
    lines = []
    for verdict in accepted.verdicts:
        if verdict.outcome == "refused":
            where = f"{file}:{verdict.row.line}" if verdict.row.line else str(file)
            head = click.style("refused", fg="red") if colour else "refused"
            lines.append(f"{where}: {head}: {verdict.row.key or 'a text without a key'}: {verdict.why}")
            lines += [f"    {verdict.hint}"] if verdict.hint else []
    counts = accepted.counts
    told = [f"{counts[outcome]:,} {words}" for outcome, words in OUTCOMES.items() if counts[outcome]]
    lines.append(f"{len(accepted.verdicts):,} texts: {', '.join(told) or 'none'}.")
    if dry_run:
        lines.append("Nothing was written.")
    elif files:
        lines.append(f"{len(files):,} files written: {', '.join(files[:5])}{' …' if len(files) > 5 else ''}")
    return "\n".join(lines) + "\n"


@translate.command(
    epilog="""\b
Examples:
  partners translate check
  partners translate check --language am
"""
)
@root
@language_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="For people, as annotations of a workflow run, or for machines.",
)
def check(project: Project, language: str, form: str) -> None:
    """Say what is wrong in translations: what partners check says, and the interface's words message by message."""
    from generator.report import report
    from generator.translate.catalogues import problems_of_catalogue

    checked = checked_project(project)
    codes = chosen(checked.loaded, language)
    folders = [f"translations/{code}" for code in codes]
    problems = [p for p in checked.problems if any(covers(folder, p) for folder in folders)]
    problems += [p for code in codes for p in problems_of_catalogue(checked.loaded, code)]
    files = [f for f in checked.loaded.files if f.kind == TRANSLATION and f.path.split("/")[1] in codes]
    colour = form == "text" and wants_colour()
    click.echo(report(tuple(problems), form, colour=colour, records=len(files)), nl=False, color=colour)
    sys.exit(1 if has_errors(problems) else 0)


@translate.command(
    epilog="""\b
Examples:
  partners translate start fr
  partners translate start zh-Hans
"""
)
@click.argument("language")
@root
def start(language: str, project: Project) -> None:
    """Begin a LANGUAGE: an empty catalogue of the site's words, empty lists for search, a table in the glossary."""
    from generator.translate.keep import put
    from generator.translate.start import plan
    from generator.vocabulary import load_vocabularies

    term = load_vocabularies(project.schema / "vocabularies")["languages"].get(language)
    if term is None or language == "en":
        raise click.UsageError(
            f'there is no language "{language}" in schema/vocabularies/languages.yml; add it there first'
        )
    files = plan(project.root, term)
    for path, content in files.items():
        (project.root / path).parent.mkdir(parents=True, exist_ok=True)
        put(project.root / path, content)
        click.echo(f"{path}: written")
    if not files:
        click.echo(f"Everything that {language} begins with is there already.")
    click.echo(f"Next: docs/translators.md, and partners translate export {language}")


def checked_project(project: Project) -> Checked:
    """The project's records, checked, with what earlier checks knew."""
    checked = check_project(project, today=today_in(project), cache_folder=project.root / ".cache")
    if checked.notice:
        click.echo(checked.notice, err=True)
    return checked


def chosen(loaded: Loaded, language: str) -> tuple[str, ...]:
    """The language that was asked for, or all that the district has or somebody has begun."""
    from generator.translate.work import languages_of, script_of

    if language:
        script_of(loaded, language)
        return (language,)
    return languages_of(loaded, loaded.project.root)
