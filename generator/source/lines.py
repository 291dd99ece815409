"""Lines and columns of a text, counted from 1 in characters."""

from __future__ import annotations

from generator.problems import Place, Problem


def line_of(text: str, number: int) -> str:
    """The line with that number, without its end; empty past the last line."""
    start = 0
    for _ in range(number - 1):
        start = text.find("\n", start) + 1
        if not start:
            return ""
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)].removesuffix("\r")


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column of the character at `index`."""
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def problem_in(
    text: str, at: Place, *, rule: str, message: str, hint: str = "", width: int = 1, is_error: bool = True
) -> Problem:
    """A problem at a place in the text, with the line that it speaks of."""
    return Problem(
        at=at,
        rule=rule,
        message=message,
        hint=hint,
        severity="error" if is_error else "warning",
        excerpt=line_of(text, at.line) if at.line else "",
        width=max(width, 1),
    )
