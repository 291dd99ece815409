"""Everything that decides what a site will be."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import site
from generator.check import Checked
from generator.directory import Directory
from generator.folders import Project
from generator.languages import Locale, load_locale
from generator.problems import SetupError
from generator.timing import Timings
from generator.written import Written

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0 when that is not known)."""


def in_silence(what: str, done: int, total: int) -> None:
    """Progress that nobody wants to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A site to be built: its project, records, hand-written pages, languages and day, and how to go about it.

    `jobs` is how many processes may write pages. A preview has pages that reload themselves, and goes on without a
    picture that is broken.
    """

    project: Project
    directory: Directory
    locales: tuple[Locale, ...]
    today: date
    written: Mapping[str, Written] = field(default_factory=dict)
    has_search: bool = True
    is_preview: bool = False
    jobs: int = 1
    progress: Progress = in_silence
    timings: Timings = field(default_factory=Timings)

    @property
    def cache_folder(self) -> Path:
        """Where builds leave what saves the next one time."""
        return self.project.root / ".cache"

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


def directory_of(checked: Checked) -> Directory:
    """The records to build a site of."""
    if checked.loaded.directory is None:
        raise SetupError("district/district.yml: without the district's own record there is nothing to build")
    return checked.loaded.directory


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
    """The plan of a site from checked records; `languages` limits it to some of the district's own."""
    directory = directory_of(checked)
    offered = directory.district.languages
    chosen = tuple(code for code in offered if not languages or code in languages)
    project = checked.loaded.project
    return Plan(
        project=project,
        directory=directory,
        locales=tuple(load_locale(code, directory, project.catalogues) for code in chosen),
        written=checked.loaded.written,
        today=checked.loaded.today,
        has_search=has_search,
        is_preview=is_preview,
        jobs=jobs,
        progress=progress,
        timings=timings or Timings(),
    )
