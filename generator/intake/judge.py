"""What the loader says of candidates: each by itself, as of a file written by hand, then all beside the records."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from generator.model.common import from_record
from generator.problems import Problem, has_errors, in_order
from generator.records.cache import Entry, digest
from generator.records.folders import BY_NAME, Found
from generator.records.load import Loaded
from generator.rules import SET, inspect
from generator.rules.rule import Finding, Rule, problem_of
from generator.schema import Schemas
from generator.source import Document, parse
from generator.text import is_slug, reserved

PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A candidate's file as it would be, with what is wrong with it; `data` is None when it cannot be taken."""

    path: str
    text: str
    data: bytes | None
    problems: tuple[Problem, ...]


def path_of(slug: str) -> str:
    """The file of a partner."""
    return f"partners/{slug}.yml"


def slug_fault(slug: str, name: str, languages: tuple[str, ...]) -> str:
    """Why a slug is no address for a partner; empty when it is one."""
    if not slug:
        return f'"{name}" has no letters from a to z for an address; give a column slug' if name else "it has no name"
    if not is_slug(slug) or reserved(slug, languages):
        return f'"{slug}" cannot be an address; give another in a column slug'
    return ""


def judged(schemas: Schemas, slug: str, text: str) -> Judged:
    """The verdict of the loader on the text of a partner's file: the same steps as for a file on the disk."""
    path = path_of(slug)
    document, problems = parse(text, relative=path)
    if document is None:
        return Judged(path=path, text=text, data=None, problems=problems)
    data = schemas.coerce(PARTNER, document.data)
    problems = (*problems, *schemas.check(PARTNER, document, data))
    if not has_errors(problems):
        record = from_record(BY_NAME[PARTNER].record, slug, data)
        problems = (*problems, *inspect(PARTNER, document, record))
    content = None if has_errors(problems) else msgspec.json.encode({**data, "slug": slug})
    return Judged(path=path, text=text, data=content, problems=in_order(problems))


def beside(loaded: Loaded, candidates: Mapping[str, bytes]) -> Loaded:
    """The records with candidates among them, as if their files were there; by path."""
    known = {file.path for file in loaded.files}
    new = [
        Found(kind=PARTNER, path=p, slug=p.removeprefix("partners/").removesuffix(".yml"))
        for p in candidates
        if p not in known
    ]
    files = tuple(sorted((*loaded.files, *new), key=lambda file: file.address))
    entries = {**loaded.entries, **{path: Entry(0, (), digest(data)) for path, data in candidates.items()}}
    records = replace(loaded.records, entries=entries, later={**loaded.records.later, **candidates})
    changed = loaded.changed.union(candidates)
    return replace(loaded, files=files, entries=entries, records=records, changed=changed, unchanged=False)


def set_findings(loaded: Loaded) -> list[tuple[Rule[Loaded], Finding]]:
    """What the rules over all records find."""
    return [(rule, finding) for rule in SET for finding in rule.check(loaded)]


def against(
    loaded: Loaded,
    known: Iterable[tuple[Rule[Loaded], Finding]],
    candidates: Mapping[str, bytes],
    texts: Mapping[str, str],
) -> dict[str, tuple[Problem, ...]]:
    """What is wrong with candidates beside the records and each other, by path; `known` was wrong before.

    Where a rule blames a record that was there before, every candidate is blamed that it names, or all of them.
    """
    before = {(rule.name, finding.path, finding.message) for rule, finding in known}
    blamed: dict[str, list[Problem]] = {}
    for rule, finding in set_findings(beside(loaded, candidates)):
        if (rule.name, finding.path, finding.message) not in before:
            for path in _blamed(finding, candidates, is_error=rule.severity == "error"):
                blamed.setdefault(path, []).append(_problem(rule, finding, path, texts))
    return {path: in_order(problems) for path, problems in blamed.items()}


def _blamed(finding: Finding, candidates: Mapping[str, Any], *, is_error: bool) -> Iterator[str]:
    if finding.path in candidates:
        yield finding.path
        return
    named = [word for word in dict.fromkeys(finding.message.split()) if word in candidates]
    yield from named or (candidates if is_error else ())


def _problem(rule: Rule[Loaded], finding: Finding, path: str, texts: Mapping[str, str]) -> Problem:
    document: Document | None = parse(texts[path], relative=path)[0]
    if document is None:
        raise LookupError(path)  # it was read a moment ago
    if finding.path != path:  # an older record is blamed for what the candidate does to it
        finding = replace(finding, message=f"{finding.path}: {finding.message}", route=(), spot=None)
    return problem_of(finding, rule, document)
