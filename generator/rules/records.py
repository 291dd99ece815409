"""The checked records of a project, one kind at a time, for rules over the whole set."""

from typing import TypeVar, cast

from msgspec import Struct

from generator.folders import KINDS
from generator.load import Loaded
from generator.model import District

Record = TypeVar("Record", bound=Struct)

_NAMES = {kind.record: kind.name for kind in KINDS}


def records(loaded: Loaded, kind: type[Record]) -> tuple[tuple[str, Record], ...]:
    """Path and record of everything of a kind that passed by itself, by path."""
    return cast("tuple[tuple[str, Record], ...]", loaded.by_path[_NAMES[kind]])


def district_of(loaded: Loaded) -> District | None:
    """The district's own record, None when it is missing or bad."""
    return next((record for _, record in records(loaded, District)), None)


def slugs(loaded: Loaded, kind: type[Struct]) -> frozenset[str]:
    """The slugs of all files of a kind, those with errors included: what they are named in is not wrong."""
    name = _NAMES[kind]
    return frozenset(file.slug for file in loaded.files if file.kind == name)
