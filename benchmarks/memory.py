"""Memory of a process with all that it starts, as Linux counts it."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Event

KIB_PER_MB = 1000 * 1000 / 1024
INTERVAL_S = 0.05
"""Between two looks; a peak that is shorter may be missed."""
SYSTEM = Path("/proc")


def can_be_watched() -> bool:
    """Whether the system tells proportional set sizes; Linux does."""
    return sys.platform == "linux" and (SYSTEM / "self/smaps_rollup").is_file()


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """The most memory in MB (10⁶ bytes): of all processes together at one time, and of any one of them.

    All together is the sum of proportional set sizes: a page that n processes share counts as 1/n in each, and so once.
    Any one is its highest resident set size, where shared pages count in full.
    """

    together_mb: float = 0
    one_mb: float = 0


def peak_of_session(session: int, is_over: Event, interval_s: float = INTERVAL_S) -> Peak:
    """The most memory that the processes of a session took, looked at again and again until `is_over` is set."""
    together = one = 0
    while True:
        now = tuple(members(session))
        together = max(together, sum(kib(process, "smaps_rollup", "Pss:") for process in now))
        one = max((one, *(kib(process, "status", "VmHWM:") for process in now)))
        if is_over.wait(interval_s):
            return Peak(together_mb=together / KIB_PER_MB, one_mb=one / KIB_PER_MB)


def members(session: int) -> Iterator[int]:
    """The processes of a session: its first one, and all that are below it and have not left it."""
    for folder in SYSTEM.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text("utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended meanwhile
            if int(fields[3]) == session:
                yield int(folder.name)


def kib(process: int, file: str, key: str) -> int:
    """A size that the system tells of a process, in KiB; 0 when the process has ended."""
    try:
        lines = (SYSTEM / str(process) / file).read_text("utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(key)), 0)
