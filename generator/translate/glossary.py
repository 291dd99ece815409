"""The key terms of each language, from translations/GLOSSARY.md: tables that people read, and exports quote."""

import re
from collections.abc import Mapping
from pathlib import Path

_SECTION = re.compile(r"^## .*\(([A-Za-z-]+)\)\s*$", re.MULTILINE)
_ROW = re.compile(r"^\| (?P<english>[^|]+) \| (?P<words>[^|]+) \|(?P<note>[^|]*)\|$", re.MULTILINE)
_HEADING = "English"
UNKNOWN = "…"
"""What stands for a word that nobody has written yet."""

Glossary = Mapping[str, str]
"""English term → the language's own."""


def read_glossaries(path: Path) -> Mapping[str, Glossary]:
    """The terms of each language that has a table, below a heading such as `## Spanish (es)`, in the file's order.

    A term that nobody has translated yet stands for itself as "…". Empty when there is no such file.
    """
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    parts = _SECTION.split(text.replace("\r\n", "\n"))
    return {language: terms(table) for language, table in zip(parts[1::2], parts[2::2], strict=True)}


def read_glossary(path: Path, language: str) -> Glossary:
    """The terms that a language has words for."""
    found = read_glossaries(path).get(language, {})
    return {term: words for term, words in found.items() if words != UNKNOWN}


def terms(table: str) -> Glossary:
    """The rows of a table, its heading left out."""
    rows = ((row["english"].strip(), row["words"].strip()) for row in _ROW.finditer(table))
    return {term: words for term, words in rows if term != _HEADING and not set(term) <= set("-: ")}


def terms_in(english: str, glossary: Glossary) -> Glossary:
    """The terms of a glossary that a text uses, in singular or plural."""
    small = english.lower()
    return {
        term: words for term, words in glossary.items() if re.search(rf"\b{re.escape(term.lower())}(?:s|es)?\b", small)
    }
