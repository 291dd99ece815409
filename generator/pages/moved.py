"""Pages at former addresses of partners, programs and schools, which lead on to those of today."""

from collections.abc import Iterator
from datetime import date

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.model import Partner, School
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit

Move = tuple[str, str, str]
"""An old address below the language, the address of today, and the name of what lives there."""


class Moved(Struct, frozen=True, kw_only=True):
    """An old address, that of today, and the name of what lives there."""

    old: str
    new: str
    name: str


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """One page for each address at which nothing else is now."""
    for old, (new, name) in moves(directory).items():
        yield Unit(address=old, page=page, view=Moved(old=old, new=new, name=name), is_listed=False)


def page(view: Moved, slots: Slots, templates: Environment) -> Page:
    """The way to the new address.

    The page's own address is the new one, so that what it says of itself, and its links to other languages, lead there.
    """
    root = "../" * (view.old.count("/") + 1)
    return Page(
        frame="program" if view.old.count("/") > 2 else "record",
        rest=view.new,
        old_rest=view.old,
        title=slots.gettext("This page has moved"),
        description=slots.gettext("What you look for has a new address."),
        body=templates.get_template("moved.html").render(root=root, address=view.new, title=view.name),
        head=templates.get_template("moved-head.html").render(root=root, address=view.new),
    )


def moves(directory: Directory) -> dict[str, tuple[str, str]]:
    """Old addresses with the new ones and the names there; an address that is in use today leads nowhere else."""
    partners, schools = directory.partners, directory.schools
    living = {f"partners/{slug}/" for slug in partners} | {f"partners/{offer.route}/" for offer in directory.offers}
    living |= {f"schools/{slug}/" for slug in schools}
    found: dict[str, tuple[str, str]] = {}
    everything = (
        *(move for partner in partners.values() for move in partner_moves(partner)),
        *(move for school in schools.values() for move in school_moves(school)),
    )
    for old, new, name in everything:
        if old not in living:
            found.setdefault(old, (new, name))
    return found


def partner_moves(partner: Partner) -> Iterator[Move]:
    """The partner's former addresses, and those of its programs under every name that partner and program had."""
    home = f"partners/{partner.slug}/"
    for slug in partner.former_slugs:
        yield f"partners/{slug}/", home, partner.name
    for program in partner.programs:
        for owner in (partner.slug, *partner.former_slugs):
            for slug in (program.slug, *program.former_slugs):
                yield f"partners/{owner}/{slug}/", f"{home}{program.slug}/", program.name


def school_moves(school: School) -> Iterator[Move]:
    """The school's former addresses, and those of the lists of its programs."""
    for slug in school.former_slugs:
        yield f"schools/{slug}/", f"schools/{school.slug}/", school.name
        yield f"school/{slug}/", f"schools/{school.slug}/", school.name
