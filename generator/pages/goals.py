"""The page of what the district wants: its goals and who serves them, its policies, and the numbers it follows."""

from collections.abc import Iterator, Mapping
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory, group
from generator.languages import Locale, Words
from generator.model import Alignment, Goal, Measure, Partner, Policies, Priorities
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.records import Link, link
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.words.texts import measure_texts, policy_texts, priority_texts

PRIORITIES = "district/priorities"
POLICY = "district/policy"


CLAIMS = 100
"""So many partners at most are named for a goal."""


class Claim(Struct, frozen=True, kw_only=True):
    """What a partner says it does for a goal, the `number`-th claim of its record; `is_shown` when it names measure and
    evidence.
    """

    partner: Link
    number: int
    text: str
    is_shown: bool

    @property
    def record(self) -> str:
        """The address of the partner's record."""
        return f"partners/{self.partner.slug}"

    def words(self, locale: Locale) -> Words:
        """The claim in the partner's own words."""
        return locale.words(self.record, f"partnership/alignment/{self.number}/claim", self.text, is_critical=True)


class Goals(Struct, frozen=True, kw_only=True):
    """Goals with the claims of partners by the goal's slug, policies, numbers, and the languages of families.

    `cut_short` are the slugs of goals for which more partners work than are named.
    """

    priorities: Priorities | None
    claims: Mapping[str, tuple[Claim, ...]]
    cut_short: tuple[str, ...]
    policies: Policies | None
    measures: tuple[Measure, ...]
    spoken: tuple[str, ...]


def units(directory: Directory, today: date, deck: Deck, most: int = CLAIMS) -> Iterator[Unit]:
    """The one page; none where the district has said nothing."""
    priorities, policies = directory.priorities, directory.policies
    measures = tuple(directory.measures.values())
    if not (priorities or policies or measures):
        return
    every = claims_by_goal(directory)
    claims = {goal: several[:most] for goal, several in every.items()}
    view = Goals(
        priorities=priorities,
        claims=claims,
        cut_short=tuple(goal for goal, several in every.items() if len(several) > most),
        policies=policies,
        measures=measures,
        spoken=directory.district.spoken,
    )
    records = dict.fromkeys(claim.record for several in claims.values() for claim in several)
    speaks = (PRIORITIES, POLICY, *(f"district/measures/{measure.slug}" for measure in measures), *records)
    yield Unit(address="priorities/", page=page, view=view, speaks=speaks)


def page(view: Goals, slots: Slots, templates: Environment) -> Page:
    """Goals, policies and numbers."""
    priorities, policies = view.priorities, view.policies
    goal_words = spoken(slots, PRIORITIES, priority_texts(priorities)) if priorities else {}
    policy_words = spoken(slots, POLICY, policy_texts(policies)) if policies else {}
    numbers = tuple((measure, measure_words(measure, slots)) for measure in view.measures)
    return Page(
        frame="list",
        rest="priorities/",
        title=slots.gettext("Goals and policies"),
        description=slots.gettext("What the district wants to reach, and what it asks of partners."),
        body=templates.get_template("goals.html").render(
            root="../../",
            priorities=priorities,
            goals=tuple((goal, view.claims.get(goal.slug, ())) for goal in priorities.goals) if priorities else (),
            cut_short=view.cut_short,
            goal_words=goal_words,
            policies=policies,
            policy_words=policy_words,
            measures=numbers,
            families=tuple(slots.term("languages", code) for code in view.spoken),
        ),
        section="about",
    )


def measure_words(measure: Measure, locale: Locale) -> Mapping[str, Words]:
    """The words of a measure, by their paths."""
    return spoken(locale, f"district/measures/{measure.slug}", measure_texts(measure))


def claims_by_goal(directory: Directory) -> Mapping[str, tuple[Claim, ...]]:
    """What partners of today say they do for each goal or for one of its actions, by the goal's slug."""
    goals = directory.priorities.goals if directory.priorities else ()
    owners = {slug: goal.slug for goal in goals for slug in slugs_of(goal)}
    return group(
        (owners[alignment.priority], claim)
        for partner in directory.current_partners
        for alignment, claim in claims_of(partner)
        if alignment.priority in owners
    )


def claims_of(partner: Partner) -> Iterator[tuple[Alignment, Claim]]:
    """Every claim of a partner."""
    for number, alignment in enumerate(partner.partnership.alignment):
        is_shown = bool(alignment.measure and alignment.evidence)
        yield alignment, Claim(partner=link(partner), number=number, text=alignment.claim, is_shown=is_shown)


def slugs_of(goal: Goal) -> tuple[str, ...]:
    """The slugs that a partner may name for the goal: its own and those of its actions."""
    return (goal.slug, *(action.slug for action in goal.actions))


def priority_names(priorities: Priorities) -> Mapping[str, tuple[str, str]]:
    """Where the names of goals and of their actions are kept, and the names in English, by slug."""
    names = {goal.slug: (f"goals/{goal.slug}/name", goal.name) for goal in priorities.goals}
    return names | {
        action.slug: (f"goals/{goal.slug}/actions/{action.slug}/name", action.name)
        for goal in priorities.goals
        for action in goal.actions
    }
