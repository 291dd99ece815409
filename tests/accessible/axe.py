"""axe-core in a page: what it finds against WCAG 2.2 A and AA, and against best practice."""

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
OPTIONS = {"runOnly": list(TAGS), "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
"""The rule for the size of targets is new in WCAG 2.2 and off unless it is asked for."""
RUN = """async (options) => {
  const found = await axe.run(document, options);
  return {version: found.testEngine.version, violations: found.violations.map((each) =>
    `${each.id}: ${each.help}: ` + each.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(" | "))};
}"""


def inject(page: "Page") -> None:
    """Give a page axe, which stays until another page is opened."""
    page.evaluate(AXE_SCRIPT)


def violations(page: "Page") -> list[str]:
    """What axe finds in the page as it is now, each with the elements that it is about."""
    found: dict[str, Any] = page.evaluate(RUN, OPTIONS)
    return list(found["violations"])


def version() -> str:
    """The version of axe-core, from the head of its own file."""
    return AXE_SCRIPT.partition("axe v")[2].split()[0]
