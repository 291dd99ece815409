"""The spare: the former site, beside the present one; brought up to date, it saves the next build a copy of the site.

Its files are hard links to the site's (copies where the system has no links), so a file of it must never be written in
place: it is removed and made anew. A log names every file in which the two trees may differ, since before they did;
without a log nothing is known of the spare, and all of it is compared.
"""

import errno
import os
import shutil
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from generator.manifest import NAME as MANIFEST

UNLINKABLE = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV, errno.EINVAL)
"""What systems answer that cannot link two names to a file, or this file."""


def refresh(spare: Path, site: Path, log: Path, files: Mapping[str, str]) -> None:
    """Make `spare` the same as the site again, except for what only `repair.examine` finds, and begin its log.

    `files` maps the path of each file that the last build left to the SHA-256 of its content.
    """
    paths = logged(log) if spare.is_dir() else None
    try:
        if paths is not None:
            renew(spare, site, paths)
    except OSError:  # somebody has been there
        paths = None
    if paths is None:
        clear(log)
        if not spare.is_dir():
            clear(spare)
            spare.mkdir()
        prune(spare, "", files)
        renew(spare, site, [*files, MANIFEST])
    start(log)


def start(log: Path) -> None:
    """Begin a log anew, in one step."""
    fresh = log.with_suffix(".new")
    fresh.write_bytes(b"")
    fresh.replace(log)


def note(log: int, path: str) -> None:
    """Add a path to an open log, in one write: workers share the log, and a write cut short spoils no other."""
    line = b"\0%b\0" % os.fsencode(path)
    if os.write(log, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def logged(log: Path) -> Collection[str] | None:
    """The paths in a log; None when there is none, or somebody else has written it."""
    try:
        paths = dict.fromkeys(filter(None, os.fsdecode(log.read_bytes()).split("\0")))
    except OSError:
        return None
    return None if any(path.startswith("/") or ".." in path.split("/") for path in paths) else paths


def prune(folder: Path, prefix: str, files: Mapping[str, str]) -> bool:
    """Remove from a folder (at the path `prefix` of the site) what is not in `files`; whether nothing is left in it."""
    is_empty = True
    for entry in tuple(os.scandir(folder)):
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if prune(Path(entry), f"{path}/", files):
                Path(entry).rmdir()
                continue
        elif path not in files and path != MANIFEST:
            Path(entry).unlink()
            continue
        is_empty = False
    return is_empty


def strip(folder: Path) -> None:
    """Remove every file in a folder, but none of its folders: to make them anew takes longer than all else."""
    for place, folders, names in os.walk(folder):
        for name in (*names, *(name for name in folders if Path(place, name).is_symlink())):
            Path(place, name).unlink()


def tidy(folder: Path) -> None:
    """Remove the empty folders in a folder."""
    for place, _folders, names in os.walk(folder, topdown=False):
        if not names and place != str(folder):
            with suppress(OSError):  # folders in it are not empty
                Path(place).rmdir()


def renew(spare: Path, site: Path, paths: Collection[str]) -> None:
    """Make these paths of the spare what they are in the site."""
    present = []
    for path in paths:
        found = look(f"{site}/{path}")
        if found is None:
            remove(spare, path)
        elif S_ISREG(found.st_mode):
            present.append(path)
        elif not (spare / path).is_dir():
            clear(spare / path)
    for path in present:  # only now, as a folder may have taken the place of a file, or a file that of a folder
        link(f"{site}/{path}", f"{spare}/{path}")


def look(path: Path | str) -> os.stat_result | None:
    """What the system knows of a file or folder, or None when there is none."""
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_alike(one: os.stat_result, other: os.stat_result) -> bool:
    """Whether two files are one, or one a copy of the other, to judge by size and time."""
    is_one = one.st_ino == other.st_ino or (one.st_size == other.st_size and one.st_mtime_ns == other.st_mtime_ns)
    return is_one and S_ISREG(one.st_mode) and S_ISREG(other.st_mode)


def link(source: str, target: str) -> None:
    """Make `target` the same file as `source`, or a copy of it where the system cannot do that."""
    try:
        os.link(source, target)
    except (FileNotFoundError, NotADirectoryError):
        make_folder(Path(target).parent)
        link(source, target)
    except FileExistsError:
        if not is_alike(os.lstat(source), os.lstat(target)):
            clear(Path(target))
            link(source, target)
    except OSError as error:
        if error.errno not in UNLINKABLE:
            raise
        there = look(target)
        if not (there and is_alike(os.lstat(source), there)):
            clear(Path(target))
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)


def make_folder(folder: Path) -> None:
    """Make a folder that is not there, and the ones above it; a file in its way is removed."""
    try:
        folder.mkdir(parents=True)
    except (FileExistsError, NotADirectoryError):
        blocked_by = blocker(folder / "x")
        if blocked_by is None:
            raise
        blocked_by.unlink()
        folder.mkdir(parents=True)


def blocker(path: Path) -> Path | None:
    """The file that stands where a folder above this path should be."""
    found = ((above, look(above)) for above in path.parents)  # each looked at once: workers make and remove folders
    nearest, state = next((above, state) for above, state in found if state)
    return None if S_ISDIR(state.st_mode) or nearest.is_dir() else nearest


def clear(path: Path) -> None:
    """Remove a file, or a folder with all that is in it, if there is one."""
    try:
        path.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return
    except (IsADirectoryError, PermissionError):  # systems differ
        if not path.is_dir():
            raise
        shutil.rmtree(path)


def remove(folder: Path, path: str) -> None:
    """Remove a path below a folder, and the folders above it that are empty then."""
    clear(folder / path)
    while path := path.rpartition("/")[0]:
        try:
            (folder / path).rmdir()
        except FileNotFoundError:
            continue
        except OSError:
            return
