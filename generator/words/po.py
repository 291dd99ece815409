"""PO files (GNU gettext), read by Babel, with the line of whatever keeps one from being read."""

import re
from collections.abc import Iterator
from gettext import c2py
from typing import NamedTuple

from babel.messages import Catalog
from babel.messages.pofile import PoFileError, read_po

_CHARSET = re.compile(rb'^"Content-Type:[^"\n]*charset=([\w.:-]+)', re.MULTILINE)
_PLURALS = '"Plural-Forms:'
_COUNTS = (*range(202), 1_000, 1_000_000)
"""Numbers of things for which a language's plural is tried."""
_FORMS = re.compile(r"nplurals\s*=\s*([1-9])\s*;\s*plural\s*=")
_LINE = re.compile(r"\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s)?\s*\"(?:[^\"\\]|\\.)*\"\s*)?")
"""A line of a PO file: nothing, a comment, or a text in quotation marks, perhaps after its keyword."""


class Slip(NamedTuple):
    """What is wrong with a PO file, on which line, from 1, and what to do."""

    line: int
    message: str
    hint: str = ""


def parse(content: bytes, language: str = "") -> Catalog | Slip:
    """The messages of a PO file, or the first thing that keeps it from being read. Raises nothing.

    `language` stands for what the header does not tell.
    """
    text = decoded(content)
    if isinstance(text, Slip):
        return text
    lines = text.split("\n")
    if not any(line.startswith("msgid") for line in lines):
        return Slip(1, "this is no PO file: it has no messages", "export it again")
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            return Slip(number, "this is no line of a PO file", "a text stands in quotation marks, one at each end")
    return _read(lines, language)


def decoded(content: bytes) -> str | Slip:
    """The text of a PO file in the character set that its header names, UTF-8 where it names none."""
    named = _CHARSET.search(content)
    charset = named[1].decode("ascii", "replace") if named else "utf-8"
    charset = "utf-8" if charset == "CHARSET" else charset  # as templates have it
    line = content.count(b"\n", 0, named.start()) + 1 if named else 1
    hint = 'save the file as UTF-8, and write "Content-Type: text/plain; charset=utf-8\\n" into its header'
    try:
        text = content.decode(charset)
    except LookupError:
        return Slip(line, f'there is no character set "{charset}"', hint)
    except UnicodeError as error:
        start = error.start if isinstance(error, UnicodeDecodeError) else 0
        return Slip(content.count(b"\n", 0, start) + 1, f"this file is not in the character set {charset}", hint)
    if is_utf_8(content) and text != content.decode():
        return Slip(line, f"the header says {charset}, but the file is in UTF-8", hint)
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def is_utf_8(content: bytes) -> bool:
    """Whether some bytes are UTF-8; hardly any text in another character set is."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _read(lines: list[str], language: str) -> Catalog | Slip:
    """The catalogue that Babel reads from lines."""
    if (slip := _broken_header(lines)) is not None:
        return slip
    read: list[str] = []  # so far, which tells the line of a failure

    def noted() -> Iterator[str]:
        for line in lines:
            read.append(line)
            yield line

    try:
        catalogue = read_po(noted(), locale=language.replace("-", "_") or None, abort_invalid=True)
    except PoFileError as error:
        return Slip(error.lineno + 1, str(error).removesuffix(f" on {error.lineno}"), "mend or export it again")
    except (ValueError, LookupError, AttributeError, TypeError) as error:  # Babel raises these where a line is strange
        return Slip(len(read), f"this message cannot be read: {error}", "look at it and at the one before it")
    if not has_plurals(catalogue):
        return _broken_plurals(lines)
    return _doubled(lines, catalogue) or catalogue


def _doubled(lines: list[str], catalogue: Catalog) -> Slip | None:
    """What is wrong when a message stands in the file twice, of which Babel keeps one."""
    starts = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("msgid ")]
    known = {message.lineno for message in catalogue}
    doubled = [number for number in starts if number not in known]
    if starts and lines[starts[0] - 1].strip() == 'msgid ""' and starts[0] in doubled:
        doubled.remove(starts[0])  # the header, which has no line
    return Slip(doubled[0], "this message stands in the file twice", "keep one of the two") if doubled else None


def _broken_header(lines: list[str]) -> Slip | None:
    """What is wrong with the header's plural forms, as far as their words tell it."""
    told = next((line for line in lines if line.startswith(_PLURALS)), "")
    return _broken_plurals(lines) if told and not _FORMS.search(told) else None


def _broken_plurals(lines: list[str]) -> Slip:
    """What is wrong with plural forms that do not work."""
    number = next((number for number, line in enumerate(lines, 1) if line.startswith(_PLURALS)), 1)
    message = 'the header "Plural-Forms" does not give a form for every number'
    return Slip(number, message, 'write it as "Plural-Forms: nplurals=2; plural=(n != 1);\\n"')


def has_plurals(catalogue: Catalog) -> bool:
    """Whether the catalogue's plural gives one of its forms for every number."""
    try:
        form = c2py(catalogue.plural_expr)
        return all(0 <= form(count) < catalogue.num_plurals for count in _COUNTS)
    except (ArithmeticError, ValueError, TypeError, RecursionError):
        return False
