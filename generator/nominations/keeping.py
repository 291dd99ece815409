"""How long a nomination is kept, and what stays of it afterwards: that there was one, and what was decided."""

from datetime import date

from msgspec.structs import replace

from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.model import (
    Nomination,
    Step,
    consent_path,
    data_of,
    draft_path,
    nomination_path,
    picture_path,
    review_path,
)
from generator.nominations.season import Season
from generator.vault.drafts import drafts
from generator.vault.storage import Change


def anonymise(season: Season, number: str, *, by: str, reason: str) -> Change:
    """Remove everything personal from a nomination: answers, names, reviews, reasons, consents, a story that waits,
    and drafts.

    What stays: its number, its school year, the partners, what was decided, and in which months. While its story is
    public, consents stay as well, because the story rests on them; they go when it ends.
    """
    nomination = season.nomination(number)
    refuse(
        (*gates.state(nomination, "anonymise"), *gates.role(season.person(by), "coordinator"), *gates.reason(reason))
    )
    return Change(
        act="anonymise",
        by=by,
        of=number,
        state="anonymised",
        files={
            nomination_path(number): data_of(bare(nomination, by, season.today)),
            **{review_path(number, each.by): None for each in season.reviews_of(nomination)},
            **consents_gone(season, nomination),
            **_draft_gone(season, nomination),
        },
        pictures={**_pictures_gone(season, nomination), **dict.fromkeys(drafts(season.vault, number))},
    )


def bare(nomination: Nomination, by: str, today: date) -> Nomination:
    """What stays of a nomination; days become months, because a day can tell who it was."""
    return Nomination(
        number=nomination.number,
        state="anonymised",
        received=nomination.received.replace(day=1),
        came_by=nomination.came_by,
        partners=nomination.partners,
        school_year=nomination.school_year,
        triage=without_words(nomination.triage),
        decision=without_words(nomination.decision),
        story=nomination.story if nomination.published else "",
        published=without_words(nomination.published),
        ended=without_words(nomination.ended),
        anonymised=Step(by=by, on=today),
    )


def without_words(step: Step | None) -> Step | None:
    """A step without its reason, and only with its month."""
    return replace(step, reason="", on=step.on.replace(day=1)) if step else None


def consents_gone(season: Season, nomination: Nomination) -> dict[str, None]:
    """The consents of a nomination whose story is not public."""
    if nomination.is_public:
        return {}
    return {consent_path(each.number): None for each in season.consents_of(nomination)}


def _draft_gone(season: Season, nomination: Nomination) -> dict[str, None]:
    return {draft_path(nomination.number): None} if season.draft_of(nomination) else {}


def _pictures_gone(season: Season, nomination: Nomination) -> dict[str, None]:
    draft = season.draft_of(nomination)
    return {picture_path(nomination.number, file): None for file in draft.pictures} if draft else {}


def is_due(season: Season, nomination: Nomination) -> bool:
    """Whether a nomination has been kept as long as the district's rules allow."""
    if nomination.state == "anonymised":
        return False
    months = season.rubric.keep_published_months if nomination.published else season.rubric.keep_months
    return not nomination.is_public and months_after(last_day(season, nomination), months) <= season.today


def last_day(season: Season, nomination: Nomination) -> date:
    """The day of the last change of a nomination."""
    entries = (entry for entry in season.vault.ledger.entries if entry.of == nomination.number)
    return max((entry.moment.date() for entry in entries), default=nomination.received)


def months_after(day: date, months: int) -> date:
    """The first day of the month that lies whole behind so many months after a day."""
    month = day.year * 12 + day.month - 1 + months + 1
    return date(month // 12, month % 12 + 1, 1)
