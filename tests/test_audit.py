"""The last gate finds whatever is live in a page, and lets a clean site through."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.audit import audit, page_problems
from generator.cli.audit import audit as command

POLICY = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">"
LIVE = {
    "inline-script": (
        "<script>alert(1)</script>",
        "</title><script>alert(1)</script>",
        "<p onclick=go()>",
        "<svg ONLOAD=go()>",
        "<script type=module>import './x.js'</script>",
    ),
    "live-link": (
        "<a href='javascript:go()'>",
        "<a href=' java\tscript:go()'>",
        "<a href='&#106;avascript:go()'>",
        "<form action=data:text/html,x>",
        "<a href=vbscript:x>",
    ),
    "third-party": (
        "<script src=https://example.org/x.js></script>",
        "<img src=//example.org/x.png>",
        "<img src='\\\\example.org/x.png'>",
        "<img srcset='a.png 1x, https://example.org/b.png 2x'>",
        "<link rel='preload stylesheet' href=https://example.org/x.css>",
        "<meta http-equiv=refresh content='0; url=https://example.org/'>",
        "<style>@import 'https://example.org/x.css'</style>",
        "<svg><use href=https://example.org/x.svg#a></svg>",
        "<img src=data:text/html,x>",
    ),
    "embedded": ("<iframe src=a.html>", "<object data=a.html>", "<base href=/x/>", "<p srcdoc=x>"),
    "inline-style": ("<p style='color:red'>",),
    "broken-data": (
        "<script type=application/ld+json>{'a': 1}</script>",
        '<script type=application/json>{"a": NaN}</script>',
    ),
    "unfilled-slot": ("<p>@@dp:title@@</p>",),
}
CLEAN = (
    "<a href='https://example.org/'>elsewhere</a> <a href=mailto:a@example.org>mail</a>",
    "<a href=tel:+12065550100>call</a>",
    "<link rel=canonical href=https://example.org/en/> <link rel=stylesheet href=../assets/dp.css>",
    "<p>&lt;script&gt;alert(1)&lt;/script&gt; javascript:go()</p>",
    '<script type=application/ld+json>{"name": "a & b &amp; <c\\n> d"}</script>',
    '<script type=application/ld+json>{"name": "River \\u003c/script>"}</script>',
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


def test_problems_name_file_and_line() -> None:
    (problem,) = page_problems("en/page.html", POLICY + "\n\n<iframe>")
    assert (problem.at.path, problem.at.line) == ("en/page.html", 3)


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


def test_a_link_out_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    (tmp_path / "passwords.txt").symlink_to("/etc/hostname")
    assert [problem.rule for problem in audit(tmp_path)] == ["link-in-site"]


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    assert [problem.rule for problem in audit(tmp_path)] == ["no-start-page"]


def test_the_command_says_what_must_not_go_out(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY + "<iframe>" * 60, encoding="utf-8")
    done = CliRunner().invoke(command, [str(tmp_path)])
    assert done.exit_code == 1
    assert f"{tmp_path.name}/index.html:1: embedded: <iframe>" in done.output
    assert "… and 10 more" in done.output
    assert "60 problems" in done.output


def test_the_command_lets_a_clean_site_out(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(POLICY, encoding="utf-8")
    assert CliRunner().invoke(command, [str(tmp_path)]).exit_code == 0
    assert CliRunner().invoke(command, [str(tmp_path / "nowhere")]).exit_code == 2
