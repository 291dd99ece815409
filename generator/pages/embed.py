"""The partners of a school for the school's own website: a small page for an iframe, and the lines that show it."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.languages import N_
from generator.pages.cards import Deck
from generator.pages.data import district_of, site_of
from generator.pages.page import Page
from generator.pages.records import Link, PartnerRow, link, partner_row
from generator.pages.slots import Slots
from generator.pages.unit import Unit

ROWS = 30
"""So many partners are shown, those of every school included: all in all it is to weigh 10 KB at most, packed."""
TITLE = N_("Partners of this school")


class Embedded(Struct, frozen=True, kw_only=True):
    """What the page for the iframe shows: partners of the school, then some of those that work with every school."""

    school: Link
    partners: tuple[PartnerRow, ...]
    everywhere: tuple[PartnerRow, ...]


class Lines(Struct, frozen=True):
    """What is to be copied for one language: its code, name and direction, and the iframe's address and title."""

    language: str
    name: str
    direction: str
    address: str
    title: str


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """Both pages for each school; none where nobody knows the address of the site, which the lines have to name."""
    if not directory.district.site_url:
        return
    for school in directory.schools.values():
        view = embedded(link(school), directory)
        speaks = tuple(row.record for row in (*view.partners, *view.everywhere))
        yield Unit(address=f"embed/{school.slug}/", page=page, view=view, speaks=speaks, is_listed=False)
        yield Unit(address=f"schools/{school.slug}/embed/", page=lines_page, view=view.school, is_listed=False)


def embedded(school: Link, directory: Directory) -> Embedded:
    """What is shown of a school."""
    partners = directory.partners_of(school.slug)
    named = {partner.slug for partner in partners}
    others = tuple(partner for partner in directory.district_wide if partner.slug not in named)
    return Embedded(
        school=school,
        partners=tuple(map(partner_row, partners[:ROWS])),
        everywhere=tuple(map(partner_row, others[: max(0, ROWS - len(partners))])),
    )


def page(view: Embedded, slots: Slots, templates: Environment) -> Page:
    """The page for the iframe."""
    slug = view.school.slug
    return Page(
        frame="embed",
        rest=f"embed/{slug}/",
        title=title(slots.gettext(TITLE), view.school),
        description="",
        body=templates.get_template("embed.html").render(root="../../../", view=view),
    )


def lines_page(view: Link, slots: Slots, templates: Environment) -> Page:
    """What to copy, in every language of the site."""
    site = site_of(district_of(templates))
    lines = tuple(
        Lines(
            each.language,
            each.name,
            each.direction,
            f"{site}{each.language}/embed/{view.slug}/",
            title(each.gettext(TITLE), view),
        )
        for each in slots.locales
    )
    return Page(
        frame="school-more",
        rest=f"schools/{view.slug}/embed/",
        title=slots.gettext("Show this on your school's website"),
        description=slots.said("For the staff of %(school)s.", school=view.name),
        body=templates.get_template("embed-lines.html").render(root="../../../../", school=view, lines=lines),
        head=templates.get_template("unlisted.html").render(),
        section="schools",
    )


def title(words: str, school: Link) -> str:
    """What the page is called, and the iframe with it."""
    return f"{words} · {school.name}"
