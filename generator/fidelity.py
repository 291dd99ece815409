"""What no translation may change: the numbers, links, telephone numbers and markup of its English, and the script.

Words themselves are for a reader to judge; this finds what a slip of the hand or of a machine loses.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import takewhile
from types import MappingProxyType
from typing import NamedTuple

SCRIPTS = MappingProxyType(
    {
        "Arab": ("ARABIC",),
        "Armn": ("ARMENIAN",),
        "Beng": ("BENGALI",),
        "Cyrl": ("CYRILLIC",),
        "Deva": ("DEVANAGARI",),
        "Ethi": ("ETHIOPIC",),
        "Geor": ("GEORGIAN",),
        "Grek": ("GREEK",),
        "Gujr": ("GUJARATI",),
        "Guru": ("GURMUKHI",),
        "Hani": ("CJK",),
        "Hans": ("CJK",),
        "Hant": ("CJK",),
        "Hebr": ("HEBREW",),
        "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
        "Khmr": ("KHMER",),
        "Kore": ("HANGUL", "CJK"),
        "Laoo": ("LAO",),
        "Latn": ("LATIN",),
        "Mymr": ("MYANMAR",),
        "Sinh": ("SINHALA",),
        "Taml": ("TAMIL",),
        "Telu": ("TELUGU",),
        "Thai": ("THAI",),
        "Tibt": ("TIBETAN",),
    }
)
"""How Unicode's names of letters begin in each script (ISO 15924)."""
_NUMBER = re.compile(r"\d+(?:[.,\u00a0\u202f\u066b\u066c]\d+)*")
_LINK = re.compile(r"https?://[^\s<>()\[\]{}\"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TARGET = re.compile(r"\]\(([^)\s]*)")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#{1,6}(?= )", re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_OF_TELEPHONES = 7
"""Digits that a telephone number has at least."""
_FEW = 4
"""Letters that are too few to tell a script by, such as those of an abbreviation."""
_CHINESE = MappingProxyType(
    {"Hant": ("simplified", "big5hkscs", "gb2312"), "Hans": ("traditional", "gb2312", "big5hkscs")}
)
"""What each way of writing Chinese is not, its character set, and that of the other."""
_STRANGE = 12
"""One character in so many may be of the other way of writing: names are."""
_LONG, _ROOM = 3, 60
"""A translation has at most so many times the characters of its English, and so many more."""
_SHORT, _TELLING = 10, 120
"""A translation of an English text of that many characters has at least a tenth of them."""


class Fault(NamedTuple):
    """One thing that a translation lost or mixed up, what to write instead, and whether it does harm as it stands."""

    message: str
    hint: str
    is_harmful: bool = True


def faults(english: str, words: str, script: str) -> Iterator[Fault]:
    """What is wrong with words that stand for the English, in a language of that script (ISO 15924)."""
    if strange := wrong_script(words, script):
        yield strange
    if lost := sorted(links(english) - links(words)):
        yield Fault(f'the translation has lost "{lost[0]}"', "copy the address from the English, letter for letter")
    if lost := sorted(telephones(english) - telephones(words)):
        yield Fault(f"the translation has lost the telephone number {lost[0]}", "copy it from the English")
    elif lost := sorted(numbers(english) - numbers(words), key=lambda number: (len(number), number)):
        yield Fault(
            f"the number {lost[0]} of the English is not in the translation",
            "write the same numbers, in digits",
            is_harmful=False,
        )
    if lost := sorted(markup(english) - markup(words)):
        yield Fault(f'the translation has lost "{lost[0]}"', "keep links, code and tags as in the English")
    if strange_markup := sorted(_tags(words) - _tags(english)):
        yield Fault(f'the English has no "{strange_markup[0]}"', "leave it out")
    if len(words) > limit(english):
        yield Fault("the translation is many times as long as its English", "look whether it belongs to another text")
    elif len(english) >= _TELLING and len(words) * _SHORT < len(english):
        yield Fault("the translation is far shorter than its English", "look whether it belongs to another text")


def limit(english: str) -> int:
    """How many characters a translation may have at most."""
    return _LONG * len(english) + _ROOM


def numbers(text: str) -> set[str]:
    """The numbers of a text in plain digits, without what groups or parts them: "1,000" and "1.000" are "1000"."""
    if not any(map(str.isdigit, text)):
        return set()
    digits = ("".join(str(unicodedata.decimal(c, "")) for c in found) for found in _NUMBER.findall(text))
    return {found.lstrip("0") or "0" for found in digits}


def links(text: str) -> set[str]:
    """The web and e-mail addresses of a text, in small letters, without a full stop that ends the sentence."""
    if "://" not in text and "@" not in text:
        return set()
    return {found.rstrip(".,;:!?。，").lower() for found in _LINK.findall(text)}


def telephones(text: str) -> set[str]:
    """The telephone numbers of a text, as the world dials them."""
    if sum(map(str.isdigit, text)) < _OF_TELEPHONES:
        return set()
    from phonenumbers import Leniency, PhoneNumberFormat, PhoneNumberMatcher, format_number  # slow to import

    found = PhoneNumberMatcher(text, "US", leniency=Leniency.POSSIBLE)
    return {format_number(match.number, PhoneNumberFormat.E164) for match in found if "-" in text or "(" in text}


def markup(text: str) -> set[str]:
    """What Markdown makes more than words of: targets of links, code, tags, and how deep the headings go."""
    found = {f"]({target})" for target in _TARGET.findall(text)} if "](" in text else set()
    if "`" in text:
        found |= {f"`{code}`" for code in _CODE.findall(text)}
    if text.startswith("#") or "\n#" in text:
        found |= {f"{marks} heading" for marks in _HEADING.findall(text)}
    return found | _tags(text)


def _tags(text: str) -> set[str]:
    return set(_TAG.findall(text)) if "<" in text else set()


def wrong_script(words: str, script: str) -> Fault | None:
    """What is wrong when a text is not in the script; names of people and organisations may stay in Latin letters.

    Chinese is looked at for characters that only the other way of writing has, as the standard sets Big5 (with Hong
    Kong's additions) and GB 2312 tell them apart.
    """
    names = SCRIPTS.get(script)
    if names is None:
        return None
    if script == "Latn":
        letters = [] if words.isascii() else [c for c in _plain(words) if c.isalpha()]
        if len(letters) >= _FEW and 2 * sum(1 for c in letters if _is_of(c, names)) < len(letters):
            return Fault("these are not Latin letters", "translate into the language of the folder, in its own letters")
        return None
    if not any(_is_of(c, names) for c in words if not c.isascii()):
        is_word = sum(1 for c in _plain(words) if c.isalpha()) >= _FEW
        hint = "translate it, or leave the field out"
        return Fault("no letter here is of the language's script", hint) if is_word else None
    return _other_chinese(words, script) if script in _CHINESE else None


def _other_chinese(words: str, script: str) -> Fault | None:
    """What is wrong when more than a few characters have a form that only the other way of writing Chinese has."""
    kind, own, other = _CHINESE[script]
    if _is_in(words, own):
        return None
    strange = [c for c in words if not c.isascii() and not _is_in(c, own) and _is_in(c, other)]
    if len(strange) * _STRANGE <= len(words):
        return None
    return Fault(f'"{strange[0]}" is a {kind} character', "convert the whole text; some characters have several forms")


def _plain(text: str) -> str:
    """The text without what stays as it is in every language."""
    for pattern in (_PLACEHOLDER, _LINK, _TARGET, _TAG, _CODE):
        text = pattern.sub(" ", text)
    return text


def _is_of(letter: str, names: tuple[str, ...]) -> bool:
    if letter.isascii():
        return "LATIN" in names
    known = unicodedata.name(letter, "")
    return "".join(takewhile(str.isalpha, known)) in names


def _is_in(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
