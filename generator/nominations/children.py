"""A name in one sentence with the age or the grade of one child: stricter than the rules for all records."""

import re
from collections.abc import Collection

from generator.rules.minors import ONE_CHILD, people

_SENTENCES = re.compile(r"(?<=[^\W_]{2}[.!?])[”\"’')]*\s+|\n\s*\n")  # not after an initial
_OTHERS = re.compile(
    r"[A-Z]\w+(?:ese|ish)|Amharic|Arabic|Oromo|Somali|Tagalog|Tigrinya"
    r"|(?:African|Asian|Black|Latin[ox]|Native)(?: American)?"
)
"""Names of languages and peoples, which have capitals, too."""


def is_named(text: str, known: Collection[str]) -> bool:
    """Whether a sentence has a name that is not in `known` (of partners, schools, who consented) beside a child's age.

    It knows English only, and not a first name that begins a sentence.
    """
    return any(_names(sentence, known) for sentence in _SENTENCES.split(text) if ONE_CHILD.search(sentence))


def _names(sentence: str, known: Collection[str]) -> bool:
    line = " ".join(sentence.split())
    found = [name for name in people(line) if not _OTHERS.fullmatch(name)]
    if not found:
        return False
    for name in sorted(known, key=len, reverse=True):
        line = line.replace(name, "it")
    return any(not _OTHERS.fullmatch(name) for name in people(line))
