"""Whether a vault and a public tree lie apart: neither in the other, by no link, and in no common repository."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from generator.problems import SetupError

PUBLIC_SIGNS = (("district", "district.yml"), ("partners",), ("recognition",))
"""Folders and files of which a public tree has two or more."""
ELSEWHERE = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"))
"""What would have git look into another repository, as in a hook of one."""
_REMOTES = r"^(remote\..*\.(url|pushurl)|remote\.pushdefault|branch\..*\.(pushremote|remote)|url\..*insteadof)$"
_URL = re.compile(r"[a-z+]+://(?:[^@/]*@)?(?P<host>[^/:]*)(?::[0-9]*)?/(?P<path>.*)", re.IGNORECASE)
_SHORT_URL = re.compile(r"(?:[^@/:]*@)?(?P<host>[^@/:]{2,}):(?P<path>.*)")


def refuse_together(vault: Path, root: Path) -> None:
    """SetupError when a vault lies in a public tree, or holds one, or shares a repository with it."""
    if reason := together(vault, root):
        raise SetupError(f"{vault}: {reason}; a vault lies in a private folder of its own, outside everything public")


def together(vault: Path, root: Path) -> str:
    """Why a folder cannot be the vault beside a public tree; empty when it can. Neither needs to exist yet."""
    real_vault, real_root = vault.resolve(), root.resolve()
    if any(_is_same(each, real_root) for each in _upward(real_vault)):
        return "this lies inside the public tree"
    if any(_is_same(each, real_vault) for each in _upward(real_root)):
        return "the public tree lies inside it"
    public = next((each for each in _upward(real_vault) if is_public(each)), None)
    if public:
        return f"it lies inside {public}, which looks like a public tree (it has records of partners)"
    inside = next((each for each in _downward(real_vault) if is_public(each)), None)
    if inside:
        return f"it holds {inside}, which looks like a public tree (it has records of partners)"
    mine, theirs = repository_of(real_vault), repository_of(real_root)
    if mine and theirs and _is_same(mine, theirs):
        return "it belongs to the public tree's git repository"
    if mine and remotes_of(real_vault) & (remotes_of(real_root) | _own_places(real_root, theirs)):
        return "its git repository is pushed to the same place as the public tree"
    is_source = theirs and remotes_of(real_root) & _own_places(real_vault, mine)
    return "the public tree's git repository is fetched from it or pushed to it" if is_source else ""


def is_public(folder: Path) -> bool:
    """Whether a folder looks like a public tree of records."""
    return sum(folder.joinpath(*sign).exists() for sign in PUBLIC_SIGNS) >= 2


def repository_of(folder: Path) -> Path | None:
    """The common git directory of a folder's repository, the same for all its worktrees; None outside of any."""
    told = _git(_nearest(folder), "rev-parse", "--path-format=absolute", "--git-common-dir")
    return Path(told) if told else None


def remotes_of(folder: Path) -> frozenset[str]:
    """Where a folder's repository is fetched from and pushed to, each place in one form."""
    near = _nearest(folder)
    lines = [line.partition(" ")[::2] for line in _git(near, "config", "--get-regexp", _REMOTES).splitlines()]
    said = {value.strip() for name, value in lines if not name.endswith("insteadof")} - {""}
    if any(name.endswith("insteadof") for name, _ in lines):
        said |= {_git(near, "ls-remote", "--get-url", each) for each in said if not each.startswith("-")} - {""}
    return frozenset(place_of(each, near) for each in said)


def place_of(address: str, folder: Path) -> str:
    """The place to which an address of git leads, in one form for all ways there; `folder` is where paths begin."""
    plain = re.sub(r"(?:/\.git|\.git)?/*$", "", address.strip())
    found = _URL.fullmatch(plain) or _SHORT_URL.fullmatch(plain)
    if found is None or plain.startswith("file:"):
        return str(folder.joinpath(plain.removeprefix("file://")).resolve())
    return f"{found['host']}/{found['path'].strip('/')}".casefold()


def _own_places(folder: Path, repository: Path | None) -> frozenset[str]:
    """The paths under which another repository may name this one."""
    return frozenset(place_of(str(each), folder) for each in (folder, repository) if each)


def _upward(folder: Path) -> Iterator[Path]:
    yield folder
    yield from folder.parents


def _downward(folder: Path) -> Iterator[Path]:
    """The folder and those right below it."""
    yield folder
    if folder.is_dir():
        yield from sorted(each for each in folder.iterdir() if each.is_dir() and not each.name.startswith("."))


def _nearest(folder: Path) -> Path:
    """The folder itself, or the first one above it that exists."""
    return next(each for each in _upward(folder) if each.is_dir())


def _is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one folder, by whatever way they lead there."""
    try:
        return one == other or one.samefile(other)
    except OSError:
        return False


def _git(folder: Path, *words: str) -> str:
    """What git says of a folder; empty outside of a repository, and where there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in ELSEWHERE} | {"LC_ALL": "C"}
    command = ["git", "-c", "safe.directory=*", "-C", str(folder), *words]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        return ""
    return done.stdout.decode("utf-8", "replace").strip() if done.returncode == 0 else ""
