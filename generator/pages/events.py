"""Pages of events: meetings, workshops and trainings."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.model import Event
from generator.pages.page import Page
from generator.pages.texts import spoken
from generator.texts import event_texts

PAST_SHOWN = 12


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The list with what comes first, then each event."""
    upcoming = directory.upcoming(today)
    coming = {event.slug for event in upcoming}
    past = tuple(event for event in directory.events.values() if event.slug not in coming)
    yield Page(
        language=locale.language,
        frame="list",
        rest="events/",
        title=locale.gettext("Events"),
        description=locale.gettext("Meetings and workshops for families and partners."),
        body=templates.get_template("events.html").render(
            root="../../", upcoming=upcoming, past=past[::-1][:PAST_SHOWN]
        ),
        section="get-involved",
    )
    for event in directory.events.values():
        yield event_page(event, directory, locale, templates, is_over=event.slug not in coming)


def event_page(event: Event, directory: Directory, locale: Locale, templates: Environment, *, is_over: bool) -> Page:
    """One event: when, where, for whom, in which languages, and how to sign up."""
    words = spoken(locale, f"district/events/{event.slug}", event_texts(event))
    partners = (directory.partners[slug] for slug in event.partners if slug in directory.partners)
    body = templates.get_template("event.html").render(
        root="../../../",
        event=event,
        words=words,
        is_over=is_over,
        partners=tuple(p for p in partners if is_over or not p.partnership.is_over),
        schools=tuple(directory.schools[slug] for slug in event.schools if slug in directory.schools),
    )
    return Page(
        language=locale.language,
        frame="record",
        rest=f"events/{event.slug}/",
        title=words["title"].text,
        description=words["summary"].text,
        body=body,
        section="get-involved",
    )
