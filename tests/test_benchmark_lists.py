"""The Hugos that write lists, too: what one is given, and, where it is installed, that the lists of both are ours."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.builds import REPOSITORY, written
from benchmarks.peers import frame, hugo, hugo_lists, lists
from benchmarks.peers.hugo_lists import HUGO_LISTS
from benchmarks.peers.hugo_records import HUGO_RECORDS
from benchmarks.peers.install import Installed, provide
from benchmarks.peers.peer import Contents, Peer
from benchmarks.peers.sheets import sheets
from benchmarks.process import run
from generator.directory import Offer
from tests.invented import setting, write_district

TWO = ("en", "es")
CARDS, LINES = 2, 3
"""Small enough that an invented district has lists of several pages."""


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    folder = write_district(tmp_path_factory.mktemp("district"), setting(partners=6, schools=3, languages=TWO))
    return Contents(folder=folder, languages=TWO)


@pytest.fixture
def projects(tmp_path: Path, contents: Contents, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with the projects, in which even short lists have several pages."""
    for module in (lists, hugo_lists):
        monkeypatch.setattr(module, "CARDS", CARDS)
        monkeypatch.setattr(module, "LINES", LINES)
    for peer in (HUGO_LISTS, HUGO_RECORDS):
        peer.write(tmp_path, contents)
    return tmp_path


def front(projects: Path, path: str) -> dict:
    return json.JSONDecoder().raw_decode((projects / "hugo-lists/content" / path).read_text("utf-8"))[0]


def every_list(contents: Contents) -> Iterator[tuple[str, str, tuple[Offer, ...]]]:
    """Facet, value and its programs in our order."""
    for facet, sets in contents.deck.sets.items():
        yield from ((facet, value, offers) for value, offers in sets.items())


def test_every_program_names_its_values_in_every_language(projects: Path, contents: Contents) -> None:
    listed = contents.deck.listed
    assert listed
    for language in TWO:
        for weight, (offer, by_facet) in enumerate(listed, start=1):
            given = front(projects, f"{language}/partners/{offer.route}.md")
            assert {key: tuple(given[lists.folder(key)]) for key in by_facet} == by_facet
            assert given["weight"] == weight


def test_what_no_list_has_names_no_values(projects: Path, contents: Contents) -> None:
    listed = {f"partners/{offer.route}" for offer, _ in contents.deck.listed}
    found = 0
    for file in (projects / "hugo-lists/content/en").rglob("*.md"):
        route = file.relative_to(projects / "hugo-lists/content/en").with_suffix("").as_posix()
        if file.name != "_index.md" and route not in listed:
            found += 1
            given = front(projects, f"en/{route}.md")
            assert not set(given) & {*hugo_lists.settings(contents)["taxonomies"], "weight", "card"}, route
    assert found


def test_each_value_has_its_own_file_with_words_of_the_language(projects: Path, contents: Contents) -> None:
    wanted = {f"{lists.folder(facet)}/{value}" for facet, value, _ in every_list(contents)}
    for language in TWO:
        home = projects / "hugo-lists/content" / language
        assert {file.parent.relative_to(home).as_posix() for file in home.rglob("_index.md")} == wanted
    english, spanish = (front(projects, f"{language}/cost/free/_index.md") for language in TWO)
    count = len(contents.deck.sets["cost"]["free"])
    assert english["title"] == f"Free programs: {count}"
    assert spanish["title"] != english["title"]
    assert {line["route"] for line in (*english["related"], *english.get("further", ()))} < wanted


def test_cards_are_finished_words(projects: Path, contents: Contents) -> None:
    cards = [front(projects, f"en/partners/{offer.route}.md")["card"] for offer, _ in contents.deck.listed]
    assert all(card["href"].startswith(("tel:+", "mailto:", "/en/")) and card["do"] and card["area"] for card in cards)
    for part in ("grade", "cost", "days", "place", "language"):
        assert any(card.get(part) for card in cards), part


def test_no_taxonomy_is_the_beginning_of_another_folder_or_a_name_in_the_front_matter(
    projects: Path, contents: Contents
) -> None:
    taxonomies = hugo_lists.settings(contents)["taxonomies"]
    folders = {path.name for path in (projects / "hugo-lists/content/en").iterdir()}
    assert [(a, b) for a in taxonomies for b in folders - {a} if b.startswith(a)] == []
    plain = hugo.content(next(iter(sheets(contents.records, contents.speakers[0]))))
    assert not set(taxonomies) & set(json.JSONDecoder().raw_decode(plain)[0])


def test_layouts_exist_and_their_words_are_known(projects: Path) -> None:
    home = projects / "hugo-lists/layouts"
    for name in ("baseof.html", "single.html", "term.html", "_partials/card.html", "_partials/footer.html"):
        assert (home / name).is_file(), name
    layouts = "".join((home / name).read_text("utf-8") for name in ("term.html", "_partials/pager.html"))
    used = set(re.findall(r'\bT "(\w+)"', layouts))
    assert set(hugo_lists.WORDS) <= used <= {*hugo_lists.WORDS, *frame.WORDS}
    said = json.loads((projects / "hugo-lists/i18n/es.json").read_text("utf-8"))
    assert set(said) == {*hugo_lists.WORDS, *frame.WORDS}
    assert "{{ .number }}" in said["page"]
    assert "{{ .count }}" in said["page"]


@pytest.mark.parametrize(("programs", "pages"), [(1, 1), (100, 1), (600, 1), (601, 2), (1100, 2), (1101, 3)])
def test_pages_of_a_list(programs: int, pages: int) -> None:
    assert lists.pages_of(programs) == pages


@pytest.mark.parametrize("peer", [HUGO_LISTS, HUGO_RECORDS], ids=lambda peer: peer.word)
def test_hugo_writes_our_lists_in_our_order(peer: Peer, projects: Path, contents: Contents) -> None:
    tool = provide(peer.tool, REPOSITORY / ".cache/peers", may_install=False)
    if not isinstance(tool, Installed):
        pytest.skip(f"{peer.name}: {tool.reason}")
    home = projects / peer.home
    assert run((*tool.command, *peer.arguments), folder=home, limit_s=60).fault == ""
    site = home / peer.output
    assert written(site).pages == contents.pages + peer.lists(contents)
    for language in TWO:
        for facet, value, offers in every_list(contents):
            found = tuple(linked(site / language / lists.folder(facet) / value, language))
            assert found == tuple(offer.route for offer in offers), (language, facet, value)
    assert any(len(offers) > CARDS + LINES for _, _, offers in every_list(contents)), "no list has a second page"


def linked(folder: Path, language: str) -> Iterator[str]:
    """The programs on the pages of a list, in their order."""
    further = sorted(folder.glob("page/*/index.html"), key=lambda path: int(path.parent.name))
    for file in (folder / "index.html", *further):
        yield from re.findall(rf'href="/{language}/partners/([^"/]+/[^"/]+)/"><bdi', file.read_text("utf-8"))
