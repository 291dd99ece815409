"""Facts of a program in a family's words: cost, days, grades, places, and whom to call."""

from collections.abc import Iterable

from generator.directory import Offer
from generator.languages import Locale
from generator.model import Contact, Cost, Program, Where

MANY_DAYS = 3
"""From this many days in a row on, the first and the last are named."""
SHOWN_PLACES = 2


def cost_words(locale: Locale, cost: Cost) -> str:
    """“Free”, “$25 a week”, or the kind of cost where no amount is known."""
    kind = locale.term("cost-kinds", cost.kind)
    if cost.kind == "free" or cost.amount is None:
        return kind
    amount = locale.money(cost.amount)
    return f"{amount} {locale.term('cost-periods', cost.per)}" if cost.per else amount


def day_words(locale: Locale, days: Iterable[str]) -> str:
    """Days of the week as a list, “Monday to Friday” where three or more follow each other; empty without days."""
    order = locale.directory.vocabularies["days"].order
    each = sorted(set(days), key=lambda day: order.get(day, len(order)))
    places = [order.get(day, -1) for day in each]
    if len(each) >= MANY_DAYS and places == list(range(places[0], places[0] + len(places))):
        names = {"first": locale.term("days", each[0]), "last": locale.term("days", each[-1])}
        return locale.gettext("%(first)s to %(last)s") % names
    return locale.listed(locale.terms("days", each)) if each else ""


def week(locale: Locale, program: Program) -> str:
    """On which days the program runs, or in which seasons where no day is known."""
    days = day_words(locale, (day for session in program.when.sessions for day in session.days))
    return days or locale.listed(locale.terms("seasons", program.when.seasons))


def who(locale: Locale, program: Program) -> str:
    """The grades, else the ages, else the audience."""
    if program.grades:
        return locale.grades(program.grades)
    if program.ages and (ages := age_words(locale, program.ages.youngest, program.ages.oldest)):
        return ages
    return locale.listed(locale.terms("audiences", program.audience))


def age_words(locale: Locale, youngest: int | None, oldest: int | None) -> str:
    """“Ages 5 to 11”, with an open end where one is not known; empty when neither is."""
    if youngest is None and oldest is None:
        return ""
    if oldest is None:
        return locale.gettext("Age %(youngest)s and older") % {"youngest": locale.number(youngest or 0)}
    if youngest is None:
        return locale.gettext("Up to age %(oldest)s") % {"oldest": locale.number(oldest)}
    if youngest == oldest:
        return locale.gettext("Age %(age)s") % {"age": locale.number(youngest)}
    ages = {"youngest": locale.number(youngest), "oldest": locale.number(oldest)}
    return locale.gettext("Ages %(youngest)s to %(oldest)s") % ages


def spots(locale: Locale, where: Where) -> tuple[str, ...]:
    """Names of the places, schools first, “Online” last."""
    known = locale.directory.schools
    schools = tuple(known[slug].short_name or known[slug].name for slug in where.schools if slug in known)
    return (*schools, *(place.name for place in where.places), *((locale.gettext("Online"),) if where.online else ()))


def contacts_of(offer: Offer) -> tuple[Contact, ...]:
    """The program's own contact points, else the partner's."""
    return offer.program.contacts or offer.partner.contacts


def phone_of(offer: Offer) -> str:
    """The number to call about a program: of its steps to join, else its contacts, else the partner's; or nothing."""
    steps = (step.phone for step in offer.program.join)
    contacts = (contact.phone for contact in (*offer.program.contacts, *offer.partner.contacts))
    return next(filter(None, (*steps, *contacts)), "")


def email_of(offer: Offer) -> str:
    """The address to write to about a program, found in the same order as the phone number; or nothing."""
    steps = (step.email for step in offer.program.join)
    contacts = (contact.email for contact in (*offer.program.contacts, *offer.partner.contacts))
    return next(filter(None, (*steps, *contacts)), "")
