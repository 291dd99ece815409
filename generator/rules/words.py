"""Rules about the words themselves: their letters, their weight and their length."""

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from generator.objections import OBJECTIONS
from generator.rules.rule import Finding, Subject, field
from generator.text import excerpt

_NAMES = frozenset(("name", "title", "short_name", "also_known_as"))
_PROSE = frozenset(("summary", "description", "story", "heard", "done"))
_TOKEN = re.compile(r"[^\W_]+")

# Letters as reading_grade counts them: vowels but "e" as "a", most consonants as "c", all but letters as spaces.
_SOUNDS = str.maketrans(
    {chr(code): " " for code in range(128)}
    | dict.fromkeys("bcfghjkmnpqrsvwxz", "c")
    | dict.fromkeys("aiouy", "a")
    | {"e": "e", "d": "d", "l": "l", "t": "t", "'": None, "’": None}
)
_SYLLABLES = tuple(before + vowel for before in " cdlt" for vowel in "ae")
_SILENT = ("ce ", "de ", "te ", "ced ", "led ")  # as in "made", "write", "bake", "asked", "filled"
_STOPS = (". ", "! ", "? ", ": ", " - ", " * ")

_MARK = "@@dp:"  # what the frames of the pages are cut at

STUFFED_WORDS = 40
STUFFED_SHARE = 0.25
READABLE_WORDS = 30
READABLE_GRADE = 8

# Alphabets that share shapes: А (Cyrillic), A (Latin) and Α (Greek) cannot be told apart.
_ALIKE = frozenset(("LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU"))
_ORNAMENTS = re.compile("[\u24b6-\u24e9\uff21-\uff5a\U0001d400-\U0001d7ff\U0001f130-\U0001f189]")


def lookalike_letters(subject: Subject[Any]) -> Iterator[Finding]:
    """A name is written in plain letters, and each of its words in one alphabet."""
    if subject.blob.isascii():
        return
    for route, text in subject.words:
        if field(route) in _NAMES and not text.isascii():
            strange = _ORNAMENTS.search(text)
            mixed = next((word for word in _TOKEN.findall(text) if len(_alphabets(word)) > 1), None)
            if strange or mixed:
                what = "ornamental letters" if strange else f'two alphabets in the word "{mixed}"'
                yield Finding(
                    route=route,
                    message=f"this name holds {what}",
                    hint="type the name again; search and screen readers cannot read it as it is",
                )


def _alphabets(word: str) -> set[str]:
    """The look-alike alphabets that the word's letters come from."""
    if word.isascii():
        return set()
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()} & _ALIKE


def mark_of_frame(subject: Subject[Any]) -> Iterator[Finding]:
    """No text holds "@@dp:", the mark at which the frames of the pages are cut."""
    written = subject.document.text
    # YAML and Markdown undo escapes with a backslash, and Markdown references to characters.
    for route, text in subject.texts if "@@" in written or "&" in written or "\\" in written else ():
        if _MARK in html.unescape(text).replace("\\", ""):
            said = OBJECTIONS["mark-of-frame"]
            yield Finding(route=route, message=said.message % {"mark": _MARK}, hint=said.hint)


def keyword_stuffing(subject: Subject[Any]) -> Iterator[Finding]:
    """A text does not repeat one word over and over to be found more often."""
    for route, text in subject.words:
        if len(text) > 2 * STUFFED_WORDS:  # a word and its space have at least two characters
            words = text.lower().split()
            if len(words) > STUFFED_WORDS:
                counts = Counter(words)
                count = max(counts.values())
                if count > STUFFED_SHARE * len(words):
                    word = next(word for word in words if counts[word] == count)
                    yield Finding(
                        route=route,
                        message=f'"{excerpt(word, 40)}" is {count} of {len(words)} words',
                        hint="write for people; search finds a word that stands there once",
                    )


def hard_to_read(subject: Subject[Any]) -> Iterator[Finding]:
    """Texts for families can be read by an eighth grader: short sentences, short words."""
    if subject.kind == "translation":
        return
    long = [(route, text) for route, text in subject.words if len(text) > 2 * READABLE_WORDS and field(route) in _PROSE]
    grade, route = max(((reading_grade(text), route) for route, text in long), default=(0.0, ()), key=itemgetter(0))
    if grade > READABLE_GRADE:
        yield Finding(
            route=route,
            message=f"this reads like grade {grade:.0f}; the aim is {READABLE_GRADE}",
            hint="make two sentences of a long one, and use everyday words",
        )


def reading_grade(text: str) -> float:
    """The school grade that can read an English text; 0 for fewer than 30 words, which are too few to tell.

    Flesch-Kincaid grade level: 0.39 × words a sentence + 11.8 × syllables a word - 15.59 (J. P. Kincaid and others,
    Research Branch Report 8-75, Naval Technical Training Command, 1975). A syllable is a group of vowels here; a
    silent e at the end, and in -ed, is none.
    """
    sounds = f" {text.lower().translate(_SOUNDS)} "
    words = len(sounds.split())
    if words < READABLE_WORDS:
        return 0.0
    syllables = sum(map(sounds.count, _SYLLABLES)) - sum(map(sounds.count, _SILENT))
    line = text.rstrip().replace("\n", " ") + " "
    sentences = max(sum(map(line.count, _STOPS)), 1)
    return 0.39 * words / sentences + 11.8 * max(syllables, words) / words - 15.59
