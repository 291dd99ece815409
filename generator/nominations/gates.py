"""The gates: what is missing before a step, one sentence each; a step without any may be taken."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from generator.nominations.model import STATES, Nomination, Permission
from generator.nominations.scoring import OPEN_TO, counted, is_complete, needed
from generator.nominations.season import Season
from generator.text import fold, is_slug
from generator.vault.settings import Person

BEFORE: Mapping[str, tuple[str, ...]] = {
    "triage": ("received", "triaged"),
    "review": ("triaged", "in-review"),
    "decide": ("in-review",),
    "consent": ("decided", "consent-pending", "scheduled", "published"),
    "schedule": ("consent-pending", "scheduled"),
    "publish": ("scheduled",),
    "withdraw": ("scheduled", "published", "anonymised"),
    "expire": ("published", "anonymised"),
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
    "expire": ("expired", "anonymised"),
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
FEWEST_WORDS = 2
"""So many words of a name tell whose it is."""
_WORD = re.compile(r"\w+")
NEEDED = ("title", "summary", "story")
"""What staff write of each story."""
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
    if sender and (_is_one_address(sender.email, person.email) or _is_one_name(sender.name, person.name)):
        yield f"{person.id} sent this nomination, and does not judge it"


def _is_one_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses lead to one mailbox: case and what follows a “+” make no difference."""
    return bool(one) and bool(other) and _mailbox(one) == _mailbox(other)


def _mailbox(address: str) -> tuple[str, str]:
    name, _, host = address.casefold().partition("@")
    return name.partition("+")[0], host


def _is_one_name(one: str, other: str) -> bool:
    """Whether two names may be one person's: in any order, with or without a title, an initial or a second name."""
    first, second = frozenset(_WORD.findall(fold(one))), frozenset(_WORD.findall(fold(other)))
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and (first == second or (len(shorter) >= FEWEST_WORDS and shorter <= longer))


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
    own = next((each for each in reviews if each.by == person.id), None)
    if is_complete(season.rubric, reviews):
        yield "all reviews are in and have been shown; none is added or changed any more"
    elif nomination.reviews_in and own and own.conflict:
        yield f"{person.id} stood back, and reviews were in before; who stood back then does not score any more"
    elif nomination.reviews_in and own:
        yield f"the review of {person.id} is in, and so were the others; it is not changed any more"
    elif nomination.reviews_shown and OPEN_TO.intersection(person.roles):
        yield f"the scores were open to {person.id} when all reviews were in, so somebody else scores now"


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
    for each in reviews:
        if each.by == person.id:
            done = "stood back from" if each.conflict else "has reviewed"
            yield f"{person.id} {done} this nomination, and does not decide about it"
    yield from _tied(season, nomination)
    have, want = len(counted(reviews)), needed(season.rubric, reviews)
    if have < want:
        if want > season.rubric.reviewers:
            yield f"the reviewers are {season.rubric.spread} or more apart, so one more review is called and not in yet"
        else:
            yield f"{have} of {want} independent reviews are in"
    yield from reason(why)


def _tied(season: Season, nomination: Nomination) -> Iterator[str]:
    """Reviews of people whose tie to a nomination became known after they had scored."""
    staff = {each.id: each for each in season.vault.settings.staff if not each.left}
    for each in counted(season.reviews_of(nomination)):
        for tie in independent(nomination, staff[each.by]) if each.by in staff else ():
            yield f"{tie}; their review is in, and {each.by} stands back from it first"


def schedule(
    season: Season, nomination: Nomination, given: Mapping[str, Any], slug: str, consent: str, day: date | None
) -> Iterator[str]:
    """What nobody has said yet of a story that is to be scheduled."""
    yield from (f'"{name}" is missing' for name in NEEDED if not given.get(name))
    if not is_slug(slug):
        yield "the story needs an address: small letters, digits and hyphens, such as reading-nights"
    if day is None:
        yield "the day is missing: from when on may the story be shown?"
    if not consent:
        yield "the consent to tell the story is missing: which one is it?"
    elif consent not in {each.number for each in season.consents_of(nomination)}:
        yield f"{nomination.number} has no consent {consent}"


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
