"""Problems as people, GitHub and machines read them."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

from generator.problems import Problem, in_order
from generator.text import numbered, visible

JSON_VERSION = 1
LINE_WIDTH = 110  # columns of a terminal; longer source lines are shown around the caret
_BOLD, _RED, _YELLOW, _BLUE, _RESET = "\x1b[1m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[34m", "\x1b[0m"


class _Cell(NamedTuple):
    """One character of a source line as it is shown."""

    text: str
    columns: int


def report(problems: Iterable[Problem], form: str = "text", *, colour: bool = False, records: int | None = None) -> str:
    """The problems in order and a summary, ended by a line feed; `records` is how many were checked.

    `form` is "text" (for a terminal), "github" (annotations of a workflow run) or "json". Nothing in a record can act
    on the terminal or as a workflow command. Raises ValueError for another form.
    """
    found = in_order(problems)
    if form == "text":
        return "".join(f"{_text(problem, colour)}\n" for problem in found) + f"{_summary(found, records)}\n"
    if form == "github":
        return "".join(f"{_annotation(problem)}\n" for problem in found) + f"{_summary(found, records)}\n"
    if form == "json":
        return _json(found, records)
    raise ValueError(f'"{form}" is no form of report; there are text, github and json')


def _text(problem: Problem, colour: bool) -> str:
    """Place, rule and message; then the source line with a caret, and the hint."""
    tone = _RED if problem.is_error else _YELLOW
    kind = "" if problem.is_error else "warning: "
    rule = _paint(kind + problem.rule, tone, colour)
    head = f"{_paint(_place(problem), _BOLD, colour)}: {rule}: {safe(problem.message)}"
    if problem.excerpt.strip() and problem.at.line:
        return "\n".join((head, *_excerpt(problem, tone, colour)))
    return f"{head}\n  = {safe(problem.hint)}" if problem.hint else head


def _place(problem: Problem) -> str:
    """`path`, `path:line` or `path:line:column`, as editors and terminals make them clickable."""
    numbers = (problem.at.line, problem.at.column) if problem.at.line else ()
    return ":".join((safe(problem.at.path), *(str(number) for number in numbers if number)))


def _excerpt(problem: Problem, tone: str, colour: bool) -> tuple[str, ...]:
    """The line with its number in a gutter, the caret below it, and the hint beside the caret or below."""
    number = str(problem.at.line)
    gutter = _paint(f"  {number} |", _BLUE, colour)
    below = _paint(f"  {' ' * len(number)} |", _BLUE, colour)
    line, before, width = _window(problem.excerpt, max(problem.at.column - 1, 0), problem.width)
    caret = " " * before + _paint("^" * width, tone, colour)
    hint = safe(problem.hint)
    if not problem.at.column:
        return (f"{gutter} {line}", f"{below} {hint}") if hint else (f"{gutter} {line}",)
    if not hint or before + width + len(hint) < LINE_WIDTH:
        return f"{gutter} {line}", f"{below} {caret} {hint}".rstrip()
    return f"{gutter} {line}", f"{below} {caret}", f"{below} {hint}"


def _window(line: str, start: int, length: int) -> tuple[str, int, int]:
    """The part of a line around the characters from `start`; columns before the caret, and the caret's columns."""
    begin = max(start - 2 * LINE_WIDTH, 0)  # more never fits, and a line can have 64 KB
    end = start + 2 * LINE_WIDTH
    cells = _cells(line[begin:end])
    ends = list(accumulate((cell.columns for cell in cells), initial=0))  # columns before each cell, and in all
    room = LINE_WIDTH - 2
    start = min(start - begin, len(cells))
    first = 0 if ends[-1] <= room else bisect_left(ends, ends[start] - room // 2)
    last = bisect_right(ends, ends[first] + room) - 1
    head = "…" if begin or first else ""
    tail = "…" if last < len(cells) or line[end:].strip() else ""
    shown = head + "".join(cell.text for cell in cells[first:last]) + tail
    caret_end = max(min(start + length, last), start)
    return shown, len(head) + ends[start] - ends[first], max(ends[caret_end] - ends[start], 1)


def _cells(line: str) -> tuple[_Cell, ...]:
    """The characters of a line with what cannot be seen spelled out."""
    shown = [visible(letter) for letter in line.rstrip()]
    for number in range(2, len(shown)):
        if shown[number - 2 : number + 1] == ["#", "#", "["]:
            shown[number] = "\\u005b"
    return tuple(_Cell(text, sum(map(_letter_columns, text))) for text in shown)


def _letter_columns(letter: str) -> int:
    """How many columns of a terminal the letter takes: two in Chinese, Japanese and Korean, none for a mark."""
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(letter) in {"W", "F"} else 1


def safe(text: str) -> str:
    """Text for a terminal or a log: nothing invisible, and nothing that GitHub takes for a command.

    Commands are "::name::" at the beginning of a line and, in their first form, "##[name]" anywhere:
    https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
    """
    return re.sub(r"^( *):(?=:)", r"\1\\u003a", visible(text).replace("##[", "##\\u005b"))


def _paint(text: str, code: str, colour: bool) -> str:
    return f"{code}{text}{_RESET}" if colour and text else text


def _summary(problems: Sequence[Problem], records: int | None) -> str:
    """One line that counts: "3 errors and 1 warning in 2 files (12 records checked)"."""
    errors = sum(problem.is_error for problem in problems)
    counts = [numbered(errors, "error")] if errors else []
    if len(problems) > errors:
        counts.append(numbered(len(problems) - errors, "warning"))
    where = f" in {numbered(len({problem.at.path for problem in problems}), 'file')}" if counts else ""
    checked = "" if records is None else f" ({numbered(records, 'record')} checked)"
    return (" and ".join(counts) or "No problems") + where + checked


def _annotation(problem: Problem) -> str:
    """A workflow command: https://docs.github.com/actions/reference/workflow-commands-for-github-actions."""
    values = {"file": problem.at.path, "line": problem.at.line, "col": problem.at.column, "title": problem.rule}
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items() if value)
    lines = (safe(line) for line in (problem.message, problem.hint) if line)
    return f"::{problem.severity} {properties}::{_data(chr(10).join(lines))}"


def _data(text: str) -> str:
    """Text with GitHub's escapes, so that it can end neither the line nor the command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe(text)).replace(":", "%3A").replace(",", "%2C")


def _json(problems: Sequence[Problem], records: int | None) -> str:
    """A stable object for machines; ASCII only, so that no terminal acts on what it holds."""
    errors = sum(problem.is_error for problem in problems)
    summary = {
        "errors": errors,
        "warnings": len(problems) - errors,
        "files": len({problem.at.path for problem in problems}),
        "records": records,
    }
    listed = [
        {
            "path": problem.at.path,
            "line": problem.at.line,
            "column": problem.at.column,
            "rule": problem.rule,
            "severity": problem.severity,
            "message": problem.message,
            "hint": problem.hint,
        }
        for problem in problems
    ]
    return json.dumps({"version": JSON_VERSION, "summary": summary, "problems": listed}, indent=2) + "\n"
