"""The search index of each language: a bundle of files that the finder loads when somebody searches for words."""

import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator import pagefind
from generator.memory import available_bytes
from generator.pagefind import Task, failure
from generator.problems import SetupError
from generator.search.results import program_routes

BUNDLE = "pagefind"
"""The folder of a language's index, below the language's own: there Pagefind's script works out the addresses of pages
by itself, at whatever path the site is served, and everything of a language lies in one folder."""
ENTRY = "pagefind-entry.json"
ROUTES = "programs.json"
MARK = b"data-pagefind-body"
"""The attribute of the part of a page that is searched; Pagefind passes over pages without it."""
USABLE = 0.8
"""The part of the available memory that all Pagefinds together may take: what they need is only estimated."""
INCOMPLETE = "Pagefind wrote something else than expected: the disk is full, or this version has another format"

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


def is_searched(path: str, content: bytes) -> bool:
    """Whether search finds a file of the site (`path` from the site's root): a page with a part marked for it."""
    return path.endswith(".html") and "/" in path and MARK in content


def searched_pages(folder: Path, languages: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The pages of a built site that search finds, by language; their paths are relative to the site."""

    def searched(language: str) -> Iterator[str]:
        for page in sorted((folder / language).rglob("*.html")):
            path = page.relative_to(folder).as_posix()
            if is_searched(path, page.read_bytes()):
                yield path

    return {language: tuple(searched(language)) for language in languages}


def index_all(
    folder: Path,
    pages: Mapping[str, Sequence[str]],
    tell: Tell,
    *,
    program: Path | None = None,
    memory_bytes: int | None = None,
) -> None:
    """Write `<language>/pagefind/` for each language, in the place of what may be there.

    `pages` are the searched pages of every language that is to be indexed, relative to the site's folder; a language
    without any gets no index. Its bytes depend on these pages and on Pagefind's version alone. Languages are indexed
    side by side, within `memory_bytes` (else what is available). A SetupError names the language that failed.
    """
    tasks = tuple(_task(folder, language, paths) for language, paths in sorted(pages.items()))
    for task in tasks:
        if task.bundle.exists():
            shutil.rmtree(task.bundle)  # Pagefind leaves old files lying about
    wanted = tuple(task for task in tasks if task.pages)
    finished: list[Task] = []

    def finish(task: Task) -> None:
        _add_routes(task)
        finished.append(task)
        tell("Indexing for search", len(finished), len(wanted))

    if wanted:
        tell("Indexing for search", 0, len(wanted))
        memory = int(available_bytes() * USABLE) if memory_bytes is None else memory_bytes
        pagefind.run(wanted, program or pagefind.installed(), memory, finish)
    for task in wanted:
        _keep_what_is_loaded(task)


def _task(folder: Path, language: str, paths: Sequence[str]) -> Task:
    return Task(
        language=language,
        folder=folder / language,
        bundle=folder / language / BUNDLE,
        pages=tuple(sorted(path.removeprefix(f"{language}/") for path in paths)),
        size_bytes=sum((folder / path).stat().st_size for path in paths),
    )


def _add_routes(task: Task) -> None:
    """Write which program each result is.

    Pagefind 1.5 says nothing of a disk that is full, and ends as if all were well. What it could not write then is
    found here: this file does not fit either, as nothing is deleted before the last language is done.
    """
    fragments = sorted((task.bundle / "fragment").glob("*.pf_fragment"))
    if len(fragments) != _described(task)["page_count"]:
        raise failure(task, INCOMPLETE)
    try:
        routes = program_routes((fragment.stem, fragment.read_bytes()) for fragment in fragments)
        (task.bundle / ROUTES).write_bytes(routes)
    except SetupError as error:
        raise failure(task, str(error)) from error
    except OSError as error:
        raise failure(task, (error.strerror or str(error)).lower()) from error


def _described(task: Task) -> Mapping[str, Any]:
    """What Pagefind says of the language of a bundle: `hash`, `wasm` (null when it has no stemmer), `page_count`."""
    try:
        (described,) = json.loads((task.bundle / ENTRY).read_bytes())["languages"].values()
        if isinstance(described["hash"], str) and isinstance(described["wasm"], str | None):
            return {**described, "page_count": int(described["page_count"])}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    raise failure(task, INCOMPLETE)


def _keep_what_is_loaded(task: Task) -> None:
    """Delete what our pages never load: ready-made forms, the stemmers of other languages, the texts for excerpts."""
    described = _described(task)
    named = (f"pagefind.{described['hash']}.pf_meta", f"wasm.{described['wasm'] or 'unknown'}.pagefind")
    loaded = {ENTRY, ROUTES, "pagefind.js", "pagefind-worker.js", *named}
    for path in task.bundle.iterdir():
        if path.is_dir() and path.name != "index":
            shutil.rmtree(path)
        elif path.is_file() and path.name not in loaded:
            path.unlink()
    sizes = {p.relative_to(task.bundle).as_posix(): p.stat().st_size for p in task.bundle.rglob("*") if p.is_file()}
    if not loaded <= set(sizes) or not all(sizes.values()):
        raise failure(task, INCOMPLETE)
