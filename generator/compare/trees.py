"""The files of a directory as they are in a folder or were in git; nothing of another revision is ever run.

Git is asked for lists and for contents only: no checkout, so no filter, no hook and no program of that revision.
"""

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import new as new_hash
from pathlib import Path
from stat import S_ISREG

from generator.problems import Problem, SetupError
from generator.records.folders import DATA_FOLDERS
from generator.source import LIMIT_BYTES
from generator.source.disk import read_bytes
from generator.walk import walk

FOLDERS = (*DATA_FOLDERS, "pages")
GIT = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false")
ALGORITHMS = {40: "sha1", 64: "sha256"}
"""Git's names of contents, by their length in hexadecimal digits."""
CHUNK = 1 << 16


@dataclass(frozen=True, kw_only=True)
class Tree:
    """The files of the data folders: git's name for the content of each path, and a way to read it.

    `strange` are links, submodules and whatever else is no plain file. `read` gives no more than one byte above what
    any record may have.
    """

    name: str
    ids: Mapping[str, str]
    strange: frozenset[str]
    read: Callable[[str], bytes]


@contextmanager
def trees(root: Path, base: str, head: str) -> Iterator[tuple[Tree, Tree]]:
    """The trees of two states, each a git revision or a folder; no `head` is the folder as it is.

    Raises SetupError when there is no such state.
    """
    with ExitStack() as stack:
        opened = [_opened(stack, root, name) if name else None for name in (base, head)]
        digits = next((len(i) for tree in opened if isinstance(tree, Tree) for i in tree.ids.values()), 40)
        found = [
            tree if isinstance(tree, Tree) else folder_tree(tree or root, name or "the folder as it is", digits)
            for tree, name in zip(opened, (base, head), strict=True)
        ]
        yield found[0], found[1]


def _opened(stack: ExitStack, root: Path, name: str) -> Tree | Path:
    """The tree of a git revision, or the folder of that name."""
    commit = revision(root, name)
    if commit:
        return stack.enter_context(git_tree(root, name, commit))
    folder = Path(name)
    if not folder.is_dir():
        raise SetupError(f'"{name}" is neither a revision that git knows here nor a folder')
    if not any((folder / each).is_dir() for each in FOLDERS):
        raise SetupError(f"{name}: there are no records in this folder ({', '.join(FOLDERS)})")
    return folder.resolve()


def git(root: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    """A finished run of git in a folder; SetupError when there is no git."""
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        return subprocess.run([*GIT, "-C", str(root), *words], capture_output=True, env=environment, check=False)
    except FileNotFoundError as error:
        raise SetupError("git is not installed, and without it only folders can be compared") from error


def revision(root: Path, name: str) -> str:
    """The commit that a name means; empty when it means none."""
    done = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    return done.stdout.decode("ascii", "replace").strip() if done.returncode == 0 else ""


def fork_point(root: Path, base: str, head: str) -> str:
    """The last commit that two revisions have in common; SetupError when there is none."""
    commits = [revision(root, name) for name in (base, head or "HEAD")]
    done = git(root, "merge-base", *commits) if all(commits) else None
    if done is None or done.returncode:
        raise SetupError(f'"{base}" and "{head or "HEAD"}" have no commit in common here')
    return done.stdout.decode("ascii").strip()


def changed_paths(root: Path, base: str, head: str) -> tuple[str, ...]:
    """Every path of the repository that differs between two revisions, data or not."""
    ends = [commit for name in (base, head) if name and (commit := revision(root, name))]
    done = git(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", *ends, "--")
    if done.returncode or not ends:
        raise SetupError(f'"{base}" and "{head}" cannot be compared here')
    return tuple(sorted(filter(None, done.stdout.decode("utf-8", "replace").split("\0"))))


@contextmanager
def git_tree(root: Path, name: str, commit: str) -> Iterator[Tree]:
    """The data folders as they are in a commit."""
    listed = git(root, "ls-tree", "-r", "-z", commit, "--", *FOLDERS).stdout.decode("utf-8", "replace")
    rows = [line.partition("\t") for line in listed.split("\0") if line]
    entries = {path: tuple(entry.split()) for entry, _, path in rows}
    ids = {path: entry[2] for path, entry in entries.items() if entry[0] in ("100644", "100755")}
    with subprocess.Popen(
        [*GIT, "-C", str(root), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield Tree(
            name=name,
            ids=ids,
            strange=frozenset(entries.keys() - ids.keys()),
            read=lambda path: _blob(process, ids[path]),
        )
        process.communicate()


def _blob(process: "subprocess.Popen[bytes]", content: str) -> bytes:
    """The first bytes of a content that git has."""
    asked, told = process.stdin, process.stdout
    if asked is None or told is None:
        raise SetupError("git cannot be asked for contents")
    asked.write(f"{content}\n".encode())
    asked.flush()
    words = told.readline().split()
    if len(words) != 3:
        raise SetupError(f"git does not have {content}; fetch the whole history first")
    left = int(words[2])
    kept = told.read(min(left, LIMIT_BYTES + 1))
    left -= len(kept)
    while left and (skipped := told.read(min(left, CHUNK))):
        left -= len(skipped)
    told.read(1)
    return kept


def folder_tree(root: Path, name: str, digits: int) -> Tree:
    """The data folders as they are on the disk; links are not followed."""
    ids: dict[str, str] = {}
    strange: set[str] = set()
    for entry in (each for folder in FOLDERS for each in walk(root, folder)):
        if isinstance(entry, Problem):
            strange.add(entry.at.path)
        elif not S_ISREG(entry[2].st_mode):
            strange.add(f"{entry[0]}/{entry[1]}")
        else:
            path = f"{entry[0]}/{entry[1]}"
            ids[path] = content_id(root / path, ALGORITHMS[digits])
    return Tree(name=name, ids=ids, strange=frozenset(strange), read=lambda path: _bytes(root, path))


def content_id(path: Path, algorithm: str) -> str:
    """Git's name for the content of a file; empty when it cannot be read."""
    try:
        with path.open("rb") as file:
            digest = new_hash(algorithm, b"blob %d\0" % path.stat().st_size)
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()


def _bytes(root: Path, path: str) -> bytes:
    content = read_bytes(root / path, relative=path, limit_bytes=LIMIT_BYTES + 1)
    return b"\0" * (LIMIT_BYTES + 1) if isinstance(content, Problem) else content
