"""The page of the site's languages: how many texts are translated into each, by whom, and how to help."""

from collections.abc import Iterator, Sequence

from jinja2 import Environment
from msgspec import Struct

from generator.coverage import Counts, Row
from generator.languages import N_
from generator.pages.page import Page
from generator.pages.slots import Slots
from generator.pages.unit import Unit
from generator.vocabulary import Term
from generator.words.translations import STORES

HEADINGS = {
    "interface": N_("Words of the site itself"),
    "records": N_("Partners, programs, schools and stories"),
    "pages": N_("Pages about this site"),
}
LABELS = (
    N_("by a person"),
    N_("checked by a native reader"),
    N_("by a computer, not checked"),
    N_("older than the English"),
    N_("missing"),
)
"""What each state is called, in the order of the counts."""


class Languages(Struct, frozen=True, kw_only=True):
    """What the page shows; `names` are the languages' terms by code, `help` the page or the address to write to."""

    rows: tuple[Row, ...]
    names: dict[str, Term]
    help: str = ""


def units(view: Languages) -> Iterator[Unit]:
    """The one page; none on a site in English alone."""
    if view.rows:
        yield Unit(address="languages/", page=page, view=view)


def page(view: Languages, slots: Slots, templates: Environment) -> Page:
    """A table for each store of translation."""
    return Page(
        frame="list",
        rest="languages/",
        title=slots.gettext("Languages of this site"),
        description=slots.gettext("How much of this site is translated into each language, and by whom."),
        body=templates.get_template("languages.html").render(
            root="../../",
            tables=tuple(table(view.rows, number) for number in range(len(STORES))),
            names=view.names,
            labels=LABELS,
            help=view.help,
        ),
        section="about",
    )


def table(rows: Sequence[Row], store: int) -> tuple[str, str, tuple[tuple[str, Counts], ...]]:
    """The name of a store, its heading, and the counts of each language; no rows where it has no texts."""
    found = tuple((row.language, row.stores[store]) for row in rows)
    return STORES[store], HEADINGS[STORES[store]], found if any(map(sum, (counts for _, counts in found))) else ()
