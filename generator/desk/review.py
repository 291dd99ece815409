"""A review: first whether the reviewer is free to judge, then scores with their anchors, then why."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from werkzeug import Response

from generator.desk.forms import Fields, fields_of, objections, text
from generator.desk.nomination import evidence, own, scores
from generator.desk.place import done, reading, working
from generator.desk.visit import Visit, on_to, shown
from generator.model.recognition import RubricCriterion
from generator.nominations import acts, gates
from generator.nominations.acts import refuse
from generator.nominations.scoring import is_complete
from generator.nominations.season import Refused
from generator.vault.drafts import draft_path, forget, keep_fields, kept_fields

FORM = "review"
CONFLICT = "conflict"
NO, YES = "no", "yes"


def show(visit: Visit) -> Response:
    """The question whether there is a conflict; after "no", the rubric."""
    refuse(gates.review(visit.season, visit.nomination, visit.person))
    return form(visit, known(visit))


def known(visit: Visit) -> Fields:
    """What the reviewer has begun, else what the reviewer has sent before."""
    draft = kept_fields(visit.season.vault, draft_path(visit.number, visit.person.id, FORM))
    mine = own(visit)
    if draft is not None or mine is None:
        return draft or {}
    if mine.conflict:
        return {CONFLICT: (YES,), "why": (mine.conflict,)}
    given = {f"score-{slug}": (str(score),) for slug, score in mine.scores.items()}
    return {CONFLICT: (NO,), "reason": (mine.reason,), **given}


def form(visit: Visit, fields: Fields) -> Response:
    """The form with what stands in its fields."""
    values = {
        **evidence(visit),
        **scores(visit),
        "fields": {name: text(fields, name) for name in (CONFLICT, "why", "reason")},
        "given": {c.slug: text(fields, f"score-{c.slug}") for c in visit.season.rubric.criteria},
        "options": {c.slug: tuple(options(visit, c)) for c in visit.season.rubric.criteria},
        "is_asked": text(fields, CONFLICT) != NO,
    }
    return shown(visit, "review.html", values)


def options(visit: Visit, criterion: RubricCriterion) -> Iterator[tuple[int, str, str]]:
    """(score, its name, what it means) of every score of a criterion; some have no anchor of their own."""
    anchors: Mapping[int, str] = {anchor.score: anchor.text for anchor in criterion.anchors}
    for score in range(visit.season.rubric.lowest, visit.season.rubric.highest + 1):
        yield score, str(score), anchors.get(score, "")


def send(visit: Visit) -> Response:
    """Answer the question, keep a draft, or hand the review in."""
    fields = fields_of(visit.request)
    step = text(fields, "step")
    kept = {name: values for name, values in fields.items() if name in _names(visit)}
    draft = draft_path(visit.number, visit.person.id, FORM)
    try:
        if step == "ask":
            return _answered(visit, kept)
        before = known(visit)
        if text(before, CONFLICT) != NO:
            raise Refused("Say first whether you have anything to do with this nomination.")
        kept = {CONFLICT: (NO,), **kept}
        keep_fields(visit.season.vault, draft, kept)
        if step == "keep":
            return on_to(visit, f"n/{visit.number}/review", "draft")
        given = {c.slug: text(kept, f"score-{c.slug}") for c in visit.season.rubric.criteria}
        marks = {slug: int(score) for slug, score in given.items() if score.isascii() and score.isdigit()}
        with working(visit.desk) as season:
            done(
                season, acts.review(season, visit.number, by=visit.person.id, scores=marks, reason=text(kept, "reason"))
            )
            forget(season.vault, visit.number, visit.person.id, FORM)
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, _places(visit))), kept)
    return on_to(visit, f"n/{visit.number}/", _said(visit))


def _said(visit: Visit) -> str:
    """What is said once scores are in; after the last ones they are shown."""
    season = reading(visit.desk)
    is_last = is_complete(season.rubric, season.reviews_of(season.nomination(visit.number)))
    return "all-reviews" if is_last else "review"


def _answered(visit: Visit, kept: dict[str, tuple[str, ...]]) -> Response:
    """After "no" the rubric; after "yes" the reviewer stands back."""
    answer, why = text(kept, CONFLICT), text(kept, "why")
    if answer == NO:
        refuse(gates.review(visit.season, visit.nomination, visit.person))
        before = {name: each for name, each in known(visit).items() if name != "why"}
        path = draft_path(visit.number, visit.person.id, FORM)
        keep_fields(visit.season.vault, path, {**before, CONFLICT: (NO,)})
        return on_to(visit, f"n/{visit.number}/review")
    if answer != YES:
        raise Refused("Say whether you have anything to do with whom it thanks, or who sent it.")
    with working(visit.desk) as season:
        done(season, acts.stand_back(season, visit.number, by=visit.person.id, conflict=why))
        forget(season.vault, visit.number, visit.person.id, FORM)
    return on_to(visit, f"n/{visit.number}/", "stand-back")


def _names(visit: Visit) -> frozenset[str]:
    """The fields of a review; others are not kept."""
    return frozenset((CONFLICT, "why", "reason", *(f"score-{c.slug}" for c in visit.season.rubric.criteria)))


def _places(visit: Visit) -> tuple[tuple[str, str], ...]:
    """Words of a refusal, and the field that it is about."""
    marks: tuple[Any, ...] = tuple((f'"{c.slug}"', f"score-{c.slug}") for c in visit.season.rubric.criteria)
    is_asked = text(known(visit), CONFLICT) != NO
    return (*marks, ("Say ", CONFLICT), ("the reason is missing", "why" if is_asked else "reason"))
