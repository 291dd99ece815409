"""Every page and every style sheet of the invented district's site, read by the Nu Html Checker: nothing to say."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.accessible.kinds import Site

FOLDER = "tests/html_checker"
JAR = f"{FOLDER}/node_modules/vnu-jar/build/dist/vnu.jar"
BROKEN = (
    '<!doctype html><html lang="en"><head><title>x</title></head><body><p id="a"><b id="a">x</b></div></body></html>'
)
NOT_SAID = ("Content Security Policy", "This document appears to be written in")
"""Warnings that mean nothing here: files on a disk are nobody's `self`, and many a page in another language has mostly
English words of records, which are marked as such."""


@pytest.fixture(scope="session")
def checker(repository: Path) -> tuple[str, ...]:
    """The beginning of the command that checks. Without it: skips, or fails with PARTNERS_REQUIRE_BROWSER=1."""
    java, jar = shutil.which("java"), repository / JAR
    if java is None:
        without("no Java here: install it (Debian: apt-get install default-jre-headless)")
    if not jar.is_file():
        without(f"the Nu Html Checker is not here: install it (npm ci --prefix {FOLDER})")
    return (str(java), "-Xss8m", "-jar", str(jar))


def without(reason: str) -> None:
    """Say why nothing is checked."""
    if os.environ.get("PARTNERS_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def faults(checker: tuple[str, ...], *words: str) -> list[str]:
    """What the checker says of files, as lines for people."""
    command = [*checker, "--format", "json", *words]
    said = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stderr
    messages = [m for m in json.loads(said)["messages"] if not any(part in m["message"] for part in NOT_SAID)]
    return [f"{m.get('url', '').rpartition('/site/')[2]}:{m.get('lastLine', 0)}: {m['message']}" for m in messages]


def test_every_page_is_valid(
    accessible_site: Site, checker: tuple[str, ...], record_property: Callable[[str, object], None]
) -> None:
    pages = sum(1 for _ in accessible_site.folder.rglob("*.html"))
    found = faults(checker, "--skip-non-html", str(accessible_site.folder))
    record_property("html_pages", pages)
    record_property("html_errors", len(found))
    assert pages > 500
    assert found == []


def test_every_style_sheet_is_valid(accessible_site: Site, checker: tuple[str, ...]) -> None:
    sheets = sorted(accessible_site.folder.glob("assets/**/*.css"))
    assert sheets
    assert faults(checker, "--css", *map(str, sheets)) == []


def test_what_is_broken_is_found(checker: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_text(BROKEN, "utf-8")
    found = " ".join(faults(checker, str(tmp_path / "broken.html")))
    assert "Duplicate ID" in found
    assert "Stray end tag" in found
    (tmp_path / "broken.css").write_text("p { colour: red; color: reddish }", "utf-8")
    assert len(faults(checker, "--css", str(tmp_path / "broken.css"))) == 2
