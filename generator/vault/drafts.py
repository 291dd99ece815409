"""What somebody has begun to write and not handed in: beside the vault's files, in no ledger, and gone in the end."""

import json
from typing import Any

from generator.vault.files import check_way, names_in, read_private, write_private
from generator.vault.sealing import ENDING, sealed, unsealed
from generator.vault.storage import DRAFTS as FOLDER
from generator.vault.storage import MARK, Vault


def draft_path(number: str, by: str, name: str) -> str:
    """The file of a draft: of a nomination, by somebody, for one of the forms."""
    return f"{FOLDER}/{number}/{by}/{name}"


def keep(vault: Vault, path: str, content: bytes | None) -> None:
    """Keep a draft, sealed if the vault is; None removes it."""
    if not vault.settings.recipients:
        write_private(vault.folder, path, content)
        return
    write_private(vault.folder, path + ENDING, sealed(content, vault.settings.recipients) if content else None)


def kept(vault: Vault, path: str) -> bytes | None:
    """A draft; None when there is none."""
    if not vault.settings.recipients:
        return read_private(vault.folder, path)
    content = read_private(vault.folder, path + ENDING)
    return None if content is None else unsealed(content, vault.identity, name=path)


def keep_fields(vault: Vault, path: str, fields: dict[str, Any]) -> None:
    """Keep what stands in a form."""
    keep(vault, path, f"{MARK}\n{json.dumps(fields, ensure_ascii=False)}\n".encode())


def kept_fields(vault: Vault, path: str) -> dict[str, tuple[str, ...]] | None:
    """What stood in a form; None when nothing was kept, or nothing that can be read."""
    content = kept(vault, path)
    try:
        found = json.loads(content.partition(b"\n")[2]) if content else None
        return {str(name): tuple(map(str, values)) for name, values in found.items()} if found else None
    except (ValueError, AttributeError, TypeError):
        return None


def drafts(vault: Vault, number: str) -> tuple[str, ...]:
    """The paths of all drafts about a nomination."""
    return tuple(name.removesuffix(ENDING) for name in names_in(vault.folder, f"{FOLDER}/{number}"))


def forget(vault: Vault, number: str, by: str = "", name: str = "") -> None:
    """Remove the drafts about a nomination: all, those of somebody, or the one for a form."""
    for path in drafts(vault, number):
        _, _, writer, form = path.split("/")
        if by in ("", writer) and name in ("", form):
            keep(vault, path, None)


def numbers(vault: Vault) -> tuple[str, ...]:
    """The nominations about which there are drafts."""
    check_way(vault.folder, f"{FOLDER}/x")
    folder = vault.folder / FOLDER
    return tuple(sorted(each.name for each in folder.iterdir() if each.is_dir())) if folder.is_dir() else ()
