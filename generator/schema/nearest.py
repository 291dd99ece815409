"""What somebody probably meant who wrote a field or a term that does not exist."""

from collections.abc import Iterable

from rapidfuzz import process, utils
from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.fuzz import WRatio

from generator.text import fold
from generator.vocabulary import Term, Vocabulary

_LONGEST = 64  # characters; longer words are no slip of the pen, and cost time
_LIKE = 0.6  # share of letters that must agree
_WORDS_LIKE = 86  # out of 100, for several words in any order


def nearest_field(name: str, fields: Iterable[str]) -> str | None:
    """The field whose name looks most like the given one; None when none does."""
    if len(name) > _LONGEST:
        return None
    written = name.lower().replace("-", "_").replace(" ", "_")
    found = process.extractOne(
        written, tuple(fields), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LIKE
    )
    return found[0] if found else None


def nearest_term(word: str, vocabulary: Vocabulary) -> Term | None:
    """The current term whose id, label or synonym is the word, or looks most like it; None when none does."""
    if len(word) > _LONGEST:
        return None
    words = vocabulary.by_word
    written = fold(word)
    if written in words:
        return words[written]
    slip = process.extractOne(
        written, words.keys(), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LIKE
    )
    found = slip or process.extractOne(
        written, words.keys(), scorer=WRatio, processor=utils.default_process, score_cutoff=_WORDS_LIKE
    )
    return words[found[0]] if found else None
