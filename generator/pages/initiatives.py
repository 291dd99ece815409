"""Pages of initiatives: what several partners and the district do together."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory, upcoming
from generator.languages import Locale
from generator.model import Initiative
from generator.pages.page import Page
from generator.pages.texts import spoken
from generator.texts import initiative_texts


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The list, then each initiative."""
    rows = tuple((i, len(directory.partners_in(i.slug))) for i in directory.initiatives.values())
    yield Page(
        language=locale.language,
        frame="list",
        rest="initiatives/",
        title=locale.gettext("Initiatives"),
        description=locale.gettext("Work that many partners and the district do together."),
        body=templates.get_template("initiatives.html").render(root="../../", rows=rows),
    )
    for initiative in directory.initiatives.values():
        yield initiative_page(initiative, directory, locale, templates, today)


def initiative_page(
    initiative: Initiative, directory: Directory, locale: Locale, templates: Environment, today: date
) -> Page:
    """One initiative with its partners and events."""
    words = spoken(locale, f"district/initiatives/{initiative.slug}", initiative_texts(initiative))
    body = templates.get_template("initiative.html").render(
        root="../../../",
        initiative=initiative,
        words=words,
        partners=directory.partners_in(initiative.slug),
        events=upcoming(directory.events_in(initiative.slug), today),
    )
    return Page(
        language=locale.language,
        frame="record",
        rest=f"initiatives/{initiative.slug}/",
        title=initiative.name,
        description=words["summary"].text,
        body=body,
    )
