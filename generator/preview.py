"""The preview: a site that is built anew, as far as it has changed, whenever a file is saved, and reloads itself."""

import gc
import logging
import sys
from pathlib import Path
from threading import Timer
from time import perf_counter

from mkdocs.livereload import LiveReloadServer

from generator.building.rendering import render
from generator.building.whole import Built
from generator.check import check
from generator.clock import today_in
from generator.mkdocs_build import watched
from generator.plan import prepare
from generator.problems import SetupError
from generator.records.folders import Project
from generator.report import report

TIDY_SECONDS = 1.0
"""So long after a build memory is tidied: the browser has its page then."""


def preview(project: Project, host: str, port: int, *, opens: bool, has_search: bool, jobs: int) -> None:
    """Serve a project's site and bring it up to date whenever a file is saved, until the person stops it."""
    folder = project.cache / "preview/site"

    def build() -> None:
        """Bring the site up to date; what is wrong is told, and the rest is shown."""
        try:
            started = perf_counter()
            built = build_once(project, folder, has_search=has_search, jobs=jobs)
            seconds = perf_counter() - started
            say(f"Up to date: {built.written:,} of {built.pages:,} pages written, {seconds:.1f} seconds.")
        except (SetupError, OSError) as error:  # such as a file that is gone before it is read
            say(f"partners: {error}\nThe preview stays as it was.")
        tidy_later()

    logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
    server = LiveReloadServer(builder=build, host=host, port=port, root=str(folder))
    server.error_handler = lambda code: missing(folder) if code == 404 else None
    build()
    for path in watched(project):
        if path.exists():
            server.watch(str(path))
    say(f"The preview is at {server.url} and follows every saved file. Ctrl-C stops it.")
    try:
        server.serve(open_in_browser=opens)  # type: ignore[no-untyped-call]
    finally:
        server.shutdown()


def build_once(project: Project, folder: Path, *, has_search: bool, jobs: int) -> Built:
    """Check the records, tell what is wrong with them, and build the site of those that are good."""
    checked = check(project, today=today_in(project), cache_folder=project.cache)
    if checked.problems:
        sys.stderr.write(report(checked.problems, records=len(checked.loaded.files)))
    return render(prepare(checked, is_preview=True, has_search=has_search, jobs=jobs), folder, say)


def tidy_later() -> None:
    """Give back the memory of past builds in a moment."""
    timer = Timer(TIDY_SECONDS, tidy)
    timer.daemon = True
    timer.start()


def tidy() -> None:
    """Let the collector find what builds have left in circles: a check hides its records from it."""
    gc.unfreeze()
    gc.collect()


def missing(folder: Path) -> bytes | None:
    """The page for an address that does not exist."""
    page = folder / "404.html"
    return page.read_bytes() if page.is_file() else None


def say(words: str) -> None:
    """Tell the person who edits."""
    sys.stderr.write(f"{words}\n")
