"""Git as the tests use it: the same whatever the machine's own settings say."""

import os
import subprocess
from pathlib import Path


def git(folder: Path, *words: str, given: bytes = b"") -> str:
    """What git answers in a folder; a CalledProcessError when it refuses."""
    people = {f"GIT_{who}_{what}": "ana@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **people, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    command = ["git", "-c", "init.defaultBranch=main", *words]
    done = subprocess.run(command, cwd=folder, env=environment, input=given, capture_output=True, check=True)
    return done.stdout.decode().strip()
