"""The parts of an XLSX file, which is a ZIP of XML: opened with limits, and read piece by piece."""

import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from posixpath import dirname, join, normpath
from xml.parsers import expat

from generator.intake.table import FILE_LIMIT_BYTES
from generator.problems import SetupError

PART_LIMIT = 2_000
UNPACKED_LIMIT_BYTES = 600_000_000
RATIO_LIMIT = 200
"""So many times larger than packed no honest part is, once it is larger than `SMALL_BYTES`."""
SMALL_BYTES = 5_000_000
PIECE_BYTES = 65_536
_FAULTS = (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


class Package:
    """An open workbook file."""

    def __init__(self, path: Path, stack: ExitStack) -> None:
        """Open the file as long as `stack` is open; raises SetupError when it is none or unpacks to too much."""
        self.name = path.name
        if path.stat().st_size > FILE_LIMIT_BYTES:
            raise SetupError(f"{self.name}: this file has more than {FILE_LIMIT_BYTES:,} bytes; split it")
        try:
            self.file = stack.enter_context(zipfile.ZipFile(path))
            parts = self.file.infolist()
        except _FAULTS as error:
            raise SetupError(f"{self.name}: this is no Excel workbook (XLSX), or a locked or damaged one") from error
        if len(parts) > PART_LIMIT or sum(part.file_size for part in parts) > UNPACKED_LIMIT_BYTES:
            raise SetupError(f"{self.name}: this workbook unpacks to more than can be read; save the sheet as CSV")
        for part in parts:
            if part.file_size > SMALL_BYTES and part.file_size > RATIO_LIMIT * max(part.compress_size, 1):
                raise SetupError(f"{self.name}: a part of this workbook is packed as no spreadsheet packs it")
        self.parts = {part.filename: part for part in parts}

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """(kind, part) of each part that a part names, by id."""
        folder = dirname(part)
        where = join(folder, "_rels", f"{part.rpartition('/')[2]}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                target = given.get("Target", "")
                full = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                found[given.get("Id", "")] = (given.get("Type", "").rpartition("/")[2], full)

        if where in self.parts:
            for _ in self.read(where, start):
                pass
        return found

    def read(self, part: str, start: Start, end: End | None = None, text: Text | None = None) -> Iterator[None]:
        """Parse a part, calling for each tag (without namespace) and text; yields after each piece.

        Raises SetupError for what is no XML, and for a document type, which no workbook has and which can hide bombs.
        """
        if part not in self.parts:
            raise SetupError(f"{self.name}: this is no Excel workbook (it lacks its part {part}); save it as XLSX")
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = lambda tag, given: start(tag.rpartition(":")[2], given)
        if end:
            parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
        if text:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = self._refuse
        try:
            with self.file.open(self.parts[part]) as file:
                while piece := file.read(PIECE_BYTES):
                    parser.Parse(piece, False)
                    yield
                parser.Parse(b"", True)
                yield
        except (expat.ExpatError, *_FAULTS) as error:
            raise SetupError(f"{self.name}: {part} cannot be read; open the workbook and save it again") from error

    def _refuse(self, *_: object) -> None:
        raise SetupError(f"{self.name}: this workbook holds a document type (DTD), as none that Excel wrote does")
