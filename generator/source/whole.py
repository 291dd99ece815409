"""Files that are written whole or not at all."""

from pathlib import Path
from shutil import copymode


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new; it keeps the permissions that it has had.

    The folders on the way to it are made. A link is replaced, not followed.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{path.name}.new")
    try:
        new.write_bytes(content)
        if path.exists():
            copymode(path, new)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
