"""A peer: another generator, how its project is written, and how it is run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from benchmarks.peers.frame import Frame, frame
from benchmarks.peers.records import Records, Speaker, read_records, speaker
from generator.check import check, directory_in
from generator.languages import Locale, load_locale
from generator.pages.cards import Deck
from generator.records.folders import Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """A package with its exact version, and the program in it to run.

    `program` is a path below the folder of the package manager; with "beside", the package joins our own MkDocs and
    `program` is a module's name; with "own", it is there anyway.
    """

    package: str
    version: str
    manager: Literal["pip", "npm", "beside", "own"]
    program: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """What every peer is given: the records of the district in `folder`, and the languages to publish them in."""

    folder: Path
    languages: tuple[str, ...]

    @cached_property
    def records(self) -> Records:
        """Partners and schools."""
        return read_records(self.folder)

    @cached_property
    def speakers(self) -> tuple[Speaker, ...]:
        """The words of each language."""
        return tuple(speaker(self.folder, language) for language in self.languages)

    @cached_property
    def frames(self) -> tuple[Frame, ...]:
        """What stands around the pages of each language."""
        return tuple(frame(self.records, speaker) for speaker in self.speakers)

    @cached_property
    def deck(self) -> Deck:
        """The programs as our own lists have them, with their values by facet."""
        return Deck(directory_in(check(self.project, today=date.today())), date.today())

    @cached_property
    def locales(self) -> tuple[Locale, ...]:
        """The words and formats of each language that our own cards are written with."""
        return tuple(load_locale(code, self.deck.directory, self.project.catalogues) for code in self.languages)

    @property
    def project(self) -> Project:
        """The district as a project of ours."""
        return Project(root=self.folder)

    @property
    def pages(self) -> int:
        """How many pages of records there are in all languages together."""
        return self.records.pages * len(self.languages)


def without_lists(contents: Contents) -> int:
    """A peer that has the pages of the records and no others."""
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A generator to compare with.

    `write` makes its project below a folder. `arguments` follow the tool's program, run in `home` there, where the
    site appears in `output`. `leftovers` are removed before each run, so that each starts from nothing. At more than
    `most` pages it takes minutes: by default it is not run then. `lists` counts the pages that it has to write besides
    those of the records.
    """

    word: str
    name: str
    tool: Tool
    write: Callable[[Path, Contents], None]
    home: str
    arguments: tuple[str, ...]
    output: str
    leftovers: tuple[str, ...] = ()
    most: int | None = None
    lists: Callable[[Contents], int] = without_lists
