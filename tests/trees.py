"""Small sites for the tests of staging: built as a real one is, compared whole."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from generator.staging.publish import publish, staging
from generator.staging.stage import Stage

Tree = dict[str, bytes]
"""A site: the content of each file by its path."""
MANIFEST = "manifest.json"


def tree(folder: Path) -> Tree:
    """Every file of a folder by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def digests(files: Tree) -> dict[str, str]:
    """The SHA-256 of each file, as a build's manifest has them."""
    return {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}


def with_manifest(files: Tree) -> Tree:
    """A site as it stands when it is built: its files with the list of them."""
    return {**files, MANIFEST: manifest(digests(files))}


def manifest(known: Mapping[str, str]) -> bytes:
    """The list of a site's files."""
    return json.dumps(known, indent=1).encode()


def build(out: Path, files: Tree, known: Mapping[str, str] | None = None) -> bool:
    """Build a site as the generator does, only what changed if it can; whether it could.

    `known` are the digests of the site that stands there, as the last build has them.
    """
    told = None if known is None else {**known, **digests({MANIFEST: manifest(known)})}
    with staging(out, told) as begin:
        stage = begin()
        fill(stage, files, known or {})
        publish(stage)
        return stage.is_filled


def fill(stage: Stage, files: Tree, known: Mapping[str, str]) -> None:
    """Bring a stage from the site that is known to another one."""
    before = known if stage.is_filled else {}
    wanted = digests(files)
    for path in sorted(before.keys() - wanted.keys()):
        stage.remove(path)
    for path, content in files.items():
        if before.get(path) != wanted[path]:
            stage.write(path, content)
    stage.write(MANIFEST, with_manifest(files)[MANIFEST])


def site(folder: Path, words: str = "old") -> Tree:
    """A small site in place: pages in two languages, a picture, and its manifest."""
    files = pages(words)
    build(folder, files)
    return files


def pages(words: str) -> Tree:
    """A small site whose pages say `words`, beside files that never change."""
    changing = {
        f"{language}/river-{n}/index.html": f"{words} {language} {n}" for language in ("en", "es") for n in "123"
    }
    lasting = {"robots.txt": "robots", "en/about/index.html": "about", "media/a.png": "a"}
    return {path: text.encode() * 50 for path, text in (changing | lasting).items()}


def beside(out: Path) -> set[str]:
    """What lies in the hidden folder beside a site."""
    home = out.with_name(f".{out.name}.spare")
    return {path.name for path in home.iterdir()} if home.is_dir() else set()
