"""The build: the same bytes every time and by every way, nothing dead, nothing private, and only what belongs there."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

from generator.audit.site import audit

REPOSITORY = Path(__file__).resolve().parent.parent
RIVERBEND = REPOSITORY / "tests/cases/riverbend"
TODAY = "1793534400"  # 2026-11-01
HERE = "https://directory.example.org/"


def build(district: Path, out: Path, *words: str, **environment: str) -> None:
    """Build a district as a person would, on a fixed day."""
    command = [sys.executable, "-m", "generator", "build", "--root", str(district), "--out", str(out), *words]
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY), "SOURCE_DATE_EPOCH": TODAY, **environment}
    done = subprocess.run(
        command, cwd=district, env=surroundings, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the invented district of the golden tree."""
    return Path(shutil.copytree(RIVERBEND, tmp_path_factory.mktemp("district") / "riverbend"))


@pytest.fixture(scope="module")
def site(district: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its site."""
    folder = tmp_path_factory.mktemp("built") / "site"
    build(district, folder)
    return folder


class Links(HTMLParser):
    """Language, direction, addresses and anchors of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.root: dict[str, str | None] = {}
        self.addresses: list[str] = []
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what the element points to, and what it is called."""
        found = dict(attrs)
        if tag == "html":
            self.root = found
        self.addresses += [value for key in ("href", "src", "action") if (value := found.get(key))]
        self.anchors |= {value for key in ("id", "name") if (value := found.get(key))}


def pages(site: Path) -> Iterator[tuple[str, Links]]:
    """Every page of a site, read."""
    for path in sorted(site.rglob("*.html")):
        links = Links()
        links.feed(path.read_text(encoding="utf-8"))
        yield path.relative_to(site).as_posix(), links


def test_two_builds_are_the_same_whatever_surrounds_them(site: Path, district: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(district, tmp_path / "elsewhere", ignore=shutil.ignore_patterns(".cache")))
    build(moved, tmp_path / "again", "--jobs", "3", TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7")
    assert tree(tmp_path / "again") == tree(site)
    strange = {"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    build(moved, tmp_path / "again", "--languages", "ar", "--jobs", "1", PYTHONHASHSEED="8", **strange)
    build(moved, tmp_path / "again", "--jobs", "1", PYTHONHASHSEED="9", **strange)
    assert tree(tmp_path / "again") == tree(site)
    build(
        moved, tmp_path / "ascii", "--no-search", "--fresh", **{**strange, "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    )
    plain = {path: content for path, content in tree(site).items() if "/pagefind/" not in path}
    assert {**tree(tmp_path / "ascii"), "manifest.json": plain["manifest.json"]} == plain


def test_a_second_build_leaves_nothing_of_the_first(district: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    build(district, out, "--no-search")
    (out / "stale.html").write_text("old")
    build(district, out, "--no-search", "--languages", "en")
    assert not (out / "stale.html").exists()
    assert not (out / "es").exists()
    assert {path.name for path in tmp_path.iterdir()} == {"site", ".site.spare"}


def test_mkdocs_builds_the_same_site(site: Path, district: Path, tmp_path: Path) -> None:
    for name in ("generator", "schema"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    # Pages and records of this repository's own district are not the invented one's.
    own = shutil.ignore_patterns("pages", "partners", "recognition", "district")
    shutil.copytree(REPOSITORY / "translations", tmp_path / "translations", ignore=own)
    settings = (REPOSITORY / "mkdocs.yml").read_text()
    (tmp_path / "mkdocs.yml").write_text(f"site_url: https://elsewhere.example.org/\n{settings}")
    shutil.copytree(district, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".cache"))
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "SOURCE_DATE_EPOCH": TODAY}
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert tree(tmp_path / "site") == tree(site)


def test_settings_of_somebody_elses_do_not_steer_the_search_index(district: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(district, tmp_path / "riverbend", ignore=shutil.ignore_patterns(".cache")))
    (moved / "pagefind.yml").write_text(f"output_path: {tmp_path}/stolen\n")
    build(moved, tmp_path / "site", PAGEFIND_OUTPUT_PATH=f"{tmp_path}/stolen")
    assert (tmp_path / "site/en/pagefind/pagefind.js").is_file()
    assert not (tmp_path / "stolen").exists()


def dead_links(site: Path) -> list[str]:
    """Every link to a page or a place of the site that is not there."""
    found = dict(pages(site))
    dead = []
    for path, links in found.items():
        for address in links.addresses:
            target, fragment = urldefrag(urljoin(HERE + path, address))
            if not target.startswith(HERE):
                continue
            name = unquote(urlsplit(target).path).lstrip("/")
            name += "index.html" if not name or name.endswith("/") else ""
            if not (site / name).is_file() or (fragment and fragment not in found[name].anchors):
                dead.append(f"{path} → {address}")
    return dead


def test_no_link_within_the_site_is_dead(site: Path) -> None:
    assert not dead_links(site)


def test_a_site_without_hand_written_pages_leads_to_none(district: Path, tmp_path: Path) -> None:
    bare = Path(shutil.copytree(district, tmp_path / "bare"))
    for folder in (bare / "pages", *bare.glob("translations/*/pages")):
        shutil.rmtree(folder)
    build(bare, tmp_path / "site", "--no-search")
    assert not dead_links(tmp_path / "site")
    assert "/en/schools/" in (tmp_path / "site/index.html").read_text("utf-8").replace('"en/', '"/en/')


def test_every_page_says_its_language_and_direction(site: Path) -> None:
    for path, links in pages(site):
        language = path.partition("/")[0] if "/" in path else "en"
        assert links.root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}, path


def test_every_page_exists_in_every_language(site: Path) -> None:
    def below(language: str) -> set[str]:
        return {p.relative_to(site / language).as_posix() for p in (site / language).rglob("*.html")}

    assert below("en") == below("es") == below("ar")


def test_nothing_runs_and_nothing_comes_from_elsewhere(site: Path) -> None:
    assert audit(site) == ()


def test_no_slot_and_no_untranslated_variable_is_left(site: Path) -> None:
    for path, content in tree(site).items():
        if path.endswith(".html"):
            parts = r'<template.*?</template>|<script type="application/ld\+json">.*?</script>'
            text = re.sub(parts, "", content.decode(), flags=re.DOTALL)
            assert "@@dp:" not in text, path
            assert not re.search(r"%\([a-z_]+\)s|\{\{|\}\}|Undefined", text), path


def test_a_story_of_tomorrow_is_nowhere_and_one_taken_back_is_a_notice(district: Path, tmp_path: Path) -> None:
    moved = Path(shutil.copytree(district, tmp_path / "riverbend", ignore=shutil.ignore_patterns(".cache")))
    story = max((moved / "recognition").glob("*/*.yml"))
    text = re.sub(r"(?m)^title: .*$", "title: CANARY of a story", story.read_text())
    story.write_text(re.sub(r"(?m)^published: .*$", "published: 2026-11-02", text))
    build(moved, tmp_path / "tomorrow")
    assert not [path for path, content in tree(tmp_path / "tomorrow").items() if b"CANARY" in content]
    assert not (tmp_path / "tomorrow/en" / story.relative_to(moved).with_suffix("") / "index.html").exists()
    text = re.sub(r"(?m)^published: .*$", "status: withdrawn\npublished: 2026-10-01", story.read_text())
    story.write_text(text)
    build(moved, tmp_path / "withdrawn")
    assert not [path for path, content in tree(tmp_path / "withdrawn").items() if b"CANARY" in content]
    assert (tmp_path / "withdrawn/en" / story.relative_to(moved).with_suffix("") / "index.html").exists()
