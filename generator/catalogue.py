"""The catalogue of the interface's words: gathered from templates, code and vocabularies, and kept in PO files."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from generator import __version__
from generator.forms.words import messages
from generator.records.folders import SOFTWARE
from generator.vocabulary import Vocabulary, load_vocabularies

METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract"), ("**.xml", "jinja2.ext:babel_extract")]
OPTIONS = {"**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {"_": None, "N_": None, "gettext": None, "said": None, "quoted": None, "ngettext": (1, 2)}
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
"""Written into every header instead of the hour of the run, so that only words make a difference."""


def template() -> Catalog:
    """Every message in English: the interface's, what forms say, and the vocabularies' words in their own context."""
    catalogue = Catalog(project="Partner Directory", version=__version__, creation_date=SINCE, revision_date=SINCE)
    found = extract_from_dir(SOFTWARE / "generator", METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
    for path, _line, message, comments, context in found:
        catalogue.add(message, locations=[(f"generator/{path}", 0)], auto_comments=comments, context=context)
    for message, file in messages(SOFTWARE / "schema"):
        catalogue.add(message, locations=[(file, 0)])
    for name, vocabulary in load_vocabularies(SOFTWARE / "schema/vocabularies").items():
        for message in words_of(vocabulary):
            catalogue.add(message, locations=[(f"schema/vocabularies/{name}.yml", 0)], context=name)
    return catalogue


def words_of(vocabulary: Vocabulary) -> Iterator[str]:
    """The labels and hints of a vocabulary."""
    for term in vocabulary.terms:
        yield term.label
        if term.hint:
            yield term.hint


def update(folder: Path) -> tuple[Path, ...]:
    """Rewrite `interface.pot` and every `<language>/interface.po` below a folder with today's messages.

    Translations of messages that no longer exist are dropped; a changed message is a new one, never a guess.
    """
    wanted = template()
    paths = [folder / "interface.pot", *sorted(folder.glob("*/interface.po"))]
    write(paths[0], wanted)
    for path in paths[1:]:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=path.parent.name.replace("-", "_"))
        catalogue.update(wanted, no_fuzzy_matching=True, update_creation_date=False, keep_user_comments=True)
        catalogue.obsolete.clear()
        write(path, catalogue)
    return tuple(paths)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue with its messages in a stable order and without line numbers."""
    path.write_bytes(as_po(catalogue))


def as_po(catalogue: Catalog) -> bytes:
    """The content of a PO file, its messages in a stable order and without line numbers."""
    file = BytesIO()
    write_po(file, catalogue, sort_output=True, width=110, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()
