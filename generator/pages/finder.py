"""The finder (P2): every listed program on one page, with the facets to filter them by."""

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec
from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.languages import N_
from generator.pages.cards import Deck, Pile
from generator.pages.page import FRAMES, Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit, data_unit
from generator.search.compact import columns, compact
from generator.search.facets import FACETS, Facet, Value, values

WHOLE_LIST = 600
"""Up to this many programs, each one is a card."""
FIRST_CARDS = 100
"""With more programs than that, so many are on the page, and the script reads all of them from a file beside it."""
INDEX = "programs.json"
"""That file, at the site's root: nothing in it is of one language."""
NEAR_MILES = 2
"""How far from a school a program may be to count as near it."""
GROUP_LABELS = {"near": N_("Near my school or area")}
BY_KEY = {facet.key: facet for facet in FACETS}


class Choice(Struct, frozen=True, kw_only=True):
    """A value in the form: `count` programs have it, those not counted that nobody has confirmed for long.

    `is_browsed` tells whether it has a page of its own; `at` is a school's (latitude, longitude) in degrees.
    """

    value: Value
    count: int
    is_browsed: bool
    at: tuple[float, float] | None = None


class Part(Struct, frozen=True, kw_only=True):
    """A facet in the form, by its key, with the values that can be chosen."""

    key: str
    choices: tuple[Choice, ...]

    @property
    def facet(self) -> Facet:
        """The facet itself."""
        return BY_KEY[self.key]


class Finder(Struct, frozen=True, kw_only=True):
    """The form, by group of facets, and the first of `count` programs; `aged` are those shown only when asked for.

    `total` counts both. A site with many programs has the aged ones in the file only. `columns` is JSON: what the
    programs on the page have.
    """

    groups: Mapping[str, tuple[Part, ...]]
    is_mapped: bool
    count: int
    total: int
    cards: Pile
    aged: Pile
    columns: str


def units(directory: Directory, today: date, deck: Deck, whole_list: int = WHOLE_LIST) -> Iterator[Unit]:
    """The one page; with more than `whole_list` programs only the first ones, and a file with all of them."""
    listed = deck.listed
    count = deck.current([offer for offer, _ in listed])
    is_whole = len(listed) <= whole_list
    first = listed[: count if is_whole else min(FIRST_CARDS, whole_list, count)]
    late = listed[count:] if is_whole else ()
    cards, aged = (deck.pile(offer for offer, _ in part) for part in (first, late))
    view = Finder(
        groups=groups(directory, deck),
        is_mapped=directory.is_mapped,
        count=count,
        total=len(listed),
        cards=cards,
        aged=aged,
        columns=msgspec.json.encode(columns((*first, *late))).decode(),
    )
    yield Unit(address="find/", page=page, view=view, speaks=(*cards.speaks, *aged.speaks))
    if not is_whole:
        yield data_unit(INDEX, compact(listed, count))


def page(view: Finder, slots: Slots, templates: Environment) -> Page:
    """The form with the whole list."""
    root = "../" * FRAMES["finder"]
    body = templates.get_template("finder.html").render(
        root=root,
        groups=tuple((key, group_label(key, parts, slots), parts) for key, parts in view.groups.items()),
        count=view.count,
        late=view.total - view.count,
        cards=tuple(view.cards),
        aged=tuple(view.aged),
        columns=view.columns,
        index=f"{root}{INDEX}" if len(view.cards) + len(view.aged) < view.total else "",
        near_miles=NEAR_MILES,
        is_mapped=view.is_mapped,
    )
    return Page(
        frame="finder",
        rest="find/",
        title=slots.gettext("Find programs"),
        description=slots.gettext("Find programs by grade, need, cost, school, day and language."),
        head=templates.get_template("finder-head.html").render(root=root),
        body=body,
        section="find",
    )


def group_label(key: str, parts: tuple[Part, ...], slots: Slots) -> str:
    """What a group of facets is called: as its only facet, else by a name of its own."""
    return slots.gettext(GROUP_LABELS.get(key, parts[0].facet.label))


def groups(directory: Directory, deck: Deck) -> Mapping[str, tuple[Part, ...]]:
    """The form by group, in the order shown; facets of one group are together."""
    found: dict[str, tuple[Part, ...]] = {}
    for facet in FACETS:
        if choices := tuple(choices_of(facet, directory, deck)):
            key = facet.group or facet.key
            found[key] = (*found.get(key, ()), Part(key=facet.key, choices=choices))
    return found


def choices_of(facet: Facet, directory: Directory, deck: Deck) -> Iterator[Choice]:
    """The values that some program has; of the schools every one, for something may be near it."""
    found = deck.sets[facet.key]
    if not found:
        return
    for value in values(facet, directory):
        school = directory.schools.get(value.slug) if facet.key == "school" else None
        is_browsed = value.slug in found
        count = deck.current(found.get(value.slug, ()))
        if school and school.latitude is not None and school.longitude is not None:
            yield Choice(value=value, count=count, is_browsed=is_browsed, at=(school.latitude, school.longitude))
        elif is_browsed:
            yield Choice(value=value, count=count, is_browsed=True)
