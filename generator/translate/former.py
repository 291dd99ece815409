"""The English that an old translation was made from, looked up in the project's git history."""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.languages import fingerprint
from generator.source import parse
from generator.translate.work import Work
from generator.words.translations import RECORDS

DEPTH = 30
"""So many versions of a file are looked at."""
_PATIENCE_S = 60
_AT_ONCE = 500
"""Paths of one command line."""


def former_english(root: Path, work: Iterable[Work]) -> dict[str, str]:
    """By key, the English that stale words of records were made from, where git still has it; empty without git.

    A page is long: its translator looks at the page's own history.
    """
    wanted: dict[str, list[Work]] = {}
    for each in work:
        if each.state == "stale" and each.store == RECORDS:
            wanted.setdefault(f"{each.record}.yml", []).append(each)
    found: dict[str, str] = {}
    for path, content in contents(root, versions(root, tuple(wanted))):
        open_ = [each for each in wanted[path] if each.key not in found]
        document = parse(content, relative=path)[0] if open_ else None
        for each in open_ if document else ():
            text = at(document.data, each.field) if document else ""
            if text and fingerprint(text) == each.source:
                found[each.key] = text
    return found


def versions(root: Path, paths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """(path, commit) of each version of some files, newest first."""
    for start in range(0, len(paths), _AT_ONCE):
        chunk = paths[start : start + _AT_ONCE]
        seen = dict.fromkeys(chunk, 0)
        commit = ""
        listed = git(root, "log", "--relative", "--name-only", "--format=:%H", "--", *chunk)
        for line in listed.decode("utf-8", "replace").split("\n"):
            if line.startswith(":"):
                commit = line[1:]
            elif line in seen and seen[line] < DEPTH:
                seen[line] += 1
                yield line, commit


def contents(root: Path, known: Iterable[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
    """(path, content) of each version that git still has."""
    places = tuple(known)
    asked = "".join(f"{commit}:./{path}\n" for path, commit in places)
    told = git(root, "cat-file", "--batch", content=asked.encode()) if places else b""
    at = 0
    for path, _ in places:
        head, _, _ = told[at : at + 200].partition(b"\n")
        at += len(head) + 1
        size = head.rpartition(b" ")[2]
        if size.isdigit():  # "… missing" where the file was deleted
            yield path, told[at : at + int(size)]
            at += int(size) + 1


def git(root: Path, *words: str, content: bytes = b"") -> bytes:
    """What git prints; nothing when it cannot answer."""
    command = ("git", "-C", str(root), *words)
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=_PATIENCE_S, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return done.stdout if done.returncode == 0 else b""


def at(data: Mapping[str, Any], path: str) -> str:
    """The text at a translation's path, `programs/homework-club/summary`, with items of lists by slug or number."""
    value: Any = data
    for step in path.split("/"):
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list):
            by_slug = {str(item.get("slug")): item for item in value if isinstance(item, dict)}
            by_number = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
            value = by_slug.get(step, by_number)
        else:
            return ""
    return value if isinstance(value, str) else ""
