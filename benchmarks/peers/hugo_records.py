"""Hugo from the records: it looks up, counts, dates, prices and relates by itself, within its measured time."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from benchmarks.peers import hugo, hugo_lists, lists
from benchmarks.peers.merged import Merged, partner_pages, school_page
from benchmarks.peers.messages import month_layout, words
from benchmarks.peers.peer import Contents
from benchmarks.peers.tables import tables
from generator.languages import COUNTRY
from generator.model import Verified
from generator.pages.schools import NEAREST, ROWS

LAYOUTS = Path(__file__).parent / "layouts/hugo-records"
WIDTH = 100_000
"""So long may a line of YAML be: no text is broken."""
CLOCK = "3:04 PM"
"""Times of day as clocks of the country show them, in Hugo's form; it has the other languages' words for “PM”."""
Front = Mapping[str, object]


def write(folder: Path, contents: Contents) -> None:
    """The project: settings, layouts, words and terms of each language, and a content file for each record."""
    project = folder / "hugo-records"
    hugo.begin(project, contents, settings(contents))
    for layouts in (hugo_lists.LAYOUTS, LAYOUTS):
        shutil.copytree(layouts, project / "layouts", dirs_exist_ok=True)
    for speaker, around, locale in zip(contents.speakers, contents.frames, contents.locales, strict=True):
        said = {**around.words, **hugo_lists.words(speaker), **words(locale)}
        hugo.keep(project / "i18n" / f"{speaker.language}.json", said)
        for name, known in tables(contents.deck.directory, locale).items():
            file = project / "data" / name / f"{locale.language.lower()}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            hugo.keep(file, known)
    listed = listings(contents)
    for language, page in pages(contents):
        hugo.put(project, language, page.route, content(page, listed.get(page.route, {})))


def settings(contents: Contents) -> dict[str, object]:
    """Hugo's settings: those with lists, and each language as it is written in this country."""
    given: Any = hugo_lists.settings(contents)
    months = {locale.language: month_layout(locale) for locale in contents.locales}
    languages = {
        code: each | {"locale": f"{code}-{COUNTRY}", "params": each["params"] | {"month": months[code]}}
        for code, each in given["languages"].items()
    }
    district = contents.records.district
    params = {
        "clock": CLOCK,
        "nearest": NEAREST,
        "rows": ROWS,
        "schools": lists.folder("school"),
        "repository": district.repository,
        "mistakes": next((contact.email for contact in district.contacts if contact.email), ""),
    }
    return {
        **given,
        "buildFuture": True,
        "languages": languages,
        "markup": {"goldmark": {"extensions": {"typographer": {"disable": True}}}},
        "params": {**given["params"], **params},
    }


def listings(contents: Contents) -> dict[str, Front]:
    """What Hugo's lists are made from, by route: a program's values by taxonomy, and the day it was checked.

    Hugo orders a list by day and title then. What no list has is not there.
    """
    known = lists.entries(contents.deck)
    checked = {f"partners/{partner.slug}": partner.verified for partner in contents.records.partners}
    return {
        route: {**hugo_lists.values(entry), **day(checked[route.rpartition("/")[0]])} for route, entry in known.items()
    }


def day(verified: Verified | None) -> Front:
    """When somebody last looked at a record."""
    return {"date": verified.on.isoformat()} if verified else {}


def pages(contents: Contents) -> Iterator[tuple[str, Merged]]:
    """Every page with its language."""
    for locale in contents.locales:
        for partner in contents.records.partners:
            yield from ((locale.language, page) for page in partner_pages(partner, locale))
        yield from ((locale.language, school_page(school, locale)) for school in contents.records.schools)


def content(page: Merged, listed: Front) -> str:
    """A content file: the record in front, with what Hugo needs to know of the page, and the description below."""
    facts = {
        "title": page.title,
        "type": page.kind,
        **listed,
        "english": page.english,
        "doubts": page.doubts,
        "programs": page.programs,
        "record": page.record,
    }
    known = {key: list(value) if isinstance(value, tuple) else value for key, value in facts.items()}
    text = yaml.dump(known, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return f"---\n{text}---\n\n{page.about}"


HUGO_RECORDS = replace(
    hugo_lists.HUGO_LISTS,
    word="hugo-records",
    name=f"{hugo.HUGO.name}, from the records",
    write=write,
    home="hugo-records",
)
