"""What is wrong in the interface's words of a language, message by message, as problems with their lines."""

from collections.abc import Iterator

from babel.messages import Catalog
from babel.messages.catalog import Message

from generator.problems import Place, Problem
from generator.records.load import Loaded
from generator.text import nfc
from generator.translate.work import catalogue_path, owns_words, script_of
from generator.words.fidelity import wrong_script
from generator.words.interface import faults, is_lacking, read_words, shown, slips, strings
from generator.words.po import Slip, parse


def problems_of_catalogue(loaded: Loaded, language: str) -> Iterator[Problem]:
    """A problem for each message that is broken, then one for all that lack a translation.

    None for a district in a folder of its own: the words are the software's.
    """
    file = loaded.project.root / catalogue_path(language)
    if not owns_words(loaded.project) or not file.exists():
        return
    words = parse(file.read_bytes(), language)
    if isinstance(words, Slip):
        yield problem_of(words, language)
        return
    yield from (problem_of(slip, language) for slip in slips(words))
    for message in words:
        yield from (problem_of(slip, language) for slip in strange_letters(message, script_of(loaded, language)))
    yield from missing(words, loaded, language)


def problem_of(slip: Slip, language: str, rule: str = "broken-catalogue") -> Problem:
    """The problem of a slip in a language's catalogue."""
    at = Place(path=catalogue_path(language), line=slip.line, column=1)
    return Problem(at=at, rule=rule, message=slip.message, hint=slip.hint)


def strange_letters(message: Message, script: str) -> Iterator[Slip]:
    """What is wrong with the letters of a message; names such as CSV are the same in every script."""
    for text in filter(None, strings(message.string) if message.id else ()):
        line = message.lineno or 1
        if text != nfc(text):
            yield Slip(line, f'"{shown(message)}" has letters in two parts', "save it in Unicode's form NFC")
        if text not in strings(message.id) and (strange := wrong_script(text, script)):
            yield Slip(line, f'"{shown(message)}": {strange.message}', strange.hint)


def missing(words: Catalog, loaded: Loaded, language: str) -> Iterator[Problem]:
    """A warning when messages have no translation, at the first of them that the catalogue has."""
    wanted = [message for message in read_words(loaded.project.catalogues / "interface.pot") if message.id]
    found = [(message, words.get(message.id, message.context)) for message in wanted]
    lacking = [(each, own) for each, own in found if is_lacking(own, words) and not (own and any(faults(own)))]
    if lacking:
        message = f'{len(lacking):,} of {len(wanted):,} messages have no translation: "{shown(lacking[0][0])}" …'
        line = next((own.lineno for _, own in lacking if own and own.lineno), 0)
        hint = f"partners translate export {language} --store interface writes a file with all of them"
        at = Place(path=catalogue_path(language), line=line, column=1 if line else 0)
        yield Problem(at=at, rule="missing-catalogue", message=message, hint=hint, severity="warning")
