"""The data of checked records as JSON: each is read from the disk when somebody asks for it."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from msgspec import structs

from generator.problems import has_errors
from generator.records.cache import LATER, Cache, Entry, digest, records_file
from generator.records.folders import Found
from generator.records.pile import Pile, new_pile
from generator.records.verdicts import Verdict


@dataclass(frozen=True, kw_only=True, eq=False, repr=False)
class Records(Mapping[str, bytes]):
    """The data of every record that passed, by path.

    They lie in `later`, or in `file` where the entry says. What is not there as it was is read `again` from its source.
    """

    entries: Mapping[str, Entry]
    later: Mapping[str, bytes]
    file: IO[bytes] | None
    again: Callable[[str], bytes | None]

    def __getitem__(self, path: str) -> bytes:
        """The data of a record; a KeyError when it has none, or its source has changed meanwhile and is bad."""
        entry = self.entries[path]
        if not entry.digest:
            raise KeyError(path)
        data: bytes | None = self.later.get(path) or self._slice(entry)
        if not data or digest(data) != entry.digest:
            data = self.again(path)
        if data is None:
            raise KeyError(path)
        return data

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.digest(path) != ""

    def __iter__(self) -> Iterator[str]:
        return (path for path, entry in self.entries.items() if entry.digest)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def digest(self, path: str) -> str:
        """A short text that differs whenever the data of a record do; "" when it has none."""
        entry = self.entries.get(path)
        return entry.digest if entry else ""

    def _slice(self, entry: Entry) -> bytes:
        """What stands at the entry's place; nothing when the disk fails."""
        try:
            return os.pread(self.file.fileno(), entry.length, entry.start) if self.file else b""
        except OSError:
            return b""


def known_of(cache: Cache, found: Iterable[Found]) -> dict[str, Entry]:
    """What a cache knows of those files that are as they were."""
    entries = cache.entries
    return {file.path: entry for file in found if (entry := entries.get(file.path)) and file.is_known(entry.stamp)}


def open_records(
    folder: Path | None, cache: Cache, entries: Mapping[str, Entry], again: Callable[[str], bytes | None]
) -> Records:
    """Those of the records that a cache keeps which still have their entries."""
    later = {path: bytes(data) for path, data in cache.later.items() if path in entries}
    try:
        file = records_file(folder, cache.stored).open("rb", buffering=0) if folder and cache.stored else None
    except OSError:  # deleted a moment ago
        file = None
    return Records(entries=entries, later=later, file=file, again=again)


def pile_beside(records: Records, changed: int, folder: Path | None) -> Pile:
    """Where the data of changed records go: beside the others while they are few, else with them into a new file."""
    is_first = folder is not None and records.file is None and changed > 0
    if is_first or changed + len(records.later) > LATER:
        return new_pile(folder)
    return Pile(later=dict(records.later))


def entry_of(file: Found, verdict: Verdict, pile: Pile) -> Entry:
    """What is known of a file now; the data of a good record go to the pile."""
    data, problems = verdict
    if data is None or has_errors(problems):
        return Entry(file.stamp, problems)
    start, length = pile.add(file.path, data)
    return Entry(file.stamp, problems, digest(data), start, length)


def joined(records: Records, fresh: Mapping[str, Entry], pile: Pile) -> Records:
    """The records with those of a pile, which have fresh entries; a pile that holds all is given the others too."""
    kept = {path: moved(records, path, pile) for path in records.entries} if pile.holds_all else records.entries
    return replace(records, entries={**kept, **fresh}, later=pile.later, file=pile.file or records.file)


def moved(records: Records, path: str, pile: Pile) -> Entry:
    """The entry of a record whose data go to the pile; one that had to be read again, and has changed, is not known."""
    entry = records.entries[path]
    data = records.get(path)
    if data is None:
        return structs.replace(entry, stamp=0 if entry.digest else entry.stamp, digest="")
    start, length = pile.add(path, data)
    mark = digest(data)
    stamp = entry.stamp if mark == entry.digest else 0
    return structs.replace(entry, stamp=stamp, digest=mark, start=start, length=length)
