"""A file's rows through the whole of an import: gathered, made into candidates, judged, and only then written."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from generator.intake.candidate import Builder, Candidate, updated
from generator.intake.convert import Converter, names_of
from generator.intake.gather import Heap, Unfit, constants, part_of, used_columns
from generator.intake.judge import judged, path_of, slug_fault
from generator.intake.mapping import Map
from generator.intake.outcome import Report, Verdict
from generator.intake.table import Table
from generator.intake.together import settle
from generator.intake.waiting import Passed, Waiting
from generator.records.load import Loaded, site_languages
from generator.schema import Schemas
from generator.schema.shapes import Shape
from generator.serialize import serialize
from generator.source import Document, read
from generator.source.amend import amended
from generator.text import fold

SCHEMA_LINE = "../schema/partner.schema.json"
_EVERY = 500  # rows between two words about how far it is
Tell = Callable[[str, int, int], None]


@dataclass(frozen=True, kw_only=True)
class Import:
    """What an import needs to know of the project, and what it may do."""

    loaded: Loaded
    schemas: Schemas
    shape: Shape
    map: Map
    today: date
    may_update: bool
    tell: Tell

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, whose codes are no addresses."""
        return site_languages(self.loaded.project)

    @cached_property
    def converter(self) -> Converter:
        """What understands answers."""
        names = names_of(self.loaded.directory)
        return Converter(map=self.map, vocabularies=self.loaded.vocabularies, names=names, today=self.today)

    @cached_property
    def builder(self) -> Builder:
        """What makes candidates."""
        return Builder(
            shape=self.shape,
            partner=constants(self.map, self.converter, is_program=False),
            program=constants(self.map, self.converter, is_program=True),
            conflicts=self.map.conflicts,
        )

    @cached_property
    def holders(self) -> Mapping[str, str]:
        """The slug of the partner that has a name, or another name; folded."""
        partners = self.loaded.by_kind["partner"].values()
        other = {fold(name): p.slug for p in partners for name in p.also_known_as}  # type: ignore[attr-defined]
        return {**other, **{fold(p.name): p.slug for p in partners}}  # type: ignore[attr-defined]

    @cached_property
    def slugs(self) -> frozenset[str]:
        """The slugs of all partners' files, the bad ones included."""
        return frozenset(file.slug for file in self.loaded.files_of("partner"))

    @cached_property
    def former(self) -> Mapping[str, str]:
        """The slugs that partners had before, with those of today."""
        partners = self.loaded.by_kind["partner"].values()
        return {old: p.slug for p in partners for old in p.former_slugs}  # type: ignore[attr-defined]


def imported(job: Import, table: Table, stack: ExitStack) -> tuple[Report, Mapping[str, str]]:
    """What became of every row, and the texts to write, by path, as long as `stack` is open; nothing is written yet."""
    used = used_columns(table, job.map, job.shape)
    report = Report(name=table.name, unmapped=used.unmapped, unused=table.unused, read_as=table.read_as)
    waiting = Waiting(stack)
    with ExitStack() as gathering:
        heap = Heap(gathering)
        for number, row in enumerate(table.rows):
            if number % _EVERY == 0:
                job.tell("Reading rows", number, 0)
            found = part_of(row, table, used, job.converter)
            if isinstance(found, Unfit):
                heap.spoil(found)
                report.verdicts.append(_unfit(found))
            else:
                heap.add(*found)
        report.advice = table.advice()
        _judge_each(job, heap, waiting, report)
    job.tell("Looking at all records together", 0, 0)
    settle(job.loaded, waiting, report)
    return report, waiting.texts


def _unfit(found: Unfit) -> Verdict:
    outcome = "refused" if found.why else "skipped"
    return Verdict(lines=(found.line,), place=found.place, outcome=outcome, why=found.why, hint=found.hint)


def _judge_each(job: Import, heap: Heap, waiting: Waiting, report: Report) -> None:
    """Let wait what passes by itself; what does not goes to the report."""
    for number, (spoilt, parts) in enumerate(heap.groups()):
        if number % 50 == 0:
            job.tell("Checking partners", number, len(heap.partners))
        settled = job.builder.settled(parts)
        report.verdicts.extend(map(_unfit, settled.unfit))
        spoilt = spoilt or next((unfit.line for unfit in settled.unfit), 0)
        if settled.candidate is None:
            continue
        found = _one(job, settled.candidate) if not spoilt else _held_back(settled.candidate, spoilt)
        if isinstance(found, Passed) and found.verdict.path in waiting.verdicts:
            why = f"other rows of this file make {found.verdict.path} already"
            found = replace(found.verdict, outcome="refused", why=why, hint="give each its own name or slug")
        if isinstance(found, Verdict):
            report.verdicts.append(found)
        else:
            waiting.add(found)


def _held_back(candidate: Candidate, line: int) -> Verdict:
    """The verdict on rows of a partner of which another row was refused: half a partner is none."""
    why = f"row {line}, of the same partner, was refused"
    return Verdict(lines=candidate.lines, place=candidate.place, outcome="refused", why=why, hint="repair that one")


def _one(job: Import, candidate: Candidate) -> Passed | Verdict:
    """The candidate, judged by itself, or the verdict on its rows."""
    holder = candidate.slug if candidate.slug in job.slugs else job.holders.get(fold(candidate.name), "")
    slug = holder or candidate.slug
    outcome = "changed" if holder else "taken"
    verdict = Verdict(lines=candidate.lines, place=candidate.place, outcome=outcome, notes=candidate.notes)
    if fault := "" if holder else slug_fault(slug, candidate.name, job.languages) or _former_fault(job, slug):
        return replace(verdict, outcome="refused", why=fault)
    verdict = replace(verdict, path=path_of(slug))
    if not holder:
        text = serialize(candidate.data, schema=SCHEMA_LINE)
        return _judged(job, slug, text, verdict)
    if not job.may_update:
        why = "this partner is there already"
        return replace(verdict, outcome="refused", why=why, hint="add --update to change it; nothing else is replaced")
    return _update(job, slug, candidate, verdict)


def _former_fault(job: Import, slug: str) -> str:
    return (
        f'"{slug}" was once the address of {path_of(job.former[slug])}, which it is now' if slug in job.former else ""
    )


def _update(job: Import, slug: str, candidate: Candidate, verdict: Verdict) -> Passed | Verdict:
    document = _document(job, slug)
    if document is None:
        return replace(verdict, outcome="refused", why="its file cannot be read", hint=f"partners check {verdict.path}")
    known = job.schemas.coerce("partner", document.data)
    wanted = updated(known, candidate, job.shape)
    if wanted == known:
        return replace(verdict, outcome="skipped", why="the record says all of this already")
    text = amended(document, wanted)
    if text is None:
        why = "its file is written in a way that only a person can change without losing something"
        return replace(verdict, outcome="refused", why=why, hint="edit it by hand")
    return _judged(job, slug, text, verdict)


def _document(job: Import, slug: str) -> Document | None:
    return read(job.loaded.project.root / path_of(slug), relative=path_of(slug))[0]


def _judged(job: Import, slug: str, text: str, verdict: Verdict) -> Passed | Verdict:
    found = judged(job.schemas, slug, text)
    if found.data is None:
        return replace(verdict, outcome="refused", why="the loader refuses it", problems=found.problems)
    return Passed(verdict=replace(verdict, problems=found.problems), text=found.text, data=found.data)
