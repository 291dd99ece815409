"""The rules: what no schema can say about a record by itself, and about all records together.

A rule is a function named after the failure that it reports, in the module of its noun, and one line in a list here.
Its docstring's first line is the rule in words; `tests/cases/rules/<name>/` holds good and bad files.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from generator.problems import Place, Problem
from generator.records.folders import PAGE
from generator.records.load import Loaded
from generator.records.written import read_written
from generator.rules import (
    catalogues,
    consent,
    costs,
    dates,
    deadlines,
    duplicates,
    fidelity,
    links,
    minors,
    pictures,
    places,
    privacy,
    recognition,
    schools,
    spans,
    translations,
    urls,
    words,
)
from generator.rules.rule import Finding, Rule, Subject, error, problem_of, subject, warning
from generator.source import Document, read

__all__ = ["EVERY_RECORD", "KINDS", "SET", "check_set", "inspect", "problems_of"]

EVERY_RECORD: tuple[Rule[Subject[Any]], ...] = (
    error(spans.reversed_span),
    error(duplicates.repeated_slug),
    error(privacy.contact_in_story),
    warning(privacy.contact_in_text),
    warning(privacy.disguised_email),
    error(privacy.student_data),
    error(privacy.private_comment),
    error(minors.named_minor),
    warning(minors.possible_minor),
    error(urls.private_host),
    error(urls.credential_in_url),
    error(urls.user_in_url),
    warning(urls.insecure_link),
    warning(urls.lookalike_host),
    warning(urls.link_shortener),
    warning(urls.misleading_link),
    error(words.mark_of_frame),
    error(words.lookalike_letters),
    warning(words.keyword_stuffing),
    warning(words.hard_to_read),
)
"""Rules for a record of whatever kind, translations included."""

_FOR_PAGES = (
    privacy.student_data,
    minors.named_minor,
    minors.possible_minor,
    urls.private_host,
    urls.credential_in_url,
    urls.user_in_url,
    urls.lookalike_host,
    urls.link_shortener,
    urls.misleading_link,
    words.lookalike_letters,
    words.mark_of_frame,
)

KINDS: Mapping[str, tuple[Rule[Any], ...]] = MappingProxyType(
    {
        "partner": (
            error(pictures.logo_without_words),
            error(dates.late_registration),
            error(duplicates.own_former_slug),
            warning(places.district_wide_with_schools),
            error(costs.price_of_free),
            warning(costs.fee_without_amount),
        ),
        "story": (
            error(dates.other_school_year),
            error(consent.uncovered_consent),
        ),
        "event": (
            error(dates.late_event_registration),
            error(costs.price_of_free),
            warning(costs.fee_without_amount),
        ),
        "school": (
            error(duplicates.own_former_slug),
            error(schools.impossible_enrollment),
        ),
        "district": (error(dates.misplaced_school_year),),
        "recognition": (
            error(recognition.unanchored_criterion),
            error(recognition.unreachable_score),
            error(recognition.unopened_window),
            error(recognition.private_key),
            error(recognition.broken_key),
        ),
    }
)
"""Rules for a record of one kind."""

SET: tuple[Rule[Loaded], ...] = (
    error(links.unknown_school),
    error(links.unknown_partner),
    error(links.unknown_initiative),
    error(links.unknown_priority),
    error(links.unknown_region),
    error(duplicates.duplicate_partner),
    warning(duplicates.similar_partner),
    warning(duplicates.shared_website),
    warning(duplicates.hyphen_twin),
    error(duplicates.taken_former_slug),
    error(places.position_outside),
    error(pictures.missing_picture),
    warning(pictures.unused_picture),
    error(deadlines.future_date),
    warning(deadlines.expired_agreement),
    warning(deadlines.ending_agreement),
    warning(deadlines.past_registration),
    warning(deadlines.past_opening),
    warning(deadlines.old_event),
    warning(consent.expired_consent),
    warning(consent.expiring_consent),
    error(translations.orphan_translation),
    error(translations.broken_line),
    error(fidelity.wrong_script),
    error(fidelity.lost_link),
    warning(fidelity.lost_number),
    error(catalogues.broken_catalogue),
    warning(catalogues.missing_catalogue),
)
"""Rules for all records together."""

PAGES: tuple[Rule[Subject[Any]], ...] = tuple(rule for rule in EVERY_RECORD if rule.check in _FOR_PAGES)
"""Rules for a hand-written page: contact points and long words may stand there."""

_FOR_KIND = MappingProxyType({PAGE: PAGES, **{kind: (*EVERY_RECORD, *rules) for kind, rules in KINDS.items()}})


def inspect(kind: str, document: Document, record: Struct | None) -> tuple[Problem, ...]:
    """What is wrong with one record by itself; a translation is a document only."""
    looked_at = subject(kind, document, record)
    return tuple(
        problem_of(finding, rule, document)
        for rule in _FOR_KIND.get(kind, EVERY_RECORD)
        for finding in rule.check(looked_at)
    )


def check_set(loaded: Loaded) -> tuple[Problem, ...]:
    """What is wrong with the records together; relative to the day for which they were loaded."""
    return problems_of(loaded, [(rule, finding) for rule in SET for finding in rule.check(loaded)])


def problems_of(loaded: Loaded, found: Sequence[tuple[Rule[Loaded], Finding]]) -> tuple[Problem, ...]:
    """What rules over the whole set have found, each with its line."""
    paths = {finding.path for _, finding in found if finding.spot or not finding.path.endswith(".md")}
    documents = {path: _document(loaded.project.root, path) for path in paths}
    return tuple(_problem(rule, finding, documents.get(finding.path)) for rule, finding in found)


def _document(root: Path, path: str) -> Document | None:
    """The file that a finding is about; None for pictures, and for what has changed meanwhile."""
    if path.endswith(".md"):
        page = read_written(root / path, relative=path)[0]
        return page.body if page else None
    return read(root / path, relative=path)[0] if path.endswith(".yml") else None


def _problem(rule: Rule[Any], finding: Finding, document: Document | None) -> Problem:
    if document:
        return problem_of(finding, rule, document)
    at = Place(path=finding.path)
    return Problem(at=at, rule=rule.name, message=finding.message, hint=finding.hint, severity=rule.severity)
