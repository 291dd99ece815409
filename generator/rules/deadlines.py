"""Rules about days that today has passed, or not yet reached."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.model import Event, Initiative, Measure, Partner, Policies, Priorities, Resource, School, Story, Voice
from generator.records.load import Loaded
from generator.rules.records import records
from generator.rules.rule import Finding
from generator.source import Route

AGREEMENT_NOTICE_DAYS = 60
OLD_EVENT_DAYS = 365

_SOURCED: tuple[
    type[Partner | School | Story | Initiative | Event | Resource | Voice | Measure | Priorities | Policies], ...
] = (Partner, School, Story, Initiative, Event, Resource, Voice, Measure, Priorities, Policies)


def expired_agreement(loaded: Loaded) -> Iterator[Finding]:
    """An active partnership has an agreement that still holds."""
    for path, route, ends in _agreements(loaded):
        if ends < loaded.today:
            yield Finding(
                path=path,
                route=route,
                message=f"the agreement ended on {ends}",
                hint='renew it and write its new end, or set the partnership\'s "status" to ended',
            )


def ending_agreement(loaded: Loaded) -> Iterator[Finding]:
    """An agreement that ends within 60 days is renewed in time."""
    soon = loaded.today + timedelta(days=AGREEMENT_NOTICE_DAYS)
    for path, route, ends in _agreements(loaded):
        if loaded.today <= ends <= soon:
            days = (ends - loaded.today).days
            yield Finding(
                path=path,
                route=route,
                message=f"the agreement ends in {days} days, on {ends}",
                hint="begin to renew it now",
            )


def _agreements(loaded: Loaded) -> Iterator[tuple[str, Route, date]]:
    """Path, route and end of every agreement of a partnership that goes on."""
    for path, partner in records(loaded, Partner):
        ends = partner.partnership.agreement.ends
        if ends and partner.partnership.status != "ended":
            yield path, ("partnership", "agreement", "ends"), ends


def past_registration(loaded: Loaded) -> Iterator[Finding]:
    """A program that says it is open does not name a last day to register that is over."""
    for path, partner in records(loaded, Partner):
        for number, program in enumerate(partner.programs):
            last = program.when.register_by
            is_open = program.status is None or program.status.state in ("open", "waitlist")
            if last and last < loaded.today and is_open:
                yield Finding(
                    path=path,
                    route=("programs", number, "when", "register_by"),
                    message=f"the last day to register was {last}",
                    hint='write the next one, or set the program\'s "status" to closed or seasonal',
                )


def past_opening(loaded: Loaded) -> Iterator[Finding]:
    """A call for volunteers that is over is taken out."""
    for path, partner in records(loaded, Partner):
        for number, opening in enumerate(partner.volunteer):
            if opening.until and opening.until < loaded.today:
                yield Finding(
                    path=path,
                    route=("volunteer", number, "until"),
                    message=f"this call for volunteers ended on {opening.until}",
                    hint="write a new day, or take the call out",
                )


def old_event(loaded: Loaded) -> Iterator[Finding]:
    """An event that ended more than a year ago is taken out."""
    limit = (loaded.today - timedelta(days=OLD_EVENT_DAYS)).isoformat()
    for path, event in records(loaded, Event):
        ends = (event.ends or event.starts)[:10]
        if ends < limit:
            yield Finding(
                path=path,
                route=("ends",) if event.ends else ("starts",),
                message=f"the event was more than a year ago, on {ends}",
                hint="delete the file; git keeps it",
            )


def future_date(loaded: Loaded) -> Iterator[Finding]:
    """Nobody has read, signed, checked or founded anything on a day that is still to come."""
    tomorrow = loaded.today + timedelta(days=1)  # a contributor farther east may already be there
    for path, route, day in _done(loaded):
        if day and day > tomorrow:
            yield Finding(
                path=path, route=route, message=f"the day {day} is still to come", hint="check year, month and day"
            )


def _done(loaded: Loaded) -> Iterator[tuple[str, Route, date | None]]:
    """Path, route and day of everything that somebody has done."""
    yield from _done_for_partners(loaded)
    for kind in _SOURCED:
        for path, record in records(loaded, kind):
            for number, source in enumerate(record.sources):
                yield path, ("sources", number, "seen"), source.seen
    for path, priorities in records(loaded, Priorities):
        yield path, ("adopted",), priorities.adopted


def _done_for_partners(loaded: Loaded) -> Iterator[tuple[str, Route, date | None]]:
    for path, partner in records(loaded, Partner):
        partnership = partner.partnership
        if partner.verified:
            yield path, ("verified", "on"), partner.verified.on
        if partner.founded and partner.founded > loaded.today.year:
            yield path, ("founded",), date(partner.founded, 1, 1)
        yield path, ("partnership", "agreement", "signed"), partnership.agreement.signed
        for number, claim in enumerate(partnership.alignment):
            yield path, ("partnership", "alignment", number, "confirmed_on"), claim.confirmed_on
        for name in partnership.requirements.__struct_fields__:
            needed = getattr(partnership.requirements, name)
            yield path, ("partnership", "requirements", name, "on"), needed.on if needed else None
        for number, program in enumerate(partner.programs):
            yield path, ("programs", number, "status", "as_of"), program.status.as_of if program.status else None
