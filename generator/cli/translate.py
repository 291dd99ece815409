"""`partners translate`: work for translators, out to their tools and back."""

import json
import sys

import click

from generator.cli.check import covers
from generator.cli.checked import checked_project
from generator.cli.exchange import export, import_
from generator.cli.options import printed, root, text_or_json, wants_colour
from generator.problems import has_errors
from generator.records.folders import TRANSLATION, Project
from generator.records.load import Loaded

ENGLISH = "en"
language_option = click.option("--language", default="", help="Only this language, such as es.")


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


translate.add_command(export)
translate.add_command(import_)


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
@text_or_json
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
  partners translate check
  partners translate check --language am
"""
)
@root
@language_option
@printed("For people, as annotations of a workflow run, or for machines.", "github", "json")
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
    from generator.source.whole import write_whole
    from generator.translate.start import plan
    from generator.translate.work import owns_words
    from generator.vocabulary import load_vocabularies

    term = load_vocabularies(project.schema / "vocabularies")["languages"].get(language)
    if term is None or language == ENGLISH:
        raise click.UsageError(f'"{language}" is none of the other languages in schema/vocabularies/languages.yml')
    files = plan(project.root, term) if owns_words(project) else {}
    for path, content in files.items():
        write_whole(project.root / path, content)
        click.echo(f"{path}: written")
    if not owns_words(project):
        click.echo(f"The site's own words are the software's: begin {language} in the folder of the software.")
    elif not files:
        click.echo(f"Everything that {language} begins with is there already.")
    click.echo(f"Next: docs/translators.md, and partners translate export {language}")


def chosen(loaded: Loaded, language: str) -> tuple[str, ...]:
    """The language that was asked for, or all that the district has or somebody has begun."""
    from generator.translate.work import languages_of, script_of

    if language:
        script_of(loaded, language)
        return (language,)
    return languages_of(loaded, loaded.project.root)
