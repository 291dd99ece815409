"""The page on which anybody can thank a partner: what happens with the data, the form, and the ways to send it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from types import MappingProxyType

from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.folders import SOFTWARE
from generator.forms.nomination import NOMINATION_FORM, PROMISES
from generator.forms.table import address_of, table
from generator.languages import N_
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.pages.records import Link, link
from generator.pages.slots import Slots
from generator.pages.suggest import contact_words, district_of, hint_of, words
from generator.pages.unit import Unit, data_unit

ADDRESS = "recognition/nominate/"
SAID = MappingProxyType(
    {
        "attached": N_("The nomination is in the attached file: %(name)s"),
    }
)
"""What the script says in other words than on the forms for records."""


class Nominating(Struct, frozen=True, kw_only=True):
    """How a district takes nominations on a day.

    `closes` is the last day of the window that is open, `opens` the first day of the next one, or None.
    """

    is_told: bool
    is_open: bool
    opens: date | None
    closes: date | None
    email: str
    keep_months: int
    keep_published_months: int
    schools: tuple[Link, ...]


def is_told(directory: Directory) -> bool:
    """Whether the district has said where nominations go, in its rules for them or beside these."""
    return directory.recognition is not None and bool(directory.recognition.email or directory.district.nominate)


def takes_nominations(directory: Directory, today: date) -> bool:
    """Whether the form is open on a day; where no window is said, it always is."""
    rules = directory.recognition
    return rules is not None and is_told(directory) and (not rules.windows or rules.window_on(today) is not None)


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The page, and the file from which it is checked, where the district has rules for nominations."""
    rules = directory.recognition
    if rules is None:
        return
    window = rules.window_on(today)
    view = Nominating(
        is_told=is_told(directory),
        is_open=takes_nominations(directory, today),
        opens=min((each.opens for each in rules.windows if each.opens > today), default=None),
        closes=window.closes if window else None,
        email=rules.email,
        keep_months=rules.keep_months,
        keep_published_months=rules.keep_published_months,
        schools=tuple(map(link, directory.schools.values())),
    )
    yield Unit(address=ADDRESS, page=page, view=view, is_listed=view.is_told)
    if view.is_open:
        yield data_unit(address_of(NOMINATION_FORM), table(NOMINATION_FORM, SOFTWARE / "schema"))


def page(view: Nominating, slots: Slots, templates: Environment) -> Page:
    """The form while nominations are open, else when they are; and whom to ask."""
    root = "../" * FRAMES["form"]
    title = slots.gettext("Thank a partner")
    lead = slots.gettext("Tell us what a partner did for students and families.")
    body = templates.get_template("nominate.html").render(
        root=root,
        view=view,
        form=NOMINATION_FORM,
        title=title,
        lead=lead,
        contact_words=contact_words(slots, district_of(templates)),
        promises=PROMISES,
        hint_of=partial(hint_of, slots, NOMINATION_FORM),
        said=words(slots) | {name: slots.gettext(message) for name, message in SAID.items()},
    )
    head = templates.get_template("suggest-head.html").render(root=root) if view.is_open else ""
    return Page(frame="form", rest=ADDRESS, title=title, description=lead, head=head, body=body, section="recognition")
