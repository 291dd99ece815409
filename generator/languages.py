"""A locale: the words, dates, lists and numbers of one language, with English where it has none, and saying so."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache, wraps
from gettext import NullTranslations
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from unicodedata import normalize

from babel import Locale as Cldr
from babel import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from generator.directory import MILE_KM, Directory
from generator.model import Grades, Region
from generator.problems import SetupError
from generator.vocabulary import Vocabulary
from generator.words import pseudo
from generator.words.formats import CLDR, FORMATS, Formats, clock_in, joined
from generator.words.interface import compiled, is_machine_made, marks, read_words
from generator.words.lexicon import Lexicon, read_lexicon
from generator.words.translations import Translation

ENGLISH = "en"
COUNTRY = "US"
"""Dates, numbers and prices are written as in this country."""
REMEMBERED = 5_000
"""So many dates, numbers and lists in words are kept in each language."""
Told = TypeVar("Told", bound=Callable[..., Any])


def remembered(told: Told) -> Told:
    """A function of a locale and of values that is asked once for the same: few dates, prices and lists of words stand
    on many pages. The values must be hashable.
    """

    @wraps(told)
    def known(locale: "Locale", *values: Any) -> Any:
        key = (told, *values)
        found = locale.told.get(key)
        if found is None:
            if len(locale.told) >= REMEMBERED:
                locale.told.clear()
            found = locale.told[key] = told(locale, *values)
        return found

    return known  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A text with the language it is in.

    `state` tells how far it is translated: human, reviewed, machine, stale or missing. What is shown may be English in
    each of the last three. `on` is the day of the translation that is shown.
    """

    text: str
    language: str
    state: str = "human"
    on: datetime.date | None = None

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, kw_only=True)
class Locale:
    """One language of the site: interface words, vocabulary labels, records' words and CLDR formats.

    `translation` finds the translation of (language, record address, path), as `Directory.translation` does. `whose`
    tells how many messages of the catalogue are in each state; it is empty where nobody has counted.
    """

    language: str
    name: str
    direction: str
    vocabularies: Mapping[str, Vocabulary]
    translation: Callable[[str, str, str], Translation | None]
    catalogue: NullTranslations
    lexicon: Lexicon = field(default_factory=Lexicon)
    whose: Mapping[str, int] = field(default_factory=dict)
    told: dict[Any, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def cldr(self) -> Cldr:
        """The CLDR locale, as the language is written in the United States where CLDR tells that apart.

        English where Babel does not know the language.
        """
        for tag in (f"{self.language}-{COUNTRY}", self.language):
            try:
                return Cldr.parse(tag, sep="-")
            except (ValueError, UnknownLocaleError):
                continue
        return Cldr.parse(ENGLISH)

    @property
    def machine_made(self) -> str:
        """How many of the interface's words come from a machine and no native reader has checked them: "all", "some",
        or "" for none. Each message may say it of itself; else it is what the catalogue says of its last translator.
        """
        if not self.whose:
            return "all" if is_machine_made(self.catalogue.info().get("last-translator", "")) else ""
        made = self.whose.get("machine", 0)
        return "all" if made == sum(self.whose.values()) else "some" if made else ""

    @property
    def space(self) -> str:
        """What stands between two sentences: nothing in Chinese, where the full stop brings its own."""
        return "" if self.language.startswith("zh") else " "

    @cached_property
    def formats(self) -> Formats:
        """What the language writes in its own way, where CLDR's way is not taken."""
        return FORMATS.get(self.language) or pseudo.FORMATS.get(self.language) or CLDR

    def gettext(self, message: str) -> str:
        """The interface's words."""
        return self.catalogue.gettext(message)

    def said(self, message: str, **values: str) -> str:
        """The interface's words with `%(name)s` filled by values, as plain text."""
        return self.gettext(message) % values

    def ngettext(self, one: str, many: str, count: int) -> str:
        """The interface's words for a number of things."""
        return self.catalogue.ngettext(one, many, count)

    @remembered
    def term(self, vocabulary: str, term: str) -> str:
        """The label of a vocabulary's term; the term itself if the vocabulary lacks it."""
        known = self.vocabularies[vocabulary].get(term)
        return self.catalogue.pgettext(vocabulary, known.label) if known else term

    @remembered
    def hint(self, vocabulary: str, term: str) -> str:
        """The sentence that explains a term, or nothing."""
        known = self.vocabularies[vocabulary].get(term)
        return self.catalogue.pgettext(vocabulary, known.hint) if known and known.hint else ""

    @remembered
    def terms(self, vocabulary: str, terms: tuple[str, ...]) -> tuple[str, ...]:
        """The labels of several terms, in the vocabulary's order."""
        order = self.vocabularies[vocabulary].order
        return tuple(self.term(vocabulary, t) for t in sorted(terms, key=lambda t: order.get(t, len(order))))

    def words(self, record: str, path: str, english: str, *, is_critical: bool = False) -> Words:
        """A record's field in this language.

        `record` is its address (`partners/river-food-bank`), `path` the field (`programs/homework-club/summary`).
        English stands in for a missing translation, and for a stale or machine-made one of a critical field.
        """
        if self.language == ENGLISH or not english:
            return Words(text=english, language=ENGLISH)
        found = self.translation(self.language, record, path)
        state = state_of(found, english)
        if found is None or (is_critical and state in ("stale", "machine")):
            return Words(text=english, language=ENGLISH, state=state)
        return Words(text=found.text, language=self.language, state=state, on=found.on)

    def region(self, region: Region) -> Words:
        """The name of one of the district's regions."""
        return self.words("district/district", f"regions/{region.slug}/name", region.name)

    @remembered
    def date(self, day: datetime.date) -> str:
        """A day in full: “October 3, 2026”."""
        own = self.formats
        if not own.date:
            return format_date(day, format="long", locale=self.cldr)
        return own.date.format(day=day.day, month=own.months[day.month - 1], year=day.year)

    @remembered
    def month(self, day: datetime.date) -> str:
        """A month and its year: “October 2026”."""
        own = self.formats
        if not own.month:
            return format_skeleton("yMMMM", day, locale=self.cldr)
        return own.month.format(month=own.months[day.month - 1], year=day.year)

    def partial_date(self, text: str) -> str:
        """A year, a month or a day (`1998`, `2021-09`, `2021-09-01`), in words."""
        if len(text) == len("2021"):
            return text
        day = datetime.date.fromisoformat(text if len(text) > len("2021-09") else f"{text}-01")
        return self.month(day) if len(text) == len("2021-09") else self.date(day)

    @remembered
    def clock(self, text: str) -> str:
        """A time of day, always with its period, as clocks in the United States show it: `15:30` → “3:30 PM”."""
        if self.formats.hours:
            return clock_in(self.formats.hours, text)
        hour, minute = text.split(":")
        return format_skeleton("hm", datetime.datetime(2000, 1, 1, int(hour), int(minute)), locale=self.cldr)

    def listed(self, items: Iterable[str]) -> str:
        """Several things as a list in words, as plain text: “a, b and c”."""
        return self._listed(*items)

    @remembered
    def _listed(self, *items: str) -> str:
        own = self.formats
        return joined(items, own.comma, own.last) if own.last and items else str(format_list(items, locale=self.cldr))

    @remembered
    def number(self, value: float) -> str:
        """A number with the separators of the United States, as prices have them."""
        return format_decimal(value, locale="en_US")

    @remembered
    def percent(self, value: float) -> str:
        """A percentage given as 0–100, with the decimals that it has, two at most; its number is as all others are."""
        exact = (Decimal(str(round(value, 2))) / 100).normalize()
        pattern = self.cldr.percent_formats[None].pattern
        return format_percent(exact, format=pattern, locale="en_US", decimal_quantization=False)

    @remembered
    def money(self, amount: float) -> str:
        """US dollars, without cents when there are none: “$25”."""
        pattern = "¤#,##0" if amount == int(amount) else "¤#,##0.00"
        return self.apart(format_currency(amount, "USD", format=pattern, locale="en_US", currency_digits=False))

    def apart(self, code: str) -> str:
        """A price, a school year or the like, kept in its own order inside words that run from right to left."""
        return f"\N{LEFT-TO-RIGHT ISOLATE}{code}\N{POP DIRECTIONAL ISOLATE}" if self.direction == "rtl" else code

    @remembered
    def miles(self, distance_km: float) -> str:
        """A distance in miles with one decimal."""
        miles = round(distance_km / MILE_KM, 1)
        if self.formats.miles:
            return self.formats.miles.format(self.number(miles))
        return format_unit(miles, "mile", length="long", locale=self.cldr)

    def grades(self, span: Grades) -> str:
        """A span of grades in words: “Kindergarten to grade 5”."""
        if span.first == span.last:
            return self.term("grades", span.first)
        return self.gettext("%(first)s to %(last)s") % {
            "first": self.term("grades", span.first),
            "last": self.term("grades", span.last),
        }


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a message that is translated where it is shown
    """The message as it is; marks it for the catalogue."""
    return message


@lru_cache(maxsize=4096)
def fingerprint(english: str) -> str:
    """First 8 hexadecimal digits of SHA-256 of the NFC, whitespace-folded English: what a translation was made from."""
    return sha256(" ".join(normalize("NFC", english).split()).encode()).hexdigest()[:8]


def state_of(found: Translation | None, english: str) -> str:
    """How far a text is translated: human, reviewed, machine, stale (its English has changed since) or missing."""
    if found is None:
        return "missing"
    return found.by if found.source == fingerprint(english) else "stale"


def load_locale(language: str, directory: Directory, translations: Path) -> Locale:
    """The locale of a language; its name and direction come from the vocabulary `languages`."""
    known = pseudo.TERMS.get(language) or directory.vocabularies["languages"].get(language)
    if known is None:
        raise SetupError(f'schema/vocabularies/languages.yml: there is no language "{language}"')
    path = translations / language / "interface.po"
    if language in pseudo.SPELLINGS:
        catalogue = pseudo.catalogue(read_words(translations / "interface.pot"), language)
        whose: Mapping[str, int] = {}
    else:
        words = read_words(path, language) if path.exists() else None
        catalogue = compiled(words, path) if words else NullTranslations()
        whose = marks(words) if words else {}
    return Locale(
        language=language,
        name=known.endonym or known.label,
        direction=known.direction or "ltr",
        vocabularies=directory.vocabularies,
        translation=directory.translation,
        catalogue=catalogue,
        whose=whose,
        lexicon=read_lexicon(translations / language / "search.yml", known.script),
    )
