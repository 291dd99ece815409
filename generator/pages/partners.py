"""Pages of partners and their programs, and the list of all partners."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Struct

from generator.directory import Directory, Offer, schools_of, upcoming
from generator.freshness import needs_look
from generator.languages import Locale
from generator.model import Event, Partner, Region, School, Story
from generator.pages import calendars, linked, saying
from generator.pages.cards import Deck, Pile, Whole
from generator.pages.data import district_of
from generator.pages.facts import email_of, phone_of, place_names
from generator.pages.goals import PRIORITIES, priority_names
from generator.pages.nominate import takes_nominations
from generator.pages.page import Page
from generator.pages.records import (
    TOO_MANY,
    Link,
    PartnerRow,
    event_record,
    link,
    partner_record,
    partner_rows,
    spoken_by,
    story_record,
)
from generator.pages.slots import Slots
from generator.pages.texts import spoken
from generator.pages.unit import Unit
from generator.pages.volunteering import open_still
from generator.search.keywords import other_names
from generator.text import sort_key
from generator.words.texts import partner_texts, program_texts

OTHER_LETTER = "#"
MANY = 40
"""From this many partners on, they stand under their first letters."""
STORIES = 3
"""So many stories about its partner the page of a program shows."""
REQUIREMENTS = ("principal_approval", "background_checks", "insurance", "data_agreement", "annual_report")

Letters = tuple[tuple[str, tuple[PartnerRow, ...]], ...]


class Partners(Struct, frozen=True, kw_only=True):
    """Partners of today by name, under their letters when there are many, and those of former times."""

    partners: tuple[PartnerRow, ...]
    former: tuple[PartnerRow, ...]


class PartnerView(Struct, frozen=True, kw_only=True):
    """A partner with all that its page shows.

    `openings` are the places of its volunteer openings that have not passed; `goals` the place of each claim in the
    record with the address and the English of the name of what it is for. `is_past` tells that a school year has begun
    since somebody confirmed the record, `is_thanked` that the form for nominations is open.
    """

    partner: Whole
    is_past: bool
    is_thanked: bool
    programs: Pile
    regions: tuple[Region, ...]
    schools: tuple[Link, ...]
    initiatives: tuple[Link, ...]
    stories: tuple[Story, ...]
    events: tuple[Event, ...]
    openings: tuple[int, ...]
    goals: tuple[tuple[int, str, str], ...]


class ProgramView(Struct, frozen=True, kw_only=True):
    """A program, by its place in the partner's record, with all that its page shows; `names` are for text search, and
    `has_days` tells whether there is a calendar file. `stories` are the newest of all that were `told` of the partner.
    """

    partner: Whole
    is_past: bool
    number: int
    schools: tuple[School, ...]
    spots: tuple[str, ...]
    bus_schools: tuple[str, ...]
    stories: tuple[Story, ...]
    told: int
    names: tuple[str, ...]
    has_days: bool


def units(directory: Directory, today: date, deck: Deck, too_many: int = TOO_MANY) -> Iterator[Unit]:
    """The list, then each partner with its programs."""
    yield list_unit(directory, too_many)
    for partner in directory.partners.values():
        whole = Whole(partner)
        is_past = needs_look(partner, directory.district.school_years, today)
        yield partner_unit(whole, is_past, directory, today, deck)
        for number, offer in enumerate(directory.offers_of(partner.slug)):
            days = calendars.days_of(offer, directory, today)
            yield program_unit(offer, number, whole, is_past, directory, has_days=bool(days))
            if days:
                yield calendars.program_unit(days)


def list_unit(directory: Directory, too_many: int) -> Unit:
    """The list of all partners."""
    current = partner_rows(directory.current_partners, too_many)
    former = partner_rows(directory.former_partners, too_many)
    view = Partners(partners=current, former=former)
    return Unit(address="partners/", page=list_page, view=view, speaks=spoken_by((*current, *former)))


def list_page(view: Partners, slots: Slots, templates: Environment) -> Page:
    """Every partner by name, those whose partnership has ended after the others."""
    body = templates.get_template("partners.html").render(
        root="../../",
        partners=view.partners,
        letters=by_letter(view.partners) if len(view.partners) >= MANY else (),
        former=view.former,
    )
    return Page(
        frame="list",
        rest="partners/",
        title=slots.gettext("All partners"),
        description=slots.gettext("Everyone who works with our schools, from A to Z."),
        body=body,
    )


def by_letter(partners: Iterable[PartnerRow]) -> Letters:
    """Partners under their first letters; names that start with no Latin letter come together, first."""

    def letter(partner: PartnerRow) -> str:
        first = sort_key(partner.name)[:1].upper()
        return first if "A" <= first <= "Z" else OTHER_LETTER

    ordered = sorted(partners, key=lambda partner: (letter(partner), sort_key(partner.name), partner.slug))
    return tuple((first, tuple(group)) for first, group in groupby(ordered, key=letter))


def partner_unit(whole: Whole, is_past: bool, directory: Directory, today: date, deck: Deck) -> Unit:
    """The page of a partner."""
    partner = whole.record
    own = partner.partnership
    initiatives = () if own.is_over else own.initiatives
    regions = {region.slug: region for region in directory.district.regions}
    view = PartnerView(
        partner=whole,
        is_past=is_past,
        is_thanked=takes_nominations(directory, today),
        programs=deck.pile(directory.offers_of(partner.slug)),
        regions=tuple(regions[slug] for slug in partner.regions if slug in regions),
        schools=tuple(link(directory.schools[slug]) for slug in schools_of(partner) if slug in directory.schools),
        initiatives=tuple(link(directory.initiatives[s]) for s in initiatives if s in directory.initiatives),
        stories=directory.stories_about(partner.slug),
        events=upcoming(directory.events_with(partner.slug), today),
        openings=open_still(partner, today),
        goals=goals(partner, directory),
    )
    speaks = (
        partner_record(partner),
        *((PRIORITIES,) if view.goals else ()),
        *map(story_record, view.stories),
        *map(event_record, view.events),
    )
    return Unit(address=f"partners/{partner.slug}/", page=partner_page, view=view, speaks=speaks)


def goals(partner: Partner, directory: Directory) -> tuple[tuple[int, str, str], ...]:
    """For each claim about the district's goals: its place in the record, and where the name of the goal or action is
    kept, and that name in English."""
    if directory.priorities is None or not partner.partnership.alignment:
        return ()
    names = priority_names(directory.priorities)
    claimed = enumerate(partner.partnership.alignment)
    return tuple((n, *names[claim.priority]) for n, claim in claimed if claim.priority in names)


def partner_page(view: PartnerView, slots: Slots, templates: Environment) -> Page:
    """One partner: its programs, schools, stories, claims and contacts."""
    partner = view.partner.record
    alignment = partner.partnership.alignment
    words = spoken(slots, partner_record(partner), partner_texts(partner))
    body = templates.get_template("partner.html").render(
        root="../../../",
        partner=partner,
        is_past=view.is_past,
        is_thanked=view.is_thanked,
        words=words,
        cards=view.programs,
        number=next((contact.phone for contact in partner.contacts if contact.phone), ""),
        address=next((contact.email for contact in partner.contacts if contact.email), ""),
        regions=tuple(map(slots.region, view.regions)),
        schools=view.schools,
        initiatives=view.initiatives,
        stories=view.stories,
        events=view.events,
        openings=tuple((n, partner.volunteer[n]) for n in view.openings),
        claims=tuple((n, alignment[n], slots.words(PRIORITIES, path, name)) for n, path, name in view.goals),
        needed=needed(partner, slots),
    )
    about = linked.organization(partner, words, slots, district_of(templates))
    data = linked.block(about, f"partners/{partner.slug}/", slots, templates)
    return Page(
        frame="record",
        rest=f"partners/{partner.slug}/",
        title=partner.name,
        description=words["summary"].text,
        body=body,
        head=data,
    )


def needed(partner: Partner, locale: Locale) -> tuple[tuple[str, object], ...]:
    """The policy's checklist as far as somebody has filled it in, with what each line asks."""
    labels = (
        locale.gettext("The principal agrees"),
        locale.gettext("Background checks"),
        locale.gettext("Insurance"),
        locale.gettext("Agreement on student data"),
        locale.gettext("Yearly report"),
    )
    states = (getattr(partner.partnership.requirements, key) for key in REQUIREMENTS)
    return tuple((label, state) for label, state in zip(labels, states, strict=True) if state is not None)


def program_unit(
    offer: Offer, number: int, whole: Whole, is_past: bool, directory: Directory, *, has_days: bool
) -> Unit:
    """The page of a program, which has a place in its partner's record."""
    partner = offer.partner
    where, schools = offer.program.where, directory.schools
    stories = directory.stories_about(partner.slug)
    view = ProgramView(
        partner=whole,
        is_past=is_past,
        number=number,
        schools=tuple(schools[slug] for slug in where.schools if slug in schools),
        spots=place_names(where, schools),
        bus_schools=tuple(schools[slug].name for slug in offer.program.getting_there.bus_from if slug in schools),
        stories=stories[:STORIES],
        told=len(stories),
        names=other_names(offer, directory),
        has_days=has_days,
    )
    speaks = (partner_record(partner), *map(story_record, view.stories))
    return Unit(address=f"partners/{offer.route}/", page=program_page, view=view, speaks=speaks)


def program_page(view: ProgramView, slots: Slots, templates: Environment) -> Page:
    """One program: how to join, and everything a family needs to know before."""
    partner = view.partner.record
    program = partner.programs[view.number]
    offer = Offer(partner=partner, program=program)
    record = partner_record(partner)
    contacts = spoken(slots, record, (t for t in partner_texts(partner) if t.path.startswith("contacts/")))
    words = {**spoken(slots, record, program_texts(program)), **({} if program.contacts else contacts)}
    body = templates.get_template("program.html").render(
        root="../../../../",
        offer=offer,
        is_past=view.is_past,
        words=words,
        number=phone_of(offer),
        address=email_of(offer),
        has_button=any(step.phone or step.sms or step.email or step.url for step in program.join),
        spots=(*view.spots, *((slots.gettext("Online"),) if program.where.online else ())),
        schools=view.schools,
        bus_schools=view.bus_schools,
        stories=view.stories,
        told=view.told,
        calendar=calendars.path_of_program(offer.route) if view.has_days else "",
    )
    about = linked.service(offer, words, view.schools, slots, district_of(templates))
    data = "" if partner.partnership.is_over else linked.block(about, f"partners/{offer.route}/", slots, templates)
    return Page(
        frame="program",
        rest=f"partners/{offer.route}/",
        title=program.name,
        description=words[f"programs/{program.slug}/summary"].text,
        body=body,
        head=Markup("").join((slots.slot(saying.search_words, offer, view.names), data)),
        section="find",
    )
