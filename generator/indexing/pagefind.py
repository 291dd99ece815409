"""Runs of Pagefind: several at once, within the memory there is, and none left behind."""

import os
import signal
import subprocess
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pagefind_bin import get_executable

from generator.machine.processes import LIBRARY, end_with_parent
from generator.machine.scratch import is_full
from generator.problems import SetupError

PROCESS_BYTES = 24 << 20
BYTES_PER_BYTE = 24
"""Memory that Pagefind may take: so much for itself, and so much for each byte of HTML that it reads. Measured with
Pagefind 1.5.2 at 500, 1,000, 2,000 and 5,000 pages of 13 to 15 KB, in English and Arabic: 181 to 209 KB a page, which
is 13 to 15 bytes for each byte; pages that are hardly more than text take more."""
TURN_SECONDS = 0.01  # how long each running Pagefind is listened to before the next
WORDS_SHOWN = 300  # characters of what a failed Pagefind said


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One index to make, of the pages of a language, which have so many bytes in all."""

    language: str
    pages: tuple[str, ...]
    size_bytes: int

    @property
    def memory_bytes(self) -> int:
        """An estimate of the memory that its Pagefind takes."""
        return PROCESS_BYTES + BYTES_PER_BYTE * self.size_bytes


Prepare = Callable[[Task], Path]
"""Puts the pages of a task into `site/` of a folder of its own, and returns that folder, where `bundle/` is to be."""


def installed() -> Path:
    """The Pagefind of the package `pagefind-bin`."""
    try:
        return Path(get_executable())
    except FileNotFoundError as error:
        raise SetupError("Pagefind is missing: install the package pagefind-bin again") from error


def run(
    tasks: Iterable[Task], program: Path, memory_bytes: int, prepare: Prepare, done: Callable[[Task, Path], None]
) -> None:
    """Do every task, the largest first: `prepare` before it, and `done` with the same folder after it.

    Tasks run side by side, one for each processor at most, while their estimates together stay within `memory_bytes`;
    one always runs. A SetupError tells which language failed. Whatever happens, no Pagefind goes on afterwards.
    """
    waiting = deque(sorted(tasks, key=lambda task: (-task.size_bytes, task.language)))
    running: list[tuple[Task, Path, subprocess.Popen[bytes]]] = []
    try:
        while waiting or running:
            while waiting and _fits(waiting[0], tuple(task for task, _, _ in running), memory_bytes):
                task = waiting.popleft()
                folder = prepare(task)
                running.append((task, folder, _started(task, folder, program)))
            for task, folder, process in tuple(running):
                has_ended = _has_ended(task, process)
                if is_full(folder):  # Pagefind 1.5 then waits for ever, or leaves files empty and says nothing
                    raise failure(task, f"{folder.parent} is full")
                if has_ended:
                    running.remove((task, folder, process))
                    done(task, folder)
    finally:
        for _, _, process in running:
            process.kill()
            process.communicate()


def _fits(task: Task, running: Sequence[Task], memory_bytes: int) -> bool:
    """Whether one more task may run beside those that do."""
    needed = task.memory_bytes + sum(other.memory_bytes for other in running)
    return not running or (len(running) < (os.cpu_count() or 1) and needed <= memory_bytes)


def _started(task: Task, folder: Path, program: Path) -> subprocess.Popen[bytes]:
    # In a folder of ours and without PAGEFIND_*: a pagefind.yml of somebody else's must not be obeyed.
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    try:
        return subprocess.Popen(
            (program, "--silent", "--site", folder / "site", "--output-path", folder / "bundle"),
            cwd=folder,
            env=surroundings,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            preexec_fn=end_with_parent if LIBRARY else None,
        )
    except OSError as error:
        raise failure(task, refusal(error)) from error


def _has_ended(task: Task, process: subprocess.Popen[bytes]) -> bool:
    """Whether it ended well; a SetupError when it failed. Waits a moment for it, and takes up what it says."""
    try:
        said, _ = process.communicate(timeout=TURN_SECONDS)
    except subprocess.TimeoutExpired:
        return False
    if process.returncode:
        words = " ".join(said.decode("utf-8", errors="replace").split())[:WORDS_SHOWN]
        raise failure(task, f"Pagefind {_end(process.returncode)}{': ' if words else ''}{words}")
    return True


def _end(code: int) -> str:
    """How a process ended, in words, from its exit code (negative: the number of the signal that killed it)."""
    if code == -signal.SIGKILL:
        return "was killed, as systems do when memory runs out"
    return f"died of signal {-code}" if code < 0 else f"gave up (exit code {code})"


def failure(task: Task, why: str) -> SetupError:
    """The one line about an index that could not be made."""
    return SetupError(f"the search index of {task.language} could not be made: {why}")


def refusal(error: OSError) -> str:
    """What the system says is wrong, and with which file if it says so."""
    name = f"{error.filename}: " if error.filename else ""
    return name + (error.strerror or str(error)).lower()
