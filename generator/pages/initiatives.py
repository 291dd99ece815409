"""Pages of initiatives: what several partners and the district do together."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory, upcoming
from generator.model import Event, Initiative
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.records import TOO_MANY, PartnerRow, event_record, partner_rows, spoken_by
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.words.texts import initiative_texts


class Row(Struct, frozen=True, kw_only=True):
    """An initiative in the list, with the number of its partners."""

    slug: str
    name: str
    summary: str
    count: int


class InitiativeView(Struct, frozen=True, kw_only=True):
    """An initiative with its partners and events."""

    initiative: Initiative
    partners: tuple[PartnerRow, ...]
    events: tuple[Event, ...]


def units(directory: Directory, today: date, deck: Deck, too_many: int = TOO_MANY) -> Iterator[Unit]:
    """The list, then each initiative."""
    initiatives = tuple(directory.initiatives.values())
    rows = tuple(
        Row(slug=i.slug, name=i.name, summary=i.summary, count=len(directory.partners_in(i.slug))) for i in initiatives
    )
    yield Unit(address="initiatives/", page=list_page, view=rows, speaks=tuple(map(record, initiatives)))
    for initiative in initiatives:
        view = InitiativeView(
            initiative=initiative,
            partners=partner_rows(directory.partners_in(initiative.slug), too_many),
            events=upcoming(directory.events_in(initiative.slug), today),
        )
        speaks = (record(initiative), *spoken_by(view.partners), *map(event_record, view.events))
        yield Unit(address=f"initiatives/{initiative.slug}/", page=initiative_page, view=view, speaks=speaks)


def record(initiative: Initiative) -> str:
    """The address of an initiative's record."""
    return f"district/initiatives/{initiative.slug}"


def list_page(view: tuple[Row, ...], slots: Slots, templates: Environment) -> Page:
    """Every initiative."""
    return Page(
        frame="list",
        rest="initiatives/",
        title=slots.gettext("Initiatives"),
        description=slots.gettext("Work that many partners and the district do together."),
        body=templates.get_template("initiatives.html").render(root="../../", rows=view),
    )


def initiative_page(view: InitiativeView, slots: Slots, templates: Environment) -> Page:
    """One initiative with its partners and events."""
    initiative = view.initiative
    words = spoken(slots, record(initiative), initiative_texts(initiative))
    body = templates.get_template("initiative.html").render(
        root="../../../", initiative=initiative, words=words, partners=view.partners, events=view.events
    )
    return Page(
        frame="record",
        rest=f"initiatives/{initiative.slug}/",
        title=initiative.name,
        description=words["summary"].text,
        body=body,
    )
