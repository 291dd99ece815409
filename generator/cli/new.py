"""`partners new`: the draft of a new record, ready to be filled in."""

import sys
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any

import click

from generator.cli.options import root
from generator.clock import today_in
from generator.drafts.adopt import counted, holdings, kept_by_git, remove, starting_pages, write
from generator.drafts.scaffold import Added, draft, draft_program, with_program
from generator.model.district import school_year_from, school_year_of
from generator.nearest import nearest
from generator.problems import SetupError
from generator.records.folders import BY_NAME, Project
from generator.records.load import site_languages
from generator.schema.shapes import load_shapes
from generator.source import parse, read
from generator.source.characters import describe, forbidden
from generator.source.whole import write_whole
from generator.text import SLUG_LIMIT, is_slug, reserved, slugify
from generator.vocabulary import load_vocabularies

TITLED = ("event", "story", "resource", "voice", "measure")
"""Kinds whose first field is a title; the others have a name."""
LONGEST = 120  # characters of a name

slug_option = click.option("--slug", default="", help="The record's address, when the name does not make a good one.")
name_argument = click.argument("name", default="")


@click.group(
    epilog="""\b
Examples:
  partners new partner "River Food Bank"
  partners new program river-food-bank "Weekend Bags"
  partners new story "A year of reading" --year 2026-27
  partners new school "Lincoln Elementary School"
  partners new event "Family Resource Fair"
  partners new district "Riverbend School District"

Exit codes: 0 written, 1 the file could not be written, 2 wrong use.
"""
)
def new() -> None:
    """Start a new record: a file with the fields to fill in, and a note for each. No file is ever overwritten."""


def command(kind: str, sentence: str, example: str) -> click.Command:
    """The command that drafts a record of a kind."""

    @click.command(kind, help=sentence, epilog=f"\b\nExamples:\n  partners new {kind} {example}\n")
    @name_argument
    @slug_option
    @root
    def one(name: str, slug: str, project: Project) -> None:
        folder = BY_NAME[kind].folder
        write_draft(project, kind, folder, name, slug, {})

    return one


for _kind, _sentence, _example in (
    ("partner", "Draft a partner: an organization that works with schools.", '"River Food Bank"'),
    ("school", "Draft a school.", '"Lincoln Elementary School"'),
    ("initiative", "Draft an initiative: work that several partners do together.", '"Summer Learning"'),
    ("event", "Draft an event.", '"Family Resource Fair"'),
    ("resource", "Draft a resource: a page or guide worth reading.", '"How to start a partnership"'),
    ("voice", "Draft what people said when the district asked.", '"Families on after-school care"'),
    ("measure", "Draft a measure: numbers over time.", '"Partnerships in line with policy"'),
):
    new.add_command(command(_kind, _sentence, _example))


@new.command(
    epilog="""\b
Examples:
  partners new story "A year of reading"
  partners new story "A year of reading" --year 2025-26
"""
)
@name_argument
@click.option("--year", default="", help="School year of the story, such as 2026-27.  [default: the present one]")
@slug_option
@root
def story(name: str, year: str, slug: str, project: Project) -> None:
    """Draft a story that thanks partners."""
    today = today_in(project)
    year = year or school_year_of(today)
    if not year[:4].isdecimal() or year != school_year_from(int(year[:4])):
        raise click.BadParameter(f'"{year}" is no school year such as {school_year_of(today)}', param_hint="--year")
    write_draft(project, "story", f"recognition/{year}", name, slug, {"school_year": year, "published": today})


@new.command(
    epilog="""\b
Examples:
  partners new program river-food-bank "Weekend Bags"
"""
)
@click.argument("partner")
@name_argument
@slug_option
@root
def program(partner: str, name: str, slug: str, project: Project) -> None:
    """Add a program to a partner's file.

    Everything else in the file stays as it is, comments too; where that cannot be promised, nothing is written.
    """
    path = partner_file(project, partner)
    relative = path.relative_to(project.root).as_posix()
    document, problems = read(path, relative=relative)
    if document is None:
        first = problems[0]
        raise SetupError(f"{relative}:{first.at.line}: {first.message}; correct that first")
    name, slug = named("program", name, slug, ())
    programs = document.data.get("programs", [])
    if any(isinstance(each, dict) and each.get("slug") == slug for each in programs):
        raise click.UsageError(f'{relative} already has a program "{slug}"; give another name, or --slug')
    shape = load_shapes(project.schema)["partner"]
    added = with_program(document, draft_program(shape, {"slug": slug, "name": name}, terms(project)))
    if not isinstance(added, Added):
        raise SetupError(f"{relative}: nothing was added, because {added}")
    overwrite(path, added.text)
    said(f'{relative}: added "{name}" at line {added.line}', relative)


@new.command(
    epilog="""\b
Examples:
  partners new district "Riverbend School District"
  partners new district "Riverbend School District" --replace
"""
)
@name_argument
@click.option("--replace", is_flag=True, help="Remove the present district's data, all of which git must have.")
@root
def district(name: str, replace: bool, project: Project) -> None:
    """Begin a new district: a draft of district/district.yml, and plain hand-written pages.

    Where a district is already, nothing happens without --replace. With it, the files below partners/, recognition/,
    district/ and pages/, and their translations, are removed, but only when git has every one of them as it is.
    """
    name, _ = named("district", name, "district", ())
    present = holdings(project.root)
    if present and not replace:
        raise click.UsageError(
            f"{project.root} holds a district already: {counted(present)}. Add --replace to remove these files from "
            "the folder; git must have them all, so that they can be brought back."
        )
    if present:
        remove(project.root, kept_by_git(project.root))
        click.echo(f"Removed {len(present):,} files: {counted(present)}. They come back with:  git restore .")
    shape = load_shapes(project.schema)["district"]
    schema = "../schema/district.schema.json"
    text = draft(shape, {"name": name, "languages": ["en"]}, schema=schema, terms=terms(project))
    written = {"district/district.yml": text, **starting_pages(name)}
    write(project.root, written)
    click.echo(
        f"Wrote {', '.join(written)}\n"
        "Next:  fill in what is empty in district/district.yml, make the pages yours, then run:  partners check"
    )


def named(kind: str, name: str, slug: str, languages: tuple[str, ...]) -> tuple[str, str]:
    """The name and slug of a new record, asked for on a terminal when missing; unusable ones are a wrong use."""
    if not name and sys.stdin.isatty():
        name = click.prompt(f"Name of the {kind}")
    name = " ".join(name.split())
    if not name:
        raise click.UsageError(f'give the name of the {kind}, in quotation marks: partners new {kind} "…"')
    strange = next(forbidden(name), None)
    if strange:
        raise click.UsageError(f"the name holds {describe(strange[1])}; type it again")
    if len(name) > LONGEST:
        raise click.UsageError(f"the name has {len(name)} characters; the most is {LONGEST}")
    slug = slug or slugify(name)
    if not slug:
        raise click.UsageError(f'"{name}" has no letters from a to z for an address; give one with --slug')
    if not is_slug(slug):
        raise click.UsageError(
            f'"{slug}" is no slug: small letters, digits and hyphens, at most {SLUG_LIMIT} characters'
        )
    if reserved(slug, languages):
        raise click.UsageError(f'"{slug}" is a reserved address; give another with --slug, such as {slug}-{kind}')
    return name, slug


def write_draft(project: Project, kind: str, folder: str, name: str, slug: str, known: dict[str, Any]) -> None:
    """Write the draft of a record into its folder, and say what to do next."""
    if not (project.root / "district/district.yml").exists():
        raise SetupError(f"{project.root} holds no district/district.yml; give the district's folder with --root")
    name, slug = named(kind, name, slug, site_languages(project))
    relative = f"{folder}/{slug}.yml"
    known = {"title" if kind in TITLED else "name": name} | known
    schema = f"{'../' * relative.count('/')}schema/{kind}.schema.json"
    instead = {"programs": f'Programs: add each with the command  partners new program {slug} "Name of the program"'}
    shape = load_shapes(project.schema)[kind]
    text = draft(shape, known, schema=schema, terms=terms(project), instead=instead if kind == "partner" else {})
    problems = parse(text, relative=relative)[1]
    if problems:
        raise SetupError(f"{relative}: nothing was written: {problems[0].message}")
    path = project.root / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise click.UsageError(
            f"{relative} exists already, and stays as it is; give another name, or --slug"
        ) from error
    said(f"Wrote {relative}", relative)
    if kind == "school":
        click.echo(
            "Programs, events and stories name this school by the name of its file without .yml: "
            f'"{slug}". Another is chosen with --slug, before they do.'
        )


def said(done: str, relative: str) -> None:
    """Say what was done and what comes next."""
    click.echo(f"{done}\nNext:  open it, fill in what is empty, then run:  partners check {relative}")


def partner_file(project: Project, slug: str) -> Path:
    """The file of a partner; a wrong use, with the nearest slug, when there is none."""
    slug = slug.removeprefix("partners/").removesuffix(".yml")
    path = project.root / f"partners/{slug}.yml"
    if is_slug(slug) and path.is_file() and not path.is_symlink():
        return path
    near = nearest(slug, (file.stem for file in (project.root / "partners").glob("*.yml")))
    raise click.UsageError(f'there is no partner "{slug}".' + (f' Did you mean "{near}"?' if near else ""))


def terms(project: Project) -> dict[str, tuple[str, ...]]:
    """The ids of every vocabulary's terms, retired ones left out."""
    vocabularies = load_vocabularies(project.schema / "vocabularies")
    return {name: tuple(term.id for term in vocabulary.current) for name, vocabulary in vocabularies.items()}


def overwrite(path: Path, text: str) -> None:
    """Put a text in the place of a file's, all of it or nothing; line ends and permissions stay."""
    has_mark = path.read_bytes().startswith(BOM_UTF8)
    write_whole(path, (BOM_UTF8 if has_mark else b"") + text.encode())
