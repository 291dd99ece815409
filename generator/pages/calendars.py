"""Calendar files: the days of a program, an event, and all events of a language to subscribe to."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct, structs

from generator.directory import Directory, Offer
from generator.entries import DAYS, Entry, first_on
from generator.model import Break, District, Event, Place, School, SchoolYear, Session, Source
from generator.pages.data import district_of, site_of
from generator.pages.facts import phone_of
from generator.pages.page import Page, file
from generator.pages.records import event_record
from generator.pages.slots import Slots
from generator.pages.speaker import Speaker
from generator.pages.unit import Unit, file_unit

ALL_EVENTS = "events.ics"
"""The file of all events, below each language."""
SCHOOL_SEASON = "school-year"
NOWHERE = "directory.invalid"
"""Stands in the names of entries as long as nobody knows the address of the site."""


class Days(Struct, frozen=True, kw_only=True):
    """The days of a program; addresses are not known yet."""

    route: str
    entries: tuple[Entry, ...]


def path_of_program(route: str) -> str:
    """Where the days of a program are, from the site's root: the same file for all languages."""
    return f"calendars/{route}.ics"


def path_of_event(slug: str) -> str:
    """Where an event is, below each language."""
    return f"events/{slug}.ics"


def program_unit(days: Days) -> Unit:
    """The file of a program."""
    path = path_of_program(days.route)
    return Unit(address=path, page=program_file, view=days, is_in_one_language=True, is_listed=False, is_file=True)


def program_file(view: Days, slots: Slots, templates: Environment) -> Page:
    """The days of a program, in the words of its partner."""
    district = district_of(templates)
    site = site_of(district)
    url = f"{site}{slots.reference.language}/partners/{view.route}/" if site else ""
    entries = (structs.replace(entry, id=named(entry.id, site), url=url) for entry in view.entries)
    content = written(entries, district)
    return file(path_of_program(view.route), content)


def days_of(offer: Offer, directory: Directory, today: date) -> Days | None:
    """The days of a program from today's week on; None where records do not tell them, or they have passed."""
    when = offer.program.when
    if not any(session.days and session.opens for session in when.sessions):
        return None
    known = (span(session, when.seasons, directory.district.school_years, today) for session in when.sessions)
    entries = tuple(
        entry
        for number, (session, dates) in enumerate(zip(when.sessions, known, strict=True))
        if dates and session.days and session.opens and today <= dates[1]
        if (entry := weekly(offer, directory, number, session, *dates))
    )
    return Days(route=offer.route, entries=entries) if entries else None


def span(
    session: Session, seasons: tuple[str, ...], years: tuple[SchoolYear, ...], today: date
) -> tuple[date, date] | None:
    """The first and the last day of a regular time.

    What the record does not say is that of the school year: the one in which the known day lies, else the one of today
    or the next. None without one, or where the program does not run in the school year.
    """
    if session.starts and session.ends:
        return session.starts, session.ends
    if seasons and SCHOOL_SEASON not in seasons:
        return None
    day = session.starts or session.ends or today
    year = next((year for year in sorted(years, key=lambda year: year.ends) if day <= year.ends), None)
    return (session.starts or year.starts, session.ends or year.ends) if year else None


def weekly(offer: Offer, directory: Directory, number: int, session: Session, starts: date, ends: date) -> Entry | None:
    """A regular time as an entry; None when none of its days lies between the two."""
    days = tuple(day for day in DAYS if day in session.days)
    first = first_on(days, starts)
    if first > ends:
        return None
    program, partner = offer.program, offer.partner
    told = partner.verified.on if partner.verified else newest(partner.sources) or starts
    return Entry(
        id=f"{partner.slug}.{program.slug}.{number}",
        title=program.name,
        starts=f"{first}T{session.opens}",
        ends=f"{first}T{session.closes}" if session.closes > session.opens else "",
        days=days,
        until=ends,
        without=gaps(program.when.breaks_in_service, days, first, ends),
        place=place_of(offer, directory),
        text="\n".join(filter(None, (partner.name, phone_of(offer)))),
        told=told,
    )


def gaps(breaks: tuple[Break, ...], days: tuple[str, ...], first: date, last: date) -> tuple[date, ...]:
    """Those of its days on which a regular time does not take place."""
    spans = ((max(gap.starts, first), min(gap.ends or gap.starts, last)) for gap in breaks)
    found = {start + timedelta(days=n) for start, end in spans for n in range((end - start).days + 1)}
    return tuple(sorted(day for day in found if DAYS[day.weekday()] in days))


def place_of(offer: Offer, directory: Directory) -> str:
    """Where a program is, when that is one place: its name and address."""
    where = offer.program.where
    known = [directory.schools[slug] for slug in where.schools if slug in directory.schools]
    spots: list[School | Place] = [*known, *where.places]
    return ", ".join(filter(None, (spots[0].name, spots[0].address))) if len(spots) == 1 else ""


def event_units(directory: Directory) -> Iterator[Unit]:
    """A file for each event, and one of all; none without events."""
    events = tuple(directory.events.values())
    for event in events:
        path = path_of_event(event.slug)
        yield file_unit(path, event_file, (event,), (event_record(event),))
    if events:
        speaks = tuple(map(event_record, events))
        yield file_unit(ALL_EVENTS, feed_file, events, speaks)


def event_file(view: tuple[Event, ...], slots: Slots, templates: Environment) -> Page:
    """One event, in the words of each language."""
    return file_of(path_of_event(view[0].slug), view, "", slots, templates)


def feed_file(view: tuple[Event, ...], slots: Slots, templates: Environment) -> Page:
    """All events, those that are over included, so that nothing vanishes from the calendar of a subscriber."""
    return file_of(ALL_EVENTS, view, district_of(templates).short_name, slots, templates)


def file_of(rest: str, events: tuple[Event, ...], name: str, slots: Slots, templates: Environment) -> Page:
    """A file of events that each language writes by itself."""
    district = district_of(templates)
    slots.asked.update(map(event_record, events))
    return file(rest, slots.slot(events_in, events, name, district))


def events_in(speaker: Speaker, events: tuple[Event, ...], name: str, district: District) -> Markup:
    """Events as a calendar file in a language, which is no HTML: nothing in it is escaped as such."""
    entries = tuple(entry_of(speaker, event, site_of(district)) for event in events)
    return Markup(written(entries, district, name))


def written(entries: Iterable[Entry], district: District, name: str = "") -> str:
    """The file of some entries."""
    from generator.calendar_file import calendar  # slow to import, and most builds write none

    return calendar(entries, district.time_zone, name=name).decode()


def entry_of(speaker: Speaker, event: Event, site: str) -> Entry:
    """An event as an entry in a language."""
    record = event_record(event)
    title, summary = (
        speaker.record_words(record, path, getattr(event, path), is_critical=False).text
        for path in ("title", "summary")
    )
    where = (event.place.name, event.place.address) if event.place else (event.online,)
    return Entry(
        id=named(event.slug, site),
        title=title,
        starts=event.starts,
        ends=event.ends,
        place=", ".join(filter(None, where)),
        text=summary,
        url=f"{site}{speaker.language}/events/{event.slug}/" if site else event.online,
        told=newest(event.sources) or date.fromisoformat(event.starts[:10]),
    )


def newest(sources: tuple[Source, ...]) -> date | None:
    """The last day on which somebody read a source."""
    return max((source.seen for source in sources if source.seen), default=None)


def named(name: str, site: str) -> str:
    """A name that no entry of another site has."""
    return f"{name}@{urlsplit(site).hostname or NOWHERE}"
