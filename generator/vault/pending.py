"""A change that is under way: written down whole before anything is changed, so that no crash leaves it half done."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.problems import SetupError
from generator.vault.files import LONG_BYTES, append_private, read_private, write_private
from generator.vault.ledger import head_of

PENDING = ".pending"
LEDGER = "ledger.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """Files as they will be on the disk (None: gone), and the ledger's new lines behind its first bytes."""

    files: Mapping[str, bytes | None]
    lines: bytes
    size_bytes: int
    head: str

    def encoded(self) -> bytes:
        """The whole change as one file."""
        files = {name: None if each is None else b64encode(each).decode() for name, each in self.files.items()}
        told = {"files": files, "lines": self.lines.decode(), "size_bytes": self.size_bytes, "head": self.head}
        return json.dumps(told).encode()


def decoded(content: bytes) -> Pending:
    """The change of a file; SetupError when it is none."""
    try:
        told = json.loads(content)
        files = {name: None if each is None else b64decode(each) for name, each in told["files"].items()}
        return Pending(
            files=files, lines=told["lines"].encode(), size_bytes=int(told["size_bytes"]), head=str(told["head"])
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SetupError(f"{PENDING} in the vault is not what this software wrote; look at it by hand") from error


def carry_out(folder: Path, change: Pending) -> None:
    """Do a change, or what is left of it; doing it twice does no more than once.

    Files come first, the ledger last, and then the note that a change was under way is removed. A note that comes back
    later, from a backup or a folder that is synchronised, takes nothing away of what was done since.
    """
    ledger = read_private(folder, LEDGER, limit_bytes=LONG_BYTES) or b""
    before, since = ledger[: change.size_bytes], ledger[change.size_bytes :]
    is_partly = change.lines.startswith(since)
    is_over = since.startswith(change.lines)
    if len(ledger) < change.size_bytes or head_of(before) != change.head or not (is_partly or is_over):
        raise SetupError("the ledger is not the one to which an interrupted change belongs; look at it by hand")
    if is_partly:
        for name, content in change.files.items():
            write_private(folder, name, content)
        append_private(folder / LEDGER, change.lines, after_bytes=change.size_bytes)
    write_private(folder, PENDING, None)


def begin(folder: Path, content: bytes) -> None:
    """Write down what is going to be done; from here on it will be done, now or by the next command."""
    write_private(folder, PENDING, content)


def interrupted(folder: Path) -> bytes | None:
    """What a command that was stopped had still to do; None when nothing is left undone."""
    return read_private(folder, PENDING, limit_bytes=LONG_BYTES)
