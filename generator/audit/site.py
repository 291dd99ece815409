"""The last look at a built site: whether anything in it runs, fetches or hides what it must not."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from generator import worker
from generator.audit.pages import page_problems, style_problems
from generator.machine.processes import shared
from generator.plan import Progress, in_silence
from generator.problems import Place, Problem, in_order
from generator.walk import entries_of

SUFFIXES = frozenset(
    (".css", ".html", ".ics", ".jpg", ".js", ".json", ".png", ".svg", ".txt", ".webp", ".xml")
    + (".pagefind", ".pf_index", ".pf_meta")  # of the search index
)
"""All that a site of ours has; what servers and browsers make of other endings, nobody here has looked into."""
SCRIPTS = re.compile(r"assets/[^/]+|[^/]+/pagefind/[^/]+|sw\.js")
"""Where scripts lie: the theme's, the search index's below each language, and the worker beside the start page."""
CALENDAR = re.compile(rb"BEGIN:VCALENDAR\r\n(?:[\t\x20-\x7e\x80-\xff]+\r\n)+END:VCALENDAR\r\n")
"""Lines of text between the first and the last one of a calendar file."""
CHUNK = 200
"""So many files a process takes at a time; neighbours have most of their lines in common."""
SHARED_FROM = 1_000
"""Fewer files than this are read sooner than other processes start."""


def audit(folder: Path, *, jobs: int = 1, progress: Progress = in_silence) -> tuple[Problem, ...]:
    """Everything in a built site that must not be published, in order; empty when the site may go out.

    Pages are read with another parser than the one that wrote them, so a mistake in escaping shows here. Nothing that a
    build says about its pages is believed: every file is read. Many are shared among processes.
    """
    return in_order(_site_problems(folder, jobs, progress))


def _site_problems(folder: Path, jobs: int, progress: Progress) -> Iterator[Problem]:
    if not (folder / "index.html").is_file():
        yield _problem("index.html", "no-start-page", "there is no start page: this is not a whole site")
    names: list[str] = []
    for name, mode in _files(str(folder), ""):
        if S_ISREG(mode):
            names.append(name)
        elif S_ISLNK(mode):
            yield _problem(name, "link-in-site", "a site holds plain files only, and this is a link")
        else:
            yield _problem(name, "special-file", "a site holds plain files only, and this is another kind of file")
    names.sort(key=_address)
    chunks = [names[start : start + CHUNK] for start in range(0, len(names), CHUNK)]
    look = partial(_problems_of, folder)
    if jobs > 1 and len(names) >= SHARED_FROM:
        found = shared(look, chunks, jobs=jobs, what="read pages", advice="--jobs 1 needs less")
    else:
        found = map(look, chunks)
    for number, problems in enumerate(found, start=1):
        progress("Looking into files", min(number * CHUNK, len(names)), len(names))
        yield from problems


def _files(folder: str, inside: str) -> Iterator[tuple[str, int]]:
    """Name and mode of everything below a folder that is no folder; folders have to be readable."""
    for entry, status in entries_of(folder):
        if S_ISDIR(status.st_mode):
            yield from _files(f"{folder}/{entry}", f"{inside}{entry}/")
        else:
            yield f"{inside}{entry}", status.st_mode


def _address(name: str) -> tuple[str, str]:
    """What a page has in common with the same page in other languages, which is much like it; then the language."""
    language, _, address = name.partition("/")
    return address, language


def _problems_of(folder: Path, names: Sequence[str]) -> list[Problem]:
    """What is wrong with some files of a site."""
    return list(chain.from_iterable(_file_problems(name, folder / name) for name in names))


def _file_problems(name: str, path: Path) -> Iterator[Problem]:
    suffix = path.suffix.lower()
    if "/." in f"/{name}" or suffix not in SUFFIXES:
        yield _problem(name, "stray-file", "such a file has no business on a public site")
    elif suffix == ".js" and not SCRIPTS.fullmatch(name):
        yield _problem(name, "stray-script", "scripts lie in assets/ and beside the search index only")
    elif name == worker.NAME:
        for message in worker.faults(path.read_text("utf-8", errors="replace"), path.parent):
            yield _problem(name, "broken-worker", message)
    elif suffix == ".html":
        yield from page_problems(name, path.read_text("utf-8", errors="replace"))
    elif suffix in (".svg", ".xml"):  # browsers run scripts in any XML
        yield from page_problems(name, path.read_text("utf-8", errors="replace"), is_picture=True)
    elif suffix == ".ics":
        if not CALENDAR.fullmatch(path.read_bytes()):
            yield _problem(name, "not-a-calendar", "this is no calendar file, or it has control characters in it")
    elif suffix == ".css":
        yield from style_problems(name, path.read_text("utf-8", errors="replace"))


def _problem(name: str, rule: str, message: str) -> Problem:
    """A problem with a whole file."""
    return Problem(at=Place(path=name), rule=rule, message=message)
