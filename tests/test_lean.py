"""What is published of scripts and styles says the same as what people write."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.frame.kept import THEME
from generator.frame.lean import lean

if TYPE_CHECKING:
    from playwright.sync_api import Page

ASSETS = sorted((THEME / "assets").glob("*.*"))
SCRIPTS = [path for path in ASSETS if path.suffix == ".js"]
STYLES = [path for path in ASSETS if path.suffix == ".css"]
COMMENT = re.compile(r"/\*.*?\*/|(?<![:\"'`\\])//[^\n]*", re.DOTALL)
TEXT = re.compile(r'"[^"\n]*"')
RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText);
}"""


def published(path: Path) -> str:
    return lean(f"assets/{path.name}", path.read_bytes()).decode()


def plain(rules: list[str]) -> list[str]:
    """Chromium keeps the spaces of values with variables; around these signs they mean nothing."""
    return [re.sub(r"\s*([,/(){}:;])\s*", r"\1", rule) for rule in rules]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_keep_every_text_and_lose_their_comments(path: Path) -> None:
    script = published(path)
    code = COMMENT.sub("", path.read_text("utf-8"))
    texts = TEXT.findall(code)
    assert len(texts) > 5
    assert [text for text in texts if text not in script] == []
    assert "@param" not in script
    assert len(script) < 0.8 * len(path.read_bytes())


@pytest.mark.browser
@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_keep_every_rule(page: "Page", path: Path) -> None:
    wanted = page.evaluate(RULES, path.read_text("utf-8"))
    assert len(wanted) > 5
    assert plain(page.evaluate(RULES, published(path))) == plain(wanted)
    assert "/*" not in published(path)


def test_nothing_else_is_touched() -> None:
    assert lean("assets/icon.svg", b"<svg>  <!-- x --> </svg>") == b"<svg>  <!-- x --> </svg>"
    assert lean("sw.js", b"const FILES = {}; // filled in later") == b"const FILES = {}; // filled in later"
