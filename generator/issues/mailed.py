"""The file of a form that stands in an e-mail: below words for people, quoted perhaps, above a signature."""

import re
from dataclasses import dataclass

from generator.nominations.mail import END, read_letter

LETTERS = (".eml", ".txt")
"""Endings of files that hold an e-mail, or its text."""
FIRST = re.compile(r"^(?:# yaml-language-server: \S.*|proposal: (?:new-program|change)\s*)$", re.MULTILINE)
QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
INDENT = re.compile(r"^[ \u00a0]*\u00a0[ \u00a0]*", re.MULTILINE)
"""Mail programs write spaces at the beginning of a line as spaces that do not break."""
SIGNATURE = re.compile(r"(?<=\n)[ \t]*\n+(?![a-z_]+:(?: |$)|[ \n#])", re.MULTILINE)
"""Only a line beside the margin after an empty one: a line that was broken on the way is no end, but a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a form has written, and the lines of the e-mail's text on which it stands."""

    text: str
    first: int
    last: int


def found_in(content: bytes) -> Found | None:
    """What a form has written into an e-mail; None when there is nothing of it."""
    letter = read_letter(content)
    if letter is None:
        return None
    text = QUOTED.sub("", letter.text.replace("\r", "\n"))
    text = INDENT.sub(lambda indent: " " * len(indent[0]), text)
    first = FIRST.search(text)
    if first is None:
        return None
    ends = (end.start() for end in (END.search(text, first.end()), SIGNATURE.search(text, first.end())) if end)
    form = text[first.start() : min(ends, default=len(text))].rstrip() + "\n"
    above = text.count("\n", 0, first.start())
    return Found(text=form, first=above + 1, last=above + form.count("\n"))
