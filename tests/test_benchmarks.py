"""What can break in the benchmarks without anybody noticing: peers' contents, tables, memory, limits, the page.

No peer runs here, and nothing is timed.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files as package_files
from pathlib import Path
from threading import Event

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from mkdocs.utils.meta import get_data

from benchmarks import document
from benchmarks.__main__ import main
from benchmarks.builds import step_seconds
from benchmarks.district import LANGUAGES, District, district
from benchmarks.memory import Peak, can_be_watched, peak_of_session
from benchmarks.peers import eleventy, hugo, install, mkdocs
from benchmarks.peers.every import EVERY_PEER
from benchmarks.peers.frame import WORDS
from benchmarks.peers.install import Installed, Missing, provide
from benchmarks.peers.peer import Contents, Peer, Tool
from benchmarks.peers.sheet import Sheet
from benchmarks.peers.sheets import sheets
from benchmarks.process import Run, run
from benchmarks.table import Bench, cell, head, line, per_page, ratio, seconds
from benchmarks.tables import TABLES
from benchmarks.tables.check import CHECK
from benchmarks.tables.incremental import difference, edit, stamps
from benchmarks.tables.parts import PARTS
from benchmarks.tables.parts import row as part_row
from benchmarks.tables.peers import Entrant, Turn, peer_row, play
from generator.check import check
from generator.records.folders import Project
from tests.invented import DAY, setting, write_district

TWO = ("en", "es")
NASTY = 'Tom "T" & <b>Sons</b> #1: it\'s *not* _so_ [easy](x) | `code` \\ --- 日本 😀'
LAYOUTS = package_files("benchmarks") / "peers/layouts"
watches = pytest.mark.skipif(not can_be_watched(), reason="this system does not tell proportional set sizes")


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """A small invented district, as the peers are given it."""
    folder = write_district(tmp_path_factory.mktemp("district"), setting(partners=6, schools=3, languages=TWO))
    return Contents(folder=folder, languages=TWO)


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory, contents: Contents) -> Path:
    """The folder with every peer's project."""
    folder = tmp_path_factory.mktemp("projects")
    for peer in EVERY_PEER:
        peer.write(folder, contents)
    return folder


def every_sheet(contents: Contents) -> Iterator[Sheet]:
    return (sheet for speaker in contents.speakers for sheet in sheets(contents.records, speaker))


def words_of(value: object) -> Iterator[str]:
    """Every text in a value of lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words_of(part)


# What the peers are given


@pytest.mark.parametrize("start", ["hugo/content", "eleventy/content", "markdown/docs"])
def test_each_peer_has_a_file_for_each_page_and_language(start: str, projects: Path, contents: Contents) -> None:
    found = {path.relative_to(projects / start).as_posix() for path in (projects / start).rglob("*.md")}
    wanted = {f"{sheet.language}/{sheet.route}.md" for sheet in every_sheet(contents)}
    assert found - {f"{language}/index.md" for language in TWO} == wanted
    assert len(wanted) == contents.pages


def test_a_family_reads_a_page_for_each_partner_program_and_school(contents: Contents) -> None:
    partners = {path.stem for path in (contents.folder / "partners").glob("*.yml")}
    programs = sum(
        path.read_text("utf-8").count("\n  - slug: ") for path in (contents.folder / "partners").glob("*.yml")
    )
    schools = {path.stem for path in (contents.folder / "district/schools").glob("*.yml")}
    routes = [sheet.route for sheet in every_sheet(contents) if sheet.language == "es"]
    assert {f"partners/{slug}" for slug in partners} | {f"schools/{slug}" for slug in schools} <= set(routes)
    assert len(routes) == len(set(routes)) == len(partners) + programs + len(schools)


def test_the_words_of_each_page_are_in_each_peers_file(projects: Path, contents: Contents) -> None:
    for sheet in every_sheet(contents):
        path = f"{sheet.language}/{sheet.route}.md"
        said = (sheet.title, sheet.summary, *(f.value for f in sheet.facts), *(s.text for s in sheet.steps))
        front = json.JSONDecoder().raw_decode((projects / "hugo/content" / path).read_text("utf-8"))[0]
        assert set(said) <= set(words_of(front))
        markdown = (projects / "markdown/docs" / path).read_text("utf-8")
        assert [text for text in said if mkdocs.plain(text) not in markdown] == []
        for start in ("hugo/content", "eleventy/content", "markdown/docs"):
            assert sheet.about.strip() in (projects / start / path).read_text("utf-8")


def test_translated_words_are_used_where_there_are_some(contents: Contents) -> None:
    english, spanish = (
        {sheet.route: sheet for sheet in sheets(contents.records, speaker)} for speaker in contents.speakers
    )
    changed = [route for route, sheet in spanish.items() if sheet.summary != english[route].summary]
    assert len(changed) > len(english) / 2
    assert all(spanish[route].facts != sheet.facts for route, sheet in english.items() if sheet.facts)


def test_times_places_and_contacts_are_given(contents: Contents) -> None:
    programs = [s for s in every_sheet(contents) if s.by]
    for part in ("steps", "times", "places", "contacts", "sources", "areas", "facts"):
        assert any(getattr(sheet, part) for sheet in programs), part
    partners = [s for s in every_sheet(contents) if s.route.count("/") == 1 and s.route.startswith("partners/")]
    assert all(sheet.sources for sheet in partners)
    assert sum(len(sheet.programs) for sheet in partners) == len(programs)


def test_links_in_markdown_lead_to_files(projects: Path) -> None:
    docs = projects / "markdown/docs"
    linked = [
        (path, target)
        for path in docs.rglob("*.md")
        for target in re.findall(r"\]\(([^<:)]+\.md)\)", path.read_text("utf-8"))
    ]
    assert linked
    assert [(path, target) for path, target in linked if not (path.parent / target).is_file()] == []


def sheet(text: str) -> Sheet:
    return Sheet(language="en", direction="ltr", route="partners/tom", title=text, summary=text, about="Plain.")


def test_hard_words_survive_the_front_matter(tmp_path: Path) -> None:
    front, end = json.JSONDecoder().raw_decode(hugo.content(sheet(NASTY)))
    assert (front["title"], front["summary"]) == (NASTY, NASTY)
    assert hugo.content(sheet(NASTY))[end:] == "\n\nPlain."
    _, between, body = eleventy.content(sheet(NASTY)).split("---", 1)[1].partition("json\n")
    front, end = json.JSONDecoder().raw_decode(body)
    assert (between, front["title"], body[end:]) == ("json\n", NASTY, "\n---\nPlain.")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_as_a_quoted_scalar_of_yaml(text: str) -> None:
    assert yaml.safe_load(f"title: {mkdocs.quoted(text)}\nafter: 1\n") == {"title": text, "after": 1}


def test_mkdocs_reads_the_title(projects: Path, contents: Contents) -> None:
    for sheet in every_sheet(contents):
        text = (projects / "markdown/docs" / sheet.language / f"{sheet.route}.md").read_text("utf-8")
        body, meta = get_data(text)
        assert (meta["title"], meta["description"]) == (sheet.title, sheet.summary)
        assert body.lstrip().startswith(f"# {mkdocs.plain(sheet.title)}\n")


def test_hard_words_mean_nothing_in_markdown() -> None:
    markdown = Markdown(extensions=["tables", "def_list"])
    table = markdown.convert(f"| a | b |\n|---|---|\n| {mkdocs.plain(NASTY)} | {mkdocs.plain('x')} |\n")
    cells = re.findall("<td>(.*?)</td>", table)
    assert cells == [NASTY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "x"]


def test_every_word_of_a_layout_is_known_and_every_known_word_used() -> None:
    texts = {
        "hugo": "".join(path.read_text("utf-8") for path in Path(str(LAYOUTS)).glob("hugo/**/*.html")),
        "eleventy": (LAYOUTS / "eleventy/page.njk").read_text("utf-8"),
    }
    assert set(re.findall(r'\bT "(\w+)"', texts["hugo"])) == set(WORDS)
    assert set(re.findall(r"frame\.words\.(\w+)", texts["eleventy"])) == set(WORDS)


def test_layouts_write_the_same_markup() -> None:
    hugo_text = "".join(path.read_text("utf-8") for path in Path(str(LAYOUTS)).glob("hugo/**/*.html"))
    eleventy_text = (LAYOUTS / "eleventy/page.njk").read_text("utf-8")

    def markup(text: str) -> list[str]:
        bare = re.sub(r"\{[{%#].*?[}%#]\}", "", text)
        return sorted(re.findall(r"</?\w+|class=\"[^\"]*\"", bare))

    assert markup(hugo_text) == markup(eleventy_text)


# Peers' tools


@pytest.mark.parametrize("peer", EVERY_PEER, ids=lambda peer: peer.word)
def test_tools_are_pinned_and_name_no_host(peer: Peer, tmp_path: Path) -> None:
    assert re.fullmatch(r"\d+(\.\d+)+", peer.tool.version)
    commands = [word for command in install.commands(peer.tool, tmp_path) for word in command]
    assert any(word.endswith(peer.tool.version) and peer.tool.package in word for word in commands)
    assert not any("://" in word or "index" in word for word in commands)


def test_a_tool_that_may_not_be_installed_is_missing(tmp_path: Path) -> None:
    tool = Tool(package="nothing", version="1.0", manager="pip", program="bin/nothing")
    found = provide(tool, tmp_path, may_install=False)
    assert isinstance(found, Missing)
    assert "--no-install" in found.reason


def test_a_tool_that_cannot_be_installed_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tool = Tool(package="nothing", version="1.0", manager="npm", program="x")
    found = provide(tool, tmp_path, may_install=True)
    assert found == Missing(reason="could not be installed: there is no npm here")
    assert provide(tool, tmp_path, may_install=False) != found, "a failed installation counts as done"


def test_an_installed_package_without_its_program_is_missing(tmp_path: Path) -> None:
    tool = Tool(package="@some/thing", version="1.0", manager="pip", program="bin/thing")
    home = tmp_path / "some-thing-1.0"
    home.mkdir()
    (home / install.DONE).touch()
    assert isinstance(provide(tool, tmp_path, may_install=False), Missing)
    (home / "bin").mkdir()
    (home / "bin/thing").touch()
    assert provide(tool, tmp_path, may_install=False) == Installed(command=(str(home / "bin/thing"),))


# Running


def entrant(folder: Path, script: str, pages: int) -> Entrant:
    peer = replace(EVERY_PEER[0], name="Invented", arguments=("-c", script), output="site", leftovers=("left",))
    return Entrant(peer=peer, tool=Installed(command=(sys.executable,)), folder=folder, pages=pages)


WRITES_TWO = """
from pathlib import Path
assert not Path("left").exists() and not Path("site").exists()
Path("left").mkdir(); Path("site").mkdir()
for name in ("a.html", "b.html", "c.css"): Path("site", name).write_text("12345")
"""


def test_a_peer_starts_from_nothing_each_time(tmp_path: Path) -> None:
    sizes: dict = {}
    for _ in range(2):
        assert play(entrant(tmp_path, WRITES_TWO, 2), 60, sizes).fault == ""
    ((size),) = sizes.values()
    assert (size.pages, size.size_bytes) == (2, 15)


def test_a_peer_that_leaves_pages_out_has_failed(tmp_path: Path) -> None:
    lazy = entrant(tmp_path, WRITES_TWO, 3)
    done = play(lazy, 60, {})
    assert done.fault == "wrote 2 of 3 pages"
    row = peer_row(lazy.peer, District(partners=5), {}, [Turn(run=done, ours_s=1)])
    assert row[:3] == ("Invented: failed, “wrote 2 of 3 pages”", "5 × 1", "–")


def test_a_peer_that_fails_says_why(tmp_path: Path) -> None:
    done = play(entrant(tmp_path, "raise SystemExit('no such layout')", 1), 60, {})
    assert done.fault == "no such layout"


def test_a_late_peer_is_ended_with_all_it_started_and_nothing_is_extrapolated(tmp_path: Path) -> None:
    late = entrant(tmp_path, "sleep 600 & touch $!; wait", 1)
    late = replace(late, tool=Installed(command=("sh",)))  # it has begun long before the limit, on a busy machine too
    done = play(late, 2, {})
    assert done.is_late
    children = [int(path.name) for path in tmp_path.iterdir() if path.name.isdigit()]
    assert children
    assert are_gone(children)
    row = peer_row(late.peer, District(partners=5), {}, [Turn(run=replace(done, seconds=600.0), ours_s=30)])
    assert row == ("Invented: ended at the limit", "5 × 1", "–", "–", "≥ 600", "–", "–", "–", "≥ 20.0", "1")


def are_gone(pids: list[int]) -> bool:
    """Whether none of some killed processes goes on, once the system has had the time to end them."""
    deadline = time.monotonic() + 30
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_running, pids))


def is_running(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    try:
        return state.read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@watches
def test_memory_counts_every_process_and_shared_pages_once(tmp_path: Path) -> None:
    script = "\n".join(
        (
            "import os, time",
            "shared = bytearray(os.urandom(1_000_000) * 60)",
            "if os.fork() == 0:",
            "    own = bytearray(os.urandom(1_000_000) * 40)",
            "    time.sleep(1)",
            "else:",
            "    os.wait()",
        )
    )
    peak = run((sys.executable, "-c", script), folder=tmp_path, limit_s=60, watches_memory=True).peak
    assert peak is not None
    assert 100 < peak.together_mb < 150  # 160 and more if the shared 60 counted twice
    assert 90 < peak.one_mb < 150


@watches
def test_memory_of_a_session_that_is_gone_is_nothing() -> None:
    over = Event()
    over.set()
    assert peak_of_session(2**22 + 1, over) == Peak()


def test_an_unwatched_run_tells_no_memory(tmp_path: Path) -> None:
    done = run((sys.executable, "-c", "print('done')"), folder=tmp_path, limit_s=60)
    assert (done.peak, done.output, done.fault) == (None, "done\n", "")


def test_the_seconds_of_a_step_are_read() -> None:
    said = "check     1.2 s\n  search   12.3 s  of 8 languages\nresearch 9 s\n"
    assert (step_seconds(said, "search"), step_seconds(said, "check"), step_seconds(said, "publish")) == (
        12.3,
        1.2,
        None,
    )


def test_the_edit_changes_one_sentence_and_leaves_a_good_record(tmp_path: Path) -> None:
    folder = write_district(tmp_path / "district", setting(partners=3, schools=2, languages=("en",)))
    before = {path: path.read_text("utf-8") for path in (folder / "partners").glob("*.yml")}
    edit(folder, 7)
    ((path, text),) = ((p, t) for p, t in before.items() if p.read_text("utf-8") != t)
    changed = [
        (old, new)
        for old, new in zip(text.splitlines(), path.read_text("utf-8").splitlines(), strict=True)
        if old != new
    ]
    ((old, new),) = changed
    assert old.startswith("    summary: ")
    assert new == "    summary: Help with homework in group 7."
    assert check(Project(root=folder), today=DAY).is_good


def test_written_files_are_counted(tmp_path: Path) -> None:
    for name in ("same", "changed", "gone"):
        (tmp_path / name).write_text("1")
    before = stamps(tmp_path)
    (tmp_path / "changed").write_text("22")
    (tmp_path / "gone").unlink()
    (tmp_path / "new").write_text("1")
    assert difference(before, stamps(tmp_path)) == 3


# Sizes, tables and the page


@pytest.mark.parametrize(
    ("size", "wanted"), [("500", (500, 1)), ("500x8", (500, 8)), (" 20×3 ", (20, 3)), ("100000x1", (100_000, 1))]
)
def test_sizes(size: str, wanted: tuple[int, int]) -> None:
    assert district(size) == District(partners=wanted[0], count=wanted[1])


@pytest.mark.parametrize("size", ["", "0", "x8", "500x", "500x9", "500x0", "-5", "many", "5x8x2"])
def test_a_wrong_size_is_named(size: str) -> None:
    with pytest.raises(ValueError, match=re.escape(f'"{size}" is no size')):
        district(size)


def test_languages_of_a_district() -> None:
    assert District(partners=5, count=3).languages == ("en", "es", "ar")
    assert len(set(LANGUAGES)) == 8


def test_a_cell_stays_in_its_cell() -> None:
    assert cell("a | b\nc") == "a \\| b c"
    assert line(("x|y", "2")) == "| x\\|y | 2 |\n"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.word)
def test_words_stand_left_and_numbers_right(table) -> None:
    names, rules = head(table).splitlines()
    assert names.count("|") == rules.count("|") == len(table.columns) + 1
    assert "<" not in names
    marks = rules.strip("|").split("|")
    assert [mark == "---" for mark in marks] == [column.startswith("<") for column in table.columns]


def test_figures() -> None:
    assert seconds((3, 1, 2.5)) == ("2.50", "1.00", "3.00")
    assert seconds(()) == ("–", "–", "–")
    assert per_page((2.0, 4.0), 1000) == "3,000"
    assert per_page((), 5) == per_page((1.0,), 0) == "–"
    assert [ratio(value) for value in (0.5, 9.994, 12.34, 1234.5)] == ["0.50", "9.99", "12.3", "1,234"]


def test_the_page_keeps_the_tables_that_were_not_measured(tmp_path: Path) -> None:
    page = tmp_path / "docs/benchmarks.md"
    row = ("nothing known", "20 × 1", "1.00", "1.00", "1.00", "1")
    document.write(page, document.section(CHECK, [row], "2 cores"))
    first = page.read_text("utf-8")
    assert first.count("| nothing known | 20 × 1 | 1.00 | 1.00 | 1.00 | 1 |\n") == 1
    assert "Machine: 2 cores." in first
    peers = TABLES[0]
    document.write(page, document.section(peers, [("Hugo", *"123456789")], "4 cores"))
    both = page.read_text("utf-8")
    assert both.index(f"## {peers.title}") < both.index(f"## {CHECK.title}")
    assert "| nothing known |" in both
    document.write(page, document.section(peers, [("Zensical", *"123456789")], "4 cores"))
    again = page.read_text("utf-8")
    assert "| Hugo |" not in again
    assert again == both.replace("| Hugo |", "| Zensical |")
    small = ("nothing known", "5 × 1", "0.50", "0.50", "0.50", "1")
    document.write(page, document.section(CHECK, [small], "8 cores"))
    lines = [line for line in page.read_text("utf-8").splitlines() if line.startswith("| nothing known |")]
    assert lines == [
        "| nothing known | 20 × 1 | 1.00 | 1.00 | 1.00 | 1 |",
        "| nothing known | 5 × 1 | 0.50 | 0.50 | 0.50 | 1 |",
    ]
    growth = next(table for table in TABLES if table.word == "growth")
    for size in ("5 × 1", "20 × 1"):
        document.write(page, document.section(growth, [(size, *"1234567")], "8 cores"))
    assert "| 20 × 1 | 1 |" in page.read_text("utf-8") and "| 5 × 1 | 1 |" not in page.read_text("utf-8")


def test_a_row_about_parts_has_the_most_memory_of_all_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    runs = [Run(seconds=1, peak=Peak(together_mb=900, one_mb=40)), Run(seconds=2, peak=Peak(together_mb=80, one_mb=50))]
    row = part_row("join", District(partners=500, count=2), 5000, 104_600_000, 1.5, runs)
    assert row == ("join", "500 × 2", "5,000", "104.6", "1.50", "0.300", "900", "50", "2")
    unwatched = part_row("join", District(partners=500), 5000, 1, 1.5, [Run(seconds=1)])
    assert unwatched[-3:] == ("–", "–", "1")
    monkeypatch.setattr(sys, "platform", "win32")
    bench = Bench(scratch=tmp_path, tools=tmp_path, runs=1, limit_s=1, peers=(), may_install=False, is_chosen=False)
    (untold,) = PARTS.measure(bench, PARTS.sizes)
    assert len(row) == len(unwatched) == len(untold) == len(PARTS.columns)


def test_every_row_of_an_absent_peer_is_as_wide_as_its_table(tmp_path: Path) -> None:
    peer = EVERY_PEER[0]
    done = run((sys.executable, "-c", "raise SystemExit(3)"), folder=tmp_path, limit_s=60)
    row = peer_row(peer, District(partners=5), {}, [Turn(run=done, ours_s=1)])
    assert len(row) == len(TABLES[0].columns)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--only", "nonsense"), "The tables are peers, growth"),
        (("--peers", "jekyll"), 'there is no peer "jekyll". The peers are hugo'),
        (("--sizes", "500x80"), '"500x80" is no size'),
        (("--runs", "0"), "0 is not in the range"),
        (("--limit", "no"), "'no' is not a valid float"),
    ],
)
def test_wrong_use_is_explained(arguments: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_help_has_examples_tables_and_peers() -> None:
    output = CliRunner().invoke(main, ["--help"]).output
    assert all(table.word in output for table in TABLES)
    assert all(peer.word in output for peer in EVERY_PEER)
    assert 'make bench ARGS="' in output
