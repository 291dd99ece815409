"""What can be wrong with the files people write, as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


class SetupError(Exception):
    """The installation or the project itself is broken (a schema is missing, a folder cannot be written), not a record.

    Its text is one sentence for the person at the keyboard; the edges print it without a traceback.
    """


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Place:
    """A spot in a file; `line` and `column` count from 1 in characters, 0 stands for the whole file or line."""

    path: str  # relative to the project, "/"-separated
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that a person has to look at: what is there, what is wanted, and how to get it."""

    at: Place
    rule: str  # named after the failure it reports: "duplicate-key", "expired-agreement"
    message: str  # one line, without the place
    hint: str = ""  # what to write instead
    severity: Severity = "error"
    excerpt: str = ""  # the source line as it is in the file
    width: int = 1  # characters under the caret, from `at.column`

    @property
    def is_error(self) -> bool:
        """Whether the check fails because of it; a warning only asks a person to look.

        An error that is found in a record by itself, rather than beside others, also keeps the record out of the site.
        """
        return self.severity == "error"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems in the order in which people read them: by file, line and column, errors before warnings."""
    return tuple(sorted(problems, key=lambda problem: (problem.at, problem.severity, problem.rule, problem.message)))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems is an error."""
    return any(problem.is_error for problem in problems)
