"""The site of an invented district, whole: what comes out is what was blessed."""

import re
from pathlib import Path

import pytest

from tests.golden_tree import CASE, GOLDEN, built, chosen, differences, kept, lines, tree_of, without_chrome
from tests.invented import checked

LIMIT_BYTES = 1_600_000


@pytest.fixture(scope="module")
def found(repository: Path) -> dict[str, str]:
    return built(repository)


def test_the_invented_district_has_no_problems(repository: Path) -> None:
    assert checked(repository / CASE).problems == ()


def test_the_site_is_as_blessed(repository: Path, found: dict[str, str]) -> None:
    different = differences(kept(repository), found)
    assert not different, f"{different}\nIf this is meant: make bless, and read the diff."


def test_the_tree_is_small_and_whole(repository: Path, found: dict[str, str]) -> None:
    assert sum(len(text.encode()) for text in found.values()) < LIMIT_BYTES
    listed = found["site.txt"].splitlines()
    for language in ("en", "es", "ar"):
        assert f"{language}/index.html" in listed
        assert f"pages/{language}/index.html" in found
        assert any(re.match(rf"frames/header-{language}-", path) for path in found)
    for kind in ("partners", "schools", "recognition", "initiatives", "events"):
        assert any(re.match(rf"pages/ar/{kind}/[^/]+/", path) for path in found), kind
    assert any(line.startswith("en/pagefind/index/en_…") for line in listed)


def test_nothing_in_it_depends_on_this_machine(repository: Path, found: dict[str, str]) -> None:
    assert not [path for path, text in found.items() if str(repository) in text or "/tmp/" in text]


def test_a_difference_is_shown_in_a_few_lines() -> None:
    wanted = {"a": "one\ntwo\nthree\n", "b": "same", "c": "gone"}
    shown = differences(wanted, {"a": "one\n2\nthree\n", "b": "same", "d": "new"})
    assert "golden/a" in shown
    assert "-two\n+2" in shown
    assert "c: this file is gone" in shown
    assert "d: this file is new" in shown
    assert "b" not in shown.split()
    assert differences(wanted, wanted) == ""
    many = differences({str(n): "x" for n in range(50)}, {str(n): "y\n" * 500 for n in range(50)})
    assert "… and 44 more files" in many
    assert len(many.splitlines()) < 250


def test_pages_of_each_kind_are_kept() -> None:
    names = ("en/a/1/index.html", "en/a/2/index.html", "en/a/3/index.html", "es/a/1/index.html", "es/a/2/index.html")
    assert list(chosen(names)) == ["en/a/1/index.html", "en/a/2/index.html", "es/a/1/index.html"]


def test_a_page_that_is_not_kept_leaves_its_fingerprint() -> None:
    one, other = (list(lines(["en/x.html"], {"en/x.html": text})) for text in ("a", "b"))
    assert one != other
    assert list(lines(["pagefind/fragment/en_0a1b2c.pf_fragment"], {})) == ["pagefind/fragment/en_….pf_fragment × 1"]


def test_headers_are_kept_once_for_all_pages(tmp_path: Path) -> None:
    frames: dict[str, str] = {}
    link = '<a class="dp-languages__link" href="../es/{0}">x</a>'
    page = f'<header class="dp-header">{link}<a href="../en/a/">y</a></header><main>m</main>'
    first = without_chrome("en/a/index.html", page.format("a/"), frames)
    second = without_chrome("en/b/index.html", page.format("b/"), frames)
    assert first == second == "<!-- frames/header-en-1.html --><main>m</main>"
    assert list(frames) == [page.removesuffix("<main>m</main>").replace("{0}", "{rest}")]
    (tmp_path / "en").mkdir()
    (tmp_path / "en/index.html").write_text("<p>changed</p>", "utf-8")
    assert tree_of(tmp_path) == {"pages/en/index.html": "<p>changed</p>", "site.txt": "en/index.html\n"}


def test_the_golden_tree_is_where_it_should_be(repository: Path) -> None:
    assert (repository / GOLDEN / "site.txt").is_file()
