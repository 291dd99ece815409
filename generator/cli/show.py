"""`partners show`: a record with everything that is linked to it."""

from collections.abc import Iterator
from typing import Any

import click
import msgspec

from generator.check import directory_in
from generator.cli.checked import checked_project
from generator.cli.options import district_root, text_or_json, wants_colour
from generator.cli.overview import PROGRAM, Overview, overview
from generator.directory import Directory
from generator.languages import ENGLISH, fingerprint, load_locale
from generator.model import Partner
from generator.nearest import nearest
from generator.pages.texts import spoken
from generator.problems import SetupError
from generator.records.folders import BY_NAME, KINDS, Found, Project
from generator.records.load import Loaded
from generator.serialize import entries
from generator.words.texts import program_texts, texts_of

KIND_NAMES = ("partner", PROGRAM, *(kind.name for kind in KINDS[1:]))


@click.command(
    epilog="""\b
Examples:
  partners show partner river-food-bank
  partners show program river-food-bank/weekend-bags --language es
  partners show story 2026-27/a-year-of-reading
  partners show school lincoln-elementary --format json
  partners show district

Exit codes: 0 shown, 1 the record has errors, 2 wrong use or no such record.
"""
)
@click.argument("kind", metavar="KIND", type=click.Choice(KIND_NAMES))
@click.argument("slug", default="")
@district_root
@text_or_json
@click.option("--language", default="", help="Show the record's words in this language too, such as es.")
def show(kind: str, slug: str, project: Project, form: str, language: str) -> None:
    """Show a record with its programs, schools, stories and the rest, where its file is, and how far it is translated.

    KIND is partner, program, story, school, initiative, event, resource, voice, measure, district, priorities or
    policy. SLUG is the name of the record's file without .yml; of a program: partner/program; of a story: year/story,
    or the story alone when there is only one of that name.
    """
    checked = checked_project(project)
    file, program = found(checked.loaded, kind, slug)
    if checked.loaded.is_bad(file):
        raise SetupError(f"{file.path} has errors; see them with: partners check {file.path}")
    directory = directory_in(checked)
    shown = overview(checked.loaded, directory, file, program=program)
    words = in_language(checked.loaded, directory, shown, file, language) if language else {}
    if form == "json":
        click.echo(as_json(shown, language, words))
    else:
        site = directory.district.site_url
        click.echo("\n".join(as_text(shown, site, language, words)), color=wants_colour())


def found(loaded: Loaded, kind: str, slug: str) -> tuple[Found, str]:
    """The file of a record, and the program's slug if one is meant; a wrong use when there is no such record."""
    if kind == PROGRAM:
        return found_program(loaded, slug)
    files = [file for file in loaded.files if file.kind == kind]
    if BY_NAME[kind].file and not slug:
        slug = BY_NAME[kind].file.removesuffix(".yml")
    addresses = {file.address.removeprefix("recognition/"): file for file in files}
    if kind == "story" and slug in addresses:
        return addresses[slug], ""
    same = [file for file in files if file.slug == slug]
    if len(same) > 1:
        raise click.UsageError(f'there are {len(same)} stories "{slug}": {", ".join(sorted(addresses_of(same)))}')
    if same:
        return same[0], ""
    known = sorted({*addresses, *(file.slug for file in files)} if kind == "story" else {f.slug for f in files})
    raise unknown(kind, slug, known, now(loaded, kind, slug))


def addresses_of(files: list[Found]) -> Iterator[str]:
    """Stories by school year and slug."""
    return (file.address.removeprefix("recognition/") for file in files)


def found_program(loaded: Loaded, slug: str) -> tuple[Found, str]:
    """The partner's file and the program's slug, from `partner/program` or the slug of a program alone."""
    by_address = {file.address: file for file in loaded.files}
    programs = [
        (partner.slug, program.slug, by_address[address])
        for address, partner in loaded.by_kind["partner"].items()
        if isinstance(partner, Partner)
        for program in partner.programs
    ]
    meant = [each for each in programs if slug in (f"{each[0]}/{each[1]}", each[1])]
    if len(meant) > 1:
        routes = ", ".join(f"{partner}/{program}" for partner, program, _ in meant[:5])
        raise click.UsageError(f'there are {len(meant)} programs "{slug}": {routes}')
    if meant:
        return meant[0][2], meant[0][1]
    raise unknown(PROGRAM, slug, sorted(f"{partner}/{program}" for partner, program, _ in programs), "")


def unknown(kind: str, slug: str, known: list[str], today: str) -> click.UsageError:
    """What to say about a slug that no record has."""
    if not slug:
        return click.UsageError(
            f"which {kind}? Give its SLUG, such as {known[0]}" if known else f"there is no {kind} here"
        )
    if today:
        return click.UsageError(f'the {kind} "{slug}" is now called "{today}"')
    near = nearest(slug, known)
    hint = f' Did you mean "{near}"?' if near else ""
    return click.UsageError(f'there is no {kind} "{slug}".{hint}')


def now(loaded: Loaded, kind: str, slug: str) -> str:
    """Today's slug of the record that once had this one, or nothing."""
    records: Any = loaded.by_kind[kind].values()
    return next((record.slug for record in records if slug in getattr(record, "former_slugs", ())), "")


def in_language(
    loaded: Loaded, directory: Directory, shown: Overview, file: Found, language: str
) -> dict[str, dict[str, str]]:
    """Every text of the record as the site shows it: {path: {state, language, text, source}}; some stand in English.

    `source` is what a translation of today's English carries.
    """
    offered = directory.district.languages
    if language not in offered:
        raise click.BadParameter(f'the site has no "{language}", only {", ".join(offered)}', param_hint="--language")
    locale = load_locale(language, directory, loaded.project.catalogues)
    record: Any = loaded.by_kind[file.kind][file.address]
    if shown.kind == PROGRAM:
        texts = tuple(program_texts(next(p for p in record.programs if shown.slug.endswith(f"/{p.slug}"))))
    else:
        texts = tuple(texts_of(record))
    sources = {text.path: fingerprint(text.english) for text in texts}
    words = spoken(locale, file.address, texts) if language != ENGLISH else {}
    return {
        path: {"state": word.state, "language": word.language, "text": word.text, "source": sources[path]}
        for path, word in words.items()
    }


def as_json(shown: Overview, language: str, words: dict[str, dict[str, str]]) -> str:
    """The overview as JSON, indented."""
    data = msgspec.to_builtins(shown) | ({"language": language, "words": words} if language else {})
    return msgspec.json.format(msgspec.json.encode(data), indent=2).decode()


def as_text(shown: Overview, site: str, language: str, words: dict[str, dict[str, str]]) -> Iterator[str]:
    """The overview as lines for people."""
    yield click.style(shown.name, bold=True)
    yield f"{shown.kind} in {shown.path}"
    if site and shown.page:
        yield f"{site}{ENGLISH}/{shown.page}"
    yield ""
    yield entries(shown.record).rstrip("\n")
    if shown.former_slugs:
        yield from ("", heading("Former addresses"), f"  {', '.join(shown.former_slugs)}")
    for title, links in shown.links.items():
        yield from ("", heading(f"{title} ({len(links)})"))
        yield from (f"  {link.slug}  {link.name}" for link in links)
    if shown.translations:
        yield from ("", heading("Translations"))
        for code, counts in shown.translations.items():
            yield f"  {code}  {', '.join(f'{count} {state}' for state, count in counts.items())}"
    if words:
        yield from ("", heading(f"Words in {language}"))
        for path, word in words.items():
            how = word["state"] if word["language"] == language else f"{word['state']}, shown in English"
            yield f"  {path} ({how}; source: {word['source']}): {' '.join(word['text'].split())}"


def heading(words: str) -> str:
    """A heading, bold where the terminal can show it."""
    return click.style(words, bold=True)
