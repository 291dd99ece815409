"""Which proposals a person of the staff has to wave through: floods, and records together with code."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.compare.trees import FOLDERS
from generator.problems import SetupError
from generator.records.folders import TRANSLATED
from generator.text import numbered

MANY = 20
"""A proposal that touches more records than this needs the label."""
LARGE = "large-change"
MIXED = "code-and-data"
EVENT_BYTES = 2_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One thing that keeps a proposal back, or was waved through with its label."""

    label: str
    sentence: str
    is_waved_through: bool


def records_touched(paths: Iterable[str]) -> frozenset[str]:
    """The records that paths belong to; a translation belongs to its record."""
    return frozenset(
        match[2] if (match := TRANSLATED.fullmatch(path)) else path
        for path in paths
        if is_data(path) and path.endswith((".yml", ".md"))
    )


def is_data(path: str) -> bool:
    """Whether a file holds records or their words, rather than the software or its configuration."""
    return path.partition("/")[0] in FOLDERS


def verdicts(paths: Sequence[str], labels: Iterable[str]) -> tuple[Verdict, ...]:
    """What a proposal that touches these files needs."""
    known = frozenset(labels)
    touched = records_touched(paths)
    data, code = sum(map(is_data, paths)), sum(not is_data(path) for path in paths)
    found = []
    if len(touched) > MANY:
        sentence = f"It changes {len(touched):,} records; more than {MANY} are looked at one by one."
        found.append(Verdict(label=LARGE, sentence=sentence, is_waved_through=LARGE in known))
    if data and code:
        sentence = (
            f"It changes {numbered(data, 'file')} of records and "
            f"{code:,} of the software; propose them apart, so that each is reviewed by those who know it."
        )
        found.append(Verdict(label=MIXED, sentence=sentence, is_waved_through=MIXED in known))
    return tuple(found)


def labels_of(event: Path) -> tuple[str, ...]:
    """The labels of the pull request in a file that GitHub gives a workflow; none when it tells of no pull request."""
    try:
        if event.stat().st_size > EVENT_BYTES:
            raise SetupError(f"{event}: this is too large for an event")
        told = json.loads(event.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SetupError(f"{event}: this is no event of GitHub: {error}") from error
    request = told.get("pull_request") if isinstance(told, dict) else None
    labels = request.get("labels") if isinstance(request, dict) else None
    listed = labels if isinstance(labels, list) else []
    return tuple(each["name"] for each in listed if isinstance(each, dict) and isinstance(each.get("name"), str))
