"""What a vault holds: nominations, reviews, consents and stories that wait for their day."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeVar

from msgspec import Struct, ValidationError, convert, to_builtins

from generator.problems import SetupError

Held = TypeVar("Held", bound=Struct)
State = Literal[
    "received",
    "triaged",
    "in-review",
    "decided",
    "consent-pending",
    "scheduled",
    "published",
    "withdrawn",
    "expired",
    "anonymised",
]
STATES: Mapping[State, str] = {
    "received": "received",
    "triaged": "looked through",
    "in-review": "in review",
    "decided": "decided",
    "consent-pending": "waiting for consent",
    "scheduled": "scheduled",
    "published": "published",
    "withdrawn": "withdrawn",
    "expired": "expired",
    "anonymised": "anonymised",
}
"""The states in the order of a season, in words."""
RECOGNISE, DECLINE = "recognise", "decline"


class Nominator(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Who sent a nomination."""

    name: str = ""
    email: str = ""
    phone: str = ""


class Answers(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What somebody sent, as schema/nomination.schema.json has it."""

    form: str
    organization: str
    what: str
    listed_as: str = ""
    language: str = ""
    sent: date | None = None
    schools: tuple[str, ...] = ()
    school_year: str = ""
    difference: str = ""
    sustained: str = ""
    relation: str = ""
    affiliated: bool | None = None
    nominator: Nominator = Nominator()
    may_ask: bool | None = None


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """Something that somebody did on a day, and why; `outcome` where there is a choice."""

    by: str
    on: date
    reason: str = ""
    outcome: str = ""


class Nomination(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One nomination with everything that became of it.

    `partners`, `schools` and `school_year` are what staff found to be meant. `reviews_in` is true once the usual
    number of reviews was in, and `reviews_shown` once scores were open to coordinators and the chair, even if somebody
    stood back later. `fingerprint` tells that the same answers came again.
    `publish_on` is the story's first day; `story` its address, `2026-27/reading-nights`.
    """

    number: str
    state: State
    received: date
    came_by: str
    answers: Answers | None = None
    fingerprint: str = ""
    partners: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    school_year: str = ""
    triage: Step | None = None
    reviews_in: bool = False
    reviews_shown: bool = False
    decision: Step | None = None
    consent_asked: date | None = None
    story: str = ""
    publish_on: date | None = None
    published: Step | None = None
    ended: Step | None = None
    anonymised: Step | None = None

    @property
    def is_public(self) -> bool:
        """Whether its story stands in the public tree."""
        return self.published is not None and self.ended is None

    @property
    def is_set_aside(self) -> bool:
        """Whether staff found at first sight that it goes no further."""
        return self.triage is not None and self.triage.outcome == "set-aside"

    @property
    def is_recognised(self) -> bool:
        """Whether the chair decided to thank the partner publicly."""
        return self.decision is not None and self.decision.outcome == RECOGNISE


class Review(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One reviewer's scores by criterion, with a reason; with a `conflict` it has no scores and does not count."""

    of: str
    by: str
    on: date
    reason: str = ""
    scores: dict[str, int] = {}
    conflict: str = ""


class Permission(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A consent: who gave it, how, for what (vocabulary `consent-scopes`), and until when."""

    number: str
    of: str
    whom: str
    how: str
    scope: tuple[str, ...]
    given: date
    expires: date
    withdrawn: date | None = None

    def covers(self, scope: str, day: date) -> bool:
        """Whether it holds for something on a day."""
        return scope in self.scope and day <= self.expires and self.withdrawn is None


class Draft(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A story that waits for its day, as it will stand in the public tree; `pictures` has the digest of each photo."""

    of: str
    address: str
    story: dict[str, Any]
    pictures: dict[str, str] = {}


def held(kind: type[Held], data: Mapping[str, Any], path: str) -> Held:
    """What a file of the vault holds; SetupError when it is something else."""
    try:
        return convert({key: value for key, value in data.items() if key != "salt"}, kind, strict=False)
    except ValidationError as error:
        raise SetupError(f"{path}: this is not what a vault holds there: {error}") from error


def data_of(record: Struct) -> dict[str, Any]:
    """The data of a file that holds a record: texts, numbers, lists and mappings."""
    data: dict[str, Any] = to_builtins(record)
    return {key: value for key, value in data.items() if value not in (None, "", (), [], {})}


def nomination_path(number: str) -> str:
    """The file of a nomination."""
    return f"nominations/{number}.yml"


def review_path(number: str, reviewer: str) -> str:
    """The file of a review."""
    return f"reviews/{number}/{reviewer}.yml"


def consent_path(number: str) -> str:
    """The file of a consent."""
    return f"consents/{number}.yml"


def draft_path(number: str) -> str:
    """The file of a story that waits."""
    return f"stories/{number}.yml"


def picture_path(number: str, file: str) -> str:
    """A photo of a story that waits."""
    return f"pictures/{number}/{file}"
