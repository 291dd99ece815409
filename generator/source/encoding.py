"""The text of a file's bytes, or why they are not text."""

from __future__ import annotations

import codecs

from generator.problems import Place, Problem

_SAVE_AS_UTF8 = 'Save the file as "UTF-8" (in Excel: "CSV UTF-8"; in Notepad: Save as, Encoding).'
# UTF-32's mark begins like UTF-16's, so it comes first.
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def decode(content: bytes, *, path: str) -> str | Problem:
    """The bytes as strict UTF-8 without a byte order mark; nothing is guessed."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            hint = 'Save the file as "UTF-8", without a byte order mark (BOM).'
            at = Place(path=path, line=1, column=1)
            return Problem(at=at, rule="not-utf8", message=f"the file is saved as {name}, not as UTF-8", hint=hint)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as failure:
        return _problem(content, failure.start, path)


def _problem(content: bytes, index: int, path: str) -> Problem:
    line_start = content.rfind(b"\n", 0, index) + 1
    line_end = content.find(b"\n", index)
    line = content[line_start : line_end if line_end >= 0 else len(content)]
    column = len(content[line_start:index].decode("utf-8")) + 1
    return Problem(
        at=Place(path=path, line=content.count(b"\n", 0, index) + 1, column=column),
        rule="not-utf8",
        message=f"the byte 0x{content[index]:02X} is not UTF-8{_guess(content[index : index + 1])}",
        hint=_SAVE_AS_UTF8,
        excerpt=line.decode("utf-8", "backslashreplace").removesuffix("\r"),
        width=4,  # the byte is shown as \xE9
    )


def _guess(byte: bytes) -> str:
    letter = byte.decode("cp1252", "replace")
    return f' (it would be "{letter}" in a Windows-1252 file)' if letter.isalpha() else ""
