"""What slots say: each function is called with the speaker of a language and the slot's values.

The result is HTML when it is `Markup`, else plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.prose import prose
from generator.search.keywords import kw
from generator.words.formats import isolated_html

if TYPE_CHECKING:
    from generator.directory import Offer
    from generator.languages import Locale, Words
    from generator.pages.skeleton import Card
    from generator.pages.speaker import Speaker

HOLE = "\x04"
"""Where a card may say how far away it is."""
NOTE = "\x05"
"""Where a page tells whose its words are, which is known when all of them have been said."""
Values = tuple[tuple[str, Any], ...]
"""The values of a message, by their names."""


def language(speaker: Speaker) -> str:
    """The language's code."""
    return speaker.language


def direction(speaker: Speaker) -> str:
    """The direction of its script."""
    return speaker.locale.direction


def unknown(speaker: Speaker) -> NoReturn:
    """What a page may not ask, for it is another thing in each language."""
    raise TypeError("only spoken.html can tell in which language the words of a record are, and whose they are")


def message(speaker: Speaker, message: str) -> str:
    """The interface's words."""
    return speaker.locale.gettext(message)


def filled(speaker: Speaker, message: str, values: tuple[tuple[str, str], ...]) -> str:
    """The interface's words with values, as plain text."""
    return speaker.locale.said(message, **dict(values))


def term(speaker: Speaker, vocabulary: str, term: str) -> str:
    """The label of a term."""
    return speaker.locale.term(vocabulary, term)


def hint(speaker: Speaker, vocabulary: str, term: str) -> str:
    """The sentence that explains a term."""
    return speaker.locale.hint(vocabulary, term)


def words(speaker: Speaker, record: str, path: str, english: str, is_critical: bool) -> str:
    """The text of a record."""
    return speaker.shown(speaker.record_words(record, path, english, is_critical=is_critical))


def by_locale(speaker: Speaker, method: str, value: object) -> str:
    """What a method of the locale makes of a value."""
    said: str = getattr(speaker.locale, method)(value)
    return said


def fact(speaker: Speaker, words: Callable[..., str], *values: object) -> str:
    """What a function of a locale makes of values."""
    return words(speaker.locale, *values)


def one_fact(speaker: Speaker, words: Callable[..., tuple[str, ...]], number: int, *values: object) -> str:
    """One of the things that a function of a locale makes of values; nothing when this language has fewer."""
    said = words(speaker.locale, *values)
    return said[number] if number < len(said) else ""


def card(speaker: Speaker, card: Card, distance: str) -> Markup:
    """A card; `distance` (HTML) tells how far away it is."""
    kept = card.kept.get(speaker.language)
    if kept is None:
        kept = card.kept[speaker.language] = speaker.apart(card.parts)
    html, whose = kept
    speaker.whose |= whose
    return Markup(html.replace(HOLE, distance))


def spoken(speaker: Speaker, macro: str, *values: Any) -> Any:
    """What a macro of `spoken.html` makes of values."""
    return getattr(speaker.macros, macro)(*values)


def tongue(speaker: Speaker, words: Words) -> str:
    """The attributes of an element whose text is in another language than the page."""
    return "" if words.language == speaker.language else Markup(speaker.around("tongue", words.language)[0])


def text(speaker: Speaker, words: Words) -> str:
    """A text inside a sentence or an element of its own."""
    if words.language == speaker.language:
        return speaker.shown(words)
    before, after = speaker.around("text", words.language)
    return Markup(f"{before}{escape(words.text)}{after}")


def rich(speaker: Speaker, words: Words) -> str:
    """Small Markdown; `prose` vouches for its HTML."""
    if not words:
        return ""
    before, after = speaker.around("rich", words.language)
    html = prose(words.text)
    is_turned = speaker.locale.direction == "rtl" and words.language == speaker.language
    return Markup(f"{before}{isolated_html(html) if is_turned else html}{after}")


def apart(speaker: Speaker, html: Markup) -> str:
    """HTML as a text that leaves the site, with a note on top of whose the words are that were said since the last."""
    note = speaker.note()
    speaker.whose = set()
    return f"{note}{html}"


def search_words(speaker: Speaker, offer: Offer, names: tuple[str, ...]) -> str:
    """What search finds a program under although the words do not stand on it; see `kw`."""
    before, after = speaker.around("search_words", speaker.language)
    words = kw(speaker.locale, offer, names)
    return Markup(f"{before}{escape(words)}{after}") if words else ""


def translation_note(speaker: Speaker) -> Markup:
    """The place of what a reader is told, once for each page, of whose words these are."""
    return Markup(NOTE)


def translation(speaker: Speaker, message: str, values: Values) -> Any:
    """The interface's words with values, as HTML."""
    return translated(speaker.locale.gettext, message, **dict(values))


def quoted(speaker: Speaker, message: str, values: Values) -> str:
    """The interface's words with values, as they stand in an address."""
    return quote(speaker.locale.said(message, **{name: str(value) for name, value in values}))


def number_of(speaker: Speaker, one: str, many: str, count: int, values: Values) -> Any:
    """The interface's words for a number of things, as HTML."""
    return counted(speaker.locale, one, many, count, **dict(values))


def translated(gettext: Callable[[str], str], message: str, /, **values: Any) -> Markup:
    """The interface's words, escaped, with `%(name)s` filled by escaped values."""
    words = escape(gettext(message))
    return Markup(str(words) % {name: escape(value) for name, value in values.items()}) if values else words


def counted(locale: Locale, one: str, many: str, count: int, /, **values: Any) -> Markup:
    """As `translated`, in the form that the language uses for `count`; `%(count)s` is the formatted number."""
    words = escape(locale.ngettext(one, many, count))
    return words % {"count": locale.number(count), **values}
