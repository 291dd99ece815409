"""From a project's folders to its records: found, read, checked one by one, and joined into a Directory."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Raw, Struct

from generator.cache import Cache, Entry, read_records
from generator.directory import Directory, Translation
from generator.folders import BY_NAME, PICTURE, WRITTEN, Found, Project, find_records
from generator.model import District, Event, Policies, Priorities
from generator.problems import Place, Problem, has_errors
from generator.source import read
from generator.stories import stories_on
from generator.text import sort_key
from generator.verdicts import CHUNK, Inspect, Reader, read_all, read_chunk
from generator.vocabulary import Vocabulary, load_vocabularies
from generator.written import Written, read_written

Tell = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The records of a project, and everything that is wrong with single files.

    `entries` tells what was found in each file, pictures and pages included, and `records` holds the data of those
    records that passed, as JSON; `unchanged` is true when no file differs from what the cache knew.
    """

    project: Project
    today: date
    files: tuple[Found, ...]
    pictures: tuple[Found, ...]
    pages: tuple[Found, ...]
    strays: tuple[Problem, ...]
    entries: Mapping[str, Entry]
    unchanged: bool
    fresh: Mapping[str, Raw]
    cache: Cache
    cache_folder: Path | None
    reader: Reader

    @cached_property
    def records(self) -> dict[str, Raw]:
        """The data of every record that passed, as JSON, by path."""
        good = [file for file in self.files if not self.is_bad(file)]
        known = self.fresh if len(self.fresh) == len(good) else {**self.kept, **self.fresh}
        data = {file.path: known.get(file.path) or self.read_again(file) for file in good}
        return {path: raw for path, raw in data.items() if raw is not None}

    @property
    def kept(self) -> Mapping[str, Raw]:
        """The data of the records that the cache knew, by path."""
        return read_records(self.cache_folder, self.cache) if self.cache_folder else {}

    def read_again(self, file: Found) -> Raw | None:
        """The data of a record of which only the verdict was kept; None when it has changed meanwhile and is bad."""
        ((data, _),) = self.reader([file])
        return None if data is None else Raw(data)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with single files, cross-links not yet looked at."""
        return (*self.strays, *(p for entry in self.entries.values() for p in entry.problems))

    def is_bad(self, file: Found) -> bool:
        """Whether the file has an error, so that its record is left out."""
        return has_errors(self.entries[file.path].problems)

    @cached_property
    def written(self) -> Mapping[str, Written]:
        """The hand-written pages that passed, by path; read anew, since no check keeps them."""
        good = (file.path for file in self.pages if not self.is_bad(file))
        pages = ((path, read_written(self.project.root / path, relative=path)[0]) for path in good)
        return MappingProxyType({path: page for path, page in pages if page})

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The controlled vocabularies."""
        return load_vocabularies(self.project.schema / "vocabularies")

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, Struct]]:
        """Every record that passed as a frozen value, by kind and then by address."""
        groups: dict[str, dict[str, Struct]] = {name: {} for name in BY_NAME}
        decoders = {name: msgspec.json.Decoder(kind.record) for name, kind in BY_NAME.items()}
        for file in self.files:
            raw = self.records.get(file.path)
            if raw is not None and file.kind in BY_NAME:
                groups[file.kind][file.address] = decoders[file.kind].decode(raw)
        return groups

    @cached_property
    def by_path(self) -> Mapping[str, tuple[tuple[str, Struct], ...]]:
        """The same with their paths, by kind."""
        return {kind: tuple((f"{a}.yml", r) for a, r in group.items()) for kind, group in self.by_kind.items()}

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
    files = tuple(file for file in found if file.kind not in (PICTURE, *WRITTEN))
    return Loaded(
        project=project,
        today=today,
        files=files,
        pictures=tuple(file for file in found if file.kind == PICTURE),
        pages=tuple(file for file in found if file.kind in WRITTEN),
        strays=(*strays, *missing_district(files)),
        entries=entries,
        unchanged=not changed and len(cache.entries) == len(found),
        fresh=fresh,
        cache=cache,
        cache_folder=cache_folder,
        reader=reader,
    )


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
