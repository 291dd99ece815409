"""Strings in, strings out: slugs, sort keys, search folding, excerpts and what cannot be seen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

SLUG_LIMIT = 64  # characters
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# Names that the site's own files and folders use, and names that Windows cannot store.
RESERVED_SLUGS = frozenset(
    ("index", "404", "search", "assets", "pagefind", "sitemap", "feed", "tags", "api", "frame")
    + ("con", "prn", "aux", "nul")
    + tuple(f"{device}{number}" for device in ("com", "lpt") for number in range(1, 10))
)

_APOSTROPHES = "'’‘ʼʻ`´"
# Letters that Unicode does not take apart, lower case.
_PLAIN_LETTERS = MappingProxyType(
    str.maketrans(dict(zip("đðøłıħßæœþ", ("d", "d", "o", "l", "i", "h", "ss", "ae", "oe", "th"), strict=True)))
)
ACCENTED = "a-z\u00df-\u02af\u1d00-\u1dbf\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f\u0435"
"""The letters, as a class of a regular expression, whose accents are left out when searching: Latin, and е for ё."""
_ACCENTS = re.compile(f"([{ACCENTED}])[\u0300-\u036f]+")
_SPELLED_OUT = MappingProxyType(_PLAIN_LETTERS | str.maketrans({"&": " and "} | dict.fromkeys(_APOSTROPHES, "")))


def nfc(text: str) -> str:
    """The text with every letter in its composed form, so that equal words are equal strings."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def slugify(name: str) -> str:
    """A slug for the name, at most 64 characters; empty when the name holds no Latin letter and no digit."""
    spelled = unicodedata.normalize("NFKD", name).casefold().translate(_SPELLED_OUT)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(slug) <= SLUG_LIMIT:
        return slug
    whole_words = slug[: SLUG_LIMIT + 1].rpartition("-")[0]
    return whole_words or slug[:SLUG_LIMIT]


def is_slug(text: str) -> bool:
    """Whether the text has the form of a slug; `reserved` tells whether the site needs it for itself."""
    return len(text) <= SLUG_LIMIT and SLUG.fullmatch(text) is not None


def reserved(slug: str, languages: tuple[str, ...] = ()) -> bool:
    """Whether the slug is an address that the site, Windows or one of the language codes uses."""
    return slug in RESERVED_SLUGS or slug in {code.lower() for code in languages}


def sort_key(name: str) -> str:
    """A key that sorts names the way a reader looks them up: without regard to case and accents."""
    if name.isascii():
        return name.casefold()
    letters = _letters(name).translate(_SPELLED_OUT)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _letters(text: str) -> str:
    """The text in lower case, every letter apart from its marks; twice, since a compatibility form can be a capital."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())


def fold(text: str) -> str:
    """The text as search compares it: case, Latin accents, Arabic and Ethiopic spellings and spacing evened out.

    Marks that make another letter stay (й, が, Devanagari vowels); digits of every script become 0-9. The finder's
    script does the same with the same table (`folding`, `ACCENTED`).
    """
    if text.isascii():
        return " ".join(text.lower().replace("`", "'").split())
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower()).translate(_folding())
    return " ".join(unicodedata.normalize("NFC", _ACCENTS.sub(r"\1", letters)).split())


def excerpt(text: str, limit: int) -> str:
    """The beginning of the text on one line, at most `limit` characters, cut between words and then ended by "…"."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    if limit < 1:
        return ""
    head = line[: limit - 1]
    if not line[limit - 1].isspace():
        before, space, _ = head.rpartition(" ")
        # Scripts without spaces would lose whole sentences, so such text is cut between letters.
        head = before if space and len(before) >= limit // 2 else _between_letters(line, limit - 1)
    return head.rstrip(" ,;:.–—-") + "…"


def numbered(count: int, noun: str) -> str:
    """So many things in English: "1 record", "1,024 records"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def visible(text: str) -> str:
    """The text with everything that cannot be seen, or turns the reading direction, spelled out: "\\u202e", "\\n"."""
    if text.isprintable() and text.isascii():
        return text
    return "".join(letter if _can_be_shown(letter) else _spelled(letter) for letter in text)


def _can_be_shown(letter: str) -> bool:
    """Whether a terminal shows the letter as itself; joiners only change their neighbours."""
    blank_letters = "\u115f\u1160\u3164\uffa0"
    return (letter.isprintable() and letter not in blank_letters) or letter in "\u200c\u200d"


def _spelled(letter: str) -> str:
    """The escape that YAML and Python programmers write for the letter."""
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    code = ord(letter)
    return short.get(letter) or (f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}")


def _between_letters(line: str, end: int) -> str:
    """The first `end` characters or fewer, so that no letter loses its marks."""
    joiner = "\u200d"  # holds an emoji or an Indic cluster together
    while end and (unicodedata.category(line[end]) in {"Mn", "Mc"} or joiner in line[end - 1 : end + 1]):
        end -= 1
    return line[:end]


@cache
def folding() -> Mapping[str, str]:
    """What search writes for single characters, all of them lower case and apart from their marks."""
    return MappingProxyType({chr(code): written for code, written in _folding().items()})


@cache
def _folding() -> Mapping[int, str]:
    tashkeel_and_tatweel = (*range(0x064B, 0x0660), 0x0670, 0x0640)
    unseen = (0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF)  # joiners, marks, soft hyphen
    table: dict[int, str] = dict.fromkeys((*tashkeel_and_tatweel, *unseen), "")
    table |= {0x0671: "ا", 0x0629: "ه", 0x0649: "ي", 0x06CC: "ي", 0x06A9: "ك", 0x06C1: "ه"}
    table |= {**_PLAIN_LETTERS, ord("ς"): "σ"}
    table |= dict.fromkeys(map(ord, _APOSTROPHES), "'")
    table |= dict.fromkeys(map(ord, "‐‑–—"), "-")
    table |= dict.fromkeys(map(ord, "፡።፣"), " ")
    table |= _ethiopic_homophones()
    for code in range(0x80, 0x11000):
        value = unicodedata.decimal(chr(code), None)
        if value is not None:
            table[code] = str(value)
    return MappingProxyType(table)


def _ethiopic_homophones() -> dict[int, str]:
    """Ethiopic syllables that Amharic writers use for the same sound, to the commonest of them."""
    series = dict(zip("ሐኀኸሠዐፀ", "ሀሀሀሰአጸ", strict=True))  # the first syllable of each, six more follow
    pairs = ((ord(variant), ord(usual)) for variant, usual in series.items())
    same = {variant + order: usual + order for variant, usual in pairs for order in range(7)}
    same |= {0x1203: 0x1200, 0x12A3: 0x12A0}  # ሃ as ሀ, ኣ as አ: the first and fourth order sound alike
    same |= dict(zip(map(ord, "ቈኈኰጐዉ"), map(ord, "ቆሆኮጎው"), strict=True))
    return {variant: chr(same.get(usual, usual)) for variant, usual in same.items()}
