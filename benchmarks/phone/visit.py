"""One visit of a site by a phone: how long until it can be used, until words are answered, and until a choice shows."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import environ
from shutil import which
from typing import TYPE_CHECKING

import click

from benchmarks.phone.line import Line

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BYTES_PER_S = 50_000.0
"""400 kilobits."""
DELAY_S = 0.4
SLOWER = 4
"""Times that a phone's processor is slower than this one."""
PATIENCE_MS = 120_000
QUIET_MS = 700
"""After an answer, before the next word is typed, and before bytes are counted."""
TYPE = """([selector, word]) => {
    const box = document.querySelector(selector);
    box.focus();
    box.value = word;
    for (const name of ["input", "keyup"]) box.dispatchEvent(new Event(name, { bubbles: true }));
}"""
LISTEN = """() => {
    globalThis.taps = [];
    new PerformanceObserver(list => taps.push(...list.getEntries()))
        .observe({ type: "event", durationThreshold: 16 });
}"""
"""Chromium then reports each tap with the time until the next picture: https://www.w3.org/TR/event-timing/."""
DRAWN = "() => taps.some(tap => tap.interactionId && tap.name === 'click')"
LONGEST = "() => Math.max(...taps.splice(0).filter(tap => tap.interactionId).map(tap => tap.duration))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a page is used: the selectors of the box to type in and of a choice, if there is any, and functions in
    JavaScript. `is_ready` tells whether the page can be used; `answer`, whether results are others than those given,
    or, given none, which there are.
    """

    path: str
    is_ready: str
    box: str
    answer: str
    choice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Seconds until the page was usable, until each answer, and until a choice was shown; bytes of page and answers."""

    usable_s: float
    first_s: float
    second_s: float
    choice_s: float | None
    page_bytes: int
    answer_bytes: int


@contextmanager
def chromium() -> Iterator["Browser"]:
    """The machine's own Chromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise click.ClickException("phones need Playwright: make bench installs it") from error
    names = ("chromium", "chromium-browser", "google-chrome")
    program = environ.get("PARTNERS_CHROMIUM") or next(filter(None, map(which, names)), None)
    if program is None:
        raise click.ClickException("there is no Chromium here: install it, or set PARTNERS_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
        )
        yield browser
        browser.close()


def visit(browser: "Browser", line: Line, way: Way, words: tuple[str, str]) -> Visit:
    """A visit by a browser that knows nothing yet."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    context.set_default_timeout(PATIENCE_MS)
    try:
        page = context.new_page()
        context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        line.bytes_per_s, line.delay_s = BYTES_PER_S, DELAY_S
        line.forget()
        usable_s = seconds_of(page, lambda: page.goto(line.address + way.path, wait_until="commit"), way.is_ready, "")
        page.wait_for_load_state("networkidle")
        page_bytes = line.size_bytes
        choice_s = chosen(page, way.choice) if way.choice else None
        line.forget()
        first_s, second_s = (answered(page, way, word) for word in words)
        return Visit(
            usable_s=usable_s,
            first_s=first_s,
            second_s=second_s,
            choice_s=choice_s,
            page_bytes=page_bytes,
            answer_bytes=line.size_bytes,
        )
    finally:
        context.close()


def chosen(page: "Page", choice: str) -> float:
    """Seconds from a tap on a choice until the phone has drawn what it changes; the choice is taken back."""
    page.evaluate(LISTEN)
    tick = page.locator(choice).first
    tick.evaluate("choice => { const part = choice.closest('details'); if (part) part.open = true; }")
    tick.focus()  # long lists are fetched now
    page.wait_for_timeout(10 * QUIET_MS)
    tick.click()
    page.wait_for_function(DRAWN)
    took_s = page.evaluate(LONGEST) / 1000
    tick.click()
    page.wait_for_timeout(QUIET_MS)
    return float(took_s)


def answered(page: "Page", way: Way, word: str) -> float:
    """Seconds from the focus of the box, with a word, until other results than before are shown."""
    before = page.evaluate(way.answer, "")
    took = seconds_of(page, lambda: page.evaluate(TYPE, [way.box, word]), way.answer, before or "-")
    page.wait_for_timeout(QUIET_MS)
    return took


def seconds_of(page: "Page", act: Callable[[], object], done: str, given: str) -> float:
    """Seconds from the beginning of a deed until a function in the page says yes."""
    started = time.perf_counter()
    act()
    page.wait_for_function(done, arg=given, polling=20)
    return time.perf_counter() - started
