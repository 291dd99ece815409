"""A site that is being made, beside the one that it will replace."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from time import sleep

from generator.problems import SetupError
from generator.staging import spare

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
AT_ONCE, TRIES, PATIENCE = 3, 100, 10_000
"""How often a file is begun anew when other workers change its folders at the same moment: thrice at once, for folders
are often missing, then so many times in all, each a ten-thousandth of a second later than the one before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A site that is being made, in a folder on the file system of the site that it will replace.

    Forked workers may write and remove files as well, each file at one place only. Paths are relative to the site's
    root and "/"-separated. Everything that fails is a SetupError: the old site still stands then.
    """

    out: Path  # the site's place, without symbolic links
    folder: Path  # the new site: whoever writes here past `write` must write into no file that is there
    scratch: Path  # for whatever is needed during the build, on the same file system; gone afterwards
    is_filled: bool  # whether the folder held exactly the files of the present site in the beginning; else it was empty
    log: int  # descriptor of the spare's log; -1 when the folder is no spare
    process: int  # the builder's

    def write(self, path: str, content: bytes) -> None:
        """Create or replace a file; one that has this content already stays as it is."""
        with self._told(path):
            if not (self.is_filled and is_content(self.folder / path, content)):
                descriptor = self._create(path)
                try:
                    rest = memoryview(content)
                    while rest:
                        rest = rest[os.write(descriptor, rest) :]
                finally:
                    os.close(descriptor)

    def remove(self, path: str) -> None:
        """Remove a file, if it is there, and the folders that are empty then; a folder of that name stays."""
        with self._told(path):
            found = spare.look(self.folder / path)
            if found and not S_ISDIR(found.st_mode):
                self._note(path)
                spare.remove(self.folder, path)

    def has_changed(self) -> bool:
        """Whether the site differs from the present one, or may."""
        return not self.is_filled or os.fstat(self.log).st_size > 0

    def _create(self, path: str) -> int:
        """The descriptor of a new, empty file, with its folders; what stands in its way is removed."""
        self._note(path)
        for attempt in range(TRIES):
            if attempt > AT_ONCE:
                sleep(attempt / PATIENCE)
            try:
                return os.open(f"{self.folder}/{path}", NEW_FILE, 0o666)
            except FileExistsError:
                self._clear(path)
            except (FileNotFoundError, NotADirectoryError):
                self._make_folder((self.folder / path).parent)
        raise FileExistsError(errno.EEXIST, "something else keeps writing there")

    def _clear(self, path: str) -> None:
        for folder, _folders, names in os.walk(self.folder / path):
            for name in names:
                self._note((Path(folder) / name).relative_to(self.folder).as_posix())
        spare.clear(self.folder / path)

    def _make_folder(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except (FileNotFoundError, FileExistsError, NotADirectoryError):  # or another worker made or removed some
            if blocked_by := spare.blocker(folder / "x"):
                self._note(blocked_by.relative_to(self.folder).as_posix())
                with suppress(FileNotFoundError, IsADirectoryError):  # a folder by now, or gone
                    blocked_by.unlink()

    def _note(self, path: str) -> None:
        if self.is_filled:
            spare.note(self.log, path)

    @contextmanager
    def _told(self, path: str) -> Iterator[None]:
        if self.process not in (os.getpid(), os.getppid()):
            raise SystemExit("the build has ended")  # it was killed, and another one may have the folder now
        try:
            yield
        except OSError as error:
            raise SetupError(f"{self.out}/{path} could not be written: {reason(error)}; the old site stays") from error


def is_content(path: Path, content: bytes) -> bool:
    """Whether a file holds exactly this."""
    found = spare.look(path)
    if found is None or found.st_size != len(content) or not S_ISREG(found.st_mode):
        return False
    with path.open("rb", buffering=0) as file:
        return file.read() == content


@contextmanager
def failing(what: str, then: str) -> Iterator[None]:
    """Turn what the system refuses into a SetupError: what could not be done, why, and what now."""
    try:
        yield
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        raise SetupError(f"{what}: {name}{reason(error)}; {then}") from error


def reason(error: OSError) -> str:
    """What the system says is wrong."""
    return (error.strerror or str(error)).lower()
