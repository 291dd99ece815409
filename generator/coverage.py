"""How far a site is translated: how many of its texts are in which state, in each language."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import add
from types import MappingProxyType

from msgspec import Struct

from generator.directory import Directory
from generator.languages import ENGLISH, Locale, fingerprint, state_of
from generator.records.written import Written
from generator.words import pseudo
from generator.words.texts import texts_of
from generator.words.translations import FOLDER, STATES

PAGES = "pages/"
PAGE_TEXTS = ("title", "description")
"""What a hand-written page says beside its text."""
FOLDERS: Mapping[str, str] = MappingProxyType(
    {
        "partners": "partners/",
        "stories": "recognition/",
        "schools": "district/schools/",
        "initiatives": "district/initiatives/",
        "events": "district/events/",
        "resources": "district/resources/",
        "voices": "district/voices/",
        "measures": "district/measures/",
    }
)
"""Where the records of a directory have their addresses."""
Counts = tuple[int, ...]
"""How many texts are in each of the states."""
NUMBERS = "H"
"""Kept counts are 16-bit numbers: no record has as many texts."""


class Row(Struct, frozen=True):
    """One language with the counts of each store, in the order of `STORES`."""

    language: str
    stores: tuple[Counts, ...]


def coverage(
    locales: Sequence[Locale], written: Mapping[str, Written], counted: Mapping[str, bytes], messages: int
) -> tuple[Row, ...]:
    """The counts of every language of a site but English, in their order.

    `counted` is what `count_records` has found for these languages, `messages` how many words the site itself has.
    """
    others = others_of(tuple(locale.language for locale in locales))
    known = {locale.language: locale for locale in locales}
    records = totals(counted, len(others))
    return tuple(
        Row(code, (interface_counts(known[code], messages), records[place], page_counts(written, code)))
        for place, code in enumerate(others)
    )


def others_of(languages: Sequence[str]) -> tuple[str, ...]:
    """The languages into which something is translated."""
    return tuple(language for language in languages if language != ENGLISH and language not in pseudo.SPELLINGS)


def interface_counts(locale: Locale, messages: int) -> Counts:
    """The states of the site's own words."""
    done = [locale.whose.get(state, 0) for state in STATES[:3]]
    return (*done, 0, max(0, messages - sum(done)))


def page_counts(written: Mapping[str, Written], language: str) -> Counts:
    """The states of hand-written pages: each has a text, and may have a title and a description."""
    found: Counter[str] = Counter()
    for path, page in written.items():
        if path.startswith(PAGES):
            own = written.get(f"{FOLDER}{language}/{path}")
            found.update(page_states(page, own))
    return tuple(found[state] for state in STATES)


def page_states(page: Written, own: Written | None) -> Iterator[str]:
    """The state of each text of a hand-written page, given the page in another language."""
    for key in filter(page.front.data.get, PAGE_TEXTS):
        yield page_state(page, own) if own and own.front.data.get(key) else "missing"
    if page.markdown.strip():
        yield page_state(page, own) if own and own.markdown.strip() else "missing"


def page_state(page: Written, own: Written) -> str:
    """How far a page in another language is that of today's English."""
    is_fresh = own.front.data.get("source") == fingerprint(page.markdown)
    return str(own.front.data.get("by")) if is_fresh else "stale"


def count_records(
    directory: Directory,
    languages: Sequence[str],
    known: Mapping[str, bytes],
    digest_of: Callable[[str], str],
    spoken: Callable[[str], bytes],
) -> dict[str, bytes]:
    """What is known of each record by its address: a mark, and after it how many of its texts are in each state, one
    language after the other.

    What `known` has under the same mark is not counted again. `digest_of` tells marks of records by their path, ""
    where it cannot, and `spoken` those of their translations by address.
    """
    others = others_of(languages)
    found: dict[str, bytes] = {}
    for address, record in records_of(directory):
        digest = digest_of(f"{address}.yml")
        mark = digest.encode() + spoken(address)
        before = known.get(address, b"")
        is_same = digest and before.startswith(mark) and len(before) == len(mark) + size_of(others)
        found[address] = before if is_same else mark + states_of(directory, address, record, others)
    return found


def records_of(directory: Directory) -> Iterator[tuple[str, Struct]]:
    """(address, record) of all that a site shows."""
    yield "district/district", directory.district
    for name, folder in FOLDERS.items():
        yield from ((folder + slug, record) for slug, record in getattr(directory, name).items())
    for address, record in (("district/priorities", directory.priorities), ("district/policy", directory.policies)):
        if record is not None:
            yield address, record


def states_of(directory: Directory, address: str, record: Struct, languages: Sequence[str]) -> bytes:
    """How many texts of a record are in each state, one language after the other, as numbers of `NUMBERS`."""
    texts = tuple(texts_of(record))
    counts = array(NUMBERS)
    for language in languages:
        known = directory.translations.get(language, address)
        found = Counter([state_of(known.get(text.path), text.english) for text in texts])
        counts.extend([found[state] for state in STATES])
    return counts.tobytes()


def size_of(languages: Sequence[str]) -> int:
    """Bytes that counts take for so many languages."""
    return len(languages) * len(STATES) * array(NUMBERS).itemsize


def totals(counted: Mapping[str, bytes], languages: int) -> tuple[Counts, ...]:
    """The sums of what was counted, for each of so many languages. Many records have the same counts."""
    width = languages * len(STATES)
    size = width * array(NUMBERS).itemsize
    sums = [0] * width
    for counts, times in Counter([each[len(each) - size :] for each in counted.values()]).items():
        sums = list(map(add, sums, [times * count for count in array(NUMBERS, counts)]))
    return tuple(tuple(sums[start : start + len(STATES)]) for start in range(0, width, len(STATES)))
