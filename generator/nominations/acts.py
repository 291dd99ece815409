"""The steps of staff with a nomination, each as the change that it makes; what is missing refuses it."""

from collections.abc import Iterable, Mapping
from datetime import date

from msgspec.structs import replace

from generator.nominations import gates
from generator.nominations.model import (
    DECLINE,
    RECOGNISE,
    Nomination,
    Permission,
    Review,
    Step,
    consent_path,
    data_of,
    nomination_path,
    review_path,
)
from generator.nominations.scoring import counted, is_complete, mean
from generator.nominations.season import Refused, Season, next_numbers
from generator.schema.formats import is_school_year
from generator.vault.storage import Change

OUTCOMES = {RECOGNISE: "be thanked publicly", DECLINE: "not be thanked publicly"}


def refuse(missing: Iterable[str]) -> None:
    """Stop with everything that is missing, if anything is."""
    if found := tuple(dict.fromkeys(missing)):
        raise Refused(*found)


def change_of(act: str, by: str, nomination: Nomination) -> Change:
    """The change that writes a nomination as it now is."""
    path = nomination_path(nomination.number)
    return Change(act=act, by=by, of=nomination.number, state=nomination.state, files={path: data_of(nomination)})


def triage(
    season: Season,
    number: str,
    *,
    by: str,
    partners: tuple[str, ...] = (),
    schools: tuple[str, ...] = (),
    school_year: str = "",
    set_aside: str = "",
) -> Change:
    """Say whom and which schools a nomination means, or set it aside for a reason."""
    nomination, person = season.nomination(number), season.person(by)
    if set_aside:
        refuse((*gates.state(nomination, "triage"), *gates.role(person, "coordinator"), *gates.reason(set_aside)))
        step = Step(by=by, on=season.today, outcome="set-aside", reason=set_aside)
        return change_of("triage", by, replace(nomination, state="triaged", triage=step))
    partners = partners or nomination.partners
    schools = schools or nomination.schools
    school_year = school_year or nomination.school_year
    refuse(
        (
            *gates.triage(season, nomination, person, partners),
            *unknown(season, partners, schools),
            *((f'"{school_year}" is no school year; write it as 2026-27',) if not is_school_year(school_year) else ()),
        )
    )
    return change_of(
        "triage",
        by,
        replace(
            nomination,
            state="triaged",
            partners=partners,
            schools=schools,
            school_year=school_year,
            triage=Step(by=by, on=season.today, outcome="take-up"),
        ),
    )


def unknown(season: Season, partners: Iterable[str], schools: Iterable[str]) -> Iterable[str]:
    """A sentence for each partner and school that the directory does not have."""
    yield from (
        f'the directory has no partner "{s}"; add it first' for s in partners if s not in season.directory.partners
    )
    yield from (f'the directory has no school "{s}"' for s in schools if s not in season.directory.schools)


def review(season: Season, number: str, *, by: str, scores: Mapping[str, int], reason: str) -> Change:
    """One reviewer's scores and reason; they replace earlier ones of the same reviewer while others are hidden."""
    nomination, person = season.nomination(number), season.person(by)
    refuse((*gates.review(season, nomination, person), *gates.scores(season, scores), *gates.reason(reason)))
    given = Review(of=number, by=by, on=season.today, scores=dict(scores), reason=reason)
    all_given = (given, *(each for each in counted(season.reviews_of(nomination)) if each.by != by))
    if len(all_given) >= season.rubric.reviewers:
        nomination = replace(nomination, reviews_in=True)
    if is_complete(season.rubric, all_given):
        nomination = replace(nomination, reviews_shown=True)
    return _reviewed(nomination, given, "in-review")


def stand_back(season: Season, number: str, *, by: str, conflict: str) -> Change:
    """A reviewer does not judge a nomination, and says why."""
    nomination, person = season.nomination(number), season.person(by)
    refuse((*gates.state(nomination, "review"), *gates.role(person, "reviewer"), *gates.reason(conflict)))
    others = [each for each in counted(season.reviews_of(nomination)) if each.by != by]
    given = Review(of=number, by=by, on=season.today, reason="", conflict=conflict)
    return _reviewed(nomination, given, "in-review" if others or nomination.state == "in-review" else "triaged")


def _reviewed(nomination: Nomination, given: Review, state: str) -> Change:
    nomination = replace(nomination, state=state)
    files = {nomination_path(nomination.number): data_of(nomination), review_path(given.of, given.by): data_of(given)}
    return Change(act="review", by=given.by, of=given.of, state=nomination.state, files=files)


def decide(season: Season, number: str, *, by: str, outcome: str, reason: str) -> Change:
    """The chair's decision with its reason; what the scores say is kept beside it."""
    nomination, person = season.nomination(number), season.person(by)
    refuse(gates.decide(season, nomination, person, reason))
    step = Step(by=by, on=season.today, outcome=outcome, reason=reason)
    return change_of("decide", by, replace(nomination, state="decided", decision=step))


def advice(season: Season, nomination: Nomination) -> str:
    """What the scores speak for, in a sentence."""
    found = mean(season.rubric, season.reviews_of(nomination))
    wanted = season.rubric.recommended_from
    speaks = "for" if found >= wanted else "against"
    return f"the mean of the scores is {found:g}, which speaks {speaks} a recognition (from {wanted:g})"


def ask_consent(season: Season, number: str, *, by: str) -> Change:
    """Note that everybody was asked for consent."""
    nomination = season.nomination(number)
    refuse(_consent_gates(season, nomination, by))
    return change_of("consent", by, replace(_pending(nomination), consent_asked=season.today))


def give_consent(
    season: Season, number: str, *, by: str, whom: str, how: str, scope: tuple[str, ...], expires: date | None
) -> tuple[Change, str]:
    """A new consent, and its number."""
    nomination = season.nomination(number)
    known = {term.id for term in season.directory.vocabularies["consent-scopes"].current}
    refuse(
        (
            *_consent_gates(season, nomination, by),
            *(("who gave the consent is missing",) if not whom.strip() else ()),
            *(("how it was given is missing, such as: signed form of May 3",) if not how.strip() else ()),
            *(f'"{each}" is no scope; there are {", ".join(sorted(known))}' for each in scope if each not in known),
            *(("what it covers is missing: the story, a quote, a name, a photo",) if not scope else ()),
            *(("until when it holds is missing: on which day does it end?",) if expires is None else ()),
            *((f"a consent until {expires} is over already",) if expires and expires < season.today else ()),
        )
    )
    until = expires or season.today  # refused above where there is none
    ref = next(next_numbers(season, "C"))
    given = Permission(number=ref, of=number, whom=whom, how=how, scope=scope, given=season.today, expires=until)
    change = change_of("consent", by, _pending(nomination))
    files = {**change.files, consent_path(ref): data_of(given)}
    return Change(act="consent", by=by, of=number, state=change.state, files=files), ref


def take_back_consent(season: Season, ref: str, *, by: str) -> Change:
    """Somebody takes a consent back; what rests on it may not be shown any more."""
    consent = season.consents.get(ref)
    if consent is None:
        raise Refused(f"there is no consent {ref}")
    nomination = season.nomination(consent.of)
    already = (f"{ref} was taken back on {consent.withdrawn} already",) if consent.withdrawn else ()
    refuse((*gates.role(season.person(by), "coordinator"), *already))
    files = {consent_path(ref): data_of(replace(consent, withdrawn=season.today))}
    return Change(act="consent", by=by, of=consent.of, state=nomination.state, files=files)


def _consent_gates(season: Season, nomination: Nomination, by: str) -> Iterable[str]:
    yield from gates.state(nomination, "consent")
    yield from gates.role(season.person(by), "coordinator")
    if nomination.decision is not None and not nomination.is_recognised:
        yield f"{nomination.number} was declined, so nothing is asked of anybody"


def _pending(nomination: Nomination) -> Nomination:
    """The nomination while consents are awaited, unless it is further on."""
    return replace(nomination, state="consent-pending") if nomination.state == "decided" else nomination
