"""The queue: every nomination by state and age, those first that wait for whoever looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from werkzeug import Response

from generator.desk.visit import STATES, Visit, shown
from generator.nominations.model import Nomination
from generator.nominations.scoring import counted, needed
from generator.nominations.season import Season
from generator.nominations.view import answers_for, next_step, queue
from generator.vault.settings import Person

UNSAID = "-"
"""What stands in a filter for nominations that do not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One nomination in the queue, without anything about who sent it, and without scores."""

    number: str
    whom: str
    state: str
    words: str
    age_days: int
    schools: tuple[tuple[str, str], ...]
    language: str
    reviews: str
    next: str
    is_mine: bool


def show(visit: Visit) -> Response:
    """The queue, or the part of it that was asked for."""
    season, person, wanted = visit.season, visit.person, visit.request.args
    mine = {each.number for each in queue(season, person)}
    every = [row(season, each, person, is_mine=number in mine) for number, each in sorted(season.nominations.items())]
    chosen = {name: wanted.get(name, "") for name in ("state", "school", "language")}
    found = sorted((each for each in every if fits(each, chosen)), key=lambda each: (-each.age_days, each.number))
    values = {
        "mine": [each for each in found if each.is_mine],
        "others": [each for each in found if not each.is_mine],
        "count": len(found),
        "all": len(every),
        "chosen": chosen,
        "is_filtered": any(chosen.values()),
        "counts": [(state, sum(each.state == state for each in every)) for state in STATES],
        "schools": schools(every),
        "languages": [(code, language_words(season, code)) for code in sorted({each.language for each in every})],
        "words": {code: language_words(season, code) for code in {each.language for each in every}},
    }
    return shown(visit, "queue.html", values)


def row(season: Season, nomination: Nomination, person: Person, *, is_mine: bool) -> Row:
    """A nomination as the queue shows it to somebody."""
    reviews = season.reviews_of(nomination)
    is_judged = nomination.state in ("triaged", "in-review") and not nomination.is_set_aside
    is_aside = nomination.state == "triaged" and nomination.is_set_aside
    return Row(
        number=nomination.number,
        whom=whom(season, nomination, person),
        state=nomination.state,
        words="Set aside" if is_aside else STATES[nomination.state],
        age_days=(season.today - nomination.received).days,
        schools=tuple(_schools(season, nomination)),
        language=(nomination.answers.language if nomination.answers else "") or UNSAID,
        reviews=f"{len(counted(reviews))} of {needed(season.rubric, reviews)} reviews" if is_judged else "",
        next=said_next(season, nomination),
        is_mine=is_mine,
    )


def said_next(season: Season, nomination: Nomination) -> str:
    """What comes next, as the desk's pages call it."""
    step = next_step(season, nomination)
    return {"triage": "look through", "anonymise": "delete what is personal"}.get(step, step)


def whom(season: Season, nomination: Nomination, person: Person) -> str:
    """Who is thanked: the partners that staff found, else what the sender wrote, as far as somebody may see it."""
    names = [season.directory.partners[slug].name for slug in nomination.partners if slug in season.directory.partners]
    answers = answers_for(nomination, person)
    said = answers.organization if answers else ""
    return " and ".join(names) or ", ".join(nomination.partners) or said or "(not said)"


def _schools(season: Season, nomination: Nomination) -> Iterator[tuple[str, str]]:
    """(what a filter calls it, name) of each school: those that staff found, else what the sender wrote."""
    known = season.directory.schools
    said = nomination.answers.schools if nomination.answers else ()
    for each in nomination.schools or said:
        yield each, known[each].name if each in known else each


def schools(rows: Iterable[Row]) -> list[tuple[str, str]]:
    """The schools of all rows, by name."""
    return sorted({pair for each in rows for pair in each.schools}, key=lambda pair: (pair[1].casefold(), pair[0]))


def language_words(season: Season, code: str) -> str:
    """The name of a language."""
    term = season.directory.vocabularies["languages"].get(code)
    return term.label if term else "not said" if code == UNSAID else code


def fits(each: Row, chosen: dict[str, str]) -> bool:
    """Whether a row is one of those that were asked for."""
    return (
        chosen["state"] in ("", each.state)
        and (not chosen["school"] or chosen["school"] in {slug for slug, _ in each.schools})
        and chosen["language"] in ("", each.language)
    )
