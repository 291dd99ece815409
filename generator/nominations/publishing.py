"""What of a nomination becomes public: a story from a list of allowed fields, checked, on its day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from generator.model import Story
from generator.model.common import from_record
from generator.nominations import gates
from generator.nominations.acts import change_of, refuse, unknown
from generator.nominations.model import (
    Draft,
    Nomination,
    Step,
    data_of,
    draft_path,
    nomination_path,
    picture_path,
)
from generator.nominations.personal import in_words, problems_of, text_of, told
from generator.nominations.season import Refused, Season
from generator.pictures import clean, fault
from generator.schema import Schemas
from generator.vault.storage import Change, content_of, picture_digest
from generator.vault.storage import data_of as read_yaml

ALLOWED = ("title", "summary", "partners", "schools", "school_year", "focus", "story", "impact", "what_sustained_it")
ALLOWED_IN = {
    "quotes": ("words", "role", "name", "consent"),
    "photos": ("file", "alt", "consent"),
    "sources": ("url", "document", "seen"),
}
"""All that a story may bring along; day, nomination's number and consent are put there by `publish` itself."""
PHOTOS = "recognition/photos"
OUTLINE = ("Say in one plain sentence what changed.", "Tell it in your own words. Name no child and no family.")
"""What an outline has in the place of words that staff have still to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Public:
    """Files of the public tree as they will be, by path; None removes one."""

    files: Mapping[str, bytes | None] = field(default_factory=dict)


def outline(season: Season, nomination: Nomination) -> dict[str, Any]:
    """A story to fill in: what staff have found, and no word of who sent the nomination."""
    partners = [season.directory.partners[slug] for slug in nomination.partners if slug in season.directory.partners]
    names = " and ".join(partner.name for partner in partners) or "a partner"
    focus = list(dict.fromkeys(area for partner in partners for area in partner.focus))[:3]
    return {
        "title": f"Thank you, {names}",
        "summary": OUTLINE[0],
        "partners": list(nomination.partners),
        **({"schools": list(nomination.schools)} if nomination.schools else {}),
        "school_year": nomination.school_year,
        **({"focus": focus} if focus else {}),
        "story": OUTLINE[1],
    }


def allowed(given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a story that may become public; Refused names the others, without what they hold."""
    strange = [name for name in given if name not in (*ALLOWED, *ALLOWED_IN)]
    for name, keys in ALLOWED_IN.items():
        for each in given.get(name, ()):
            strange += [f"{name}: {key}" for key in each if key not in keys] if isinstance(each, dict) else [name]
    if strange:
        raise Refused(*(f'"{name}" is none of the fields that become public' for name in strange))
    return dict(given)


def schedule(
    season: Season,
    schemas: Schemas,
    number: str,
    *,
    by: str,
    slug: str,
    given: Mapping[str, Any],
    consent: str,
    day: date | None,
    photos: Path | None,
) -> tuple[Change, Draft]:
    """A story, all gates passed, that waits in the vault for its day; its photos written anew without metadata.

    `given` is what staff wrote; `consent` is the number of the one that lets the story be told.
    """
    nomination, person = season.nomination(number), season.person(by)
    refuse((*gates.state(nomination, "schedule"), *gates.role(person, "coordinator")))
    unwritten = (f'"{name}" still holds what the outline says; write it' for name in given if given[name] in OUTLINE)
    missing = (*unwritten, *gates.schedule(season, nomination, given, slug, consent, day))
    if missing or day is None:
        raise Refused(*missing)
    story = _story(season, nomination, allowed(given), consent, day)
    address = f"{story.get('school_year', '')}/{slug}"
    refuse(_address_faults(season, nomination, address))
    record = _checked(season, schemas, nomination, address, text_of(story), day)
    refuse((*_partners(nomination, record), *_photos(season, address, record)))
    former = content_of_former(season, nomination)
    pictures = dict(_pictures(record, photos, former))
    draft = Draft(of=number, address=address, story=story, pictures={f: picture_digest(c) for f, c in pictures.items()})
    nomination = replace(nomination, state="scheduled", story=address, publish_on=day)
    change = Change(
        act="schedule",
        by=by,
        of=number,
        state=nomination.state,
        files={nomination_path(number): data_of(nomination), draft_path(number): data_of(draft)},
        pictures={picture_path(number, file): pictures.get(file) for file in (*former, *pictures)},
    )
    return change, draft


def _checked(season: Season, schemas: Schemas, nomination: Nomination, address: str, text: str, day: date) -> Story:
    """The story of a file's text; refused with all that keeps it from being public on a day."""
    refuse(in_words(problem, text) for problem in problems_of(schemas, address, text))
    story = from_record(Story, address.rpartition("/")[2], schemas.coerce("story", texts_of(text)))
    refuse(
        (
            *unknown(season, story.partners, story.schools),
            *_consents(season, nomination, story, day),
            *told(season, nomination, story, texts_of(text)),
        )
    )
    return story


def texts_of(text: str) -> dict[str, Any]:
    """The story's file as it will be read."""
    return read_yaml(text.encode(), "story") or {}


def _story(season: Season, nomination: Nomination, given: dict[str, Any], consent: str, day: date) -> dict[str, Any]:
    """The record with everything that staff do not write themselves."""
    permission = season.consents[consent]
    told = {"scope": list(permission.scope), "ref": consent, "expires": permission.expires.isoformat()}
    given = {"partners": list(nomination.partners), "schools": list(nomination.schools), **given}
    given.setdefault("school_year", nomination.school_year)
    order = (*ALLOWED, "quotes", "photos")
    story = {name: given[name] for name in order if given.get(name)}
    own = {"published": day.isoformat(), "nominated_via": nomination.number, "consent": told}
    return {**story, **own, **({"sources": given["sources"]} if given.get("sources") else {})}


def _address_faults(season: Season, nomination: Nomination, address: str) -> Iterator[str]:
    taken = season.directory.stories.get(address)
    others = [
        each for each in season.nominations.values() if each.story == address and each.number != nomination.number
    ]
    is_gone = address in season.directory.withdrawn  # its notice stays, and so does whoever it was about
    if (taken and taken.nominated_via != nomination.number) or is_gone or others:
        yield f"there is another story {address}; choose another address"


def _partners(nomination: Nomination, story: Story) -> Iterator[str]:
    for slug in story.partners:
        if slug not in nomination.partners:
            yield f"{slug} was not nominated, and reviewers have judged nothing about it"


def _photos(season: Season, address: str, story: Story) -> Iterator[str]:
    """A photo that would take the place of another story's."""
    stories = season.directory.stories.items()
    taken = {photo.file for other, shown in stories if other != address for photo in shown.photos}
    for photo in story.photos:
        if photo.file in taken:
            yield f"another story has a photo {photo.file}; give this one another name"


def _consents(season: Season, nomination: Nomination, story: Story, day: date) -> Iterator[str]:
    """What the story's consents do not cover on its first day."""
    own = {each.number: each for each in season.consents_of(nomination)}
    if story.consent:
        yield from gates.covered(own, story.consent.ref, "story", day, "the story")
    for number, quote in enumerate(story.quotes, start=1):
        for scope in ("quote", "name") if quote.name else ("quote",):
            if quote.consent:
                yield from gates.covered(own, quote.consent.ref, scope, day, f"quote {number}")
    for photo in story.photos:
        yield from gates.covered(own, photo.consent.ref, "photo", day, f"the photo {photo.file}")
    given = [("the story", story.consent), *((f"quote {n}", q.consent) for n, q in enumerate(story.quotes, start=1))]
    for what, consent in (*given, *((f"the photo {p.file}", p.consent) for p in story.photos)):
        known = own.get(consent.ref) if consent else None
        if consent and known and (consent.expires > known.expires or not set(consent.scope) <= set(known.scope)):
            has = f"it covers {', '.join(known.scope)} until {known.expires}"
            yield f"{what} claims more than the consent {consent.ref} says: {has}"


def content_of_former(season: Season, nomination: Nomination) -> Mapping[str, bytes]:
    """The photos of a story that has been scheduled before."""
    draft = season.draft_of(nomination)
    if draft is None:
        return {}
    return dict(_kept(season, draft))


def _kept(season: Season, draft: Draft) -> Iterator[tuple[str, bytes]]:
    for file, expected in draft.pictures.items():
        content = content_of(season.vault, picture_path(draft.of, file))
        if content is None or picture_digest(content) != expected:
            raise Refused(f"the photo {file} in the vault is not the one that was scheduled; schedule the story again")
        yield file, content


def _pictures(story: Story, folder: Path | None, former: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Each photo of a story, decoded and written anew: without place, camera or anything else hidden in it."""
    for photo in story.photos:
        if folder is None and photo.file in former:
            yield photo.file, former[photo.file]
            continue
        if folder is None:
            raise Refused(f"the photo {photo.file} is missing: no such file was given")
        path = folder / photo.file
        if reason := fault(path):
            raise Refused(f"the photo {photo.file} {reason}")
        yield photo.file, clean(path)


def release(season: Season, schemas: Schemas, number: str, *, by: str) -> tuple[Change, Public]:
    """A scheduled story on its day: all gates once more, then the files of the public tree."""
    nomination, person = season.nomination(number), season.person(by)
    refuse((*gates.state(nomination, "publish"), *gates.role(person, "coordinator")))
    draft, day = season.draft_of(nomination), nomination.publish_on
    if draft is None or day is None:
        raise Refused("the day is missing, and the story: schedule them first")
    if day > season.today:
        raise Refused(f"its day is {day}; until then it stays here, because the public tree is public")
    text = text_of(draft.story)
    _checked(season, schemas, nomination, draft.address, text, season.today)
    pictures = {f"{PHOTOS}/{file}": content for file, content in _kept(season, draft)}
    step = Step(by=by, on=season.today)
    change = change_of("publish", by, replace(nomination, state="published", published=step))
    return change, Public(files={f"recognition/{draft.address}.yml": text.encode(), **pictures})
