"""Data as JSON in pages and files: addresses, words that each language says later, nothing that ends an element."""

import re
from typing import cast

import msgspec
from jinja2 import Environment
from markupsafe import Markup
from msgspec import Raw

from generator.languages import ENGLISH, Words
from generator.model import District
from generator.pages.slots import Slots
from generator.pages.speaker import Speaker

SIGNS = "<>&\u2028\u2029"
"""Signs that can end a script or a comment, or break a line in it; JSON has them inside texts only."""
HARMFUL = re.compile(f"[{SIGNS}]")
HARMLESS = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in SIGNS})
ENCODER = msgspec.json.Encoder()


def district_of(templates: Environment) -> District:
    """The district that the templates know."""
    return cast(District, templates.globals["district"])


def site_of(district: District) -> str:
    """Where the site is, ending in a slash; empty while nobody knows."""
    return f"{district.site_url.rstrip('/')}/" if district.site_url else ""


def name_of(site: str, rest: str) -> Raw | None:
    """What a thing is called wherever it is spoken of, in every language: its page in English, and a mark."""
    return Raw(harmless(f"{site}{ENGLISH}/{rest}#about").encode()) if site else None


def address(site: str, rest: str, slots: Slots) -> Raw | None:
    """The address of a page in the language of whoever reads the data."""
    return Raw(f"{harmless(site)[:-1]}{slots.language}{harmless(f'/{rest}')[1:]}".encode()) if site else None


def code_in_data(code: str) -> Raw:
    """The code of a language, which needs no escaping."""
    return Raw(f'"{code}"'.encode())


def spoken_as(words: Words | str, slots: Slots) -> Raw | None:
    """What stands for words in the data until each language says its own."""
    if not isinstance(words, Words):
        return Raw(slots.kept(text_in_data, words).encode())
    return Raw(slots.slot(words_in_data, words).encode()) if words else None


def words_in_data(speaker: Speaker, words: Words) -> Markup:
    """The text of a record as JSON; in another language than its page, it says in which."""
    if words.language == speaker.language:
        return Markup(harmless(words.text))
    return Markup(harmless({"@language": words.language, "@value": words.text}))


def text_in_data(speaker: Speaker, text: str) -> Markup:
    """The interface's words as JSON."""
    return Markup(harmless(text))


def harmless(value: object) -> str:
    """The value as JSON in which nothing can end the element that it stands in; numbers that are none are null."""
    text = ENCODER.encode(value).decode()
    return text.translate(HARMLESS) if HARMFUL.search(text) else text
