"""How people search in a language: endings that words may lose, words that mean the same, and what is typed for a term.

Each language has one file, `translations/<language>/search.yml`; English has its synonyms in the vocabularies.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct, ValidationError, convert

from generator.nearest import nearest
from generator.problems import Problem
from generator.source import Document, read
from generator.text import fold
from generator.vocabulary import Vocabulary

LEAST = {"Ethi": 2, "Arab": 3}
"""How many letters have to be left of a word without an affix, by script; a letter of Ethiopic is a syllable."""
LEAST_ELSEWHERE = 4
VOWELS = "አኡኢኣኤእኦ"
"""The vowels of Ethiopic: a suffix that begins with one changes the vowel of the syllable before it (ቤት, ቤቶች)."""
FIRST_SYLLABLE = 0x1200
VOWELLESS = 5
"""The place of a syllable without a vowel of its own among the eight of its consonant."""
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

SHORT = 4
"""Letters; a shorter word has too many neighbours to be corrected by itself."""
AROUND = '.,;:()[]“”"!?¿¡،؛。、，！？；：（）「」፣።'
"""Punctuation that may stand around words."""


class Lexicon(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """What search knows of a language.

    `prefixes` and `suffixes` are taken off words; words of one group of `same` are searched for together; `ignored`
    words are not searched for. `synonyms` are what people type for a term, by vocabulary and term.
    """

    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()
    ignored: tuple[str, ...] = ()
    synonyms: dict[str, dict[str, tuple[str, ...]]] = {}
    least: int = LEAST_ELSEWHERE

    def words(self, vocabulary: str, term: str) -> tuple[str, ...]:
        """What people type for a term of a vocabulary."""
        return self.synonyms.get(vocabulary, {}).get(term, ())

    def stems(self, word: str) -> tuple[str, ...]:
        """A folded word without its prefix, without its suffix, and without either, if enough is left.

        The finder's script does the same (`stems` in finder-words.js).
        """
        bare = self._without_prefix(word)
        whole = (word, bare) if bare else (word,)
        shorter = (shorter for each in whole if (shorter := self._without_suffix(each)))
        return tuple(dict.fromkeys((*whole[1:], *shorter)))

    @cached_property
    def alters_beginnings(self) -> bool:
        """Whether a word without affixes may be something that the word does not begin with."""
        return bool(self.prefixes) or any(suffix[0] in VOWELS for suffix in self.suffixes)

    @cached_property
    def folded_prefixes(self) -> tuple[str, ...]:
        """The prefixes as words have them, longest first."""
        return tuple(sorted({fold(prefix) for prefix in self.prefixes}, key=lambda p: (-len(p), p)))

    @cached_property
    def folded_suffixes(self) -> tuple[str, ...]:
        """The suffixes as words have them, longest first; the vowel with which an Ethiopic one begins stays."""
        folded = {_folded_suffix(suffix) for suffix in self.suffixes}
        return tuple(sorted(folded, key=lambda s: (-len(s), s[0] in VOWELS, s)))

    def _without_prefix(self, word: str) -> str:
        """The word without its longest prefix; "" when it has none or too little would be left."""
        fitting = (p for p in self.folded_prefixes if word.startswith(p) and len(word) - len(p) >= self.least)
        return next((word[len(prefix) :] for prefix in fitting), "")

    def _without_suffix(self, word: str) -> str:
        """The same at the end of the word."""
        shorter = (cut(word, suffix) for suffix in self.folded_suffixes)
        return next((left for left in shorter if len(left) >= self.least), "")


def cut(word: str, suffix: str) -> str:
    """The word without a suffix; "" when it does not end so."""
    if suffix[0] not in VOWELS:
        return word.removesuffix(suffix) if word.endswith(suffix) else ""
    rest = suffix[1:]
    if not word.endswith(rest) or len(word) == len(rest):
        return ""
    syllable = ord(word[-len(rest) - 1]) - FIRST_SYLLABLE
    if not 0 <= syllable < 0x160 or syllable % 8 != VOWELS.index(suffix[0]):
        return ""
    return word[: -len(rest) - 1] + chr(FIRST_SYLLABLE + syllable - syllable % 8 + VOWELLESS)


def _folded_suffix(suffix: str) -> str:
    first = suffix[0] if suffix[0] in VOWELS else fold(suffix[0])
    return first + fold(suffix[1:])


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a text, without punctuation and apostrophes; marks of scripts that need them stay."""
    return tuple(word.replace("'", "") for word in WORD.findall(fold(text)))


def fitting(words: Iterable[str], limit: int) -> str:
    """As many of the words as fit into `limit` characters, each once, in their order, with commas between them."""
    kept: dict[str, None] = {}
    room = limit
    for word in words:
        clean = word.strip(AROUND).replace(",", " ")
        if len(clean) > 1 and clean not in kept and len(clean) < room:
            kept[clean] = None
            room -= len(clean) + 1
    return ",".join(kept)


def read_lexicon(path: Path, script: str = "") -> Lexicon:
    """The lexicon in a file, for a language of that script (ISO 15924).

    An empty one stands for an absent file and for one that a check refuses: a site in quarantine goes on without it.
    """
    least = LEAST.get(script, LEAST_ELSEWHERE)
    document, _ = read(path, relative=str(path)) if path.is_file() else (None, ())
    try:
        return convert({**(document.data if document else {}), "least": least}, Lexicon)
    except ValidationError:
        return Lexicon(least=least)


def strange_terms(document: Document, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Problem]:
    """A problem for each vocabulary and each term that does not exist, in a file that fits its schema."""
    for name, terms in document.data.get("synonyms", {}).items():
        vocabulary = vocabularies.get(name)
        if vocabulary is None:
            yield _strange(document, ("synonyms", name), f'"{name}" is no vocabulary', vocabularies)
            continue
        for term in terms:
            if term not in vocabulary.by_id:
                yield _strange(
                    document, ("synonyms", name, term), f'"{term}" is not {vocabulary.one}', vocabulary.by_id
                )


def _strange(document: Document, route: tuple[str, ...], message: str, known: Iterable[str]) -> Problem:
    near = nearest(route[-1], known)
    hint = f'did you mean "{near}"?  ' if near else ""
    folder = "schema/vocabularies/" + (f"{route[1]}.yml" if len(route) > 2 else "")
    return document.problem(route, rule="unknown-term", message=message, hint=f"{hint}All of them: {folder}", key=True)
