"""The district's priorities and policies: what partnerships are meant to serve."""

from datetime import date

from msgspec import Struct

from generator.model.common import Source


class Action(Struct, frozen=True, kw_only=True, gc=False):
    """A high-leverage action under a goal."""

    slug: str
    name: str


class Goal(Struct, frozen=True, kw_only=True, gc=False):
    """One of the district's goals."""

    slug: str
    name: str
    summary: str
    focus: tuple[str, ...] = ()
    actions: tuple[Action, ...] = ()


class Priorities(Struct, frozen=True, kw_only=True, gc=False):
    """The goals that partners may align with."""

    slug: str
    title: str
    goals: tuple[Goal, ...]
    sources: tuple[Source, ...]
    adopted: date | None = None
    summary: str = ""
    metrics: tuple[str, ...] = ()

    def slugs(self) -> frozenset[str]:
        """Every slug that an alignment may name: goals and their actions."""
        return frozenset(g.slug for g in self.goals) | {a.slug for g in self.goals for a in g.actions}


class Support(Struct, frozen=True, kw_only=True, gc=False):
    """A kind of support that a policy names, with our focus area for it."""

    name: str
    focus: str = ""


class Criterion(Struct, frozen=True, kw_only=True, gc=False):
    """What a policy asks of a partnership, with its section number."""

    slug: str
    text: str
    section: str = ""


class Policy(Struct, frozen=True, kw_only=True, gc=False):
    """One policy of the board."""

    slug: str
    code: str
    title: str
    summary: str
    url: str = ""
    supports: tuple[Support, ...] = ()
    criteria: tuple[Criterion, ...] = ()


class Policies(Struct, frozen=True, kw_only=True, gc=False):
    """The policies that say what counts as an aligned partnership."""

    slug: str
    policies: tuple[Policy, ...]
    sources: tuple[Source, ...]
