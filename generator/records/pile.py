"""Data of records on their way to the disk: one after the other in a new file, so that memory need not hold them."""

from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO, Any

PART = "part-"
"""How the names of files begin that are not yet complete."""


@dataclass(kw_only=True)
class Pile:
    """Data of records: in `file`, or in `later` by path where there is none, or its disk is full.

    `fault` tells why the file cannot be kept for another time.
    """

    file: IO[bytes] | None = None
    fault: OSError | None = None
    is_full: bool = False
    size: int = 0
    later: dict[str, bytes] = field(default_factory=dict)
    hashed: Any = field(default_factory=sha256)

    def add(self, path: str, data: bytes) -> tuple[int, int]:
        """Put the data of a record on the pile; returns where they begin in the file, and how many bytes they are.

        (0, 0) when they are not in the file but in memory.
        """
        if self.file is None or self.is_full:
            self.later[path] = data
            return 0, 0
        line = data + b"\n"
        try:
            if self.file.write(line) != len(line):
                raise OSError("the disk is full")
        except OSError as fault:
            self.fault, self.is_full = fault, True
            return self.add(path, data)
        self.hashed.update(line)
        self.size += len(line)
        return self.size - len(line), len(data)

    @property
    def holds_all(self) -> bool:
        """Whether it takes the place of all records that were there, rather than lying beside them."""
        return self.file is not None or self.fault is not None

    @property
    def digest(self) -> str:
        """A short text that differs whenever what is in the file does."""
        return str(self.hashed.hexdigest()[:16])

    def move_to(self, path: Path) -> None:
        """Give the file its place; raises OSError when it cannot be kept."""
        if self.fault:
            raise self.fault
        if self.file:
            Path(self.file.name).replace(path)

    def drop(self) -> None:
        """Take the incomplete file's name away; whoever reads in it still can."""
        path = Path(str(self.file.name)) if self.file else Path()
        if path.name.startswith(PART):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def make(folder: Path) -> None:
    """Make the folder of what is kept, if there is none; git takes nothing of it up, whatever it is told elsewhere."""
    is_new = not folder.is_dir()
    folder.mkdir(exist_ok=True)
    if is_new:
        (folder / ".gitignore").write_bytes(b"*\n")


def new_pile(folder: Path | None) -> Pile:
    """An empty pile with a file in the folder, which is made if need be; elsewhere when that is impossible.

    Nothing is buffered, so that what was added can be read at once.
    """
    fault = None
    if folder:
        try:
            make(folder)
            return Pile(file=NamedTemporaryFile(dir=folder, prefix=PART, delete=False, buffering=0))
        except OSError as failure:
            fault = failure
    try:
        return Pile(file=TemporaryFile(buffering=0), fault=fault)
    except OSError as failure:
        return Pile(fault=fault or failure)
