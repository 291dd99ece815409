"""Texts with slots: what a page is made of before its words are known."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from markupsafe import Markup

from generator.languages import Words

MARK = "\x02"
END = "\x03"
"""Between these two stands the number of a slot: no record and no template can hold such characters."""

Say = Callable[..., Any]
"""What a slot says: called with the speaker and the slot's values. HTML when it is `Markup`, else plain text."""


class Token(Markup):
    """Stands for a slot in a text. What it will say is not known yet, so that nothing may depend on it."""

    __slots__ = ()
    __hash__ = Markup.__hash__

    def __mod__(self, value: object) -> NoReturn:
        raise TypeError("these words are not known yet: fill them with Locale.said or, in a template, with _")

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Token):
            return str.__eq__(self, other)
        raise TypeError("these words are not known yet: what depends on them belongs into spoken.html")

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __lt__(self, other: object) -> NoReturn:
        raise TypeError("these words are not known yet: sort by what is the same in every language")

    __le__ = __gt__ = __ge__ = __lt__


@dataclass(slots=True, eq=False)  # thousands are made for each page: frozen, each would take thrice as long
class Slot:
    """Something to say in each language.

    `is_open` tells that values have to be said first; `kept` are the words by language, of a slot on many pages.
    """

    say: Say
    values: tuple[object, ...]
    is_open: bool = False
    kept: dict[str, str] | None = None


Whose = tuple[str, bool, date | None]
"""The state of a record's words as they are shown, whether that is in English, and the day of the translation."""
Skeleton = tuple[str | Slot, ...]
"""A text cut at its tokens: text, slot, text, slot … text."""


@dataclass(frozen=True, slots=True)
class Open:
    """A value that holds tokens among other text."""

    parts: Skeleton
    is_html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWords(Words):
    """A record's text in a language that is still open: `text` is a token, and so are `language` and `state`.

    The next four are what `Locale.words` takes; `said` is what it says, by language.
    """

    record: str
    path: str
    english: str
    is_critical: bool
    said: dict[str, Words] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Card:
    """A card as pages share it: cut at its tokens, with a `HOLE` where a page may say how far away it is.

    `asked` are the addresses of the records whose texts it says, `kept` is its HTML by language, and whose its words
    are.
    """

    parts: Skeleton
    asked: frozenset[str] = frozenset()
    kept: dict[str, tuple[str, frozenset[Whose]]] = field(default_factory=dict)


OPEN = frozenset((Slot, Open, OpenWords))


def is_open(value: object) -> bool:
    """Whether a slot's value has to be said in a language before it can be used."""
    return any(map(is_open, value)) if type(value) is tuple else type(value) in OPEN
