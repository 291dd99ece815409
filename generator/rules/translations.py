"""Rules about whether what is translated exists."""

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Raw, Struct

from generator.nearest import nearest
from generator.records.folders import TRANSLATED_PAGE, TRANSLATION
from generator.records.load import Loaded
from generator.rules.records import is_lost, strays
from generator.rules.rule import Finding
from generator.text import excerpt
from generator.words.texts import PROSE, texts_of

LONGEST_LINE = 900
"""Characters; the longest line of a record has 600, and some languages need more than English."""


class _Line(Struct):
    """What is looked at of a translated text."""

    text: str


_LINES = msgspec.json.Decoder(dict[str, _Line])


def orphan_translation(loaded: Loaded) -> Iterator[Finding]:
    """A translation belongs to a record and to a text that the record has, or to a page."""
    pages = {file.path for file in loaded.pages}
    for file in loaded.pages:
        page = file.path.split("/", 2)[-1]
        if file.kind == TRANSLATED_PAGE and page not in pages and not loaded.is_bad(file):
            message, hint = f"there is no page {page} to translate", "delete it, or rename it like its page"
            yield Finding(path=file.path, message=message, hint=hint)
    paths = {f.path for f in loaded.files if f.kind != TRANSLATION} | {f"{address}.yml" for address in strays(loaded)}
    doubtful: dict[str, list[str]] = {}
    for file in loaded.files_of(TRANSLATION):
        record = file.path.split("/", 2)[2]
        if record not in paths and file.path in loaded.records and not is_lost(loaded, record):
            hint = "delete it, or rename it like its record, with the same folders"
            yield Finding(path=file.path, message=f"there is no record {record} to translate", hint=hint)
        elif not loaded.is_settled(file.path) or record in loaded.changed:
            doubtful.setdefault(record, []).append(file.path)
    known = {f"{address}.yml": record for group in loaded.by_kind.values() for address, record in group.items()}
    for name in doubtful.keys() & known.keys():
        yield from _orphan_fields(loaded, name, known[name], doubtful[name])


def _orphan_fields(loaded: Loaded, name: str, record: Struct, translations: Iterable[str]) -> Iterator[Finding]:
    """A finding for each field in translations of a record that is none of its texts."""
    known = frozenset(text.path for text in texts_of(record))
    for path in translations:
        for field in msgspec.json.decode(loaded.records.get(path, b"{}"), type=dict[str, Raw]).keys() - known:
            near = nearest(field, known)
            yield Finding(
                path=path,
                route=(field,),
                message=f'{name} has no text "{field}" to translate',
                hint=f'did you mean "{near}"?' if near else "delete it; names, numbers and addresses stay as they are",
            )


def broken_line(loaded: Loaded) -> Iterator[Finding]:
    """The translation of a one-line text is one line, and not many times as long."""
    for file in loaded.files_of(TRANSLATION):
        if not loaded.is_settled(file.path):
            for field, line in _LINES.decode(loaded.records.get(file.path, b"{}")).items():
                text = line.text.strip()
                if field.rpartition("/")[2] not in PROSE and ("\n" in text or len(text) > LONGEST_LINE):
                    yield Finding(
                        path=file.path,
                        route=(field, "text"),
                        message=f'"{excerpt(text, 40)}" stands where one line belongs',
                        hint=f"write it as one line of at most {LONGEST_LINE} characters",
                    )
