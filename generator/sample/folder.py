"""The folder that an invented district is written into: only its own files are ever replaced or removed."""

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from generator.problems import SetupError
from generator.sample.files import SampleFile

MARK = ".sample"
"""The file that makes a folder a sample: what it was made with, then the path of every file."""
FOLDERS = ("pages", "partners", "recognition", "district", "translations")
"""Everything is written below these; a mark that names other files has been tampered with."""


def is_free(folder: Path) -> bool:
    """Whether the folder may be written without asking: it is absent, empty, or an earlier sample."""
    return not folder.exists() or not any(folder.iterdir()) or _earlier(folder) is not None


def replace(folder: Path, made_with: str, files: Iterable[SampleFile]) -> None:
    """Write the files, and remove those of an earlier sample that are no longer among them.

    Interrupted at any point, the folder is still known as a sample. Raises SetupError when something is in the way.
    """
    folder.mkdir(parents=True, exist_ok=True)
    earlier = set(_earlier(folder) or ())
    mark = folder / MARK
    if not mark.exists():
        mark.write_text(f"{made_with}\n", encoding="utf-8", newline="\n")
    written: list[str] = []
    known: set[Path] = set()
    try:
        for file in files:
            written.append(file.path)
            _write(folder, file, known)
    finally:
        paths = sorted(earlier.union(written))
        mark.write_text("\n".join((made_with, *paths, "")), encoding="utf-8", newline="\n")
    for path in sorted(earlier.difference(written)):
        _remove(folder, path)
    mark.write_text("\n".join((made_with, *sorted(written), "")), encoding="utf-8", newline="\n")


def _write(folder: Path, file: SampleFile, known: set[Path]) -> None:
    path = folder / file.path
    if path.parent not in known:
        _refuse_links(folder, path.parent)
        path.parent.mkdir(parents=True, exist_ok=True)
        known.add(path.parent)
    if path.is_symlink() or path.is_dir():
        raise SetupError(f"{path}: something else is in the way here; choose another folder")
    path.write_bytes(file.content)


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


def _earlier(folder: Path) -> tuple[str, ...] | None:
    """The files of an earlier sample; None when there was none, or its mark names files that no sample writes."""
    try:
        lines = (folder / MARK).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    paths = tuple(lines[1:])
    return paths if lines and all(map(_is_ours, paths)) else None


def _is_ours(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and parts[0] in FOLDERS and ".." not in parts and "\\" not in path
