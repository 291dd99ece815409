"""The checked records of a project, one kind at a time, for rules over the whole set."""

from typing import TypeVar, cast

from msgspec import Struct

from generator.model import District
from generator.records.folders import KINDS
from generator.records.load import Loaded
from generator.text import slugify

Record = TypeVar("Record", bound=Struct)

_KINDS = {kind.record: kind for kind in KINDS}


def records(loaded: Loaded, kind: type[Record]) -> tuple[tuple[str, Record], ...]:
    """Path and record of everything of a kind that passed by itself, by path."""
    return cast("tuple[tuple[str, Record], ...]", loaded.by_path[_KINDS[kind].name])


def district_of(loaded: Loaded) -> District | None:
    """The district's own record, None when it is missing or bad."""
    return next((record for _, record in records(loaded, District)), None)


def slugs(loaded: Loaded, kind: type[Struct]) -> frozenset[str]:
    """The slugs of all files of a kind, those with errors included: what they are named in is not wrong."""
    name, folder = _KINDS[kind].name, f"{_KINDS[kind].folder}/"
    known = (file.slug for file in loaded.files_of(name))
    meant = (address.rpartition("/")[2] for address in strays(loaded) if address.startswith(folder))
    return frozenset((*known, *meant))


def strays(loaded: Loaded) -> frozenset[str]:
    """The addresses that were probably meant by files which are no records: links, misnamed and misplaced ones."""
    parts = (problem.at.path.rpartition("/") for problem in loaded.strays)
    meant = ((folder, name.partition(".")[0]) for folder, _, name in parts)
    return frozenset(f"{folder}/{slug}" for folder, stem in meant for slug in (stem, slugify(stem)))


def is_lost(loaded: Loaded, path: str) -> bool:
    """Whether a file or folder, or one around it, could not be read at all, so that nobody knows what it holds."""
    return any(f"{path}/".startswith(f"{problem.at.path}/") for problem in loaded.strays)
