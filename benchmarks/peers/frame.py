"""What stands around every page of a language: headings, the district's numbers, links of the footer."""

from msgspec import Struct

from benchmarks.peers.records import Records, Speaker
from benchmarks.peers.sheet import Line, dial

WORDS = {
    "name": "Programs and partners",
    "skip": "Skip to the content",
    "language": "Language",
    "main": "Main",
    "here": "You are here",
    "find": "Find programs",
    "schools": "Schools",
    "stories": "Stories",
    "involved": "Get involved",
    "about": "About",
    "by": "Run by",
    "join": "How to join",
    "facts": "At a glance",
    "more": "About this program",
    "times": "Days and times",
    "days": "Days",
    "hours": "Time",
    "dates": "Dates",
    "places": "Where it is and how to get there",
    "programs": "Programs",
    "needs": "What this school is looking for",
    "questions": "Questions?",
    "sources": "Where these facts come from",
    "mistake": "Report a mistake on this page",
    "edit": "Edit this record",
    "talk": "Talk to a person",
    "interpreters": "Interpreters are free",
    "site": "This site",
}
"""The words by the names that the layouts have for them."""
LINKS = {
    "accessibility": "Accessibility",
    "contact": "Contact",
    "data": "Data and corrections",
    "engagement": "School and Community Partnerships",
    "privacy": "Privacy",
    "partners": "All partners",
    "initiatives": "Initiatives",
    "priorities": "Goals and policies",
    "voices": "What we heard",
    "resources": "Resources",
    "data-dictionary": "Data dictionary",
}


class Frame(Struct, frozen=True, kw_only=True):
    """The same on every page of a language; each line has a text, a link or a route, and a phone number as `more`."""

    language: str
    direction: str
    name: str
    words: dict[str, str]
    contacts: tuple[Line, ...]
    interpreters: tuple[Line, ...]
    links: tuple[Line, ...]


def frame(records: Records, speaker: Speaker) -> Frame:
    """The frame of a language."""
    district = records.district
    return Frame(
        language=speaker.language,
        direction=speaker.direction,
        name=speaker.name,
        words={key: speaker.say(words) for key, words in WORDS.items()},
        contacts=tuple(
            Line(text=contact.role, href=dial(contact.phone), more=contact.phone) for contact in district.contacts
        ),
        interpreters=tuple(
            Line(text=speaker.terms("languages", line.language), href=dial(line.phone), more=line.phone)
            for line in district.interpreter_lines
        ),
        links=tuple(Line(text=speaker.say(words), route=route) for route, words in LINKS.items()),
    )
