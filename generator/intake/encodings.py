"""Lines of text out of the bytes of a file, and what cannot be read of them."""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO

from generator.problems import SetupError
from generator.text import excerpt

ENCODINGS = ("utf-8", "utf-16", "windows-1252", "mixed")
LINE_LIMIT_BYTES = 4_000_000


@dataclass(slots=True)
class Lines:
    """The lines of a file, one after the other; `faults` and `notes` are by line, from 1, filled as lines are read."""

    encoding: str
    faults: dict[int, str] = field(default_factory=dict)
    notes: dict[int, str] = field(default_factory=dict)
    _number: int = 0
    _strange: int = 0  # lines that are not UTF-8
    _usual: int = 0  # lines with letters in UTF-8 that ASCII does not have
    _reading: str = ""  # the first word that is not UTF-8, as Windows-1252 has it

    def of(self, file: IO[bytes], name: str) -> Iterator[str]:
        """Every line with its end; raises SetupError where the file is no text at all."""
        if self.encoding == "utf-16":
            yield from _of_utf16(file, name)
            return
        while raw := file.readline(LINE_LIMIT_BYTES + 1):
            self._number += 1
            if len(raw) > LINE_LIMIT_BYTES:
                raise SetupError(f"{name}:{self._number}: this line is longer than {LINE_LIMIT_BYTES:,} bytes")
            if b"\x00" in raw:
                raise SetupError(f"{name}:{self._number}: this is no text file: it holds NUL characters")
            yield self._decoded(raw.removeprefix(codecs.BOM_UTF8) if self._number == 1 else raw)

    def advice(self) -> str:
        """What the lines so far say of the encoding of the whole file, where they are not what was told."""
        if not self._strange or self.encoding != "utf-8":
            return ""
        if self._usual:
            few = f"Lines that are not UTF-8, while others are: {self._strange:,}"
            return f"{few}. Say --encoding mixed to repair and name them"
        if not self._reading:
            return "The letters are neither UTF-8 nor Windows-1252: save the file as CSV UTF-8 where it comes from"
        return (
            f"The whole file may be Windows-1252: then it holds “{self._reading}”. If that word is right, say "
            "--encoding windows-1252; if not, save the file as CSV UTF-8 where it comes from"
        )

    def _decoded(self, raw: bytes) -> str:
        if self.encoding == "windows-1252":
            try:
                return raw.decode("cp1252")
            except UnicodeDecodeError as failure:
                self.faults[self._number] = f"the byte 0x{raw[failure.start]:02X} stands for nothing in Windows-1252"
                return raw.decode("cp1252", "replace")
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as failure:
            return self._not_utf8(raw, failure.start)
        if text.isascii():
            return text
        self._usual += 1
        return self._unspoiled(text)

    def _not_utf8(self, raw: bytes, start: int) -> str:
        self._strange += 1
        self._reading = self._reading or western_word(raw, start)
        if self.encoding == "mixed":
            try:
                text = raw.decode("cp1252")
            except UnicodeDecodeError:
                text = ""
            if text:
                self.notes[self._number] = "read as Windows-1252, because it is not UTF-8"
                return text
        self.faults[self._number] = f"it is not UTF-8: the byte 0x{raw[start]:02X} cannot be read"
        return raw.decode("utf-8", "replace")

    def _unspoiled(self, text: str) -> str:
        """The line with UTF-8 that somebody read as Windows-1252 put right, or the line and a fault."""
        spoilt = {word: right for word in text.split() if not word.isascii() and (right := mended(word))}
        if not spoilt:
            return text
        if self.encoding != "mixed":
            first = next(iter(spoilt))
            self.faults[self._number] = f'it was once read in a wrong encoding ("{excerpt(first, 20)}")'
            return text
        for word, right in spoilt.items():
            text = text.replace(word, right)
        self.notes[self._number] = "letters of a wrong encoding were put right"
        return text


def western_word(raw: bytes, at: int) -> str:
    """The word around a byte that is not UTF-8, as Windows-1252 has it; empty where that makes no word."""
    try:
        text = raw[:at].decode("ascii", "replace") + raw[at:].decode("cp1252")
    except UnicodeDecodeError:
        return ""
    start, end = at, at
    while start and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end].isalpha():
        end += 1
    word = text[start:end]
    return excerpt(word, 30) if word and sum(not letter.isascii() for letter in word) * 2 <= len(word) else ""


def mended(word: str) -> str:
    """The word that was meant where UTF-8 was read as Windows-1252, as in "NiÃ±ez"; empty when it is right."""
    try:
        right = word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return ""
    return right if right != word and right.isprintable() else ""


def _of_utf16(file: IO[bytes], name: str) -> Iterator[str]:
    reader = io.TextIOWrapper(file, encoding="utf-16", newline="")
    try:
        yield from reader
    except UnicodeError as failure:
        raise SetupError(f"{name}: this is not UTF-16; save the file as CSV UTF-8") from failure
    finally:
        reader.detach()


def refuse_other_encodings(head: bytes, name: str, encoding: str) -> None:
    """Raise SetupError for a file that begins with nothing, or in an encoding that nobody has named."""
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise SetupError(f"{name}: this file is empty")
    is_wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if is_wide and encoding != "utf-16":
        hint = "save it as CSV UTF-8, or add --encoding utf-16"
        raise SetupError(f"{name}: this file is saved as UTF-16 (Excel's “Unicode text”); {hint}")
    if not is_wide and _looks_wide(head):
        raise SetupError(f"{name}: this file looks like UTF-16 without its mark; save it as CSV UTF-8")
    if encoding == "utf-16" and not is_wide:
        raise SetupError(f"{name}: this file does not begin as UTF-16 does; leave --encoding out")


def _looks_wide(head: bytes) -> bool:
    """Whether every second byte of Latin text is NUL."""
    return len(head) > 3 and (not any(head[1:40:2]) or not any(head[0:40:2]))
