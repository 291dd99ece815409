"""How browser tests wait: `expect` of Playwright, with this patience; where it has no word for something, `becomes`."""

from collections.abc import Callable
from time import monotonic, sleep
from typing import TypeVar

Read = TypeVar("Read")
PATIENCE_MS = 20_000
"""Nothing takes as long on a machine that has much else to do; a test that fails takes longer."""
PAUSE_SECONDS = 0.05


def becomes(read: Callable[[], Read], wanted: Read) -> None:
    """Read again and again until it is what is wanted."""
    last = monotonic() + PATIENCE_MS / 1000
    while (found := read()) != wanted and monotonic() < last:
        sleep(PAUSE_SECONDS)
    assert found == wanted, f"{found!r} instead of {wanted!r}"
