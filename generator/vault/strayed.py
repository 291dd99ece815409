"""Whether something of a vault has strayed into a public tree or its history: by mark, name, or a word as bait."""

import os
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.problems import SetupError
from generator.text import visible
from generator.vault.storage import MARK

LIMIT_BYTES = 4_000_000
"""So much of each file is looked at; more than any file of a vault has."""
SHORTEST_BAIT = 12
CODE = ("generator/", "schema/", "tests/", "docs/", "benchmarks/", ".github/")
"""Folders that speak of nominations without holding any."""
_PATHS = re.compile(
    r"(?:^|/)(?:[NC]-20[0-9]{2}-[0-9]{4}(?:\.ya?ml)?(?:\.age)?(?:/|$)|ledger\.jsonl$|vault\.ya?ml$|\.pending(?:\.age)?$)"
    r"|\.(?:age|eml|jwe|mbox|nomination\.ya?ml)$"
)
_CONTENTS = re.compile(
    rb"^(?:\xef\xbb\xbf)?%s|\Aage-encryption\.org/v1|^\{\"act\":\"[a-z]+\",\"at\":\"|\AeyJ[\w-]{20,}\.\.[\w-]{16}\."
    % re.escape(MARK[:17].encode()),
    re.MULTILINE,
)
_KEY = re.compile(rb"\bkty[\"']?\s*:")
_PRIVATE = re.compile(rb"(?<![\w.-])[\"']?d[\"']?\s*:\s*[\"']?[\w-]{42}")
_SENDER = re.compile(rb"^[\s\"{,-]*nominator\"?\s*:", re.MULTILINE)


def strayed(root: Path, *, history: bool, base: str = "", bait: Sequence[bytes] = ()) -> Iterator[str]:
    """A line for each file of a tree, and of its git history, that belongs to a vault; it never repeats its content.

    `base` limits the history to commits that are not in it. Each content is looked at once, however many commits have
    it, in one pass over what git keeps.
    """
    for path in files_of(root):
        try:
            with (root / path).open("rb") as file:
                content = file.read(LIMIT_BYTES)
        except OSError:
            continue
        if reason := fault(path, content, bait):
            yield f"{visible(path)}: {reason}"
    if history:
        yield from _history(root, base, bait)


def fault(path: str, content: bytes, bait: Iterable[bytes] = ()) -> str:
    """Why a file belongs to a vault and to no public tree; empty when it does not."""
    if _PATHS.search(path):
        return "a file of such a name belongs to a vault of nominations"
    if _CONTENTS.search(content):
        return "this is a file of a vault of nominations"
    if _KEY.search(content) and _PRIVATE.search(content):
        return "this is a private key: whoever has it can open what was sealed to it, so make another one"
    if not path.startswith(CODE) and _SENDER.search(content):
        return "this is a nomination, with who sent it"
    if any(word in content for word in bait):
        return "a word stands in it that stands in the vault only"
    return ""


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
    listed = _git(root, "rev-list", "--objects", *wanted)
    if listed is None:
        raise SetupError("there is no git history here")
    paths: dict[bytes, set[str]] = {}
    for line in listed.split(b"\n"):
        name, _, path = line.partition(b" ")
        if path:
            paths.setdefault(name, set()).add(path.decode("utf-8", "replace"))
    for name, content in _contents(root, tuple(paths)):
        for known in sorted(paths[name]):
            if reason := fault(known, content, bait):
                yield f"{visible(known)} in the history ({name[:12].decode()}): {reason}"
                break


def _contents(root: Path, names: Sequence[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """(name, first bytes) of every blob, in one run of git."""
    command = ["git", "-C", str(root), "cat-file", "--batch"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        asked, told = process.stdin, process.stdout
        if asked is None or told is None:
            raise SetupError("git cannot be asked for contents")
        for name in names:
            asked.write(name + b"\n")
            asked.flush()
            _, kind, size = told.readline().split()
            content = told.read(min(int(size), LIMIT_BYTES))
            left = int(size) - len(content)
            while left > 0:
                left -= len(told.read(min(left, LIMIT_BYTES)))
            told.read(1)
            if kind == b"blob":
                yield name, content
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
