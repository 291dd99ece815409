"""Which characters no record may hold, and what to call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# What a reader of the file or of its diff cannot see, or what some YAML readers take for a line break.
_CONTROLS = r"\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f"  # with tab and next line (U+0085), without line feed and return
_LINE_BREAKS = r"\u2028\u2029"
_DIRECTIONS = r"\u202a-\u202e\u2066-\u206f"  # embeddings, overrides, isolates and their deprecated kin
_INVISIBLE = r"\u180e\u200b\u2060-\u2065\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"  # zero width, annotations, tags
_FILLERS = r"\u115f\u1160\u3164\uffa0"  # blank letters, so that a name may look empty
_NONCHARACTERS = r"\ud800-\udfff\ufdd0-\ufdef" + "".join(f"\\U{plane:04x}fffe\\U{plane:04x}ffff" for plane in range(17))
_CLASSES = _CONTROLS + _LINE_BREAKS + _DIRECTIONS + _INVISIBLE + _FILLERS + _NONCHARACTERS

_SELECTORS = r"\ufe00-\ufe0f\U000e0100-\U000e01ef"

# Variation selectors choose an emoji or a kanji form; two in a row choose nothing and can spell a hidden message.
FORBIDDEN = re.compile(rf"[{_CLASSES}]|\r(?!\n)|(?<=[{_SELECTORS}])[{_SELECTORS}]")
"""The forms on the site look for it, too."""
_PRINTABLE_BUT_SUSPECT = re.compile(f"[{_FILLERS}{_SELECTORS}]")

_NAMES = {
    "\x00": "a NUL character",
    "\t": "a tab",
    "\r": "a carriage return without a line feed",
    "\x85": "a hidden line break",
    "\u2028": "a hidden line break",
    "\u2029": "a hidden line break",
}
_RETYPE = "Delete it and type the text around it again; it often comes along when text is pasted."


def forbidden(text: str) -> Iterator[tuple[int, str]]:
    """Index and character of everything in the text that a record may not hold, in order."""
    if _plainly_fine(text):
        return iter(())
    return ((found.start(), found[0]) for found in FORBIDDEN.finditer(text))


def _plainly_fine(text: str) -> bool:
    """Whether the text certainly holds nothing forbidden; ten times as fast as looking for each character."""
    if not text.replace("\r\n", "\n").replace("\n", "").isprintable():
        return False
    return text.isascii() or _PRINTABLE_BUT_SUSPECT.search(text) is None


def describe(character: str) -> str:
    """A name for a forbidden character that says what it does: "an invisible right-to-left override (U+202E)"."""
    code = ord(character)
    if character in _NAMES:
        name = _NAMES[character]
    elif 0xD800 <= code <= 0xDFFF:
        name = "half a character"
    elif unicodedata.category(character) == "Cc":
        name = "a control character"
    elif unicodedata.category(character) == "Cn":
        name = "a code that is no character"
    else:
        name = f"an invisible {unicodedata.name(character, 'character').lower()}"
    return f"{name} (U+{code:04X})"


def advice(character: str) -> str:
    """What to do about a forbidden character."""
    if character == "\t":
        return "Use spaces instead of the tab; indent by two spaces a level."
    if character == "\r":
        return "Save the file with Unix or Windows line ends."
    if character == "\x00":
        return "Save the file as UTF-8 text; a NUL means that it is not plain text."
    return _RETYPE
