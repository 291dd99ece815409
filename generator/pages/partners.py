"""Pages of partners and their programs, and the list of all partners."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from jinja2 import Environment

from generator.directory import Directory, Offer, schools_of, upcoming
from generator.languages import Locale, Words
from generator.model import Alignment, Partner
from generator.pages.facts import email_of, phone_of, spots, week, who
from generator.pages.goals import priority_names
from generator.pages.head import head
from generator.pages.page import Page
from generator.pages.texts import spoken
from generator.text import sort_key
from generator.texts import partner_texts, program_texts

OTHER_LETTER = "#"
MANY = 40
"""From this many partners on, they stand under their first letters."""
REQUIREMENTS = ("principal_approval", "background_checks", "insurance", "data_agreement", "annual_report")


def pages(directory: Directory, locale: Locale, templates: Environment, today: date) -> Iterator[Page]:
    """The list, then each partner with its programs."""
    yield list_page(directory, locale, templates)
    for partner in directory.partners.values():
        yield partner_page(partner, directory, locale, templates, today)
        for program in partner.programs:
            yield program_page(Offer(partner=partner, program=program), directory, locale, templates)


def list_page(directory: Directory, locale: Locale, templates: Environment) -> Page:
    """Every partner by name, those whose partnership has ended after the others."""
    partners = directory.current_partners
    body = templates.get_template("partners.html").render(
        root="../../",
        partners=partners,
        letters=by_letter(partners) if len(partners) >= MANY else (),
        former=directory.former_partners,
    )
    return Page(
        language=locale.language,
        frame="list",
        rest="partners/",
        title=locale.gettext("All partners"),
        description=locale.gettext("Everyone who works with our schools, from A to Z."),
        body=body,
    )


def by_letter(partners: Iterable[Partner]) -> tuple[tuple[str, tuple[Partner, ...]], ...]:
    """Partners under their first letters; names that start with no Latin letter come together, first."""

    def letter(partner: Partner) -> str:
        first = sort_key(partner.name)[:1].upper()
        return first if "A" <= first <= "Z" else OTHER_LETTER

    ordered = sorted(partners, key=lambda partner: (letter(partner), sort_key(partner.name), partner.slug))
    return tuple((first, tuple(group)) for first, group in groupby(ordered, key=letter))


def partner_page(partner: Partner, directory: Directory, locale: Locale, templates: Environment, today: date) -> Page:
    """One partner: its programs, schools, stories, claims and contacts."""
    own = partner.partnership
    initiatives = () if own.is_over else own.initiatives
    openings = () if own.is_over else partner.volunteer
    words = spoken(locale, f"partners/{partner.slug}", partner_texts(partner))
    regions = {region.slug: locale.region(region) for region in directory.district.regions}
    body = templates.get_template("partner.html").render(
        root="../../../",
        partner=partner,
        words=words,
        offers=tuple(Offer(partner=partner, program=program) for program in partner.programs),
        number=next((contact.phone for contact in partner.contacts if contact.phone), ""),
        address=next((contact.email for contact in partner.contacts if contact.email), ""),
        regions=tuple(regions[slug] for slug in partner.regions if slug in regions),
        schools=tuple(directory.schools[slug] for slug in schools_of(partner) if slug in directory.schools),
        initiatives=tuple(directory.initiatives[slug] for slug in initiatives if slug in directory.initiatives),
        stories=directory.stories_about(partner.slug),
        events=upcoming(directory.events_with(partner.slug), today),
        openings=tuple((n, o) for n, o in enumerate(openings) if o.until is None or o.until >= today),
        claims=claims(partner, directory, locale),
        needed=needed(partner, locale),
    )
    return Page(
        language=locale.language,
        frame="record",
        rest=f"partners/{partner.slug}/",
        title=partner.name,
        description=words["summary"].text,
        body=body,
        head=head(templates, partner, locale),
    )


def claims(partner: Partner, directory: Directory, locale: Locale) -> tuple[tuple[int, Alignment, Words], ...]:
    """What the partner says about the district's goals, as (place in the record, claim, name of goal or action)."""
    if directory.priorities is None:
        return ()
    names = priority_names(directory.priorities, locale)
    claimed = enumerate(partner.partnership.alignment)
    return tuple((n, claim, names[claim.priority]) for n, claim in claimed if claim.priority in names)


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


def program_page(offer: Offer, directory: Directory, locale: Locale, templates: Environment) -> Page:
    """One program: how to join, and everything a family needs to know before."""
    partner, program = offer.partner, offer.program
    record = f"partners/{partner.slug}"
    contacts = spoken(locale, record, (t for t in partner_texts(partner) if t.path.startswith("contacts/")))
    words = {**spoken(locale, record, program_texts(program)), **({} if program.contacts else contacts)}
    schools = directory.schools
    spoken_there = locale.terms("languages", program.languages)
    interpreter = (locale.term("interpretation", program.interpretation),) if program.interpretation else ()
    days = week(locale, program)
    body = templates.get_template("program.html").render(
        root="../../../../",
        offer=offer,
        words=words,
        number=phone_of(offer),
        address=email_of(offer),
        has_button=any(step.phone or step.email or step.url for step in program.join),
        who=who(locale, program),
        when=tuple(dict.fromkeys(filter(None, (days, *locale.terms("seasons", program.when.seasons))))),
        spots=spots(locale, program.where),
        languages=tuple(filter(None, (locale.listed(spoken_there), *interpreter))),
        schools=tuple(schools[slug] for slug in program.where.schools if slug in schools),
        bus_schools=tuple(schools[slug].name for slug in program.getting_there.bus_from if slug in schools),
        stories=directory.stories_about(partner.slug),
    )
    return Page(
        language=locale.language,
        frame="program",
        rest=f"partners/{offer.route}/",
        title=program.name,
        description=words[f"programs/{program.slug}/summary"].text,
        body=body,
        head=head(templates, offer, locale),
        section="find",
    )
