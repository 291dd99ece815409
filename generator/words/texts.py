"""The texts of a record, each with the address that its translation is kept under."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from generator.model import (
    Contact,
    District,
    Event,
    Initiative,
    Measure,
    Partner,
    Policies,
    Priorities,
    Program,
    Recognition,
    Resource,
    School,
    Story,
    Voice,
)

PROSE = frozenset(("description", "story", "heard", "done"))
"""Fields that may have several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The English of one text; a critical one (cost, eligibility, deadlines, how to join) never shows old words.

    Items of a list are critical too: their address is their place in it, so an old translation may belong to another.
    """

    path: str
    english: str
    is_critical: bool = False


def partner_texts(partner: Partner) -> Iterator[Text]:
    """The partner's own words, those of its programs left out."""
    yield from plain_texts(("summary", partner.summary), ("description", partner.description))
    yield from plain_texts(("logo_alt", partner.logo_alt))
    for index, opening in enumerate(partner.volunteer):
        texts = (("title", opening.title), ("summary", opening.summary), ("time", opening.time))
        yield from critical_texts((f"volunteer/{index}/{key}", text) for key, text in texts)
    yield from critical_texts(
        (f"partnership/alignment/{index}/{key}", text)
        for index, alignment in enumerate(partner.partnership.alignment)
        for key, text in (("claim", alignment.claim), ("measure", alignment.measure))
    )
    yield from contact_texts("", partner.contacts)


def program_texts(program: Program) -> Iterator[Text]:
    """The program's words, below `programs/<slug>/`."""
    start = f"programs/{program.slug}/"
    yield from plain_texts((f"{start}summary", program.summary), (f"{start}description", program.description))
    critical = [("eligibility", program.eligibility), ("getting_there/note", program.getting_there.note)]
    critical += [("cost/help", program.cost.help)] if program.cost else []
    critical += [(f"when/sessions/{n}/note", session.note) for n, session in enumerate(program.when.sessions)]
    critical += [(f"when/breaks_in_service/{n}/note", gap.note) for n, gap in enumerate(program.when.breaks_in_service)]
    critical += [(f"where/places/{n}/transit", place.transit) for n, place in enumerate(program.where.places)]
    critical += [(f"bring/{n}", thing) for n, thing in enumerate(program.bring)]
    critical += [(f"join/{n}/do", step.do) for n, step in enumerate(program.join)]
    yield from critical_texts((f"{start}{path}", text) for path, text in critical)
    yield from contact_texts(start, program.contacts)


def story_texts(story: Story) -> Iterator[Text]:
    """The story's words."""
    yield from plain_texts(("title", story.title), ("summary", story.summary), ("story", story.story))
    items = [(f"impact/{n}/what", impact.what) for n, impact in enumerate(story.impact)]
    items += [(f"what_sustained_it/{n}", text) for n, text in enumerate(story.what_sustained_it)]
    items += [(f"photos/{photo.slug}/alt", photo.alt) for photo in story.photos]
    for index, quote in enumerate(story.quotes):
        items += [(f"quotes/{index}/words", quote.words), (f"quotes/{index}/role", quote.role)]
    yield from critical_texts(items)


def event_texts(event: Event) -> Iterator[Text]:
    """The event's words."""
    yield from plain_texts(("title", event.title), ("summary", event.summary), ("description", event.description))
    yield from critical_texts((("cost/help", event.cost.help if event.cost else ""),))
    yield from critical_texts((("place/transit", event.place.transit if event.place else ""),))
    yield from contact_texts("", event.contacts)


def initiative_texts(initiative: Initiative) -> Iterator[Text]:
    """The initiative's words."""
    yield from plain_texts(("summary", initiative.summary), ("description", initiative.description))
    yield from contact_texts("", initiative.contacts)


def school_texts(school: School) -> Iterator[Text]:
    """The words of what the school needs."""
    yield from critical_texts((f"needs/{n}/note", need.note) for n, need in enumerate(school.needs))


def district_texts(district: District) -> Iterator[Text]:
    """The words of the district's own record: the names of its regions, and what stands at the foot of every page."""
    yield from plain_texts(*((f"regions/{region.slug}/name", region.name) for region in district.regions))
    yield from plain_texts(("interpreter_note", district.interpreter_note))
    yield from contact_texts("", district.contacts)


def priority_texts(priorities: Priorities) -> Iterator[Text]:
    """The words of the plan, its goals and their actions."""
    yield from plain_texts(("title", priorities.title), ("summary", priorities.summary))
    for goal in priorities.goals:
        start = f"goals/{goal.slug}/"
        yield from plain_texts((f"{start}name", goal.name), (f"{start}summary", goal.summary))
        yield from plain_texts(*((f"{start}actions/{action.slug}/name", action.name) for action in goal.actions))
    yield from critical_texts((f"metrics/{n}", metric) for n, metric in enumerate(priorities.metrics))


def policy_texts(policies: Policies) -> Iterator[Text]:
    """The words of every policy."""
    for policy in policies.policies:
        start = f"policies/{policy.slug}/"
        yield from plain_texts((f"{start}title", policy.title), (f"{start}summary", policy.summary))
        yield from critical_texts((f"{start}supports/{n}/name", each.name) for n, each in enumerate(policy.supports))
        yield from plain_texts(*((f"{start}criteria/{each.slug}/text", each.text) for each in policy.criteria))


def measure_texts(measure: Measure) -> Iterator[Text]:
    """The words of a measure; a period is a text only where it has words."""
    yield from plain_texts(("title", measure.title), ("summary", measure.summary))
    for index, observation in enumerate(measure.series):
        period = observation.period if any(map(str.isalpha, observation.period)) else ""
        yield from critical_texts(((f"series/{index}/period", period), (f"series/{index}/note", observation.note)))


def resource_texts(resource: Resource) -> Iterator[Text]:
    """The words of a resource."""
    return plain_texts(("title", resource.title), ("summary", resource.summary))


def voice_texts(voice: Voice) -> Iterator[Text]:
    """The words of what was heard and done."""
    return plain_texts(("title", voice.title), ("summary", voice.summary), ("heard", voice.heard), ("done", voice.done))


def contact_texts(start: str, contacts: Iterable[Contact]) -> Iterator[Text]:
    """The roles of contact points."""
    roles = ((f"{start}contacts/{n}/role", contact.role) for n, contact in enumerate(contacts))
    yield from critical_texts(roles)


def recognition_texts(recognition: Recognition) -> Iterator[Text]:
    """Nothing: what reviewers score is for staff, and on no page."""
    yield from ()


def plain_texts(*texts: tuple[str, str]) -> Iterator[Text]:
    """Texts whose old translation is better than none."""
    return (Text(path=path, english=english) for path, english in texts if english)


def critical_texts(texts: Iterable[tuple[str, str]]) -> Iterator[Text]:
    """Texts that are shown in English rather than with old or machine-made words."""
    return (Text(path=path, english=english, is_critical=True) for path, english in texts if english)


TEXTS: Mapping[type[Struct], Callable[[Any], Iterator[Text]]] = MappingProxyType(
    {
        District: district_texts,
        Event: event_texts,
        Initiative: initiative_texts,
        Measure: measure_texts,
        Partner: partner_texts,
        Policies: policy_texts,
        Priorities: priority_texts,
        Recognition: recognition_texts,
        Resource: resource_texts,
        School: school_texts,
        Story: story_texts,
        Voice: voice_texts,
    }
)
"""The texts of each kind of record."""


def texts_of(record: Struct) -> Iterator[Text]:
    """Every text of a record that has another language's words; a partner's programs are part of it."""
    yield from TEXTS[type(record)](record)
    if isinstance(record, Partner):
        for program in record.programs:
            yield from program_texts(program)
