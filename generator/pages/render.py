"""Bodies of pages from the templates, with a locale's words and escaping always on."""

import dataclasses
from collections.abc import Callable, Mapping
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup

from generator.languages import ENGLISH, N_, Locale
from generator.model import District
from generator.pages import facts, saying
from generator.pages.cards import Card
from generator.pages.code import code
from generator.pages.graphic import dots
from generator.pages.phone import dial, texting
from generator.pages.skeleton import Token
from generator.pages.slots import Slots

TEMPLATES = Path(__file__).parent.parent / "templates"
TONES = 5
FACTS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "amount_words": facts.amount_words,
        "age_words": facts.age_words,
        "clock_words": facts.clock_words,
        "cost_words": facts.cost_words,
        "day_words": facts.day_words,
        "language_words": facts.language_words,
        "moment_words": facts.moment_words,
        "span_words": facts.span_words,
        "week_words": facts.week_words,
        "when_words": facts.when_words,
        "who_words": facts.who_words,
    }
)
"""Functions of a locale that templates call without it."""


class SharedBytecode(BytecodeCache):
    """Compiled templates, shared by the environments of all languages within one process."""

    def __init__(self) -> None:
        self.compiled: dict[str, CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.compiled.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self.compiled[bucket.key] = bucket.code


def environment(slots: Slots, district: District, bytecode: BytecodeCache | None = None) -> Environment:
    """The templates of pages, written once for all languages.

    In them: `_(message, name=value…)`, `ngettext(one, many, count, …)`, `term(vocabulary, id)`, `hint`, `terms`,
    `locale` for dates, lists and numbers, `cost_words` and their like from `facts`, `text`, `rich` (small Markdown) and
    `tongue` (attributes) for words of records, `translation_note()` for the place where a page tells whose they are,
    `spoken(macro, …)` for what else `spoken.html` says in each language, `quoted(message, …)` for words in an address,
    `card` and `shared` for what several pages show, and the filters `dial` and `texting` (a phone number as a `tel:` or
    `sms:` address), `tone` and `dots`.
    """
    made = templates(bytecode)
    made.globals.update(
        _=partial(later, slots),
        ngettext=partial(counted_later, slots),
        term=slots.term,
        hint=slots.hint,
        terms=slots.terms,
        locale=slots,
        spoken=slots.spoken,
        text=partial(slots.slot, saying.text),
        tongue=partial(slots.slot, saying.tongue),
        rich=partial(slots.slot, saying.rich),
        translation_note=partial(slots.kept, saying.translation_note),
        quoted=partial(quoted_later, slots),
        district=district,
        **{name: partial(slots.fact, words) for name, words in FACTS.items()},
    )
    made.globals.update(card=partial(card_later, slots, made), shared=partial(shared_later, slots, made))
    made.filters["tone"] = partial(tone, slots)
    return made


def card_later(
    slots: Slots, made: Environment, card: Card, root: str, level: int = 3, distance_km: float | None = None
) -> Any:
    """A program's card, written once however many pages show it.

    `root` is "../" for each folder of the page's address, `level` that of the heading, one below that of the list.
    """
    macros: Any = made.get_template("card.html").module
    distance = "" if distance_km is None else macros.distance_words(distance_km)
    return slots.card((card.route, root, level), lambda: macros.program_card(card, root, level, saying.HOLE), distance)


def shared_later(slots: Slots, made: Environment, macro: str, record: str, *values: Any) -> Any:
    """What a macro of `record.html` writes, once for all pages of a record; its name and `record` decide the values."""
    macros: Any = made.get_template("record.html").module
    return slots.card((macro, record), lambda: getattr(macros, macro)(*values), "")


def spoken_environment(locale: Locale, bytecode: BytecodeCache | None = None) -> Environment:
    """The templates of `spoken.html`, whose macros each language runs by itself.

    In them: `_`, `locale`, `english` for a sentence of which a part is not translated, `told` for the words of either
    (`N_` marks them), and the filter `code`, which draws an address.
    """
    made = templates(bytecode)
    made.globals.update(
        _=partial(saying.translated, locale.gettext),
        N_=N_,
        told=told,
        locale=locale,
        english=dataclasses.replace(
            locale, language=ENGLISH, name="English", direction="ltr", catalogue=NullTranslations(), told={}
        ),
    )
    made.filters["code"] = code
    return made


def told(locale: Locale, message: str, /, **values: Any) -> Markup:
    """The interface's words in a language, with values, as HTML."""
    return saying.translated(locale.gettext, message, **values)


def templates(bytecode: BytecodeCache | None) -> Environment:
    """An environment that finds our templates, with escaping always on."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=bytecode,
        auto_reload=False,
        extensions=["jinja2.ext.do"],
    )
    made.filters.update(dial=dial, texting=texting, dots=dots, host=host)
    return made


def later(slots: Slots, message: str, /, **values: Any) -> Any:
    """The interface's words, to be said in each language; see `translated`."""
    return way(slots, values)(saying.translation, message, tuple(values.items())) if values else slots.gettext(message)


def quoted_later(slots: Slots, message: str, /, **values: Any) -> Any:
    """The interface's words as an address has them, such as the subject of an e-mail."""
    return slots.slot(saying.quoted, message, tuple(values.items()))


def counted_later(slots: Slots, one: str, many: str, count: int, /, **values: Any) -> Any:
    """The interface's words for a number of things, to be said in each language; see `counted`."""
    return way(slots, values)(saying.number_of, one, many, count, tuple(values.items()))


def way(slots: Slots, values: Mapping[str, Any]) -> Callable[..., Token]:
    """How to say words with values: once for all pages when other slots say the values, too, else each time anew.

    Names are seldom the same, and HTML equals plain text of the same characters, so that neither may be looked up.
    """
    return slots.kept if all(type(value) is Token for value in values.values()) else slots.slot


def tone(locale: Locale, area: str) -> int:
    """Which of the five accent colours an area of support has, 0 to 4: by its place in the vocabulary."""
    return locale.vocabularies["focus-areas"].order.get(area, 0) % TONES


def host(url: str) -> str:
    """The name of the site that an address leads to, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")
