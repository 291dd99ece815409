"""One person at a time in a vault: a lock that ends with the command that holds it, and says whose it is."""

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.machine.lock import is_locked
from generator.problems import SetupError
from generator.text import visible

LOCK = ".lock"
PATIENCE_SECONDS = 5.0
PAUSE_SECONDS = 0.1


@contextmanager
def alone(folder: Path, who: str, *, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Have a vault to oneself; SetupError says who has it, if that person's command does not end soon.

    The system drops the lock when a command ends, however it ends, so none is ever stale; the file that stays behind
    holds nothing but who had it last. Where a file system knows no locks, there is none.
    """
    descriptor = _opened(folder)
    try:
        waited = 0.0
        while not is_locked(descriptor):
            if waited >= patience_seconds:
                raise SetupError(f"somebody else is changing this vault ({_said(descriptor)}); try again in a moment")
            time.sleep(PAUSE_SECONDS)
            waited += PAUSE_SECONDS
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{who}, process {os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)


def _opened(folder: Path) -> int:
    """The lock's file, opened; SetupError where a link or anything else stands in its place."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        descriptor = os.open(folder / LOCK, flags, 0o600)
    except OSError as error:
        raise SetupError(f"{folder / LOCK}: {(error.strerror or str(error)).lower()}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise SetupError(f"{folder / LOCK}: this is no plain file; delete it, and try again")
    return descriptor


def _said(descriptor: int) -> str:
    """Who has the lock, as its file says."""
    os.lseek(descriptor, 0, os.SEEK_SET)
    return visible(os.read(descriptor, 200).decode("utf-8", "replace").strip()) or "no name is given"
