"""Former addresses: they lead on to those of today, in every language, and are neither listed nor searched."""

import re
from pathlib import Path

import pytest

from generator.directory import Directory
from generator.pages import moved
from generator.pages.cards import Deck
from generator.pages.page import FRAMES
from tests.finder_district import OAK, TODAY, directory, partner, program, rendered, school


def renamed() -> Directory:
    """A partner, a program and a school that had other names before."""
    clubs = (program("homework-club", former_slugs=("study-hall",)), program("chess"))
    schools = (school("oak", OAK, former_slugs=("old-oak",)),)
    return directory((partner("river-kitchen", *clubs, former_slugs=("friends-of-food",)),), schools)


def test_every_name_that_partner_and_program_had_leads_to_the_page_of_today() -> None:
    home = "partners/river-kitchen/"
    assert {old: new for old, (new, _name) in moved.moves(renamed()).items()} == {
        "partners/friends-of-food/": home,
        f"{home}study-hall/": f"{home}homework-club/",
        "partners/friends-of-food/homework-club/": f"{home}homework-club/",
        "partners/friends-of-food/study-hall/": f"{home}homework-club/",
        "partners/friends-of-food/chess/": f"{home}chess/",
        "schools/old-oak/": "schools/oak/",
        "school/old-oak/": "schools/oak/",
    }


def test_an_address_in_use_today_is_not_taken_away() -> None:
    whole = directory((partner("mill", program("tea")), partner("barn", former_slugs=("mill", "hut"))))
    assert set(moved.moves(whole)) == {"partners/hut/"}
    assert next(iter(moved.moves(whole).values()))[0] == "partners/barn/"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_goes_on_at_once_and_has_a_link(language: str) -> None:
    pages = rendered(moved.units, renamed(), language)
    for old, page in pages.items():
        depth = old.count("/") + 1
        address = f"{'../' * depth}{language}/{page.rest}"
        assert FRAMES[page.frame] == depth
        assert f'<meta http-equiv="refresh" content="0; url={address}">' in page.head
        assert 'content="noindex"' in page.head
        assert f'href="{address}"' in page.body
        assert "data-pagefind-body" not in page.body
    assert len(pages) == 7
    assert not any(unit.is_listed for unit in moved.units(renamed(), TODAY, Deck(renamed(), TODAY)))


def test_the_built_page_names_the_new_address_as_its_own_and_is_in_no_sitemap(riverbend_site: Path) -> None:
    listed = "".join(path.read_text("utf-8") for path in riverbend_site.glob("sitemap-*.xml"))
    found = [p for p in riverbend_site.rglob("index.html") if 'http-equiv="refresh"' in p.read_text("utf-8")]
    assert found
    for path in found:
        html = path.read_text("utf-8")
        target = re.search(r'content="0; url=([^"]+)"', html)
        canonical = re.search(r'<link rel="canonical" href="https://[^/]+/([^"]+)"', html)
        assert target
        assert canonical
        assert (path.parent / target[1] / "index.html").resolve() == (riverbend_site / canonical[1] / "index.html")
        assert (riverbend_site / canonical[1] / "index.html").is_file()
        assert f"/{path.parent.relative_to(riverbend_site).as_posix()}/<" not in listed
        assert f"/{canonical[1]}<" in listed
