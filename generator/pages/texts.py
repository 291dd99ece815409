"""The texts of a record on a page."""

from collections.abc import Iterable, Mapping

from generator.languages import Locale, Words
from generator.words.texts import Text


def spoken(locale: Locale, record: str, texts: Iterable[Text]) -> Mapping[str, Words]:
    """The words of every text in the locale's language, by its path; `record` is the record's address."""
    return {t.path: locale.words(record, t.path, t.english, is_critical=t.is_critical) for t in texts}
