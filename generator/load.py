"""From a project's folders to its records: found, read, checked one by one, and joined into a Directory."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Raw, Struct

from generator.cache import Cache, Entry, read_records
from generator.directory import Directory, Translation
from generator.folders import BY_NAME, PICTURE, Found, Project, find_records
from generator.model import District, Event, Photo, Policies, Priorities, Quote, Story
from generator.model.common import from_record
from generator.pictures import fault
from generator.problems import Place, Problem, has_errors
from generator.schema import Schemas, load_schemas
from generator.source import Document, read
from generator.text import sort_key
from generator.vocabulary import Vocabulary, load_vocabularies

Tell = Callable[[int, int], None]
Verdict = tuple[bytes | None, tuple[Problem, ...]]
"""The checked data of one file as JSON, None when it is bad or a picture, and what is wrong with it."""
CHUNK = 100
SHARED_FROM = 500
"""Fewer files than this are read sooner than other processes start."""
Inspect = Callable[[str, Document, Struct | None], Iterable[Problem]]
"""A check of one record by itself: (kind, document, record) -> problems; a translation is a document only."""


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The records of a project, and everything that is wrong with single files.

    `entries` tells what was found in each file, pictures included, and `records` holds the data of those records that
    passed, as JSON; `unchanged` is true when no file differs from what the cache knew.
    """

    project: Project
    today: date
    files: tuple[Found, ...]
    pictures: tuple[Found, ...]
    strays: tuple[Problem, ...]
    entries: Mapping[str, Entry]
    unchanged: bool
    fresh: Mapping[str, Raw]
    kept: Callable[[], Mapping[str, Raw]]
    read_again: Callable[[Found], Raw | None]

    @cached_property
    def records(self) -> dict[str, Raw]:
        """The data of every record that passed, as JSON, by path."""
        good = [file for file in self.files if not self.is_bad(file)]
        known = self.fresh if len(self.fresh) == len(good) else {**self.kept(), **self.fresh}
        data = {file.path: known[file.path] if file.path in known else self.read_again(file) for file in good}
        return {path: raw for path, raw in data.items() if raw is not None}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with single files, cross-links not yet looked at."""
        return (*self.strays, *(p for entry in self.entries.values() for p in entry.problems))

    def is_bad(self, file: Found) -> bool:
        """Whether the file has an error, so that its record is left out."""
        return has_errors(self.entries[file.path].problems)

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The controlled vocabularies."""
        return load_vocabularies(self.project.schema / "vocabularies")

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, Struct]]:
        """Every record that passed as a frozen value, by kind and then by address."""
        groups: dict[str, dict[str, Struct]] = {name: {} for name in BY_NAME}
        for file in self.files:
            raw = self.records.get(file.path)
            if raw is not None and file.kind in BY_NAME:
                groups[file.kind][file.address] = msgspec.json.decode(raw, type=BY_NAME[file.kind].record)
        return groups

    @cached_property
    def directory(self) -> Directory | None:
        """The whole as it stands today, or None when the district's own record is missing or bad."""
        kinds = self.by_kind
        district = next(iter(kinds["district"].values()), None)
        if not isinstance(district, District):
            return None
        return Directory(
            district=district,
            vocabularies=self.vocabularies,
            partners=by_name(kinds["partner"]),
            schools=by_name(kinds["school"]),
            initiatives=by_name(kinds["initiative"]),
            resources=by_name(kinds["resource"]),
            measures=by_name(kinds["measure"]),
            voices=by_name(kinds["voice"]),
            events=in_time(kinds["event"]),
            **stories_on(kinds["story"], self.today),
            priorities=next((p for p in kinds["priorities"].values() if isinstance(p, Priorities)), None),
            policies=next((p for p in kinds["policy"].values() if isinstance(p, Policies)), None),
            translations=self.translations,
        )

    @cached_property
    def translations(self) -> Mapping[tuple[str, str], Mapping[str, Translation]]:
        """The translated fields of every record that has some, by (language, record address)."""
        found: dict[tuple[str, str], Mapping[str, Translation]] = {}
        for file in self.files:
            raw = self.records.get(file.path)
            if file.kind == "translation" and raw is not None:
                _, language, address = file.address.split("/", 2)
                fields = msgspec.json.decode(raw)
                found[language, address] = {k: msgspec.convert(v, Translation) for k, v in fields.items()}
        return MappingProxyType(found)


def load(
    project: Project,
    *,
    today: date,
    inspect: Inspect,
    cache: Cache,
    cache_folder: Path | None = None,
    tell: Tell | None = None,
) -> Loaded:
    """Every record of a project; a file that `cache` knows unchanged is not read again.

    `tell` is called with the numbers of files read and to be read.
    """
    found, strays = find_records(project, site_languages(project))
    changed = [file for file in found if not cache.knows(file.path, file.stamp)]
    entries = {file.path: cache.entries[file.path] for file in found if cache.knows(file.path, file.stamp)}
    fresh: dict[str, Raw] = {}
    reader = partial(read_chunk, project, inspect, cache.version)
    for number, (file, (data, problems)) in enumerate(zip(changed, read_all(changed, reader), strict=True)):
        if tell and number % CHUNK == 0:
            tell(number, len(changed))
        entries[file.path] = Entry(file.stamp, problems)
        if data is not None:
            fresh[file.path] = Raw(data)
    files = tuple(file for file in found if file.kind != PICTURE)
    return Loaded(
        project=project,
        today=today,
        files=files,
        pictures=tuple(file for file in found if file.kind == PICTURE),
        strays=(*strays, *missing_district(files)),
        entries=entries,
        unchanged=not changed and len(cache.entries) == len(found),
        fresh=fresh,
        kept=lambda: read_records(cache_folder, cache) if cache_folder else {},
        read_again=lambda file: raw_of(reader([file])[0]),
    )


def read_all(files: Sequence[Found], reader: Callable[[Sequence[Found]], list[Verdict]]) -> Iterator[Verdict]:
    """The verdict on each file, in their order; many files are shared among processes."""
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    if len(files) < SHARED_FROM:
        yield from chain.from_iterable(map(reader, chunks))
        return
    with ProcessPoolExecutor() as processes:
        yield from chain.from_iterable(processes.map(reader, chunks))


def read_chunk(project: Project, inspect: Inspect, version: str, files: Sequence[Found]) -> list[Verdict]:
    """The verdict on each of some files."""
    return [
        (None, read_picture(project, file))
        if file.kind == PICTURE
        else read_record(project, file, kept_schemas(project.schema, version), inspect)
        for file in files
    ]


def raw_of(verdict: Verdict) -> Raw | None:
    """The data of a verdict."""
    return None if verdict[0] is None else Raw(verdict[0])


@lru_cache(maxsize=1)
def kept_schemas(folder: Path, version: str) -> Schemas:
    """The schemas of a folder, read once in each process as long as their version lasts."""
    return load_schemas(folder)


def read_picture(project: Project, file: Found) -> tuple[Problem, ...]:
    """What is wrong with a picture; it is not decoded yet."""
    reason = fault(project.root / file.path)
    if not reason:
        return ()
    hint = "save it again as PNG, JPEG or WebP, smaller if need be"
    return (Problem(at=Place(path=file.path), rule="bad-picture", message=f"this picture {reason}", hint=hint),)


def read_record(project: Project, file: Found, schemas: Schemas, inspect: Inspect) -> Verdict:
    """The verdict on one record: data that fit the schema are given even when a rule then finds an error."""
    document, problems = read(project.root / file.path, relative=file.path)
    if document is None:
        return None, problems
    data = schemas.coerce(file.kind, document.data)
    problems = (*problems, *schemas.check(file.kind, document, data))
    if has_errors(problems):
        return None, problems
    kind = BY_NAME.get(file.kind)
    if kind is None:
        return msgspec.json.encode(data), (*problems, *inspect(file.kind, document, None))
    record = from_record(kind.record, file.slug, data)
    return msgspec.json.encode({**data, "slug": file.slug}), (*problems, *inspect(file.kind, document, record))


def site_languages(project: Project) -> tuple[str, ...]:
    """The languages that district.yml names, without judging the file; they are reserved as slugs."""
    document, _ = read(project.root / "district/district.yml", relative="district/district.yml")
    named = document.data.get("languages", ()) if document else ()
    return tuple(code for code in named if isinstance(code, str)) if isinstance(named, list) else ()


def missing_district(files: Iterable[Found]) -> tuple[Problem, ...]:
    """The problem of a project without the district's own record."""
    if any(f.kind == "district" for f in files):
        return ()
    return (
        Problem(
            at=Place(path="district/district.yml"),
            rule="missing-district",
            message="there is no district/district.yml here, so this is not a directory's folder yet",
            hint="give the right folder with --root, or make one with: partners sample DIR",
        ),
    )


def by_name(records: Mapping[str, Any]) -> Mapping[str, Any]:
    """Records by slug, in the order of their names or titles."""
    ordered = sorted(records.values(), key=lambda r: (sort_key(r.name if hasattr(r, "name") else r.title), r.slug))
    return MappingProxyType({r.slug: r for r in ordered})


def in_time(records: Mapping[str, Any]) -> Mapping[str, Event]:
    """Events by slug, in the order of time."""
    return MappingProxyType({e.slug: e for e in sorted(records.values(), key=lambda e: (e.starts, e.slug))})


def stories_on(records: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The stories that may be shown on a day, newest first, and the addresses of those taken back."""
    shown = [(a.removeprefix("recognition/"), s) for a, s in records.items() if s.published <= today]
    newest = sorted(shown, key=lambda pair: (-pair[1].published.toordinal(), pair[0]))
    stories = {a: consented(s, today) for a, s in newest if s.status == "published"}
    return {
        "stories": MappingProxyType(stories),
        "withdrawn": tuple(sorted(a for a, s in newest if s.status == "withdrawn")),
    }


def consented(story: Story, today: date) -> Story:
    """The story without the photos and names whose consent has run out."""

    def quote(given: Quote) -> Quote:
        named = given.consent is not None and given.consent.expires >= today
        return given if named else msgspec.structs.replace(given, name="", consent=None)

    photos: tuple[Photo, ...] = tuple(p for p in story.photos if p.consent.expires >= today)
    return msgspec.structs.replace(story, photos=photos, quotes=tuple(quote(q) for q in story.quotes))
