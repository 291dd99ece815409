"""A language that fills the slots of pages with its own words."""

from dataclasses import replace
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.languages import Locale, Words
from generator.pages.page import Page
from generator.pages.saying import HOLE, NOTE
from generator.pages.skeleton import Open, OpenWords, Skeleton, Slot, Whose
from generator.words.formats import isolated


class Speaker:
    """One language; `templates` are its own, for what each language has to write by itself (`spoken.html`).

    `whose` gathers the states of the records' words that are said, those of the page that is in the making.
    """

    def __init__(self, locale: Locale, templates: Environment) -> None:
        self.locale = locale
        self.language = locale.language
        self.macros: Any = templates.get_template("spoken.html").module
        self._around: dict[tuple[str, str], tuple[str, str]] = {}
        self.whose: set[Whose] = set()
        self._notes: dict[frozenset[Whose], str] = {}

    def page(self, page: Page, title: Skeleton, description: Skeleton, head: Skeleton, body: Skeleton) -> Page:
        """A page in this language; its texts come cut at their tokens."""
        self.whose = set()
        said = self.html(body)
        return replace(
            page,
            language=self.language,
            body=said.replace(NOTE, self.note(), 1) if NOTE in said else said,
            title=self.plain(title),
            description=self.plain(description),
            head=self.html(head),
        )

    def note(self) -> str:
        """What a reader is told of the records' words that were said: the same wherever their states are."""
        whose = frozenset(self.whose)
        note = self._notes.get(whose)
        if note is None:
            shown = frozenset(state for state, is_english, _ in whose if not is_english)
            english = frozenset(state for state, is_english, _ in whose if is_english)
            old = [on for state, is_english, on in whose if state == "stale" and not is_english and on]
            note = self._notes[whose] = str(self.macros.translation_note(shown, english, min(old, default=None)))
        return note

    def apart(self, skeleton: Skeleton) -> tuple[str, frozenset[Whose]]:
        """The HTML of what several pages show, and whose its words are."""
        before, self.whose = self.whose, set()
        html = self.html(skeleton)
        whose, self.whose = frozenset(self.whose), before
        return html, whose

    def html(self, skeleton: Skeleton) -> str:
        """The text with this language's words in its slots, escaped."""
        language = self.language
        filled: list[Any] = [*skeleton]
        for place in range(1, len(filled), 2):
            slot = filled[place]
            kept = slot.kept
            if kept is None:
                filled[place] = written(self.say(slot))
            else:
                found = kept.get(language)
                if found is None:
                    found = kept[language] = written(self.say(slot))
                filled[place] = found
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
            return self.words(value)
        if isinstance(value, Slot):
            return self.say(value)
        if isinstance(value, Open):
            return Markup(self.html(value.parts)) if value.is_html else self.plain(value.parts)
        return tuple(map(self.closed, value)) if isinstance(value, tuple) else value

    def words(self, open_words: OpenWords) -> Words:
        """A record's text, which a page may use several times."""
        known = open_words.said.get(self.language)
        if known is None:
            record, path, english = open_words.record, open_words.path, open_words.english
            known = self.record_words(record, path, english, is_critical=open_words.is_critical)
            open_words.said[self.language] = known
        return known

    def record_words(self, record: str, path: str, english: str, *, is_critical: bool) -> Words:
        """A record's text, of which the page will tell whose it is."""
        words = self.locale.words(record, path, english, is_critical=is_critical)
        if words.state != "human":
            self.whose.add((words.state, words.language != self.language, words.on if words.state == "stale" else None))
        return words

    def shown(self, words: Words) -> str:
        """A record's text as the page shows it: numbers keep their order in it."""
        is_turned = self.locale.direction == "rtl" and words.language == self.language
        return isolated(words.text) if is_turned else words.text

    def around(self, macro: str, language: str) -> tuple[str, str]:
        """What a macro writes before and after words in a language, whatever they are."""
        found = self._around.get((macro, language))
        if found is None:
            html = str(getattr(self.macros, macro)(Words(text=HOLE, language=language)))
            before, _, after = html.partition(HOLE)
            found = self._around[macro, language] = (before, after)
        return found


def written(said: Any) -> str:
    """What was said as it stands in HTML."""
    return said if isinstance(said, Markup) else escape(said)
