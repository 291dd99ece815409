"""Records as a district would keep them for Hugo: as they are, with the words of one language in their places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from generator.languages import Locale, Words
from generator.model import Partner, Program, School
from generator.words.texts import Text, partner_texts, program_texts, school_texts

DOUBTS = ("machine", "stale")
"""States of a translation that readers are told of."""
BODY = "description"
"""The text of a record that stands below its front matter."""
APART = ("slug", "programs")
"""What is known from the names of files."""


class Merged(Struct, frozen=True, kw_only=True):
    """A record in one language: `route` is its address in every language, `about` Markdown, `programs` are slugs.

    `english` tells which of its texts have no words of the language, by their paths in the record, and why: missing,
    stale or machine. `doubts` are the states of the other texts that readers should know of.
    """

    route: str
    kind: str
    title: str
    record: Mapping[str, object]
    english: Mapping[str, str]
    doubts: tuple[str, ...]
    about: str
    programs: tuple[str, ...] = ()


def partner_pages(partner: Partner, locale: Locale) -> Iterator[Merged]:
    """A partner, followed by its programs; the partner knows them by their slugs."""
    address = f"partners/{partner.slug}"
    programs = tuple(program.slug for program in partner.programs)
    yield merged(partner, address, words(partner_texts(partner), address, locale), locale, programs)
    for program in partner.programs:
        said = words(program_texts(program), address, locale, f"programs/{program.slug}/")
        yield merged(program, f"{address}/{program.slug}", said, locale)


def school_page(school: School, locale: Locale) -> Merged:
    """A school."""
    said = words(school_texts(school), f"district/schools/{school.slug}", locale)
    return merged(school, f"schools/{school.slug}", said, locale)


def words(texts: Iterable[Text], address: str, locale: Locale, start: str = "") -> dict[str, Words]:
    """Each text by its path below `start`, in the language where our own pages show it so, else in English."""
    return {
        text.path.removeprefix(start): locale.words(address, text.path, text.english, is_critical=text.is_critical)
        for text in texts
    }


def merged(
    record: Partner | Program | School,
    route: str,
    said: Mapping[str, Words],
    locale: Locale,
    programs: tuple[str, ...] = (),
) -> Merged:
    """The record with what is said in its places."""
    told = {key: value for key, value in plain(record).items() if key not in APART}
    for path, text in said.items():
        put(told, path.split("/"), text.text)
    return Merged(
        route=route,
        kind=type(record).__name__.lower(),
        title=record.name,
        about=told.pop(BODY, ""),
        record=told,
        english={path: text.state for path, text in said.items() if text.language != locale.language},
        doubts=tuple(sorted({t.state for t in said.values() if t.language == locale.language}.intersection(DOUBTS))),
        programs=programs,
    )


def plain(record: Struct) -> dict[str, Any]:
    """What a record says, as its file does: numbers and dates as such, and nothing where it says nothing."""
    told = ((field, getattr(record, field.name)) for field in fields(record))
    return {field.encode_name: plain_value(value) for field, value in told if value != field.default}


def plain_value(value: object) -> object:
    """A value in mappings and lists."""
    if isinstance(value, Struct):
        return plain(value)
    return [plain_value(each) for each in value] if isinstance(value, tuple) else value


def put(place: Any, path: Sequence[str], text: str) -> None:
    """Write a text where its path leads: names of keys, and places in lists."""
    *way, last = path
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    place[int(last) if isinstance(place, list) else last] = text
