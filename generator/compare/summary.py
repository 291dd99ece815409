"""Differences as lines of text, as Markdown for a pull request, and as data."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from generator.compare.difference import Difference, Outcome
from generator.compare.fields import Change
from generator.inert import code
from generator.records.folders import BY_NAME
from generator.report import safe
from generator.text import numbered

VERSION = 1
RECORDS_TOLD = 200
CHARACTERS = 60_000
"""So much Markdown fits: a comment on GitHub has at most 65,536 characters."""
VALUE_CHARACTERS = 300
OUTCOMES: tuple[Outcome, ...] = ("added", "removed", "renamed", "changed")
NOTHING = "nothing"
PLAIN = re.compile(r"[A-Za-z0-9 '():]+")
"""Names of fields of which Markdown makes nothing else; one that no schema knows may be any text."""
Paint = Callable[[str, str], str]
"""Text in a style: added, removed, strong, weak."""


def counts(found: Sequence[Difference]) -> str:
    """One line that counts: "2 records changed, 1 added; 3 other files"."""
    records = [each for each in found if each.kind in BY_NAME]
    by_outcome = Counter(each.outcome for each in records)
    parts = [f"{by_outcome[outcome]:,} {outcome}" for outcome in OUTCOMES if by_outcome[outcome]]
    others = len(found) - len(records)
    told = f"{numbered(len(records), 'record')}: {', '.join(parts)}" if parts else ""
    more = numbered(others, "other file") if others else ""
    return "; ".join(filter(None, (told, more))) or "Nothing changed"


def as_text(found: Sequence[Difference], paint: Paint) -> Iterator[str]:
    """Lines for a terminal; nothing in a record can act on it."""
    for each in found:
        yield paint("strong", f"{safe(each.name)}") + paint("weak", f"  {safe(each.path)}") + f"  {told_outcome(each)}"
        for change in each.changes:
            yield from text_lines(change, paint)
        if each.note:
            yield f"  {safe(each.note)}"
        for language, fields in each.stale.items():
            yield f"  Out of date in {language} now: {safe(', '.join(fields))}"
        for problem in each.problems:
            line = f" (line {problem.at.line})" if problem.at.line else ""
            yield f"  {paint('removed', 'Wrong')}{line}: {safe(problem.message)}"
        yield ""
    yield counts(found)


def told_outcome(each: Difference) -> str:
    """What became of a record, with what kind it is."""
    kind = each.kind
    if each.outcome == "renamed":
        return f"{kind} renamed, was {safe(each.former)}"
    return f"{kind} {each.outcome}"


def text_lines(change: Change, paint: Paint) -> Iterator[str]:
    """One change in words, with + and - below it for the things of a list."""
    head = f"  {safe(title(change))}: "
    if change.added or change.removed:
        yield head.rstrip()
        yield from (paint("removed", f"    - {safe(each)}") for each in change.removed)
        yield from (paint("added", f"    + {safe(each)}") for each in change.added)
    elif change.pieces:
        yield head + "".join(_piece(piece.state, safe(piece.text), paint) for piece in change.pieces)
    else:
        before = paint("removed", safe(change.before) or NOTHING)
        after = paint("added", safe(change.after)) if change.after else paint("removed", NOTHING)
        yield f"{head}{before} -> {after}" if change.before or not change.after else f"{head}{after}"


def _piece(state: str, text: str, paint: Paint) -> str:
    marks = {"removed": ("[-", "-]"), "added": ("{+", "+}")}.get(state, ("", ""))
    painted = paint(state, text)
    return painted if painted != text or state == "same" else f"{marks[0]}{text}{marks[1]}"


def title(change: Change) -> str:
    """The field with the thing that it belongs to: "Cost of Homework Club"."""
    return f"{change.field} of {change.of}" if change.of else change.field


def as_markdown(found: Sequence[Difference]) -> str:
    """A table for each record; words of strangers stand in code spans, where GitHub lets them do nothing."""
    blocks = [f"**{counts(found)}**", ""]
    length = 0
    for number, each in enumerate(found[:RECORDS_TOLD]):
        block = "\n".join(_block(each))
        length += len(block)
        if length > CHARACTERS:
            return "\n".join((*blocks, _more(len(found) - number)))
        blocks += [block, ""]
    return "\n".join((*blocks, _more(len(found) - RECORDS_TOLD))) if len(found) > RECORDS_TOLD else "\n".join(blocks)


def _more(number: int) -> str:
    return f"… and {number:,} more; all of them: `partners diff`\n"


def _block(each: Difference) -> Iterator[str]:
    yield f"#### {code(each.name)}: {each.kind} {each.outcome}"
    yield ""
    yield f"{code(each.path)}" + (f", was {code(each.former)}" if each.former else "")
    yield ""
    if each.changes:
        yield "| | before | after |"
        yield "|---|---|---|"
        yield from map(_row, each.changes)
        yield ""
    if each.note:
        yield f"{each.note}\n"
    for language, fields in each.stale.items():
        yield f"- Out of date in {language} now: {', '.join(map(code, fields))}"
    for problem in each.problems:
        line = f", line {problem.at.line}" if problem.at.line else ""
        yield f"- :x: {problem.rule}{line}: {code(problem.message)}"


def _row(change: Change) -> str:
    name = change.field if PLAIN.fullmatch(change.field) else code(change.field)
    head = f"{name} of {code(change.of)}" if change.of else name
    return f"| {head} | {_cell(change, 'removed')} | {_cell(change, 'added')} |"


def _cell(change: Change, side: str) -> str:
    """One side of a change."""
    items = change.removed if side == "removed" else change.added
    if change.added or change.removed:
        mark = "−" if side == "removed" else "+"
        return "<br>".join(f"{mark} {code(each, longest=VALUE_CHARACTERS)}" for each in items)
    if change.pieces:
        shown = (piece for piece in change.pieces if piece.state in ("same", side))
        return " ".join(_marked(piece.state, code(piece.text, longest=VALUE_CHARACTERS)) for piece in shown)
    return code(change.before if side == "removed" else change.after)


def _marked(state: str, span: str) -> str:
    mark = {"removed": "~~", "added": "**"}.get(state, "")
    return f"{mark}{span}{mark}" if span else ""


def as_json(found: Sequence[Difference], base: str, head: str) -> str:
    """Everything as it is, for machines; ASCII only."""
    records = [
        {
            "path": each.path,
            "kind": each.kind,
            "name": each.name,
            "outcome": each.outcome,
            "former": each.former,
            "note": each.note,
            "changes": [_data(change) for change in each.changes],
            "stale": {language: list(fields) for language, fields in each.stale.items()},
            "problems": [
                {"line": p.at.line, "column": p.at.column, "rule": p.rule, "message": p.message} for p in each.problems
            ],
        }
        for each in found
    ]
    outcomes = Counter(each.outcome for each in found if each.kind in BY_NAME)
    summary = {outcome: outcomes[outcome] for outcome in OUTCOMES}
    return json.dumps({"version": VERSION, "base": base, "head": head, "records": summary, "files": records}, indent=2)


def _data(change: Change) -> dict[str, object]:
    return {
        "field": change.field,
        "of": change.of,
        "path": change.path,
        "before": change.before,
        "after": change.after,
        "added": list(change.added),
        "removed": list(change.removed),
        "words": [[piece.state, piece.text] for piece in change.pieces],
    }
