"""Invented translations: pseudo-words in the letters of a language, in every state that a translation can have."""

import re
from collections.abc import Iterator, Mapping
from random import Random
from string import ascii_lowercase, ascii_uppercase
from typing import Any

from generator.languages import fingerprint
from generator.sample.chance import maybe, whole
from generator.sample.common import Record
from generator.sample.setting import Setting

TRANSLATED = frozenset(
    (
        *("summary", "description", "story", "heard", "done", "title", "eligibility", "help", "note", "do", "claim"),
        *("measure", "what", "words", "role", "alt", "transit", "time", "bring", "what_sustained_it"),
        "interpreter_note",
    )
)
"""Fields of records that are words for people; the names of programs and partners stay."""
IN_ITS_LANGUAGE = "interpreter_lines"
"""What is written for the speakers of one language, and in it."""
MAIN = frozenset(("summary", "description", "title", "story", "heard", "done", "interpreter_note"))
"""Those that come first; only some records have more than these translated."""
STATES = ("human", "reviewed", "machine", "mixed", "missing")
"""What a record's translation is, in turn; a mixed one is part old, part machine-made, part missing."""
TERSE = frozenset(("Hant", "Hans"))
"""Scripts whose words have no space between them."""

_KEPT = re.compile(r"(\]\([^)]*\)|https?://[^\s)]+|[\w.+-]+@[\w.-]+|[0-9][0-9().-]*)")
_WRAPPED = re.compile(r"(?<=[^\n])\n(?=[^\n#-])(?![0-9]+\. )")
_MARK = re.compile(r"^(\s*(?:- |[0-9]+\. |#+ )?)(.+)$", re.MULTILINE)
_WORD = re.compile(r"(?<![\w/.@-])[A-Za-z]+(?![\w/.@-])")


def sidecar(setting: Setting, language: str, number: int, record: Mapping[str, Any]) -> Record:
    """The translated fields of the record with that number; empty when nobody has translated it."""
    state = STATES[(number + setting.languages.index(language)) % len(STATES)]
    random = setting.random("translation", language, number, str(record.get("name", record.get("title", ""))))
    is_whole = maybe(random, 0.25)
    letters = letters_of(setting, language)
    found = {}
    for path, english in texts(record) if state != "missing" else ():
        by, source = whose(random, state, english)
        if by and (is_whole or path.rpartition("/")[2] in MAIN):
            text = pseudo(english, letters)
            found[path] = {"text": text, "source": source, "by": by, "on": setting.day(-whole(random, 3, 400))}
    return found


def texts(record: Mapping[str, Any], start: str = "") -> Iterator[tuple[str, str]]:
    """(path, English) of every text to translate; items of a list by place, those with a name by it."""
    for key, value in record.items():
        if key == IN_ITS_LANGUAGE:
            continue
        if isinstance(value, str):
            if key in TRANSLATED:
                yield f"{start}{key}", value
        elif isinstance(value, Mapping):
            yield from texts(value, f"{start}{key}/")
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, Mapping):
                    yield from texts(item, f"{start}{key}/{name_of(item, place)}/")
                elif key in TRANSLATED:
                    yield f"{start}{key}/{place}", item


def name_of(item: Mapping[str, Any], place: int) -> str:
    """What an item of a list is called in addresses: its slug, its file's name without ending, or its place."""
    return str(item.get("slug") or item.get("file", "").rpartition(".")[0] or place)


def whose(random: Random, state: str, english: str) -> tuple[str, str]:
    """Who translated a text, "" for nobody, and the fingerprint of the English that was translated."""
    if state != "mixed":
        return state, fingerprint(english)
    drawn = whole(random, 0, 3)
    if drawn == 0:
        return "", ""
    if drawn == 1:
        return "machine", fingerprint(english)
    return "human", fingerprint(f"{english} (as it was before)")


def letters_of(setting: Setting, language: str) -> tuple[str, dict[int, int]]:
    """The script of a language, and what stands there for each Latin letter; Latin itself where the list has none."""
    term = setting.vocabularies["languages"].get(language)
    script = term.script if term else ""
    letters = "".join(setting.scripts.get(script, setting.scripts["Latn"]))
    return script, str.maketrans(ascii_lowercase + ascii_uppercase, letters + letters.upper())


def pseudo(english: str, script: tuple[str, dict[int, int]]) -> str:
    """The text in other letters, each paragraph in ⟦ ⟧, lest it pass for a translation; links and numbers stay."""
    name, letters = script

    def spell(part: str) -> str:
        return (_WORD.sub(lambda word: word[0][:2], part) if name in TERSE else part).translate(letters)

    def line(found: re.Match[str]) -> str:
        text = found[2]
        parts = _KEPT.split(text) if _KEPT.search(text) else (text,)
        spelled = "".join(part if place % 2 else spell(part) for place, part in enumerate(parts))
        return f"{found[1]}⟦{spelled.replace(' ', '') if name in TERSE else spelled}⟧"

    return _MARK.sub(line, _WRAPPED.sub(" ", english))
