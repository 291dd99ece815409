"""Translations that come back: each row judged by itself, then written into the three stores, comments kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from unicodedata import normalize

from babel.messages.catalog import Message

from generator.fidelity import Fault, faults, wrong_script
from generator.interface import faults as faults_of_message
from generator.languages import fingerprint
from generator.nearest import nearest
from generator.problems import Problem
from generator.serialize import serialize
from generator.translate.row import Row, whole
from generator.translate.work import INTERFACE, OPEN, Work

LONGEST = 6_000
"""Characters of one text of a record at most, as its schema has it."""
Judge = Callable[[str], Iterable[Problem]]
"""What the loader finds wrong with the text of a sidecar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """On which terms words are taken: the script they are in, whose they are ("" to tell by what was there), the day.

    `may_replace` lets them take the place of what people wrote for today's English; `judge` is the loader's opinion.
    """

    script: str
    by: str
    on: date
    may_replace: bool
    judge: Judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of a row: taken, old (taken, but its English has changed), same, empty, unsure, or refused."""

    row: Row
    outcome: str
    why: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """Words to be written: for which text, whose they are, and the English that they stand for."""

    work: Work
    words: tuple[str, ...]
    by: str
    on: date
    source: str


@dataclass(slots=True, kw_only=True)
class Accepted:
    """What an import takes, and what became of each row, in the order of the file."""

    taken: list[Taken] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)

    @property
    def counts(self) -> Counter[str]:
        """How many rows had which outcome."""
        return Counter(verdict.outcome for verdict in self.verdicts)


def accept(rows: Iterable[Row], known: Mapping[str, Work], terms: Terms) -> Accepted:
    """Judge every row of a file; `known` holds every text of the project by its key."""
    accepted = Accepted()
    plurals = {key: work for key, work in known.items() if len(work.english) > 1}
    seen: dict[str, Row] = {}
    for row in whole(rows, plurals):
        work = known.get(row.key)
        twin = seen.setdefault(row.key, row)
        if work is None:
            verdict: Verdict | Taken = unknown(row, known)
        elif twin is not row:
            where = f", on line {twin.line}" if twin.line else ""
            verdict = refused(row, f"this text stands in the file twice{where}", "keep one of the two")
        else:
            verdict = judged(row, work, terms)
        if isinstance(verdict, Taken):
            is_old = verdict.source != fingerprint(verdict.work.english[0])
            accepted.taken.append(verdict)
            verdict = Verdict(row=row, outcome="old" if is_old else "taken")
        accepted.verdicts.append(verdict)
    return accepted


def unknown(row: Row, known: Mapping[str, Work]) -> Verdict:
    """The verdict on a row that belongs to no text."""
    if not row.key:
        hint = "import a file that partners translate export has written; a tool must keep contexts and ids"
        return refused(row, f'nothing tells which text "{row.english[0][:40]}" is', hint)
    near = nearest(row.key, known)
    hint = f'did you mean "{near}"?' if near else "the text may have been deleted; export again"
    return refused(row, "there is no such text", hint)


def judged(row: Row, work: Work, terms: Terms) -> Verdict | Taken:
    """The verdict on a row that belongs to a text."""
    words = tuple(normalize("NFC", text.replace("\r\n", "\n")).strip() for text in row.words)
    if not any(words):
        return Verdict(row=row, outcome="empty")
    if row.is_unsure:
        return Verdict(row=row, outcome="unsure")
    is_same = words == work.words
    if is_same and (work.state in ("human", "reviewed") or not (row.is_confirmed or terms.by)):
        return Verdict(row=row, outcome="same")
    by = terms.by or ("reviewed" if work.by in ("machine", "reviewed") else "human")
    if is_same and by == work.by and work.state not in OPEN:
        return Verdict(row=row, outcome="same")
    if work.by in ("human", "reviewed") and not terms.may_replace and (work.state != "stale" or by == "machine"):
        whose = f"{'people' if work.by == 'human' else 'a native reader'}" + (f" on {work.on}" if work.on else "")
        return refused(row, f"these words would replace others by {whose}", "look at both; --replace takes these")
    source = fingerprint(row.english[0])
    if source != fingerprint(work.english[0]) and (work.store != "records" or work.state not in OPEN):
        return refused(row, "the English has changed since the file was written", "export this text again")
    if why := next(wrong(words, work, row, terms), None):
        return refused(row, *why)
    return Taken(work=work, words=words, by=by, on=terms.on, source=source)


def wrong(words: tuple[str, ...], work: Work, row: Row, terms: Terms) -> Iterator[tuple[str, str]]:
    """What is wrong with words, and what to write instead."""
    if len(words) != work.forms:
        yield f"this language has {work.forms} forms of a plural, here are {len(words)}", "fill in all of them"
    if not all(words):
        yield "one form of the plural is empty", "fill in all of them"
    for text in words:
        if "\n" in text and not work.is_long and work.store == "records":
            yield "this text has one line", "write it without line breaks"
        if len(text) > LONGEST and work.store == "records":
            yield f"the translation has more than {LONGEST:,} characters", "shorten it"
        yield from ((fault.message, fault.hint) for fault in lost(text, work, row, terms.script))
    if work.store == INTERFACE:
        english = work.english if len(work.english) > 1 else work.english[0]
        for fault in faults_of_message(Message(english, words if len(work.english) > 1 else words[0])):
            yield f"the translation {fault}", "copy what is in brackets after a % from the English, with its brackets"
    elif work.store == "records":
        yield from of_the_loader(words[0], work, terms)


def lost(text: str, work: Work, row: Row, script: str) -> Iterator[Fault]:
    """What a form of a text lost of its English; one of several need not name its number, as in "one program"."""
    if work.store == INTERFACE and text in work.english:
        return iter(())  # names such as CSV are the same in every script
    if len(work.english) > 1:
        return filter(None, (wrong_script(text, script),))
    return faults(row.english[0], text, script)


def of_the_loader(text: str, work: Work, terms: Terms) -> Iterator[tuple[str, str]]:
    """What the loader has against a text, in a sidecar that holds it alone."""
    entry = {"text": text, "source": fingerprint(work.english[0]), "by": "human", "on": terms.on.isoformat()}
    for problem in terms.judge(serialize({work.field: entry})):
        if problem.is_error:
            yield problem.message, problem.hint


def refused(row: Row, why: str, hint: str = "") -> Verdict:
    """The verdict on a row that is not taken."""
    return Verdict(row=row, outcome="refused", why=why, hint=hint)
