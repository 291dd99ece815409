"""Work shared among processes of our own."""

import ctypes
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import active_children
from multiprocessing.context import BaseContext
from typing import TypeVar

from generator.problems import SetupError

Piece = TypeVar("Piece")
Result = TypeVar("Result")
LIBRARY = ctypes.CDLL(None) if sys.platform == "linux" else None
PR_SET_PDEATHSIG = 1
"""Linux: what `prctl(2)` has to set so that a process gets a signal when its parent ends."""


def shared(
    work: Callable[[Piece], Result],
    pieces: Sequence[Piece],
    *,
    jobs: int,
    what: str,
    advice: str,
    context: BaseContext | None = None,
) -> Iterator[Result]:
    """Let so many processes do pieces of work; the results come in the order of the pieces.

    Raises SetupError when a process is killed or cannot be started: `what` says what they did, such as "wrote pages",
    and `advice` what now. None of them goes on after that.
    """
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor  # slow to import, and seldom needed

    others = active_children()
    pool = ProcessPoolExecutor(min(jobs, len(pieces)), mp_context=context, initializer=leave_stopping)
    try:
        results = pool.map(work, pieces)
    except BaseException as error:
        for child in active_children():
            if child not in others:
                child.kill()  # it would wait forever: work is given out only when all have started
                child.join()
        if isinstance(error, OSError):
            raise SetupError(f"the system starts no more processes: {error.strerror}; {advice}") from error
        raise
    try:
        yield from results
    except BrokenProcessPool as error:
        raise SetupError(f"a process that {what} was killed, perhaps because memory ran out; {advice}") from error
    finally:
        pool.shutdown(cancel_futures=True)


def leave_stopping() -> None:
    """Ctrl-C reaches every process of a terminal; the one that gave this one its work ends it.

    Where the system can (Linux), it does so even when it is killed: nobody would ever give this one work again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()


def end_with_parent() -> None:
    """Have the system end this process when its parent is killed; one call alone, for it may stand before an exec."""
    if LIBRARY:
        LIBRARY.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
