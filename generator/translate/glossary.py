"""The key terms of a language, from translations/GLOSSARY.md: tables that people read, and exports quote."""

import re
from collections.abc import Mapping
from pathlib import Path

_SECTION = re.compile(r"^## .*\(([A-Za-z-]+)\)\s*$", re.MULTILINE)
_ROW = re.compile(r"^\| (?P<english>[^|]+) \| (?P<words>[^|]+) \|(?P<note>[^|]*)\|$", re.MULTILINE)
_HEADING = "English"
UNKNOWN = "…"
"""What stands for a word that nobody has written yet."""


def read_glossary(path: Path, language: str) -> Mapping[str, str]:
    """English term → the language's own, from the table below `## Spanish (es)`; nothing where there is none."""
    if not path.is_file():
        return {}
    parts = _SECTION.split(path.read_text("utf-8"))
    tables = dict(zip(parts[1::2], parts[2::2], strict=True))
    rows = _ROW.finditer(tables.get(language, ""))
    found = {row["english"].strip(): row["words"].strip() for row in rows}
    return {term: words for term, words in found.items() if is_term(term) and words != UNKNOWN}


def is_term(cell: str) -> bool:
    """Whether a cell of a table's first column is a term, not its heading."""
    return cell != _HEADING and not set(cell) <= set("-: ")


def terms_in(english: str, glossary: Mapping[str, str]) -> dict[str, str]:
    """The terms of a glossary that a text uses, in singular or plural."""
    small = english.lower()
    return {
        term: words for term, words in glossary.items() if re.search(rf"\b{re.escape(term.lower())}(?:s|es)?\b", small)
    }
