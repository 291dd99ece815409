"""How browser tests wait: `expect` of Playwright, with this patience; where it has no word for something, `becomes`."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from playwright.sync_api import Page

Read = TypeVar("Read")
PATIENCE_MS = 20_000
"""Nothing takes as long on a machine that has much else to do; a test that fails takes longer."""
PAUSE_MS = 50


def becomes(page: "Page", read: Callable[[], Read], wanted: Read) -> None:
    """Read again and again until it is what is wanted, while events of the page are heard."""
    last = monotonic() + PATIENCE_MS / 1000
    while (found := read()) != wanted and monotonic() < last:
        page.wait_for_timeout(PAUSE_MS)
    assert found == wanted, f"{found!r} instead of {wanted!r}"
