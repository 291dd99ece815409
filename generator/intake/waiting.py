"""Candidates that passed by themselves, on the disk until all of them have been looked at together."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass

from generator.intake.outcome import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A candidate that passed by itself: the verdict on its rows if it passes beside the others as well, the file as it
    would be, and its data as JSON.
    """

    verdict: Verdict
    text: str
    data: bytes


class Waiting:
    """The candidates that passed, by path; gone when `stack` is closed."""

    def __init__(self, stack: ExitStack) -> None:
        """None yet."""
        self.store = stack.enter_context(closing(sqlite3.connect("")))
        self.store.execute("PRAGMA cache_size = -8000")
        self.store.execute("CREATE TABLE candidate (path TEXT PRIMARY KEY, text TEXT, data BLOB) WITHOUT ROWID")
        self.verdicts: dict[str, Verdict] = {}

    def add(self, one: Passed) -> None:
        """Keep a candidate."""
        path = one.verdict.path
        self.store.execute("INSERT INTO candidate VALUES (?, ?, ?)", (path, one.text, one.data))
        self.verdicts[path] = one.verdict

    def drop(self, path: str) -> Verdict:
        """The verdict on a candidate that waits no longer."""
        self.store.execute("DELETE FROM candidate WHERE path = ?", (path,))
        return self.verdicts.pop(path)

    def data(self) -> Iterator[tuple[str, bytes]]:
        """(path, data) of all candidates, by path."""
        return iter(self.store.execute("SELECT path, data FROM candidate ORDER BY path"))

    @property
    def texts(self) -> Mapping[str, str]:
        """The files of the candidates by path, each read when somebody asks for it."""
        return Texts(self)


@dataclass(frozen=True, slots=True)
class Texts(Mapping[str, str]):
    """What is to be written, by path."""

    waiting: Waiting

    def __getitem__(self, path: str) -> str:
        """The text of a file."""
        found = self.waiting.store.execute("SELECT text FROM candidate WHERE path = ?", (path,)).fetchone()
        if found is None:
            raise KeyError(path)
        text: str = found[0]
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.waiting.verdicts))

    def __len__(self) -> int:
        return len(self.waiting.verdicts)
