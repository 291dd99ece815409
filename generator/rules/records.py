"""The checked records of a project, one kind at a time, for rules over the whole set."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from rapidfuzz import fuzz, process

from generator.folders import KINDS
from generator.load import Loaded
from generator.model import District

Record = TypeVar("Record", bound=Struct)

_NAMES = {kind.record: kind.name for kind in KINDS}
_NEAR = 70  # of 100; below, a suggestion puzzles more than it helps


def records(loaded: Loaded, kind: type[Record]) -> Iterator[tuple[str, Record]]:
    """Path and record of everything of a kind that passed by itself, by path."""
    for address, record in loaded.by_kind[_NAMES[kind]].items():
        if isinstance(record, kind):
            yield f"{address}.yml", record


def district_of(loaded: Loaded) -> District | None:
    """The district's own record, None when it is missing or bad."""
    return next((record for _, record in records(loaded, District)), None)


def slugs(loaded: Loaded, kind: type[Struct]) -> frozenset[str]:
    """The slugs of all files of a kind, those with errors included: what they are named in is not wrong."""
    name = _NAMES[kind]
    return frozenset(file.slug for file in loaded.files if file.kind == name)


def nearest(slug: str, known: frozenset[str]) -> str:
    """The known slug that is most like another, or nothing when none is much like it."""
    found = process.extractOne(slug, sorted(known), scorer=fuzz.WRatio, score_cutoff=_NEAR)
    return str(found[0]) if found else ""
