"""Pages of events: meetings, workshops and trainings."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.model import Event
from generator.pages import calendars, linked
from generator.pages.cards import Deck
from generator.pages.data import district_of
from generator.pages.page import Page
from generator.pages.records import Link, PartnerRow, event_record, link, partner_row
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.words.texts import event_texts

PAST_SHOWN = 12


class Events(Struct, frozen=True):
    """The events to come, soonest first, and the last ones that are over."""

    upcoming: tuple[Event, ...]
    past: tuple[Event, ...]


class EventView(Struct, frozen=True, kw_only=True):
    """An event with those who take part."""

    event: Event
    is_over: bool
    partners: tuple[PartnerRow, ...]
    schools: tuple[Link, ...]


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The list with what comes first, then each event."""
    upcoming = directory.upcoming(today)
    coming = {event.slug for event in upcoming}
    past = tuple(event for event in directory.events.values() if event.slug not in coming)[::-1][:PAST_SHOWN]
    speaks = tuple(map(event_record, (*upcoming, *past)))
    yield Unit(address="events/", page=list_page, view=Events(upcoming, past), speaks=speaks)
    for event in directory.events.values():
        view = event_view(event, directory, is_over=event.slug not in coming)
        speaks = (event_record(event), *(row.record for row in view.partners))
        yield Unit(address=f"events/{event.slug}/", page=event_page, view=view, speaks=speaks)
    yield from calendars.event_units(directory)


def list_page(view: Events, slots: Slots, templates: Environment) -> Page:
    """Every event to come, and some that are over."""
    return Page(
        frame="list",
        rest="events/",
        title=slots.gettext("Events"),
        description=slots.gettext("Meetings and workshops for families and partners."),
        body=templates.get_template("events.html").render(root="../../", upcoming=view.upcoming, past=view.past),
        section="get-involved",
    )


def event_view(event: Event, directory: Directory, *, is_over: bool) -> EventView:
    """What the page of an event shows."""
    partners = (directory.partners[slug] for slug in event.partners if slug in directory.partners)
    return EventView(
        event=event,
        is_over=is_over,
        partners=tuple(partner_row(p) for p in partners if is_over or not p.partnership.is_over),
        schools=tuple(link(directory.schools[slug]) for slug in event.schools if slug in directory.schools),
    )


def event_page(view: EventView, slots: Slots, templates: Environment) -> Page:
    """One event: when, where, for whom, in which languages, and how to sign up."""
    event = view.event
    words = spoken(slots, event_record(event), event_texts(event))
    body = templates.get_template("event.html").render(
        root="../../../",
        event=event,
        words=words,
        is_over=view.is_over,
        partners=view.partners,
        schools=view.schools,
    )
    about = linked.event(event, words, view.partners, slots, district_of(templates))
    return Page(
        frame="event",
        rest=f"events/{event.slug}/",
        title=words["title"].text,
        description=words["summary"].text,
        body=body,
        head=linked.block(about, f"events/{event.slug}/", slots, templates),
        section="get-involved",
    )
