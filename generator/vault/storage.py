"""A vault: read with every digest looked at, and changed only together with its ledger."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator.problems import SetupError
from generator.schema import Schemas
from generator.serialize import serialize
from generator.source import Document, parse
from generator.vault.apart import refuse_together
from generator.vault.canonical import digest
from generator.vault.files import FOLDER_MODE, LONG_BYTES, names_in, read_private, sweep, write_private
from generator.vault.ledger import Entry, Ledger, ahead, chained, line, read_ledger, stamp
from generator.vault.owner import alone
from generator.vault.pending import LEDGER, PENDING, Pending, begin, carry_out, decoded, interrupted
from generator.vault.sealing import ENDING, sealed, unsealed
from generator.vault.settings import SETTINGS, Settings, read_settings, settings_of

MARK = "# PRIVATE " + "VAULT: this file belongs to a vault of nominations, and never into a public tree."
"""The first line of every file, by which it is found wherever it strays; in two parts, so that this file has none."""
LIMIT_BYTES = 256_000
FOLDERS = ("nominations", "reviews", "consents", "stories", "pictures", "keys")
DRAFTS = ".drafts"
NOTHING: Mapping[str, Any] = {}
IGNORED = f".lock\n{PENDING}\n.*.new\n{DRAFTS}/\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """A vault as it was when it was opened."""

    folder: Path
    settings: Settings
    settings_file: Document
    ledger: Ledger
    identity: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change and the files it writes: data by path (None removes the file), and the bytes of pictures.

    `noted` are digests of files that somebody has written by hand.
    """

    act: str
    by: str
    of: str
    state: str = ""
    files: Mapping[str, dict[str, Any] | None] = field(default_factory=lambda: NOTHING)
    pictures: Mapping[str, bytes | None] = field(default_factory=lambda: NOTHING)
    noted: Mapping[str, str] = field(default_factory=lambda: NOTHING)


def open_vault(folder: Path, *, root: Path, schemas: Schemas, identity: Path | None = None) -> Vault:
    """The vault in a folder, which must lie apart from the public tree at `root`; SetupError when it cannot be used."""
    refuse_together(folder, root)
    return _as_it_is(folder.resolve(), schemas, identity)


def _as_it_is(folder: Path, schemas: Schemas, identity: Path | None) -> Vault:
    settings, document = read_settings(folder, schemas)
    ledger = read_ledger(read_private(folder, LEDGER, limit_bytes=LONG_BYTES) or b"")
    _refuse_other_sealing(folder, settings, ledger)
    return Vault(folder=folder, settings=settings, settings_file=document, ledger=ledger, identity=identity)


def _refuse_other_sealing(folder: Path, settings: Settings, ledger: Ledger) -> None:
    """SetupError when vault.yml has begun or ceased to name keys: what lies there would not be read, nor sealed."""
    path = min(ledger.digests.keys() - {SETTINGS}, default="")
    is_plain, is_sealed = (folder / path).is_file(), (folder / f"{path}{ENDING}").is_file()
    if path and settings.recipients and is_plain and not is_sealed:
        raise SetupError(f"{SETTINGS}: it names recipients, and this vault was begun without; take them out again")
    if path and not settings.recipients and is_sealed and not is_plain:
        raise SetupError(f"{SETTINGS}: it names no recipients any more, and this vault is sealed; put them back")


@contextmanager
def changing(folder: Path, who: str, *, root: Path, schemas: Schemas, identity: Path | None) -> Iterator[Vault]:
    """The vault, which nobody else can change meanwhile; what a stopped command left undone is done first."""
    folder = open_vault(folder, root=root, schemas=schemas, identity=identity).folder
    with alone(folder, who):
        sweep(folder)
        complete(_as_it_is(folder, schemas, identity))
        yield _as_it_is(folder, schemas, identity)


def complete(vault: Vault) -> bool:
    """Finish what a stopped command had begun; whether there was something."""
    left = interrupted(vault.folder)
    if left is None:
        return False
    plain = unsealed(left, vault.identity, name=PENDING) if vault.settings.recipients else left
    change = decoded(plain)
    _refuse_foreign(vault, change)
    carry_out(vault.folder, change)
    return True


def _refuse_foreign(vault: Vault, change: Pending) -> None:
    """SetupError when a note of a change is none of this software's: it writes elsewhere, or forges the ledger.

    In a vault that is shared by git, others may put such a note there.
    """
    former = read_private(vault.folder, LEDGER, limit_bytes=LONG_BYTES) or b""
    ledger = read_ledger(former[: change.size_bytes] + change.lines)
    if ledger.faults or any(name.partition("/")[0] not in (*FOLDERS, DRAFTS) for name in change.files):
        raise SetupError(f"{PENDING} in the vault is not what this software wrote; look at it by hand, and delete it")


def names(vault: Vault, inside: str) -> tuple[str, ...]:
    """The path of every file in a folder of the vault, without the ending of sealed files."""
    return tuple(name.removesuffix(ENDING) for name in names_in(vault.folder, inside))


def content_of(vault: Vault, path: str) -> bytes | None:
    """The bytes of a file, opened if it is sealed; None when it is not there."""
    if not vault.settings.recipients or path == SETTINGS:
        return read_private(vault.folder, path)
    content = read_private(vault.folder, path + ENDING)
    return None if content is None else unsealed(content, vault.identity, name=path)


def read_data(vault: Vault, path: str) -> dict[str, Any] | None:
    """The data of a file as texts, None when it is not there; SetupError when it is not what the ledger says."""
    expected = vault.ledger.digests.get(path, "")
    content = content_of(vault, path)
    if content is None and not expected:
        return None
    data = None if content is None else data_of(content, path)
    if data is None or not expected or digest(data) != expected:
        raise SetupError(f"{path}: this file is not as the ledger says; see what happened: partners nominations audit")
    return data


def data_of(content: bytes, path: str) -> dict[str, Any] | None:
    """The data of a file's content as texts; None when it is not YAML as it is read here."""
    document, _ = parse(content, relative=path, limit_bytes=LIMIT_BYTES)
    return document.data if document else None


def text_of(data: Mapping[str, Any]) -> str:
    """A file of a vault, with a new salt, so that its digest tells nobody what it says."""
    return f"{MARK}\n" + serialize({"salt": secrets.token_hex(16), **{k: v for k, v in data.items() if k != "salt"}})


def commit(vault: Vault, change: Change, now: datetime) -> Vault:
    """Write a change and its line in the ledger, both or neither; the vault as it is then."""
    if vault.ledger.faults:
        raise SetupError("the ledger is broken, so nothing is added to it; see: partners nominations audit")
    if reason := ahead(vault.ledger, now):
        raise SetupError(reason)
    texts = {path: None if data is None else text_of(data).encode() for path, data in change.files.items()}
    digests = {path: "" if text is None else _digest_of(text, path) for path, text in texts.items()}
    last = vault.ledger.entries[-1].at if vault.ledger.entries else ""
    entry = Entry(
        number=0,
        at=max(stamp(now), last),
        by=change.by,
        act=change.act,
        of=change.of,
        state=change.state,
        files={**digests, **change.noted},
        previous="",
    )
    entry = chained(vault.ledger, entry)
    pending = Pending(
        files=dict(_on_disk(vault, {**texts, **change.pictures})),
        lines=line(entry),
        size_bytes=vault.ledger.size_bytes,
        head=vault.ledger.head,
    )
    plain = pending.encoded()
    begin(vault.folder, sealed(plain, vault.settings.recipients) if vault.settings.recipients else plain)
    carry_out(vault.folder, pending)
    ledger = replace(
        vault.ledger,
        entries=(*vault.ledger.entries, entry),
        size_bytes=vault.ledger.size_bytes + len(pending.lines),
    )
    return replace(vault, ledger=ledger)


def _digest_of(text: bytes, path: str) -> str:
    """The digest of a file as it will be read; SetupError when it could not be read."""
    data = data_of(text, path)
    if data is None:
        _, problems = parse(text, relative=path, limit_bytes=LIMIT_BYTES)
        raise SetupError(f"{path}: this cannot be kept: {problems[0].message}")
    return digest(data)


def _on_disk(vault: Vault, contents: Mapping[str, bytes | None]) -> Iterator[tuple[str, bytes | None]]:
    """(name, bytes) of files as they lie on the disk."""
    for path, content in contents.items():
        if not vault.settings.recipients or path == SETTINGS:
            yield path, content
        else:
            yield path + ENDING, None if content is None else sealed(content, vault.settings.recipients)


def picture_digest(content: bytes) -> str:
    """SHA-256 of a picture; it is kept in a story's file, which has a salt, and never in the ledger."""
    return sha256(content).hexdigest()


def create(folder: Path, settings: dict[str, Any], by: str, now: datetime, *, root: Path, schemas: Schemas) -> Vault:
    """A new vault with its settings; the folder must be empty, or not there yet."""
    refuse_together(folder, root)
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(_beside_git(folder)))):
        raise SetupError(f"{folder}: a vault begins in a new or empty folder")
    folder = folder.resolve()
    text = text_of(settings).encode()
    said, _ = settings_of(text, schemas)
    if said.recipients:
        sealed(b"", said.recipients)  # a key that is none is told before anything is there
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder.chmod(FOLDER_MODE)
    for name, content in ((".gitignore", IGNORED.encode()), (".gitattributes", b"* -text\n"), (SETTINGS, text)):
        write_private(folder, name, content)
    vault = open_vault(folder, root=root, schemas=schemas)
    noted = {SETTINGS: digest(vault.settings_file.data)}
    with alone(folder, by):
        return commit(vault, Change(act="init", by=by, of="vault", noted=noted), now)


def _beside_git(folder: Path) -> Iterator[Path]:
    """What stands in a folder other than git's own."""
    return (each for each in folder.iterdir() if each.name != ".git")


def settings_digest(vault: Vault) -> str:
    """The digest of vault.yml as it stands now."""
    return digest(vault.settings_file.data)


def has_new_settings(vault: Vault) -> bool:
    """Whether vault.yml was edited since the ledger last noted it."""
    return vault.ledger.digests.get(SETTINGS) != settings_digest(vault)
