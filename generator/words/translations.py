"""What records say in other languages: kept as JSON, and decoded one record and language at a time."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256
from types import MappingProxyType

import msgspec
from msgspec import Struct

KEPT = 256
"""So many decoded sidecars are kept, of some thousand bytes each."""
FOLDER = "translations/"
STATES = ("human", "reviewed", "machine", "stale", "missing")
"""How far a text can be done."""
INTERFACE, RECORDS, PAGES = "interface", "records", "pages"
STORES = (INTERFACE, RECORDS, PAGES)
"""The three stores of translation: the site's own words, those of records, and hand-written pages."""


class Translation(Struct, frozen=True, kw_only=True):
    """One field of a record in another language; `source` is the hash of the English it was made from."""

    text: str
    source: str
    by: str
    on: date


Fields = Mapping[str, Translation]
"""The translated fields of one record in one language, by path (`programs/homework-club/summary`)."""
_NONE: Fields = MappingProxyType({})
_DECODER = msgspec.json.Decoder(dict[str, Translation])


@dataclass(frozen=True, kw_only=True)
class Translations:
    """The translated fields of all records: ten thousands of sidecars, of which one build decodes only some.

    `sidecars` gives their JSON by path (`translations/es/partners/river-food-bank.yml`), among whatever else it holds;
    `digest_of` a short text that differs whenever the JSON at a path does, "" for a path that has none. A record's
    address is its path without `.yml`.
    """

    sidecars: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    digest_of: Callable[[str], str] | None = None

    @classmethod
    def of(cls, known: Mapping[tuple[str, str], Fields]) -> "Translations":
        """Those that a mapping from (language, record address) holds."""
        return cls(sidecars={path_of(*place): msgspec.json.encode(fields) for place, fields in known.items()})

    def get(self, language: str, record: str) -> Fields:
        """The translated fields of a record; none when nobody has translated it."""
        return self._decoded(language, record)

    def digest(self, record: str) -> bytes:
        """8 bytes that differ whenever any language's sidecar of the record does; b"" when it has none."""
        digests = ((language, self._digest_of(path_of(language, record))) for language in self.languages)
        marks = "\n".join(f"{language}:{digest}" for language, digest in digests if digest)
        return sha256(marks.encode()).digest()[:8] if marks else b""

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """Every language into which something is translated, by its code."""
        return tuple(sorted({language for language, _ in self}))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """(language, record address) of every sidecar."""
        for path in self.sidecars:
            if path.startswith(FOLDER):
                _, language, record = path.split("/", 2)
                yield language, record.removesuffix(".yml")

    @cached_property
    def _decoded(self) -> Callable[[str, str], Fields]:
        def decode(language: str, record: str) -> Fields:
            sidecar = self.sidecars.get(path_of(language, record))
            return MappingProxyType(_DECODER.decode(sidecar)) if sidecar else _NONE

        return lru_cache(maxsize=KEPT)(decode)

    def _digest_of(self, path: str) -> str:
        if self.digest_of:
            return self.digest_of(path)
        sidecar = self.sidecars.get(path)
        return sha256(sidecar).hexdigest() if sidecar else ""


def path_of(language: str, record: str) -> str:
    """Where the sidecar of a record lies."""
    return f"{FOLDER}{language}/{record}.yml"
