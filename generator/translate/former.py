"""The English that an old translation was made from, looked up in the project's git history."""

import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.languages import fingerprint
from generator.source import parse, read
from generator.translate.work import PAGES, Work

DEPTH = 100
"""So many versions of a file are looked at."""
_PATIENCE_S = 20


def former_english(root: Path, work: Iterable[Work], kinds: Mapping[str, str]) -> dict[str, str]:
    """By key, the English that stale words were made from, where git still has it; empty without git.

    `kinds` maps the addresses of records to the paths of their files.
    """
    found: dict[str, str] = {}
    wanted: dict[str, list[tuple[Work, str]]] = {}
    for each in work:
        if each.state == "stale" and (source := source_of(root, each)):
            wanted.setdefault(kinds.get(each.record, f"{each.record}.md"), []).append((each, source))
    for path, group in wanted.items():
        for content in versions(root, path):
            found |= {each.key: text for each, source in group if (text := text_in(content, path, each, source))}
            if all(each.key in found for each, _ in group):
                break
    return found


def source_of(root: Path, work: Work) -> str:
    """The fingerprint that a translation carries."""
    if work.store == PAGES:
        return ""  # a page is long: its translator looks at the page's own history
    document, _ = read(root / work.path, relative=work.path)
    entry = document.data.get(work.field) if document else None
    return str(entry.get("source", "")) if isinstance(entry, dict) else ""


def versions(root: Path, path: str) -> Iterable[bytes]:
    """The contents of a file in the commits that changed it, newest first."""
    listed = git(root, "log", f"-{DEPTH}", "--format=%H", "--", path)
    for commit in listed.decode("ascii", "ignore").split():
        yield git(root, "show", f"{commit}:./{path}")


def git(root: Path, *words: str) -> bytes:
    """What git prints; nothing when it cannot answer."""
    try:
        done = subprocess.run(("git", "-C", root, *words), capture_output=True, timeout=_PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def text_in(content: bytes, path: str, work: Work, source: str) -> str:
    """The text of a former version, if its fingerprint is the one that is looked for."""
    document, _ = parse(content, relative=path)
    text = at(document.data, work.field) if document else ""
    return text if text and fingerprint(text) == source else ""


def at(value: Any, path: str) -> str:
    """The text at a translation's path, `programs/homework-club/summary`, with items of lists by slug or number."""
    for step in path.split("/"):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            by_slug = {str(item.get("slug")): item for item in value if isinstance(item, dict)}
            by_number = value[int(step)] if step.isdigit() and int(step) < len(value) else None
            value = by_slug.get(step, by_number)
        else:
            return ""
    return value if isinstance(value, str) else ""
