"""Rules about days of one record that do not fit together."""

from collections.abc import Iterator
from datetime import date

from generator.model import District, Event, Partner, Program, Story
from generator.objections import OBJECTIONS
from generator.rules.rule import Finding, Subject


def misplaced_school_year(subject: Subject[District]) -> Iterator[Finding]:
    """The first day of a school year lies in its first year, the last day in its second."""
    for number, year in enumerate(subject.record.school_years):
        first = int(year.year[:4])
        for end, day, expected in (("starts", year.starts, first), ("ends", year.ends, first + 1)):
            if day.year != expected:
                yield Finding(
                    route=("school_years", number, end),
                    message=f"this day is not in {expected}, as the school year {year.year} says",
                    hint="check the year",
                )


def other_school_year(subject: Subject[Story]) -> Iterator[Finding]:
    """A story lies in the folder of its school year."""
    folder = subject.document.path.split("/")[-2]
    year = subject.record.school_year
    if year != folder:
        yield Finding(
            route=("school_year",),
            message=f"the story is of {year}, but lies in the folder {folder}",
            hint=f'write "{folder}", or move the file to recognition/{year}/',
        )


def late_registration(subject: Subject[Partner]) -> Iterator[Finding]:
    """The last day to register for a program is not after its last session."""
    for number, program in enumerate(subject.record.programs):
        last = last_day(program)
        if last and program.when.register_by and program.when.register_by > last:
            yield Finding(
                route=("programs", number, "when", "register_by"),
                message=OBJECTIONS["late-registration"].message % {"day": last},
                hint=OBJECTIONS["late-registration"].hint,
            )


def last_day(program: Program) -> date | None:
    """The last day of a program's sessions; None when one of them has no end."""
    ends = [session.ends for session in program.when.sessions]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def late_event_registration(subject: Subject[Event]) -> Iterator[Finding]:
    """The last day to register for an event is not after the event."""
    event = subject.record
    ends = (event.ends or event.starts)[:10]
    if event.register_by and event.register_by.isoformat() > ends:
        yield Finding(
            route=("register_by",),
            message=f"the last day to register is after the event, which ends on {ends}",
            hint="check both days",
        )
