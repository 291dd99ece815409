"""The site's own words in a language, from a PO file: read for use, and judged for what a translator left or broke."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo

from generator.problems import SetupError
from generator.source.characters import advice, describe, forbidden
from generator.words.po import Slip, parse

_PERCENT = re.compile(r"%(?:\(([^)]*)\)s)?")
"""A percent sign, with the name of the placeholder that it begins; our messages have no other placeholders."""
_MARK = re.compile(r"(human|reviewed|machine) on (\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))")
"""A translator's comment that tells whose the words of one message are."""
MACHINE_MADE = "Machine-made"
"""With this begins a line of the comment at the top of a catalogue whose words are a machine's unless they say else."""


def read_catalogue(path: Path, language: str) -> NullTranslations:
    """The interface's words from a PO file; an absent file is an empty catalogue.

    A SetupError names the file, and the message whose translation could not be filled with values.
    """
    return compiled(read_words(path, language), path) if path.exists() else NullTranslations()


def compiled(catalogue: Catalog, path: Path) -> NullTranslations:
    """The words of a PO file, ready for use; a SetupError names the file, as `read_catalogue` does."""
    for slip in slips(catalogue):
        raise SetupError(f"{path}:{slip.line}: {slip.message}")
    content = BytesIO()
    try:
        write_mo(content, catalogue)
        content.seek(0)
        return GNUTranslations(content)
    except (ValueError, LookupError) as error:
        raise SetupError(f"{path}: cannot read this catalogue of words: {error}") from error


def read_words(path: Path, language: str = "") -> Catalog:
    """The messages of a PO file; a SetupError when it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SetupError(f"{path}: cannot read this catalogue of words: {error.strerror}") from error
    found = parse(content, language)
    if isinstance(found, Slip):
        raise SetupError(f"{path}:{found.line}: cannot read this catalogue of words: {found.message}")
    return found


def mark_of(message: Message, catalogue: Catalog) -> tuple[str, date | None]:
    """Whose the words of a message are (human, reviewed or machine), and since when.

    A comment of its own tells it (`# reviewed on 2026-10-03`). Without one it is a machine's where the header's last
    translator is one, or where the comment at the top of the file says so: Poedit and Weblate write their user's name
    over the last translator as soon as one word has changed.
    """
    for comment in message.user_comments:
        if found := _MARK.fullmatch(comment.strip()):
            return found[1], date.fromisoformat(found[2])
    is_machines = is_machine_made(catalogue.last_translator) or MACHINE_MADE in catalogue.header_comment
    return ("machine" if is_machines else "human"), None


def marks(catalogue: Catalog) -> Mapping[str, int]:
    """How many messages have words that are human, reviewed or a machine's, as `mark_of` tells; those without words are
    not counted."""
    return Counter(mark_of(m, catalogue)[0] for m in catalogue if m.id and not is_lacking(m, catalogue))


def marked(comments: Sequence[str], by: str, on: date) -> list[str]:
    """The comments of a message with one that tells whose its words are."""
    return [*(comment for comment in comments if not _MARK.fullmatch(comment.strip())), f"{by} on {on.isoformat()}"]


def is_machine_made(last_translator: str) -> bool:
    """Whether the header's last translator is a machine."""
    return last_translator.startswith("machine")


def slips(catalogue: Catalog) -> Iterator[Slip]:
    """What is wrong with the messages of a catalogue that can be read, each with its line."""
    hint = "copy what is in brackets after a % from the English, with its brackets"
    for message in catalogue:
        line = message.lineno or 1
        if message.id and (fault := next(faults(message), "")):
            yield Slip(line, f'the translation of "{shown(message)}" {fault}', hint)
        for _, character in forbidden("".join(strings(message.string)).replace("\n", " ")):
            yield Slip(line, f'the translation of "{shown(message)}" holds {describe(character)}', advice(character))


def faults(message: Message) -> Iterator[str]:
    """What would go wrong when a translated message is filled with values; a missing translation is no fault.

    One form of a plural may leave out a value, as “one program” leaves out its number; no form may ask for another.
    """
    if not message.id or not any(strings(message.string)):
        return
    english = strings(message.id)
    known = {name for words in english for name in placeholders(words)} - {""}
    is_filled = bool(known) or len(english) > 1
    for words in filter(None, strings(message.string)):
        found = placeholders(words)
        if is_filled and "" in found:
            yield 'has a "%" that begins no placeholder; write it twice'
        if strange := sorted(found - known - {""}):
            yield f'asks for "%({strange[0]})s", which the English does not have'
        if len(english) == 1 and (lost := sorted(known - found)):
            yield f'has lost "%({lost[0]})s"'


def placeholders(words: str) -> set[str]:
    """The names of the values that a message asks for; an empty name stands for a percent sign that asks for none."""
    return {found[1] or "" for found in _PERCENT.finditer(words.replace("%%", ""))}


def strings(words: str | Sequence[str] | None) -> tuple[str, ...]:
    """The forms of a message: one, or as many as its language has."""
    return (words,) if isinstance(words, str) else tuple(words or ("",))


def shown(message: Message) -> str:
    """The English of a message, for a report."""
    return strings(message.id)[0]


def lacking(catalogue: Catalog, wanted: Catalog) -> tuple[str, ...]:
    """The messages that a catalogue does not translate, only guesses, or translates with other placeholders."""
    return tuple(shown(m) for m in wanted if m.id and is_lacking(catalogue.get(m.id, m.context), catalogue))


def is_lacking(message: Message | None, catalogue: Catalog) -> bool:
    """Whether a message has no translation that can be shown."""
    if message is None or message.fuzzy or any(faults(message)):
        return True
    forms = strings(message.string)
    wanted = catalogue.num_plurals if message.pluralizable else 1
    return len(forms) != wanted or not all(forms)
