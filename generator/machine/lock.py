"""One build at a time in one folder: a lock that ends with the process that holds it, however that process ends."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.problems import SetupError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK = "lock"
FAR = 1 << 30
"""The byte that is locked on Windows, where nobody else could read a locked one: far behind the process number."""
HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
TRIES = 1000


@contextmanager
def alone(folder: Path, out: Path) -> Iterator[None]:
    """Have a folder to oneself, made if need be and gone afterwards if nothing was left in it.

    Where another process has it, a SetupError says that it is building `out`. The lock is the process's own: forked
    workers neither hold it nor keep it alive. On a file system that knows no locks, there is none.
    """
    descriptor = -1
    try:
        descriptor = acquire(folder, out)
        yield
    finally:
        if descriptor < 0:  # stopped on the way, perhaps; if another process has the lock, all stays as it is
            with suppress(SetupError, OSError):
                descriptor = acquire(folder, out)
        if descriptor >= 0:
            release(folder, descriptor)


def release(folder: Path, descriptor: int) -> None:
    """Give back the lock, and remove the folder if nothing else is in it.

    The file is removed while it is locked: who has opened it meanwhile finds out in `is_current` and begins again.
    """
    with suppress(OSError):
        if [path.name for path in folder.iterdir()] == [LOCK]:
            (folder / LOCK).unlink()
            folder.rmdir()
    os.close(descriptor)


def acquire(folder: Path, out: Path) -> int:
    """The descriptor of a locked file in a folder; the file says which process holds it."""
    while True:
        descriptor = open_in(folder)
        if not is_locked(descriptor):
            number = os.read(descriptor, 20)
            os.close(descriptor)
            process = f" (process {number.decode().strip()})" if number.strip().isdigit() else ""
            raise SetupError(
                f"another build is writing to {out}{process}; wait for it to end, or choose another folder with --out"
            )
        if is_current(descriptor, folder / LOCK):
            os.ftruncate(descriptor, 0)
            os.write(descriptor, b"%d\n" % os.getpid())
            return descriptor
        os.close(descriptor)


def open_in(folder: Path) -> int:
    """The descriptor of the lock's file in a folder, both made if need be."""
    for _attempt in range(TRIES):
        with suppress(FileNotFoundError, FileExistsError):  # another build has just made or removed the folder
            if not folder.is_dir():
                folder.mkdir(mode=0o700)
            return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    folder.mkdir(mode=0o700, exist_ok=True)  # fails for whatever reason there is
    return os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)


def is_locked(descriptor: int) -> bool:
    """Whether this process now holds the lock on an open file, or nobody can."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, FAR, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in HELD
    return True


def is_current(descriptor: int, path: Path) -> bool:
    """Whether an open file is still the one of that name."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
