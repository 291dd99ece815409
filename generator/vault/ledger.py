"""The ledger: one line for each change of a vault, each bound to the line before it.

A line says who did what to which nomination, when, and the digest of every file that the change wrote. It holds no
person's data but the short names of staff: no names, no words, no scores. Each file that is digested begins with a salt
of its own, so that nobody can find out by guessing what a file said that is gone.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from msgspec import Struct, ValidationError, convert, structs

from generator.vault.canonical import canonical, digest

START = "0" * 64
"""What the first line is bound to."""
SHORTEST_HEAD = 16
"""Hexadecimal digits of a head that somebody has kept: 64 bits, which nobody hits by chance."""
AHEAD = timedelta(minutes=10)
"""So far may two computers' clocks differ."""


class Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One change: `act` is what was done, `of` to which nomination, `state` what state it then had.

    `files` has the digest of each file that was written, by its path; "" for one that was removed.
    """

    number: int
    at: str
    by: str
    act: str
    of: str
    state: str
    files: dict[str, str]
    previous: str
    hash: str = ""

    @property
    def moment(self) -> datetime:
        """When it was, by the clock of the computer on which it was done."""
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The lines of a ledger in order, and what is wrong with it: (number of the line, sentence)."""

    entries: tuple[Entry, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()
    size_bytes: int = 0

    @property
    def head(self) -> str:
        """The digest of the last line, which stands for all lines."""
        return self.entries[-1].hash if self.entries else START

    @property
    def short_head(self) -> str:
        """Number and beginning of the head, to be kept elsewhere: on paper, in minutes, in an e-mail."""
        return f"{len(self.entries)}:{self.head[:SHORTEST_HEAD]}"

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """The last digest of each file that has not been removed."""
        found: dict[str, str] = {}
        for entry in self.entries:
            found |= entry.files
        return {path: each for path, each in found.items() if each}


def chained(ledger: Ledger, change: Entry) -> Entry:
    """A change as the next line of a ledger."""
    entry = structs.replace(change, number=len(ledger.entries) + 1, previous=ledger.head, hash="")
    return structs.replace(entry, hash=_hash(entry))


def line(entry: Entry) -> bytes:
    """The entry as a line of the file."""
    return canonical(structs.asdict(entry)) + b"\n"


def _hash(entry: Entry) -> str:
    """The digest of everything in an entry but its own digest."""
    return digest({key: value for key, value in structs.asdict(entry).items() if key != "hash"})


def read_ledger(content: bytes) -> Ledger:
    """The ledger of a file; the faults say where the chain is broken."""
    entries: list[Entry] = []
    faults: list[tuple[int, str]] = []
    for number, text in enumerate(content.split(b"\n"), start=1):
        if not text and number == content.count(b"\n") + 1:
            break
        entry = _entry(text)
        if entry is None:
            faults.append((number, "this line is no entry of a ledger"))
            continue
        faults += [(number, fault) for fault in _faults(entry, entries)]
        entries.append(entry)
    if content and not content.endswith(b"\n"):
        faults.append((content.count(b"\n") + 1, "the last line is cut off"))
    return Ledger(entries=tuple(entries), faults=tuple(faults), size_bytes=len(content))


def head_of(content: bytes) -> str:
    """The head of a ledger's file by its last line alone; "" when that is no entry."""
    last = content.rstrip(b"\n").rpartition(b"\n")[2]
    entry = _entry(last) if last else None
    return entry.hash if entry else "" if last else START


def _entry(text: bytes) -> Entry | None:
    """The entry of a line; None when the line is none, or is written in another form than ours."""
    try:
        entry = convert(json.loads(text), Entry)
        is_ours = line(entry) == text + b"\n" and entry.moment.tzinfo is not None
    except (ValueError, ValidationError, TypeError, RecursionError):
        return None
    return entry if is_ours else None


def _faults(entry: Entry, before: Sequence[Entry]) -> Iterator[str]:
    last = before[-1] if before else None
    if entry.number != len(before) + 1:
        yield f"it is numbered {entry.number} and should be {len(before) + 1}: lines are missing, doubled or moved"
    if entry.hash != _hash(entry):
        yield "the entry is not as it was written: its digest does not fit"
    if entry.previous != (last.hash if last else START):
        yield "it is not bound to the line before it: that line was changed, or lines are missing"
    if last and entry.moment < last.moment:
        yield f"it says {entry.at}, which is before the line above it"


def holds(ledger: Ledger, head: str) -> str:
    """Why a head that somebody kept (`41:3f9c…`) is not in a ledger; empty when it is."""
    number, _, kept = head.partition(":")
    kept = kept.strip().lower()
    if not re.fullmatch("[0-9]{1,9}", number) or len(kept) < SHORTEST_HEAD:
        return f'a head looks like "{ledger.short_head}", as audit prints it'
    place = int(number)
    if place > len(ledger.entries):
        return f"the ledger ends at line {len(ledger.entries)}, and this head is that of line {place}: lines are gone"
    found = ledger.entries[place - 1].hash if place else START
    return (
        "" if found.startswith(kept) else f"line {place} is not the line that had this head: the ledger was rewritten"
    )


def ahead(ledger: Ledger, now: datetime) -> str:
    """Why a change cannot be dated now; empty when it can: time never goes back in a ledger."""
    last = ledger.entries[-1].moment if ledger.entries else now
    if now + AHEAD < last:
        return f"this computer's clock says {stamp(now)}, and the last change was at {stamp(last)}: set the clock"
    return ""


def stamp(moment: datetime) -> str:
    """A moment as it stands in a ledger."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
