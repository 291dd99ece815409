"""What a YAML syntax error means, in words for people who do not know YAML."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from generator.problems import Place, Problem
from generator.source.lines import line_of, problem_in

RULE = "yaml-syntax"
_QUOTE_IT = "Put quotation marks around the whole text."
_LONG = 400  # characters of a line that are looked at: its key stands at its beginning
_ALIGN = "Begin all keys of one group in the same column; use two spaces a level."
_SPACE_AFTER_COLON = ('a space is missing after the ":"', 'Write "key: value".')


class _Meaning(NamedTuple):
    """A sentence for a parser's complaint; the patterns match libyaml's wording and PyYAML's."""

    context: str  # pattern of what the parser was reading
    problem: str  # pattern of what it found there
    message: str
    hint: str
    at_context: bool  # whether the beginning of the faulty thing says more than the spot where reading stopped


_MEANINGS = (
    _Meaning("quoted", "end of stream", "a quotation mark opens here and nothing closes it", "Close it.", True),
    _Meaning(
        "quoted",
        "",
        'a "\\" begins an escape here that does not exist',
        'Write "\\\\" for a backslash, or put the text in single quotation marks.',
        False,
    ),
    _Meaning("alias|anchor", "", 'text may not begin with "*" or "&"', _QUOTE_IT, True),
    _Meaning("directive", "", 'a line may not begin with "%"', "Delete the line, or quote its text.", True),
    _Meaning("tag", "", 'text may not begin with "!"', _QUOTE_IT, True),
    _Meaning("", "undefined tag handle", 'text may not begin with "!"', _QUOTE_IT, False),
    _Meaning(
        "block scalar",
        "",
        'after "|" or ">" the text begins on the next line',
        'Move the text to the next line, indented. If it really begins with "|" or ">", put quotation marks around it.',
        True,
    ),
    _Meaning("", "cannot start any token", "text may not begin with this character", _QUOTE_IT, False),
    _Meaning(
        "",
        "sequence entries are not allowed",
        "a list cannot begin on the line of its key",
        'Write the items below, each as "- item", or here as [item, item].',
        False,
    ),
    _Meaning("", "mapping keys are not allowed", 'text may not begin with "? "', _QUOTE_IT, False),
    _Meaning(
        "",
        r"expected ',' or '\]'",
        "this list is not closed, or a comma is missing in it",
        'Put "," between the items and "]" after the last one.',
        True,
    ),
    _Meaning(
        "",
        "expected ',' or '}'",
        "this group is not closed, or a comma is missing in it",
        'Put "," between the values and "}" after the last one.',
        True,
    ),
    _Meaning(
        "",
        "node content",
        "a value is missing here, or a bracket or comma is one too many",
        f"Correct the list. If it is part of a text: {_QUOTE_IT[0].lower()}{_QUOTE_IT[1:]}",
        False,
    ),
    _Meaning("", "document start", "something follows the end of the record", 'Delete the line "...".', False),
    _Meaning(
        "block (collection|sequence)",
        "",
        "this line is not part of the list above it",
        'Begin every item with "- ", all in the same column.',
        False,
    ),
)


def syntax_problem(failure: Exception, text: str, path: str) -> Problem:
    """The problem that made a parser give up, with the usual cause where its line shows one."""
    found = str(getattr(failure, "problem", None) or "")
    reading = str(getattr(failure, "context", None) or "")
    begun = getattr(failure, "context_mark", None)
    mark = getattr(failure, "problem_mark", None) or begun
    if mark is None:
        # PyYAML's own parser falls over escapes beyond Unicode without saying where.
        message, hint = "an escape in this file stands for no character", 'Write "\\\\" for a backslash.'
        return problem_in(text, Place(path=path), rule=RULE, message=message, hint=hint)
    for meaning in _MEANINGS:
        if re.search(meaning.context, reading) and re.search(meaning.problem, found):
            return _problem(text, path, begun if meaning.at_context and begun else mark, meaning.message, meaning.hint)
    if "could not find expected ':'" in found:
        return _problem(text, path, begun or mark, *_no_key(line_of(text, (begun or mark).line + 1)))
    if "mapping values are not allowed" in found:
        return _stray_colon(text, path, mark)
    if "expected key" in found or "block end" in found:
        return _problem(text, path, mark, *_no_end(line_of(text, mark.line + 1), mark.column))
    return _problem(text, path, mark, "this cannot be read as YAML", _QUOTE_IT)


def _no_key(line: str) -> tuple[str, str]:
    """Message and hint for a line that should have a key."""
    if re.match(r"\s*[\w-]+:\S", line):
        return _SPACE_AFTER_COLON
    message = 'this line is neither "key: value" nor "- item"'
    return message, "If it continues the text above it, indent it further than the key."


def _stray_colon(text: str, path: str, mark: Any) -> Problem:
    """The problem of a colon that begins a value where none can be."""
    before = line_of(text, mark.line + 1)[: min(mark.column, _LONG)]
    above = line_of(text, mark.line)
    if re.match(r"\s*(?:- +)*[^\s:][^:]*:\s+\S", before):
        return _problem(text, path, mark, 'the text holds a second ": "', _QUOTE_IT)
    if re.match(r"\s*[\w-]+:\S", above) and not re.search(r":(\s|$)", above):
        message, hint = _SPACE_AFTER_COLON
        at = Place(path=path, line=mark.line, column=above.index(":") + 1)
        return problem_in(text, at, rule=RULE, message=message, hint=hint)
    at = Place(path=path, line=mark.line + 1, column=len(before) - len(before.lstrip()) + 1)
    message = "this line is indented further than the lines it belongs with"
    return problem_in(text, at, rule=RULE, message=message, hint=_ALIGN, width=len(before.strip()))


def _no_end(line: str, column: int) -> tuple[str, str]:
    """Message and hint for something that comes where the next key should begin."""
    before = line[:column].rstrip()
    if before.endswith(('"', "'")):
        hint = "Put quotation marks around the whole text; if it holds one kind of mark, use the other kind."
        return "text goes on after the closing quotation mark", hint
    if before.endswith(("]", "}")):
        return "text goes on after the closing bracket", _QUOTE_IT
    if line.lstrip().startswith("-"):
        return "this list item is not part of a list", 'Begin every item of one list with "- ", in the same column.'
    return "this line is not indented like the lines around it", _ALIGN


def _problem(text: str, path: str, mark: Any, message: str, hint: str) -> Problem:
    at = Place(path=path, line=mark.line + 1, column=mark.column + 1)
    return problem_in(text, at, rule=RULE, message=message, hint=hint)
