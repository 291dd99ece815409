"""What somebody may see of nominations: no sender for reviewers, and no scores of others before all are in."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from generator.nominations import gates
from generator.nominations.acts import advice
from generator.nominations.ending import over
from generator.nominations.keeping import is_due
from generator.nominations.model import Answers, Nomination, Nominator, data_of
from generator.nominations.scoring import counted, is_complete, may_see_scores, mean, needed, seen_by
from generator.nominations.season import Season
from generator.vault.settings import CHAIR, COORDINATOR, Person

KEEPERS = frozenset((COORDINATOR, CHAIR))
"""Roles that see who sent a nomination, and what was decided about it and why."""

TEXTS = ("organization", "what", "difference", "sustained")
SENDER = "(the sender)"
"""What reviewers read in the place of a name, an address or a number that a sender has signed with."""
SHORTEST_SIGN = 5
SHORTEST_NUMBER = 7


def row(season: Season, nomination: Nomination) -> dict[str, Any]:
    """One nomination in a list, without anything personal or hidden."""
    reviews = season.reviews_of(nomination)
    return {
        "number": nomination.number,
        "state": nomination.state,
        "received": nomination.received.isoformat(),
        "partners": list(nomination.partners),
        "school_year": nomination.school_year,
        "reviews": len(counted(reviews)),
        "reviews_needed": needed(season.rubric, reviews),
        "outcome": nomination.decision.outcome if nomination.decision else "",
        "next": next_step(season, nomination),
    }


def rows(season: Season) -> Iterator[dict[str, Any]]:
    """Every nomination, by number."""
    for number in sorted(season.nominations):
        yield row(season, season.nominations[number])


def next_step(season: Season, nomination: Nomination) -> str:
    """What somebody has to do next, in a few words; empty when nothing."""
    reviews = season.reviews_of(nomination)
    if nomination.is_public and over(season, nomination):
        return "end the story"
    if nomination.is_set_aside and nomination.state == "triaged":
        return "anonymise" if is_due(season, nomination) else ""
    if nomination.state in ("triaged", "in-review"):
        return "decide" if is_complete(season.rubric, reviews) else "review"
    if nomination.state == "decided":
        return "ask for consent" if nomination.is_recognised else "anonymise" if is_due(season, nomination) else ""
    if nomination.state == "scheduled" and nomination.publish_on:
        return "publish" if nomination.publish_on <= season.today else f"publish on {nomination.publish_on}"
    usual = {"received": "triage", "consent-pending": "write the story"}
    return usual.get(nomination.state, "anonymise" if is_due(season, nomination) else "")


def whole(season: Season, nomination: Nomination, person: Person) -> dict[str, Any]:
    """A nomination with all that a member of staff may see of it."""
    reviews = season.reviews_of(nomination)
    is_keeper = bool(KEEPERS.intersection(person.roles))
    seen = answers_for(nomination, person)
    answers = data_of(seen) if seen else {}
    told: dict[str, Any] = {**row(season, nomination), "schools": list(nomination.schools), "answers": answers}
    told["seen_reviews"] = [data_of(each) for each in seen_by(season.rubric, reviews, person)]
    told["scores_hidden"] = not may_see_scores(season.rubric, reviews, person)
    if not told["scores_hidden"] and counted(reviews):
        told |= {"mean": mean(season.rubric, reviews), "advice": advice(season, nomination)}
    if is_keeper:
        told["consents"] = [data_of(each) for each in season.consents_of(nomination)]
        steps = ("triage", "decision", "published", "ended", "anonymised")
        told |= {name: data_of(getattr(nomination, name)) for name in steps if getattr(nomination, name)}
        told |= {"story": nomination.story, "publish_on": str(nomination.publish_on or "")}
    return told


def answers_for(nomination: Nomination, person: Person) -> Answers | None:
    """What was sent, as somebody may see it: for reviewers without the sender, also where a text is signed."""
    answers = nomination.answers
    if answers is None or KEEPERS.intersection(person.roles):
        return answers
    signs = tuple(_signs(answers.nominator))
    texts = {name: _unsigned(getattr(answers, name), signs) for name in TEXTS}
    return replace(answers, nominator=Nominator(), **texts)


def _signs(sender: Nominator) -> Iterator[re.Pattern[str]]:
    """What finds a sender's name, address and number in a text, as they are given."""
    words, digits = re.findall(r"[^\W_]+", sender.name), re.sub(r"\D", "", sender.phone)
    if sender.email:  # before the name, which may be a part of it
        yield re.compile(re.escape(sender.email), re.IGNORECASE)
    if words and len(sender.name) >= SHORTEST_SIGN:
        name = r"[^\w\n]{1,3}".join(map(re.escape, words))
        yield re.compile(rf"(?<!\w){name}(?!\w)", re.IGNORECASE)
    if len(digits) >= SHORTEST_NUMBER:
        yield re.compile(r"\W{0,3}".join(digits[-SHORTEST_NUMBER:]))


def _unsigned(text: str, signs: tuple[re.Pattern[str], ...]) -> str:
    for sign in signs:
        text = sign.sub(SENDER, text)
    return text


def queue(season: Season, person: Person) -> Iterator[Nomination]:
    """The nominations that wait for a member of staff, by number."""
    for number in sorted(season.nominations):
        nomination = season.nominations[number]
        step = next_step(season, nomination)
        if step and not step.startswith("publish on") and _is_for(season, nomination, person, step):
            yield nomination


def _is_for(season: Season, nomination: Nomination, person: Person, step: str) -> bool:
    """Whether a step is a person's to take: to judge, of those who may and have not yet."""
    if step not in ("review", "decide"):
        return COORDINATOR in person.roles
    if any(each.by == person.id for each in season.reviews_of(nomination)):
        return False
    if step == "review":
        return not any(gates.review(season, nomination, person))
    return CHAIR in person.roles and not any(gates.independent(nomination, person))


def rubric(season: Season) -> list[dict[str, Any]]:
    """The criteria with their anchors."""
    return [data_of(criterion) for criterion in season.rubric.criteria]
