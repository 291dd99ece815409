"""A desk: who sits at it, with which vault, beside which public tree; and the way to both, as the commands have it."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import RLock
from typing import Any

from generator.check import Checked, check, directory_in
from generator.clock import moment, today_in
from generator.desk.sessions import Sessions
from generator.directory import Directory
from generator.model import Recognition
from generator.nominations.season import Refused, Season, open_season
from generator.records.folders import Project
from generator.schema import Schemas
from generator.vault.drafts import forget
from generator.vault.storage import Change, Vault, changing, commit, open_vault

STALE = "somebody changed this nomination while you had it open; look at it again, and send it once more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """Files of answers that a session has brought and not taken in yet."""

    session: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Memory:
    """What a desk remembers as long as it is open.

    `season` is the one that was read last: a page asks for it anew, and it seldom is another one.
    """

    season: Season | None = None
    incoming: Incoming = field(default_factory=Incoming)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A desk. `base` is the beginning of all its paths, a chance word, so that its cookie goes nowhere else.

    `busy` lets one request at a time do anything: a desk is one person's.
    """

    project: Project
    folder: Path
    identity: Path | None
    by: str
    schemas: Schemas
    origin: str
    base: str
    sessions: Sessions
    memory: Memory = field(default_factory=Memory)
    busy: Any = field(default_factory=RLock)

    @property
    def today(self) -> date:
        """The day in the district."""
        return today_in(self.project)


def checked(desk: Desk) -> Checked:
    """The public records, as they are now."""
    found = check(desk.project, today=desk.today, cache_folder=desk.project.cache)
    gc.unfreeze()  # a desk runs for hours, and what one page has read is of no use to the next
    return found


def directory_of(desk: Desk) -> Directory:
    """The public records, joined."""
    return directory_in(checked(desk))


def reading(desk: Desk) -> Season:
    """The season, to be read only. While the ledger has no new line, its files are not read again."""
    vault = open_vault(desk.folder, root=desk.project.root, schemas=desk.schemas, identity=desk.identity)
    directory, known = directory_of(desk), desk.memory.season
    if known and _mark(known.vault) == _mark(vault):
        rubric = directory.recognition or Recognition()
        season = replace(known, vault=vault, directory=directory, rubric=rubric, today=desk.today)
    else:
        season = open_season(vault, directory, desk.today)
    desk.memory.season = season
    return season


def _mark(vault: Vault) -> tuple[object, ...]:
    """What differs whenever something was changed by a command or another desk."""
    return vault.ledger.head, vault.ledger.size_bytes, vault.ledger.faults, vault.settings


@contextmanager
def working(desk: Desk, *, number: str = "", seen: int | None = None) -> Iterator[Season]:
    """The season of a vault that nobody else can change meanwhile, read anew.

    `seen` is the line of the ledger that was the nomination's last when the form was made; a later one refuses.
    """
    directory, today = directory_of(desk), desk.today
    with changing(desk.folder, desk.by, root=desk.project.root, schemas=desk.schemas, identity=desk.identity) as vault:
        vault.settings.person(desk.by)
        season = open_season(vault, directory, today)
        if seen is not None and last_line(season, number) != seen:
            raise Refused(STALE)
        yield season


def done(season: Season, change: Change) -> None:
    """Commit a change; with what is anonymised, drafts about it go as well."""
    commit(season.vault, change, moment())
    if change.act == "anonymise":
        forget(season.vault, change.of)


def last_line(season: Season, number: str) -> int:
    """The number of the ledger's last line about a nomination; 0 when there is none."""
    return max((entry.number for entry in season.vault.ledger.entries if entry.of == number), default=0)
