"""The texts of a record, each with the address that its translation is kept under."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.languages import Locale, Words
from generator.model import Contact, Event, Initiative, Partner, Program, School, Story


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
    items += [(f"photos/{n}/alt", photo.alt) for n, photo in enumerate(story.photos)]
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


def contact_texts(start: str, contacts: Iterable[Contact]) -> Iterator[Text]:
    """The roles of contact points."""
    roles = ((f"{start}contacts/{n}/role", contact.role) for n, contact in enumerate(contacts))
    yield from critical_texts(roles)


def plain_texts(*texts: tuple[str, str]) -> Iterator[Text]:
    """Texts whose old translation is better than none."""
    return (Text(path=path, english=english) for path, english in texts if english)


def critical_texts(texts: Iterable[tuple[str, str]]) -> Iterator[Text]:
    """Texts that are shown in English rather than with old or machine-made words."""
    return (Text(path=path, english=english, is_critical=True) for path, english in texts if english)


def spoken(locale: Locale, record: str, texts: Iterable[Text]) -> Mapping[str, Words]:
    """The words of every text in this language, by its path; `record` is the record's address."""
    return {t.path: locale.words(record, t.path, t.english, is_critical=t.is_critical) for t in texts}
