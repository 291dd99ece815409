"""A keyboard and nothing else: keys are pressed, and after each of them focus has to be where people can see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

LONGEST_WAY = 400  # presses of the Tab key
RING_PX = 3
FOCUS = """(ring) => {
  const node = document.activeElement;
  if (!node || node === document.body || node === document.documentElement) return null;
  const own = node.getBoundingClientRect();
  const lines = [...node.getClientRects()].map((box) => ({
    left: Math.max(box.left, 0), top: Math.max(box.top, 0),
    right: Math.min(box.right, innerWidth), bottom: Math.min(box.bottom, innerHeight),
  })).filter((box) => box.right > box.left && box.bottom > box.top);
  const style = getComputedStyle(node);
  const isDrawn = node.ownerSVGElement !== undefined && node.ownerSVGElement !== null;
  const points = lines.flatMap((box) => [0.1, 0.5, 0.9].flatMap((part) => [0.2, 0.5, 0.8].map((down) =>
    [box.left + part * (box.right - box.left), box.top + down * (box.bottom - box.top)])));
  const isUncovered = ([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return Boolean(top) && (node.contains(top) || top.closest("label")?.control === node);
  };
  let place = node; // a list that scrolls by itself stands for what is in it
  for (let box = node.parentElement; box && box !== document.body; box = box.parentElement)
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) place = box;
  const faults = [];
  if (!points.some(isUncovered)) faults.push("is not to be seen");
  if (!node.matches(":focus-visible") && !node.matches("main, h1, h2")) faults.push("does not show focus");
  if (!isDrawn && !node.matches("main, h1, h2")) {
    const width = parseFloat(style.outlineWidth);
    if (style.outlineStyle !== "solid" || width < ring) faults.push(`has a ring ${style.outlineStyle} of ${width} px`);
  }
  const words = (node.getAttribute("aria-label") ?? node.textContent ?? "").trim().replace(/\\s+/g, " ").slice(0, 50);
  const drawn = isDrawn ? "drawn" : [style.outlineColor, style.backgroundColor, style.display].join(" ");
  return {
    name: `<${node.tagName.toLowerCase()}${node.id ? " id=" + node.id : ""}> ${words}`,
    look: `${node.tagName} ${node.getAttribute("class") ?? ""} ${drawn}`,
    faults, top: place.getBoundingClientRect().top + scrollY, left: own.left, right: own.right,
  };
}"""
MARK = """() => {
  const node = document.activeElement;
  const isFirst = !document.querySelector("[data-visited]");
  const before = node === window.heldFocus ? "same" : node.getAttribute("data-visited");
  window.heldFocus = node;
  if (before === null) node.setAttribute("data-visited", isFirst ? "first" : "");
  return before;
}"""
"""Remember that an element had focus. Returns null when it had none before, and "same" when it still has it, as a field
for a time does, whose parts are stops of their own."""
UNVISITED = """() => [...document.querySelectorAll(
  'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')].filter((node) =>
  !node.hasAttribute("data-visited") && !node.disabled && node.tabIndex >= 0 &&
  node.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: false })
).map((node) => `${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 40)}`)"""


class LostError(AssertionError):
    """A task cannot be done by keyboard, or not without losing sight of focus."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """An element that has focus: its name for people, what it looks like, what is wrong, and its place in pixels."""

    name: str
    look: str
    faults: tuple[str, ...]
    top: float
    left: float
    right: float


def stop(page: "Page") -> Stop | None:
    """What has focus now; None when nothing on the page has."""
    found = page.evaluate(FOCUS, RING_PX)
    return Stop(**{**found, "faults": tuple(found["faults"])}) if found else None


def press(page: "Page", *keys: str) -> Stop | None:
    """Press keys, one after the other; raises LostError when focus is somewhere that cannot be seen."""
    here = None
    for key in keys:
        page.keyboard.press(key)
        here = stop(page)
        if here and here.faults:
            raise LostError(f"{page.url}: after {key}, {here.name} {' and '.join(here.faults)}")
    return here


def tab_to(page: "Page", selector: str, *, key: str = "Tab") -> Stop:
    """Press Tab until an element that fits the selector has focus; raises LostError when the way is endless."""
    for _ in range(LONGEST_WAY):
        here = press(page, key)
        if here and page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return here
    raise LostError(f"{page.url}: no way of {LONGEST_WAY} presses of {key} leads to {selector}")


def walk(page: "Page") -> Iterator[Stop]:
    """Every stop of the Tab key from the page's beginning to its end; raises LostError where there is no end.

    Past the end, focus leaves the page or comes back to its first stop.
    """
    while True:
        page.keyboard.press("Tab")
        here = stop(page)
        before = page.evaluate(MARK) if here else "first"
        if here is None or before == "first":
            return
        if before == "":
            raise LostError(f"{page.url}: focus comes back to {here.name} and never leaves the page")
        if before is None:
            yield here


def unvisited(page: "Page") -> list[str]:
    """Controls that are to be seen and had no focus during a walk."""
    return list(page.evaluate(UNVISITED))
