"""Folders for what only another program reads, and only for a moment: in memory where there is room."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

IN_MEMORY = Path("/dev/shm")
"""Linux: a file system in memory, of which containers may have little."""
NAME = "partners-"
LEAST_FREE_BYTES = 1 << 20


@contextmanager
def scratch_folder(needed_bytes: int, otherwise: Path) -> Iterator[Path]:
    """An empty folder that is gone afterwards: in memory, or below `otherwise` where memory has no room for so much.

    What builds that were killed have left in memory is removed first.
    """
    parent = IN_MEMORY if _has_room(IN_MEMORY, needed_bytes) else otherwise
    if parent == IN_MEMORY:
        _sweep(parent)
    with TemporaryDirectory(prefix=f"{NAME}{os.getpid()}-", dir=parent) as folder:
        yield Path(folder)


def is_full(folder: Path) -> bool:
    """Whether the file system of a folder has no room for another file, so that the last may have been cut short."""
    if shutil.disk_usage(folder).free < LEAST_FREE_BYTES:
        return True
    counted = os.statvfs(folder) if hasattr(os, "statvfs") else None
    return counted is not None and counted.f_files > 0 == counted.f_favail  # some systems do not count files


def _has_room(folder: Path, needed_bytes: int) -> bool:
    try:
        return os.access(folder, os.W_OK | os.X_OK) and shutil.disk_usage(folder).free > 2 * needed_bytes
    except OSError:
        return False


def _sweep(parent: Path) -> None:
    for left in parent.glob(f"{NAME}*"):
        found = re.fullmatch(rf"{NAME}([0-9]+)-\w+", left.name)
        if found and not _is_running(int(found[1])):
            shutil.rmtree(left, ignore_errors=True)  # somebody else's stays


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True
