"""What lies in a vault and is none of its files, so that no step deletes it."""

import os
from collections.abc import Iterator
from pathlib import Path

from generator.vault.files import is_half_written
from generator.vault.owner import LOCK
from generator.vault.pending import LEDGER, PENDING
from generator.vault.sealing import ENDING
from generator.vault.settings import SETTINGS
from generator.vault.storage import DRAFTS, FOLDERS, Vault, names

OWN = frozenset((LOCK, LEDGER, PENDING, SETTINGS, ".git", ".gitignore", ".gitattributes", *FOLDERS, DRAFTS))


def foreign(vault: Vault) -> Iterator[str]:
    """A sentence for everything that anonymising would leave behind: foreign files, and second names of own ones."""
    own = {f"{name}{ENDING}" if vault.settings.recipients else name for each in FOLDERS for name in names(vault, each)}
    for name in _names(vault.folder):
        first = name.partition("/")[0]
        if first not in OWN or (first in FOLDERS and name not in own):
            yield f"{name}: this is no file of the vault, and nothing deletes it with a nomination; move or delete it"
        elif _has_other_name(vault.folder / name):
            yield f"{name}: this file has another name on the disk, and stays there when it is deleted here"


def _has_other_name(path: Path) -> bool:
    """Whether a file is known under another name as well; not when it has just gone."""
    try:
        return path.lstat().st_nlink > 1
    except OSError:
        return False


def _names(folder: Path) -> tuple[str, ...]:
    """Every file below a folder, sorted, without git's own and what is being written, which goes by itself."""
    found: list[str] = []
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != ".git" and not is_half_written(name)]
        found += [Path(place, name).relative_to(folder).as_posix() for name in files if not is_half_written(name)]
    return tuple(sorted(found))
