"""Whether something of a vault has strayed into a public tree or its history: by mark, name, or a word as bait."""

import os
import subprocess
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from generator.problems import SetupError
from generator.text import visible
from generator.vault.signs import LIMIT_BYTES, fault

SHORTEST_BAIT = 12
RAW = 5
"""Words of a line of git's raw differences: two modes, two names of contents, and what was done."""


def strayed(root: Path, *, history: bool, base: str = "", bait: Sequence[bytes] = ()) -> Iterator[str]:
    """A line for each file of a tree, and of its git history, that belongs to a vault; it never repeats its content.

    `base` limits the history to commits that are not in it. Each content is looked at once, however many commits have
    it, in one pass over what git keeps.
    """
    for path in files_of(root):
        if reason := fault(path, _beginning(root / path), bait):
            yield f"{visible(path)}: {reason}"
    if history:
        yield from _history(root, base, bait)


def _beginning(path: Path) -> bytes:
    """What is looked at of a file; of a link, where it leads; nothing of a pipe, or of what cannot be read."""
    try:
        if path.is_symlink():
            return os.fsencode(path.readlink())
        if not path.is_file():
            return b""
        with path.open("rb") as file:
            return file.read(LIMIT_BYTES)
    except OSError:
        return b""


def read_bait(path: Path) -> tuple[bytes, ...]:
    """The words of a file, one a line, that are in the vault and nowhere else; SetupError for one too short to tell."""
    words = tuple(line.strip() for line in path.read_bytes().splitlines() if line.strip())
    if any(len(word) < SHORTEST_BAIT for word in words):
        raise SetupError(
            f"{path}: a word to look for has at least {SHORTEST_BAIT} characters, or it is found by chance"
        )
    return words


def files_of(root: Path) -> tuple[str, ...]:
    """Every file of a tree: those that git knows or would take; without git, all."""
    listed = _git(root, "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    if listed is not None:
        return tuple(sorted(set(filter(None, listed.decode("utf-8", "replace").split("\0")))))
    paths = (Path(folder) / name for folder, _, names in os.walk(root) for name in names)
    return tuple(sorted(path.relative_to(root).as_posix() for path in paths))


def _history(root: Path, base: str, bait: Sequence[bytes]) -> Iterator[str]:
    """What is wrong with contents that were ever committed."""
    if base and _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}") is None:
        raise SetupError(f'"{base}" is no commit that git knows here')
    if (_git(root, "rev-parse", "--is-shallow-repository") or b"").strip() == b"true" and not base:
        raise SetupError("git has only a part of the history here; fetch it whole first (git fetch --unshallow)")
    wanted = ("HEAD", "--not", base) if base else ("--all",)
    for name, kind, content, known in _contents(root, _paths(root, wanted)):
        for path in sorted(known) or ("",):
            if reason := fault(path, content, bait):
                place = visible(path) if path else f"a {kind} without a path"
                yield f"{place} in the history ({name[:12]}): {reason}"
                break


def _paths(root: Path, wanted: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Every path of each content that git keeps; none for commits and tags, which hold words as well."""
    listed = _git(root, "rev-list", "--objects", *wanted)
    changes = _git(root, "log", "--raw", "-m", "-z", "--format=", "--no-renames", "--no-abbrev", *wanted)
    if listed is None or changes is None:
        raise SetupError("there is no git history here")
    found: dict[str, set[str]] = defaultdict(set)
    for line in listed.decode("utf-8", "replace").split("\n"):
        name, _, path = line.partition(" ")
        if name:
            found[name].update(filter(None, (path,)))
    parts = changes.decode("utf-8", "replace").split("\0")
    for change, path in pairwise(parts):
        words = change.lstrip("\n").split(" ")
        if change.lstrip("\n").startswith(":") and len(words) == RAW and words[3] in found:
            found[words[3]].add(path)
    return {name: frozenset(each) for name, each in found.items()}


def _contents(root: Path, paths: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str, bytes, frozenset[str]]]:
    """(name, kind, first bytes, paths) of all that git keeps but its lists of files, in one run of git."""
    command = ["git", "-C", str(root), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        asked, told = process.stdin, process.stdout
        if asked is None or told is None:
            raise SetupError("git cannot be asked for contents")
        for name, known in paths.items():
            asked.write(name.encode() + b"\n")
            asked.flush()
            _, kind, size = told.readline().split()
            content = told.read(min(int(size), LIMIT_BYTES))
            left = int(size) - len(content)
            while left > 0:
                left -= len(told.read(min(left, LIMIT_BYTES)))
            told.read(1)
            if kind != b"tree":
                yield name, kind.decode(), content, known
        asked.close()


def _git(root: Path, *words: str) -> bytes | None:
    """What git says in a folder; None when it refuses, or there is none."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
