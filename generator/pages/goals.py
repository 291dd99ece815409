"""The page of what the district wants: its goals and who serves them, its policies, and the numbers it follows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jinja2 import Environment

from generator.directory import Directory, group
from generator.languages import Locale, Words
from generator.model import Alignment, Goal, Measure, Partner, Priorities
from generator.pages.page import Page
from generator.pages.texts import spoken, together
from generator.texts import measure_texts, partner_texts, policy_texts, priority_texts

PRIORITIES = "district/priorities"
POLICY = "district/policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a partner says it does for a goal, in its own words; `is_shown` when it names measure and evidence."""

    partner: Partner
    words: Words
    is_shown: bool


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The one page; none where the district has said nothing."""
    priorities, policies = directory.priorities, directory.policies
    measures = tuple(directory.measures.values())
    if not (priorities or policies or measures):
        return
    claims = claims_by_goal(directory, locale)
    goal_words = spoken(locale, PRIORITIES, priority_texts(priorities)) if priorities else {}
    policy_words = spoken(locale, POLICY, policy_texts(policies)) if policies else {}
    numbers = tuple((measure, measure_words(measure, locale)) for measure in measures)
    yield Page(
        language=locale.language,
        frame="list",
        rest="priorities/",
        title=locale.gettext("Goals and policies"),
        description=locale.gettext("What the district wants to reach, and what it asks of partners."),
        body=templates.get_template("goals.html").render(
            root="../../",
            priorities=priorities,
            goals=tuple((goal, claims.get(goal.slug, ())) for goal in priorities.goals) if priorities else (),
            goal_words=goal_words,
            policies=policies,
            policy_words=policy_words,
            measures=numbers,
            spoken=tuple(locale.term("languages", code) for code in directory.district.spoken),
            said=together((goal_words, policy_words, *(words for _, words in numbers))),
        ),
        section="about",
    )


def measure_words(measure: Measure, locale: Locale) -> Mapping[str, Words]:
    """The words of a measure, by their paths."""
    return spoken(locale, f"district/measures/{measure.slug}", measure_texts(measure))


def claims_by_goal(directory: Directory, locale: Locale) -> Mapping[str, tuple[Claim, ...]]:
    """What partners of today say they do for each goal or for one of its actions, by the goal's slug."""
    goals = directory.priorities.goals if directory.priorities else ()
    owners = {slug: goal.slug for goal in goals for slug in slugs_of(goal)}
    return group(
        (owners[alignment.priority], claim)
        for partner in directory.current_partners
        for alignment, claim in claims_of(partner, locale)
        if alignment.priority in owners
    )


def claims_of(partner: Partner, locale: Locale) -> Iterator[tuple[Alignment, Claim]]:
    """Every claim of a partner with its words."""
    if not partner.partnership.alignment:
        return
    words = spoken(locale, f"partners/{partner.slug}", partner_texts(partner))
    for number, alignment in enumerate(partner.partnership.alignment):
        said = words[f"partnership/alignment/{number}/claim"]
        is_shown = bool(alignment.measure and alignment.evidence)
        yield alignment, Claim(partner=partner, words=said, is_shown=is_shown)


def slugs_of(goal: Goal) -> tuple[str, ...]:
    """The slugs that a partner may name for the goal: its own and those of its actions."""
    return (goal.slug, *(action.slug for action in goal.actions))


def priority_names(priorities: Priorities, locale: Locale) -> Mapping[str, Words]:
    """The names of goals and of their actions in this language, by slug."""
    words = spoken(locale, PRIORITIES, priority_texts(priorities))
    names = {goal.slug: words[f"goals/{goal.slug}/name"] for goal in priorities.goals}
    return names | {
        action.slug: words[f"goals/{goal.slug}/actions/{action.slug}/name"]
        for goal in priorities.goals
        for action in goal.actions
    }
