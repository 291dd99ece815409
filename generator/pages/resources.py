"""The page of useful places elsewhere."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.pages.page import Page
from generator.pages.texts import spoken, together
from generator.texts import resource_texts


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The one page; none without resources."""
    if not directory.resources:
        return
    rows = tuple(
        (resource, spoken(locale, f"district/resources/{resource.slug}", resource_texts(resource)))
        for resource in directory.resources.values()
    )
    yield Page(
        language=locale.language,
        frame="list",
        rest="resources/",
        title=locale.gettext("Resources"),
        description=locale.gettext("Useful places on other sites, for families, schools and partners."),
        body=templates.get_template("resources.html").render(
            root="../../", rows=rows, said=together(row[1] for row in rows)
        ),
        section="about",
    )
