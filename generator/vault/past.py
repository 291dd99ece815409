"""What git remembers of a ledger: whether every former state of it is the beginning of the present one."""

import os
import subprocess
from pathlib import Path

from generator.vault.apart import ELSEWHERE, repository_of
from generator.vault.pending import LEDGER

COMMITS = 500
"""So many commits are looked at, newest first: each state holds all that were before it."""


def rewritten(folder: Path) -> tuple[str, ...]:
    """The commits of the vault's own repository in which the ledger had lines that it now has no more."""
    listed = _git(folder, "log", f"--max-count={COMMITS}", "--all", "--format=%H", "--", LEDGER)
    if listed is None:
        return ()
    now = (folder / LEDGER).read_bytes() if (folder / LEDGER).is_file() else b""
    commits = listed.decode("ascii", "replace").split()
    prefix = (_git(folder, "rev-parse", "--show-prefix") or b"").decode("utf-8", "replace").strip()
    found = ((commit, _git(folder, "cat-file", "blob", f"{commit}:{prefix}{LEDGER}")) for commit in commits)
    return tuple(commit for commit, former in found if former is not None and not now.startswith(former))


def is_silent(folder: Path) -> bool:
    """Whether there is a repository of which git says nothing, because the folder belongs to somebody else."""
    return repository_of(folder) is not None and _git(folder, "rev-parse", "--git-dir") is None


def _git(folder: Path, *words: str) -> bytes | None:
    """What git says in a folder; None when it says nothing, or there is none."""
    own = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    environment = {**own, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *words]
    try:
        done = subprocess.run(command, capture_output=True, env=environment, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
