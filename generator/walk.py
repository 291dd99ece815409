"""Every file below a folder, with its status; links are never followed."""

import os
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from stat import S_ISDIR, S_ISLNK

from generator.problems import Place, Problem
from generator.text import visible

DEEPEST = 6
"""Folders below each other; records need four."""


def walk(root: Path, folder: str) -> Iterator[tuple[str, str, os.stat_result] | Problem]:
    """(folder, name, status) of every file below a folder, by name, without following links.

    Links, folders that cannot be listed and folders too deep are problems; a folder that does not exist is empty.
    """
    if (root / folder).is_symlink():
        yield linked(folder)
        return
    try:
        listed = entries_of(f"{root}/{folder}")
    except FileNotFoundError:
        return
    except OSError as error:
        message = f"this folder cannot be listed: {(error.strerror or str(error)).lower()}"
        yield problem(folder, "unreadable", message, "check that it is a folder, and its permissions")
        return
    for name, status in listed:
        if S_ISLNK(status.st_mode):
            yield linked(f"{folder}/{name}")
        elif not S_ISDIR(status.st_mode) or name.endswith(".yml"):
            yield folder, name, status
        elif folder.count("/") + 1 < DEEPEST:
            yield from walk(root, f"{folder}/{name}")
        else:
            yield problem(f"{folder}/{name}", "unexpected-folder", "folders are nested too deep here", "delete it")


def entries_of(folder: str) -> list[tuple[str, os.stat_result]]:
    """(name, status) of everything in a folder, by name; what is deleted meanwhile is left out.

    Asking below an open folder rather than by whole paths takes two thirds of the time.
    """
    if os.scandir not in os.supports_fd:
        with os.scandir(folder) as entries:
            return sorted(statuses(entries), key=itemgetter(0))
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        with os.scandir(opened) as entries:
            return sorted(statuses(entries), key=itemgetter(0))
    finally:
        os.close(opened)


def statuses(entries: Iterable[os.DirEntry[str]]) -> Iterator[tuple[str, os.stat_result]]:
    """(name, status) of the entries of a folder that are still there."""
    for entry in entries:
        try:
            yield entry.name, entry.stat(follow_symlinks=False)
        except FileNotFoundError:  # deleted a moment ago
            continue


def problem(path: str, rule: str, message: str, hint: str) -> Problem:
    """A problem with a whole file or folder, whose name may hold anything."""
    return Problem(at=Place(path=visible(path)), rule=rule, message=message, hint=visible(hint))


def linked(path: str) -> Problem:
    """The problem of a symbolic link."""
    hint = "put the file itself here; links are never followed"
    return problem(path, "symbolic-link", "this is a link to another file or folder", hint)
