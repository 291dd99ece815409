"""Pages of stories: all, those of a school year, each one, and the place of those taken back."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.model import Story
from generator.pages.head import head
from generator.pages.page import Page
from generator.pages.texts import spoken
from generator.texts import story_texts

OTHERS = 3
"""Further stories at the end of one."""


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The gallery, each school year, each story, and a page without any words of it for each that was taken back."""
    years = directory.stories_by_year
    yield gallery(tuple(years.items()), "", locale, templates)
    for year, stories in years.items():
        yield gallery(((year, stories),), year, locale, templates)
    for story in directory.stories.values():
        yield story_page(story, directory, locale, templates)
    for address in directory.withdrawn:
        yield tombstone(address, locale, templates)


def gallery(
    years: tuple[tuple[str, tuple[Story, ...]], ...], year: str, locale: Locale, templates: Environment
) -> Page:
    """Stories as cards: of all years, or of one."""
    body = templates.get_template("recognition.html").render(
        root="../../../" if year else "../../", years=years, year=year
    )
    title = locale.gettext("Stories of partners we thank")
    return Page(
        language=locale.language,
        frame="record" if year else "list",
        rest=f"recognition/{year}/" if year else "recognition/",
        title=locale.gettext("Stories of %(year)s") % {"year": locale.apart(year)} if year else title,
        description=locale.gettext("What community partners changed for children."),
        body=body,
        section="recognition",
    )


def story_page(story: Story, directory: Directory, locale: Locale, templates: Environment) -> Page:
    """One story: what changed, in figures and words, and whom to thank."""
    address = f"recognition/{story.school_year}/{story.slug}"
    words = spoken(locale, address, story_texts(story))
    newest = islice(directory.stories.values(), OTHERS + 1)
    others = tuple(other for other in newest if other is not story)
    body = templates.get_template("story.html").render(
        root="../../../../",
        story=story,
        words=words,
        partners=tuple(directory.partners[slug] for slug in story.partners if slug in directory.partners),
        schools=tuple(directory.schools[slug] for slug in story.schools if slug in directory.schools),
        others=others[:OTHERS],
    )
    return Page(
        language=locale.language,
        frame="story",
        rest=f"{address}/",
        title=words["title"].text,
        description=words["summary"].text,
        body=body,
        head=head(templates, story, locale),
        section="recognition",
    )


def tombstone(address: str, locale: Locale, templates: Environment) -> Page:
    """What stands at the address of a story that was taken back: nothing of the story."""
    return Page(
        language=locale.language,
        frame="story",
        rest=f"recognition/{address}/",
        title=locale.gettext("This story was taken back"),
        description=locale.gettext("Somebody asked us to stop showing it, and we did."),
        body=templates.get_template("withdrawn.html").render(root="../../../../"),
        head=templates.get_template("unlisted.html").render(),
        section="recognition",
        is_listed=False,
    )
