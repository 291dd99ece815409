"""What a record's page has in its head for text search."""

from collections.abc import Iterable

from jinja2 import Environment

from generator.pages import saying
from generator.pages.slots import Slots
from generator.search.keywords import Record, kw


def head(templates: Environment, record: Record, names: Iterable[str], slots: Slots) -> str:
    """The words under which search finds the record although they do not stand on its page.

    `names` are its other ones, see `other_names`.
    """
    words = slots.slot(saying.fact, kw, record, tuple(names))
    return templates.get_template("head.html").render(words=words)
