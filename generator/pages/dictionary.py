"""The data dictionary: every kind of record with its fields, and every vocabulary with its terms."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import ENGLISH, Words
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.records.folders import KINDS, SOFTWARE, TRANSLATION
from generator.schema.shapes import Field, Shape, load_shapes
from generator.serialize import entries
from generator.vocabulary import Vocabulary

Fields = tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A kind of record as the page shows it: the files that hold such records, and their fields."""

    shape: Shape
    files: str


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page."""
    view = tuple(directory.vocabularies.values())
    yield Unit(address="data-dictionary/", page=page, view=view)


def page(view: tuple[Vocabulary, ...], slots: Slots, templates: Environment) -> Page:
    """Every field and term; what the schemas say stays in English, as the names of the fields do."""
    found = chapters(load_shapes(SOFTWARE / "schema"))
    body = templates.get_template("dictionary.html").render(
        root="../../",
        chapters=found,
        shared=shared(found),
        vocabularies=view,
        example=example,
        english=english,
    )
    return Page(
        frame="list",
        rest="data-dictionary/",
        title=slots.gettext("Data dictionary"),
        description=slots.gettext("What the files of this directory may hold, field by field."),
        body=body,
        section="about",
    )


def english(words: str) -> Words:
    """Words of a schema or a vocabulary."""
    return Words(text=words, language=ENGLISH)


def chapters(shapes: Mapping[str, Shape]) -> tuple[Chapter, ...]:
    """Every kind of record in the order in which people meet them, translations last."""
    records = (
        Chapter(shape=shapes[kind.name], files=f"{kind.folder.replace('*', '…')}/{kind.file or '….yml'}")
        for kind in KINDS
    )
    return (*records, Chapter(shape=shapes[TRANSLATION], files="translations/…/….yml"))


def shared(found: tuple[Chapter, ...]) -> Mapping[Fields, str]:
    """The groups of fields that several kinds of record or of groups have in common, with the name each has first.

    The page shows such a group once, under that name.
    """
    owners: dict[Fields, dict[str, str]] = defaultdict(dict)
    for chapter in found:
        for owner, field in groups(chapter.shape.fields, chapter.shape.kind):
            owners[field.fields].setdefault(owner, field.name)
    return {fields: next(iter(names.values())) for fields, names in owners.items() if len(names) > 1}


def groups(fields: Fields, owner: str) -> Iterator[tuple[str, Field]]:
    """(owner's path, field) of every group of fields, however deep."""
    for field in fields:
        if field.fields:
            yield owner, field
            yield from groups(field.fields, f"{owner}-{field.name}")


def example(field: Field) -> str:
    """The field's first example as it stands in a file; empty for a group, whose own fields have theirs."""
    if field.fields or not field.examples:
        return ""
    return entries({field.name: field.examples[0]}).rstrip("\n")
