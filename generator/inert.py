"""Strangers' words inside Markdown for GitHub: shown as they are, and nothing else happens.

Inside a code span GitHub makes no link of an address, of @somebody, of #123 or of a commit, and no HTML or picture.
https://github.github.com/gfm/#code-spans
"""

import re

from generator.text import excerpt, visible

LONGEST = 600
"""Characters of one value that are shown."""
SHOWN_AS = str.maketrans({"|": "¦"})
"""A pipe ends a cell of a table, even in a code span and behind a backslash."""


def code(text: str, *, longest: int = LONGEST) -> str:
    """The text on one line as a code span, cut to `longest` characters; empty for nothing but spaces."""
    line = visible(excerpt(text, longest)).translate(SHOWN_AS)
    if not line.strip():
        return ""
    fence = "`" * (max(map(len, re.findall(r"`+", line)), default=0) + 1)
    edge = " " if line[0] in "` " or line[-1] in "` " else ""
    return f"{fence}{edge}{line}{edge}{fence}"
