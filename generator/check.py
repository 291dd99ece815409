"""The whole check of a project: every record by itself, then the set, with what an earlier check already knew."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from generator.directory import Directory
from generator.problems import Problem, SetupError, has_errors, in_order
from generator.records.cache import Cache, Whole, read_cache, version_of, write_cache
from generator.records.folders import Project
from generator.records.load import Loaded, load
from generator.rules import check_set, inspect


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A project's records with everything that is wrong with them, in the order in which people read it.

    `left_out` names what a quarantine has taken out of the records because of the errors: files, and values of files
    such as `partners/river-food-bank.yml (logo)`. `notice` tells what makes a check slow that could be fast.
    """

    loaded: Loaded
    problems: tuple[Problem, ...]
    notice: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether a site may be built from it: warnings are allowed, errors are not, unless what has them is out."""
        return bool(self.left_out) or not has_errors(self.problems)


def check(
    project: Project, *, today: date, cache_folder: Path | None = None, tell: Callable[[int, int], None] | None = None
) -> Checked:
    """Check a project. With a cache folder, files that did not change are not read again."""
    with without_collector():
        return _check(project, today, cache_folder, tell)


def _check(
    project: Project, today: date, cache_folder: Path | None, tell: Callable[[int, int], None] | None
) -> Checked:
    loaded, notice = _load(project, today, cache_folder, tell)
    known = loaded.earlier if loaded.unchanged and loaded.earlier and loaded.earlier.today == today else None
    whole = known.problems if known else check_set(loaded)
    if cache_folder and not known:
        now = replace(loaded.cache, whole=Whole(today, whole))
        notice = write_cache(cache_folder, now, loaded.pile) or notice
    return Checked(loaded=loaded, problems=in_order((*loaded.problems, *whole)), notice=notice)


def _load(
    project: Project, today: date, cache_folder: Path | None, tell: Callable[[int, int], None] | None
) -> tuple[Loaded, str]:
    """The records, and why an earlier check's cache could not help; the cache itself is forgotten again."""
    version = version_of(project.schema)
    cache, notice = read_cache(cache_folder, version) if cache_folder else (Cache(version=version), "")
    return load(project, today=today, inspect=inspect, cache=cache, cache_folder=cache_folder, tell=tell), notice


@contextmanager
def without_collector() -> Iterator[None]:
    """Spare Python's cyclic garbage collector while records or pages are made: they hold no cycles.

    Without it, a check in which one of 5,000 records changed takes about two thirds of the time, and so do pages.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()


def directory_in(checked: Checked) -> Directory:
    """The records joined; a SetupError when that of the district itself is missing or bad."""
    if checked.loaded.directory is None:
        raise SetupError("district/district.yml is missing or has errors; see them with: partners check")
    return checked.loaded.directory
