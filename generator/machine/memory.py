"""How much memory the machine still gives to processes that are about to start."""

import os
from collections.abc import Iterator
from pathlib import Path

V2 = ("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")
V1 = ("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")
"""Where each version of Linux's control groups says what: its folder, the limit, what is used, and how much of that is
files of which the kernel can let go (a line of `memory.stat`). From the kernel's cgroup-v2.rst and memory.rst."""
UNKNOWN_BYTES = 2 << 30
"""Assumed where nothing can be asked."""


def available_bytes(root: Path = Path("/")) -> int:
    """Bytes that processes may take from now on without anything being swapped out or killed; an estimate.

    Linux says it (`MemAvailable`), and its control groups, such as those of containers, may set a lower limit. On other
    systems it is half of what is built in. `root` is where the system's own files begin.
    """
    return min((*_said_by_kernel(root), *_left_in_groups(root)), default=_half_of_all())


def _said_by_kernel(root: Path) -> Iterator[int]:
    for line in _text(root / "proc/meminfo").splitlines():
        if line.startswith("MemAvailable:"):
            yield int(line.split()[1]) * 1024


def _left_in_groups(root: Path) -> Iterator[int]:
    for line in _text(root / "proc/self/cgroup").splitlines():
        _number, controllers, path = line.split(":", 2)
        if controllers == "" or "memory" in controllers.split(","):
            folder, *names = V1 if controllers else V2
            top = root / folder
            group = top / path.strip("/")
            for place in (group, *group.parents):
                if place.is_relative_to(top):
                    yield from _left(place, *names)


def _left(group: Path, limit: str, used: str, freed: str) -> Iterator[int]:
    """What one group has left; nothing for one that sets no limit, or is hidden from this process."""
    most, now = _text(group / limit).strip(), _text(group / used).strip()
    if not (most.isdecimal() and now.isdecimal()):  # no limit in version 2: the word “max”
        return
    counted = dict(line.split() for line in _text(group / "memory.stat").splitlines())
    yield max(0, int(most) - int(now) + int(counted.get(freed, 0)))


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:
        return ""


def _half_of_all() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return UNKNOWN_BYTES
