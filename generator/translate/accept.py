"""Translations that come back: each row judged by itself, and a page taken whole or not at all."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from babel.messages.catalog import Message

from generator.languages import fingerprint
from generator.nearest import nearest
from generator.problems import Problem
from generator.records.written import FENCE
from generator.serialize import serialize
from generator.translate.row import Row, whole
from generator.translate.work import BODY, FIELDS, OPEN, TITLE, Work
from generator.words.fidelity import Fault, faults, wrong_script
from generator.words.interface import faults as faults_of_message
from generator.words.translations import INTERFACE, PAGES

LONGEST = 6_000
"""Characters of one text of a record at most, as its schema has it."""
DONE = ("human", "reviewed")
"""States in which a text needs no more work."""
Judge = Callable[[str, str], Iterable[Problem]]
"""What the loader finds wrong with a file of translations: (path, content) -> problems."""


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
    """What became of a row.

    It is taken, old (taken, but for an English that has changed), same, empty, unsure, refused, or waits for the other
    texts of its page.
    """

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """What an import takes, and what became of each row, in the order of the file."""

    taken: tuple[Taken, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def counts(self) -> Counter[str]:
        """How many rows had which outcome."""
        return Counter(verdict.outcome for verdict in self.verdicts)


def accept(rows: Iterable[Row], known: Mapping[str, Work], terms: Terms) -> Accepted:
    """Judge every row of a file; `known` holds every text of the project by its key."""
    plurals = {key: work for key, work in known.items() if len(work.english) > 1}
    seen: dict[str, Row] = {}
    found: list[tuple[Row, Verdict | Taken]] = []
    for row in whole(rows, plurals):
        twin = seen.setdefault(row.key, row)
        work = known.get(row.key)
        if work is None:
            found.append((row, unknown(row, known)))
        elif twin is not row:
            where = f", on line {twin.line}" if twin.line else ""
            found.append((row, refused(row, f"this text stands in the file twice{where}", "keep one of the two")))
        else:
            found.append((row, judged(row, work, terms)))
    taken = {verdict.work.key: verdict for _, verdict in found if isinstance(verdict, Taken)}
    waits = {key for key, each in taken.items() if each.work.store == PAGES and must_wait(each, known, taken)}
    return Accepted(
        taken=tuple(each for key, each in taken.items() if key not in waits),
        verdicts=tuple(told(row, verdict, waits) for row, verdict in found),
    )


def must_wait(each: Taken, known: Mapping[str, Work], taken: Mapping[str, Taken]) -> bool:
    """Whether a text of a page has to wait for others: a page is in one state as a whole, that of its Markdown."""
    texts = {field: known.get(f"{each.work.record}#{field}") for field in FIELDS}
    rest = [work for work in texts.values() if work and work.key not in taken]
    body = texts[BODY]
    if body is None or body not in rest:
        return any(work.state not in DONE for work in rest)
    return body.state in OPEN or (body.state == "machine" and each.words == each.work.words)


def told(row: Row, verdict: Verdict | Taken, waits: Container[str]) -> Verdict:
    """What to tell of a row."""
    if isinstance(verdict, Verdict):
        return verdict
    if verdict.work.key in waits:
        return Verdict(row=row, outcome="waits")
    is_old = verdict.source != fingerprint(verdict.work.english[0])
    return Verdict(row=row, outcome="old" if is_old else "taken")


def unknown(row: Row, known: Mapping[str, Work]) -> Verdict:
    """The verdict on a row that belongs to no text."""
    if not row.key:
        hint = "import a file that partners translate export has written; a tool must keep contexts and ids"
        return refused(row, f'nothing tells which text "{row.english[0][:40]}" is', hint)
    record, _, field = row.key.partition("#")
    fields = [key.partition("#")[2] for key in known if key.startswith(f"{record}#")]
    near = nearest(field, fields) if field and record != INTERFACE else ""
    hint = f'did you mean "{record}#{near}"?' if near else "it may have been changed or deleted; export again"
    return refused(row, "there is no such text", hint)


def judged(row: Row, work: Work, terms: Terms) -> Verdict | Taken:
    """The verdict on a row that belongs to a text."""
    words = tuple(clean(text, work) for text in row.words)
    is_same = words == tuple(clean(text, work) for text in work.words)
    if not any(words):
        return Verdict(row=row, outcome="empty")
    if row.is_unsure and (is_same or not row.has_old_mark):
        return Verdict(row=row, outcome="unsure")
    if is_same and (work.state in DONE or not (row.is_confirmed or terms.by)):
        return Verdict(row=row, outcome="same")
    by = terms.by or ("reviewed" if work.by in ("machine", "reviewed") else "human")
    if is_same and by == work.by and work.state not in OPEN:
        return Verdict(row=row, outcome="same")
    if work.by in DONE and not terms.may_replace and (work.state != "stale" or by == "machine"):
        whose = f"{'people' if work.by == 'human' else 'a native reader'}" + (f" on {work.on}" if work.on else "")
        return refused(row, f"these words would replace others by {whose}", "look at both; --replace takes these")
    source = fingerprint(row.english[0])
    if source != fingerprint(work.english[0]) and (work.store != "records" or work.state not in OPEN):
        return refused(row, "the English has changed since the file was written", "export this text again")
    if why := next(wrong(words, work, row, terms), None):
        return refused(row, *why)
    return Taken(work=work, words=words, by=by, on=terms.on, source=source)


def clean(text: str, work: Work) -> str:
    """A text as it is kept: composed, and without spaces around it, which only messages of the site may have."""
    text = normalize("NFC", text.replace("\r\n", "\n"))
    return text if work.store == INTERFACE and text.strip() else text.strip()


def wrong(words: tuple[str, ...], work: Work, row: Row, terms: Terms) -> Iterator[tuple[str, str]]:
    """What is wrong with words, and what to write instead."""
    if len(words) != work.forms:
        yield f"this language has {work.forms} forms of a plural, here are {len(words)}", "fill in all of them"
    if not all(words):
        yield "one form of the plural is empty", "fill in all of them"
    for text in words:
        if "\n" in text and not work.is_long and work.store != INTERFACE:
            yield "this text has one line", "write it without line breaks"
        if len(text) > LONGEST and work.store == "records":
            yield f"the translation has more than {LONGEST:,} characters", "shorten it"
        yield from ((fault.message, fault.hint) for fault in lost(text, work, row, terms.script))
    if work.store == INTERFACE:
        english = work.english if len(work.english) > 1 else work.english[0]
        for fault in faults_of_message(Message(english, words if len(work.english) > 1 else words[0])):
            yield f"the translation {fault}", "copy what is in brackets after a % from the English, with its brackets"
    else:
        yield from of_the_loader(words[0], work, terms)


def lost(text: str, work: Work, row: Row, script: str) -> Iterator[Fault]:
    """What a form of a text lost of its English; one of several need not name its number, as in "one program"."""
    if work.store == INTERFACE and text in work.english:
        return iter(())  # names such as CSV are the same in every script
    if len(work.english) > 1:
        return filter(None, (wrong_script(text, script),))
    return faults(row.english[0], text, script)


def of_the_loader(text: str, work: Work, terms: Terms) -> Iterator[tuple[str, str]]:
    """What the loader has against a text, in a file that holds it alone."""
    facts = {"source": fingerprint(work.english[0]), "by": "human", "on": terms.on.isoformat()}
    if work.store == PAGES:
        front = {TITLE: "Page", **facts} if work.field == BODY else {TITLE: "Page", work.field: text, **facts}
        content = f"{FENCE}\n{serialize(front)}{FENCE}\n\n{text if work.field == BODY else ''}\n"
    else:
        content = serialize({work.field: {"text": text, **facts}})
    for problem in terms.judge(work.path, content):
        if problem.is_error:
            yield problem.message, problem.hint


def refused(row: Row, why: str, hint: str = "") -> Verdict:
    """The verdict on a row that is not taken."""
    return Verdict(row=row, outcome="refused", why=why, hint=hint)
