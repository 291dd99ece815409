"""Building again: only what changed is made anew, and the site is byte for byte the one that a clean build makes."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from generator.building import printing, rendering, tree
from generator.building.state import SEARCHED
from generator.pages.unit import Unit
from tests import edits
from tests.edits import OF_ALL, OF_FEW, Desk, Edit
from tests.trees import Tree
from tests.trees import tree as tree_of
from tests.workshop import Workshop, build, differing, is_accounted_for, workshop

EXAMPLES = int(os.environ.get("PARTNERS_EDITS", "12"))
"""How many sequences of edits are tried; more of them find rarer faults."""
HEALTH = "partners/glufanmanna-health-center"
SCHOOLS = ("braderfale-elementary", "duvimbarrow-high", "plamildanna-middle", "saginwen-k8")
SHOWING_SUMMARY = {
    "partners/",
    f"{HEALTH}/",
    *(f"{folder}/{school}-school/" for school in SCHOOLS for folder in ("schools", "embed")),
    "events/resource-fair-4/",
    "events/volunteer-day-6/",
}
"""The pages on which the summary of that partner is to be read."""
HOLDING_PARTNER = {f"{HEALTH}/fresh-start-clothes/", f"{HEALTH}/new-neighbors/"}
"""The pages of its programs, which are made from the whole of its record."""
FILE = f"{HEALTH.replace('partners', 'records')}.json"
"""What forms know of it."""
COVERAGE = "languages/"
"""The page that counts what is translated."""
LANGUAGES = ("en", "es", "ar")
HOLDING_OTHERS = {"data-dictionary/", "partners/robalrora-museum/", "recognition/", "events/", "404.html"}
"""Some of the pages that name no program of that partner."""

Step = list[tuple[Edit, int]]
"""Edits before a build, each with a number that stands for chance."""


def steps(kinds: tuple[Edit, ...], builds: int) -> st.SearchStrategy[list[Step]]:
    """Sequences of edits with so many builds at most; those of few pages are three times as frequent."""
    edit = st.tuples(st.sampled_from((*OF_FEW * 3, *kinds)), st.integers(min_value=0, max_value=9999))
    return st.lists(st.lists(edit, min_size=1, max_size=4), min_size=1, max_size=builds)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Iterator[Workshop]:
    """A district of eight partners, and its site."""
    with workshop(tmp_path_factory.mktemp("shop"), repository) as made:
        yield made


@pytest.fixture
def desk(shop: Workshop) -> Desk:
    """The district as it was in the beginning, ready to be edited."""
    return shop.restore()


@dataclass
class Work:
    """What builds have done: pages rendered, by address; languages indexed; and how often MkDocs ran."""

    rendered: set[str] = field(default_factory=set)
    indexed: set[str] = field(default_factory=set)
    shells: int = 0


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """What builds do from now on."""
    found = Work()
    print_unit, index_all, shell = printing.print_unit, tree.index_all, rendering.write_shell

    def printed(press: Any, unit: Unit, stage: Any) -> Any:
        found.rendered.add(unit.address)
        return print_unit(press, unit, stage)

    def indexed(folder: Path, pages: Any, *rest: Any, **named: Any) -> None:
        found.indexed.update(pages)
        index_all(folder, pages, *rest, **named)

    def made(*given: Any) -> None:
        found.shells += 1
        shell(*given)

    monkeypatch.setattr(printing, "print_unit", printed)
    monkeypatch.setattr(tree, "index_all", indexed)
    monkeypatch.setattr(rendering, "write_shell", made)
    return found


def site(desk: Desk) -> Tree:
    """The site that stands."""
    return tree_of(desk.root / "site")


def marks(desk: Desk) -> dict[str, tuple[int, int]]:
    """What tells whether somebody wrote a file of the site: its number on the disk, and when it was written."""
    files = (path for path in (desk.root / "site").rglob("*") if path.is_file())
    return {str(path): (s.st_ino, s.st_mtime_ns) for path in files for s in [path.stat()]}


def built(desk: Desk) -> tuple[set[str], set[str]]:
    """Build again; returns the paths that are new or changed, and those whose file was written or removed."""
    pages, files = site(desk), marks(desk)
    build(desk)
    after = marks(desk)
    touched = {path for path in files.keys() | after.keys() if files.get(path) != after.get(path)}
    return set(differing(pages, site(desk))), {Path(p).relative_to(desk.root / "site").as_posix() for p in touched}


def pages_at(addresses: set[str], *languages: str) -> set[str]:
    """The paths of pages, and the manifest, which changes with them."""
    return {f"{language}/{address}index.html" for language in languages for address in addresses} | {"manifest.json"}


# --- Whatever is edited ---


def follow(shop: Workshop, sequence: list[Step], *, has_search: bool = False) -> None:
    """Build after each step of a sequence, and compare with clean builds."""
    desk = shop.restore()
    desk.has_search = has_search
    for step in sequence:
        for edit, number in step:
            note(f"{edit.__name__} {number}")
            edit(desk, Random(number))
        if build(desk) is None:
            note("nothing can be built from this")
            continue
        found = site(desk)
        assert differing(found, shop.clean(desk)) == []
        assert is_accounted_for(found)


@given(sequence=steps(OF_ALL, builds=3))
@settings(max_examples=EXAMPLES)
def test_after_any_edits_the_site_is_that_of_a_clean_build(shop: Workshop, sequence: list[Step]) -> None:
    follow(shop, sequence)


@given(sequence=steps((*OF_ALL, *[edits.toggle_search] * 12), builds=3))
@settings(max_examples=-(-EXAMPLES // 6))
def test_after_any_edits_search_is_that_of_a_clean_build(shop: Workshop, sequence: list[Step]) -> None:
    follow(shop, sequence, has_search=True)


# --- Nothing is done twice ---


def test_nothing_changed_writes_nothing(desk: Desk, work: Work) -> None:
    desk.has_search = True
    build(desk)
    assert work.indexed == {"en", "es", "ar"}
    work.indexed.clear()
    assert built(desk) == (set(), set())
    assert work == Work()


def test_a_key_that_looks_like_a_mark_is_none(desk: Desk, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    key = Unit.key
    monkeypatch.setattr(Unit, "key", lambda unit, spoken: key(unit, spoken)[:-1] + SEARCHED)
    desk.has_search = True
    build(desk)
    work.indexed.clear()
    assert built(desk) == (set(), set())
    assert work.indexed == set()


def test_one_edited_summary_renders_the_pages_that_show_it(desk: Desk, work: Work) -> None:
    desk.change(desk.root / f"{HEALTH}.yml", lambda data: data.update(summary="Care close to home."))
    changed, touched = built(desk)
    assert work == Work(rendered=SHOWING_SUMMARY | HOLDING_PARTNER | {COVERAGE, FILE})
    # In Spanish the translation is now older than the English: pages that show it say so, and one counts it. In
    # Arabic there is none, so that pages show the English words.
    told = pages_at(SHOWING_SUMMARY, "es", "ar") & changed
    assert {f"es/{HEALTH}/index.html", f"ar/{HEALTH}/index.html"} <= told
    assert changed == touched == pages_at(SHOWING_SUMMARY, "en") | pages_at({COVERAGE}, *LANGUAGES) | told | {FILE}


def test_one_edited_translation_changes_its_own_language(desk: Desk, work: Work) -> None:
    sidecar = desk.root / f"translations/es/{HEALTH}.yml"
    desk.change(sidecar, lambda data: data["summary"].update(text="Salud cerca de casa."))
    changed, touched = built(desk)
    assert changed == touched == pages_at(SHOWING_SUMMARY, "es")
    assert work.rendered.isdisjoint(HOLDING_OTHERS)


def test_edited_words_of_a_program_are_indexed_in_their_own_language(desk: Desk, work: Work) -> None:
    desk.has_search = True
    build(desk)
    work.indexed.clear()
    sidecar = desk.root / f"translations/es/{HEALTH}.yml"
    desk.change(sidecar, lambda data: data["summary"].update(text="Salud cerca de casa."))
    build(desk)
    assert work.indexed == set()  # the finder searches programs alone
    desk.change(sidecar, lambda data: data["programs/fresh-start-clothes/summary"].update(text="Ropa para la escuela."))
    changed, _ = built(desk)
    assert work.indexed == {"es"}
    assert {path.partition("/")[0] for path in changed - {"manifest.json"}} == {"es"}


def test_a_deleted_record_disappears(desk: Desk, work: Work) -> None:
    assert any(HEALTH in path for path in site(desk))
    (desk.root / f"{HEALTH}.yml").unlink()
    build(desk)
    assert not [path for path, content in site(desk).items() if HEALTH in path or HEALTH.encode() in content]
    assert not list((desk.root / "site").glob(f"*/{HEALTH}"))
    assert "data-dictionary/" not in work.rendered


def test_a_renamed_record_leads_on(desk: Desk, work: Work) -> None:
    path = desk.root / f"{HEALTH}.yml"
    desk.change(path, lambda data: data.update(former_slugs=[path.stem]))
    path.rename(path.with_name("health-for-all.yml"))
    build(desk)
    for old, new in ((f"{HEALTH}/", ""), (f"{HEALTH}/new-neighbors/", "new-neighbors/")):
        assert f"partners/health-for-all/{new}".encode() in site(desk)[f"en/{old}index.html"]
        assert f"en/partners/health-for-all/{new}index.html" in site(desk)
    assert "data-dictionary/" not in work.rendered


@pytest.mark.parametrize("how", ["the record is deleted", "the former name is struck out"])
def test_no_former_address_outlives_what_it_led_to(shop: Workshop, desk: Desk, how: str) -> None:
    path = desk.root / f"{HEALTH}.yml"
    desk.change(path, lambda data: data.update(former_slugs=[path.stem]))
    path = path.rename(path.with_name("health-for-all.yml"))
    build(desk)
    assert f"en/{HEALTH}/index.html" in site(desk)
    if how == "the record is deleted":
        path.unlink()
    else:
        desk.change(path, lambda data: data.pop("former_slugs"))
    build(desk)
    assert not [path for path in site(desk) if HEALTH in path]
    assert site(desk) == shop.clean(desk)


def test_another_day_renders_what_it_changes(desk: Desk, work: Work) -> None:
    desk.today = desk.today.replace(year=2027, month=1, day=25)  # the day after an event
    build(desk)
    assert {"", "index.html", "events/", "events/family-workshop-2/"} <= work.rendered
    assert not {address for address in work.rendered if address.startswith(("data-", "need/", "find/"))}
    assert b"family-workshop-2" not in site(desk)["en/index.html"]


def test_fewer_languages_leave_nothing_of_the_others(shop: Workshop, desk: Desk) -> None:
    desk.languages = ("en", "ar")
    build(desk)
    assert {path.partition("/")[0] for path in site(desk)} >= {"en", "ar"}
    assert not (desk.root / "site/es").exists()
    desk.languages = ()
    build(desk)
    assert site(desk) == shop.clean(desk)


def test_search_comes_and_goes(desk: Desk, work: Work) -> None:
    desk.has_search = True
    build(desk)
    desk.has_search = False
    build(desk)
    assert not list((desk.root / "site").glob("*/pagefind"))
    assert (work.rendered, work.indexed) == (set(), {"en", "es", "ar"})


# --- What all pages share ---


def test_a_changed_district_renders_everything(desk: Desk, work: Work) -> None:
    desk.change(desk.root / "district/district.yml", lambda data: data.update(interpreter_note="Say your language."))
    assert build(desk)
    assert len(work.rendered) > 200
    assert work.shells == 1


def test_a_changed_page_renders_no_record(desk: Desk, work: Work) -> None:
    page = desk.root / "pages/about.md"
    page.write_text(f"{page.read_text('utf-8')}\n\nMore about us.\n", "utf-8")
    changed, touched = built(desk)
    assert work == Work(rendered={COVERAGE}, shells=1)  # its translations are now older than the English
    assert {"en/about/index.html", "manifest.json"} <= changed <= pages_at({"about/", COVERAGE}, *LANGUAGES)
    assert touched == changed
