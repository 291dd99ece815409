"""The site of every hostile record that may be published: nothing of it is live, and nothing private is in any byte."""

import gzip
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.audit.site import audit
from tests.hostile_mapping import ABSENT, MANIFEST, USUAL, Case, cases, content_of, nominal, sanitized_project
from tests.test_hostile import REPOSITORY, noon

EMBEDDED = frozenset(("iframe", "object", "embed", "base", "applet", "frame", "frameset", "plaintext", "xmp", "portal"))
ADDRESSES = frozenset(("href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "poster", "ping"))
LIVE = re.compile(r"[\s\x00-\x20]*(?:javascript|vbscript|data)\s*:", re.IGNORECASE)
ICON = "data:image/svg+xml,"
"""What the one picture inside of our pages begins with, in `<link rel="icon">`."""
DATA = [("type", "application/ld+json")]
"""The attributes of a script that no browser runs."""

pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)


class Page(HTMLParser):
    """What could do harm on a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.inside: list[str] = []
        self.text: list[str] = []
        self.foreign: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the element's faults; a script of its own must come from a file."""
        given = dict(attrs)
        self.inside.append("data" if tag == "script" and attrs == DATA else tag)
        self.faults += [tag] if tag in EMBEDDED else []
        self.faults += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "style"]
        is_icon = tag == "link" and given.get("rel") == "icon" and str(given.get("href")).startswith(ICON)
        self.faults += [
            f"{tag} {name}={value}"
            for name, value in attrs
            if name in ADDRESSES and LIVE.match(value or "") and not is_icon
        ]
        self.faults += [
            f"{tag} {name}" for name, value in attrs if "verified:yes" in (value or "") and "pagefind" in name
        ]
        if tag == "a" and (given.get("href") or "").startswith("http"):
            self.foreign.append(given)

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        if tag == "script" and self.inside and self.inside[-1] == "data":
            tag = "data"
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Note the text; a canary in a script has come alive, in a heading of its own it has become one."""
        self.text.append(data)
        if self.inside and self.inside[-1] in ("script", "style") and "XSS_CANARY" in data:
            self.faults.append(f"{self.inside[-1]}: {data}")
        if {"h1", "h2", "h3"} & set(self.inside) and "District notice" in data:
            self.faults.append(f"heading: {data}")


def read(file: Path) -> Page:
    """A page, taken apart."""
    page = Page()
    page.feed(file.read_text("utf-8"))
    page.close()
    return page


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of all hostile and control records together, search index included."""
    folder = tmp_path_factory.mktemp("hostile")
    sanitized_project(folder / "riverbend")
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        "--root",
        str(folder / "riverbend"),
        "--out",
        str(folder / "site"),
    ]
    environment = os.environ | {"SOURCE_DATE_EPOCH": noon()}
    done = subprocess.run(
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "canary_private" not in (done.stdout + done.stderr).lower()
    return folder / "site"


def test_nothing_is_live(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 2 * len(cases("record")) // 3
    faults = {page.relative_to(site).as_posix(): read(page).faults for page in pages}
    assert {path: found for path, found in faults.items() if found} == {}


def test_nothing_private_is_in_any_byte(site: Path) -> None:
    for file in (path for path in site.rglob("*") if path.is_file()):
        content = file.read_bytes()
        content = gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content
        assert b"CANARY_PRIVATE" not in content, file


def test_nothing_of_the_machine_is_in_any_page(site: Path) -> None:
    for page in site.rglob("*.html"):
        assert "root:x:0:0" not in page.read_text("utf-8")


def test_links_out_of_texts_are_not_recommended(site: Path) -> None:
    page = read(site / "en/partners/homograph-link/index.html")
    written = [link for link in page.foreign if "evil.example" in str(link["href"]) or "xn--" in str(link["href"])]
    assert len(written) == 2
    assert all({"nofollow", "ugc", "noopener", "noreferrer"} <= set(str(link.get("rel")).split()) for link in written)


@pytest.mark.parametrize("case", [c for c in cases("record") if c.expected == "accept"], ids=lambda case: case.name)
def test_a_good_name_is_shown_as_it_is(case: Case, site: Path, tmp_path: Path) -> None:
    name = nominal(content_of(case, tmp_path))["name"]
    if case.stem != USUAL:
        name = name.replace("Harbor Community Food Bank", f"Harbor Food Bank of {case.stem}")
    html = (site / f"en/partners/{case.stem}/index.html").read_text("utf-8")
    assert name in "".join(read(site / f"en/partners/{case.stem}/index.html").text)
    assert "&amp;amp;" not in html
    assert "&amp;lt;" not in html


def test_a_story_taken_back_leaves_a_page_without_it(site: Path) -> None:
    page = site / "en/recognition/2025-26/withdrawn/index.html"
    assert page.is_file()
    assert "120 families" not in page.read_text("utf-8")
    assert not (site / "en/recognition/2025-26/embargo").exists()


def test_the_audit_finds_nothing_either(site: Path) -> None:
    assert audit(site) == ()


ALIVE = (
    "<p>Hi <script>alert('XSS_CANARY')</script>",
    "<img src=x onerror=alert(1)>",
    "<a href=' javascript:alert(1)'>x</a>",
    "<iframe src=https://evil.example></iframe>",
    "<p style='position:fixed'>",
    "<main><h1>District notice</h1></main>",
)


@pytest.mark.parametrize("html", ALIVE)
def test_what_is_live_would_be_seen(html: str) -> None:
    page = Page()
    page.feed(html)
    page.close()
    assert page.faults != []
