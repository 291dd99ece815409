"""A language that fills the slots of pages with its own words."""

from dataclasses import replace
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.languages import Locale, Words
from generator.pages.page import Page
from generator.pages.saying import HOLE
from generator.pages.skeleton import Open, OpenWords, Skeleton, Slot


class Speaker:
    """One language; `templates` are its own, for what each language has to write by itself (`spoken.html`)."""

    def __init__(self, locale: Locale, templates: Environment) -> None:
        self.locale = locale
        self.language = locale.language
        self.macros: Any = templates.get_template("spoken.html").module
        self._around: dict[tuple[str, str], tuple[Markup, Markup]] = {}
        self.notes: dict[tuple[frozenset[str], frozenset[str]], Markup] = {}

    def page(self, page: Page, title: Skeleton, description: Skeleton, head: Skeleton, body: Skeleton) -> Page:
        """A page in this language; its texts come cut at their tokens."""
        return replace(
            page,
            language=self.language,
            title=self.plain(title),
            description=self.plain(description),
            head=self.html(head),
            body=self.html(body),
        )

    def html(self, skeleton: Skeleton) -> str:
        """The text with this language's words in its slots, escaped."""
        language = self.language
        filled: list[str] = []
        for part in skeleton:
            if isinstance(part, str):
                filled.append(part)
            elif part.kept is None:
                filled.append(written(self.say(part)))
            else:
                found = part.kept.get(language)
                if found is None:
                    found = part.kept[language] = written(self.say(part))
                filled.append(found)
        return "".join(filled)

    def plain(self, skeleton: Skeleton) -> str:
        """The same for a text that is no HTML, such as a title."""
        return "".join([part if isinstance(part, str) else str(self.say(part)) for part in skeleton])

    def say(self, slot: Slot) -> Any:
        """The words of a slot: HTML when they are `Markup`, else plain text."""
        return slot.say(self, *(map(self.closed, slot.values) if slot.is_open else slot.values))

    def closed(self, value: object) -> object:
        """A slot's value with this language's words in it."""
        if isinstance(value, str):  # most are
            return value
        if isinstance(value, OpenWords):
            return self.locale.words(value.record, value.path, value.english, is_critical=value.is_critical)
        if isinstance(value, Slot):
            return self.say(value)
        if isinstance(value, Open):
            return Markup(self.html(value.parts)) if value.is_html else self.plain(value.parts)
        return tuple(map(self.closed, value)) if isinstance(value, tuple) else value

    def around(self, macro: str, language: str) -> tuple[Markup, Markup]:
        """What a macro writes before and after words of another language, whatever they are."""
        found = self._around.get((macro, language))
        if found is None:
            before, _, after = getattr(self.macros, macro)(Words(text=HOLE, language=language)).partition(HOLE)
            found = self._around[macro, language] = (before, after)
        return found


def written(said: Any) -> str:
    """What was said as it stands in HTML."""
    return said if isinstance(said, Markup) else escape(said)
