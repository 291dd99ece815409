"""Rules about words in other languages."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Raw, Struct

from generator.folders import TRANSLATION
from generator.interface import lacking, read_words
from generator.load import Loaded
from generator.model import District
from generator.rules.records import nearest, records
from generator.rules.rule import Finding

ENGLISH = "en"


def orphan_translation(loaded: Loaded) -> Iterator[Finding]:
    """A translation belongs to a record and to a text that the record has."""
    paths = {file.path for file in loaded.files}
    known = {f"{address}.yml": record for group in loaded.by_kind.values() for address, record in group.items()}
    for file in loaded.files:
        if file.kind == TRANSLATION and file.path in loaded.records:
            record = file.path.split("/", 2)[-1]
            if record not in paths:
                hint = "delete it, or rename it like its record, with the same folders"
                yield Finding(path=file.path, message=f"there is no record {record} to translate", hint=hint)
            elif record in known:
                yield from _orphan_fields(loaded, file.path, record, known[record])


def _orphan_fields(loaded: Loaded, path: str, name: str, record: Struct) -> Iterator[Finding]:
    for field in msgspec.json.decode(loaded.records[path], type=dict[str, Raw]):
        if not _has_text(record, field):
            near = nearest(field, frozenset(_texts(msgspec.json.decode(loaded.records[name]))))
            yield Finding(
                path=path,
                route=(field,),
                message=f'{name} has no text "{field}"',
                hint=f'did you mean "{near}"?' if near else "delete it",
            )


def _has_text(value: Any, field: str) -> bool:
    """Whether there is a text at the field's path; an item with a slug goes by it, any other by its number from 0."""
    for step in field.split("/"):
        if isinstance(value, tuple):
            value = {str(getattr(item, "slug", number)): item for number, item in enumerate(value)}.get(step)
        else:
            value = getattr(value, step, None)
    return isinstance(value, str) and value != ""


def _texts(value: Any, path: str = "") -> Iterator[str]:
    """The path of every text in a record's data."""
    if isinstance(value, str):
        yield path.removeprefix("/")
    elif isinstance(value, Mapping):
        for name, below in value.items():
            yield from _texts(below, f"{path}/{name}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            name = below.get("slug", number) if isinstance(below, Mapping) else number
            yield from _texts(below, f"{path}/{name}")


def missing_catalogue(loaded: Loaded) -> Iterator[Finding]:
    """A language of the site has all its interface words in translations/<language>/interface.po."""
    folder = loaded.project.catalogues
    for path, district in records(loaded, District):
        for number, language in enumerate(district.languages):
            if language != ENGLISH and (message := _lack(folder, language)):
                hint = "take the language out until they do; people would read English pages"
                yield Finding(path=path, route=("languages", number), message=message, hint=hint)


def _lack(folder: Path, language: str) -> str:
    """What is wrong with the words of a language; nothing when they are complete."""
    file = folder / language / "interface.po"
    if not file.is_file():
        return f'the site\'s own words do not exist in "{language}" yet'
    wanted = read_words(folder / "interface.pot")
    missing = lacking(read_words(file, language), wanted)
    if not missing:
        return ""
    return (
        f'{len(missing):,} of the {len(wanted):,} words of the site do not exist in "{language}" yet: "{missing[0]}" …'
    )
