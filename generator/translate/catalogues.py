"""What is wrong in the interface's words of a language, message by message, as problems with their lines."""

from collections.abc import Iterator

from generator.fidelity import wrong_script
from generator.folders import SOFTWARE
from generator.interface import faults, is_lacking, read_words, shown, strings
from generator.load import Loaded
from generator.problems import Place, Problem, SetupError
from generator.source.characters import advice, describe, forbidden
from generator.text import nfc
from generator.translate.work import catalogue_path, script_of


def problems_of_catalogue(loaded: Loaded, language: str) -> Iterator[Problem]:
    """A problem for each message that is broken, then one for all that lack a translation."""
    path = catalogue_path(language)
    file = loaded.project.catalogues / language / "interface.po"
    if not file.exists():
        return
    try:
        words = read_words(file, language)
    except SetupError as error:
        yield Problem(at=Place(path=path), rule="unreadable-catalogue", message=str(error))
        return
    script = script_of(loaded, language)
    wanted = [message for message in read_words(SOFTWARE / "translations/interface.pot") if message.id]
    lacking = []
    for message in wanted:
        found = words.get(message.id, message.context)
        if is_lacking(found, words):
            lacking.append(found or message)
        if found is None:
            continue
        at = Place(path=path, line=found.lineno or 0, column=1)
        for fault in faults(found):
            hint = "copy what is in brackets after a % from the English"
            yield Problem(at=at, rule="broken-message", message=f'"{shown(found)}" {fault}', hint=hint)
        for text in filter(None, strings(found.string)):
            yield from problems_of_text(text, shown(found), at, script)
    if lacking:
        first = lacking[0]
        yield Problem(
            at=Place(path=path, line=first.lineno or 0, column=1),
            rule="missing-message",
            message=f'{len(lacking):,} of {len(wanted):,} messages have no translation: "{shown(first)}" …',
            hint=f"partners translate export {language} --store interface writes a file with all of them",
            severity="warning",
        )


def problems_of_text(text: str, english: str, at: Place, script: str) -> Iterator[Problem]:
    """What is wrong with the letters of one form of a message."""
    for _, character in forbidden(text.replace("\n", " ")):
        message = f'the translation of "{english}" holds {describe(character)}'
        yield Problem(at=at, rule="forbidden-character", message=message, hint=advice(character))
    if text != nfc(text):
        message = f'the translation of "{english}" has letters in two parts'
        yield Problem(
            at=at, rule="not-composed", message=message, hint="save it in Unicode's form NFC", severity="warning"
        )
    if text != english and (strange := wrong_script(text, script)):
        yield Problem(at=at, rule="wrong-script", message=f'"{english}": {strange.message}', hint=strange.hint)
