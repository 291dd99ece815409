"""The beginning of a language."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from generator.records.folders import SOFTWARE
from generator.translate.glossary import read_glossaries
from generator.translate.start import GLOSSARY, plan
from generator.vocabulary import Term, load_vocabularies
from generator.words.interface import lacking, read_words
from tests.translating import write


def term(language: str) -> Term:
    found = load_vocabularies(SOFTWARE / "schema/vocabularies")["languages"].get(language)
    assert found is not None
    return found


@pytest.mark.parametrize(("language", "plurals"), [("fr", 2), ("am", 2), ("yue", 1), ("hmn", 2), ("prs", 2), ("ar", 6)])
def test_a_language_begins_with_every_message_and_no_words(language: str, plurals: int, tmp_path: Path) -> None:
    files = plan(tmp_path, term(language))
    assert list(files) == [f"translations/{language}/interface.po", f"translations/{language}/search.yml"]
    path = tmp_path / "interface.po"
    path.write_bytes(files[f"translations/{language}/interface.po"])
    wanted = read_words(SOFTWARE / "translations/interface.pot")
    words = read_words(path, language)
    assert len(lacking(words, wanted)) == len(wanted) == len(words)
    assert words.num_plurals == plurals
    with path.open("rb") as file:
        assert str(read_po(file).locale_identifier).replace("_", "-") == language


def test_search_words_begin_empty_and_explained(tmp_path: Path) -> None:
    text = plan(tmp_path, term("fr"))["translations/fr/search.yml"].decode()
    assert "How people search in French." in text
    assert [line for line in text.split("\n") if not line.startswith("#")] == ["{}", ""]


def test_the_glossary_gets_a_table_of_the_same_terms(tmp_path: Path) -> None:
    write(
        tmp_path,
        GLOSSARY,
        "# Glossary\n\n## Somali (so)\n\n| English | Soomaali | Note |\n|---|---|---|\n| partner | wada-shaqeeye | |\n",
    )
    text = plan(tmp_path, term("fr"))[GLOSSARY].decode()
    assert text.endswith("## French (fr)\n\n| English | Français | Note |\n|---|---|---|\n| partner | … | |\n")
    write(tmp_path, GLOSSARY, text)
    assert read_glossaries(tmp_path / GLOSSARY)["fr"] == {"partner": "…"}
    assert GLOSSARY not in plan(tmp_path, term("fr"))


def test_what_is_there_stays(tmp_path: Path) -> None:
    write(tmp_path, "translations/fr/interface.po", "mine")
    write(tmp_path, "translations/fr/search.yml", "mine")
    assert plan(tmp_path, term("fr")) == {}
