"""A new language: its catalogue with nothing translated yet, its lists for search, its rows in the glossary."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages import Catalog

from generator.catalogue import SINCE, as_po
from generator.records.folders import SOFTWARE
from generator.translate.glossary import UNKNOWN, read_glossaries
from generator.translate.plurals import set_plurals
from generator.translate.work import catalogue_path
from generator.vocabulary import Term
from generator.words.interface import read_words

GLOSSARY = "translations/GLOSSARY.md"


def plan(root: Path, language: Term) -> Mapping[str, bytes]:
    """The files that a new language begins with, by path; those that are there already stay out."""
    wanted = {
        catalogue_path(language.id): catalogue(language.id),
        f"translations/{language.id}/search.yml": search_words(language).encode(),
    }
    found = {path: content for path, content in wanted.items() if not (root / path).exists()}
    glossaries = read_glossaries(root / GLOSSARY)
    if glossaries and language.id not in glossaries:
        found[GLOSSARY] = glossary_with(root / GLOSSARY, language).encode()
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


def search_words(language: Term) -> str:
    """The lists by which search finds what people type in the language, still empty."""
    return f"""\
# yaml-language-server: $schema=../../schema/search.schema.json
# How people search in {language.label}. Take the "#" away from a line that you fill in, and the {{}} with the first.
# docs/translators.md explains each list.
{{}}
# prefixes: []   # beginnings that words may have or not, such as an article that is written together with the word
# suffixes: []   # endings that words may have or not, such as those of a plural
# same: []   # groups of words that mean the same to whoever searches: [[child, children]]
# ignored: []   # little words that are not searched for, such as "the" and "for"
# synonyms: {{}}   # what people type for a term: {{focus-areas: {{food: [groceries, lunch]}}}}
"""


def glossary_with(path: Path, language: Term) -> str:
    """The glossary with a table for the language, its words still to be filled in."""
    known = next(iter(read_glossaries(path).values()), {})  # every table has the same terms
    rows = "".join(f"| {term} | {UNKNOWN} | |\n" for term in known)
    head = f"| English | {language.endonym or language.label} | Note |\n|---|---|---|\n"
    text = path.read_text("utf-8").rstrip("\n")
    return f"{text}\n\n## {language.label} ({language.id})\n\n{head}{rows}"
