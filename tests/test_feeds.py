"""Feeds of stories: what other programs read in them is what the records say, and nothing more."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from html.parser import HTMLParser
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import feedparser
import pytest
from msgspec import structs

from generator.audit.pages import page_problems
from generator.directory import Directory
from generator.languages import fingerprint
from generator.model import Consent, Impact, Photo, Quote, Story
from generator.pages import feeds, recognition
from generator.pages.feeds import ATOM, JSON, NEWEST
from generator.pages.page import Page
from generator.words.translations import Translation
from tests.factories import story
from tests.finder_district import TODAY, directory, partner, rendered, school

SITE = "https://partners.example.org/riverbend/"
NAMESPACE = "{http://www.w3.org/2005/Atom}"
YEAR = "recognition/2025-26"
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no document of XML 1.0 may hold: https://www.w3.org/TR/xml/#charsets"""
TEXTS = ("id", "url", "title", "content_html", "summary", "date_published", "date_modified", "language")
"""The members of an item in a JSON Feed that are texts, as far as ours has them."""
HOSTILE = (
    "</title></entry></feed><script>alert(1)</script>",
    "]]></content> <![CDATA[",
    "&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp;",
    '" onclick="alert(1)" \' &',
    "{{ 7 * 7 }} {% raw %} \\u003c \\",
    '"}, {"id": "other',
    "\u2028\u2029 50 % <b>",
)


def consent(*scope: str) -> Consent:
    """A permission that has not run out."""
    return Consent(scope=scope, ref="C-2026-0001", expires=date(2028, 6, 30))


def whole(*stories: Story, site: str = SITE, **fields: Any) -> Directory:
    """A district with two partners, a school and stories, the newest first."""
    known = directory((partner("river-readers"), partner("mill")), (school("oak", None),), **fields)
    return replace(
        known,
        district=structs.replace(known.district, site_url=site, website="https://district.example.org/"),
        stories=MappingProxyType({f"{each.school_year}/{each.slug}": each for each in stories}),
    )


def files(stories: Directory, language: str = "en") -> dict[str, Page]:
    """Both feeds in one language."""
    return rendered(feeds.units, stories, language)


def atom(stories: Directory, language: str = "en") -> Any:
    """The Atom feed as another program reads it, which finds nothing wrong with it."""
    text = files(stories, language)[ATOM].body
    assert not NOT_XML.search(text)
    assert list(page_problems("feed.xml", text, is_picture=True)) == []
    found = feedparser.parse(text.encode(), sanitize_html=False, resolve_relative_uris=False)
    assert not found.bozo
    assert found.version == "atom10"
    assert not list(atom_faults(ElementTree.fromstring(text)))
    return found


def atom_faults(feed: ElementTree.Element) -> Iterator[str]:
    """What RFC 4287 demands and a feed does not have."""
    for element, wanted in (
        (feed, ("id", "title", "updated")),
        *((e, ("id", "title", "updated")) for e in entries(feed)),
    ):
        for name in wanted:
            if len(element.findall(f"{NAMESPACE}{name}")) != 1:
                yield f"{element.tag} does not have one {name}"
        if not urlsplit(element.findtext(f"{NAMESPACE}id", "")).scheme:
            yield f"{element.tag} has an id that is no whole address"
        for day in element.findall(f"{NAMESPACE}updated") + element.findall(f"{NAMESPACE}published"):
            yield from moment_faults(day.text or "")
        alternates = [link for link in element.findall(f"{NAMESPACE}link") if link.get("rel") == "alternate"]
        if len(alternates) != 1:
            yield f"{element.tag} has {len(alternates)} pages"
    if feed.find(f"{NAMESPACE}author/{NAMESPACE}name") is None:
        yield "nobody is the author"
    ids = [entry.findtext(f"{NAMESPACE}id") for entry in entries(feed)]
    if len({*ids}) != len(ids):
        yield "two entries have one id"


def entries(feed: ElementTree.Element) -> list[ElementTree.Element]:
    """The entries of an Atom feed."""
    return feed.findall(f"{NAMESPACE}entry")


def moment_faults(text: str) -> Iterator[str]:
    """What is wrong with a date and time of RFC 3339."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)", text):
        yield f"{text} is no moment"


def json_feed(stories: Directory, language: str = "en") -> dict[str, Any]:
    """The JSON Feed, in which nothing is wrong."""
    text = files(stories, language)[JSON].body
    found: dict[str, Any] = json.loads(text, parse_constant=pytest.fail)
    assert not NOT_XML.search(text)
    assert not list(json_faults(found))
    return found


def json_faults(feed: dict[str, Any]) -> Iterator[str]:
    """What https://www.jsonfeed.org/version/1.1/ demands and a feed does not have; members that it does not know."""
    known = {"version", "title", "description", "home_page_url", "feed_url", "language", "authors", "items"}
    yield from (f"the feed has an unknown {name}" for name in feed.keys() - known)
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        yield "it is of no known version"
    if not isinstance(feed.get("title"), str) or not isinstance(feed.get("items"), list):
        yield "there is no title or no list of items"
    for author in feed.get("authors", ()):
        if not author.keys() & {"name", "url", "avatar"}:
            yield "an author has nothing"
    for item in feed["items"]:
        yield from item_faults(item)
    if len({item.get("id") for item in feed["items"]}) != len(feed["items"]):
        yield "two items have one id"


def item_faults(item: dict[str, Any]) -> Iterator[str]:
    """What is wrong with one item."""
    yield from (f"an item has an unknown {name}" for name in item.keys() - {*TEXTS, "tags", "attachments"})
    yield from (f"{name} is no text" for name in TEXTS if not isinstance(item.get(name, ""), str))
    if not item.get("id") or not item.get("content_html"):
        yield "an item has no id or no content"
    yield from (fault for name in ("date_published", "date_modified") for fault in moment_faults(item[name]))
    if not all(isinstance(tag, str) for tag in item.get("tags", ())):
        yield "a tag is no text"
    for attachment in item.get("attachments", ()):
        if not {"url", "mime_type"} <= attachment.keys():
            yield "an attachment has no address or no type"


class Elements(HTMLParser):
    """The names of the elements in a piece of HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data


def test_both_feeds_tell_a_story_as_its_page_does() -> None:
    told = story(
        focus=("reading",),
        schools=("oak",),
        impact=(Impact(figure=143, unit="families", what="read together"),),
        quotes=(Quote(words="We laugh more.", role="Parent"),),
    )
    (entry,) = atom(whole(told)).entries
    (item,) = json_feed(whole(told))["items"]
    address = f"{SITE}en/{YEAR}/reading-nights/"
    assert entry.id == entry.link == item["id"] == item["url"] == address
    assert entry.title == item["title"] == "Reading nights"
    assert entry.summary == item["summary"] == "Families read."
    assert entry.published == entry.updated == item["date_published"] == "2026-06-01T00:00:00-05:00"
    assert [tag.label for tag in entry.tags] == item["tags"] == ["Reading and writing"]
    assert entry.content[0].value.strip() == item["content_html"].strip()
    text = Elements(item["content_html"]).text
    for words in ("143 families read together", "They read.", "We laugh more.", "Parent", "River Readers", "Oak"):
        assert words in text
    assert f"{SITE}en/partners/river-readers/" in item["content_html"]


def test_a_feed_says_what_it_is_and_where() -> None:
    feed, data = atom(whole(story())).feed, json_feed(whole(story()))
    assert feed.title == "Stories of partners we thank · Riverbend Public Schools"
    assert feed.author == data["authors"][0]["name"] == "Riverbend Public Schools"
    assert feed.links[0].href == f"{SITE}en/{ATOM}"
    assert data["feed_url"] == f"{SITE}en/{JSON}"
    assert feed.link == data["home_page_url"] == f"{SITE}en/recognition/"
    assert feed.updated == "2026-06-01T00:00:00-05:00"


def test_the_newest_stories_are_in_it_and_no_others() -> None:
    many = [story(f"story-{n}", published=date(2026, 6, 1) - timedelta(days=n)) for n in range(NEWEST + 5)]
    assert [item["url"].split("/")[-2] for item in json_feed(whole(*many))["items"]] == [s.slug for s in many[:NEWEST]]
    assert len(atom(whole(*many)).entries) == NEWEST


def test_without_stories_a_feed_is_empty_and_whole() -> None:
    assert atom(whole()).entries == json_feed(whole())["items"] == []
    assert atom(whole()).feed.updated.startswith(TODAY.isoformat())


def test_without_an_address_of_the_site_there_are_no_feeds() -> None:
    assert files(whole(story(), site="")) == {}


def test_each_language_has_its_own_words_and_says_which_are_not() -> None:
    words = {"title": "Noches de lectura", "story": "Leen *juntos*."}
    english = {"title": "Reading nights", "story": "They read."}
    sidecar = {
        path: Translation(text=text, source=fingerprint(english[path]), by="human", on=TODAY)
        for path, text in words.items()
    }
    told = whole(story(), translations={("es", f"{YEAR}/reading-nights"): sidecar})
    (item,) = json_feed(told, "es")["items"]
    assert json_feed(told, "es")["language"] == item["language"] == "es"
    assert item["title"] == "Noches de lectura"
    assert "<em>juntos</em>" in item["content_html"]
    assert f"{SITE}es/{YEAR}/" in item["url"]
    (entry,) = atom(told, "es").entries
    assert entry.title_detail.language == "es"
    assert entry.summary_detail.language == "en"
    assert json_feed(told, "ar")["items"][0]["language"] == "en"
    assert 'lang="en"' in json_feed(told, "ar")["items"][0]["content_html"]


def test_words_of_a_computer_are_marked_in_the_story_that_has_them() -> None:
    machine = {"story": Translation(text="Leen.", source=fingerprint("They read."), by="machine", on=TODAY)}
    human = {
        path: Translation(text="Así.", source=fingerprint(text), by="human", on=TODAY)
        for path, text in (("title", "Reading nights"), ("summary", "Families read."), ("story", "They read."))
    }
    told = whole(
        story("first", title="Reading nights"),
        story("second", title="Reading nights"),
        translations={("es", f"{YEAR}/first"): {**human, **machine}, ("es", f"{YEAR}/second"): human},
    )
    first, second = json_feed(told, "es")["items"]
    assert "A computer translated parts" in first["content_html"]
    assert "A computer" not in second["content_html"]
    assert [("A computer" in entry.content[0].value) for entry in atom(told, "es").entries] == [True, False]


def test_nobody_is_named_and_only_photos_that_may_leave_the_site_do() -> None:
    told = story(
        quotes=(Quote(words="Thanks", role="Principal", name="Robin Example", consent=consent("name", "quote")),),
        photos=(
            Photo(file="site-only.jpg", alt="Books", consent=consent("photo")),
            Photo(file="anywhere.webp", alt="Books", consent=consent("photo", "social-media")),
        ),
    )
    (item,) = json_feed(whole(told))["items"]
    (entry,) = atom(whole(told)).entries
    photo = f"{SITE}media/recognition/photos/anywhere.webp"
    assert item["attachments"] == [{"url": photo, "mime_type": "image/webp"}]
    assert [(each.href, each.type) for each in entry.enclosures] == [(photo, "image/webp")]
    everything = "".join(page.body for page in files(whole(told)).values())
    assert "Principal" in everything
    assert "Robin Example" not in everything
    assert "site-only" not in everything
    assert "C-2026-0001" not in everything


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_strangers_words_stay_words(words: str, language: str) -> None:
    told = story(
        title=words,
        summary=words,
        story=words,
        impact=(Impact(figure=3, unit="families", what=words),),
        quotes=(Quote(words=words, role=words),),
    )
    hostile = whole(told, story("other", title="Other"))
    found, data = atom(hostile, language), json_feed(hostile, language)
    assert len(found.entries) == len(data["items"]) == 2
    assert data["items"][0]["title"] == data["items"][0]["summary"] == words
    assert (
        ElementTree.fromstring(files(hostile, language)[ATOM].body).findtext(f"{NAMESPACE}entry/{NAMESPACE}title")
        == words
    )
    for html in (found.entries[0].content[0].value, data["items"][0]["content_html"]):
        elements = Elements(html)
        assert elements.tags <= {"ul", "li", "strong", "bdi", "div", "p", "blockquote", "a", "span", "em"}
        assert elements.attributes <= {"class", "href", "lang", "dir", "translate", "rel", "data-pagefind-ignore"}
        assert " ".join(words.split()) in " ".join(elements.text.split())


def test_what_is_wrong_with_a_feed_is_found() -> None:
    good = json_feed(whole(story()))
    item = good["items"][0]
    for broken in ({**item, "id": ""}, {**item, "content_html": 1}, {**item, "date_published": "today"}):
        assert list(json_faults({**good, "items": [broken]}))
    assert list(json_faults({**good, "items": [item, item]}))
    assert list(json_faults({**good, "version": "1"}))
    text = files(whole(story()))[ATOM].body
    for old, new in (("<id>", "<di>"), ("T00:00:00", ""), ("<name>", "<mane>")):
        spoiled = text.replace(old, new).replace(old.replace("<", "</"), new.replace("<", "</"))
        assert list(atom_faults(ElementTree.fromstring(spoiled)))


def links(head: str) -> Iterable[str]:
    """The types of the feeds that a page's head leads to."""
    return re.findall(r'<link rel="alternate" type="([^"]+)"', head)


def test_the_pages_of_stories_lead_to_the_feeds() -> None:
    pages = rendered(recognition.units, whole(story()))
    for page in filter(attrgetter("frame"), pages.values()):
        assert links(page.head) == ["application/atom+xml", "application/feed+json"]
    assert 'href="../../en/recognition/feed.xml"' in pages["recognition/"].head
    assert not any(links(page.head) for page in rendered(recognition.units, whole(story(), site="")).values())


def test_a_built_site_has_feeds_that_others_can_read(riverbend_site: Path) -> None:
    for language in ("en", "es", "ar"):
        text = (riverbend_site / language / ATOM).read_bytes()
        found = feedparser.parse(text)
        assert not found.bozo
        data = json.loads((riverbend_site / language / JSON).read_text("utf-8"))
        assert not list(json_faults(data))
        assert [entry.id for entry in found.entries] == [item["id"] for item in data["items"]]
        for entry in found.entries:
            own = riverbend_site / entry.link.removeprefix("https://partners.example.org/")
            assert (own / "index.html").is_file()
            assert datetime.fromisoformat(entry.updated)
    assert not [path for path in riverbend_site.glob("sitemap*.xml") if "feed." in path.read_text("utf-8")]
