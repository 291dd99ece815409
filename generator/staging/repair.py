"""What somebody else has done to a site or its spare since the last build, and the way back."""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

from generator.manifest import NAME as MANIFEST
from generator.staging.spare import clear, is_alike, link, look, note


def examine(spare: Path, site: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """The paths of which it is in doubt whether both trees still have what the last build left there."""
    return (*doubtful(spare, site, files), *strangers(spare, site, files))


def doubtful(spare: Path, site: Path, files: Mapping[str, str]) -> Iterator[str]:
    """The paths at which a tree has no file, an empty one, one younger than the manifest, or another than the other."""
    manifest = look(f"{site}/{MANIFEST}")
    latest = manifest.st_mtime_ns if manifest else 0
    if MANIFEST in files and digest(site / MANIFEST) != files[MANIFEST]:
        yield MANIFEST  # another build has been here since we were told
    lstat, root = os.lstat, f"{site}/"  # a second for 340,000 files: nothing is done twice here
    for path in files:
        try:
            found = lstat(root + path)
        except (FileNotFoundError, NotADirectoryError):
            yield path
            continue
        if found.st_mtime_ns > latest or not found.st_size or not S_ISREG(found.st_mode):
            yield path
        elif found.st_nlink < 2:
            other = look(f"{spare}/{path}")
            if other is None or not is_alike(found, other):
                yield path


def strangers(spare: Path, site: Path, files: Mapping[str, str]) -> Iterator[str]:
    """What somebody else has put into the uppermost folder of a tree."""
    ours = {path.partition("/")[0] for path in files} | {MANIFEST}
    yield from sorted({path.name for tree in (spare, site) for path in tree.iterdir()} - ours)


def mend(spare: Path, site: Path, log: Path, files: Mapping[str, str], doubts: Iterable[str]) -> bool:
    """Bring back in the spare what the last build left at these paths; whether one of the trees still has it all.

    They are logged if the site differs then, so that it is mended as well as soon as the spare takes its place.
    """
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)
    try:
        for path in doubts:
            if path not in files:
                note(descriptor, path)
                clear(spare / path)
                continue
            good = next((tree for tree in (site, spare) if digest(tree / path) == files[path]), None)
            if good is None:
                return False
            if not is_shared(spare, site, path):
                note(descriptor, path)
                if good == site:
                    clear(spare / path)
                    link(f"{site}/{path}", f"{spare}/{path}")
    finally:
        os.close(descriptor)
    return True


def is_shared(spare: Path, site: Path, path: str) -> bool:
    """Whether a file is the same one in both trees."""
    one, other = look(spare / path), look(site / path)
    return one is not None and other is not None and os.path.samestat(one, other)


def digest(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal; "" when there is no regular file."""
    found = look(path)
    if found is None or not S_ISREG(found.st_mode):
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
