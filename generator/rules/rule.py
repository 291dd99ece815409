"""What a rule is: a small function that looks at one record, or at all of them, and yields what it finds."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import unquote

from generator.problems import Problem, Severity
from generator.source import Document, Route
from generator.source.lines import problem_in

Record = TypeVar("Record")
Scope = TypeVar("Scope", contravariant=True)

LINK = re.compile(r"https?://([^/?#\\\s<>()\"]*)([^?#\s<>()\"]*)([^\s<>()\"]*)", re.IGNORECASE)
_STORIES = frozenset(("story", "voice"))
_STORIES_IN_OTHER_WORDS = ("/recognition/", "/district/voices/")  # where their translations lie
_NO_WORDS = ("email", "phone", "sms")
_CODE = 10  # characters: a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule found; it becomes a Problem when the report is made.

    `route` leads to the value in the file, `path` is empty for the record at hand. `spot` is a line and a column, from
    1, for what has no route, such as a comment. What is private keeps its line out of every report.
    """

    message: str
    hint: str = ""
    path: str = ""
    route: Route = ()
    spot: tuple[int, int] | None = None
    is_private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Generic[Scope]):
    """A function named after the failure it reports; the first line of its docstring is the rule in words."""

    check: Callable[[Scope], Iterable[Finding]]
    severity: Severity

    @property
    def name(self) -> str:
        """The rule's name in reports: `unknown-school`."""
        return self.check.__name__.replace("_", "-")

    @property
    def sentence(self) -> str:
        """What a contributor has to keep in mind."""
        return (self.check.__doc__ or "").partition("\n")[0]


def error(check: Callable[[Scope], Iterable[Finding]]) -> Rule[Scope]:
    """A rule that fails the check; what it finds in a record by itself also keeps that record out of the site."""
    return Rule(check=check, severity="error")


def warning(check: Callable[[Scope], Iterable[Finding]]) -> Rule[Scope]:
    """A rule that asks a person to look."""
    return Rule(check=check, severity="warning")


class Link(NamedTuple):
    """A web address in a record, in small letters: the user before its host, the host, and all that follows its path.

    Percent signs in `rest`, which is query and fragment, are undone.
    """

    route: Route
    user: str
    host: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Generic[Record]):
    """One record under inspection; a translation has no record of its own.

    `groups` are its mappings and `texts` its values, as written, each with its route. `words` are the texts that people
    read: neither web addresses nor contact points nor short codes. `blob` is all of them, for a first quick look: each
    on one line, with a control character between two; `small` is the same in small letters.
    """

    kind: str
    document: Document
    record: Record
    groups: Sequence[tuple[Route, Mapping[str, Any]]]
    texts: Sequence[tuple[Route, str]]
    words: Sequence[tuple[Route, str]]
    links: Sequence[Link]
    blob: str
    small: str


def subject(kind: str, document: Document, record: Record) -> Subject[Record]:
    """The record with everything that rules look at, found in one walk."""
    found = _Found([], [], [])
    _walk(document.data, (), found)
    blob = "\x1f".join([text for _, text in found.words]).replace("\n", " ")
    return Subject(
        kind=kind,
        document=document,
        record=record,
        groups=found.groups,
        texts=found.texts,
        words=found.words,
        links=[link for route, text in found.texts if "://" in text for link in _links(route, text)],
        blob=blob,
        small=blob.lower(),
    )


def is_story(subject: Subject[Any]) -> bool:
    """Whether the record tells of people, as stories and voices do, their translations included."""
    is_translated = subject.kind == "translation" and any(f in subject.document.path for f in _STORIES_IN_OTHER_WORDS)
    return is_translated or subject.kind in _STORIES


def field(route: Route) -> str:
    """The name of the field that a route leads to; an item of a list belongs to the list's field."""
    last = route[-1] if route else ""
    return last if isinstance(last, str) else str(route[-2])


def problem_of(finding: Finding, rule: Rule[Any], document: Document) -> Problem:
    """The finding with its line, column and excerpt."""
    is_error = rule.severity == "error"
    if finding.spot:
        at = document.locate(())
        at = type(at)(path=document.path, line=finding.spot[0], column=finding.spot[1])
        text = "" if finding.is_private else document.text
        return problem_in(text, at, rule=rule.name, message=finding.message, hint=finding.hint, is_error=is_error)
    return document.problem(
        finding.route,
        rule=rule.name,
        message=finding.message,
        hint=finding.hint,
        is_error=is_error,
        shows_line=not finding.is_private,
    )


class _Found(NamedTuple):
    """What a walk has found so far."""

    groups: list[tuple[Route, Mapping[str, Any]]]
    texts: list[tuple[Route, str]]
    words: list[tuple[Route, str]]


def _walk(value: Any, route: Route, found: _Found) -> None:
    """Sort a mapping or list and everything below it, in the order of the file.

    People read a text that is no web address and no contact point; what is as short as a date holds nothing to look at.
    """
    items: Iterable[tuple[Any, Any]] = enumerate(value)
    if type(value) is dict:
        found.groups.append((route, value))
        items = value.items()
    for key, below in items:
        if type(below) is not str:
            _walk(below, (*route, key), found)
            continue
        pair = ((*route, key), below)
        found.texts.append(pair)
        if (len(below) > _CODE or not below.isascii()) and key not in _NO_WORDS and below[:4] != "http":
            found.words.append(pair)


def _links(route: Route, text: str) -> Iterator[Link]:
    for authority, _, rest in LINK.findall(text):
        user, _, host = authority.lower().rpartition("@")
        if ":" in host and not host.endswith("]"):
            host = host.partition(":")[0]
        yield Link(route, user, host.rstrip("."), unquote(rest) if "%" in rest else rest)
