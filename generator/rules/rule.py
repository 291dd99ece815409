"""What a rule is: a small function that looks at one record, or at all of them, and yields what it finds."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar
from urllib.parse import unquote

from generator.problems import Problem, Severity
from generator.source import Document, Route
from generator.source.lines import problem_in

Record = TypeVar("Record")
Scope = TypeVar("Scope", contravariant=True)

LINK = re.compile(r"https?://[^\s<>()\"]+", re.IGNORECASE)
_ADDRESS = re.compile(r"(?i:https?)://([^/?#\\]*)([^?#]*)(.*)", re.DOTALL)
_NO_WORDS = frozenset(("email", "phone"))


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
    """A rule that keeps a record out until it is mended."""
    return Rule(check=check, severity="error")


def warning(check: Callable[[Scope], Iterable[Finding]]) -> Rule[Scope]:
    """A rule that asks a person to look."""
    return Rule(check=check, severity="warning")


class Link(NamedTuple):
    """A web address in a record; `host` in small letters, `rest` is query and fragment, percent signs undone."""

    route: Route
    host: str
    path: str
    rest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject(Generic[Record]):
    """One record under inspection; a translation has no record of its own.

    `groups` are its mappings and `texts` its values, as written, each with its route; `words` are the texts that people
    read, so neither web addresses nor contact points, and `blob` all of them, for a first quick look.
    """

    kind: str
    document: Document
    record: Record
    groups: tuple[tuple[Route, Mapping[str, Any]], ...]
    texts: tuple[tuple[Route, str], ...]
    words: tuple[tuple[Route, str], ...]
    links: tuple[Link, ...]
    blob: str


def subject(kind: str, document: Document, record: Record) -> Subject[Record]:
    """The record with everything that rules look at, found in one walk."""
    groups: list[tuple[Route, Mapping[str, Any]]] = []
    texts: list[tuple[Route, str]] = []
    _walk(document.data, (), groups, texts)
    words = tuple(pair for pair in texts if pair[1][:4] != "http" and field(pair[0]) not in _NO_WORDS)
    return Subject(
        kind=kind,
        document=document,
        record=record,
        groups=tuple(groups),
        texts=tuple(texts),
        words=words,
        links=tuple(_links(texts)),
        blob="\n".join([text for _, text in words]),
    )


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


def _walk(
    value: Any, route: Route, groups: list[tuple[Route, Mapping[str, Any]]], texts: list[tuple[Route, str]]
) -> None:
    """Sort a value and everything below it into groups and texts, in the order of the file."""
    if isinstance(value, dict):
        groups.append((route, value))
    for key, below in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(below, str):
            texts.append(((*route, key), below))
        else:
            _walk(below, (*route, key), groups, texts)


def _links(texts: Iterable[tuple[Route, str]]) -> Iterator[Link]:
    for route, text in texts:
        if "://" in text:
            for found in LINK.finditer(text):
                parts = _ADDRESS.match(found[0])
                if parts:
                    rest = unquote(parts[3]) if "%" in parts[3] else parts[3]
                    yield Link(route, parts[1].lower(), parts[2], rest)
