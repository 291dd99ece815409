"""Pages written once for all languages: what a page says becomes a slot, which each language fills in its own words.

A template runs with `Slots` in the place of a `Locale`. Whatever it asks for (a label, a date, a record's text) is
answered by a token, a text that stands for a `Slot`: what to say, and with which values. A `Speaker` then puts the
words of one language in the place of the tokens. Tokens may stand in the values of other slots; control characters
tell them from text, for no record and no template can hold one.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from generator.languages import ENGLISH, Locale, Words
from generator.model import Grades
from generator.pages import saying

MARK = "\x02"
TOKEN = re.compile(f"{MARK}([0-9]+)\x03")
FULL = 200_000
MANY_CARDS = 3_000
"""After so many slots or cards a process starts anew: those of pages long written are of no more use."""

Say = Callable[..., Any]
"""What a slot says: called with the speaker and the slot's values. HTML when it is `Markup`, else plain text."""


class Token(Markup):
    """Stands for a slot in a text. Values cannot be filled in: `Locale.said` and, in templates, `_` do that."""

    def __mod__(self, value: object) -> "Token":
        raise TypeError("these words are not known yet: fill them with Locale.said or, in a template, with _")


class Slot:
    """Something to say in each language.

    `is_open` tells that values have to be said first; `kept` are the words by language, of a slot on many pages.
    """

    __slots__ = ("is_open", "kept", "say", "values")

    def __init__(
        self, say: Say, values: tuple[Any, ...], *, is_open: bool = False, kept: dict[str, str] | None = None
    ) -> None:
        self.say = say
        self.values = values
        self.is_open = is_open
        self.kept = kept


Skeleton = tuple[str | Slot, ...]
"""A text cut at its tokens: text, slot, text, slot … text."""


class Open:
    """A value that holds tokens among other text."""

    __slots__ = ("is_html", "parts")

    def __init__(self, parts: Skeleton, *, is_html: bool) -> None:
        self.parts = parts
        self.is_html = is_html


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWords(Words):
    """A record's text, whose language is still open; `text` is a token, the others are what `Locale.words` takes."""

    record: str
    path: str
    english: str
    is_critical: bool


def is_open(value: object) -> bool:
    """Whether a slot's value has to be said in a language before it can be used."""
    return any(map(is_open, value)) if type(value) is tuple else type(value) in OPEN


OPEN = frozenset((Slot, Open, OpenWords))


class Card:
    """A card as pages share it: cut at its tokens, with a `HOLE` where a page may say how far away it is.

    `kept` is its HTML by language.
    """

    __slots__ = ("kept", "parts")

    def __init__(self, parts: Skeleton) -> None:
        self.parts = parts
        self.kept: dict[str, str] = {}


class Slots(Locale):
    """The locale of a page that is written for all languages: each answer is a token.

    `reference` is one of the languages; it only tells whether there is anything to say, which is the same in all.
    `asked` collects the addresses of the records whose texts the page uses.
    """

    def __init__(self, reference: Locale) -> None:
        super().__init__(
            language="",
            name="",
            direction="",
            vocabularies=reference.vocabularies,
            translation=reference.translation,
            catalogue=reference.catalogue,
        )
        own: dict[str, Any] = {"reference": reference, "slots": [], "known": {}, "cards": {}, "asked": set()}
        for name, value in own.items():
            object.__setattr__(self, name, value)
        self.forget()

    reference: Locale
    slots: list[Slot]
    known: dict[Hashable, Token]
    cards: dict[Hashable, Card]
    asked: set[str]

    def forget(self) -> None:
        """Start anew: no token that was given before is valid any more."""
        self.slots.clear()
        self.known.clear()
        self.cards.clear()
        object.__setattr__(self, "language", self.kept(saying.language))
        object.__setattr__(self, "direction", self.kept(saying.direction))

    @property
    def is_full(self) -> bool:
        """Whether it is time to start anew."""
        return len(self.slots) > FULL or len(self.cards) > MANY_CARDS

    def slot(self, say: Say, *values: Any) -> Token:
        """The token of something to say."""
        opened = tuple(map(self.opened, values))
        self.slots.append(Slot(say, opened, is_open=is_open(opened)))
        return Token(f"{MARK}{len(self.slots) - 1}\x03")

    def opened(self, value: Any) -> Any:
        """A value with slots instead of tokens; one that is nothing but a token becomes its slot."""
        if isinstance(value, str):
            if MARK not in value:
                return value
            parts = self.cut(value)
            is_slot = len(parts) == len(("", "slot", "")) and not parts[0] and not parts[2]
            return parts[1] if is_slot else Open(parts, is_html=isinstance(value, Markup))
        return tuple(map(self.opened, value)) if isinstance(value, tuple | list) else value

    def kept(self, say: Say, *values: Hashable) -> Token:
        """The token of something that many pages say: the same one for the same values."""
        key = (say, *values)
        token = self.known.get(key)
        if token is None:
            self.slots.append(Slot(say, values, kept={}))
            token = self.known[key] = Token(f"{MARK}{len(self.slots) - 1}\x03")
        return token

    def fact(self, words: Callable[..., Any], *values: Any) -> Any:
        """What a function of a locale says about values: a token, or one for each of several; nothing where nothing is
        to be said."""
        first = words(self.reference, *values)
        if isinstance(first, tuple):
            return tuple(self.slot(saying.one_fact, words, number, *values) for number in range(len(first)))
        return self.slot(saying.fact, words, *values) if first else first

    def card(self, key: Hashable, write: Callable[[], str], distance: str) -> Token:
        """The token of a card that several pages show, written by `write` when it is needed first."""
        card = self.cards.get(key)
        if card is None:
            card = self.cards[key] = Card(self.cut(write()))
        return self.slot(saying.card, card, distance)

    def cut(self, text: str) -> Skeleton:
        """A text cut at its tokens."""
        parts: list[str | Slot] = list(TOKEN.split(text))
        for number in range(1, len(parts), 2):
            parts[number] = self.slots[int(parts[number])]  # type: ignore[call-overload]
        return tuple(parts)

    def spoken(self, macro: str, *values: Any) -> Token:
        """What a macro of `spoken.html` says, which each language runs with its own words."""
        return self.slot(saying.spoken, macro, *values)

    def gettext(self, message: str) -> str:
        """See Locale."""
        return self.kept(saying.message, message)

    def said(self, message: str, **values: str) -> str:
        """See Locale."""
        return self.slot(saying.filled, message, tuple(values.items()))

    def term(self, vocabulary: str, term: str) -> str:
        """See Locale."""
        return self.kept(saying.term, vocabulary, term)

    def hint(self, vocabulary: str, term: str) -> str:
        """See Locale."""
        return self.kept(saying.hint, vocabulary, term) if self.reference.hint(vocabulary, term) else ""

    def words(self, record: str, path: str, english: str, *, is_critical: bool = False) -> Words:
        """See Locale."""
        if not english:
            return Words(text="", language=ENGLISH)
        self.asked.add(record)
        token = self.slot(saying.words, record, path, english, is_critical)
        return OpenWords(text=token, language="", record=record, path=path, english=english, is_critical=is_critical)

    def date(self, day: Any) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "date", day)

    def month(self, day: Any) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "month", day)

    def partial_date(self, text: str) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "partial_date", text)

    def clock(self, text: str) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "clock", text)

    def listed(self, items: Iterable[str]) -> str:
        """See Locale."""
        several = tuple(items)
        return self.slot(saying.by_locale, "listed", several) if several else ""

    def number(self, value: float) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "number", value)

    def percent(self, value: float) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "percent", value)

    def money(self, amount: float) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "money", amount)

    def apart(self, code: str) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "apart", code)

    def miles(self, distance_km: float) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "miles", distance_km)

    def grades(self, span: Grades) -> str:
        """See Locale."""
        return self.slot(saying.by_locale, "grades", span)
