"""The start page of a language."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.languages import Locale
from generator.model import Event, Story
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.records import event_record, story_record
from generator.pages.slots import Slots
from generator.pages.unit import Unit

EVENTS_SHOWN = 3


class Start(Struct, frozen=True, kw_only=True):
    """What the start page shows; `free` tells whether there is a page of free programs to go to, `is_mapped` a map."""

    district: str
    story: Story | None
    events: tuple[Event, ...]
    free: bool
    is_mapped: bool

    @property
    def speaks(self) -> tuple[str, ...]:
        """The records whose texts it says."""
        return (*map(story_record, (self.story,) if self.story else ()), *map(event_record, self.events))


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one start page."""
    view = start(directory, today, deck)
    yield Unit(address="", page=page, view=view, speaks=view.speaks)


def start(directory: Directory, today: date, deck: Deck) -> Start:
    """What the start page shows on a day."""
    return Start(
        district=directory.district.name,
        story=just_thanked(directory),
        events=directory.upcoming(today)[:EVENTS_SHOWN],
        free="free" in deck.sets["cost"],
        is_mapped=directory.is_mapped,
    )


def page(view: Start, slots: Slots, templates: Environment) -> Page:
    """The start page."""
    return Page(
        frame="home",
        rest="",
        title=slots.gettext("Find programs for your child"),
        description=description(slots, view),
        body=templates.get_template("home.html").render(root="../", view=view),
    )


def description(locale: Locale, view: Start) -> str:
    """What this site is, for search engines and for those who share it."""
    return locale.said(
        "Help, clubs and classes from partners of %(district)s, by school, grade and need.", district=view.district
    )


def just_thanked(directory: Directory) -> Story | None:
    """The newest story that has a figure, else the newest; None without stories."""
    stories = tuple(directory.stories.values())
    return next((story for story in stories if story.impact), stories[0] if stories else None)
