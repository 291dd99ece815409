"""Nominations that come into the vault: each gets a number, and none is taken twice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.model import Partner
from generator.model.district import school_year_of
from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.arrivals import Arrival
from generator.nominations.model import Answers, Nomination, data_of, held, nomination_path
from generator.nominations.season import Season, next_numbers
from generator.serialize import serialize
from generator.source import parse
from generator.text import fold
from generator.vault.canonical import digest
from generator.vault.storage import Change

TAKEN, KNOWN, REFUSED = "taken", "known", "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one arrival; `change` writes it into the vault."""

    place: str
    verdict: str
    number: str = ""
    why: str = ""
    change: Change | None = None


def taken(season: Season, arrivals: Iterable[Arrival], *, by: str) -> Iterator[Outcome]:
    """What becomes of each arrival, in order; changes are committed in this order, all of them."""
    refuse(gates.role(season.person(by), "coordinator"))
    known = {each.fingerprint: number for number, each in season.nominations.items() if each.fingerprint}
    numbers = next_numbers(season, "N")
    for arrival in arrivals:
        if arrival.fault:
            yield Outcome(place=arrival.place, verdict=REFUSED, why=arrival.fault)
            continue
        fingerprint = _fingerprint(arrival)
        if fingerprint in known:
            why = f"the same answers are {known[fingerprint]} already"
            yield Outcome(place=arrival.place, verdict=KNOWN, number=known[fingerprint], why=why)
            continue
        number = next(numbers)
        known[fingerprint] = number
        nomination = _nomination(season, arrival, number, fingerprint)
        files = {nomination_path(number): data_of(nomination)}
        change = Change(act="import", by=by, of=number, state="received", files=files)
        yield Outcome(place=arrival.place, verdict=TAKEN, number=number, why=arrival.note, change=change)


def _nomination(season: Season, arrival: Arrival, number: str, fingerprint: str) -> Nomination:
    """The nomination of an arrival; partner and schools are filled in where chosen, or named as we know them."""
    answers = held(Answers, arrival.data, arrival.place)
    partner = _listed(season.directory.partners, answers.listed_as) or named(
        season.directory.partners.items(), answers.organization
    )
    window = season.rubric.window_on(season.today)
    schools = (named(season.directory.schools.items(), each) for each in answers.schools)
    return Nomination(
        number=number,
        state="received",
        received=season.today,
        came_by=arrival.came_by,
        answers=answers,
        fingerprint=fingerprint,
        partners=(partner,) if partner else (),
        schools=tuple(dict.fromkeys(filter(None, schools))),
        school_year=answers.school_year or (window.school_year if window else school_year_of(season.today)),
    )


def _listed(partners: Mapping[str, Partner], slug: str) -> str:
    """The slug of the partner that was chosen from the list, though it has another by now; "" when there is none."""
    if slug in partners:
        return slug
    return next((each.slug for each in partners.values() if slug and slug in each.former_slugs), "")


def named(records: Iterable[tuple[str, object]], words: str) -> str:
    """The slug of the one record that words name; "" when none or several do."""
    asked = fold(words)
    found = [
        slug
        for slug, record in records
        if asked
        in {
            fold(name)
            for name in (
                slug,
                getattr(record, "name", ""),
                getattr(record, "short_name", ""),
                *getattr(record, "also_known_as", ()),
            )
            if name
        }
    ]
    return found[0] if len(found) == 1 else ""


def _fingerprint(arrival: Arrival) -> str:
    """What tells that the same answers come again; it lies beside the answers, and goes with them."""
    document, _ = parse(serialize(dict(arrival.data)), relative="nomination")
    return digest(document.data if document else {})
