"""Candidates looked at beside all records and beside each other, with a part of them in memory at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import islice

import msgspec

from generator.intake.judge import against, set_findings
from generator.intake.outcome import Report
from generator.intake.waiting import Waiting
from generator.problems import Problem, has_errors
from generator.records.load import Loaded
from generator.rules.rule import Finding, Rule

AT_ONCE = 5_000
"""So many candidates are looked at whole; of more than that, all together only what tells partners apart."""
_TOLD_APART = ("slug", "name", "also_known_as", "former_slugs", "website")
_UNTOLD = {"kind": "", "summary": "", "focus": [], "sources": []}
Findings = list[tuple[Rule[Loaded], Finding]]
Blamed = Mapping[str, tuple[Problem, ...]]


def settle(loaded: Loaded, waiting: Waiting, report: Report, at_once: int = AT_ONCE) -> None:
    """Give every candidate its verdict; those that do not pass beside the others no longer wait.

    Whoever is left without one that was refused is looked at again.
    """
    known = set_findings(loaded) if waiting.verdicts else []
    found: Blamed = {}
    while waiting.verdicts:
        found = _blamed(loaded, known, waiting, at_once)
        bad = [path for path, problems in found.items() if has_errors(problems)]
        for path in bad:
            verdict = waiting.drop(path)
            why = "the loader refuses it beside the other records"
            problems = (*verdict.problems, *found[path])
            report.verdicts.append(replace(verdict, outcome="refused", why=why, problems=problems))
        if not bad:
            break
    for path, verdict in waiting.verdicts.items():
        report.verdicts.append(replace(verdict, problems=(*verdict.problems, *found.get(path, ()))))


def _blamed(loaded: Loaded, known: Findings, waiting: Waiting, at_once: int) -> Blamed:
    """What is wrong with candidates beside the records and each other, by path.

    Many candidates are looked at in parts, and then all of them by what a rule can compare two partners by. A change of
    an old record always counts whole, for others may name what is in it.
    """
    if len(waiting.verdicts) <= at_once:
        return against(loaded, known, dict(waiting.data()), waiting.texts)
    found: defaultdict[str, dict[Problem, None]] = defaultdict(dict)
    for part in (*_parts(waiting, at_once), None):
        candidates = dict(_apart(loaded, waiting.data())) if part is None else part
        for path, problems in against(loaded, known, candidates, waiting.texts).items():
            found[path].update(dict.fromkeys(problems))
    return {path: tuple(problems) for path, problems in found.items()}


def _parts(waiting: Waiting, at_once: int) -> Iterator[dict[str, bytes]]:
    following = waiting.data()
    while part := dict(islice(following, at_once)):
        yield part


def _apart(loaded: Loaded, candidates: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """The candidates, new ones with nothing but what tells partners apart."""
    for path, data in candidates:
        if path in loaded.entries:
            yield path, data
        else:
            whole = msgspec.json.decode(data)
            own = {key: whole[key] for key in _TOLD_APART if key in whole}
            yield path, msgspec.json.encode({**_UNTOLD, **own})
