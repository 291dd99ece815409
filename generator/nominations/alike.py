"""Nominations that may mean the same thing, with what makes them look so."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from generator.nominations.model import Answers, Nomination
from generator.nominations.season import Season
from generator.text import fold

SAME_WORDS = 75
"""Percent of two texts that are the same, from which on they are told."""
SAME_NAME = 88


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Another nomination, and why it may be about the same."""

    nomination: Nomination
    reasons: tuple[str, ...]


def alike(season: Season, nomination: Nomination, *, may_see_sender: bool) -> Iterator[Alike]:
    """Others of the same school year that may mean the same, by number.

    Who sent a nomination is compared only for somebody who may see it.
    """
    for number in sorted(season.nominations):
        other = season.nominations[number]
        if number == nomination.number or other.school_year != nomination.school_year:
            continue
        if reasons := tuple(_reasons(nomination, other, may_see_sender)):
            yield Alike(nomination=other, reasons=reasons)


def _reasons(one: Nomination, other: Nomination, may_see_sender: bool) -> Iterator[str]:
    shared = sorted(set(one.partners).intersection(other.partners))
    if shared:
        yield f"it thanks {' and '.join(shared)} as well"
    if one.answers is None or other.answers is None:
        return
    if (
        not shared
        and fuzz.token_sort_ratio(fold(one.answers.organization), fold(other.answers.organization)) > SAME_NAME
    ):
        yield "the partner is called almost the same"
    if fuzz.ratio(one.answers.what, other.answers.what, score_cutoff=SAME_WORDS):
        yield "its words are almost the same"
    if may_see_sender and _is_one_sender(one.answers, other.answers):
        yield "the same person sent it"


def _is_one_sender(one: Answers, other: Answers) -> bool:
    """Whether name, e-mail address or phone number of who sent them are the same."""
    pairs = zip(
        (one.nominator.name, one.nominator.email, one.nominator.phone),
        (other.nominator.name, other.nominator.email, other.nominator.phone),
        strict=True,
    )
    return any(mine and fold(mine) == fold(theirs) for mine, theirs in pairs)
