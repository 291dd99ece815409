"""Rules about the words themselves: their letters, their weight and their length."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.rules.rule import Finding, Subject, field

_NAMES = frozenset(("name", "title", "short_name", "also_known_as"))
_PROSE = frozenset(("summary", "description", "story", "heard", "done"))
_TOKEN = re.compile(r"[^\W_]+")
_ENGLISH = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"[^aeiouyl]e\b|[^aeiouytd]ed\b")
_SENTENCE_END = re.compile(r"[.!?:]+(?=\s|$)|\n\s*\n|\n\s*[-*] ")

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


def keyword_stuffing(subject: Subject[Any]) -> Iterator[Finding]:
    """A text does not repeat one word over and over to be found more often."""
    for route, text in subject.words:
        if len(text) > 2 * STUFFED_WORDS:  # a word and its space have at least two characters
            words = _TOKEN.findall(text.lower())
            word, count = Counter(words).most_common(1)[0] if words else ("", 0)
            if len(words) > STUFFED_WORDS and count > STUFFED_SHARE * len(words):
                yield Finding(
                    route=route,
                    message=f'"{word}" is {count} of {len(words)} words',
                    hint="write for people; search finds a word that stands there once",
                )


def hard_to_read(subject: Subject[Any]) -> Iterator[Finding]:
    """Texts for families can be read by an eighth grader: short sentences, short words."""
    if subject.kind == "translation":
        return
    graded = [
        (reading_grade(text), route) for route, text in subject.words if field(route) in _PROSE and text.count(" ") > 24
    ]
    grade, route = max(graded, default=(0.0, ()), key=lambda pair: pair[0])
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
    words = len(_ENGLISH.findall(text))
    if words < READABLE_WORDS:
        return 0.0
    small = text.lower()
    syllables = max(len(_VOWELS.findall(small)) - len(_SILENT.findall(small)), words)
    sentences = max(len([part for part in _SENTENCE_END.split(text) if part and not part.isspace()]), 1)
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59
