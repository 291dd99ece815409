"""The folder that an invented district is written into: only its own files are ever replaced or removed."""

import os
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path, PurePosixPath

from generator.problems import SetupError
from generator.sample.files import SampleFile

MARK = ".sample"
"""The file that makes a folder a sample: what it was made with, then every file as `sha256sum` lists them."""
FOLDERS = ("pages", "partners", "recognition", "district", "translations")
"""Everything is written below these; a mark that names other files has been tampered with."""
FEW = 3
"""So many files are named in a message."""


def is_free(folder: Path) -> bool:
    """Whether the folder may be written without asking: it is absent, empty, or an earlier sample."""
    return not folder.exists() or not any(folder.iterdir()) or _earlier(folder) is not None


def edited(folder: Path) -> tuple[str, ...]:
    """The files of an earlier sample that somebody has changed since; one that was deleted is not among them."""
    return tuple(path for path, digest in (_earlier(folder) or {}).items() if _is_other(folder / path, digest))


def replace(folder: Path, made_with: str, files: Iterable[SampleFile]) -> None:
    """Write the files, and remove those of an earlier sample that are no longer among them.

    A file that no sample wrote stays: where one is to be written at the same path, nothing is written at all. Whether
    `edited` files of an earlier sample may be lost is the caller's to decide. Interrupted at any point, the folder is
    still known as a sample. Raises SetupError when something is in the way.
    """
    folder.mkdir(parents=True, exist_ok=True)
    earlier = _earlier(folder) or {}
    others = _others(folder, earlier)
    if others:
        files = tuple(files)
        _refuse_others(folder, others, files)
    if not earlier:
        _write_mark(folder, made_with, earlier)
    written: dict[str, str] = {}
    known: set[Path] = set()
    try:
        for file in files:
            written[file.path] = _digest(file.content)
            _write(folder, file, known)
    finally:
        _write_mark(folder, made_with, earlier | written)
    for path in sorted(earlier.keys() - written.keys()):
        _remove(folder, path)
    _write_mark(folder, made_with, written)


def few(paths: Sequence[str]) -> str:
    """Some paths for a message: the first few, and how many more there are."""
    more = f" and {len(paths) - FEW:,} more" if len(paths) > FEW else ""
    return ", ".join(paths[:FEW]) + more


def _others(folder: Path, earlier: Mapping[str, str]) -> frozenset[str]:
    """The files where samples are written that no sample wrote; links are not followed."""
    found = (Path(below) / name for top in FOLDERS for below, _, names in os.walk(folder / top) for name in names)
    return frozenset(path.relative_to(folder).as_posix() for path in found) - earlier.keys()


def _refuse_others(folder: Path, others: frozenset[str], files: Iterable[SampleFile]) -> None:
    """Refuse to write over a file that no sample wrote; one with the very same content may stand there."""
    different = (f.path for f in files if f.path in others and _is_other(folder / f.path, _digest(f.content)))
    lost = sorted(different)
    if lost:
        raise SetupError(f"{folder} has files of its own where the sample has some, and they stay: {few(lost)}; "
                         "nothing was written, choose another folder")  # fmt: skip


def _is_other(path: Path, digest: str) -> bool:
    """Whether something stands there that is not what a sample wrote."""
    if path.is_symlink():
        return True
    try:
        return _digest(path.read_bytes()) != digest
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _write_mark(folder: Path, made_with: str, digests: Mapping[str, str]) -> None:
    lines = (made_with, *(f"{digests[path]}  {path}" for path in sorted(digests)), "")
    (folder / MARK).write_text("\n".join(lines), encoding="utf-8", newline="\n")


def _write(folder: Path, file: SampleFile, known: set[Path]) -> None:
    path = folder / file.path
    if path.parent not in known:
        _refuse_links(folder, path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        known.add(path.parent)
    if path.is_symlink() or path.is_dir():
        raise SetupError(f"{path}: something else is in the way here; choose another folder")
    try:
        path.write_bytes(file.content)
    except BaseException:  # half a file would look like an edited one the next time
        path.unlink(missing_ok=True)
        raise


def _refuse_links(folder: Path, below: Path) -> None:
    """Refuse to write through a link, which could lead out of the folder."""
    for part in (below, *below.parents):
        if part == folder:
            return
        if part.is_symlink() or (part.exists() and not part.is_dir()):
            raise SetupError(f"{part}: something else is in the way here; choose another folder")


def _remove(folder: Path, path: str) -> None:
    """Remove a file of an earlier sample, and its folder when that is empty now."""
    target = folder / path
    try:
        _refuse_links(folder, target.parent)
        target.unlink(missing_ok=True)
        for parent in target.relative_to(folder).parents[:-1]:
            (folder / parent).rmdir()
    except (OSError, SetupError):
        return  # a folder with other files in it stays, and so does what we cannot remove


def _earlier(folder: Path) -> dict[str, str] | None:
    """{path: digest} of an earlier sample; None when there was none, or its mark names files that no sample writes."""
    try:
        lines = (folder / MARK).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    pairs = [line.partition("  ") for line in lines[1:]]
    return {path: digest for digest, _, path in pairs} if lines and all(_is_ours(pair[2]) for pair in pairs) else None


def _is_ours(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "\\" not in path
