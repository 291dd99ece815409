"""The page shown for an address that does not exist: what to do next, in every language."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.pages.chooser import languages
from generator.pages.page import Page


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The one page; the site keeps that of its first language."""
    yield Page(
        language=locale.language,
        frame="notfound",
        rest="",
        title=locale.gettext("We cannot find this page"),
        description=locale.gettext("It may have moved. Here is how to go on."),
        body=templates.get_template("notfound.html").render(root="../", choices=languages(directory)),
        head=templates.get_template("unlisted.html").render(),
    )
