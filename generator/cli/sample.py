"""`partners sample`: a complete invented district, to try things on."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from shlex import quote

import click

from generator.cli.progress import Tell, progress
from generator.languages import ENGLISH
from generator.records.folders import SOFTWARE
from generator.sample.files import SampleFile, files
from generator.sample.folder import edited, few, is_free, replace
from generator.sample.setting import Setting
from generator.schema.shapes import load_shapes
from generator.vocabulary import Vocabulary, load_vocabularies

DAY = "2026-11-02"
"""The day that the invented district lives in, unless told otherwise: fixed, so that the files are always the same."""
MOST = 100_000
TOLD_EVERY = 50


@click.command(
    epilog="""\b
Examples:
  partners sample riverbend
  partners sample riverbend --partners 1000 --schools 60 --languages en,es,ar
  partners sample /tmp/again --seed 7 --on 2027-03-01

Exit codes: 0 written, 1 the folder could not be written, 2 wrong use.
"""
)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--partners", type=click.IntRange(1, MOST), default=60, show_default=True, help="How many partners.")
@click.option("--schools", type=click.IntRange(1, 2000), default=12, show_default=True, help="How many schools.")
@click.option(
    "--languages", default="en,es,ar", show_default=True, help="Languages of the site, English first, by their codes."
)
@click.option("--seed", type=int, default=1, show_default=True, help="Another number makes another district.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default=DAY,
    show_default=True,
    help="The day that the district lives in: what is past and what is to come.",
)
@click.option(
    "--force",
    is_flag=True,
    help="Write into a folder that holds other files, and lose what somebody edited in an earlier sample.",
)
def sample(folder: Path, partners: int, schools: int, languages: str, seed: int, on: datetime, force: bool) -> None:
    """Write a complete invented district into DIR: partners, schools, stories, translations and all the rest.

    The same numbers always write the same bytes. An earlier sample in DIR is replaced, unless somebody has edited it:
    its edited files are named then, and only --force replaces them. A file that no sample wrote is never touched, not
    even by --force: where the sample has a file of that name, nothing is written.
    """
    if not force and not is_free(folder):
        raise click.UsageError(f"{folder} holds other files. Choose an empty or new folder, or add --force.")
    changed = () if force else edited(folder)
    if changed:
        raise click.UsageError(
            f"somebody has edited files of the sample in {folder}: {few(changed)}. "
            "Choose another folder, or add --force to lose what was edited."
        )
    vocabularies = load_vocabularies(SOFTWARE / "schema/vocabularies")
    setting = Setting(
        partners=partners,
        schools=schools,
        languages=chosen(languages, vocabularies["languages"]),
        seed=seed,
        today=on.date(),
        vocabularies=vocabularies,
    )
    counts: Counter[str] = Counter()
    with progress() as tell:
        replace(folder, made_with(setting), counted(setting, counts, tell))
    click.echo(summary(folder, counts, on.date()))


def chosen(languages: str, known: Vocabulary) -> tuple[str, ...]:
    """The codes of a list such as `en,es,ar`, English first; an unknown one is a wrong use."""
    codes = [code.strip() for code in languages.split(",") if code.strip()]
    for code in codes:
        if known.get(code) is None:
            near = known.by_word.get(code.lower())
            hint = f'Did you mean "{near.id}"?' if near else "The codes are in schema/vocabularies/languages.yml."
            raise click.BadParameter(f'there is no language "{code}". {hint}', param_hint="--languages")
    return tuple(dict.fromkeys((ENGLISH, *codes)))


def made_with(setting: Setting) -> str:
    """The command that writes the same files again."""
    return (
        f"partners sample --partners {setting.partners} --schools {setting.schools}"
        f" --languages {','.join(setting.languages)} --seed {setting.seed} --on {setting.today}"
    )


def counted(setting: Setting, counts: Counter[str], tell: Tell) -> Iterator[SampleFile]:
    """The files, counted by kind as they go by."""
    for file in files(setting, load_shapes(SOFTWARE / "schema")):
        counts[file.kind] += 1
        if counts["partner"] % TOLD_EVERY == 0 or counts["partner"] == setting.partners:
            tell("Writing the district", counts["partner"], setting.partners)
        yield file


def summary(folder: Path, counts: Counter[str], day: date) -> str:
    """What was written, and what to do with it."""
    named = {"partner": "partners", "school": "schools", "story": "stories", "translation": "translated records"}
    parts = [f"{counts.pop(kind, 0):,} {words}" for kind, words in named.items()]
    return (
        f"Wrote {', '.join(parts)} and {counts.total():,} other files into {folder}\n"
        f"Riverbend is invented, and it is {day} there (--on changes that).\n"
        f"Next:  partners build --root {quote(str(folder))}"
    )
