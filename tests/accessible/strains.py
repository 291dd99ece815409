"""What readers and devices do to a page (spaced text, large text, few colors, no motion), and what must outlast it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.accessible.looks import restyle

if TYPE_CHECKING:
    from playwright.sync_api import Page

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }"""
"""What WCAG 2.2 names in 1.4.12."""
LARGE = ":root { font-size: 212.5% !important; }"
"""Twice the size that the theme asks for."""
UNSTRAINED = "() => { document.adoptedStyleSheets = []; }"
CUT = """() => [...document.querySelectorAll("body *")].filter((node) => {
  const style = getComputedStyle(node);
  const isSeen = node.getClientRects().length && style.clipPath === "none" && !node.closest("svg");
  const isLabel = node.matches("button, summary, .dp-button, .dp-chip, label, h1, h2, h3");
  const cuts = (overflow, content, room) => (isLabel || /hidden|clip/.test(overflow)) && content > room + 1;
  return isSeen && style.display !== "inline" && node.clientHeight &&
    (cuts(style.overflowX, node.scrollWidth, node.clientWidth) ||
     (/hidden|clip/.test(style.overflowY) && node.scrollHeight > node.clientHeight + 2));
}).map((node) => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`)"""
"""Elements whose content is larger than themselves, where the rest is not to be seen or spoils a label."""
BORDERLESS = """() => {
  const controls = document.querySelectorAll("button, .dp-button, .dp-chip, select, input, summary");
  const isNative = (node) =>
    node.matches("[type=checkbox], [type=radio]") && getComputedStyle(node).appearance !== "none";
  const draws = (node, part) => getComputedStyle(node, part).content !== "none";
  return [...controls].filter((node) => node.checkVisibility() && !isNative(node)).filter((node) => {
    const style = getComputedStyle(node);
    const sides = ["Top", "Bottom"].map((side) => [style[`border${side}Style`], style[`border${side}Width`]]);
    const hasBorder = sides.some(([line, width]) => line !== "none" && parseFloat(width) >= 1);
    const hasArrow = style.listStyleType !== "none" || draws(node, "::before") || draws(node, "::after");
    return !hasBorder && !(node.matches("summary") && hasArrow) && !style.textDecorationLine.includes("underline");
  }).map((node) => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`);
}"""
"""Controls that nothing but a ground of their own tells from text: with few colors nothing would."""
UNMARKED = """() => [...document.querySelectorAll("[aria-current], [aria-pressed='true']")].filter((node) => {
  const attribute = node.hasAttribute("aria-current") ? "aria-current" : "aria-pressed";
  const seen = ["fontWeight", "textDecoration", "borderBlock", "borderInline", "outlineStyle", "boxShadow", "color",
    "backgroundColor", "maskImage", "content"];
  const look = () => [null, "::before", "::after"].flatMap((part) => {
    const style = getComputedStyle(node, part);
    return seen.map((name) => style[name]);
  }).join();
  const value = node.getAttribute(attribute);
  const marked = look();
  if (attribute === "aria-current") node.removeAttribute(attribute); else node.setAttribute(attribute, "false");
  const plain = look();
  node.setAttribute(attribute, value);
  return node.checkVisibility() && marked === plain;
}).map((node) => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`)"""
"""What is current or pressed, and looks as if it were not."""
MOVING = """() => [...document.querySelectorAll("*")].filter((node) => {
  const style = getComputedStyle(node);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  return lasts(style.transitionDuration) || (style.animationName !== "none" && lasts(style.animationDuration)) ||
    style.scrollBehavior === "smooth";
}).map((node) => `${node.tagName} ${node.className}`)"""
"""Elements that move by themselves, or would when something changes."""


def strained(page: "Page", css: str) -> Iterator[str]:
    """What is cut, or sticks out, under rules of a reader; the rules are taken away again."""
    restyle(page, css)
    yield from (f"cut: {each}" for each in page.evaluate(CUT))
    needed, has = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if needed > has:
        yield f"needs {needed} of {has} px"
    page.evaluate(UNSTRAINED)


def without_colors(page: "Page") -> Iterator[str]:
    """What cannot be told any more when the device has its own few colors."""
    page.emulate_media(forced_colors="active")
    yield from (f"no border: {each}" for each in page.evaluate(BORDERLESS))
    yield from (f"looks like the others: {each}" for each in page.evaluate(UNMARKED))
    page.emulate_media(forced_colors="none")


def moving(page: "Page") -> list[str]:
    """What moves, or would, although the reader wants no motion."""
    page.emulate_media(reduced_motion="reduce")
    return [f"moves: {each}" for each in page.evaluate(MOVING)]
