"""The files of an import, each written whole or not at all."""

from collections.abc import Mapping
from pathlib import Path

from generator.problems import SetupError
from generator.source.whole import write_whole


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Write texts by their paths below the root: a new file, or all of an old one, whose permissions stay."""
    for relative, text in sorted(texts.items()):
        if (root / relative).is_symlink():
            raise SetupError(f"{relative}: this is a link, so nothing is written there")
        write_whole(root / relative, text.encode())
