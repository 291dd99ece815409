"""What the finder's script has to know of a language to search as the pages are written: one small file a language."""

import json
from collections.abc import Iterator
from unicodedata import decimal

from generator.languages import ENGLISH, Locale
from generator.search.keywords import HAN_RUN, is_searched
from generator.text import ACCENTED, folding
from generator.words.lexicon import SHORT, fitting, words_of

NAME = "search.json"
PHRASES = ("focus-areas", "audiences", "cost-kinds", "access", "meals", "seasons", "communities", "languages")
"""The vocabularies whose words are suggested for misspelled ones, most wanted first."""
PHRASE_LIMIT = 4000
"""Characters of all suggestions of a file; names and words of summaries come from the index (`results`)."""


def tables(locale: Locale) -> bytes:
    """The file as JSON: how letters are evened out, the affixes, what means the same, what is ignored, suggestions."""
    lexicon = locale.lexicon
    letters = {letter: written for letter, written in folding().items() if not is_digit(letter)}
    data = {
        "accented": ACCENTED,
        "letters": letters,
        "zeros": "".join(letter for letter in folding() if is_digit(letter) and decimal(letter) == 0),
        "least": lexicon.least,
        "prefixes": lexicon.folded_prefixes,
        "suffixes": lexicon.folded_suffixes,
        "same": [[" ".join(words_of(phrase)) for phrase in group] for group in lexicon.same],
        "ignored": [" ".join(words_of(phrase)) for phrase in lexicon.ignored],
        "suggestions": fitting(suggestions(locale), PHRASE_LIMIT),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def is_digit(letter: str) -> bool:
    """Whether the letter is a digit, of whatever script."""
    return decimal(letter, None) is not None


def suggestions(locale: Locale) -> Iterator[str]:
    """The labels and synonyms of terms: word by word, and whole where a word is short or Chinese."""
    for name in PHRASES:
        vocabulary = locale.vocabularies[name]
        for term in vocabulary.current:
            synonyms = (*(term.synonyms if locale.language == ENGLISH else ()), *locale.lexicon.words(name, term.id))
            for phrase in (locale.term(name, term.id), *filter(is_searched, synonyms)):
                words = phrase.lower().split()
                is_whole = any(len(word) < SHORT or HAN_RUN.search(word) for word in words)
                yield from (phrase.lower(),) if is_whole else words
