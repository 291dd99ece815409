"""Where each kind of record lives, and which files of a project are records at all."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from sys import intern
from time import time_ns

from msgspec import Struct

from generator.model import (
    District,
    Event,
    Initiative,
    Measure,
    Partner,
    Policies,
    Priorities,
    Recognition,
    Resource,
    School,
    Story,
    Voice,
)
from generator.problems import Problem
from generator.records.outline import OUTLINE_FILE
from generator.text import is_slug, reserved, slugify
from generator.walk import problem, walk

SOFTWARE = Path(__file__).resolve().parents[2]
"""The checkout that this software runs from; its schemas and interface words serve every district."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of record: its schema's name, its folder, and its frozen value.

    `folder` is relative to the project's root, with `*` for a school year; `file` names the one file of a kind that
    has only one record.
    """

    name: str
    folder: str
    record: type[Struct]
    file: str = ""


KINDS = (
    Kind(name="partner", folder="partners", record=Partner),
    Kind(name="story", folder="recognition/*", record=Story),
    Kind(name="school", folder="district/schools", record=School),
    Kind(name="initiative", folder="district/initiatives", record=Initiative),
    Kind(name="event", folder="district/events", record=Event),
    Kind(name="resource", folder="district/resources", record=Resource),
    Kind(name="voice", folder="district/voices", record=Voice),
    Kind(name="measure", folder="district/measures", record=Measure),
    Kind(name="district", folder="district", record=District, file="district.yml"),
    Kind(name="priorities", folder="district", record=Priorities, file="priorities.yml"),
    Kind(name="policy", folder="district", record=Policies, file="policy.yml"),
    Kind(name="recognition", folder="district", record=Recognition, file="recognition.yml"),
)
BY_NAME = {kind.name: kind for kind in KINDS}
HOMES = {kind.folder: kind.name for kind in KINDS if not kind.file}
FILES = {f"{kind.folder}/{kind.file}": kind.name for kind in KINDS if kind.file}
TRANSLATION = "translation"
PICTURE = "picture"
"""Two kinds of file that are no records of their own: words for a record, and what it shows."""
PAGE = "page"
TRANSLATED_PAGE = "translated-page"
"""Two kinds of hand-written page: the district's own in English, and the same in another language."""
OUTLINE = "outline"
"""The outline of the district, for its map."""
WRITTEN = (PAGE, TRANSLATED_PAGE)
SEARCH = "search"
"""How people search in a language."""
NO_RECORDS = (PICTURE, OUTLINE, SEARCH, *WRITTEN)
"""Kinds of file from which no data are kept."""
UNSURE_NS = 100_000_000
"""A file that changed this shortly before it was found may change again under the same time stamp."""
DATA_FOLDERS = ("partners", "recognition", "district", "translations")
SCHOOL_YEAR = re.compile(r"20[0-9]{2}-[0-9]{2}")
PICTURES = re.compile(r"(?:partners/logos|recognition/photos)/[a-z0-9-]+\.(?:png|jpg|webp)")
TRANSLATED = re.compile(r"translations/([A-Za-z-]+)/(.+)")
SEARCHED = re.compile(r"translations/[A-Za-z-]+/search\.yml")
PAGES = re.compile(r"(pages|translations/[A-Za-z-]+/pages)/[^/]+\.md")
WELCOME = re.compile(
    r"translations/(?:[A-Za-z-]+/interface\.po|[A-Z]+\.md|interface\.pot)|pages/[a-z0-9-]+\.(?:png|jpg|webp)|.+/README\.md"
)
"""What is no record and may stand beside them; the pictures are those of hand-written pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """The folders of one district: its own where they exist, else the software's."""

    root: Path

    def own(self, name: str) -> Path:
        """The district's file or folder of that name, or the software's own when the district has none."""
        mine = self.root / name
        return mine if mine.exists() else SOFTWARE / name

    @property
    def schema(self) -> Path:
        """Schemas and vocabularies."""
        return self.own("schema")

    @property
    def pages(self) -> Path:
        """Hand-written pages; a district without any has none."""
        return self.root / "pages"

    @property
    def cache(self) -> Path:
        """Where checks and builds leave what saves the next one time."""
        return self.root / ".cache"

    @property
    def catalogues(self) -> Path:
        """Interface words by language: always the software's, so that an adopted district is complete at once."""
        return SOFTWARE / "translations"


class Found(Struct, frozen=True, kw_only=True, gc=False):
    """A file that is a record, a translation or a picture, and what tells whether it changed.

    Its path is relative to the root; the slug is the name without its ending. `stamp` is one number for the size, the
    times and the place on the disk; 0 for a file that changed a moment ago, because it may change again under the same.
    """

    kind: str
    path: str
    slug: str
    stamp: int = 0

    @property
    def address(self) -> str:
        """The record's address: its path without `.yml`."""
        return self.path.removesuffix(".yml")

    def is_known(self, stamp: int) -> bool:
        """Whether it is as it was when it had that stamp."""
        return self.stamp == stamp != 0


def find_records(project: Project, languages: tuple[str, ...] = ()) -> tuple[tuple[Found, ...], tuple[Problem, ...]]:
    """Every record, translation, picture and hand-written page, by address, and a problem for every other file.

    The slugs in `languages` are reserved.
    """
    found: list[Found] = []
    problems: list[Problem] = []
    newest = time_ns() - UNSURE_NS
    for folder in (*DATA_FOLDERS, "pages"):
        for entry in walk(project.root, folder):
            verdict = entry if isinstance(entry, Problem) else recognise(*entry, languages, newest)
            if isinstance(verdict, Problem):
                problems.append(verdict)
            elif verdict is not None:
                found.append(verdict)
    problems.extend(strange_configuration(project))
    return tuple(sorted(found, key=lambda f: f.address)), tuple(problems)


def recognise(
    folder: str, name: str, status: os.stat_result, languages: tuple[str, ...], newest: int
) -> Found | Problem | None:
    """The record that a file is, None for a file that is welcome but no record, or the problem with it.

    One that changed after `newest` (ns since 1970) is found, but never known again.
    """
    path = f"{folder}/{name}"
    slug, _, ending = name.rpartition(".")
    if ending != "yml" and WELCOME.fullmatch(path):
        return None
    kind = FILES.get(path) or (kind_of(path) if ending != "yml" or slug == SEARCH else kind_in(folder))
    if kind is None or (ending != "yml" and kind not in NO_RECORDS):
        return unexpected(path)
    if not S_ISREG(status.st_mode):
        return problem(path, "not-a-file", "this is not an ordinary file", "put the file itself here")
    if kind != PICTURE and (not is_slug(slug) or (kind not in (TRANSLATION, SEARCH) and reserved(slug, languages))):
        return bad_name(path, slug, ending)
    return Found(kind=kind, path=path, slug=intern(slug), stamp=stamp_of(status, newest))


def stamp_of(status: os.stat_result, newest: int) -> int:
    """One number for what tells that a file changed; 0 when it did so after `newest`."""
    if status.st_mtime_ns > newest or status.st_ctime_ns > newest:
        return 0
    return hash((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


@lru_cache(maxsize=256)
def kind_in(folder: str) -> str | None:
    """The name of the kind whose records live in a folder, one file each; None when it is no such folder."""
    return kind_of(f"{folder}/a.yml")


def kind_of(path: str) -> str | None:
    """The name of the kind whose records live at that path, or None."""
    folder = path.rpartition("/")[0]
    top, _, year = folder.partition("/")
    home = f"{top}/*" if SCHOOL_YEAR.fullmatch(year) else folder.replace("*", "")
    if kind := FILES.get(path) or HOMES.get(home):
        return kind
    if PICTURES.fullmatch(path):
        return PICTURE
    if path == OUTLINE_FILE:
        return OUTLINE
    if PAGES.fullmatch(path):
        return PAGE if path.startswith("pages/") else TRANSLATED_PAGE
    if SEARCHED.fullmatch(path):
        return SEARCH
    return TRANSLATION if TRANSLATED.fullmatch(path) else None


def unexpected(path: str) -> Problem:
    """The problem of a file that no kind of record claims, with the place where it might belong."""
    name = path.rpartition("/")[2]
    top = path.partition("/")[0]
    if name.endswith(".yaml"):
        hint = f"name it {name.removesuffix('.yaml')}.yml; one ending only"
    elif top == "pages":
        hint = "only pages (*.md) and their pictures (*.png, *.jpg, *.webp) belong here; delete it"
    elif name.endswith(".yml") and top == "partners":
        hint = f"move it to partners/{name} (it would be the same record as any file of that name there)"
    elif name.endswith(".yml") and top == "recognition":
        hint = f"stories live in a folder of their school year, such as recognition/2026-27/{name}"
    else:
        hint = "only records (*.yml), logos in partners/logos and photos in recognition/photos belong here; delete it"
    return problem(path, "unexpected-file", "this file is not a record", hint)


def bad_name(path: str, slug: str, ending: str) -> Problem:
    """The problem of a file whose name cannot be an address."""
    if is_slug(slug):
        message, hint = f'"{slug}" is a reserved name', f"choose another, such as {slug}-program.{ending}"
    else:
        message = "the file's name must be small letters, digits and single hyphens, at most 64 characters"
        hint = f"rename it to {slugify(slug) or 'name-of-the-partner'}.{ending}"
    return problem(path, "bad-file-name", message, hint)


def strange_configuration(project: Project) -> Iterator[Problem]:
    """A problem when a district's folder brings its own mkdocs.yml: that file can run code, so it is never read."""
    own = project.root / "mkdocs.yml"
    if project.root.resolve() != SOFTWARE and own.exists():
        message = "a district's folder may not bring its own mkdocs.yml, because that file can run code"
        hint = "delete it; names, languages and addresses come from district/district.yml"
        yield problem("mkdocs.yml", "foreign-configuration", message, hint)
