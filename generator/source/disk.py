"""Bytes of a file that strangers may have put there."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generator.problems import Place, Problem


def read_bytes(path: Path, *, relative: str, limit_bytes: int) -> bytes | Problem:
    """The whole file, or the problem with it: not a plain file, too large, or not readable.

    Links are not followed, and pipes and devices are not opened, not even when they are swapped in meanwhile.
    """
    at = Place(path=relative)
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        fault = _fault(path.lstat(), at, limit_bytes)
        if fault is not None:
            return fault
        with os.fdopen(os.open(path, flags), "rb") as file:
            fault = _fault(os.fstat(file.fileno()), at, limit_bytes)
            content = b"" if fault else file.read(limit_bytes + 1)
    except (OSError, ValueError) as failure:  # ValueError: a NUL in the path
        reason = getattr(failure, "strerror", None) or "its name cannot be used"
        hint = "Check the file's permissions."
        return Problem(at=at, rule="unreadable", message=f"the file cannot be read: {reason.lower()}", hint=hint)
    if fault is None and len(content) > limit_bytes:
        fault = too_large(relative, len(content), limit_bytes)
    return fault or content


def _fault(status: os.stat_result, at: Place, limit_bytes: int) -> Problem | None:
    if not stat.S_ISREG(status.st_mode):
        hint = "Put a plain file there."
        return Problem(at=at, rule="not-a-file", message=f"this is {_kind(status.st_mode)}, not a file", hint=hint)
    return too_large(at.path, status.st_size, limit_bytes) if status.st_size > limit_bytes else None


def _kind(mode: int) -> str:
    if stat.S_ISLNK(mode):
        return "a symbolic link"
    return "a folder" if stat.S_ISDIR(mode) else "a pipe, socket or device"


def too_large(relative: str, size: int, limit: int) -> Problem:
    """The problem of a file with more bytes than its kind may have."""
    message = f"the file has {size:,} bytes; the most is {limit:,}"
    return Problem(at=Place(path=relative), rule="too-large", message=message, hint="Shorten its texts.")
