"""The two languages of previews: how they write, what they refuse, and that no site to be published has them."""

import re
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from unicodedata import bidirectional, category

import pytest

from generator.words import pseudo
from generator.words.interface import read_words
from tests.test_cli import DISTRICT, partners

BUILD = ("build", "--root", "riverbend", "--out", "site", "--no-search")

MESSAGES = ("Find programs", "%(count)s programs at this school", "100%% free", "Call %(name)s")


@pytest.mark.parametrize("spell", pseudo.SPELLINGS.values())
@pytest.mark.parametrize("message", MESSAGES)
def test_a_message_keeps_its_places_and_no_word(message: str, spell: Callable[[str], str]) -> None:
    said = spell(message)
    assert re.findall(r"%\(\w+\)s|%%", said) == re.findall(r"%\(\w+\)s|%%", message)
    assert not re.search("[A-Za-z]{2}", re.sub(r"%\(\w+\)s|%%", "", said))


@pytest.mark.parametrize("message", ["Find programs", "Talk to a person", "Where it is and how to get there"])
def test_the_long_one_is_about_two_fifths_longer_and_shows_its_ends(message: str) -> None:
    said = pseudo.longer(message)
    assert 1.35 <= len(said) / len(message) <= 1.9
    assert (said[0], said[-1]) == ("[", "]")


def test_the_mirrored_one_runs_from_right_to_left_without_a_control_character() -> None:
    said = pseudo.mirrored("Find programs for your child")
    assert {bidirectional(sign) for sign in said if sign.isalpha()} == {"AL"}
    assert not [sign for sign in said if category(sign) == "Cf"]


def test_what_no_catalogue_has_stays_as_it_is(repository: Path) -> None:
    words = pseudo.catalogue(read_words(repository / "translations/interface.pot"), pseudo.LONG)
    assert words.gettext("Schools") == pseudo.longer("Schools")
    assert words.gettext("Nobody wrote this") == "Nobody wrote this"
    assert words.pgettext("days", "Monday") == pseudo.longer("Monday")
    assert words.pgettext("elsewhere", "Monday") == "Monday"


def test_only_a_preview_has_them_and_no_preview_passes_the_last_look(tmp_path: Path) -> None:
    copytree(DISTRICT, tmp_path / "riverbend")
    refused = partners(*BUILD, "--languages", "en,en-XA", cwd=tmp_path)
    assert refused.returncode == 2
    assert "en-XA is not offered" in refused.stderr
    assert "--preview" in refused.stderr
    assert not (tmp_path / "site").exists()
    assert partners(*BUILD, "--languages", "en,en-XA,ar-XB", "--preview", cwd=tmp_path).returncode == 0
    assert pseudo.longer("Schools") in (tmp_path / "site/en-XA/schools/index.html").read_text("utf-8")
    assert 'dir="rtl"' in (tmp_path / "site/ar-XB/schools/index.html").read_text("utf-8")
    assert partners("audit", "site", cwd=tmp_path).returncode == 1


def test_a_preview_has_languages_that_are_not_offered_but_none_that_nobody_knows(tmp_path: Path) -> None:
    copytree(DISTRICT, tmp_path / "riverbend")
    refused = partners(*BUILD, "--preview", "--languages", "en,tlh", cwd=tmp_path)
    assert refused.returncode == 2
    assert "nobody knows tlh" in refused.stderr
    assert partners(*BUILD, "--preview", "--languages", "en,ru", cwd=tmp_path).returncode == 0
    start = (tmp_path / "site/index.html").read_text("utf-8")
    assert 'href="./ru/"' in start
    assert 'href="./es/"' not in start  # the district's own, but not of this site


def test_a_part_of_a_site_is_never_a_preview(tmp_path: Path) -> None:
    copytree(DISTRICT, tmp_path / "riverbend")
    done = partners(*BUILD, "--preview", "--shard", "1/2", cwd=tmp_path)
    assert done.returncode == 2
    assert "--preview" in done.stderr
