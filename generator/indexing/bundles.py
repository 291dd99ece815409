"""The search index of each language: a bundle of files that the finder loads when somebody searches for words."""

import gzip
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Protocol

from generator.indexing import pagefind
from generator.indexing.pagefind import Task, failure, refusal
from generator.indexing.pieces import finer, repacked
from generator.machine.memory import available_bytes
from generator.machine.scratch import scratch_folder
from generator.problems import SetupError
from generator.search.results import PROGRAM, search_file

BUNDLE = "pagefind"
"""The folder of a language's index, below the language's own: everything of a language lies in one folder, so that each
can be made, kept and published by itself."""
ENTRY = "pagefind-entry.json"
ROUTES = "programs.json"
SCRIPT = "pagefind.js"
SEARCHED = re.compile(r"[^/]+/partners/[^/]+/[^/]+/index\.html")
"""The pages of programs: the finder lists nothing else, and other pages would double what phones load of the index."""
MARK = b"data-pagefind-body"
"""The attribute of the part of a page that is searched; Pagefind passes over pages without it."""
NAMES = re.compile(rb"<html\b[^>]*>|<title>.*?</title>|<meta\b[^>]*\bdata-pagefind-meta=[^>]*>", re.DOTALL)
MAIN = re.compile(rb"<main\b.*</main>", re.DOTALL)
"""What Pagefind has to know of a page, before and in its main part; the text of attributes has no ">" of its own."""
NOISE = re.compile(
    rb"""<(h2|dt|thead|nav)\b.*?</\1>"""
    rb"""|<a\s[^>]*(?:href="(?:tel|sms|mailto):|class="dp-button|/dir/\?).*?</a>"""
    rb"""|<(p|span)\s[^>]*class="(?:dp-small|dp-badge|dp-state)\b.*?</\2>"""
    rb"""|<section\s[^>]*aria-labelledby="questions".*?</section>""",
    re.DOTALL,
)
"""What stands on every page, or says nothing of what a program is: labels, the way to it, whom to call, buttons."""

USABLE = 0.8
"""The part of the available memory that all Pagefinds together may take: what they need is only estimated."""
SCRATCH_BYTES = 8 << 20
SCRATCH_BYTES_PER_PAGE = 20_000
"""Room that the pages and the index of a language take meanwhile; small files are counted in blocks of 4,096 bytes."""
INCOMPLETE = "Pagefind wrote something else than expected, so this version may have another format"

Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and of how much."""


class Site(Protocol):
    """Where the files of a site are kept; paths are relative to its root."""

    def write(self, path: str, content: bytes) -> None:
        """Create or replace a file."""

    def remove(self, path: str) -> None:
        """Remove a file."""


def is_searched(path: str, content: bytes) -> bool:
    """Whether search finds a file of the site (`path` from its root): a program's page with a part marked for it."""
    return SEARCHED.fullmatch(path) is not None and MARK in content


def index_all(
    folder: Path,
    pages: Mapping[str, Sequence[str]],
    site: Site,
    tell: Tell,
    *,
    scratch: Path,
    program: Path | None = None,
    memory_bytes: int | None = None,
) -> None:
    """Write the index of each language (`en/pagefind/…`) to a site, and remove what is left of an earlier one.

    `pages` are the searched pages of every language that is to be indexed, relative to the site's folder; a language
    without any gets no index. Its bytes depend on these pages and on Pagefind's version alone. Languages are indexed
    side by side, within `memory_bytes` (else what is available), in memory or below `scratch`. A SetupError names the
    language that failed; nothing of it has been written then.
    """
    wanted = tuple(_task(folder, language, paths) for language, paths in pages.items() if paths)
    for language in sorted(language for language, paths in pages.items() if not paths):
        _replace(folder, language, {}, site)
    if not wanted:
        return
    finished: list[Task] = []

    def prepare(task: Task) -> Path:
        needed = SCRATCH_BYTES + SCRATCH_BYTES_PER_PAGE * len(task.pages)
        try:
            work = stacks[task.language].enter_context(scratch_folder(needed, scratch))
            _lay_out(task, folder, work / "site")
        except OSError as error:
            raise failure(task, refusal(error)) from error
        return work

    def finish(task: Task, work: Path) -> None:
        files = _bundle(task, work)
        _replace(folder, task.language, files, site)
        stacks[task.language].close()
        finished.append(task)
        tell("Indexing for search", len(finished), len(wanted))

    with ExitStack() as stack:
        stacks = {task.language: stack.enter_context(ExitStack()) for task in wanted}
        tell("Indexing for search", 0, len(wanted))
        memory = int(available_bytes() * USABLE) if memory_bytes is None else memory_bytes
        pagefind.run(wanted, program or pagefind.installed(), memory, prepare, finish)


def _task(folder: Path, language: str, paths: Sequence[str]) -> Task:
    size = sum((folder / path).stat().st_size for path in paths)
    return Task(language=language, pages=tuple(sorted(paths)), size_bytes=size)


def searched_part(page: bytes) -> bytes:
    """What Pagefind has to read of a page, about a third of it: language, title, search words, what it says itself."""
    main = MAIN.search(page)
    return b"".join((*NAMES.findall(page, 0, main.start()), NOISE.sub(b" ", main[0]))) if main else page


def _lay_out(task: Task, folder: Path, site: Path) -> None:
    """Put the pages where Pagefind is to read them.

    It numbers pages as the file system lists them. Most file systems list files as they were made, or the other way
    round, so they are made in the order that gives the order of their paths; a few have an order of their own.
    """
    site.mkdir()
    pages = task.pages if _lists_oldest_first(site) else reversed(task.pages)
    made = {site}
    for page in pages:
        place = site / page.removeprefix(f"{task.language}/")
        if place.parent not in made:
            place.parent.mkdir(parents=True, exist_ok=True)
            made.add(place.parent)
        place.write_bytes(searched_part((folder / page).read_bytes()))


def _lists_oldest_first(folder: Path) -> bool:
    names = ("1", "2", "3")
    for name in names:
        (folder / name).mkdir()
    listed = tuple(path.name for path in folder.iterdir())
    for name in names:
        (folder / name).rmdir()
    return listed != names[::-1]


def _bundle(task: Task, work: Path) -> Mapping[str, bytes]:
    """The files that the finder loads, by their paths in the bundle; a SetupError unless all of them are there."""
    try:
        files = _loaded(work / "bundle", _programs(task, work / "site"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise failure(task, INCOMPLETE) from error
    except SetupError as error:
        raise failure(task, str(error)) from error
    if not all(files.values()):
        raise failure(task, INCOMPLETE)
    return files


def _programs(task: Task, site: Path) -> Iterator[str]:
    """The pages of programs, as Pagefind had them."""
    for page in task.pages:
        place = page.removeprefix(f"{task.language}/")
        if PROGRAM.fullmatch(f"/{place.removesuffix('index.html')}"):
            yield (site / place).read_text("utf-8")


def _loaded(bundle: Path, programs: Iterable[str]) -> Mapping[str, bytes]:
    """What our pages load. Not: ready-made forms, Pagefind's worker, other languages' stemmers, texts for excerpts.

    Pagefind describes the one language of a bundle by `hash`, `wasm` (null when it has no stemmer) and `page_count`.
    """
    (described,) = json.loads((bundle / ENTRY).read_bytes())["languages"].values()
    fragments = sorted((bundle / "fragment").glob("*.pf_fragment"))
    if len(fragments) != described["page_count"]:
        raise ValueError
    routes = search_file(((fragment.stem, fragment.read_bytes()) for fragment in fragments), programs)
    stemmer = f"wasm.{described['wasm'] or 'unknown'}.pagefind"
    listing = f"pagefind.{described['hash']}.pf_meta"
    chunks = {chunk.stem: chunk.read_bytes() for chunk in sorted((bundle / "index").iterdir())}
    listed, pieces = finer((bundle / listing).read_bytes(), chunks)
    return {
        ROUTES: routes,
        ENTRY: (bundle / ENTRY).read_bytes(),
        SCRIPT: (bundle / SCRIPT).read_bytes(),
        listing: listed,
        stemmer: repacked(gzip.decompress((bundle / stemmer).read_bytes())),
        **{f"index/{name}.pf_index": content for name, content in pieces.items()},
    }


def _replace(folder: Path, language: str, files: Mapping[str, bytes], site: Site) -> None:
    """Write a bundle, and remove the files of the former one that it does not have."""
    home = folder / language / BUNDLE
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if not path.is_dir()}
    for name in sorted(there - set(files)):
        site.remove(f"{language}/{BUNDLE}/{name}")
    for name, content in files.items():
        site.write(f"{language}/{BUNDLE}/{name}", content)
