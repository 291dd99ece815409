"""Files of a vault on the disk: for their owner only, never through links, whole or not at all."""

import os
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path

from generator.problems import Problem, SetupError
from generator.source.disk import read_bytes

FILE_MODE = 0o600
FOLDER_MODE = 0o700
LIMIT_BYTES = 8_000_000
LONG_BYTES = 200_000_000
"""The most bytes of a ledger, and of a change that is under way: both grow with what they hold."""
SOON_SECONDS = 3600
"""What is younger may still be written, at a desk."""
DEEPEST = 4
"""Steps of the longest way to a file of a vault; what lies deeper is none."""


def read_private(folder: Path, name: str, *, limit_bytes: int = LIMIT_BYTES) -> bytes | None:
    """The content of a vault's file, None when there is none; a link or anything else that is no file is refused."""
    check_way(folder, name)
    path = folder / name
    try:
        path.lstat()
    except FileNotFoundError:
        return None
    content = read_bytes(path, relative=name, limit_bytes=limit_bytes)
    if isinstance(content, Problem):
        raise SetupError(f"{name}: {content.message}")
    return content


def write_private(folder: Path, name: str, content: bytes | None) -> None:
    """Write a file of a vault in one step, readable by its owner only; None removes it."""
    check_way(folder, name)
    path = folder / name
    if content is None:
        path.unlink(missing_ok=True)
        return
    steps = name.split("/")
    for end in range(1, len(steps)):
        folder.joinpath(*steps[:end]).mkdir(mode=FOLDER_MODE, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    keep_names(path.parent)


def append_private(path: Path, content: bytes, *, after_bytes: int) -> None:
    """Make a file end with some content after its first bytes; what stood behind these is what a crash has left."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, FILE_MODE), "r+b") as file:
        file.truncate(after_bytes)
        file.seek(after_bytes)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def keep_names(folder: Path) -> None:
    """Have the names in a folder written to the disk, where the system can do that."""
    with suppress(OSError, AttributeError):
        opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def check_way(folder: Path, name: str) -> None:
    """Refuse a name that leads out of a vault, or through a link."""
    steps = name.split("/")
    if any(step in ("", ".", "..") for step in steps):
        raise SetupError(f"{name}: no file of a vault has such a name")
    for end in range(1, len(steps)):
        way = folder.joinpath(*steps[:end])
        if way.is_symlink():
            raise SetupError(f"{way}: this is a link, and a vault holds none: put the folder itself there")


def names_in(folder: Path, inside: str) -> tuple[str, ...]:
    """Every file in a folder of a vault and below it, sorted; none that begins with a dot.

    A folder deeper than any file of a vault stands for what lies in it.
    """
    check_way(folder, f"{inside}/x")
    found: list[str] = []
    with suppress(FileNotFoundError):
        for path in (folder / inside).iterdir():
            name = f"{inside}/{path.name}"
            if path.name.startswith("."):
                continue
            is_way = path.is_dir() and not path.is_symlink() and name.count("/") < DEEPEST
            found += names_in(folder, name) if is_way else [name]
    return tuple(sorted(found))


def is_open(path: Path) -> bool:
    """Whether others than the owner may read a file or enter a folder."""
    return os.name == "posix" and bool(stat.S_IMODE(path.lstat().st_mode) & 0o077)


def sweep(folder: Path) -> None:
    """Remove what stopped commands and desks have left half-written an hour ago or earlier: `.name.new`."""
    before = time.time() - SOON_SECONDS
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git"]
        for name in filter(is_half_written, (*folders, *files)):
            path = Path(place, name)
            with suppress(OSError):  # a desk may be done with it at this moment
                if path.lstat().st_mtime < before and name in files:
                    path.unlink()
                elif path.lstat().st_mtime < before:
                    shutil.rmtree(path, ignore_errors=True)


def is_half_written(name: str) -> bool:
    """Whether this is the name of a file or folder that is being written."""
    return name.startswith(".") and name.endswith(".new")
