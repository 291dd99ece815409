"""The press: a unit's page is written once, and printed in every language of the site."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache, FileSystemBytecodeCache

from generator.pages.page import Page, SiteFile
from generator.pages.render import SharedBytecode, environment, spoken_environment
from generator.pages.slots import Slots
from generator.pages.speaker import Speaker
from generator.pages.unit import Data, Unit
from generator.plan import Plan
from generator.records.cache import read_sealed, write_sealed
from generator.shell import Frame, framed

ALWAYS = frozenset(("district/district",))
"""Records whose texts any page may say: what all pages share is known to whoever compares keys."""


class Press:
    """The templates and the languages of a site, ready to print."""

    def __init__(self, plan: Plan, frames: Mapping[tuple[str, str], Frame]) -> None:
        bytecode = compiled_templates()
        self.slots = Slots(plan.locales[0], plan.locales)
        self.templates = environment(self.slots, plan.directory.district, bytecode)
        self.speakers = tuple(Speaker(locale, spoken_environment(locale, bytecode)) for locale in plan.locales)
        self.frames = frames
        self.base = plan.base

    def warm(self) -> None:
        """Compile every template now, so that no process has to do it again."""
        for name in self.templates.list_templates(extensions=("html",)):
            if name != "spoken.html":
                self.templates.get_template(name)

    def files(self, unit: Unit) -> Iterable[SiteFile]:
        """The files of a unit, one for each language; of data the one file."""
        if isinstance(unit.view, Data):
            return (SiteFile(path=unit.address, content=unit.view.content),)
        if unit.is_file:
            pages = self.pages(unit)
            if unit.is_in_one_language:
                return (SiteFile(path=unit.address, content=page.body.encode()) for page in pages)
            return (SiteFile(path=page.path, content=page.body.encode()) for page in pages)
        return framed(self.pages(unit), self.frames, self.base)

    def pages(self, unit: Unit) -> Iterator[Page]:
        """The pages of a unit, one for each language; data have none."""
        if unit.page is None:
            return
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


class KeptBytecode(FileSystemBytecodeCache):
    """Compiled templates in a folder that only this user can write, for they are run; a spoiled one is made anew."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(ValueError):
            if compiled := read_sealed(self.place(bucket)):
                bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        write_sealed(self.place(bucket), bucket.bytecode_to_string())

    def place(self, bucket: Bucket) -> Path:
        """Where a compiled template is kept."""
        return Path(self.directory, f"partners-{bucket.key}")


def compiled_templates() -> BytecodeCache:
    """Where compiled templates are kept: for the next build if that can be, else in memory."""
    try:
        return KeptBytecode()
    except (OSError, RuntimeError):
        return SharedBytecode()
