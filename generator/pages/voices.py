"""The page of what people told the district, and what it did about it."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.model import Voice
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.records import Link, link
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.words.texts import voice_texts


class Heard(Struct, frozen=True):
    """What was heard once, and the initiatives that it led to."""

    voice: Voice
    initiatives: tuple[Link, ...]

    @property
    def record(self) -> str:
        """The address of its record."""
        return f"district/voices/{self.voice.slug}"


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page, newest first; none where nobody has been asked."""
    known = directory.initiatives
    newest = sorted(directory.voices.values(), key=lambda voice: voice.held, reverse=True)
    view = tuple(Heard(v, tuple(link(known[slug]) for slug in v.initiatives if slug in known)) for v in newest)
    if view:
        yield Unit(address="voices/", page=page, view=view, speaks=tuple(heard.record for heard in view))


def page(view: tuple[Heard, ...], slots: Slots, templates: Environment) -> Page:
    """Everything that was heard."""
    rows = tuple((h.voice, spoken(slots, h.record, voice_texts(h.voice)), h.initiatives) for h in view)
    return Page(
        frame="list",
        rest="voices/",
        title=slots.gettext("What we heard"),
        description=slots.gettext("What families, students and staff told us, and what we did."),
        body=templates.get_template("voices.html").render(root="../../", rows=rows),
        section="get-involved",
    )
