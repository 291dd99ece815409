"""Work shared among processes: results in order, and no process that waits for ever."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import active_children, get_context

import pytest

from generator.building import printing
from generator.machine.processes import shared
from generator.problems import SetupError

pytestmark = pytest.mark.skipif(not printing.CAN_FORK, reason="processes are not forked here")
FORK = get_context("fork") if printing.CAN_FORK else None
PATIENCE_SECONDS = 30


def square(number: int) -> int:
    """Work that is soon done."""
    return number * number


def die(number: int) -> int:
    """Work during which the process is killed."""
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def work(function: Callable[[int], int], jobs: int = 2) -> tuple[int, ...]:
    """The results of a hundred pieces."""
    found = shared(function, range(100), jobs=jobs, what="squared", advice="use --jobs 1", context=FORK)
    return tuple(found)


@pytest.mark.parametrize("jobs", [1, 2, 8])
def test_results_come_in_order(jobs: int) -> None:
    assert work(square, jobs) == tuple(map(square, range(100)))
    assert active_children() == []


def test_a_killed_process_is_told_of() -> None:
    with pytest.raises(SetupError, match=r"a process that squared was killed.*use --jobs 1"):
        work(die)
    assert active_children() == []


@pytest.mark.parametrize("allowed", [0, 1, 3])
def test_a_system_that_starts_no_more_processes_ends_the_work(allowed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    forked: list[int] = []
    fork = os.fork

    def scarce() -> int:
        if len(forked) >= allowed:
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", scarce)
    with pytest.raises(SetupError, match=r"starts no more processes.*unavailable; use --jobs 1"):
        work(square, jobs=4)
    assert active_children() == []


def test_nothing_is_left_that_the_end_of_the_program_would_wait_for() -> None:
    script = (
        "import os, sys; from multiprocessing import get_context; from generator.machine.processes import shared\n"
        "fork, count = os.fork, []\n"
        "def scarce():\n"
        "    if count: raise BlockingIOError(11, 'none left')\n"
        "    count.append(1); return fork()\n"
        "os.fork = scarce\n"
        "try: list(shared(abs, range(9), jobs=3, what='x', advice='y', context=get_context('fork')))\n"
        "except Exception as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True
    )
    assert "starts no more processes" in done.stdout
