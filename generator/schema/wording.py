"""The words for a value that does not have the right form: what is wrong, and what to write instead."""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from generator.objections import OBJECTIONS
from generator.text import excerpt, slugify, visible

SHOWN = 60  # characters of a value that a message repeats

# By the schema's "format": what the value is not.
NOUNS: Mapping[str, str] = MappingProxyType(
    {
        "slug": "a slug",
        "web-address": "a web address",
        "phone-number": "a phone number",
        "email-address": "an e-mail address",
        "calendar-date": "a date",
        "partial-date": "a date, a month or a year",
        "local-time": "a time of day",
        "local-date-time": "a date with a time",
        "school-year": "a school year",
        "time-zone": "a time zone",
        "consent-number": "the number of a consent form",
        "nomination-number": "the number of a nomination",
        "picture-file": "the file name of a picture",
        "fingerprint": "a fingerprint",
        "script-code": "the code of a script",
        "term-id": "an id",
        "phrase": "a word or a phrase",
        "field-path": "the name of a field",
        "mark": "one to three characters",
        "age-key": "a public key of age",
        "key-part": "a part of a key",
        "chance": "hexadecimal digits",
    }
)

# By the schema's "format": what to write, before the example.
ADVICE: Mapping[str, str] = MappingProxyType(
    {
        "slug": "use small letters, digits and single hyphens",
        "web-address": "write the whole address, without spaces, quotation marks or a user name",
        "phone-number": "use digits, spaces, hyphens, dots and brackets, and ext. 5 at the end for an extension",
        "email-address": "write the address alone",
        "calendar-date": "write year-month-day",
        "partial-date": "write year-month-day, or less of it",
        "local-time": "use the 24-hour clock",
        "local-date-time": "write the date, a T, and the time on the 24-hour clock",
        "school-year": "write two years that follow each other",
        "time-zone": "use a name from the IANA list",
        "picture-file": "use small letters, digits and hyphens, then .png, .jpg or .webp",
        "fingerprint": "ask for it: partners show KIND SLUG --language",
        "term-id": "use letters, digits and single hyphens",
        "phrase": "do not begin with a space",
        "field-path": "write small letters, with dots between a field and those around it",
        "age-key": "it begins with age1, and age-keygen prints it",
        "key-part": "it has 43 letters, digits, hyphens and low lines; partners nominations key --show prints it",
        "chance": "leave them as they were",
    }
)

_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "string": "text",
        "array": "a list",
        "object": "a set of fields",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
    }
)
_JSON_TYPES: Mapping[type, str] = MappingProxyType({str: "text", list: "a list", dict: "a set of fields"})
_PLAIN = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ./+'-]|,(?= )|:(?=/))*", re.ASCII)


def objected(what: str, /, **values: object) -> tuple[str, str]:
    """The words of an objection with its gaps filled: what is wrong, and what to do."""
    objection = OBJECTIONS[what]
    return objection.message % values, objection.hint % values


def quoted(value: Any) -> str:
    """The value in quotation marks, cut to a length that a message can hold, everything in it visible."""
    return f'"{excerpt(visible(str(value)), SHOWN)}"'


def kind_wanted(schema: Mapping[str, Any]) -> str:
    """The words for what the schema wants: "a list"."""
    return _KINDS.get(schema.get("type", ""), "something else")


def kind_given(value: Any) -> str:
    """The words for what stands there: "text"."""
    return _JSON_TYPES.get(type(value), "a number")


def noun(schema: Mapping[str, Any]) -> str:
    """What a text of the schema's form is: "a web address"."""
    return NOUNS.get(schema.get("format", ""), "in the right form")


def wrong_form(value: str, schema: Mapping[str, Any]) -> tuple[str, str]:
    """What is wrong with a text that does not have the form its schema asks for, and what to write instead."""
    form = schema.get("format", "")
    if form in ("line", "prose"):
        return _wrong_text(value, is_line=form == "line")
    if form in ("calendar-date", "partial-date", "local-date-time") and re.match(schema["pattern"], value):
        return objected("no-such-day", value=quoted(value))
    message = f"{quoted(value)} is not {noun(schema)}"
    better = _better(value, form)
    if better:
        return message, f'did you mean "{better}"?'
    advice = ADVICE.get(form, "")
    return message, ", ".join(
        filter(None, (advice, f"for example: {example_value(schema)}" if _has_example(schema) else ""))
    )


def _wrong_text(value: str, *, is_line: bool) -> tuple[str, str]:
    if not any(letter.isalnum() for letter in value):
        return objected("no-words", value=quoted(value))
    if is_line and "\n" in value.strip("\n"):
        return objected("several-lines")
    if is_line and "\n" in value:
        return "this text ends with a line break", 'write it on the line of its name, without "|" or ">"'
    return objected("strange-character")


def _better(value: str, form: str) -> str:
    """What the value should have been, where that is certain enough; "" otherwise."""
    if form == "slug":
        return slugify(value)
    if form == "web-address" and re.fullmatch(
        r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[\w./-]*)?", value, re.ASCII | re.IGNORECASE
    ):
        return f"https://{value}"
    if form == "email-address" and re.fullmatch(r"mailto:[\w.+-]+@[\w.-]+", value, re.ASCII):
        return value.removeprefix("mailto:")
    return _better_time(value) if form == "local-time" else ""


def _better_time(value: str) -> str:
    """The 24-hour form of "3:30 pm", "9am" or "9:15"; "" when it is none of them."""
    found = re.fullmatch(r"(1[0-2]|0?[0-9])(?:[:.]([0-5][0-9]))? ?(?:([ap])\.?m\.?)?", value.lower(), re.ASCII)
    if not found or not (found[2] or found[3]):
        return ""
    hour = int(found[1])
    if found[3]:
        hour = hour % 12 + (12 if found[3] == "p" else 0)
    return f"{hour:02}:{found[2] or '00'}"


def _has_example(schema: Mapping[str, Any]) -> bool:
    return bool(schema.get("examples"))


def example_value(schema: Mapping[str, Any]) -> str:
    """The schema's first example as one would write it in YAML, on one line."""
    return as_yaml(schema["examples"][0])


def example_line(name: str, schema: Mapping[str, Any]) -> str:
    """A field with its first example, as one would write it in YAML: "founded: 1987"."""
    return f"{name}: {example_value(schema)}" if _has_example(schema) else f"{name}: …"


def as_yaml(value: Any) -> str:
    """The value as YAML on one line; texts are quoted unless they are plain words."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {as_yaml(below)}" for name, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_yaml, value)) + "]"
    if isinstance(value, str) and _PLAIN.fullmatch(value) and "," not in value:
        return value
    return json.dumps(value, ensure_ascii=False)
