"""Eleventy, with a Nunjucks layout and the facts of a page as JSON front matter."""

import json
import shutil
from pathlib import Path

import msgspec

from benchmarks.peers.peer import Contents, Peer, Tool
from benchmarks.peers.sheet import Sheet
from benchmarks.peers.sheets import sheets

LAYOUTS = Path(__file__).parent / "layouts/eleventy"


def write(folder: Path, contents: Contents) -> None:
    """Eleventy's project: settings, a layout, words as data, and a content file for each page and language."""
    project = folder / "eleventy"
    for name in ("_includes", "_data", "content"):
        (project / name).mkdir(parents=True)
    shutil.copy(LAYOUTS / "eleventy.config.mjs", project)
    shutil.copy(LAYOUTS / "page.njk", project / "_includes")
    keep(project / "_data/frames.json", {around.language: around for around in contents.frames})
    languages = ({"code": a.language, "name": a.name, "direction": a.direction} for a in contents.frames)
    keep(project / "_data/languages.json", tuple(languages))
    keep(project / "content/content.json", {"layout": "page.njk"})
    for speaker in contents.speakers:
        for sheet in sheets(contents.records, speaker):
            file = project / "content" / speaker.language / f"{sheet.route}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content(sheet), encoding="utf-8")


def keep(file: Path, value: object) -> None:
    """Write a value as JSON."""
    file.write_bytes(msgspec.json.encode(value))


def content(sheet: Sheet) -> str:
    """A content file: the facts in front, the description below."""
    facts = msgspec.to_builtins(msgspec.structs.replace(sheet, about=""))
    return f"---json\n{json.dumps(facts, ensure_ascii=False)}\n---\n{sheet.about}"


TOOL = Tool(
    package="@11ty/eleventy",
    version="3.1.7",
    manager="npm",
    program="node_modules/@11ty/eleventy/cmd.cjs",
    note="3.1.8 needs a version of another package that could not be installed",
)
ELEVENTY = Peer(
    word="eleventy",
    name=f"Eleventy {TOOL.version}",
    tool=TOOL,
    write=write,
    home="eleventy",
    arguments=("--quiet",),
    output="site",
)
