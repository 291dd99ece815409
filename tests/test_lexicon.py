"""How people of a language search: the file of each, affixes, and what is wrong in such a file."""

from pathlib import Path

import pytest

from generator.records.cache import data_files
from generator.schema import load_schemas
from generator.source import Document, parse
from generator.words.lexicon import Lexicon, fitting, read_lexicon, strange_terms, words_of
from tests.finder_district import ROOT, vocabularies

SCHEMAS = load_schemas(ROOT / "schema")
FILES = sorted((ROOT / "translations").glob("*/search.yml"))


def document(text: str) -> Document:
    """A file of search words."""
    found, problems = parse(text, relative="translations/so/search.yml")
    assert found is not None, problems
    return found


def said(text: str) -> list[str]:
    """Every problem of a file as a line: its place, the message, the hint."""
    file = document(text)
    problems = SCHEMAS.check("search", file) or tuple(strange_terms(file, vocabularies()))
    return [f"{p.at.line}:{p.at.column} {p.message} ({p.hint})" for p in problems]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.parent.name)
def test_the_files_of_all_languages_are_good(file: Path) -> None:
    assert said(file.read_text("utf-8")) == []
    lexicon = read_lexicon(file)
    assert lexicon.same


def test_every_language_has_one_and_each_focus_area_its_words() -> None:
    catalogues = {path.parent.name for path in (ROOT / "translations").glob("*/interface.po")}
    assert {file.parent.name for file in FILES} == catalogues | {"en"}
    areas = {term.id for term in vocabularies()["focus-areas"].current}
    for file in FILES:
        if file.parent.name != "en":
            assert set(read_lexicon(file).synonyms["focus-areas"]) == areas, file


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "synonyms:\n  focus-areas:\n    fod: [cunto]\n",
            '3:5 "fod" is not a focus area (did you mean "food"?  All of them: schema/vocabularies/focus-areas.yml)',
        ),
        (
            "synonyms:\n  focus-area:\n    food: [cunto]\n",
            '2:3 "focus-area" is no vocabulary (did you mean "focus-areas"?  All of them: schema/vocabularies/)',
        ),
        ("prefix: [ta]\n", '1:1 "prefix" is not a field of a search (did you mean "prefixes"?)'),
        ("same:\n  - [one]\n", "2:5 "),
        ("synonyms:\n  focus-areas:\n    food: cunto\n", "3:11 "),
        ("suffixes: [ta, ta]\n", '1:16 "ta" is in this list already (delete one of the two)'),
    ],
    ids=["term", "vocabulary", "key", "group of one", "no list", "twice"],
)
def test_what_is_wrong_is_said_with_its_place(text: str, wanted: str) -> None:
    (problem,) = said(text)
    assert problem.startswith(wanted)


@pytest.mark.parametrize(
    "content",
    [b"synonyms: [\n", b"\xff\xfe", b"prefixes: al\n", b"strange: [a]\n"],
    ids=["yaml", "bytes", "type", "key"],
)
def test_a_bad_file_counts_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "search.yml"
    file.write_bytes(content)
    assert read_lexicon(file, "Ethi") == Lexicon(least=2)


def test_all_files_decide_what_a_build_makes() -> None:
    assert set(FILES) <= data_files(ROOT / "schema")


def test_a_language_without_a_file_has_no_affixes(tmp_path: Path) -> None:
    assert read_lexicon(tmp_path / "search.yml") == Lexicon()


@pytest.mark.parametrize(
    ("lexicon", "word", "stems"),
    [
        (Lexicon(prefixes=("ال", "وال"), suffixes=("ات",), least=3), "والواجبات", ("واجبات", "والواجب", "واجب")),
        (Lexicon(prefixes=("ال",), least=3), "الام", ()),
        (Lexicon(suffixes=("ta", "ka")), "carruurta", ("carruur",)),
        (Lexicon(suffixes=("a", "ta")), "carruurta", ("carruur",)),
        (Lexicon(suffixes=("ta",)), "buta", ()),
        (Lexicon(suffixes=("ኦች",), least=2), "ቤቶች", ("ቤት",)),
        (Lexicon(suffixes=("ኦች",), least=2), "ቤቲች", ()),
        (Lexicon(suffixes=("ኡ",), least=2), "ምግቡ", ("ምግብ",)),
        (Lexicon(suffixes=("ኦች",), least=2), "ኦች", ()),
        (Lexicon(prefixes=("የ",), suffixes=("ዎች",), least=2), "የተማሪዎች", ("ተማሪዎች", "የተማሪ", "ተማሪ")),
        (Lexicon(suffixes=("ኦች",)), "notes", ()),
    ],
)
def test_affixes_are_taken_off_when_enough_is_left(lexicon: Lexicon, word: str, stems: tuple[str, ...]) -> None:
    assert lexicon.stems(word) == stems


def test_words_come_without_punctuation() -> None:
    assert words_of("“La’aan”: Tutoría, 2 ፕሮግራም።") == ("laaan", "tutoria", "2", "ፕሮግራም")


def test_a_list_has_whole_words_up_to_its_limit() -> None:
    assert fitting(("“Food”,", "food", "a", "bank", "shelter"), 12) == "Food,food"
