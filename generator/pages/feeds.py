"""Feeds of the newest stories, for those who follow them with a reader: Atom 1.0 and JSON Feed 1.1."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from itertools import islice
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup
from msgspec import Raw, Struct

from generator.directory import Directory
from generator.languages import N_, Words
from generator.model import District, Photo, Story
from generator.pages import saying
from generator.pages.cards import Deck
from generator.pages.data import address, code_in_data, district_of, harmless, site_of, text_in_data
from generator.pages.page import Page, file
from generator.pages.records import Link, link, story_record
from generator.pages.slots import Slots
from generator.pages.speaker import Speaker
from generator.pages.texts import spoken
from generator.pages.unit import Unit, file_unit
from generator.words.texts import story_texts

NEWEST = 50
"""So many stories are in a feed."""
GALLERY = "recognition/"
ATOM = f"{GALLERY}feed.xml"
JSON = f"{GALLERY}feed.json"
TITLE = N_("Stories of partners we thank")
SUBTITLE = N_("What community partners changed for children.")
FOR_ANY_PLACE = "social-media"
"""The scope of consent that a photo in a feed needs: readers keep copies, and show them where they like."""
TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


class Entry(Struct, frozen=True, kw_only=True):
    """A story with the partners and schools that it names, as far as they have pages."""

    story: Story
    partners: tuple[Link, ...]
    schools: tuple[Link, ...]

    @property
    def rest(self) -> str:
        """Where the story's page lies, below the language."""
        return f"{story_record(self.story)}/"

    @property
    def photos(self) -> tuple[Photo, ...]:
        """The photos that may leave the site."""
        return tuple(photo for photo in self.story.photos if FOR_ANY_PLACE in photo.consent.scope)


class Feed(Struct, frozen=True):
    """The newest stories, and the day on which the newest was published."""

    entries: tuple[Entry, ...]
    updated: date


def units(directory: Directory, today: date, deck: Deck) -> Iterator[Unit]:
    """Both feeds; none where nobody knows the address of the site, for readers need whole addresses."""
    if not directory.district.site_url:
        return
    entries = tuple(entry(story, directory) for story in islice(directory.stories.values(), NEWEST))
    view = Feed(entries, entries[0].story.published if entries else today)
    speaks = tuple(story_record(entry.story) for entry in entries)
    yield file_unit(ATOM, atom, view, speaks)
    yield file_unit(JSON, json_feed, view, speaks)


def entry(story: Story, directory: Directory) -> Entry:
    """A story as it stands in a feed: nobody is named in it, and without photos that may only be on the site."""
    return Entry(
        story=story,
        partners=tuple(link(directory.partners[slug]) for slug in story.partners if slug in directory.partners),
        schools=tuple(link(directory.schools[slug]) for slug in story.schools if slug in directory.schools),
    )


def atom(view: Feed, slots: Slots, templates: Environment) -> Page:
    """The feed as RFC 4287 has it."""
    district = district_of(templates)
    told = ((each, words_of(each, slots)) for each in view.entries)
    entries = tuple((each, words, slots.slot(saying.apart, content(each, words, templates))) for each, words in told)
    text = templates.get_template("feed.xml").render(
        site=site_of(district),
        title=slots.gettext(TITLE),
        subtitle=slots.gettext(SUBTITLE),
        entries=entries,
        updated=moment(view.updated, district),
        moments={each.story.published: moment(each.story.published, district) for each in view.entries},
        types=type_of,
    )
    return file(ATOM, text)


def json_feed(view: Feed, slots: Slots, templates: Environment) -> Page:
    """The feed as https://www.jsonfeed.org/version/1.1/ has it."""
    district = district_of(templates)
    site = site_of(district)
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": said(slots.gettext(TITLE), slots),
        "description": said(slots.gettext(SUBTITLE), slots),
        "home_page_url": address(site, GALLERY, slots),
        "feed_url": address(site, JSON, slots),
        "language": code_in_data(slots.language),
        "authors": [known({"name": district.name, "url": district.website})],
        "items": [item(each, slots, templates) for each in view.entries],
    }
    return file(JSON, Markup(harmless(feed)))  # JSON, in which only words of a language are still open


def item(each: Entry, slots: Slots, templates: Environment) -> Mapping[str, Any]:
    """A story in a JSON Feed."""
    district = district_of(templates)
    site = site_of(district)
    words = words_of(each, slots)
    day = moment(each.story.published, district)
    photos = (
        {"url": f"{site}media/recognition/photos/{photo.file}", "mime_type": type_of(photo)} for photo in each.photos
    )
    return known(
        {
            "id": address(site, each.rest, slots),
            "url": address(site, each.rest, slots),
            "title": record_words(words["title"], slots),
            "summary": record_words(words["summary"], slots),
            "content_html": Raw(slots.slot(markup_in_data, content(each, words, templates)).encode()),
            "date_published": day,
            "date_modified": day,
            "language": Raw(slots.slot(language_in_data, words["title"]).encode()),
            "tags": [said(slots.term("focus-areas", area), slots) for area in each.story.focus],
            "attachments": list(photos),
        }
    )


def words_of(each: Entry, slots: Slots) -> Mapping[str, Words]:
    """The words of a story by their paths."""
    return spoken(slots, story_record(each.story), story_texts(each.story))


def content(each: Entry, words: Mapping[str, Words], templates: Environment) -> Markup:
    """The story as HTML that needs nothing beside it."""
    root = site_of(district_of(templates))
    html = templates.get_template("feed-story.html").render(root=root, entry=each, story=each.story, words=words)
    return Markup(html)  # our own template, which escapes


def moment(day: date, district: District) -> str:
    """The beginning of a day in the district, as RFC 3339 has it."""
    return datetime.combine(day, time(), ZoneInfo(district.time_zone)).isoformat()


def type_of(photo: Photo) -> str:
    """The media type of a photo's file."""
    return TYPES[PurePosixPath(photo.file).suffix]


def known(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is known of a thing: nothing empty."""
    return {key: value for key, value in data.items() if value}


def said(token: str, slots: Slots) -> Raw:
    """The interface's words, as a JSON text in each language."""
    return Raw(slots.kept(text_in_data, token).encode())


def record_words(words: Words, slots: Slots) -> Raw:
    """A record's words, as a JSON text in each language."""
    return Raw(slots.slot(words_in_data, words).encode())


def words_in_data(speaker: Speaker, words: Words) -> Markup:
    """A record's words as JSON."""
    return Markup(harmless(speaker.shown(words)))


def language_in_data(speaker: Speaker, words: Words) -> Markup:
    """The code of the language that words are in, as JSON."""
    return Markup(harmless(words.language))


def markup_in_data(speaker: Speaker, html: Markup) -> Markup:
    """A story's HTML as a JSON text."""
    return Markup(harmless(saying.apart(speaker, html)))
