"""The page shown for an address that does not exist: what to do next, in every language."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.pages.cards import Deck
from generator.pages.chooser import languages
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.vocabulary import Term


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page; the site keeps that of its first language."""
    yield Unit(address="404.html", page=page, view=languages(directory), is_in_one_language=True, is_listed=False)


def page(view: tuple[Term, ...], slots: Slots, templates: Environment) -> Page:
    """What to do next."""
    return Page(
        frame="notfound",
        rest="",
        title=slots.gettext("We cannot find this page"),
        description=slots.gettext("It may have moved. Here is how to go on."),
        body=templates.get_template("notfound.html").render(root="../", choices=view),
        head=templates.get_template("unlisted.html").render(),
    )
