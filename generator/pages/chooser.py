"""The page at the site's own address: every language by its own name, above the English start."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.pages.cards import Deck
from generator.pages.home import Start, description, start
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.vocabulary import Term
from generator.words import pseudo


class Choice(Struct, frozen=True):
    """The start page with the languages to choose from."""

    start: Start
    languages: tuple[Term, ...]


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page; the site keeps that of its first language."""
    shown = start(directory, today, deck)
    yield Unit(
        address="index.html",
        page=page,
        view=Choice(shown, languages(directory)),
        speaks=shown.speaks,
        is_in_one_language=True,
        is_listed=False,  # it calls the start page of the first language its own address
    )


def page(view: Choice, slots: Slots, templates: Environment) -> Page:
    """The languages, then the start page."""
    return Page(
        frame="chooser",
        rest="",
        title=slots.gettext("Find programs for your child"),
        description=description(slots, view.start),
        body=templates.get_template("chooser.html").render(root="../", choices=view.languages, view=view.start),
    )


def languages(directory: Directory) -> tuple[Term, ...]:
    """The languages of the site, in the district's order."""
    known = directory.vocabularies["languages"]
    found = (known.get(code) or pseudo.TERMS.get(code) for code in directory.district.languages)
    return tuple(term for term in found if term)
