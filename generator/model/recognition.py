"""How nominations are judged: criteria with anchors, how many reviewers, when they are open, how long they are kept."""

from datetime import date

from msgspec import Struct

from generator.model.common import Source


class Anchor(Struct, frozen=True, kw_only=True, gc=False):
    """What a score of a criterion means."""

    score: int
    text: str


class RubricCriterion(Struct, frozen=True, kw_only=True, gc=False):
    """One thing that reviewers score; `weight` is how much it counts beside the others."""

    slug: str
    name: str
    question: str
    anchors: tuple[Anchor, ...]
    weight: int = 1


class Window(Struct, frozen=True, kw_only=True, gc=False):
    """First and last day on which nominations for a school year are open."""

    school_year: str
    opens: date
    closes: date


CRITERIA = (
    RubricCriterion(
        slug="impact",
        name="Impact",
        question="What changed for students and families?",
        anchors=(
            Anchor(score=1, text="It is told what was done, and not what changed."),
            Anchor(score=3, text="A change is told, by somebody who saw it."),
            Anchor(score=5, text="A clear change, with numbers or with the words of those who were there."),
        ),
    ),
    RubricCriterion(
        slug="partnership",
        name="Partnership",
        question="How do school, families and partner work together?",
        anchors=(
            Anchor(score=1, text="The partner works beside the school."),
            Anchor(score=3, text="School and partner plan together."),
            Anchor(score=5, text="School, families and partner plan together, and change course together."),
        ),
    ),
    RubricCriterion(
        slug="what-sustains-it",
        name="What sustains it",
        question="What keeps it going, and can others learn from it?",
        anchors=(
            Anchor(score=1, text="It happened once."),
            Anchor(score=3, text="It goes on, and depends on a few people."),
            Anchor(score=5, text="It goes on, and others can see what keeps it going."),
        ),
    ),
)
"""What is scored where a district has not said it."""


class SealingKey(Struct, frozen=True, kw_only=True, gc=False):
    """The public key to which nominations are sealed, a JWK (RFC 7517): a point of a curve; `kid` is its name."""

    kty: str
    crv: str
    x: str
    y: str
    kid: str


class Recognition(Struct, frozen=True, kw_only=True, gc=False):
    """The district's rules for nominations; every default is the generator's own."""

    slug: str = "recognition"
    criteria: tuple[RubricCriterion, ...] = CRITERIA
    lowest: int = 1
    highest: int = 5
    reviewers: int = 2
    spread: int = 2
    recommended_from: float = 3.5
    windows: tuple[Window, ...] = ()
    email: str = ""
    key: SealingKey | None = None
    keep_months: int = 12
    keep_published_months: int = 24
    sources: tuple[Source, ...] = ()

    def window_on(self, day: date) -> Window | None:
        """The window in which nominations are open on a day; None where none is, or none is said."""
        return next((each for each in self.windows if each.opens <= day <= each.closes), None)
