"""The press: a unit's page is written once, and printed in every language of the site."""

from collections.abc import Iterator, Mapping, Sequence

from generator.languages import Locale
from generator.model import District
from generator.pages.page import Page, SiteFile
from generator.pages.render import SharedBytecode, environment, spoken_environment
from generator.pages.slots import Slots
from generator.pages.speaker import Speaker
from generator.pages.unit import Unit
from generator.shell import Frame, framed

ALWAYS = frozenset(("district/district",))
"""Records whose texts any page may say: what all pages share is known to whoever compares keys."""


class Press:
    """The templates and the languages of a site, ready to print; `base` is the path at which the site is served."""

    def __init__(
        self, locales: Sequence[Locale], district: District, frames: Mapping[tuple[str, str], Frame], base: str
    ) -> None:
        bytecode = SharedBytecode()
        self.slots = Slots(locales[0])
        self.templates = environment(self.slots, district, bytecode)
        self.speakers = tuple(Speaker(locale, spoken_environment(locale, bytecode)) for locale in locales)
        self.frames = frames
        self.base = base

    def files(self, unit: Unit) -> Iterator[SiteFile]:
        """The files of a unit, one for each language."""
        return framed(self.pages(unit), self.frames, self.base)

    def pages(self, unit: Unit) -> Iterator[Page]:
        """The pages of a unit, one for each language."""
        if self.slots.is_full:
            self.slots.forget()
        self.slots.asked.clear()
        page = unit.page(unit.view, self.slots, self.templates)
        if strange := self.slots.asked - ALWAYS.union(unit.speaks):
            raise AssertionError(f"{unit.address} shows words of {', '.join(sorted(strange))} and does not say so")
        cut = self.slots.cut
        texts = (cut(page.title), cut(page.description), cut(page.head), cut(page.body))
        for speaker in self.speakers[:1] if unit.is_in_one_language else self.speakers:
            yield speaker.page(page, *texts)
