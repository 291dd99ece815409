"""The rules' patterns as browsers read them: the same language but for words, digits and capitals."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from generator.rules import minors, privacy, urls
from generator.source.characters import FORBIDDEN

WORD = r"\p{L}\p{N}_"
"""Letters, digits and the underscore, as Python's patterns know them in every script."""
EDGE = f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))"
PART = re.compile(
    r"\\U(?P<wide>[0-9a-f]{8})|\\(?P<escape>.)|(?P<open>\[\^?\]?)|(?P<close>\])"
    r"|\(\?i:(?P<any>[^()]*)\)|\(\?P<(?P<name>\w+)>"
)
EVERYWHERE = {"d": r"\p{Nd}", '"': '"', "'": "'"}
OUTSIDE: Mapping[str, str] = MappingProxyType({**EVERYWHERE, "w": f"[{WORD}]", "W": f"[^{WORD}]", "b": EDGE, "-": "-"})
INSIDE: Mapping[str, str] = MappingProxyType({**EVERYWHERE, "w": WORD})
PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {**privacy.PATTERNS, **minors.PATTERNS, **urls.PATTERNS, "unseen": FORBIDDEN}
)


def looks() -> dict[str, list[str]]:
    """Every pattern that the forms look for, as [source, flags] of a JavaScript regular expression."""
    return {name: [source(pattern.pattern), flags(pattern)] for name, pattern in PATTERNS.items()}


def flags(pattern: re.Pattern[str]) -> str:
    """The flags of the pattern in JavaScript."""
    return "iu" if pattern.flags & re.IGNORECASE else "u"


def source(pattern: str) -> str:
    """A pattern of Python in JavaScript, under the flag `u`; ValueError where the two cannot mean the same."""
    made, at, is_inside = [], 0, False
    for found in PART.finditer(pattern):
        made.append(pattern[at : found.start()])
        at = found.end()
        if found["open"]:
            made.append(r"\[" if is_inside else found["open"].replace("]", r"\]"))
            is_inside = True
        elif found["close"]:
            is_inside = False
            made.append("]")
        else:
            made.append(_translated(found, is_inside=is_inside))
    return "".join((*made, pattern[at:]))


def _translated(found: re.Match[str], *, is_inside: bool) -> str:
    """An escape, a group in letters of either case, a rare character, or the beginning of a named group."""
    if found["any"] is not None:
        return "(?:" + re.sub("[a-z]", lambda letter: f"[{letter[0]}{letter[0].upper()}]", found["any"]) + ")"
    if found["wide"]:
        return f"\\u{{{found['wide'].lstrip('0')}}}"
    if found["name"]:
        return f"(?<{found['name']}>"
    if is_inside and found["escape"] in "WDSBb":
        raise ValueError(f"no JavaScript for {found[0]} in brackets")
    return (INSIDE if is_inside else OUTSIDE).get(found["escape"], found[0])
