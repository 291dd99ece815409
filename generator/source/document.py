"""A record as it was read, which knows where each of its values stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.problems import Place, Problem
from generator.source.comments import Comment, comments
from generator.source.lines import problem_in
from generator.source.marks import Mark, Route, Span, marks


@dataclass(frozen=True, kw_only=True)
class Document:
    """One YAML file that was read without a problem."""

    path: str  # relative to the project
    data: dict[str, Any]  # strings, lists and dictionaries only
    text: str  # the file as it is, not normalised

    @cached_property
    def _marks(self) -> Mapping[Route, Mark]:
        return marks(self.text)

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Every comment of the file, in order."""
        return comments(self.text)

    def locate(self, route: Route, *, key: bool = False) -> Place:
        """Where the value of a route like ("programs", 0) stands, or its key; nearest ancestor if it is missing."""
        span = self._span(route, key=key)
        return Place(path=self.path, line=span.line, column=span.column)

    def problem(
        self,
        route: Route,
        *,
        rule: str,
        message: str,
        hint: str = "",
        key: bool = False,
        is_error: bool = True,
        shows_line: bool = True,
    ) -> Problem:
        """A problem at the route, with its line and width; `shows_line=False` keeps private data out of the report."""
        span = self._span(route, key=key)
        at = Place(path=self.path, line=span.line, column=span.column)
        text = self.text if shows_line else ""
        return problem_in(text, at, rule=rule, message=message, hint=hint, width=span.width, is_error=is_error)

    def _span(self, route: Route, *, key: bool) -> Span:
        mark = self._marks.get(route)
        if mark is not None:
            return mark.key if key and mark.key else mark.value
        while route not in self._marks:
            route = route[:-1]
        nearest = self._marks[route]
        return nearest.key or nearest.value


def texts(value: Any, route: Route = ()) -> Iterator[tuple[Route, str]]:
    """Every text in the value with its route, in order; keys are not texts."""
    if isinstance(value, str):
        yield route, value
    elif isinstance(value, dict):
        for name, below in value.items():
            yield from texts(below, (*route, name))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from texts(below, (*route, number))
