"""One measured process: the seconds from its start to its end, and the memory that it took with all it started."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from threading import Event, Timer

from benchmarks.memory import Peak, peak_of_session

SHOWN = 1500
"""Characters of a failed process's last words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a process took.

    `fault` is what it said last when it failed. A late one was ended at the time limit: it would have taken more than
    `seconds`. `peak` is the memory, None when nobody watched.
    """

    seconds: float
    output: str = ""
    fault: str = ""
    is_late: bool = False
    peak: Peak | None = None


def run(
    command: tuple[str, ...],
    *,
    folder: Path,
    surroundings: Mapping[str, str] | None = None,
    limit_s: float,
    watches_memory: bool = False,
) -> Run:
    """Run a command in a session of its own; at the limit, all of the session is ended.

    Watching the memory costs time, so that the seconds of such a run are not comparable with others.
    """
    os.sync()  # what an earlier run has written must not be written to the disk while this one is timed
    with TemporaryFile() as output, ThreadPoolExecutor(max_workers=1) as watchers:
        started = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | dict(surroundings or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        is_over = Event()
        timer = Timer(limit_s, partial(end, process.pid))
        timer.start()
        watched = watchers.submit(peak_of_session, process.pid, is_over) if watches_memory else None
        try:
            process.wait()
        except BaseException:
            end(process.pid)
            process.wait()
            raise
        finally:
            seconds = time.perf_counter() - started
            timer.cancel()
            is_over.set()
        output.seek(0)
        words = output.read().decode("utf-8", errors="replace")
        is_late = process.returncode == -signal.SIGKILL and seconds >= limit_s
        return Run(
            seconds=seconds,
            output=words,
            fault=words.strip()[-SHOWN:] or f"exit code {process.returncode}" if process.returncode else "",
            is_late=is_late,
            peak=watched.result() if watched else None,
        )


def end(session: int) -> None:
    """End every process of a session that this program started."""
    try:
        os.killpg(session, signal.SIGKILL)
    except ProcessLookupError:
        return
