"""Facts of a program in a family's words: cost, days, grades, places, and whom to call."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from generator.directory import Offer
from generator.languages import Locale, remembered
from generator.model import Ages, Cost, Grades, School, When, Where

MANY_DAYS = 3
"""From this many days in a row on, the first and the last are named."""


@remembered
def cost_words(locale: Locale, cost: Cost) -> str:
    """“Free”, “$25 a week” where one price is set for all, or the kind of cost."""
    return (amount_words(locale, cost) if cost.kind == "fee" else "") or locale.term("cost-kinds", cost.kind)


def amount_words(locale: Locale, cost: Cost) -> str:
    """“$25 a week”; empty where no amount is known."""
    if cost.amount is None:
        return ""
    amount = locale.money(cost.amount)
    return f"{amount} {locale.term('cost-periods', cost.per)}" if cost.per else amount


@remembered
def day_words(locale: Locale, days: tuple[str, ...]) -> str:
    """Days of the week, “Monday to Thursday and Saturday” where several follow each other; empty without days."""
    order = locale.vocabularies["days"].order
    known = sorted({day for day in days if day in order}, key=order.__getitem__)
    runs = (tuple(run) for _, run in groupby(known, key=lambda day: order[day] - known.index(day)))
    return locale.listed(words for run in runs for words in run_words(locale, run))


def run_words(locale: Locale, run: tuple[str, ...]) -> tuple[str, ...]:
    """The first and the last of days in a row, or each of them while they are few."""
    names = tuple(locale.term("days", day) for day in run)
    return names if len(names) < MANY_DAYS else (stretch(locale, (names[0], names[-1])),)


@remembered
def week_words(locale: Locale, days: tuple[str, ...], seasons: tuple[str, ...]) -> str:
    """On which days a program runs, or in which seasons where no day is known."""
    return day_words(locale, days) or locale.listed(locale.terms("seasons", seasons))


@remembered
def when_words(locale: Locale, when: When) -> tuple[str, ...]:
    """The days on which a program runs and its seasons, as far as they are known."""
    return tuple(filter(None, (day_words(locale, session_days(when)), *locale.terms("seasons", when.seasons))))


def session_days(when: When) -> tuple[str, ...]:
    """The days of all sessions, in their order."""
    return tuple(day for session in when.sessions for day in session.days)


@remembered
def who_words(locale: Locale, grades: Grades | None, ages: Ages | None, audience: tuple[str, ...]) -> tuple[str, ...]:
    """The grades, the ages and the audience, as far as they are known.

    Names of audiences have an “and” of their own, as “Babies and toddlers” has, so that none joins them.
    """
    span = locale.grades(grades) if grades else ""
    years = age_words(locale, ages) if ages else ""
    return tuple(filter(None, (span, years, locale.gettext(", ").join(locale.terms("audiences", audience)))))


@remembered
def language_words(locale: Locale, languages: tuple[str, ...], interpretation: str) -> tuple[str, ...]:
    """The languages spoken, and whether there is an interpreter, as far as they are known."""
    interpreter = locale.term("interpretation", interpretation) if interpretation else ""
    return tuple(filter(None, (locale.listed(locale.terms("languages", languages)), interpreter)))


@remembered
def age_words(locale: Locale, ages: Ages) -> str:
    """“Ages 5 to 11”, with an open end where one is not known; empty when neither is."""
    youngest, oldest = ("" if age is None else locale.number(age) for age in (ages.youngest, ages.oldest))
    if not youngest and not oldest:
        return ""
    if not oldest:
        return locale.said("Age %(age)s and older", age=youngest)
    if not youngest:
        return locale.said("Up to age %(age)s", age=oldest)
    if youngest == oldest:
        return locale.said("Age %(age)s", age=youngest)
    return locale.said("Ages %(youngest)s to %(oldest)s", youngest=youngest, oldest=oldest)


@remembered
def clock_words(locale: Locale, opens: str, closes: str) -> str:
    """Hours as “3:30 PM to 5:30 PM”, from `HH:MM`; the end, or both, may be missing."""
    hours = tuple(locale.clock(text) for text in (opens, closes) if text)
    return stretch(locale, hours) if opens else ""


@remembered
def span_words(locale: Locale, starts: date | None, ends: date | None) -> str:
    """Dates as “October 3, 2026 to June 12, 2027”, or from a day, or until one; empty when neither is known."""
    if starts and ends:
        return stretch(locale, tuple(dict.fromkeys(locale.date(day) for day in (starts, ends))))
    if starts:
        return locale.said("From %(day)s", day=locale.date(starts))
    return locale.said("Until %(day)s", day=locale.date(ends)) if ends else ""


@remembered
def moment_words(locale: Locale, starts: str, ends: str) -> str:
    """When an event takes place, from local times `YYYY-MM-DDTHH:MM`: the day once when it ends on the same."""
    first, last = starts.split("T"), (ends or starts).split("T")
    day = locale.date(date.fromisoformat(first[0]))
    if first[0] == last[0]:
        hours = clock_words(locale, first[1], last[1] if ends else "")
        return locale.said("%(day)s, %(hours)s", day=day, hours=hours)
    return span_words(locale, date.fromisoformat(first[0]), date.fromisoformat(last[0]))


def stretch(locale: Locale, ends: tuple[str, ...]) -> str:
    """“first to last”, or the one there is."""
    if len(ends) == 1:
        return ends[0]
    return locale.said("%(first)s to %(last)s", first=ends[0], last=ends[1])


def place_names(where: Where, schools: Mapping[str, School]) -> tuple[str, ...]:
    """Names of the places, schools first."""
    known = (schools[slug] for slug in where.schools if slug in schools)
    return (*(school.short_name or school.name for school in known), *(place.name for place in where.places))


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
