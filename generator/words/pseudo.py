"""Two languages that nobody speaks, made from English, for previews: what is hard-coded or does not fit shows in them.

`en-XA` has accents and is about 40 % longer; `ar-XB` is English in Arabic letters, so that it runs from right to left
by itself, without a control character that could leak out of its element.
"""

import re
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from types import MappingProxyType

from babel.messages import Catalog

from generator.vocabulary import Term
from generator.words.formats import Formats, names
from generator.words.interface import strings

LONG, MIRRORED = "en-XA", "ar-XB"
_KEPT = re.compile(r"%\([^)]*\)s|%%")
"""What a message must keep as it is: the places of values."""
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åḅçḓéƒĝĥîĵķļɱñöṗqŕšţûṽŵẋýžÅḄÇḒÉƑĜĤÎĴĶĻṀÑÖṖQŔŠŢÛṼŴẊÝŽ",
)
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابسدعفغهيجكلمنوپقرشتعڤوخيزابسدعفغهيجكلمنوپقرشتعڤوخيز",
)
_GROWTH = 0.4
_FILLER = names("one two three four five six seven eight nine ten")


def longer(words: str) -> str:
    """English with accents and brackets, about 40 % longer by further words."""
    plain = _KEPT.sub("", words)
    if not any(map(str.isalpha, plain)):
        return words
    wanted = round(len(plain) * _GROWTH)
    filler = ""
    for number in range(wanted):
        if len(filler) >= wanted:
            break
        filler += f" {_FILLER[number % len(_FILLER)]}"
    return f"[{_apart(words, _ACCENTS)}{filler.translate(_ACCENTS)}]"


def mirrored(words: str) -> str:
    """English in letters of a script that runs from right to left."""
    return _apart(words, _ARABIC)


def _apart(words: str, letters: Mapping[int, int]) -> str:
    """The words in other letters, the places of values left as they are."""
    texts, kept = _KEPT.split(words), _KEPT.findall(words)
    return "".join(t.translate(letters) + k for t, k in zip(texts, (*kept, ""), strict=True))


SPELLINGS: Mapping[str, Callable[[str], str]] = MappingProxyType({LONG: longer, MIRRORED: mirrored})
"""How each of the two writes English."""

TERMS: Mapping[str, Term] = MappingProxyType(
    {
        LONG: Term(id=LONG, label="Long English", endonym=longer("Long English"), script="Latn", direction="ltr"),
        MIRRORED: Term(id=MIRRORED, label="English", endonym=mirrored("English"), script="Arab", direction="rtl"),
    }
)
"""The two as the vocabulary of languages would have them."""


class Spelled(NullTranslations):
    """A catalogue that has every message, in another spelling."""

    def __init__(self, spell: Callable[[str], str], known: frozenset[tuple[str, str]]) -> None:
        super().__init__()
        self.spell = spell
        self.known = known

    def gettext(self, message: str) -> str:
        """The message, if the template of all catalogues has it; else as it is, which shows that it has not."""
        return self.pgettext("", message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for a number."""
        return self.spell(msgid1 if n == 1 else msgid2) if ("", msgid1) in self.known else msgid2

    def pgettext(self, context: str, message: str) -> str:
        """The message of a context."""
        return self.spell(message) if (context, message) in self.known else message


def catalogue(template: Catalog, language: str) -> NullTranslations:
    """The words of one of the two languages, for all messages of the template."""
    known = frozenset((message.context or "", strings(message.id)[0]) for message in template if message.id)
    return Spelled(SPELLINGS[language], known)


def formats(spell: Callable[[str], str]) -> Formats:
    """English formats in a spelling."""
    months = names("January February March April May June July August September October November December")
    return Formats(
        months=tuple(map(spell, months)),
        date="{month} {day}, {year}",
        month="{month} {year}",
        hours=(("00:00", f"{{}} {spell('AM')}"), ("12:00", f"{{}} {spell('PM')}")),
        comma=", ",
        last=f" {spell('and')} ",
        miles=f"{{}} {spell('miles')}",
    )


FORMATS: Mapping[str, Formats] = MappingProxyType({language: formats(spell) for language, spell in SPELLINGS.items()})
