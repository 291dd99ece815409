"""The files of an import, each written whole or not at all."""

from collections.abc import Mapping
from pathlib import Path

from generator.problems import SetupError


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their paths below the root: a new file, or all of an old one, whose permissions stay."""
    for relative, text in sorted(texts.items()):
        path = root / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_symlink():
            raise SetupError(f"{relative}: this is a link, so nothing is written there")
        beside = path.with_name(f".{path.name}.new")
        try:
            beside.write_bytes(text.encode())
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
            beside.replace(path)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
