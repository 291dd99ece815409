"""The list of saved programs (P6): a page that is filled in the browser, with what that browser keeps."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page; what it shows is another thing for everybody, so search engines need not list it."""
    yield Unit(address="saved/", page=page, view=(), is_listed=False)


def page(view: tuple[()], slots: Slots, templates: Environment) -> Page:
    """The page without any program: its script, `assets/saved.js`, puts them in."""
    root = "../" * FRAMES["list"]
    return Page(
        frame="list",
        rest="saved/",
        title=slots.gettext("Saved programs"),
        description=slots.gettext("Programs that you keep on this phone or computer."),
        body=templates.get_template("saved.html").render(root=root),
        head=templates.get_template("saved-head.html").render(root=root),
        section="saved",
    )
