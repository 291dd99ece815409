"""The glossary: tables for people, terms for exports."""

from pathlib import Path

from generator.translate.glossary import read_glossaries, read_glossary, terms_in

TEXT = """\
# Glossary

Some words.

## Spanish (es)

| English | Español | Note |
|---|---|---|
| partner | aliado | Not "socio". |
| school district | distrito escolar | |
| sliding scale | … | |

More words.

## Chinese (traditional) (zh-Hant)

| English | 繁體中文 | Note |
| :-- | --- | --- |
| partner | 合作夥伴 |  |
"""


def test_each_language_has_its_table(tmp_path: Path) -> None:
    path = tmp_path / "GLOSSARY.md"
    for text in (TEXT, TEXT.replace("\n", "\r\n")):
        path.write_bytes(text.encode())
        assert read_glossary(path, "es") == {"partner": "aliado", "school district": "distrito escolar"}
        assert read_glossary(path, "zh-Hant") == {"partner": "合作夥伴"}
        assert list(read_glossaries(path)["es"]) == ["partner", "school district", "sliding scale"]
    assert read_glossary(path, "so") == {}


def test_no_glossary_has_no_terms(tmp_path: Path) -> None:
    assert read_glossary(tmp_path / "GLOSSARY.md", "es") == {}
    (tmp_path / "GLOSSARY.md").write_bytes(b"\xff\xfe| a | b | |")
    assert read_glossary(tmp_path / "GLOSSARY.md", "es") == {}


def test_terms_are_found_in_singular_and_plural_as_whole_words() -> None:
    glossary = {"partner": "aliado", "class": "clase", "family": "familia", "art (all)": "arte"}
    assert terms_in("Partners teach classes.", glossary) == {"partner": "aliado", "class": "clase"}
    assert terms_in("A partnership classifies.", glossary) == {}
    assert terms_in("Family art", glossary) == {"family": "familia"}


def test_our_own_glossary_has_every_term_in_every_language(repository: Path) -> None:
    found = read_glossaries(repository / "translations/GLOSSARY.md")
    assert {path.parent.name for path in repository.glob("translations/*/interface.po")} <= set(found)
    assert len({tuple(sorted(terms)) for terms in found.values()}) == 1
    assert all(words and words != "…" for terms in found.values() for words in terms.values())
