"""A new site in the place of the old one: built beside it, exchanged in one step, and nothing left behind."""

import ctypes
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

RENAME_EXCHANGE = 2
AT_FDCWD = -100
"""Linux: the flag of `renameat2(2)` that swaps two names, and the folder from which relative paths count."""


@contextmanager
def staging(out: Path) -> Iterator[Path]:
    """An empty folder beside the site's, to build in; it is gone afterwards, whatever happens.

    Folders that a killed build has left are removed; their names hold the number of its process.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    sweep(out)
    with TemporaryDirectory(prefix=f".{out.name}.{os.getpid()}-", dir=out.parent) as folder:
        yield Path(folder)


def sweep(out: Path) -> None:
    """Remove the staging folders of builds that no longer run."""
    pattern = re.compile(rf"\.{re.escape(out.name)}\.([0-9]+)-\w+")
    for left in out.parent.iterdir():
        found = pattern.fullmatch(left.name)
        if found and not is_running(int(found[1])):
            shutil.rmtree(left, ignore_errors=True)


def is_running(process: int) -> bool:
    """Whether a process of that number runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def publish(folder: Path, out: Path) -> None:
    """Put a finished site, in a staging folder, in the place of the old one; the old one goes with that folder.

    Where the system can exchange two folders in one step, there is no instant without a site. Elsewhere the old site
    comes back if the new one cannot be put into its place.
    """
    if not out.exists():
        folder.replace(out)
    elif not exchanged(folder, out):
        old = folder.parent / "old"
        out.replace(old)
        try:
            folder.replace(out)
        except OSError:
            old.replace(out)
            raise


def exchanged(one: Path, other: Path) -> bool:
    """Whether the system swapped the two names in one step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
