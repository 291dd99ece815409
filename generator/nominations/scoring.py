"""What reviews add up to: how far apart they are, whether one more is called, and when scores may be seen."""

from collections.abc import Sequence
from itertools import combinations

from generator.model import Recognition
from generator.nominations.model import Review
from generator.vault.settings import CHAIR, COORDINATOR, Person

OPEN_TO = frozenset((CHAIR, COORDINATOR))
"""Roles that see all scores as soon as they are complete, also without having scored."""


def counted(reviews: Sequence[Review]) -> tuple[Review, ...]:
    """The reviews that count: not of those who stood back."""
    return tuple(each for each in reviews if not each.conflict)


def spread(reviews: Sequence[Review]) -> int:
    """How far apart two reviewers are at most, in any one criterion."""
    pairs = combinations(counted(reviews), 2)
    return max(
        (
            abs(one.scores[slug] - other.scores.get(slug, one.scores[slug]))
            for one, other in pairs
            for slug in one.scores
        ),
        default=0,
    )


def needed(rubric: Recognition, reviews: Sequence[Review]) -> int:
    """How many reviews a nomination needs: one more than usual when the usual ones are far apart."""
    is_far = len(counted(reviews)) >= rubric.reviewers and spread(reviews) >= rubric.spread
    return rubric.reviewers + is_far


def is_complete(rubric: Recognition, reviews: Sequence[Review]) -> bool:
    """Whether all reviews are in, one more included where they were far apart."""
    return len(counted(reviews)) >= needed(rubric, reviews)


def total(rubric: Recognition, review: Review) -> float:
    """The weighted mean of one reviewer's scores."""
    weights = {each.slug: each.weight for each in rubric.criteria if each.slug in review.scores}
    return sum(review.scores[slug] * weight for slug, weight in weights.items()) / (sum(weights.values()) or 1)


def mean(rubric: Recognition, reviews: Sequence[Review]) -> float:
    """The mean of all reviews that count, to two decimals; 0 without any."""
    totals = [total(rubric, each) for each in counted(reviews)]
    return round(sum(totals) / len(totals), 2) if totals else 0.0


def may_see_scores(rubric: Recognition, reviews: Sequence[Review], person: Person) -> bool:
    """Whether somebody may see all scores: when they are complete, and the person has scored, coordinates or chairs."""
    has_scored = any(each.by == person.id for each in counted(reviews))
    return is_complete(rubric, reviews) and (has_scored or bool(OPEN_TO.intersection(person.roles)))


def seen_by(rubric: Recognition, reviews: Sequence[Review], person: Person) -> tuple[Review, ...]:
    """The reviews that somebody may see: their own, and all of them when nothing is hidden any more."""
    if may_see_scores(rubric, reviews, person):
        return tuple(reviews)
    return tuple(each for each in reviews if each.by == person.id)
