"""The web addresses of records, each once for a record."""

from collections.abc import Iterator, Mapping

import msgspec

from generator.records.folders import BY_NAME
from generator.records.load import Loaded
from generator.rules.rule import LINK
from generator.source import texts

TRAILING = ".,;:!?'*_"
"""Marks that end a sentence or an emphasis rather than an address."""


def addresses(loaded: Loaded) -> Mapping[str, tuple[str, ...]]:
    """The addresses of every record that passed, in their order, by the record's path."""
    found: dict[str, tuple[str, ...]] = {}
    for file in loaded.files:
        data = loaded.records.get(file.path) if file.kind in BY_NAME else None
        urls = tuple(dict.fromkeys(_urls(msgspec.json.decode(data)))) if data else ()
        if urls:
            found[file.path] = urls
    return found


def _urls(data: object) -> Iterator[str]:
    for _, text in texts(data):
        if "://" in text:
            yield from (match[0].rstrip(TRAILING) for match in LINK.finditer(text))
