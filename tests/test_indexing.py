"""Search indexes: one for each language, always the same, whole or not at all, and nothing left running."""

import gzip
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest

from generator.indexing.bundles import index_all, is_searched, searched_part
from generator.indexing.pagefind import Task, installed
from generator.machine.scratch import IN_MEMORY, NAME
from generator.problems import SetupError

LANGUAGES = ("ar", "en", "zh-Hant")
LOADED = {"index", "pagefind-entry.json", "pagefind.js", "programs.json"}
LANGUAGE = """language=$(grep -rho '<html lang="[^"]*"' site | head -n 1 | cut -d '"' -f 2)"""
Program = Callable[[str], Path]


@dataclass(frozen=True, kw_only=True)
class Folder:
    """A folder as a site to write to."""

    root: Path

    def write(self, path: str, content: bytes) -> None:
        """Put a file into its place."""
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_bytes(content)

    def remove(self, path: str) -> None:
        """Remove a file."""
        (self.root / path).unlink()


def searched_pages(site: Path, languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The pages of a site that search finds, by language."""
    found = {path for path, content in tree(site).items() if is_searched(path, content)}
    return {language: tuple(sorted(p for p in found if p.startswith(f"{language}/"))) for language in languages}


def untold(what: str, done: int, total: int) -> None:
    """Tell nobody."""


def put(site: Path, path: str, words: str, *, marked: bool = True) -> None:
    """A page at a path of a site; unless `marked`, nothing in it is to be searched."""
    mark = " data-pagefind-body" if marked else ""
    language = path.partition("/")[0]
    file = site / path / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        f'<!doctype html><html lang="{language}"><title>t</title><div{mark}><h1>{words}</h1></div>', "utf-8"
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in three languages: two programs of one partner, a hand-written page, a list, and an address of old."""
    folder = tmp_path / "site"
    for number, language in enumerate(LANGUAGES):
        put(folder, f"{language}/partners/cedar-club", "Cedar Club")
        put(folder, f"{language}/partners/cedar-club/homework", "Homework in Riverbend " * (number + 1))
        put(folder, f"{language}/partners/cedar-club/weekend-bags", "Weekend bags")
        put(folder, f"{language}/about", "About Riverbend")
        put(folder, f"{language}/partners", "All partners", marked=False)
        put(folder, f"{language}/partners/old-name", "Moved", marked=False)
        put(folder, f"{language}/grade/5", "Grade five", marked=False)
    return folder


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A function that makes a program from lines for the shell, in which `real` is Pagefind with the same words."""

    def make(lines: str) -> Path:
        path = tmp_path / "pagefind.sh"
        path.write_text(f'#!/bin/sh\nreal() {{ "{installed()}" "$@"; }}\n{lines}\n')
        path.chmod(0o755)
        return path

    return make


def index(site: Path, languages: Iterable[str] = LANGUAGES, **options: object) -> None:
    """Index languages of a site."""
    given = {"scratch": site.parent, **options}
    index_all(site, searched_pages(site, languages), Folder(root=site), untold, **given)  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def described(site: Path, language: str) -> Mapping[str, object]:
    """What Pagefind says of the index of a language."""
    languages = json.loads((site / language / "pagefind/pagefind-entry.json").read_bytes())["languages"]
    assert list(languages) == [language.lower()]
    found: Mapping[str, object] = languages[language.lower()]
    return found


def test_each_language_has_an_index_of_its_own_with_what_is_loaded_and_no_more(site: Path) -> None:
    index(site)
    for language, stemmer in (("en", "en"), ("ar", "ar"), ("zh-Hant", "unknown")):
        found = described(site, language)
        names = {path.name for path in (site / language / "pagefind").iterdir()}
        assert names == LOADED | {f"pagefind.{found['hash']}.pf_meta", f"wasm.{stemmer}.pagefind"}
        assert list((site / language / "pagefind/index").iterdir())
    assert not (site / "pagefind").exists()


def test_results_lead_to_programs_and_other_pages_are_no_results(site: Path) -> None:
    index(site)
    for language in LANGUAGES:
        routes = json.loads((site / language / "pagefind/programs.json").read_bytes())["programs"]
        assert sorted(routes.values()) == ["cedar-club/homework", "cedar-club/weekend-bags"]
        assert all(re.fullmatch(rf"{language.lower()}_[0-9a-f]+", result) for result in routes)
        assert described(site, language)["page_count"] == 2


def copy_of(site: Path, folder: Path) -> Path:
    """The pages of a site, without its indexes, in another folder."""
    return Path(shutil.copytree(site, folder, ignore=shutil.ignore_patterns("pagefind")))


def test_the_bytes_depend_on_the_pages_alone(site: Path, tmp_path: Path) -> None:
    one_by_one, side_by_side = copy_of(site, tmp_path / "one-by-one"), copy_of(site, tmp_path / "b/side-by-side")
    index(site)
    index(one_by_one, memory_bytes=0)
    pages = {language: paths[::-1] for language, paths in searched_pages(side_by_side, LANGUAGES[::-1]).items()}
    index_all(side_by_side, pages, Folder(root=side_by_side), untold, scratch=tmp_path, memory_bytes=1 << 40)
    assert tree(site) == tree(one_by_one) == tree(side_by_side)


@pytest.mark.skipif(not IN_MEMORY.is_dir(), reason="this system has no file system in memory")
def test_results_are_numbered_in_the_order_of_their_addresses(site: Path) -> None:
    for number in range(9):
        put(site, f"en/partners/cedar-club/more-{number}", f"More {number}")
    index(site, ("en",))
    (described,) = (site / "en/pagefind").glob("*.pf_meta")
    numbered = gzip.decompress(described.read_bytes())
    routes = json.loads((site / "en/pagefind/programs.json").read_bytes())["programs"]
    in_order = sorted(routes, key=lambda result: numbered.index(result.encode()))
    assert [routes[result] for result in in_order] == sorted(routes.values())


@pytest.mark.parametrize("has_memory", [True, False])
def test_the_order_in_which_pages_came_about_does_not_matter(
    has_memory: bool, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not has_memory:
        monkeypatch.setattr("generator.machine.scratch.IN_MEMORY", tmp_path / "none")
    for number in range(20):
        put(site, f"en/partners/cedar-club/more-{number}", f"More {number}")
    index(site, ("en",), scratch=tmp_path)
    for order in (sorted, lambda paths: sorted(paths, reverse=True)):
        with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as name:
            for path in order(path for path in tree(site) if "/pagefind/" not in path):
                (Path(name) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(name) / path).write_bytes((site / path).read_bytes())
            index(Path(name), ("en",), scratch=tmp_path)
            assert tree(Path(name)) == tree(site)


def test_nothing_is_left_of_an_earlier_index(site: Path, tmp_path: Path) -> None:
    put(site, "en/partners/gone/away", "Zebra crossing")
    index(site, ("en",))
    (site / "en/partners/gone/away/index.html").unlink()
    (site / "en/pagefind/index/stale.pf_index").write_bytes(b"old")
    fresh = copy_of(site, tmp_path / "fresh")
    for folder in (site, fresh):
        index(folder, ("en",))
    assert tree(site) == tree(fresh)


def test_languages_that_are_not_asked_for_stay_as_they_are(site: Path) -> None:
    index(site)
    before = tree(site / "ar/pagefind")
    put(site, "en/about", "Something else")
    put(site, "ar/about", "Something else")
    index(site, ("en",))
    assert tree(site / "ar/pagefind") == before


def test_a_language_without_searched_pages_has_no_index(site: Path) -> None:
    index(site)
    for page in (site / "ar").rglob("index.html"):
        page.write_text("<!doctype html><title>t</title>")
    index(site)
    assert not [path for path in (site / "ar/pagefind").rglob("*") if path.is_file()]
    assert (site / "en/pagefind/pagefind.js").is_file()
    index_all(site, {}, Folder(root=site), untold, scratch=site)


def test_it_is_told_how_many_languages_are_done(site: Path) -> None:
    told: list[tuple[str, int, int]] = []
    pages = searched_pages(site, LANGUAGES)
    index_all(site, pages, Folder(root=site), lambda *words: told.append(words), scratch=site)
    assert told == [("Indexing for search", done, 3) for done in range(4)]


def test_only_pages_of_programs_with_a_marked_part_are_searched() -> None:
    marked = b"<main><div data-pagefind-body>"
    assert is_searched("en/partners/a/b/index.html", marked)
    assert not is_searched("en/partners/a/b/index.html", b"<main>")
    assert not is_searched("en/partners/a/index.html", marked)
    assert not is_searched("en/about/index.html", marked)
    assert not is_searched("index.html", marked)
    assert not is_searched("assets/finder.js", marked)


class Marks(HTMLParser):
    """Whether a page has an element with the mark."""

    is_marked = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at the attributes of an element."""
        self.is_marked = self.is_marked or any(name == "data-pagefind-body" for name, _ in attrs)


def test_every_marked_page_of_a_program_is_searched_and_no_other(riverbend_site: Path) -> None:
    found = searched_pages(riverbend_site, ("en", "es", "ar"))
    marked = set()
    for page in riverbend_site.glob("*/partners/*/*/index.html"):
        marks = Marks()
        marks.feed(page.read_text("utf-8"))
        if marks.is_marked:
            marked.add(page.relative_to(riverbend_site).as_posix())
    assert {path for paths in found.values() for path in paths} == marked
    for language, paths in found.items():
        assert described(riverbend_site, language)["page_count"] == len(paths) > 5


def test_pages_that_are_not_searched_carry_nothing_for_search(riverbend_site: Path) -> None:
    searched = {path for paths in searched_pages(riverbend_site, ("en", "es", "ar")).values() for path in paths}
    others = [p for p in riverbend_site.rglob("*.html") if p.relative_to(riverbend_site).as_posix() not in searched]
    assert len(others) > len(searched)
    marked = [page for page in others if re.search(rb"data-pagefind-(?:body|meta)", page.read_bytes())]
    assert marked == []


def test_pagefind_is_shown_what_a_program_is_and_no_labels_or_numbers(riverbend_site: Path) -> None:
    known = searched_pages(riverbend_site, ("en", "es", "ar"))
    pages = [riverbend_site / path for paths in known.values() for path in paths]
    for page in pages:
        whole = page.read_bytes()
        shown = searched_part(whole)
        for kept in (rb"<html\b[^>]*>", rb"<title>.*?</title>", rb"<meta [^>]*pagefind-meta[^>]*>", rb"<h1>.*?</h1>"):
            assert (found := re.search(kept, whole, re.DOTALL)) is None or found[0] in shown, page
        assert not re.search(rb"""<(h2|dt|nav)\b|"tel:|"mailto:|"dp-button[ "]""", shown), page
        assert len(shown) < 0.6 * len(whole), page
        for opened in (b"section", b"div", b"ul", b"p", b"table"):
            assert len(re.findall(rb"<%s\b" % opened, shown)) == shown.count(b"</%s>" % opened), (page, opened)
    assert any(b"dp-lead" in searched_part(page.read_bytes()) for page in pages)


def test_the_rest_of_a_page_is_left_out_and_a_page_of_another_form_is_not() -> None:
    head = b'<html lang="en">\n<title>t</title><meta name="x" data-pagefind-meta="kw[content]" content="w">'
    main = b"<main id='c'>\n<div data-pagefind-body>words</div></main>"
    whole = head.replace(b"<title>", b'<meta name="y"><link><title>') + b"<header>h</header>" + main + b"<footer>"
    assert searched_part(whole) == head.replace(b"\n", b"") + main
    assert searched_part(b"<html><div data-pagefind-body>") == b"<html><div data-pagefind-body>"


def test_pages_with_strange_names_are_searched_too(site: Path) -> None:
    for name in ("Über uns", "x{1},[2]", "a*b", "!c", "日本"):
        put(site, f"en/partners/{name}/{name}", "Riverbend by another name")
    index(site, ("en",))
    assert described(site, "en")["page_count"] == 7


ANOTHER_FORMAT = "Pagefind wrote something else than expected"
FAILURES = {
    "it gives up": ("echo 'no such\n   thing' >&2; exit 3", r"Pagefind gave up \(exit code 3\): no such thing"),
    "it is killed": ("kill -9 $$", "Pagefind was killed, as systems do when memory runs out"),
    "it aborts": ("echo memory allocation failed; kill -6 $$", "died of signal 6: memory allocation failed"),
    "it says too much": ("head -c 300000 /dev/zero | tr '\\0' x; exit 1", r"exit code 1\): x{300}$"),
    "it writes nothing": ("exit 0", ANOTHER_FORMAT),
    "its list is no list": ('real "$@"; echo "[]" > bundle/pagefind-entry.json', ANOTHER_FORMAT),
    "its list is cut": ('real "$@"; echo "{" > bundle/pagefind-entry.json', ANOTHER_FORMAT),
    "its results are cut": (
        'real "$@"; for f in bundle/fragment/*; do : > $f; done',
        "pagefind/fragment/en_[0-9a-f]+: this version of Pagefind writes another format",
    ),
    "results are missing": ('real "$@"; for f in bundle/fragment/*; do rm $f; break; done', ANOTHER_FORMAT),
    "a script is empty": ('real "$@"; : > bundle/pagefind.js', ANOTHER_FORMAT),
    "a chunk is empty": ('real "$@"; for f in bundle/index/*; do : > $f; done', ANOTHER_FORMAT),
    "a stemmer is missing": ('real "$@"; rm bundle/wasm.en.pagefind', ANOTHER_FORMAT),
}


@pytest.mark.parametrize("failure", FAILURES)
def test_what_goes_wrong_is_said_in_one_line_and_the_former_index_stays(
    failure: str, site: Path, program: Program
) -> None:
    index(site, ("en",))
    before = tree(site)
    lines, expected = FAILURES[failure]
    with pytest.raises(SetupError, match=expected) as raised:
        index(site, ("en",), program=program(lines))
    assert str(raised.value).startswith("the search index of en could not be made: ")
    assert str(raised.value).count("the search index of") == 1
    assert "\n" not in str(raised.value)
    assert tree(site) == before


@pytest.mark.parametrize("lines", ['real "$@"', "exec sleep 600"], ids=["it ends well", "it waits for ever"])
def test_a_full_file_system_is_said_though_pagefind_does_not(
    lines: str, site: Path, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.machine.scratch.LEAST_FREE_BYTES", 1 << 62)
    with pytest.raises(SetupError, match=r"^the search index of en could not be made: /.* is full$"):
        index(site, ("en",), program=program(lines))


def test_a_page_that_cannot_be_read_is_named(site: Path) -> None:
    pages = searched_pages(site, ("en",))
    (site / "en/partners/cedar-club/homework/index.html").unlink()
    (site / "en/partners/cedar-club/homework/index.html").symlink_to(site / "en")
    with pytest.raises(
        SetupError,
        match=r"the search index of en could not be made: .*/en/partners/cedar-club/homework/index\.html: is a",
    ):
        index_all(site, pages, Folder(root=site), untold, scratch=site)


def test_a_scratch_folder_that_cannot_be_made_is_named(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.machine.scratch.IN_MEMORY", site / "none")
    with pytest.raises(SetupError, match=r"the search index of en could not be made: /.*/nowhere/.*: no such file or"):
        index(site, ("en",), scratch=site / "nowhere")


def test_a_program_that_cannot_be_started_is_named(site: Path, tmp_path: Path) -> None:
    for name in ("missing", "not-for-this-machine"):
        (tmp_path / "not-for-this-machine").write_bytes(b"\x00\x01")
        (tmp_path / "not-for-this-machine").chmod(0o755)
        with pytest.raises(SetupError, match=f"the search index of en could not be made: .*{name}: "):
            index(site, ("en",), program=tmp_path / name)


def test_one_failure_ends_the_others(site: Path, program: Program, tmp_path: Path) -> None:
    noted = tmp_path / "running"
    noted.touch()
    until_noted = f"n=0; until [ -s {noted} ] || [ $n -gt 100 ]; do sleep 0.1; n=$((n+1)); done"
    lines = f"{LANGUAGE}; case $language in en) {until_noted}; exit 1;; *) echo $$ >> {noted}; exec sleep 600;; esac"
    with pytest.raises(SetupError, match="the search index of en "):
        index(site, ("en", "ar"), program=program(lines), memory_bytes=1 << 40)
    assert_gone(noted)


def test_where_memory_is_short_they_run_one_by_one_the_largest_first(
    site: Path, program: Program, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    note = f'echo "$language $(ls -d ../{NAME}$PPID-* | wc -l)" >> {log}'  # and how many scratch folders there are
    index(site, program=program(f'{LANGUAGE}; {note}; sleep 0.1; real "$@"; {note}'), memory_bytes=0)
    largest_first = ("zh-Hant", "en", "ar")
    assert log.read_text().splitlines() == [f"{language} 1" for language in largest_first for _ in ("begin", "end")]


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="this machine has one processor")
def test_as_many_run_at_once_as_there_are_processors(site: Path, program: Program, tmp_path: Path) -> None:
    log = tmp_path / "log"
    for number in range(os.cpu_count() or 1):
        put(site, f"en-x{number}/about", "More")
    languages = (*LANGUAGES, *(f"en-x{number}" for number in range(os.cpu_count() or 1)))
    wait = f"n=0; until [ $(grep -c begin {log}) -gt 1 ] || [ $n -gt 100 ]; do sleep 0.1; n=$((n+1)); done"
    lines = f'echo begin >> {log}; {wait}; real "$@"; echo end >> {log}'
    index(site, languages, program=program(lines), memory_bytes=1 << 40)
    running, most = 0, 0
    for line in log.read_text().split():
        running += 1 if line == "begin" else -1
        most = max(most, running)
    assert 2 <= most <= (os.cpu_count() or 1)


def test_the_estimate_grows_with_the_pages() -> None:
    def task(size_bytes: int) -> Task:
        return Task(language="en", pages=(), size_bytes=size_bytes)

    assert task(65_000_000).memory_bytes > 940 << 20  # what Pagefind took for 5,000 pages of 13 KB
    assert task(0).memory_bytes < 64 << 20


def assert_gone(noted: Path) -> None:
    """Fail unless every process whose number is noted in a file comes to its end."""
    for number in noted.read_text().split():
        deadline = time.monotonic() + 20
        while Path(f"/proc/{number}/cmdline").is_file() and Path(f"/proc/{number}/cmdline").read_bytes():
            assert time.monotonic() < deadline, f"process {number} still runs"
            time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc, and only Linux ends the children of the killed")
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_build_that_is_stopped_leaves_nothing_running(
    end: signal.Signals, site: Path, program: Program, tmp_path: Path, repository: Path
) -> None:
    noted = tmp_path / "running"
    sleeper = program(f"echo $$ >> {noted}; exec sleep 600")
    code = (
        "import signal, sys\n"
        "from pathlib import Path\n"
        "from generator.cli import terminate\n"
        "from generator.indexing.bundles import index_all\n"
        "from tests.test_indexing import Folder, searched_pages\n"
        "signal.signal(signal.SIGTERM, terminate)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "site, program = map(Path, sys.argv[1:])\n"
        "pages = searched_pages(site, ('en',))\n"
        "index_all(site, pages, Folder(root=site), lambda *words: None, scratch=site.parent, program=program)\n"
    )
    command = [sys.executable, "-c", code, str(site), str(sleeper)]
    build = subprocess.Popen(command, cwd=repository, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not (noted.is_file() and noted.read_text().endswith("\n")):
        assert build.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)
    # Python loses a signal that comes within a fork, so that one may be needed again, as it is at a keyboard.
    while build.poll() is None:
        assert time.monotonic() < deadline + 60
        build.send_signal(end)
        with suppress(subprocess.TimeoutExpired):
            build.wait(timeout=5)
    assert_gone(noted)
    left = list(IN_MEMORY.glob(f"{NAME}{build.pid}-*"))
    assert bool(left) == (end == signal.SIGKILL and IN_MEMORY.is_dir())
    index(site, ("en",))
    assert not list(IN_MEMORY.glob(f"{NAME}{build.pid}-*"))
