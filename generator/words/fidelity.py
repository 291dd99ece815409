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
_ADDRESS = re.compile(
    r"https?://[^\s<>()\[\]{}\"'\u0080-\U0010ffff]+|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
"""A web or e-mail address; in Chinese, a word may follow it without a space."""
_TELEPHONE = re.compile(r"(?:\d[^\w\n]{0,3}){6,}\d")
"""What may be a telephone number: seven digits with little between them."""
_TARGET = re.compile(r"\]\(([^)\s]*)")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_CODE = re.compile(r"`([^`\n]+)`")
_HEADING = re.compile(r"^#{1,6}(?= )", re.MULTILINE)
_PLACEHOLDER = re.compile(r"%\(\w+\)s")
_NOT_LATIN = re.compile(r"[^\x00-\u02ff\u1e00-\u1eff\u2000-\u2bff]")
"""Characters among which the letters of other scripts are; the usual letters of Latin, and signs, are not."""
_NOT_CHINESE = re.compile(r"[^\u3400-\u9fff]+")
_NATIONAL = 10
"""Digits of a telephone number without the code of its country, at most."""
_FEW = 4
"""Letters that are too few to tell a script by, such as those of an abbreviation."""
_CHINESE = MappingProxyType({"Hant": ("simplified", "big5", "gb2312"), "Hans": ("traditional", "gb2312", "big5")})
"""What each way of writing Chinese is not, its character set, and that of the other."""
_STRANGE = 12
"""One character in so many may be of the other way of writing: names are."""
_LONG, _ROOM = 3, 60
"""A translation has at most so many times the characters of its English, and so many more."""
_SHORT, _TELLING = 10, 120
"""A translation of an English text of that many characters has at least a tenth of them."""


class Fault(NamedTuple):
    """One thing that a translation lost or mixed up, and what to write instead."""

    message: str
    hint: str


def faults(english: str, words: str, script: str) -> Iterator[Fault]:
    """What is wrong with words that stand for the English, in a language of that script (ISO 15924)."""
    found = (
        wrong_script(words, script),
        lost_link(english, words),
        lost_number(english, words),
        odd_length(english, words),
    )
    return filter(None, found)


def lost_link(english: str, words: str) -> Fault | None:
    """What is wrong when an address, a telephone number or markup of the English is not in the words."""
    if lost := sorted(addresses(english) - addresses(words)):
        return Fault(f'the translation has lost "{lost[0]}"', "copy the address from the English, letter for letter")
    if lost := [number for number in telephones(english) if digits(number)[-_NATIONAL:] not in digits(words)]:
        return Fault(f'the translation has lost the telephone number "{lost[0]}"', "copy it from the English")
    if lost := sorted(markup(english) - markup(words)):
        return Fault(f'the translation has lost "{lost[0]}"', "keep links, code and tags as in the English")
    if strange := sorted(tags(words) - tags(english)):
        return Fault(f'the English has no "{strange[0]}"', "leave it out")
    return None


def lost_number(english: str, words: str) -> Fault | None:
    """What is wrong when a number of the English is not in the words; those of addresses are not looked at."""
    wanted = numbers(english)
    if not wanted or not (lost := wanted - numbers(words)):
        return None
    if "://" in english or "@" in english or _TELEPHONE.search(english):
        lost &= numbers(_TELEPHONE.sub(" ", _ADDRESS.sub(" ", english)))
    if not lost:
        return None
    first = min(lost, key=lambda number: (len(number), number))
    return Fault(f"the number {first} of the English is not in the translation", "write the same numbers, in digits")


def odd_length(english: str, words: str) -> Fault | None:
    """What is wrong when the words are so much longer or shorter than the English that they may be another text's."""
    hint = "look whether it belongs to another text"
    if len(words) > limit(english):
        return Fault("the translation is many times as long as its English", hint)
    if len(english) >= _TELLING and len(words) * _SHORT < len(english):
        return Fault("the translation is far shorter than its English", hint)
    return None


def limit(english: str) -> int:
    """How many characters a translation may have at most."""
    return _LONG * len(english) + _ROOM


def numbers(text: str) -> set[str]:
    """The numbers of a text in plain digits, without what groups or parts them: "1,000" and "1.000" are "1000"."""
    return {digits(found).lstrip("0") or "0" for found in _NUMBER.findall(text)}


def digits(text: str) -> str:
    """The digits of a text, whatever script they are in, as 0 to 9."""
    return "".join(str(unicodedata.decimal(c)) for c in text if c.isdecimal())


def addresses(text: str) -> set[str]:
    """The web and e-mail addresses of a text, without a full stop that ends the sentence."""
    if "://" not in text and "@" not in text:
        return set()
    return {found.rstrip(".,;:!?") for found in _ADDRESS.findall(text)}


def telephones(text: str) -> tuple[str, ...]:
    """The telephone numbers of a text, as they are written."""
    if not _TELEPHONE.search(text):
        return ()
    from phonenumbers import Leniency, PhoneNumberMatcher  # slow to import

    return tuple(match.raw_string for match in PhoneNumberMatcher(text, "US", leniency=Leniency.VALID))


def markup(text: str) -> set[str]:
    """What Markdown makes more than words of: targets of links, code, tags, and how deep the headings go."""
    found = {f"]({target})" for target in _TARGET.findall(text)} if "](" in text else set()
    if "`" in text:
        found |= {f"`{code}`" for code in _CODE.findall(text)}
    if text.startswith("#") or "\n#" in text:
        found |= {f"{marks} heading" for marks in _HEADING.findall(text)}
    return found | tags(text)


def tags(text: str) -> set[str]:
    """The tags of a text, and web addresses in their brackets."""
    return set(_TAG.findall(text)) if "<" in text else set()


def wrong_script(words: str, script: str) -> Fault | None:
    """What is wrong when a text is not in the script; names of people and organisations may stay in Latin letters.

    Chinese is looked at for characters that only the other way of writing has, as the standard sets Big5 and GB 2312
    tell them apart.
    """
    names = SCRIPTS.get(script)
    if names is None:
        return None
    if script == "Latn":
        letters = [c for c in _plain(words) if c.isalpha()] if _NOT_LATIN.search(words) else []
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
    letters = _NOT_CHINESE.sub("", words)
    if _is_in(letters, own):
        return None
    strange = [c for c in letters if not _is_in(c, own) and _is_in(c, other)]
    if len(strange) * _STRANGE <= len(words):
        return None
    return Fault(f'"{strange[0]}" is a {kind} character', "convert the whole text; some characters have several forms")


def _plain(text: str) -> str:
    """The text without what stays as it is in every language."""
    for pattern in (_PLACEHOLDER, _ADDRESS, _TARGET, _TAG, _CODE):
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
