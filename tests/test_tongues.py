"""What pages say in every language: each text is marked with the language it is in, and no page mixes directions."""

import re
import unicodedata
from functools import cache
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from generator.building.rendering import render
from generator.plan import prepare
from generator.words import pseudo
from tests.golden_tree import CASE
from tests.invented import checked
from tests.reading import Said, pages_of, read_page

SCRIPTS = {"ar": "ARABIC", "am": "ETHIOPIC", "zh-Hant": "CJK", "en": "LATIN", "es": "LATIN"}
REORDERED = re.compile(r"20[0-9]{2}[-–][0-9]{2}\b|[0-9]{3}[-. ][0-9]{4}\b|[$+][0-9]")
"""A school year, a telephone number, a price: inside words from right to left their parts would change places."""
ISOLATED = re.compile("[\u2066-\u2068][^\u2069]*\u2069")
PLACE = re.compile(r"%\([a-z]+\)s")
"""The place of a value, in messages that a script fills."""
ENGLISH = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """The invented district in four scripts."""
    return preview(tmp_path_factory.mktemp("tongues"), repository, "en", "ar", "am", "zh-Hant")


@pytest.fixture(scope="module")
def pseudo_site(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> Path:
    """The invented district in the two languages that nobody speaks, beside two that count as translated."""
    return preview(tmp_path_factory.mktemp("pseudo"), repository, "en", "es", pseudo.LONG, pseudo.MIRRORED)


def preview(folder: Path, repository: Path, *languages: str) -> Path:
    """A preview of the invented district in some languages."""
    district = copytree(repository / CASE, folder / "district", ignore=ignore_patterns(".cache"))
    plan = prepare(checked(district), languages=languages, is_preview=True, has_search=False)
    render(plan, folder / "site")
    return folder / "site"


@cache
def script_of(sign: str) -> str:
    """The script of a letter, as Unicode names it; "" for what is no letter."""
    return unicodedata.name(sign, "").partition(" ")[0] if sign.isalpha() else ""


def scripts_in(text: str) -> set[str]:
    """The scripts in a text."""
    return set(map(script_of, text)) - {""}


def in_wrong_tongue(said: Said) -> bool:
    """Whether a text holds no letter of the script in which its language is written, though it has letters.

    Inside a translation there may be Latin names; a text of nothing else is not in that language.
    """
    found = scripts_in(PLACE.sub("", said.text))
    return bool(found) and not said.at.is_name and SCRIPTS.get(said.at.language, "") not in found


@pytest.mark.parametrize("language", ["en", "ar", "am", "zh-Hant"])
def test_every_text_is_marked_with_the_language_it_is_in(site: Path, language: str) -> None:
    faults: list[str] = []
    pages = tuple(pages_of(site, language))
    for path in pages:
        page = read_page(path)
        faults += [
            f"{path.relative_to(site)}:{said.line}: {said.at.language} <{said.at.tag}> {said.attribute}: {said.text}"
            for said in page.said
            if in_wrong_tongue(said)
        ]
    assert len(pages) > 100
    assert faults == []


@pytest.mark.parametrize("language", ["en", "ar", "am", "zh-Hant"])
def test_no_page_mixes_directions_unmarked(site: Path, language: str) -> None:
    faults: list[str] = []
    for path in pages_of(site, language):
        page = read_page(path)
        faults += [f"{path.relative_to(site)}: {each}" for each in page.turned]
        for said in page.said:
            rest = ISOLATED.sub("", said.text)
            if said.at.direction == "rtl" and not said.at.is_isolated and not said.attribute and REORDERED.search(rest):
                faults.append(f"{path.relative_to(site)}:{said.line}: <{said.at.tag}> {said.text}")
    assert faults == []


def is_hard_coded(said: Said) -> bool:
    """Whether English stands where a pseudo-language should; values inside an attribute may be names."""
    if said.at.is_name or said.at.language not in pseudo.SPELLINGS:
        return False
    return bool(ENGLISH.search(PLACE.sub("", said.text))) and (not said.attribute or said.text.isascii())


@pytest.mark.parametrize("language", pseudo.SPELLINGS)
def test_no_word_of_the_interface_is_hard_coded(pseudo_site: Path, language: str) -> None:
    faults = {
        f"{path.relative_to(pseudo_site)}:{said.line}: <{said.at.tag}> {said.attribute}: {said.text}"
        for path in pages_of(pseudo_site, language)
        for said in read_page(path).said
        if is_hard_coded(said)
    }
    assert sorted(faults) == []
