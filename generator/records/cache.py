"""What the last check found in each file, so that an unchanged file is neither read nor checked again."""

import sys
from collections.abc import Iterable
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time

import msgspec
from msgspec import Raw, Struct

from generator import __version__
from generator.problems import Problem
from generator.records.folders import SOFTWARE
from generator.records.pile import PART, Pile, make

LATER = 100
"""So many changed records are kept beside the others before all are written anew."""
SEAL = sha256().digest_size
ABANDONED_SECONDS = 3600
"""An incomplete file this old belongs to a check that was killed."""


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """What is known of one file: its stamp then (see `Found`), what was wrong with it, and where its data are kept.

    `digest` differs whenever the data do; "" when they are bad or it is no record. They take `length` bytes from
    `start` in the file of records; 0 bytes when they are kept beside it.
    """

    stamp: int
    problems: tuple[Problem, ...] = ()
    digest: str = ""
    start: int = 0
    length: int = 0


class Whole(Struct, frozen=True):
    """What was wrong with the whole set on a day; holds as long as no file changes."""

    today: date
    problems: tuple[Problem, ...]


class Cache(Struct, frozen=True, kw_only=True):
    """The last check of a project; `version` stands for the software, the schemas and all else that decides.

    `stored` tells which file beside it holds the records, of `size` bytes; `later` holds those that changed since it
    was written.
    """

    version: str = ""
    stored: str = ""
    size: int = 0
    later: dict[str, Raw] = {}
    entries: dict[str, Entry] = {}
    whole: Whole | None = None


def version_of(schema: Path) -> str:
    """A short text that differs whenever the software, what it is built on, a schema, a vocabulary or a catalogue does.

    The list of requirements stands for the packages that decide results; asking each for its version takes long.
    """
    return digest("\n".join((__version__, sys.version, *code_marks(SOFTWARE), *marks(data_files(schema)))).encode())


def version_everywhere(schema: Path) -> str:
    """The same by content, which takes longer: it is the same wherever this software and these words are."""
    files = code_files(SOFTWARE) | data_files(schema)
    contents = sorted(f"{path.name}:{sha256(path.read_bytes()).hexdigest()}" for path in files)
    return digest("\n".join((__version__, *map(str, sys.version_info[:2]), *contents)).encode())


@cache
def code_marks(software: Path) -> tuple[str, ...]:
    """The marks of the code as this process found them: a preview goes on with what it has loaded."""
    return marks(code_files(software))


def marks(files: Iterable[Path]) -> tuple[str, ...]:
    """What tells that one of some files changed."""
    return tuple(f"{p}:{s.st_size}:{s.st_mtime_ns}" for p in sorted(files) for s in [p.stat()])


def code_files(software: Path) -> set[Path]:
    """What a process loads once."""
    return {*(software / "generator").rglob("*.py"), *software.glob("requirements.txt")}


def data_files(schema: Path) -> set[Path]:
    """What every build reads: catalogues, search words, schemas and vocabularies, and our own schemas for the data
    dictionary.
    """
    words = SOFTWARE / "translations"
    return {
        *words.glob("**/interface.po*"),
        *words.glob("*/search.yml"),
        *schema.rglob("*.json"),
        *schema.rglob("*.yml"),
        *(SOFTWARE / "schema").glob("*.json"),
    }


def read_cache(folder: Path, version: str) -> tuple[Cache, str]:
    """The cache of an earlier check, and a sentence for people when there is one that cannot be used.

    The cache is empty then, as it is when there was none.
    """
    empty = Cache(version=version)
    another = f"The cache in {folder.name} was made by another version; everything is read again."
    damaged = f"The cache in {folder.name} is damaged; everything is read again."
    try:
        cache = msgspec.json.decode((folder / "checks.json").read_bytes(), type=Cache)
        if cache.version != version:
            return empty, another
        is_whole = not cache.stored or records_file(folder, cache.stored).stat().st_size == cache.size
        return (cache, "") if is_whole else (empty, damaged)
    except msgspec.ValidationError:
        return empty, another
    except (OSError, ValueError, RecursionError) as error:  # a ValueError, too, where a text is no UTF-8
        is_absent = isinstance(error, FileNotFoundError) and not (folder / "checks.json").exists()
        return empty, "" if is_absent else damaged


def write_cache(folder: Path, cache: Cache, pile: Pile | None = None) -> str:
    """Keep a check for the next time; returns a sentence for people when that failed, which costs only time.

    What is on the pile takes the place of the records that were there, or is kept beside them.
    """
    pile = pile or Pile()
    try:
        make(folder)
        if pile.holds_all:
            cache = msgspec.structs.replace(cache, stored=pile.digest, size=pile.size)
            pile.move_to(records_file(folder, cache.stored))
        else:
            cache = msgspec.structs.replace(cache, later={path: Raw(data) for path, data in pile.later.items()})
        replace(folder / "checks.json", msgspec.json.encode(cache))
        tidy(folder, cache.stored)
    except OSError as error:
        pile.drop()
        reason = (error.strerror or str(error)).lower()
        return f"The cache in {folder.name} cannot be written ({reason}); the next check reads everything again."
    return ""


def tidy(folder: Path, stored: str) -> None:
    """Delete the records of earlier checks, and what checks that were killed have left behind."""
    for old in set(folder.glob("records-*")) - {records_file(folder, stored)}:
        old.unlink(missing_ok=True)
    for part in folder.glob(f"{PART}*"):
        if part.stat().st_mtime < time() - ABANDONED_SECONDS:
            part.unlink(missing_ok=True)


def records_file(folder: Path, stored: str) -> Path:
    """Where the records of a check are kept: under the digest of their content, so that two checks never mix."""
    return folder / f"records-{stored}.jsonl"


def digest(content: bytes) -> str:
    """A short text that differs whenever the content does."""
    return sha256(content).hexdigest()[:16]


def write_sealed(path: Path, content: bytes) -> None:
    """Write a file that begins with its own digest; a folder that cannot be written costs only time."""
    try:
        make(path.parent)
        replace(path, sha256(content).digest() + content)
    except OSError:
        return


def read_sealed(path: Path) -> bytes | None:
    """What `write_sealed` wrote; None when nothing is there, a ValueError when it is something else."""
    try:
        sealed = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ValueError(str(error)) from error
    seal, content = sealed[:SEAL], sealed[SEAL:]
    if sha256(content).digest() != seal:
        raise ValueError("it is not as it was written")
    return content


def replace(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    with NamedTemporaryFile(dir=path.parent, prefix=PART, delete=False) as file:
        new = Path(file.name)
    try:
        new.write_bytes(content)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
