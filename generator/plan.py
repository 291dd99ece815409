"""Everything that decides what a site will be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from msgspec import structs

from generator import pictures, site
from generator.check import Checked, directory_in
from generator.directory import Directory
from generator.languages import Locale, load_locale
from generator.records.folders import Project
from generator.records.written import Written
from generator.timing import Timings
from generator.words.interface import read_words

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0 when that is not known)."""


def in_silence(what: str, done: int, total: int) -> None:
    """Progress that nobody wants to see."""


def unknown(path: str) -> str:
    """The digest of a record of which nothing is known."""
    return ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A site to be built: its project, records, hand-written pages, languages and day, and how to go about it.

    `jobs` is how many processes may write pages. `digest_of` tells a short text that differs whenever the data of a
    record do, by its path, "" where that is not known; `messages` is how many words the site itself has. A preview has
    pages that reload themselves, and goes on without a picture that is broken.
    """

    project: Project
    directory: Directory
    locales: tuple[Locale, ...]
    today: date
    written: Mapping[str, Written] = field(default_factory=dict)
    has_search: bool = True
    is_preview: bool = False
    jobs: int = 1
    messages: int = 0
    digest_of: Callable[[str], str] = unknown
    progress: Progress = in_silence
    timings: Timings = field(default_factory=Timings)

    @cached_property
    def spoken(self) -> Callable[[str], bytes]:
        """The digest of a record's translations; many pages show the same records."""
        return cache(self.directory.translations.digest)

    @property
    def base(self) -> str:
        """The path at which the site is served, such as `/` or `/directory/`."""
        return site.base_path(self.site_url)

    @property
    def site_url(self) -> str:
        """Where the site will be, as far as its pages may say it."""
        return "" if self.is_preview else self.directory.district.site_url

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of its languages, the first one first."""
        return tuple(locale.language for locale in self.locales)


def prepare(
    checked: Checked,
    *,
    languages: tuple[str, ...] = (),
    has_search: bool = True,
    is_preview: bool = False,
    jobs: int = 1,
    progress: Progress = in_silence,
    timings: Timings | None = None,
) -> Plan:
    """The plan of a site from checked records; `languages` limits it to some of the district's own.

    A preview may have others as well, in the order in which they are named, such as those of `pseudo`.
    """
    directory = directory_in(checked)
    offered = directory.district.languages
    chosen = tuple(code for code in offered if not languages or code in languages)
    chosen = languages if is_preview and languages else chosen
    project = checked.loaded.project
    directory = replace(
        directory,
        district=structs.replace(directory.district, languages=chosen),
        sizes={path: size for path in site.photos(directory) if (size := pictures.size(project.root / path))},
    )
    return Plan(
        project=project,
        directory=directory,
        locales=tuple(load_locale(code, directory, project.catalogues) for code in chosen),
        written=checked.loaded.written,
        today=checked.loaded.today,
        has_search=has_search,
        is_preview=is_preview,
        jobs=jobs,
        messages=len(read_words(project.catalogues / "interface.pot")),
        digest_of=checked.loaded.records.digest,
        progress=progress,
        timings=timings or Timings(),
    )
