"""The forms with which anybody can propose a partner, a program or a change, or report a mistake, and their files."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from types import MappingProxyType

import msgspec
from jinja2 import Environment
from msgspec import Struct

from generator.directory import Directory
from generator.forms.questions import PROMISES, Question
from generator.forms.site import MISTAKE_FORM, PARTNER_FORM, PROGRAM_FORM, SITE_FORMS, SiteForm, ways
from generator.forms.table import address_of, table
from generator.forms.words import explanation, words_of
from generator.languages import N_, Words
from generator.model import District, Partner, Program
from generator.pages.cards import Deck
from generator.pages.page import FRAMES, Page
from generator.pages.records import Link, link
from generator.pages.slots import Slots
from generator.pages.unit import Unit, data_unit
from generator.records.folders import SOFTWARE
from generator.schema.shapes import load_shapes

RECORDS = "records"
"""Where the files lie from which a form fills in what a record says already; they are in no language."""
TITLES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "partner": (N_("Propose a new partner"), N_("An organization that helps students and families here.")),
        "program": (N_("Propose a new program"), N_("Something that families can join, run by a partner.")),
        "mistake": (N_("Report a mistake"), N_("Something is wrong on a page, or a link leads nowhere.")),
    }
)
SAID: Mapping[str, str] = MappingProxyType(
    {
        "change": N_("Suggest a change: %(name)s"),
        "at": N_("Propose a new program of %(name)s"),
        "unknown": N_("The directory has no such record: %(name)s. You can fill in the form all the same."),
        "broken": N_("The form cannot be checked right now. Please write to us or call us."),
        "draft": N_("What you wrote before is here again. It is kept in this browser only."),
        "kept": N_("Your draft is kept in this browser until you delete it."),
        "full": N_("This browser cannot keep a draft. Send the form before you close the page."),
        "forgotten": N_("The draft is deleted."),
        "sure": N_("Delete everything that you have written in this form?"),
        "thanks": N_("Thank you. The draft is deleted."),
        "nothing": N_("You have not changed anything yet."),
        "promise": N_("Please tick this to go on"),
        "faults": N_("Please look at this first"),
        "look": N_("Please look at this once more: %(value)s"),
        "email": N_("Send it by e-mail"),
        "attach": N_("Download the file first, and attach it to the e-mail."),
        "attached": N_("The proposal is in the attached file: %(name)s"),
        "download": N_("Download the file %(name)s"),
        "file": N_("Open it on the site where the records are kept (public, needs an account)"),
        "issue": N_("Open a public issue (needs an account)"),
        "issue-one": N_("Open a public issue for this one change (needs an account): %(name)s"),
        "print": N_("Print"),
        "none": N_("nothing"),
        "row": N_("%(name)s, number %(count)s"),
    }
)
"""What the script says, by the names that it has for it."""
ASKED_OF_PARTNERS = tuple(dict.fromkeys(q.names[0] for q in PARTNER_FORM.questions))
ASKED_OF_PROGRAMS = ("slug", *dict.fromkeys(q.names[0] for q in PROGRAM_FORM.questions))


class Asking(Struct, frozen=True, kw_only=True):
    """What a form offers beside terms: the schools of the district."""

    schools: tuple[Link, ...]


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """The page that leads to the forms, the forms, their files, and what they have to know of each partner."""
    view = Asking(schools=tuple(map(link, directory.schools.values())))
    yield Unit(address="suggest/", page=overview, view=())
    yield Unit(address="suggest/partner/", page=partner_page, view=view)
    yield Unit(address="suggest/program/", page=program_page, view=view)
    yield Unit(address="suggest/mistake/", page=mistake_page, view=())
    for form in SITE_FORMS:
        yield data_unit(address_of(form), table(form, SOFTWARE / "schema"))
    for partner in directory.partners.values():
        yield data_unit(f"{RECORDS}/{partner.slug}.json", record_file(partner))


def record_file(partner: Partner) -> bytes:
    """What the forms ask about, as the partner's record says it; fields without a value may be empty."""
    known = {name: getattr(partner, name) for name in ASKED_OF_PARTNERS}
    return ENCODER.encode({**known, "programs": [asked_of(program) for program in partner.programs]})


def asked_of(program: Program) -> dict[str, object]:
    """A program's part of that."""
    return {name: getattr(program, name) for name in ASKED_OF_PROGRAMS}


ENCODER = msgspec.json.Encoder()


def overview(view: tuple[()], slots: Slots, templates: Environment) -> Page:
    """The page that leads to the forms."""
    district = district_of(templates)
    title = slots.gettext("Suggest a change")
    return Page(
        frame="list",
        rest="suggest/",
        title=title,
        description=slots.gettext("Propose a partner or a program, or tell us what is wrong."),
        body=templates.get_template("suggest.html").render(
            root="../" * FRAMES["list"],
            ways=[(form.name, *map(slots.gettext, TITLES[form.name])) for form in SITE_FORMS],
            contact_words=contact_words(slots, district),
        ),
        section="get-involved",
    )


def partner_page(view: Asking, slots: Slots, templates: Environment) -> Page:
    """The form for a partner."""
    return form_page(PARTNER_FORM, view.schools, slots, templates)


def program_page(view: Asking, slots: Slots, templates: Environment) -> Page:
    """The form for a program."""
    return form_page(PROGRAM_FORM, view.schools, slots, templates)


def mistake_page(view: tuple[()], slots: Slots, templates: Environment) -> Page:
    """The form for whatever is wrong."""
    return form_page(MISTAKE_FORM, (), slots, templates)


def form_page(form: SiteForm, schools: tuple[Link, ...], slots: Slots, templates: Environment) -> Page:
    """A form of the site in every language."""
    district = district_of(templates)
    title, lead = map(slots.gettext, TITLES[form.name])
    root = "../" * FRAMES["form"]
    body = templates.get_template("suggest-form.html").render(
        root=root,
        form=form,
        title=title,
        lead=lead,
        schools=schools,
        address=next((contact.email for contact in district.contacts if contact.email), ""),
        contact_words=contact_words(slots, district),
        promises=PROMISES,
        hint_of=partial(hint_of, slots, form),
        options=partial(options, slots, form),
        said=words(slots, form),
    )
    return Page(
        frame="form",
        rest=f"suggest/{form.name}/",
        title=title,
        description=lead,
        head=templates.get_template("suggest-head.html").render(root=root),
        body=body,
        section="get-involved",
    )


def district_of(templates: Environment) -> District:
    """The district whose site it is."""
    district = templates.globals["district"]
    if not isinstance(district, District):
        raise TypeError("the templates know no district")
    return district


def contact_words(slots: Slots, district: District) -> dict[str, Words]:
    """What the district's contacts are for, by their path."""
    paths = ((f"contacts/{number}/role", contact.role) for number, contact in enumerate(district.contacts))
    return {path: slots.words("district/district", path, role, is_critical=True) for path, role in paths}


def hint_of(slots: Slots, form: SiteForm, question: Question) -> str:
    """What stands below a question."""
    words = explanation(form, question, SOFTWARE / "schema")
    return slots.gettext(words) if words else ""


def options(slots: Slots, form: SiteForm, question: Question) -> tuple[tuple[str, str], ...]:
    """The terms that a question offers, as (id, label)."""
    field = load_shapes(SOFTWARE / "schema")[form.record].at(*ways(form)[question])
    vocabulary = slots.vocabularies[field.vocabulary]
    return tuple((term.id, slots.term(field.vocabulary, term.id)) for term in vocabulary.current)


def words(slots: Slots, form: SiteForm) -> dict[str, str]:
    """Everything that the scripts say on a form, by name: hints have names of their own."""
    objections = words_of(form)
    said = {name: objection.message for name, objection in objections.items()}
    said |= {f"{name}-hint": objection.hint for name, objection in objections.items()}
    return {name: slots.gettext(message) for name, message in (said | dict(SAID)).items() if message}
