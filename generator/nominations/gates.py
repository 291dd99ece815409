"""The gates: what is missing before a step, one sentence each; a step without any may be taken."""

from collections.abc import Iterator, Mapping
from datetime import date

from generator.nominations.model import STATES, Nomination, Permission
from generator.nominations.scoring import counted, is_complete, needed
from generator.nominations.season import Season
from generator.text import fold
from generator.vault.settings import Person

BEFORE: Mapping[str, tuple[str, ...]] = {
    "triage": ("received", "triaged"),
    "review": ("triaged", "in-review"),
    "decide": ("in-review",),
    "consent": ("decided", "consent-pending", "scheduled", "published"),
    "schedule": ("consent-pending", "scheduled"),
    "publish": ("scheduled",),
    "withdraw": ("scheduled", "published", "anonymised"),
    "expire": ("published",),
    "anonymise": (
        *("received", "triaged", "in-review", "decided", "consent-pending", "scheduled"),
        *("published", "withdrawn", "expired"),
    ),
}
"""The states in which each step can be taken."""
AFTER: Mapping[str, tuple[str, ...]] = {
    "import": ("received",),
    "triage": ("triaged",),
    "review": ("in-review", "triaged"),
    "decide": ("decided",),
    "consent": ("consent-pending", "scheduled", "published"),
    "schedule": ("scheduled",),
    "publish": ("published",),
    "withdraw": ("withdrawn", "anonymised"),
    "expire": ("expired",),
    "anonymise": ("anonymised",),
}
"""The states to which each step can lead."""
STEPS: Mapping[str, str] = {
    "triage": "be looked through",
    "review": "be reviewed",
    "decide": "be decided",
    "consent": "take a consent",
    "schedule": "be scheduled",
    "publish": "be published",
    "withdraw": "be withdrawn",
    "expire": "expire",
    "anonymise": "be anonymised",
}
WHEN: Mapping[str, str] = {
    "triage": "before anybody has scored it",
    "review": "after it was looked through, and before it is decided",
    "decide": "after reviewers have scored it, and only once",
    "consent": "after it was decided, and before its story ends",
    "schedule": "after consent was asked for, and before it is published",
    "publish": "when its story is written and scheduled",
    "withdraw": "while its story is scheduled or published",
    "expire": "while its story is published",
    "anonymise": "once",
}
"""When each step can be taken, in words."""
SHORTEST_REASON = 10
"""Characters of a reason that says something."""


def state(nomination: Nomination, act: str) -> Iterator[str]:
    """What the state of a nomination says against a step."""
    if nomination.state not in BEFORE[act]:
        yield f"{nomination.number} is {STATES[nomination.state]}, and can {STEPS[act]} only {WHEN[act]}"
    elif nomination.is_set_aside and act not in ("triage", "anonymise"):
        yield f"{nomination.number} was set aside when it was looked through; look through it again to take it up"


def role(person: Person, wanted: str) -> Iterator[str]:
    """What a person's roles say against a step."""
    if wanted not in person.roles:
        yield f"{person.id} is no {wanted}, as vault.yml says"


def reason(text: str) -> Iterator[str]:
    """Whether a reason is given."""
    if len(text.strip()) < SHORTEST_REASON:
        yield f"the reason is missing: say in at least {SHORTEST_REASON} characters why"


def independent(nomination: Nomination, person: Person) -> Iterator[str]:
    """Whether a person has nothing to do with a nomination: neither sent it nor belongs to whom it thanks."""
    for partner in nomination.partners:
        if partner in person.affiliations:
            yield f"{person.id} is affiliated with {partner}, and does not judge it"
    sender = nomination.answers.nominator if nomination.answers else None
    if sender and (
        (sender.email and sender.email.casefold() == person.email.casefold())
        or (sender.name and fold(sender.name) == fold(person.name))
    ):
        yield f"{person.id} sent this nomination, and does not judge it"


def triage(season: Season, nomination: Nomination, person: Person, partners: tuple[str, ...]) -> Iterator[str]:
    """What is missing before a nomination goes to reviewers."""
    yield from state(nomination, "triage")
    yield from role(person, "coordinator")
    if not partners:
        yield "which partner is meant is missing; without it nobody can tell who has ties to it"


def review(season: Season, nomination: Nomination, person: Person) -> Iterator[str]:
    """What keeps a person from reviewing a nomination."""
    reviews = season.reviews_of(nomination)
    yield from state(nomination, "review")
    yield from role(person, "reviewer")
    yield from independent(nomination, person)
    if is_complete(season.rubric, reviews):
        yield "all reviews are in and have been shown; none is added or changed any more"
    elif nomination.reviews_in and any(each.by == person.id for each in counted(reviews)):
        yield f"the review of {person.id} is in, and so were the others; it is not changed any more"


def scores(season: Season, given: Mapping[str, int]) -> Iterator[str]:
    """What is missing in a review's scores."""
    rubric = season.rubric
    for criterion in rubric.criteria:
        if criterion.slug not in given:
            yield f'the score for "{criterion.slug}" is missing: {criterion.question}'
    known = {criterion.slug for criterion in rubric.criteria}
    for slug, score in given.items():
        if slug not in known:
            yield f'"{slug}" is no criterion; there are {", ".join(sorted(known))}'
        elif not rubric.lowest <= score <= rubric.highest:
            yield f'{score} is no score for "{slug}": they go from {rubric.lowest} to {rubric.highest}'


def decide(season: Season, nomination: Nomination, person: Person, why: str) -> Iterator[str]:
    """What is missing before the chair decides."""
    reviews = season.reviews_of(nomination)
    yield from state(nomination, "decide")
    yield from role(person, "chair")
    yield from independent(nomination, person)
    if any(each.by == person.id for each in counted(reviews)):
        yield f"{person.id} has reviewed this nomination, and does not decide about it"
    have, want = len(counted(reviews)), needed(season.rubric, reviews)
    if have < want:
        if want > season.rubric.reviewers:
            yield f"the reviewers are {season.rubric.spread} or more apart, so one more review is called and not in yet"
        else:
            yield f"{have} of {want} independent reviews are in"
    yield from reason(why)


def covered(consents: Mapping[str, Permission], ref: str, scope: str, day: date, what: str) -> Iterator[str]:
    """Whether a consent that a story names holds for what it is named for on the day it is shown."""
    consent = consents.get(ref)
    if consent is None:
        yield f"{what} names the consent {ref}, and this nomination has none of that number"
    elif consent.withdrawn:
        yield f"{what} rests on the consent {ref}, which was taken back on {consent.withdrawn}"
    elif scope not in consent.scope:
        has = ", ".join(consent.scope)
        yield f'{what} rests on the consent {ref}, which does not cover "{scope}" (it covers {has})'
    elif day > consent.expires:
        yield f"{what} rests on the consent {ref}, which ends on {consent.expires}, before {day}"
