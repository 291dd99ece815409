"""The report of a season for staff: counts only, and none that could point at a person."""

from collections import Counter
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from generator.nominations.model import Nomination
from generator.nominations.season import Season

FEWEST = 10
"""Smaller numbers are not told, as everywhere in the directory."""
FEW = f"fewer than {FEWEST}"


def report(season: Season, school_year: str = "") -> dict[str, Any]:
    """Counts of the nominations of a school year, or of all."""
    chosen = [each for each in season.nominations.values() if school_year in ("", each.school_year)]
    days = [taken for each in chosen if (taken := days_to_decision(season, each)) is not None]
    telling = [each for each in chosen if each.answers]
    return {
        "school_year": school_year,
        "nominated": told(len(chosen)),
        "anonymised": told(len(chosen) - len(telling)),
        "by_state": counts(each.state for each in chosen),
        "decided": told(sum(each.decision is not None for each in chosen)),
        "recognised": told(sum(each.is_recognised for each in chosen)),
        "published": told(sum(each.published is not None for each in chosen)),
        "by_school": counts(school for each in telling for school in each.schools or ("no school named",)),
        "by_language": counts((each.answers.language or "not said") for each in telling if each.answers),
        "days_to_decision": {"median": median(days), "longest": max(days)} if len(days) >= FEWEST else FEW,
    }


def told(number: int) -> int | str:
    """A number as it may be told; none is none."""
    return number if number == 0 or number >= FEWEST else FEW


def counts(values: Iterable[str]) -> Mapping[str, int | str]:
    """How often each value occurs, the most frequent first; small ones are hidden, and never exactly one of them.

    Where a single small number could be found by subtracting the others, the next larger one is hidden with it.
    """
    found = sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
    small = {value for value, number in found if number < FEWEST}
    if len(small) == 1 and len(found) > 1:
        small.add([value for value, _ in found if value not in small][-1])
    return {value: FEW if number < FEWEST else "not told" if value in small else number for value, number in found}


def days_to_decision(season: Season, nomination: Nomination) -> int | None:
    """Days from a nomination's arrival to the decision, by the ledger, which stays when a nomination is anonymised."""
    entries = [entry for entry in season.vault.ledger.entries if entry.of == nomination.number]
    first = next((entry.moment.date() for entry in entries if entry.act == "import"), None)
    last = next((entry.moment.date() for entry in entries if entry.act == "decide"), None)
    return (last - first).days if first and last else None


def as_lines(found: Mapping[str, Any]) -> Iterable[str]:
    """The report for people."""
    yield f"Nominations{' for ' + found['school_year'] if found['school_year'] else ''}: {found['nominated']}"
    for name in ("decided", "recognised", "published", "anonymised"):
        yield f"  {name}: {found[name]}"
    days = found["days_to_decision"]
    said = days if isinstance(days, str) else f"{days['median']:g} in the middle, {days['longest']} at most"
    yield f"  days to a decision: {said if not isinstance(days, str) else 'not told, ' + days + ' are decided'}"
    for name, heading in (("by_state", "By state"), ("by_school", "By school"), ("by_language", "By language")):
        yield f"{heading}:"
        yield from (f"  {value}: {number}" for value, number in found[name].items())
