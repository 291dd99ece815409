"""What a page tells search engines of its record: JSON-LD in the terms of schema.org."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup

from generator.directory import Offer
from generator.languages import Words
from generator.model import Ages, Contact, Cost, District, Event, Grades, Partner, Place, School, Session, Story
from generator.pages.data import address, code_in_data, district_of, harmless, name_of, site_of, spoken_as
from generator.pages.records import PartnerRow
from generator.pages.slots import Slots

Data = Mapping[str, Any]
"""One thing: a type, and what is known of it; what is empty is not said."""

CONTEXT = "https://schema.org"
CURRENCY = "USD"
ORGANIZATIONS = {
    "college-university": "CollegeOrUniversity",
    "education-organization": "EducationalOrganization",
    "health-provider": "MedicalOrganization",
    "public-agency": "GovernmentOrganization",
}
"""Kinds of partners that schema.org has a type for; all others are of its general one."""
SCHOOLS = {
    "preschool": "Preschool",
    "elementary": "ElementarySchool",
    "middle": "MiddleSchool",
    "high": "HighSchool",
}
"""The same for levels of schools."""
DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


def block(data: Data, rest: str, slots: Slots, templates: Environment) -> Markup:
    """The element with the data of what a page below the language, at `rest`, is about."""
    site = site_of(district_of(templates))
    about = {
        "@context": CONTEXT,
        **data,
        "@id": name_of(site, rest),
        "mainEntityOfPage": filled(
            "WebPage", {"@id": address(site, rest, slots), "inLanguage": code_in_data(slots.language)}
        ),
    }
    text = harmless({key: value for key, value in about.items() if value})
    return Markup(templates.get_template("linked.html").render(data=Markup(text)))


def organization(partner: Partner, words: Mapping[str, Words], slots: Slots, district: District) -> Data:
    """A partner; `words` are its texts by their paths. Nobody is named who only answers the phone."""
    site = site_of(district)
    return filled(
        type_of(partner),
        {
            "name": partner.name,
            "alternateName": partner.also_known_as,
            "description": spoken_as(words["summary"], slots),
            "url": partner.website,
            "logo": f"{site}media/partners/logos/{partner.logo}" if site and partner.logo else "",
            "foundingDate": str(partner.founded) if partner.founded else "",
            "sameAs": partner.social,
            "knowsLanguage": partner.languages,
            "areaServed": area(district) if partner.partnership.district_wide else None,
            "contactPoint": tuple(contact_points(partner.contacts, words, slots)),
        },
    )


def service(
    offer: Offer, words: Mapping[str, Words], schools: Iterable[School], slots: Slots, district: District
) -> Data:
    """A program; `schools` are those at which it is, `words` its texts by their paths."""
    program, partner = offer.program, offer.partner
    where = (*map(site_of_school, schools), *map(place, program.where.places))
    return filled(
        "Service",
        {
            "name": program.name,
            "description": spoken_as(words[f"programs/{program.slug}/summary"], slots),
            "serviceType": tuple(spoken_as(slots.term("focus-areas", area), slots) for area in program.focus),
            "provider": provider(partner, district),
            "areaServed": area(district),
            "audience": audience(program.grades, program.ages, program.audience, slots),
            "availableLanguage": program.languages,
            "offers": price(program.cost, slots),
            "hoursAvailable": tuple(hours(session) for session in program.when.sessions if session.days),
            "availableChannel": filled("ServiceChannel", {"serviceLocation": where}) if where else None,
        },
    )


def event(
    event: Event, words: Mapping[str, Words], partners: Iterable[PartnerRow], slots: Slots, district: District
) -> Data:
    """A meeting or workshop; `partners` take part in it, `words` are its texts by their paths."""
    online = filled("VirtualLocation", {"url": event.online}) if event.online else None
    here = place(event.place) if event.place else None
    mode = "Mixed" if here and online else "Online" if online else "Offline"
    return filled(
        "Event",
        {
            "name": spoken_as(words["title"], slots),
            "description": spoken_as(words["summary"], slots),
            "startDate": moment(event.starts, district),
            "endDate": moment(event.ends, district),
            "eventAttendanceMode": f"{CONTEXT}/{mode}EventAttendanceMode" if here or online else "",
            "location": tuple(filter(None, (here, online))),
            "organizer": filled("Organization", {"name": district.name, "url": district.website}),
            "contributor": tuple(filled("Organization", {"name": partner.name}) for partner in partners),
            "audience": audience(None, None, event.audience, slots),
            "inLanguage": event.languages,
            "offers": price(event.cost, slots),
        },
    )


def article(
    story: Story, words: Mapping[str, Words], partners: Iterable[PartnerRow], slots: Slots, district: District
) -> Data:
    """A story; `partners` are those it thanks, `words` its texts by their paths. Its photos are for this site alone."""
    site = site_of(district)
    return filled(
        "Article",
        {
            "headline": spoken_as(words["title"], slots),
            "description": spoken_as(words["summary"], slots),
            "datePublished": story.published.isoformat(),
            "author": filled("Organization", {"name": district.name, "url": district.website}),
            "about": tuple(
                filled("Organization", {"@id": name_of(site, f"partners/{partner.slug}/"), "name": partner.name})
                for partner in partners
            ),
        },
    )


def school(school: School, district: District) -> Data:
    """A school of the district."""
    return filled(
        SCHOOLS.get(school.level, "School"),
        {
            "name": school.name,
            "alternateName": school.also_known_as,
            "url": school.website,
            "telephone": school.phone,
            "address": school.address,
            "geo": position(school),
            "parentOrganization": filled("Organization", {"name": district.name, "url": district.website}),
        },
    )


def provider(partner: Partner, district: District) -> Data:
    """Who runs a program: the thing that the partner's own page is about."""
    known = {"@id": name_of(site_of(district), f"partners/{partner.slug}/")}
    return filled(type_of(partner), {**known, "name": partner.name, "url": partner.website})


def type_of(partner: Partner) -> str:
    """What schema.org calls such an organization."""
    return ORGANIZATIONS.get(partner.kind, "Organization")


def area(district: District) -> Data:
    """Where people live whom a program of the directory is for."""
    return filled("AdministrativeArea", {"name": district.name})


def contact_points(contacts: Iterable[Contact], words: Mapping[str, Words], slots: Slots) -> Iterator[Data]:
    """Where to call or write."""
    for index, contact in enumerate(contacts):
        known = {"telephone": contact.phone, "email": contact.email, "availableLanguage": contact.languages}
        yield filled("ContactPoint", {"contactType": spoken_as(words[f"contacts/{index}/role"], slots), **known})


def audience(grades: Grades | None, ages: Ages | None, groups: tuple[str, ...], slots: Slots) -> Data | None:
    """For whom something is: grades, groups and ages, as far as they are known."""
    named = (*((slots.grades(grades),) if grades else ()), *slots.terms("audiences", groups))
    if not named and not ages:
        return None
    known = {"audienceType": tuple(spoken_as(name, slots) for name in named)}
    span = {"suggestedMinAge": ages.youngest, "suggestedMaxAge": ages.oldest} if ages else {}
    return filled("PeopleAudience", {**known, **span})


def price(cost: Cost | None, slots: Slots) -> Data | None:
    """What a family pays; a price only where it is the same for all, with the time that it is for."""
    if cost is None:
        return None
    amount = 0 if cost.kind == "free" else cost.amount if cost.kind == "fee" else None
    if amount is None:
        return filled("Offer", {"description": spoken_as(slots.term("cost-kinds", cost.kind), slots)})
    money = {"price": str(int(amount)) if amount == int(amount) else f"{amount:.2f}", "priceCurrency": CURRENCY}
    if not amount or not cost.per:
        return filled("Offer", money)
    unit = {**money, "unitText": spoken_as(slots.term("cost-periods", cost.per), slots)}
    return filled("Offer", {"priceSpecification": filled("UnitPriceSpecification", unit)})


def hours(session: Session) -> Data:
    """A regular time."""
    return filled(
        "OpeningHoursSpecification",
        {
            "dayOfWeek": tuple(DAYS[day] for day in session.days if day in DAYS),
            "opens": session.opens,
            "closes": session.closes,
            "validFrom": session.starts,
            "validThrough": session.ends,
        },
    )


def site_of_school(school: School) -> Data:
    """A school as the place of something."""
    known = {"name": school.name, "address": school.address, "geo": position(school)}
    return filled(SCHOOLS.get(school.level, "School"), known)


def place(place: Place) -> Data:
    """Somewhere to go to."""
    return filled("Place", {"name": place.name, "address": place.address, "geo": position(place)})


def position(spot: School | Place) -> Data | None:
    """Where something is, in degrees (WGS 84)."""
    if spot.latitude is None or spot.longitude is None:
        return None
    return filled("GeoCoordinates", {"latitude": spot.latitude, "longitude": spot.longitude})


def moment(local: str, district: District) -> str:
    """A local time `YYYY-MM-DDTHH:MM` with how far the district's clock is from UTC on that day (ISO 8601)."""
    if not local:
        return ""
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(district.time_zone)).isoformat(timespec="minutes")


def filled(kind: str, known: Mapping[str, Any]) -> Data:
    """A thing of a type with what is known of it: nothing empty, but zeros."""
    return {"@type": kind, **{key: value for key, value in known.items() if value or value == 0}}
