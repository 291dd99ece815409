"""The page of what people told the district, and what it did about it."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.languages import Locale
from generator.pages.page import Page
from generator.pages.texts import spoken, together
from generator.texts import voice_texts


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The one page, newest first; none where nobody has been asked."""
    if not directory.voices:
        return
    newest = sorted(directory.voices.values(), key=lambda voice: voice.held, reverse=True)
    rows = tuple(
        (
            voice,
            spoken(locale, f"district/voices/{voice.slug}", voice_texts(voice)),
            tuple(directory.initiatives[slug] for slug in voice.initiatives if slug in directory.initiatives),
        )
        for voice in newest
    )
    yield Page(
        language=locale.language,
        frame="list",
        rest="voices/",
        title=locale.gettext("What we heard"),
        description=locale.gettext("What families, students and staff told us, and what we did."),
        body=templates.get_template("voices.html").render(
            root="../../", rows=rows, said=together(row[1] for row in rows)
        ),
        section="get-involved",
    )
