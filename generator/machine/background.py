"""A piece of work done in a process of its own, beside whatever else there is to do."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import TypeVar

Result = TypeVar("Result")


@contextmanager
def beside(work: Callable[[], Result]) -> Iterator[Callable[[], Result]]:
    """Begin work that changes nothing; what is yielded waits for its result.

    Where a process cannot be forked, and when the forked one fails or is killed, the work is done when its result is
    asked for.
    """
    if "fork" not in get_all_start_methods():
        yield work
        return
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=send, args=(work, sender), daemon=True)
    process.start()
    sender.close()

    def result() -> Result:
        try:
            found: Result = receiver.recv()
        except (EOFError, OSError):
            return work()
        return found

    try:
        yield result
    finally:
        process.kill()
        process.join()
        receiver.close()


def send(work: Callable[[], object], sender: Connection) -> None:
    """Do the work and send its result; nothing is sent, or said, when that fails."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for us answers Ctrl-C
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(OSError):
        sender.send(work())
