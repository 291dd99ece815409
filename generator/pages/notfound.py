"""The page shown for an address that does not exist: what to do next, in every language."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.languages import N_
from generator.pages.cards import Deck
from generator.pages.finder import BY_KEY
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.search.facets import Value, values

MESSAGE = N_("We cannot find this page")
LEAD = N_("It may have moved. Here is how to go on.")


class Ways(Struct, frozen=True):
    """Where to go on: needs with programs, and whether some are free."""

    needs: tuple[Value, ...]
    free: bool


class Said(Struct, frozen=True):
    """What the page says in a language, for a reader of that language alone."""

    language: str
    name: str
    direction: str
    words: str


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page; the site keeps that of its first language."""
    found = deck.sets["need"]
    needs = tuple(value for value in values(BY_KEY["need"], directory) if value.slug in found and value.term)
    view = Ways(needs=needs, free="free" in deck.sets["cost"])
    yield Unit(address="404.html", page=page, view=view, is_in_one_language=True, is_listed=False)


def page(view: Ways, slots: Slots, templates: Environment) -> Page:
    """What to do next: in the first language, and one sentence in every one."""
    sentences = tuple(Said(e.language, e.name, e.direction, e.gettext(MESSAGE)) for e in slots.locales)
    return Page(
        frame="notfound",
        rest="",
        title=slots.gettext(MESSAGE),
        description=slots.gettext(LEAD),
        body=templates.get_template("notfound.html").render(root="../", view=view, sentences=sentences),
        head=templates.get_template("unlisted.html").render(),
    )
