"""The page at the site's own address: every language by its own name, above the English start."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.pages.home import coming_up, description, has_free_programs, just_thanked
from generator.pages.page import Page
from generator.vocabulary import Term


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The one page; the site keeps that of its first language."""
    body = templates.get_template("chooser.html").render(
        root="../",
        choices=languages(directory),
        story=just_thanked(directory),
        events=coming_up(directory, today),
        free=has_free_programs(directory),
    )
    yield Page(
        language=locale.language,
        frame="chooser",
        rest="",
        title=locale.gettext("Find programs for your child"),
        description=description(directory, locale),
        body=body,
    )


def languages(directory: Directory) -> tuple[Term, ...]:
    """The languages of the site, in the district's order."""
    known = directory.vocabularies["languages"]
    return tuple(term for code in directory.district.languages if (term := known.get(code)))
