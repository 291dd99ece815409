"""What somebody probably meant who wrote a field or a term that does not exist."""

from collections.abc import Iterable

from generator.nearest import nearest
from generator.text import fold
from generator.vocabulary import Term, Vocabulary


def nearest_field(name: str, fields: Iterable[str]) -> str:
    """The field whose name looks most like the given one; empty when none does."""
    return nearest(name.lower().replace("-", "_").replace(" ", "_"), fields)


def nearest_term(word: str, vocabulary: Vocabulary) -> Term | None:
    """The current term whose id, label or synonym is the word, or looks most like it; None when none does."""
    return vocabulary.by_word.get(nearest(fold(word), vocabulary.by_word))
