"""The page of useful places elsewhere."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment

from generator.directory import Directory
from generator.model import Resource
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.words.texts import resource_texts


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The one page; none without resources."""
    if resources := tuple(directory.resources.values()):
        yield Unit(address="resources/", page=page, view=resources, speaks=tuple(map(record, resources)))


def record(resource: Resource) -> str:
    """The address of a resource's record."""
    return f"district/resources/{resource.slug}"


def page(view: tuple[Resource, ...], slots: Slots, templates: Environment) -> Page:
    """Every resource."""
    rows = tuple((resource, spoken(slots, record(resource), resource_texts(resource))) for resource in view)
    return Page(
        frame="list",
        rest="resources/",
        title=slots.gettext("Resources"),
        description=slots.gettext("Useful places on other sites, for families, schools and partners."),
        body=templates.get_template("resources.html").render(root="../../", rows=rows),
        section="about",
    )
