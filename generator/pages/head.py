"""What a record's page has in its head for text search."""

from jinja2 import Environment

from generator.languages import Locale
from generator.search.keywords import Record, kw


def head(templates: Environment, record: Record, locale: Locale) -> str:
    """The words under which search finds the record although they do not stand on its page."""
    return templates.get_template("head.html").render(words=kw(record, locale))
