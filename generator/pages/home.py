"""The start page of a language."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.model import Event, Story
from generator.pages.page import Page
from generator.search.listing import is_listed

EVENTS_SHOWN = 3


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The one start page."""
    body = templates.get_template("home.html").render(
        root="../",
        story=just_thanked(directory),
        events=coming_up(directory, today),
        free=has_free_programs(directory),
    )
    yield Page(
        language=locale.language,
        frame="home",
        rest="",
        title=locale.gettext("Find programs for your child"),
        description=description(directory, locale),
        body=body,
    )


def description(directory: Directory, locale: Locale) -> str:
    """What this site is, for search engines and for those who share it."""
    words = locale.gettext("Help, clubs and classes from partners of %(district)s, by school, grade and need.")
    return words % {"district": directory.district.name}


def just_thanked(directory: Directory) -> Story | None:
    """The newest story that has a figure, else the newest; None without stories."""
    stories = tuple(directory.stories.values())
    return next((story for story in stories if story.impact), stories[0] if stories else None)


def coming_up(directory: Directory, today: date) -> tuple[Event, ...]:
    """The next few events."""
    return directory.upcoming(today)[:EVENTS_SHOWN]


def has_free_programs(directory: Directory) -> bool:
    """Whether there is a page of free programs to go to."""
    costs = (offer.program.cost for offer in directory.offers if is_listed(offer))
    return any(cost is not None and cost.kind == "free" for cost in costs)
