"""From a project's folders to its records: found, read, checked one by one, and joined into a Directory."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec import Struct, structs

from generator.directory import Directory, group
from generator.model import District, Event, Outline, Policies, Priorities, Recognition
from generator.problems import Place, Problem, has_errors
from generator.records.cache import Cache, Entry, Whole, digest
from generator.records.folders import BY_NAME, NO_RECORDS, PICTURE, WRITTEN, Found, Kind, Project, find_records
from generator.records.interning import Lists, share
from generator.records.outline import OUTLINE_FILE, read_outline
from generator.records.pile import Pile
from generator.records.store import Records, entry_of, joined, known_of, open_records, pile_beside
from generator.records.verdicts import CHUNK, Inspect, Reader, read_all, read_chunk
from generator.records.written import Written, read_written
from generator.source import read
from generator.stories import stories_on
from generator.text import sort_key
from generator.vocabulary import Vocabulary, load_vocabularies
from generator.words.translations import Translations

Tell = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """The records of a project, and everything that is wrong with single files.

    `entries` tells what was found in each file, pictures and pages included, and `records` gives the data of those
    records that passed, as JSON. `changed` holds the paths of the files that an earlier check did not know as they are,
    and `earlier` what that check found wrong with the whole set; `unchanged` is true when it saw the very same files.
    `cache` and `pile` are what to keep for the next check.
    """

    project: Project
    today: date
    files: tuple[Found, ...]
    pictures: tuple[Found, ...]
    pages: tuple[Found, ...]
    strays: tuple[Problem, ...]
    entries: Mapping[str, Entry]
    records: Records
    changed: frozenset[str]
    earlier: Whole | None
    unchanged: bool
    cache: Cache
    pile: Pile

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with single files, cross-links not yet looked at."""
        return (*self.strays, *(p for entry in self.entries.values() for p in entry.problems))

    def is_bad(self, file: Found) -> bool:
        """Whether the file has an error, so that its record is left out."""
        return has_errors(self.entries[file.path].problems)

    def is_settled(self, path: str) -> bool:
        """Whether an earlier check found nothing wrong with a file among the others, and it is still the same file.

        A rule that looks at this file alone need not look again; one that looks at a second one too must if that is in
        `changed`.
        """
        return self._doubtful is not None and path not in self._doubtful

    @cached_property
    def _doubtful(self) -> frozenset[str] | None:
        return self.changed.union(p.at.path for p in self.earlier.problems) if self.earlier else None

    def told_before(self, rule: str, path: str) -> tuple[str, ...] | None:
        """What an earlier check said of a file, by a rule; None when there was none or the file has changed since."""
        if self.earlier is None or path in self.changed:
            return None
        return tuple(p.message for p in self.earlier.problems if p.rule == rule and p.at.path == path)

    def files_of(self, kind: str) -> tuple[Found, ...]:
        """All files of a kind, the bad ones included."""
        return self._by_kind_of_file.get(kind, ())

    @cached_property
    def _by_kind_of_file(self) -> Mapping[str, tuple[Found, ...]]:
        return group((file.kind, file) for file in self.files)

    def blamed(self, problems: Iterable[Problem]) -> "Loaded":
        """The same with more problems of single files; the records of those with an error are left out."""
        entries = dict(self.entries)
        for problem in problems:
            entry = entries[problem.at.path]
            kept = "" if problem.is_error else entry.digest
            known = tuple(dict.fromkeys((*entry.problems, problem)))
            entries[problem.at.path] = structs.replace(entry, problems=known, digest=kept)
        return replace(self, entries=entries, records=replace(self.records, entries=entries))

    def altered(self, data: Mapping[str, bytes]) -> "Loaded":
        """The same with other data, as JSON, for some of the records."""
        entries = dict(self.entries)
        for path, content in data.items():
            entries[path] = structs.replace(entries[path], digest=digest(content))
        records = replace(self.records, entries=entries, later={**self.records.later, **data})
        return replace(self, entries=entries, records=records, changed=self.changed | data.keys())

    @cached_property
    def written(self) -> Mapping[str, Written]:
        """The hand-written pages that passed, by path; read anew, since no check keeps them."""
        good = (file.path for file in self.pages if not self.is_bad(file))
        pages = ((path, read_written(self.project.root / path, relative=path)[0]) for path in good)
        return MappingProxyType({path: page for path, page in pages if page})

    @cached_property
    def outline(self) -> Outline | None:
        """The outline of the district; None when there is none, or a bad one. Read anew, since no check keeps it."""
        entry = self.entries.get(OUTLINE_FILE)
        return None if entry is None or has_errors(entry.problems) else read_outline(self.project.root)[0]

    @cached_property
    def vocabularies(self) -> Mapping[str, Vocabulary]:
        """The controlled vocabularies."""
        return load_vocabularies(self.project.schema / "vocabularies")

    @cached_property
    def by_kind(self) -> Mapping[str, Mapping[str, Struct]]:
        """Every record that passed as a frozen value, by kind and then by address."""
        lists: Lists = {}
        return {name: {a: share(r, lists) for a, r in self._decoded(kind)} for name, kind in BY_NAME.items()}

    def _decoded(self, kind: Kind) -> Iterator[tuple[str, Struct]]:
        """(address, record) of every record of a kind that passed."""
        decoder = msgspec.json.Decoder(kind.record)
        for file in self.files_of(kind.name):
            data = self.records.get(file.path)
            if data is not None:
                yield file.address, decoder.decode(data)

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
            recognition=next((r for r in kinds["recognition"].values() if isinstance(r, Recognition)), None),
            outline=self.outline,
            translations=self.translations,
        )

    @cached_property
    def translations(self) -> Translations:
        """The translated fields of every record that has some."""
        return Translations(sidecars=self.records, digest_of=self.records.digest)


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
    known = known_of(cache, found)
    changed = tuple(file for file in found if file.path not in known)
    reader = partial(read_chunk, project, inspect, cache.version)
    old = open_records(cache_folder, cache, known, partial(read_again, found, reader))
    pile = pile_beside(old, len(changed), cache_folder)
    fresh: dict[str, Entry] = {}
    try:
        for number, (file, verdict) in enumerate(zip(changed, read_all(changed, reader), strict=True)):
            if tell and number % CHUNK == 0:
                tell(number, len(changed))
            fresh[file.path] = entry_of(file, verdict, pile)
        records = joined(old, fresh, pile)
    except BaseException:
        pile.drop()
        raise
    files = tuple(file for file in found if file.kind not in NO_RECORDS)
    return Loaded(
        project=project,
        today=today,
        files=files,
        pictures=tuple(file for file in found if file.kind == PICTURE),
        pages=tuple(file for file in found if file.kind in WRITTEN),
        strays=(*strays, *missing_district(files)),
        entries=records.entries,
        records=records,
        changed=frozenset(fresh),
        earlier=cache.whole,
        unchanged=not changed and len(cache.entries) == len(found),
        cache=structs.replace(cache, entries=records.entries, later={}, whole=None),
        pile=pile,
    )


def read_again(found: Iterable[Found], reader: Reader, path: str) -> bytes | None:
    """The data of a record of which only the verdict was kept; None when it has changed meanwhile and is bad."""
    ((data, problems),) = reader([file for file in found if file.path == path])
    return None if has_errors(problems) else data


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
