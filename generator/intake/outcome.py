"""What became of every row of an import, for people and for machines; unmapped columns by their headings alone."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.problems import Problem
from generator.text import excerpt, numbered

OUTCOMES = ("taken", "changed", "skipped", "refused")
"""Into a new record; into one that was there; nothing to do; not taken, and why."""
_LINES_SHOWN = 12
_EXCERPT_SHOWN = 60  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one row, or of all rows of one partner: its lines in the file, and the record's path."""

    lines: tuple[int, ...]
    outcome: str
    place: str = ""
    path: str = ""
    why: str = ""
    hint: str = ""
    problems: tuple[Problem, ...] = ()
    notes: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(slots=True, kw_only=True)
class Report:
    """All verdicts of an import, how the file was read or might be, and what of it was left alone."""

    name: str
    unmapped: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    read_as: str = ""
    advice: str = ""
    verdicts: list[Verdict] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    is_dry: bool = False

    @property
    def counts(self) -> Counter[str]:
        """How many rows had which outcome."""
        counted: Counter[str] = Counter()
        for verdict in self.verdicts:
            counted[verdict.outcome] += len(verdict.lines)
        return counted


def as_json(report: Report) -> str:
    """The report for machines: every row by itself, in the order of the file."""
    rows = sorted((row for verdict in report.verdicts for row in _rows(verdict)), key=lambda row: str(row["place"]))
    rows.sort(key=lambda row: int(str(row["line"])))
    return (
        json.dumps(
            {
                "file": report.name,
                "rows": rows,
                "counts": {outcome: report.counts[outcome] for outcome in OUTCOMES},
                "unmapped_columns": list(report.unmapped),
                "unused": list(report.unused),
                "read_as": report.read_as,
                "advice": report.advice,
                "files": report.files,
                "dry_run": report.is_dry,
            },
            ensure_ascii=False,
            indent=2,
        )
        + "\n"
    )


def _rows(verdict: Verdict) -> Iterator[Mapping[str, object]]:
    notes = dict(verdict.notes)
    problems = [_problem(problem) for problem in verdict.problems]
    for line in verdict.lines:
        row: dict[str, object] = {
            "line": line,
            "place": verdict.place,
            "outcome": verdict.outcome,
            "record": verdict.path,
        }
        row |= {"why": verdict.why, "hint": verdict.hint, "notes": list(notes.get(line, ())), "problems": problems}
        yield row


def _problem(problem: Problem) -> Mapping[str, object]:
    return {
        "severity": problem.severity,
        "rule": problem.rule,
        "line": problem.at.line,
        "message": problem.message,
        "hint": problem.hint,
    }


def as_text(report: Report) -> Iterator[str]:
    """The report for people, line by line: every row is in one of them."""
    ordered = sorted(report.verdicts, key=lambda verdict: verdict.lines[:1])
    empty = [line for verdict in ordered if verdict.outcome == "skipped" and not verdict.path for line in verdict.lines]
    for verdict in ordered:
        if verdict.outcome != "skipped" or verdict.path:
            yield from _told(report.name, verdict)
    if empty:
        yield f"{report.name}: {_of_lines(tuple(empty))}: skipped: empty"
    if report.read_as:
        yield f"Read as {report.read_as}."
    if report.advice:
        yield f"{report.advice}."
    if report.unmapped:
        yield f"Columns that were left alone: {', '.join(report.unmapped)}"
    if report.unused:
        yield f"Not looked at: {', '.join(report.unused)}"
    counts = report.counts
    told = ", ".join(f"{counts[outcome]:,} {outcome}" for outcome in OUTCOMES)
    yield f"{numbered(sum(counts.values()), 'row')}: {told}."
    if report.is_dry:
        yield "Nothing was written."
    elif report.files:
        yield f"Files written: {len(report.files):,}. Next:  partners check, then read it in words:  partners diff HEAD"


def _told(name: str, verdict: Verdict) -> Iterator[str]:
    where = verdict.place or _of_lines(verdict.lines)
    told = f"{name}: {where}: {verdict.outcome}" + (f": {verdict.path}" if verdict.path else "")
    yield told + (f": {verdict.why}" if verdict.why else "")
    if verdict.hint:
        yield f"    {verdict.hint}"
    yield from dict.fromkeys(map(_problem_in_words, verdict.problems))
    for line, notes in verdict.notes:
        for note in notes:
            yield f"    line {line}: {note}" if not verdict.place else f"    {note}"


def _problem_in_words(problem: Problem) -> str:
    """A problem with the line of the record that it is about, where that may be shown."""
    hint = f"; {problem.hint}" if problem.hint else ""
    line = f"  [{excerpt(problem.excerpt, _EXCERPT_SHOWN)}]" if problem.excerpt.strip() else ""
    return f"    {problem.severity}: {problem.rule}: {problem.message}{hint}{line}"


def _of_lines(lines: tuple[int, ...]) -> str:
    """Lines as words: "line 7", "lines 2-5, 9"."""
    spans: list[list[int]] = []
    for line in sorted(lines):
        if spans and line == spans[-1][1] + 1:
            spans[-1][1] = line
        else:
            spans.append([line, line])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in spans]
    more = f" and {len(shown) - _LINES_SHOWN:,} more" if len(shown) > _LINES_SHOWN else ""
    return f"line{'s' if len(lines) > 1 else ''} {', '.join(shown[:_LINES_SHOWN])}{more}"
