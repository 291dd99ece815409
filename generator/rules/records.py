"""The checked records of a project, one kind at a time, for rules over the whole set."""

from collections.abc import Iterator
from typing import TypeVar

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import WRatio

from generator.folders import KINDS
from generator.load import Loaded
from generator.model import District

Record = TypeVar("Record", bound=Struct)

_NAMES = {kind.record: kind.name for kind in KINDS}
# Below these a suggestion puzzles more than it helps.
_LIKE = 0.6  # share of letters that agree
_PARTLY_LIKE = 75  # out of 100, where one slug is a part of the other


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
    among = sorted(known)
    slip = process.extractOne(slug, among, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LIKE)
    found = slip or process.extractOne(slug, among, scorer=WRatio, score_cutoff=_PARTLY_LIKE)
    return str(found[0]) if found else ""
