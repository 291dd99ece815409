"""A site from checked records: frames filled, files written, search indexed, and all of it put into place at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from generator import site
from generator.check import Checked
from generator.directory import Directory
from generator.folders import Project
from generator.indexing import index_all, searched_pages
from generator.languages import Locale, load_locale
from generator.pages.page import FRAMES, SiteFile
from generator.pictures import clean, fault
from generator.press import Press
from generator.problems import SetupError
from generator.shell import Frame
from generator.written import Written

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much (0 when that is not known)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Everything that decides what the site will be: its project, records, hand-written pages, languages and day."""

    project: Project
    directory: Directory
    locales: tuple[Locale, ...]
    today: date
    written: Mapping[str, Written] = field(default_factory=dict)
    has_search: bool = True
    progress: Progress = lambda what, done, total: None

    @property
    def base(self) -> str:
        """The path at which the site is served, such as `/` or `/directory/`."""
        return site.base_path(self.directory.district.site_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made: numbers of pages and languages, and the size of all files in bytes."""

    pages: int
    languages: int
    size_bytes: int


def prepare(
    checked: Checked, *, languages: tuple[str, ...] = (), has_search: bool = True, progress: Progress | None = None
) -> Plan:
    """The plan of a site from checked records; `languages` limits it to some of the district's own."""
    directory = checked.loaded.directory
    if directory is None:
        raise SetupError("district/district.yml: without the district's own record there is nothing to build")
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
        progress=progress or (lambda what, done, total: None),
    )


def complete(plan: Plan, frames: Mapping[tuple[str, str], Frame], folder: Path) -> Built:
    """Write every page of the records into a folder that already holds the theme's files and hand-written pages."""
    press = Press(plan.locales, plan.directory.district, frames, plan.base)
    unlisted: set[str] = set()
    for unit in site.units(plan.directory, plan.today):
        for file in press.files(unit):
            write(folder, file)
            if not file.is_listed:
                unlisted.add(file.path)
    if site_url := plan.directory.district.site_url:
        found = {p.relative_to(folder).as_posix() for p in folder.rglob("index.html")} - unlisted
        write(folder, site.sitemap((page[: -len("index.html")] for page in found), site_url, press.templates))
    write(folder, site.robots(plan.directory.district.site_url))
    for name in site.pictures(plan.directory):
        path = plan.project.root / name
        if not fault(path):  # only a preview goes on without it
            write(folder, SiteFile(path=f"media/{name}", content=picture(path)))
    if plan.has_search:
        languages = tuple(locale.language for locale in plan.locales)
        index_all(folder, searched_pages(folder, languages), plan.progress)
    files = [p for p in folder.rglob("*") if p.is_file()]
    return Built(
        pages=sum(1 for p in files if p.suffix == ".html"),
        languages=len(plan.locales),
        size_bytes=sum(p.stat().st_size for p in files),
    )


def picture(path: Path) -> bytes:
    """A picture as it may be published; a SetupError that names it when it cannot be decoded."""
    try:
        return clean(path)
    except ValueError as error:
        raise SetupError(str(error)) from error


def write(folder: Path, file: SiteFile) -> None:
    """Put a file into its place below a folder."""
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)


def frames_of(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Every frame that the site needs, as (language, kind of page)."""
    return tuple((locale.language, frame) for locale in plan.locales for frame in FRAMES)
