"""One nomination: what was sent, what of it must not become public, what may be the same, and the partner beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from msgspec import structs
from werkzeug import Response

from generator.desk.marked import Piece, findings, paragraphs
from generator.desk.queue import language_words, said_next, whom
from generator.desk.visit import Visit, shown
from generator.model import Partner, Story
from generator.nominations import gates
from generator.nominations.acts import advice
from generator.nominations.alike import alike
from generator.nominations.model import Answers, Review
from generator.nominations.scoring import counted, may_see_scores, mean, needed, seen_by, spread
from generator.nominations.view import KEEPERS, answers_for
from generator.vault.settings import CHAIR, COORDINATOR, REVIEWER

MOST_ALIKE = 10
QUESTIONS = (("what", "What they did"), ("difference", "What changed"), ("sustained", "What keeps it going"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer: its question, its lines in pieces, and what in it must not become public."""

    question: str
    lines: tuple[tuple[Piece, ...], ...]
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A partner's public record, as far as it tells who is thanked: with its latest stories."""

    slug: str
    partner: Partner | None
    focus: tuple[str, ...] = ()
    stories: tuple[Story, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Something that may be done next: its page, its name, and whether it waits for this person."""

    path: str
    name: str


ACTS = (
    ("triage", "triage", "Look through", COORDINATOR),
    ("review", "review", "Review", REVIEWER),
    ("decision", "decide", "Decide", CHAIR),
    ("consent", "consent", "Consents", COORDINATOR),
    ("story", "schedule", "Write the story", COORDINATOR),
    ("publish", "publish", "Publish", COORDINATOR),
    ("ending", "anonymise", "Take back or anonymise", COORDINATOR),
)
"""(page, step, name, role) of what can be done with a nomination."""


def show(visit: Visit) -> Response:
    """A nomination with all that somebody may see of it."""
    return shown(visit, "nomination.html", {**evidence(visit), **scores(visit), "acts": tuple(acts(visit))})


def evidence(visit: Visit) -> Mapping[str, Any]:
    """What was sent, and what stands beside it; who sent it for coordinators and the chair only."""
    nomination, season, person = visit.nomination, visit.season, visit.person
    is_keeper = bool(KEEPERS.intersection(person.roles))
    answers = answers_for(nomination, person)
    known = season.directory.schools
    if answers:  # the form on the site sends short names
        names = tuple(known[each].name if each in known else each for each in answers.schools)
        answers = structs.replace(answers, schools=names)
    like = tuple(alike(season, nomination, may_see_sender=is_keeper))
    return {
        "nomination": nomination,
        "whom": whom(season, nomination, person),
        "age_days": (season.today - nomination.received).days,
        "next": said_next(season, nomination),
        "answers": answers,
        "told": tuple(_told(answers)),
        "language": language_words(season, answers.language if answers and answers.language else "-"),
        "sender": answers.nominator if answers and is_keeper else None,
        "is_keeper": is_keeper,
        "beside": tuple(_beside(visit, slug) for slug in nomination.partners),
        "schools": [season.directory.schools[s].name for s in nomination.schools if s in season.directory.schools],
        "alike": tuple(
            (each, whom(season, each.nomination, person), tuple(_told(answers_for(each.nomination, person))))
            for each in like[:MOST_ALIKE]
        ),
        "more_alike": max(0, len(like) - MOST_ALIKE),
        "consents": season.consents_of(nomination) if is_keeper else (),
    }


def _told(answers: Answers | None) -> Iterator[Told]:
    for name, question in QUESTIONS:
        text = getattr(answers, name, "")
        if text:
            yield Told(question=question, lines=tuple(paragraphs(text)), findings=findings(text))


def _beside(visit: Visit, slug: str) -> Beside:
    directory = visit.season.directory
    partner = directory.partners.get(slug)
    if partner is None:
        return Beside(slug=slug, partner=None)
    terms = directory.vocabularies["focus-areas"]
    labels = tuple(term.label for term in map(terms.get, partner.focus) if term)
    return Beside(slug=slug, partner=partner, focus=labels, stories=directory.stories_about(slug)[:3])


def scores(visit: Visit) -> Mapping[str, Any]:
    """The reviews that somebody may see: their own, and all of them side by side when nothing is hidden any more."""
    season, nomination = visit.season, visit.nomination
    reviews = season.reviews_of(nomination)
    seen = seen_by(season.rubric, reviews, visit.person)
    is_open = may_see_scores(season.rubric, reviews, visit.person)
    return {
        "rubric": season.rubric,
        "reviews": seen,
        "names": {person.id: person.name for person in visit.season.vault.settings.staff},
        "are_hidden": not is_open,
        "have": len(counted(reviews)),
        "want": needed(season.rubric, reviews),
        "mine": own(visit),
        "mean": mean(season.rubric, reviews) if is_open and counted(reviews) else None,
        "spread": spread(reviews) if is_open else None,
        "advice": advice(season, nomination) if is_open and counted(reviews) else "",
    }


def own(visit: Visit) -> Review | None:
    """The visitor's own review."""
    return next((each for each in visit.season.reviews_of(visit.nomination) if each.by == visit.person.id), None)


def acts(visit: Visit) -> Iterator[Act]:
    """What can be done with a nomination in its state by somebody in one of the visitor's roles."""
    nomination = visit.nomination
    for path, step, name, role in ACTS:
        may = nomination.state in gates.BEFORE[step] or (step == "publish" and nomination.state == "consent-pending")
        if (
            role in visit.person.roles
            and may
            and not (step == "consent" and nomination.decision and not nomination.is_recognised)
        ):
            yield Act(path=path, name=name)
