"""What is wrong in the words of the site, message by message, by file and line."""

from pathlib import Path

import pytest

from generator.translate.catalogues import problems_of_catalogue
from tests.translating import CATALOGUE, WORDS, district, loaded, own_words, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    own_words(monkeypatch)
    return district(tmp_path)


WHOLE = WORDS.replace('msgid "Share"\nmsgstr ""', 'msgid "Share"\nmsgstr "Compartir"')
SLIPS = {
    "placeholder": ('msgstr "Acerca de %(name)s"', 'msgstr "Acerca de %(nombre)s"', 16, "broken-catalogue"),
    "plural form": ('"%(count)s escuelas"', '"%(cuenta)s escuelas"', 10, "broken-catalogue"),
    "plurals": ("plural=(n != 1)", "plural=(n + 7)", 7, "broken-catalogue"),
    "no plurals": ("nplurals=2; plural=(n != 1);", "none", 7, "broken-catalogue"),
    "charset": ("charset=utf-8", "charset=klingon", 8, "broken-catalogue"),
    "conflict": ('msgid "Share"', '>>>>>>> other\nmsgid "Share"', 19, "broken-catalogue"),
    "twice": ('msgid "Share"', 'msgid "Share"\nmsgstr "Comparte"\n\nmsgid "Share"', 22, "broken-catalogue"),
    "direction": ("Compartir", "Compartir\u202e", 19, "broken-catalogue"),
    "script": ("Compartir", "Поделиться", 19, "broken-catalogue"),
    "two parts": ("Acerca", "Ace\u0301rca", 16, "broken-catalogue"),
    "missing": ('"Compartir"', '""', 19, "missing-catalogue"),
    "guess": ('msgid "Share"', '#, fuzzy\nmsgid "Share"', 20, "missing-catalogue"),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_line(slip: str, folder: Path) -> None:
    before, after, line, rule = SLIPS[slip]
    assert before in WHOLE
    write(folder, CATALOGUE, WHOLE.replace(before, after))
    (problem,) = problems_of_catalogue(loaded(folder), "es")
    assert (problem.at.path, problem.at.line, problem.rule) == (CATALOGUE, line, rule), problem
    assert problem.hint


def test_good_words_have_no_problem(folder: Path) -> None:
    write(folder, CATALOGUE, WHOLE)
    assert list(problems_of_catalogue(loaded(folder), "es")) == []
    assert list(problems_of_catalogue(loaded(folder), "so")) == []  # not begun


def test_other_bytes_are_told_by_line(folder: Path) -> None:
    (folder / CATALOGUE).write_bytes(WHOLE.replace("Acerca", "Información").encode("latin-1"))
    (problem,) = problems_of_catalogue(loaded(folder), "es")
    assert (problem.at.line, problem.message) == (17, "this file is not in the character set utf-8")


def test_a_district_in_its_own_folder_is_not_blamed_for_the_softwares_words(tmp_path: Path) -> None:
    write(district(tmp_path), CATALOGUE, "none")
    assert list(problems_of_catalogue(loaded(tmp_path), "es")) == []
