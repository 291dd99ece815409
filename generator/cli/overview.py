"""A record together with everything that is linked to it, as plain data for people and for machines."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import Struct

from generator.directory import Directory, schools_of
from generator.languages import ENGLISH, state_of
from generator.model import Event, Initiative, Partner, Priorities, Program, School, Story, Voice
from generator.records.folders import Found
from generator.records.load import Loaded
from generator.words.texts import Text, program_texts, texts_of
from generator.words.translations import STATES

PROGRAM = "program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another record: its kind, its slug as `partners show` takes it, its name and its file."""

    kind: str
    slug: str
    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """One record: its data as in the file, its links by their heading, and how far it is translated.

    `translations` counts the record's texts by language and state (`STATES`); `page` is the address of its page below
    the language, empty when it has none of its own.
    """

    kind: str
    slug: str
    name: str
    path: str
    page: str
    record: dict[str, Any]
    former_slugs: tuple[str, ...]
    links: Mapping[str, tuple[Link, ...]]
    translations: Mapping[str, Mapping[str, int]]


def overview(loaded: Loaded, directory: Directory, file: Found, *, program: str = "") -> Overview:
    """The overview of the record in a file that passed, or of one of its programs."""
    record = loaded.by_kind[file.kind][file.address]
    data = msgspec.json.decode(loaded.records[file.path])
    data.pop("slug", None)  # the loader's; the file's name says it
    if program and isinstance(record, Partner):
        return _of_program(directory, file, record, data, program)
    slug = file.address.removeprefix("recognition/") if isinstance(record, Story) else file.slug
    return Overview(
        kind=file.kind,
        slug=slug,
        name=name_of(record),
        path=file.path,
        page=PAGES[file.kind].format(slug=slug) if file.kind in PAGES else "",
        record=data,
        former_slugs=getattr(record, "former_slugs", ()),
        links=given(LINKS[type(record)](loaded, directory, record) if type(record) in LINKS else ()),
        translations=translations(directory, file.address, tuple(texts_of(record))),
    )


def _of_program(directory: Directory, file: Found, partner: Partner, data: dict[str, Any], slug: str) -> Overview:
    number, program = next((n, p) for n, p in enumerate(partner.programs) if p.slug == slug)
    return Overview(
        kind=PROGRAM,
        slug=f"{partner.slug}/{slug}",
        name=program.name,
        path=file.path,
        page=f"partners/{partner.slug}/{slug}/",
        record=data["programs"][number],
        former_slugs=program.former_slugs,
        links=given(_program_links(directory, partner, program)),
        translations=translations(directory, file.address, tuple(program_texts(program))),
    )


PAGES = {
    "partner": "partners/{slug}/",
    "school": "schools/{slug}/",
    "story": "recognition/{slug}/",
    "initiative": "initiatives/{slug}/",
    "event": "events/{slug}/",
}
"""The address of a record's page, below the language."""

Links = Iterator[tuple[str, tuple[Link, ...]]]


def given(links: Iterable[tuple[str, tuple[Link, ...]]]) -> dict[str, tuple[Link, ...]]:
    """The headings that have links."""
    return {heading: found for heading, found in links if found}


def name_of(record: Struct) -> str:
    """The name or title of a record; the policies of a district have none."""
    return str(getattr(record, "name", "") or getattr(record, "title", "") or "Policies")


def link(kind: str, record: Any) -> Link:
    """A link to a record that stands in a file of its own."""
    folders = {"partner": "partners", "school": "district/schools", "initiative": "district/initiatives"}
    folder = folders.get(kind) or f"district/{kind}s"
    if kind == "story":
        slug = f"{record.school_year}/{record.slug}"
        return Link(kind=kind, slug=slug, name=record.title, path=f"recognition/{slug}.yml")
    return Link(kind=kind, slug=record.slug, name=name_of(record), path=f"{folder}/{record.slug}.yml")


def program_link(partner: Partner, program: Program) -> Link:
    """A link to a program, inside its partner's file."""
    slug = f"{partner.slug}/{program.slug}"
    return Link(kind=PROGRAM, slug=slug, name=program.name, path=f"partners/{partner.slug}.yml")


def named(kind: str, known: Mapping[str, Struct], slugs: Iterable[str]) -> tuple[Link, ...]:
    """Links to the records of those slugs that exist."""
    return tuple(link(kind, known[slug]) for slug in slugs if slug in known)


def stories(loaded: Loaded, is_meant: Callable[[Story], bool]) -> tuple[Link, ...]:
    """Stories of a kind, those taken back or not yet shown included, newest first."""
    found = [s for s in loaded.by_kind["story"].values() if isinstance(s, Story) and is_meant(s)]
    return tuple(link("story", s) for s in sorted(found, key=lambda s: (s.published, s.slug), reverse=True))


def links(kind: str, records: Iterable[Struct]) -> tuple[Link, ...]:
    """Links to records of a kind, in their order."""
    return tuple(link(kind, record) for record in records)


def _partner_links(loaded: Loaded, directory: Directory, partner: Partner) -> Links:
    yield "Programs", tuple(program_link(partner, program) for program in partner.programs)
    yield "Schools", named("school", directory.schools, schools_of(partner))
    yield "Stories", stories(loaded, lambda story: partner.slug in story.partners)
    yield "Initiatives", named("initiative", directory.initiatives, partner.partnership.initiatives)
    yield "Events", links("event", directory.events_with(partner.slug))


def _program_links(directory: Directory, partner: Partner, program: Program) -> Links:
    yield "Partner", (link("partner", partner),)
    yield "Schools", named("school", directory.schools, program.where.schools)
    yield "Bus from", named("school", directory.schools, program.getting_there.bus_from)


def _school_links(loaded: Loaded, directory: Directory, school: School) -> Links:
    yield "Partners", links("partner", directory.partners_of(school.slug))
    yield "Programs", tuple(program_link(o.partner, o.program) for o in directory.offers_at(school.slug))
    yield "Stories", stories(loaded, lambda story: school.slug in story.schools)
    yield "Events", links("event", directory.events_at(school.slug))


def _story_links(loaded: Loaded, directory: Directory, story: Story) -> Links:
    yield "Partners", named("partner", directory.partners, story.partners)
    yield "Schools", named("school", directory.schools, story.schools)


def _initiative_links(loaded: Loaded, directory: Directory, initiative: Initiative) -> Links:
    voices = (voice for voice in directory.voices.values() if initiative.slug in voice.initiatives)
    yield "Partners", links("partner", directory.partners_in(initiative.slug))
    yield "Events", links("event", directory.events_in(initiative.slug))
    yield "Voices", links("voice", voices)


def _event_links(loaded: Loaded, directory: Directory, event: Event) -> Links:
    yield "Partners", named("partner", directory.partners, event.partners)
    yield "Schools", named("school", directory.schools, event.schools)
    yield "Initiatives", named("initiative", directory.initiatives, event.initiatives)


def _voice_links(loaded: Loaded, directory: Directory, voice: Voice) -> Links:
    yield "Initiatives", named("initiative", directory.initiatives, voice.initiatives)


def _priorities_links(loaded: Loaded, directory: Directory, priorities: Priorities) -> Links:
    known = priorities.slugs()
    claiming = (p for p in directory.partners.values() if any(a.priority in known for a in p.partnership.alignment))
    yield "Partners", links("partner", claiming)


LINKS: Mapping[type, Callable[[Loaded, Directory, Any], Links]] = {
    Partner: _partner_links,
    School: _school_links,
    Story: _story_links,
    Initiative: _initiative_links,
    Event: _event_links,
    Voice: _voice_links,
    Priorities: _priorities_links,
}
"""What is linked to a kind of record; the kinds that are not here stand for themselves."""


def translations(directory: Directory, address: str, texts: tuple[Text, ...]) -> dict[str, dict[str, int]]:
    """How many of the texts are in which state, by language of the site; states that do not occur are left out."""
    others = [language for language in directory.district.languages if language != ENGLISH] if texts else []
    counts = {language: Counter(state(directory, language, address, text) for text in texts) for language in others}
    return {language: {s: count[s] for s in STATES if count[s]} for language, count in counts.items()}


def state(directory: Directory, language: str, address: str, text: Text) -> str:
    """The state of one text in a language."""
    return state_of(directory.translation(language, address, text.path), text.english)
