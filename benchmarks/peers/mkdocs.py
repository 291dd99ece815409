"""MkDocs with Material, and what builds the same project: static-i18n on top of it, and Zensical in its place."""

import json
import re
from dataclasses import replace
from functools import partial
from html import escape
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from posixpath import dirname, relpath

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.peers.peer import Contents, Peer, Tool
from benchmarks.peers.sheet import Sheet
from benchmarks.peers.sheets import sheets

LAYOUTS = Path(__file__).parent / "layouts"
MARKS = re.compile(r"([\\`*_\[\]|])")
NOT_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON leaves as they are and YAML reads as the end of a line, or refuses."""
SETTINGS = {
    "site_name": "Riverbend",
    "site_url": "https://partners.example.org/",
    "docs_dir": "docs",
    "theme": {"name": "material", "font": False},
    "markdown_extensions": ["def_list", "tables"],
    "plugins": [],
}
OUT_OF_NAVIGATION: dict[str, object] = {"nav": [{"Home": "en/index.md"}], "not_in_nav": "/**\n"}
HOME = "markdown"


def write(settings: dict[str, object], word: str, folder: Path, contents: Contents) -> None:
    """A project of MkDocs: settings named like the peer's word, and the documents, which all the peers here share."""
    project = folder / HOME
    if not project.exists():
        write_documents(project / "docs", contents)
    own = SETTINGS | {"site_dir": f"sites/{word}"} | settings
    # JSON is YAML.
    (project / f"{word}.yml").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")


def write_documents(docs: Path, contents: Contents) -> None:
    """A Markdown file for each page and language, and a start page."""
    templates = Environment(
        loader=FileSystemLoader(LAYOUTS), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    templates.filters["plain"] = plain
    templates.filters["quoted"] = quoted
    template = templates.get_template("page.md")
    docs.mkdir(parents=True)
    for speaker, around in zip(contents.speakers, contents.frames, strict=True):
        start = docs / speaker.language
        start.mkdir()
        (start / "index.md").write_text("# Riverbend\n", encoding="utf-8")
        for sheet in sheets(contents.records, speaker):
            file = start / f"{sheet.route}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            text = template.render(sheet=sheet, words=around.words, page=partial(document, sheet))
            file.write_text(text, encoding="utf-8")


def document(sheet: Sheet, route: str) -> str:
    """The file of another page of the same language, as a link on this one has it."""
    return relpath(f"{route}.md", dirname(sheet.route))


def plain(text: str) -> str:
    """A text in Markdown that means no more than its letters."""
    return MARKS.sub(r"\\\1", escape(" ".join(text.split()), quote=False))


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes, of which JSON's is one but for a few characters."""
    return NOT_IN_YAML.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))


def write_with_i18n(folder: Path, contents: Contents) -> None:
    """The project for static-i18n: the languages by folder, the pages out of the navigation."""
    languages = [
        {"locale": a.language, "name": a.name, "default": number == 0, "theme": {"language": words_of(a.language)}}
        for number, a in enumerate(contents.frames)
    ]
    i18n = {"docs_structure": "folder", "languages": languages, "fallback_to_default": False}
    write(
        OUT_OF_NAVIGATION | {"nav": [{"Home": "index.md"}], "plugins": [{"i18n": i18n}]},
        "static-i18n",
        folder,
        contents,
    )


def words_of(language: str) -> str:
    """The language of Material's own words: English where it has none, since the build stops there otherwise."""
    names = files("material") / "templates/partials/languages"
    return language if (names / f"{language}.html").is_file() else "en"


OWN = Tool(package="mkdocs-material", version=version("mkdocs-material"), manager="own", program="mkdocs")
BESIDE = Tool(package="mkdocs-static-i18n", version="1.3.1", manager="beside", program="mkdocs")
ZENSICAL_TOOL = Tool(
    package="zensical",
    version="0.0.73",
    manager="pip",
    program="bin/zensical",
    note="later versions need the package zensical-ui, which could not be installed",
)
MKDOCS = f"MkDocs {version('mkdocs')} + Material {OWN.version}"


def peer(word: str, name: str, settings: dict[str, object], *, most: int | None = None) -> Peer:
    """A peer that MkDocs itself runs, with settings of its own."""
    return Peer(
        word=word,
        name=name,
        tool=OWN,
        write=partial(write, settings, word),
        home=HOME,
        arguments=("build", "--quiet", "--config-file", f"{word}.yml"),
        output=f"sites/{word}",
        most=most,
    )


OUT = peer("mkdocs", f"{MKDOCS}, pages out of the navigation", OUT_OF_NAVIGATION)
INSIDE = peer("mkdocs-nav", f"{MKDOCS}, pages in the navigation", {}, most=3_000)
STATIC_I18N = replace(
    peer("static-i18n", f"MkDocs {version('mkdocs')} + static-i18n {BESIDE.version}", {}, most=20_000),
    tool=BESIDE,
    write=write_with_i18n,
)
ZENSICAL = Peer(
    word="zensical",
    name=f"Zensical {ZENSICAL_TOOL.version}",
    tool=ZENSICAL_TOOL,
    write=partial(write, OUT_OF_NAVIGATION | {"plugins": [{"search": {"enabled": False}}]}, "zensical"),
    home=HOME,
    arguments=("build", "--clean", "--config-file", "zensical.yml"),
    output="sites/zensical",
    leftovers=(".cache",),
    most=20_000,
)
