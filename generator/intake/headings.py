"""What people and forms call the columns of their tables."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rapidfuzz import fuzz

from generator.intake.mapping import Target
from generator.text import fold

_ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("organization name", "organisation name", "organization", "agency name", "partner name", "company"),
        "kind": ("type of organization", "organization type", "kind of organization"),
        "summary": ("short description", "in one sentence", "tagline", "mission"),
        "description": ("description", "about your organization", "tell us about your organization"),
        "website": ("website", "web address", "url", "home page", "link to your website"),
        "focus": ("focus areas", "categories", "category", "services", "support areas", "what do you help with"),
        "languages": ("languages spoken", "languages of your staff"),
        "regions": ("region", "regions served", "area of the city"),
        "founded": ("year founded", "founded in", "year established"),
        "contacts.role": ("contact role", "job title", "position"),
        "contacts.name": ("contact name", "contact person"),
        "contacts.email": ("public email", "contact email", "e-mail for families"),
        "contacts.phone": ("phone", "public phone number", "telephone"),
        "partnership.schools": ("schools you work with", "partner schools"),
        "partnership.since": ("partner since", "working with the district since"),
        "program.name": ("program name", "programme name", "program", "service name", "activity name"),
        "program.summary": ("program summary", "what is the program", "program in one sentence"),
        "program.description": ("program description", "describe the program"),
        "program.focus": ("program focus", "program category"),
        "program.grades": ("grades", "grades served", "grade levels"),
        "program.ages": ("ages", "ages served", "age range"),
        "program.cost": ("cost", "fee", "price", "is it free", "how much does it cost"),
        "program.cost.kind": ("kind of cost", "cost type"),
        "program.cost.amount": ("cost amount", "amount in dollars"),
        "program.when.seasons": ("season", "time of year"),
        "program.when.sessions.days": ("days", "days of the week"),
        "program.when.sessions.from": ("start time", "begins at"),
        "program.when.sessions.to": ("end time", "ends at"),
        "program.when.sessions.starts": ("start date", "first day"),
        "program.when.sessions.ends": ("end date", "last day"),
        "program.when.register_by": ("registration deadline", "register by"),
        "program.where.schools": ("school", "school site", "at which schools"),
        "program.where.places.name": ("location", "location name", "place", "site"),
        "program.where.places.address": ("address", "street address", "where is it"),
        "program.languages": ("program languages", "languages offered"),
        "program.join.url": ("registration link", "sign up link", "how to register"),
        "program.status.state": ("program status", "is there room", "enrollment status"),
        "program.eligibility": ("eligibility", "who can join"),
    }
)
OF_FORMS = (
    ("id", "start time", "completion time", "email", "name", "last modified time", "language"),
    ("timestamp", "email address", "username", "score"),
)
"""Columns that Microsoft Forms and Google Forms put before the questions: about who filled the form in, and when."""


def of_form(headings: Sequence[str]) -> frozenset[int]:
    """The columns that no question has filled, where the first ones are those of a known kind of form."""
    folded = [fold(words) for words in headings]
    for own in OF_FORMS:
        if set(own[:3] if "id" in own else own[:1]) <= set(folded[:3]):
            first = next((n for n, words in enumerate(folded) if words not in own or words in folded[:n]), len(folded))
            return frozenset(range(first))
    return frozenset()


def likeness(words: str, target: Target) -> float:
    """How much a heading looks like what people call a field, of 100."""
    own = target.path.replace(".", " ").replace("_", " ")
    names = (own, *_ALIASES.get(target.path, ()))
    heading = fold(words)
    return max(fuzz.ratio(heading, name) * 0.6 + fuzz.token_sort_ratio(heading, name) * 0.4 for name in names)
