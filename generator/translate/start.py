"""A new language: its catalogue with nothing translated yet, its rows in the glossary, its lists for search."""

from pathlib import Path

from babel.messages import Catalog

from generator.catalogue import SINCE, as_po
from generator.folders import SOFTWARE
from generator.interface import read_words
from generator.translate.glossary import read_glossary
from generator.translate.plurals import set_plurals
from generator.vocabulary import Term

GLOSSARY = "translations/GLOSSARY.md"
MODEL = "es"
"""The language whose glossary shows which terms every language has."""


def plan(root: Path, language: Term) -> dict[str, bytes]:
    """The files that a new language begins with, by path; those that are there already stay out."""
    wanted = {
        f"translations/{language.id}/interface.po": catalogue(language.id),
        f"translations/{language.id}/search.yml": search_list(language).encode(),
    }
    found = {path: content for path, content in wanted.items() if not (root / path).exists()}
    glossary = root / GLOSSARY
    if glossary.is_file() and not read_glossary(glossary, language.id):
        found[GLOSSARY] = glossary_with(glossary, language).encode()
    return found


def catalogue(language: str) -> bytes:
    """The interface's words, none of them translated."""
    wanted = read_words(SOFTWARE / "translations/interface.pot")
    words = Catalog(
        locale=language.replace("-", "_"),
        project="Partner Directory",
        version=wanted.version,
        creation_date=SINCE,
        revision_date=SINCE,
        last_translator="nobody yet",
        header_comment="# Interface and vocabulary words of the partner directory.",
        fuzzy=False,
    )
    set_plurals(words, language)
    for message in wanted:
        if message.id:
            words.add(
                message.id,
                ("",) * words.num_plurals if message.pluralizable else "",
                locations=message.locations,
                auto_comments=message.auto_comments,
                context=message.context,
                flags=message.flags,
            )
    return as_po(words)


def search_list(language: Term) -> str:
    """The lists by which search finds what people type in the language, still empty."""
    return f"""\
# yaml-language-server: $schema=../../schema/search.schema.json
# How people search in {language.label}. Take the "#" away from a line that you fill in.
# docs/translators.md explains each.
{{}}
# prefixes: []   # beginnings that words may have or not, such as an article that is written together with the word
# suffixes: []   # endings, such as those of a plural
# same: []       # words that mean the same to whoever searches, several in a list: [[child, children]]
# synonyms: {{}}   # what people type for a term: {{focus-areas: {{food: [groceries, lunch]}}}}
"""


def glossary_with(path: Path, language: Term) -> str:
    """The glossary with a table for the language, its words still to be filled in."""
    terms = read_glossary(path, MODEL)  # the first table has every term
    rows = "".join(f"| {term} | … |  |\n" for term in terms)
    text = path.read_text("utf-8").rstrip("\n")
    head = f"| English | {language.endonym} | Note |\n|---|---|---|\n"
    return f"{text}\n\n## {language.label} ({language.id})\n\n{head}{rows}"
