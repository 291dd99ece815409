"""Hugo with the lists that families browse, too: taxonomies of its own, with pages of cards and lines."""

import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from benchmarks.peers import hugo, lists
from benchmarks.peers.messages import filled
from benchmarks.peers.peer import Contents
from benchmarks.peers.records import Speaker
from benchmarks.peers.sheets import sheets
from generator.languages import Locale
from generator.pages.browse import CARDS, LINES
from generator.search.facets import FACETS

LAYOUTS = Path(__file__).parent / "layouts/hugo-lists"
WORDS = {
    "narrow": "Narrow this list in the finder",
    "order": "Checked most recently first, then A to Z.",
    "lines": "More programs",
    "pages": "Pages of this list",
    "page": "Page %(number)s of %(count)s",
    "before": "Previous page",
    "after": "Next page",
    "further": "These may fit too",
    "school": "See everything about this school",
    "all_schools": "See all schools",
}
"""The words by the names that the layouts of lists have for them."""


def write(folder: Path, contents: Contents) -> None:
    """The project of the other Hugo, with the values of each program, and a content file for each list."""
    project = folder / "hugo-lists"
    hugo.begin(project, contents, settings(contents))
    shutil.copytree(LAYOUTS, project / "layouts", dirs_exist_ok=True)
    known = lists.entries(contents.deck)
    for speaker, around, locale in zip(contents.speakers, contents.frames, contents.locales, strict=True):
        hugo.keep(project / "i18n" / f"{speaker.language}.json", around.words | words(speaker))
        for sheet in sheets(contents.records, speaker):
            text = hugo.content(sheet, listing(known.get(sheet.route), locale))
            hugo.put(project, speaker.language, sheet.route, text)
        for each in lists.lists(contents.deck, locale):
            hugo.put(project, speaker.language, f"{each.route}/_index", hugo.front(msgspec.to_builtins(each)))


def settings(contents: Contents) -> dict[str, object]:
    """Hugo's settings: a taxonomy for each facet, and no page but those of records and values."""
    return hugo.settings(contents) | {
        "disableKinds": tuple(kind for kind in hugo.UNUSED if kind != "term"),
        "taxonomies": {lists.folder(facet.key): lists.folder(facet.key) for facet in FACETS},
        "pagination": {"disableAliases": True, "pagerSize": LINES},
        "params": {"cards": CARDS},
    }


def words(speaker: Speaker) -> dict[str, str]:
    """The words of lists, with their numbers to be filled in as Hugo does it."""
    return {key: filled(speaker.say(message)) for key, message in WORDS.items()}


def listing(entry: lists.Entry | None, locale: Locale) -> Mapping[str, object]:
    """What the lists need to know of a page: nothing, unless it is a program that they have."""
    if entry is None:
        return {}
    card = msgspec.to_builtins(lists.card(entry.card, locale))
    return {**values(entry), "weight": entry.weight, "card": card}


def values(entry: lists.Entry) -> Mapping[str, tuple[str, ...]]:
    """The slugs of a program's values by taxonomy."""
    return {lists.folder(key): slugs for key, slugs in entry.values.items()}


def pages(contents: Contents) -> int:
    """The pages of all lists in all languages."""
    return lists.pages(contents.deck) * len(contents.languages)


HUGO_LISTS = replace(
    hugo.HUGO,
    word="hugo-lists",
    name=f"{hugo.HUGO.name}, with lists",
    write=write,
    home="hugo-lists",
    lists=pages,
)
