"""The last gate finds whatever is live in a page, and lets a clean site through."""

import os
import signal
from collections.abc import Iterator
from hashlib import sha256
from multiprocessing import active_children, get_start_method
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.audit import pages
from generator.audit import site as gate
from generator.audit.pages import page_problems
from generator.audit.site import audit
from generator.cli.audit import audit as command
from generator.problems import Place, Problem, SetupError

POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
LIVE = {
    "inline-script": (
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<p onclick=go()>",
        "<svg ONLOAD=go()>",
        "<script type=module>import './x.js'</script>",
        '<script type=application/json>{"a": 1}</script>',
        '<script type=" application/ld+json">{"@context": "https://schema.org"}</script>',
        '<script type=application/ld+json id=a>{"@context": "https://schema.org"}</script>',
        "<script type=importmap>{}</script>",
        "<script type=speculationrules>{}</script>",
    ),
    "live-link": (
        "<a href='javascript:go()'>",
        "<a href=' java\tscript:go()'>",
        "<a href='&#106;avascript:go()'>",
        "<form action=data:text/html,x>",
        "<a href=vbscript:x>",
        "<a href=javascript:go() href=x.html>",
        "<a href=x.html href=javascript:go()>",
        "<a href= \"javascript:go()\n>\" class='x'>",
    ),
    "third-party": (
        "<script src=https://example.org/x.js></script>",
        "<img src=//example.org/x.png>",
        "<img src='\\\\example.org/x.png'>",
        "<img srcset='a.png 1x, https://example.org/b.png 2x'>",
        "<link rel='preload stylesheet' href=https://example.org/x.css>",
        "<link rel=stylesheet rel=canonical href=https://example.org/x.css>",
        "<meta http-equiv=refresh content='0; url=https://example.org/'>",
        "<style>@import 'https://example.org/x.css'</style>",
        "<svg><use href=https://example.org/x.svg#a></svg>",
        "<img src=data:text/html,x>",
    ),
    "embedded": ("<iframe src=a.html>", "<object data=a.html>", "<base href=/x/>", "<p srcdoc=x>"),
    "inline-style": ("<p style='color:red'>",),
    "broken-data": (
        "<script type=application/ld+json>{'a': 1}</script>",
        '<script type=application/ld+json>{"@context": "https://schema.org", "price": NaN}</script>',
        '<script type=application/ld+json>{"@context": "https://example.org/terms"}</script>',
        '<script type=application/ld+json>["https://schema.org"]</script>',
        f"<script type=application/ld+json>{'[' * 5000}</script>",
    ),
    "open-data": (
        '<script type=application/ld+json>{"@context": "https://schema.org", "name": "a <c"}</script>',
        '<script type=application/ld+json>{"@context": "https://schema.org", "name": "<!--<script>"}</script>',
    ),
    "unfilled-slot": ("<p>@@dp:title@@</p>",),
}
CLEAN = (
    "<a href='https://example.org/'>elsewhere</a> <a href=mailto:a@example.org>mail</a>",
    "<a href=tel:+12065550100>call</a>",
    "<link rel=canonical href=https://example.org/en/> <link rel=stylesheet href=../assets/dp.css>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; javascript:go()</p>",
    '<script type=application/ld+json>{"@context": "https://schema.org", "name": "a & b &amp; \\n> d"}</script>',
    '<script type=application/ld+json>{"@context": "https://schema.org", "name": "River \\u003c/script>"}</script>',
    "<img src=../logo.png srcset='a.png 1x, b.png 2x' alt=''> <img src='data:image/svg+xml,%3Csvg/%3E' alt=''>",
    "<meta http-equiv=refresh content='0; url=../river/'>",
    "<script src=../assets/search.js type=module></script>",
)


@pytest.mark.parametrize(("rule", "html"), [(rule, html) for rule, cases in LIVE.items() for html in cases])
def test_what_is_live_is_found(rule: str, html: str) -> None:
    assert rule in {problem.rule for problem in page_problems("page.html", POLICY + "\n" + html)}


@pytest.mark.parametrize("html", CLEAN)
def test_what_is_only_text_passes(html: str) -> None:
    assert list(page_problems("page.html", POLICY + html)) == []


def test_every_page_needs_a_policy_that_blocks_inline_scripts() -> None:
    loose = POLICY.replace("'none'", "'none'; script-src 'unsafe-inline'")
    assert [problem.rule for problem in page_problems("page.html", "<p>")] == ["no-policy"]
    assert [problem.rule for problem in page_problems("page.html", loose)] == ["no-policy"]


@pytest.mark.parametrize(
    "policy",
    [
        "default-src 'self'",
        "img-src 'self'",
        "default-src 'none'; script-src 'self' 'unsafe-eval'",
        "default-src 'none'; script-src 'self' https://example.org",
        "default-src 'none'; script-src data:",
        "default-src 'none'; img-src *",
        "default-src 'none'; connect-src 'self' 'wasm-unsafe-eval'",
        "script-src *; default-src 'none'; script-src 'self'",
        "",
    ],
)
def test_a_policy_that_allows_too_much_is_none(policy: str) -> None:
    page = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    assert [problem.rule for problem in page_problems("page.html", page)] == ["no-policy"]


def test_problems_name_file_and_line() -> None:
    (problem,) = page_problems("en/page.html", POLICY + "\n\n<iframe>")
    assert (problem.at.path, problem.at.line) == ("en/page.html", 3)


PIECES = (
    *(html for cases in LIVE.values() for html in cases),
    *CLEAN,
    POLICY,
    POLICY.replace("'none'", "'unsafe-inline'"),
    "<p>", "</p>", "<br/>", '<a href="x.html" class="dp-link">', '<a href="javascript:go()">', "</a>", "<iframe>",
    '<script src="x.js">', "<script>", "</script>", "</script", '<script type="application/ld+json">', '{"a": 1}',
    "<style>", "@import '//example.org/x.css';", "</style>", "<title>", "</title>", "<textarea>", "</textarea>",
    "<!--", "-->", "--", "<!doctype html>", "<![CDATA[", "]]>", "<?", "<!", "</", "<", ">", "/>",
    "<a", "<a href=", "<a href= ", '"', "'", "=", " ", "/", "&", "&lt", ";", 'onclick="go()"', " onclick=go()", " x>y",
    "\r", "\x0b", "\x00", "\u2028", "text",
)  # fmt: skip


@given(st.lists(st.sampled_from((*PIECES, "\n", "\n", "\n")), max_size=30).map("".join))
def test_line_by_line_a_page_says_what_it_says_as_a_whole(html: str) -> None:
    whole = pages.read(html)
    expected = [("page.html", line + 1, rule, message) for line, rule, message in whole.faults]
    found = [(p.at.path, p.at.line, p.rule, p.message) for p in page_problems("page.html", html)]
    assert [fault for fault in found if fault[2] not in ("no-policy", "unfilled-slot")] == expected
    assert ("no-policy" in {rule for _, _, rule, _ in found}) == (not whole.policy)


def test_a_line_counts_for_every_page_in_which_it_stands() -> None:
    for _ in range(2):
        (problem,) = page_problems("page.html", POLICY + '\n\n<p><a href="javascript:go()">')
        assert (problem.at.line, problem.rule) == (3, "live-link")


def test_a_whole_site(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    assert audit(tmp_path) == ()
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/dp.css").write_text("a { background: url(//example.org/x.png) }", encoding="utf-8")
    (tmp_path / "assets/icon.svg").write_text("<svg><script>go()</script></svg>", encoding="utf-8")
    (tmp_path / "notes.yml").write_text("a: b", encoding="utf-8")
    (tmp_path / ".cache").write_text("", encoding="utf-8")
    found = [(problem.at.path, problem.rule) for problem in audit(tmp_path)]
    assert found == [
        (".cache", "stray-file"),
        ("assets/dp.css", "third-party"),
        ("assets/icon.svg", "inline-script"),
        ("notes.yml", "stray-file"),
    ]


@pytest.mark.parametrize("name", ["x.xhtml", "y.htm", "w.shtml", "page", "index.html~", ".git/config", "en/.x/a.txt"])
def test_a_file_that_no_site_of_ours_has_is_stray(name: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("<script>go()</script>", encoding="utf-8")
    assert [(problem.at.path, problem.rule) for problem in audit(tmp_path)] == [(name, "stray-file")]


@pytest.mark.parametrize("name", ["z.HTML", "v.SVG", "u.xml"])
def test_a_file_is_read_however_its_ending_is_written(name: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / name).write_text(POLICY + "<script>go()</script>", encoding="utf-8")
    assert [(problem.at.path, problem.rule) for problem in audit(tmp_path)] == [(name, "inline-script")]


@pytest.mark.parametrize("name", ["page.js", "en/page.js", "en/partners/a/sw.js", "media/x.js", "assets/more/x.js"])
def test_a_script_where_none_belongs_is_stray(name: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("go()", encoding="utf-8")
    assert [(problem.at.path, problem.rule) for problem in audit(tmp_path)] == [(name, "stray-script")]


@pytest.mark.parametrize(
    ("worker", "words"),
    [
        ('const FILES = {\n  "assets/dp.css": "DIGEST"\n};\n', ""),
        ('const FILES = {\n  "assets/dp.css": "0"\n};\n', "made for another assets/dp.css"),
        ('const FILES = {\n  "assets/gone.js": "DIGEST"\n};\n', "made for another assets/gone.js"),
        ('const FILES = {\n  "../passwords.txt": "DIGEST"\n};\n', "made for another ../passwords.txt"),
        ("const FILES = {};\nimportScripts('//example.org/x.js');\n", "loads another script"),
        ("go()", "does not say which files"),
        ("const FILES = {go()};\n", "does not say which files"),
    ],
)
def test_a_worker_belongs_to_its_site(worker: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/dp.css").write_text("a {}", encoding="utf-8")
    (tmp_path / "sw.js").write_text(worker.replace("DIGEST", sha256(b"a {}").hexdigest()), encoding="utf-8")
    found = [(problem.rule, words in problem.message) for problem in audit(tmp_path)]
    assert found == ([("broken-worker", True)] if words else [])


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such files")
def test_what_is_no_plain_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    os.mkfifo(tmp_path / "robots.txt")
    assert [(problem.at.path, problem.rule) for problem in audit(tmp_path)] == [("robots.txt", "special-file")]


forks = pytest.mark.skipif(
    get_start_method() != "fork", reason="other processes do not inherit what a test has changed"
)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A site of many pages in three languages, every fifth of which has something live in it."""
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    for number in range(60):
        page = tmp_path / ("en", "es", "ar")[number % 3] / f"{number // 3}.html"
        page.parent.mkdir(exist_ok=True)
        page.write_text(POLICY + "\n<iframe>" * (number % 5 == 0), encoding="utf-8")
    return tmp_path


@pytest.fixture
def shares(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Few files are enough for several processes; none of them is left."""
    monkeypatch.setattr(gate, "SHARED_FROM", 10)
    monkeypatch.setattr(gate, "CHUNK", 7)
    yield
    assert active_children() == []


@pytest.mark.usefixtures("shares")
def test_several_processes_find_what_one_finds_and_tell_how_far_they_are(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, int, int]] = []
    found = audit(many, jobs=3, progress=lambda *step: told.append(step))
    assert [problem.at.path for problem in found] == sorted(problem.at.path for problem in found)
    assert len(found) == 12
    assert [done for _, done, _ in told] == [*range(7, 61, 7), 61]
    assert {total for _, _, total in told} == {61}
    monkeypatch.setattr(gate, "SHARED_FROM", 100)
    assert found == audit(many, jobs=3) == audit(many, jobs=1)


@forks
@pytest.mark.usefixtures("shares")
@pytest.mark.parametrize("jobs", [1, 3])
def test_as_many_processes_work_as_are_asked_for(many: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    def signed(name: str, html: str) -> Iterator[Problem]:
        yield Problem(at=Place(path=name), rule=str(os.getpid()), message="")

    monkeypatch.setattr(gate, "page_problems", signed)
    processes = {problem.rule for problem in audit(many, jobs=jobs)}
    assert (str(os.getpid()) in processes) == (jobs == 1)
    assert len(processes) <= jobs


@forks
@pytest.mark.usefixtures("shares")
def test_a_killed_process_is_named(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(*given: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr(gate, "page_problems", die)
    with pytest.raises(SetupError, match=r"a process that read pages was killed.*--jobs 1"):
        audit(many, jobs=2)


def test_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / "passwords.txt").symlink_to("/etc/hostname")
    assert [problem.rule for problem in audit(tmp_path)] == ["link-in-site"]


def test_a_link_to_a_site_is_that_site(tmp_path: Path) -> None:
    (tmp_path / "built").mkdir()
    (tmp_path / "built/index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / "site").symlink_to("built")
    done = CliRunner().invoke(command, [str(tmp_path / "site")])
    assert (done.exit_code, done.exception) == (0, None)


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    assert [problem.rule for problem in audit(tmp_path)] == ["no-start-page"]


def test_the_command_says_what_must_not_go_out(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY + "<iframe>" * 60, encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path)])
    assert done.exit_code == 1
    assert f"{tmp_path.name}/index.html:1: embedded: <iframe>" in done.output
    assert "… and 10 more" in done.output
    assert "60 problems" in done.output


def test_the_command_shows_nothing_that_a_terminal_obeys(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY + "<a href='javascript:\x1b[2J'>", encoding="utf-8")
    (tmp_path / "a\x1b[2J.po").write_text("", encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path)])
    assert "\x1b" not in done.output
    assert "a\\u001b[2J.po: stray-file" in done.output


def test_the_command_lets_a_clean_site_out(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    assert CliRunner().invoke(command, [str(tmp_path)]).exit_code == 0
    assert CliRunner().invoke(command, [str(tmp_path / "nowhere")]).exit_code == 2
