"""Records as YAML text in house style: block layout, quotation marks only where needed, short lists on one line."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

from generator.text import nfc

WIDTH = 100  # columns; longer text is folded, longer lists get a line an item
ITEM_LIMIT = 40  # characters of an item in a list on one line
CODE_LIMIT = 24  # characters of a value in a mapping on one line
PAIR_LIMIT = 4  # keys of a mapping on one line

_INDICATORS = r"\s\-?:,\[\]{}#&*!|>'\"%@`"
_PLAIN = re.compile(rf"[^{_INDICATORS}](?:[^\s:#]|:(?=\S)|(?<=\S)#| )*(?<! )")
_PLAIN_IN_FLOW = re.compile(rf"[^{_INDICATORS}](?:[^\s:#,\[\]{{}}]|:(?=\S)|(?<=\S)#| )*(?<! )")
# Text that readers of YAML 1.2 take for a number or nothing, and older ones for true or false.
_NOT_TEXT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:e[-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-f]+|[-+]?\.inf|\.nan"
    r"|~|null|true|false|yes|no|on|off|y|n",
    re.IGNORECASE,
)
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def serialize(record: dict[str, Any], *, schema: str = "") -> str:
    """The record as a YAML file, keys in the order given; `schema` is the path for editors in the first line.

    Values are text, numbers, booleans, dates, lists and dictionaries. Reading the file back gives the same texts, in
    Unicode's composed form (NFC), and for other values the text that the schema turns into them.
    Raises TypeError for a value that no record can hold.
    """
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    _entries(lines, record, "")
    return "\n".join((*lines, "" if record else "{}\n"))


def entries(record: dict[str, Any], *, indent: int = 0) -> str:
    """The keys and values of a mapping as lines of YAML, `indent` columns in; without a first line for editors."""
    lines: list[str] = []
    _entries(lines, record, " " * indent)
    return "".join(f"{line}\n" for line in lines)


def items(values: Sequence[Any], *, indent: int = 0) -> str:
    """The items of a list as lines of YAML, each after its dash, `indent` columns in."""
    lines: list[str] = []
    _items(lines, values, " " * indent)
    return "".join(f"{line}\n" for line in lines)


def _entries(lines: list[str], mapping: dict[str, Any], indent: str) -> None:
    for key, value in mapping.items():
        _value(lines, f"{indent}{_key(key)}:", value, indent)


def _value(lines: list[str], lead: str, value: Any, indent: str) -> None:
    """Add the lines of a value after its lead (`name:` or `-`); `indent` is that of the lead's line."""
    if isinstance(value, str):
        _text(lines, lead, value, indent)
    elif isinstance(value, dict):
        if (line := _flow_mapping(value, WIDTH - len(lead) - 1)) is not None:
            lines.append(f"{lead} {line}")
        else:
            lines.append(lead)
            _entries(lines, value, f"{indent}  ")
    elif isinstance(value, (list, tuple)):
        if (line := _flow_list(value, WIDTH - len(lead) - 1)) is not None:
            lines.append(f"{lead} {line}")
        else:
            lines.append(lead)
            _items(lines, value, f"{indent}  ")
    else:
        lines.append(f"{lead} {_scalar(value)}")


def _items(lines: list[str], values: Sequence[Any], indent: str) -> None:
    for value in values:
        if isinstance(value, dict) and _flow_mapping(value, WIDTH - len(indent) - 2) is None:
            first = len(lines)
            _entries(lines, value, f"{indent}  ")
            lines[first] = f"{indent}- {lines[first].lstrip(' ')}"
        else:
            _value(lines, f"{indent}-", value, indent)


def _flow_list(values: Sequence[Any], room: int) -> str | None:
    """A list on one line, or None when it is too long or holds more than short texts and numbers."""
    items: list[str] = []
    for value in values:
        if isinstance(value, str) and len(value) <= ITEM_LIMIT and (shown := _in_flow(value)):
            items.append(shown)
        elif isinstance(value, (str, dict, list, tuple)):
            return None
        else:
            items.append(_scalar(value))
    line = f"[{', '.join(items)}]"
    return line if len(line) <= room else None


def _flow_mapping(values: dict[str, Any], room: int) -> str | None:
    """A mapping of a few codes and numbers on one line, or None when it holds more than that."""
    if len(values) > PAIR_LIMIT:
        return None
    pairs: list[str] = []
    for key, value in values.items():
        if isinstance(value, str):
            shown = _in_flow(value) if len(value) <= CODE_LIMIT and " " not in value else ""
            if not shown:
                return None
        elif isinstance(value, (dict, list, tuple)):
            return None
        else:
            shown = _scalar(value)
        pairs.append(f"{_key(key)}: {shown}")
    line = f"{{{', '.join(pairs)}}}"
    return line if len(line) <= room else None


def _scalar(value: object) -> str:
    """A number, boolean or date as the schema reads it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float) and isfinite(value):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    raise TypeError(f"a record holds text, numbers, lists and mappings, not {value!r}")


def _text(lines: list[str], lead: str, text: str, indent: str) -> None:
    """Add a text after its lead: on the same line, folded below it, or line for line below it."""
    if "\n" in text:
        lines.extend(_paragraphs(lead, nfc(text), indent))
    elif len(lead) + 1 + len(text) > WIDTH and _can_fold(text):
        lines.append(f"{lead} >-")
        lines.extend(_folded(nfc(text), f"{indent}  "))
    else:
        lines.append(f"{lead} {_on_one_line(text)}")


def _can_fold(text: str) -> bool:
    """Whether line breaks in the place of single spaces come back as these spaces."""
    return " " in text and "  " not in text and "\r" not in text and not text.startswith(" ") and not text.endswith(" ")


def _folded(text: str, indent: str) -> Iterator[str]:
    """The words of the text on lines that fit."""
    line = indent
    for word in text.split(" "):
        if len(line) > len(indent) and len(line) + len(word) >= WIDTH:
            yield line.rstrip(" ")
            line = indent
        line += word if len(line) == len(indent) else f" {word}"
    yield line


def _paragraphs(lead: str, text: str, indent: str) -> Iterator[str]:
    """Text of several lines as it stands, or quoted where spaces at the edges would be lost."""
    body = text.removesuffix("\n")
    lines = body.split("\n")
    if not lines[0] or not lines[-1] or lines[0].startswith(" ") or "\r" in text or any(map(_ends_blank, lines)):
        yield f"{lead} {_escaped(text)}"
        return
    yield f"{lead} |" if text.endswith("\n") else f"{lead} |-"
    yield from (f"{indent}  {line}" if line else "" for line in lines)


def _ends_blank(line: str) -> bool:
    return line.endswith(" ")


@lru_cache(maxsize=4096)
def _key(key: str) -> str:
    return key if _is_plain(key, _PLAIN_IN_FLOW) else _quoted(key)


@lru_cache(maxsize=65_536)
def _on_one_line(text: str) -> str:
    text = nfc(text)
    return text if _is_plain(text, _PLAIN) and not _NOT_TEXT.fullmatch(text) else _quoted(text)


@lru_cache(maxsize=65_536)
def _in_flow(text: str) -> str:
    """The text inside brackets; empty when it needs more than quotation marks."""
    text = nfc(text)
    if not text.isprintable():
        return ""
    return text if _is_plain(text, _PLAIN_IN_FLOW) and not _NOT_TEXT.fullmatch(text) else _quoted(text)


def _is_plain(text: str, pattern: re.Pattern[str]) -> bool:
    """Whether the text needs no quotation marks to be read as this text."""
    return pattern.fullmatch(text) is not None and not text.startswith("...")


def _quoted(text: str) -> str:
    """The text in the marks that leave it most as it is."""
    has_line_end = "\n" in text or "\r" in text
    has_escape = '"' in text or "\\" in text
    return _escaped(text) if has_line_end or not has_escape else "'" + text.replace("'", "''") + "'"


def _escaped(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'
