"""Rules about words in other languages."""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from generator.folders import TRANSLATION
from generator.load import Loaded
from generator.model import District
from generator.rules.records import nearest, records
from generator.rules.rule import Finding

ENGLISH = "en"


def orphan_translation(loaded: Loaded) -> Iterator[Finding]:
    """A translation belongs to a record and to a field that the record has."""
    paths = {file.path for file in loaded.files}
    for file in loaded.files:
        if file.kind == TRANSLATION and file.path in loaded.records:
            record = file.path.split("/", 2)[-1]
            if record not in paths:
                hint = "delete it, or rename it like its record, with the same folders"
                yield Finding(path=file.path, message=f"there is no record {record} to translate", hint=hint)
            elif record in loaded.records:
                yield from _orphan_fields(loaded, file.path, record)


def _orphan_fields(loaded: Loaded, path: str, record: str) -> Iterator[Finding]:
    fields = set(_fields(msgspec.json.decode(loaded.records[record])))
    for name in msgspec.json.decode(loaded.records[path]):
        if name not in fields:
            near = nearest(name, frozenset(fields))
            yield Finding(
                path=path,
                route=(name,),
                message=f'{record} has no text "{name}"',
                hint=f'did you mean "{near}"?' if near else "delete it",
            )


def _fields(value: Any, path: str = "") -> Iterator[str]:
    """The path of every text in a record's data; an item with a slug goes by it, any other by its number from 0."""
    if isinstance(value, str):
        yield path.removeprefix("/")
    elif isinstance(value, Mapping):
        for name, below in value.items():
            yield from _fields(below, f"{path}/{name}")
    elif isinstance(value, list):
        for number, below in enumerate(value):
            name = below.get("slug", number) if isinstance(below, Mapping) else number
            yield from _fields(below, f"{path}/{name}")


def missing_catalogue(loaded: Loaded) -> Iterator[Finding]:
    """A language of the site has its interface words in translations/<language>/interface.po."""
    for path, district in records(loaded, District):
        for number, language in enumerate(district.languages):
            if language != ENGLISH and not (loaded.project.catalogues / language / "interface.po").is_file():
                yield Finding(
                    path=path,
                    route=("languages", number),
                    message=f'the site\'s own words do not exist in "{language}" yet',
                    hint="take the language out until they do; people would read English pages",
                )
