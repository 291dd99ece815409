"""What somebody probably meant who wrote a name that does not exist."""

from collections.abc import Iterable

# Below these a suggestion puzzles more than it helps.
_LIKE = 0.6  # share of letters that agree
_WORDS_LIKE = 80  # out of 100, for several words in any order, or where one name is a part of the other
_LONGEST = 128  # characters; longer words are no slip of the pen, and cost time


def nearest(word: str, known: Iterable[str]) -> str:
    """The known name that looks most like the given one, the first of several by the alphabet; empty when none does."""
    if len(word) > _LONGEST:
        return ""
    from rapidfuzz import process, utils  # slow to import, and most names exist
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.fuzz import WRatio

    names = sorted(known)
    slip = process.extractOne(word, names, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_LIKE)
    found = slip or process.extractOne(
        word, names, scorer=WRatio, processor=utils.default_process, score_cutoff=_WORDS_LIKE
    )
    return str(found[0]) if found else ""
