"""The file of a form that came by e-mail: below words for people, quoted perhaps, above a signature, or attached."""

import re
from dataclasses import dataclass

from generator.nominations.mail import END, Letter, read_letter

LETTERS = (".eml", ".txt")
"""Endings of files that hold an e-mail, or its text."""
FIRST = re.compile(r"^(?:# yaml-language-server: \S.*|proposal: (?:new-program|change)\s*)$", re.MULTILINE)
QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
INDENT = re.compile(r"^[ \u00a0]*\u00a0[ \u00a0]*", re.MULTILINE)
"""Mail programs write spaces at the beginning of a line as spaces that do not break."""
SIGNATURE = re.compile(r"(?<=\n)[ \t]*\n+(?![a-z_]+:(?: |$)|[ \n#])", re.MULTILINE)
"""Only a line beside the margin after an empty one: a line that was broken on the way is no end."""
FILES = (".yml", ".yaml")
KEY = re.compile(r"[a-z_]+:(?: |$)")
NARROWEST = 60
"""Characters at which no mail program breaks a line yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a form has written, and the lines of the e-mail's text on which it stands, or the attached file's name.

    `joined` counts the lines that were broken on the way.
    """

    text: str | bytes
    first: int = 1
    last: int = 1
    file: str = ""
    joined: int = 0


def found_in(content: bytes) -> Found | None:
    """What a form has written into an e-mail; None when there is nothing of it."""
    letter = read_letter(content, files=FILES)
    if letter is None:
        return None
    return _in_text(letter.text) or _attached(letter)


def _attached(letter: Letter) -> Found | None:
    """The attached file of a form."""
    if letter.attached is None:
        return None
    name, content = letter.attached
    return Found(text=content, file=name)


def _in_text(written: str) -> Found | None:
    """The file of a form in the text of an e-mail."""
    text = QUOTED.sub("", written.replace("\r", "\n"))
    text = INDENT.sub(lambda indent: " " * len(indent[0]), text)
    first = FIRST.search(text)
    if first is None:
        return None
    ends = (end.start() for end in (END.search(text, first.end()), SIGNATURE.search(text, first.end())) if end)
    form = text[first.start() : min(ends, default=len(text))].rstrip() + "\n"
    above = text.count("\n", 0, first.start())
    whole = _joined(form)
    lost = form.count("\n") - whole.count("\n")
    return Found(text=whole, first=above + 1, last=above + form.count("\n"), joined=lost)


def _joined(form: str) -> str:
    """The text of a form with the lines whole that a mail program has broken.

    A form writes nothing beside the margin but keys. So what stands there after a line with no room for its first word
    is the rest of that line. Any other is left as it is, for the loader to refuse.
    """
    lines: list[str] = []
    before = ""
    for line in form.split("\n"):
        is_rest = line and before and not line.startswith(" ") and not KEY.match(line)
        if is_rest and len(f"{before} {line.split()[0]}") > NARROWEST:
            lines[-1] = f"{lines[-1].rstrip()} {line}"
        else:
            lines.append(line)
        before = line
    return "\n".join(lines)
