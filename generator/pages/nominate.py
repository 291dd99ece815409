"""The page on which anybody can thank a partner: what happens with the data, the form, and the ways to send it."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from types import MappingProxyType

import msgspec
from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.forms.nomination import NOMINATION_FORM, PROMISES, RELATIONS
from generator.forms.table import FOLDER, address_of, table
from generator.languages import N_
from generator.model import SealingKey
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.pages.records import Link, link
from generator.pages.slots import Slots
from generator.pages.suggest import contact_words, district_of, hint_of, words
from generator.pages.unit import Unit, data_unit
from generator.records.folders import SOFTWARE
from generator.text import slugify, sort_key

ADDRESS = "recognition/nominate/"
PARTNERS = f"{FOLDER}/partners.json"
"""The names of the partners where they are too many for the page, by their addresses; they are in no language."""
LISTED = 100
"""So many partners stand in the page itself."""
SAID = MappingProxyType(
    {
        "attached": N_("The nomination is in the attached file: %(name)s"),
        "plain": N_("This file is not sealed, for this district takes no sealed files. Whoever has it can read it."),
    }
)
"""What the script says in other words than on the forms for records."""
SEALED = MappingProxyType(
    {
        "seal": N_("Save a sealed file"),
        "sealed": N_("Only the staff can open the file. Attach it to an e-mail, or bring it to us."),
        "saved": N_("Your browser has saved the file %(name)s. Nobody has it yet."),
        "unsealed": N_("The file could not be sealed. Please try again, or write to us or call us."),
        "seal-mail": N_("Write an e-mail, and attach the file"),
        "readable": N_("This e-mail is not sealed. Whoever can read the e-mail can read what you wrote."),
        "plain": N_("This file is not sealed, for this page was not opened with https. Whoever has it can read it."),
    }
)
"""What it says besides where the district has a key."""


class Nominating(Struct, frozen=True, kw_only=True):
    """How a district takes nominations on a day.

    `closes` is the last day of the window that is open, `opens` the first day of the next one, or None. `partners` are
    those to choose from, None where a file has them.
    """

    is_told: bool
    is_open: bool
    opens: date | None
    closes: date | None
    email: str
    key: SealingKey | None
    keep_months: int
    keep_published_months: int
    schools: tuple[Link, ...]
    partners: tuple[Link, ...] | None


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
    partners = tuple(map(link, sorted(directory.partners.values(), key=lambda partner: sort_key(partner.name))))
    view = Nominating(
        is_told=is_told(directory),
        is_open=takes_nominations(directory, today),
        opens=min((each.opens for each in rules.windows if each.opens > today), default=None),
        closes=window.closes if window else None,
        email=rules.email,
        key=rules.key,
        keep_months=rules.keep_months,
        keep_published_months=rules.keep_published_months,
        schools=tuple(map(link, directory.schools.values())),
        partners=partners if len(partners) <= LISTED else None,
    )
    yield Unit(address=ADDRESS, page=page, view=view, is_listed=view.is_told)
    if view.is_open:
        yield data_unit(address_of(NOMINATION_FORM), table(NOMINATION_FORM, SOFTWARE / "schema"))
        if view.partners is None:
            yield data_unit(PARTNERS, msgspec.json.encode({each.slug: each.name for each in partners}))


def page(view: Nominating, slots: Slots, templates: Environment) -> Page:
    """The form while nominations are open, else when they are; and whom to ask."""
    root = "../" * FRAMES["form"]
    title = slots.gettext("Thank a partner")
    lead = slots.gettext("Tell us what a partner did for students and families.")
    said = {**SAID, **(SEALED if view.key else {})}
    body = templates.get_template("nominate.html").render(
        root=root,
        view=view,
        form=NOMINATION_FORM,
        title=title,
        lead=lead,
        contact_words=contact_words(slots, district_of(templates)),
        promises=PROMISES,
        hint_of=partial(hint_of, slots, NOMINATION_FORM),
        options=lambda question: [(each, slots.gettext(words)) for each, words in RELATIONS],
        partners_file=PARTNERS,
        slugify=slugify,
        said=words(slots, NOMINATION_FORM) | {name: slots.gettext(message) for name, message in said.items()},
    )
    head = templates.get_template("suggest-head.html").render(root=root) if view.is_open else ""
    return Page(frame="form", rest=ADDRESS, title=title, description=lead, head=head, body=body, section="recognition")
