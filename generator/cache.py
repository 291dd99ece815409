"""What the last check found in each file, so that an unchanged file is neither read nor checked again."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time_ns
from types import MappingProxyType

import msgspec
from msgspec import Raw, Struct

from generator import __version__
from generator.folders import SOFTWARE
from generator.problems import Problem

LATER = 100
"""So many changed records are kept beside the others before all are written anew."""
NONE: Mapping[str, Raw] = MappingProxyType({})
UNSURE_NS = 100_000_000
"""A file changed this shortly before the cache was written may change again under the same time stamp."""


class Entry(Struct, frozen=True, array_like=True):
    """What is known of one file: what it looked like then (size, times, inode), and what was wrong with it."""

    stamp: tuple[int, int, int, int]
    problems: tuple[Problem, ...]


class Whole(Struct, frozen=True):
    """What was wrong with the whole set on a day; holds as long as no file changes."""

    today: date
    problems: tuple[Problem, ...]


class Cache(Struct, frozen=True, kw_only=True):
    """The last check of a project; `version` stands for the software, the schemas and all else that decides.

    `stored` tells which file beside it holds the records; `later` holds those that changed since it was written.
    """

    version: str = ""
    stored: str = ""
    later: dict[str, Raw] = {}
    entries: dict[str, Entry] = {}
    whole: Whole | None = None

    def knows(self, path: str, stamp: tuple[int, int, int, int]) -> bool:
        """Whether the file is as it was."""
        entry = self.entries.get(path)
        return entry is not None and entry.stamp == stamp


def version_of(schema: Path) -> str:
    """A short text that differs whenever the software, what it is built on, a schema, a vocabulary or a catalogue does.

    The list of requirements stands for the packages that decide results; asking each for its version takes long.
    """
    files = sorted(
        [
            *(SOFTWARE / "generator").rglob("*.py"),
            *SOFTWARE.glob("requirements.txt"),
            *(SOFTWARE / "translations").glob("**/interface.po*"),
            *schema.rglob("*.json"),
            *schema.rglob("*.yml"),
        ]
    )
    marks = [f"{p}:{s.st_size}:{s.st_mtime_ns}" for p in files for s in [p.stat()]]
    return digest("\n".join((__version__, *marks)).encode())


def read_cache(folder: Path, version: str) -> Cache:
    """The cache of an earlier check; an empty one when there is none, or it is another version's, or broken."""
    try:
        cache = msgspec.json.decode((folder / "checks.json").read_bytes(), type=Cache)
    except (OSError, msgspec.DecodeError, RecursionError):
        return Cache(version=version)
    is_whole = cache.version == version and (not cache.stored or records_file(folder, cache.stored).is_file())
    return cache if is_whole else Cache(version=version)


def read_records(folder: Path, cache: Cache) -> Mapping[str, Raw]:
    """The records that belong to a cache as JSON, by path; empty when there are none or they are broken."""
    try:
        content = records_file(folder, cache.stored).read_bytes()
        if digest(content) != cache.stored:
            return {}
        return msgspec.json.decode(content, type=dict[str, Raw]) | cache.later
    except (OSError, msgspec.DecodeError, RecursionError):
        return {}


def write_cache(
    folder: Path, cache: Cache, records: Mapping[str, Raw] | None = None, fresh: Mapping[str, Raw] = NONE
) -> None:
    """Keep a check for the next time; without `records`, those already there stay.

    `fresh` are those of the records that changed: a few are kept beside the others, which are then not written again.
    A folder that cannot be written costs only time, so it is no error.
    """
    newest = time_ns() - UNSURE_NS
    sure = {path: entry for path, entry in cache.entries.items() if max(entry.stamp[1:3]) < newest}
    cache = msgspec.structs.replace(cache, entries=sure)
    try:
        folder.mkdir(exist_ok=True)
        later = {**cache.later, **fresh}
        if records is not None and fresh and cache.stored and len(later) <= LATER:
            cache = msgspec.structs.replace(cache, later=later)
        elif records is not None:
            content = msgspec.json.encode(records)
            cache = msgspec.structs.replace(cache, stored=digest(content), later={})
            replace(records_file(folder, cache.stored), content)
        replace(folder / "checks.json", msgspec.json.encode(cache))
        for old in set(folder.glob("records-*.json")) - {records_file(folder, cache.stored)}:
            old.unlink(missing_ok=True)
    except OSError:
        return


def records_file(folder: Path, stored: str) -> Path:
    """Where the records of a check are kept: under the digest of their content, so that two checks never mix."""
    return folder / f"records-{stored}.json"


def digest(content: bytes) -> str:
    """A short text that differs whenever the content does."""
    return sha256(content).hexdigest()[:16]


def replace(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        new = Path(file.name)
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
