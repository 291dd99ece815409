"""Bodies of pages from the templates, with a locale's words and escaping always on."""

from collections.abc import Callable, Mapping
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from types import CodeType, MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket, BytecodeCache
from markupsafe import Markup, escape

from generator.languages import ENGLISH, Locale
from generator.pages import facts
from generator.pages.graphic import dots
from generator.pages.phone import dial
from generator.prose import plain, prose

TEMPLATES = Path(__file__).parent.parent / "templates"
TONES = 5
FACTS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "amount_words": facts.amount_words,
        "age_words": facts.age_words,
        "clock_words": facts.clock_words,
        "cost_words": facts.cost_words,
        "day_words": facts.day_words,
        "moment_words": facts.moment_words,
        "span_words": facts.span_words,
        "spot_words": facts.spots,
        "week_words": facts.week,
        "who_words": facts.who,
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


def environment(locale: Locale, bytecode: BytecodeCache | None = None) -> Environment:
    """The templates of one language.

    In them: `_(message, name=value…)`, `ngettext(one, many, count, …)`, `term(vocabulary, id)`, `hint`, `terms`,
    `locale` for dates, lists and numbers, `english` for a sentence of which a part is not translated, `cost_words`,
    `week_words` and their like from `facts`, and the filters `prose` (small Markdown as safe HTML), `plain`, `dial` (a
    phone number as a `tel:` address), `phone_of`, `email_of`.
    """
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
    made.globals.update(
        _=partial(translated, locale.gettext),
        ngettext=partial(counted, locale),
        term=locale.term,
        hint=locale.hint,
        terms=locale.terms,
        locale=locale,
        english=Locale(
            language=ENGLISH, name="English", direction="ltr", directory=locale.directory, catalogue=NullTranslations()
        ),
        directory=locale.directory,
        district=locale.directory.district,
        **{name: partial(words, locale) for name, words in FACTS.items()},
    )
    made.filters.update(
        prose=prose,
        plain=plain,
        dial=dial,
        phone_of=facts.phone_of,
        email_of=facts.email_of,
        tone=partial(tone, locale),
        dots=dots,
        host=host,
    )
    return made


def tone(locale: Locale, area: str) -> int:
    """Which of the five accent colours an area of support has, 0 to 4: by its place in the vocabulary."""
    return locale.directory.vocabularies["focus-areas"].order.get(area, 0) % TONES


def host(url: str) -> str:
    """The name of the site that an address leads to, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def translated(gettext: Callable[[str], str], message: str, /, **values: Any) -> Markup:
    """The interface's words, escaped, with `%(name)s` filled by escaped values."""
    words = escape(gettext(message))
    return words % values if values else words


def counted(locale: Locale, one: str, many: str, count: int, /, **values: Any) -> Markup:
    """As `translated`, in the form that the language uses for `count`; `%(count)s` is the formatted number."""
    words = escape(locale.ngettext(one, many, count))
    return words % {"count": locale.number(count), **values}
