"""Pages written once for all languages: what a page says becomes a slot, which each language fills in its own words.

A template runs with `Slots` in the place of a `Locale`. Whatever it asks for (a label, a date, a record's text) is
answered by a token, a text that stands for a `Slot`: what to say, and with which values. A `Speaker` then puts the
words of one language in the place of the tokens. Tokens may stand in the values of other slots; control characters
tell them from text, for no record and no template can hold one.
"""

import datetime
import re
from collections.abc import Callable, Hashable, Iterable
from typing import Any

from markupsafe import Markup

from generator.languages import ENGLISH, Locale, Words
from generator.model import Grades
from generator.pages import saying
from generator.pages.skeleton import END, MARK, Card, Open, OpenWords, Say, Skeleton, Slot, Token, is_open

TOKEN = re.compile(f"{MARK}([0-9]+){END}")
LANGUAGE, DIRECTION, UNKNOWN = (Token(f"{MARK}{number}{END}") for number in range(3))
"""The tokens of the slots that are always there; the last can neither be compared nor said."""
FULL = 15_000
MANY_CARDS = 800
"""After so many slots or cards a process starts anew: those of pages long written are of no more use."""


def first_slots() -> list[Slot]:
    """What `LANGUAGE`, `DIRECTION` and `UNKNOWN` stand for."""
    return [Slot(say, (), kept={}) for say in (saying.language, saying.direction, saying.unknown)]


class Slots(Locale):
    """The locale of a page that is written for all languages: each answer is a token.

    `reference` is one of the languages; it only tells whether there is anything to say, which is the same in all.
    `asked` collects the addresses of the records whose texts the page uses; `locales` are all languages of the site,
    for what is said in one of them whatever the page's own is.
    """

    reference: Locale
    locales: tuple[Locale, ...]
    slots: list[Slot]
    known: dict[Hashable, Token]
    cards: dict[Hashable, Card]
    asked: set[str]

    def __init__(self, reference: Locale, locales: tuple[Locale, ...] = ()) -> None:
        super().__init__(
            language=LANGUAGE,
            name="",
            direction=DIRECTION,
            vocabularies=reference.vocabularies,
            translation=reference.translation,
            catalogue=reference.catalogue,
        )
        # A locale is frozen: what it gathers is put beside its fields, as `cached_property` does.
        vars(self).update(reference=reference, locales=locales or (reference,))
        vars(self).update(slots=first_slots(), known={}, cards={}, asked=set())

    def forget(self) -> None:
        """Start anew: no token that was given before is valid any more."""
        self.slots[:] = first_slots()
        self.known.clear()
        self.cards.clear()
        self.told.clear()

    @property
    def is_full(self) -> bool:
        """Whether it is time to start anew."""
        return len(self.slots) > FULL or len(self.cards) > MANY_CARDS

    def slot(self, say: Say, *values: object) -> Token:
        """The token of something to say."""
        opened = tuple(map(self.opened, values))
        return self.added(Slot(say, opened, is_open(opened)))

    def added(self, slot: Slot) -> Token:
        """The token of a slot."""
        self.slots.append(slot)
        return Token(f"{MARK}{len(self.slots) - 1}{END}")

    def opened(self, value: object) -> object:
        """A value with slots instead of tokens; one that is nothing but a token becomes its slot."""
        if isinstance(value, str):
            return self.opened_text(value) if MARK in value else value
        return tuple(map(self.opened, value)) if isinstance(value, (tuple, list)) else value

    def opened_text(self, text: str) -> Slot | Open:
        """A text that holds tokens, with slots in their place."""
        match self.cut(text):
            case ("", Slot() as slot, ""):
                return slot
            case parts:
                return Open(parts, isinstance(text, Markup))

    def kept(self, say: Say, *values: Hashable) -> Token:
        """The token of something that many pages say: the same one for the same values."""
        key = (say, *values)
        token = self.known.get(key)
        if token is None:
            opened = tuple(map(self.opened, values))
            token = self.known[key] = self.added(Slot(say, opened, is_open(opened), kept={}))
        return token

    def fact(self, words: Callable[..., Any], *values: Hashable) -> Any:
        """What a function of a locale says about values: a token, or one for each of several; nothing where nothing is
        to be said."""
        first = words(self.reference, *values)
        if isinstance(first, tuple):
            return tuple(self.kept(saying.one_fact, words, number, *values) for number in range(len(first)))
        return self.kept(saying.fact, words, *values) if first else first

    def card(self, key: Hashable, write: Callable[[], str], distance: str) -> Token:
        """The token of a card that several pages show, written by `write` when it is needed first."""
        card = self.cards.get(key)
        if card is None:
            before = frozenset(self.asked)
            self.asked.clear()
            card = self.cards[key] = Card(self.cut(write()), asked=frozenset(self.asked))
            self.asked |= before
        self.asked |= card.asked
        return self.slot(saying.card, card, distance)

    def cut(self, text: str) -> Skeleton:
        """A text cut at its tokens."""
        texts = TOKEN.split(text)
        parts: list[str | Slot] = [*texts]
        parts[1::2] = [self.slots[int(number)] for number in texts[1::2]]
        return tuple(parts)

    def spoken(self, macro: str, *values: object) -> Token:
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
        return OpenWords(
            text=token,
            language=UNKNOWN,
            state=UNKNOWN,
            record=record,
            path=path,
            english=english,
            is_critical=is_critical,
        )

    def date(self, day: datetime.date) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "date", day)

    def month(self, day: datetime.date) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "month", day)

    def partial_date(self, text: str) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "partial_date", text)

    def clock(self, text: str) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "clock", text)

    def listed(self, items: Iterable[str]) -> str:
        """See Locale."""
        several = tuple(items)
        return self.kept(saying.by_locale, "listed", several) if several else ""

    def number(self, value: float) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "number", value)

    def percent(self, value: float) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "percent", value)

    def money(self, amount: float) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "money", amount)

    def apart(self, code: str) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "apart", code)

    def miles(self, distance_km: float) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "miles", distance_km)

    def grades(self, span: Grades) -> str:
        """See Locale."""
        return self.kept(saying.by_locale, "grades", span)
