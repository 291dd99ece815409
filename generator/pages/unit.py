"""What is rendered: a page of every language, together with everything that decides what it says."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import msgspec
from jinja2 import Environment

from generator.pages.cards import Pile, Whole
from generator.pages.page import Page
from generator.pages.slots import Slots

Render = Callable[[Any, Slots, Environment], Page]
"""A function of a module that makes a page for all languages of a view."""
DIGEST_SIZE = 16


class Data:
    """The content of a file that is no page; `digest` stands for it."""

    __slots__ = ("content", "digest")

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.digest = blake2b(content, digest_size=DIGEST_SIZE).digest()


def file_unit(address: str, content: Render, view: Any, speaks: tuple[str, ...]) -> "Unit":
    """A file that every language has of its own; `content` makes it as the body of a page without a frame."""
    return Unit(address=address, page=content, view=view, speaks=speaks, is_listed=False, is_file=True)


def data_unit(address: str, content: bytes) -> "Unit":
    """A file that all languages share."""
    return Unit(address=address, page=None, view=Data(content), is_in_one_language=True, is_listed=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One page in every language.

    `address` comes after the language (`partners/river-food-bank/`); `view` holds all that `page` may show, as records,
    tuples, texts and numbers; `speaks` are the addresses of the records whose texts the page says in each language. Two
    units with the same key give the same page, as long as the software and what all pages share stay the same. A page
    `is_in_one_language` when the site has it in its first language only; `address` is its path then. One that is not
    `is_listed` stays out of the sitemap. One that `is_file` has no frame: the body that its function makes is the whole
    file, at `address` below each language. Without `page` it is no page, but a file of all languages: the `Data` of its
    view, written to `address`.
    """

    address: str
    page: Render | None
    view: Any
    speaks: tuple[str, ...] = ()
    is_in_one_language: bool = False
    is_listed: bool = True
    is_file: bool = False

    def paths(self, languages: Sequence[str]) -> tuple[str, ...]:
        """Where its pages are written, relative to the site's root: one for each language of the site."""
        if self.is_in_one_language:
            return (self.address,)
        name = "" if self.is_file else "index.html"
        return tuple([f"{language}/{self.address}{name}" for language in languages])

    def key(self, spoken: Callable[[str], bytes]) -> bytes:
        """A digest of all that decides the page; `spoken` gives the digest of a record's translations."""
        made_by = f"{self.page.__module__}.{self.page.__qualname__} " if self.page else ""
        seen = blake2b(made_by.encode(), digest_size=DIGEST_SIZE)
        seen.update(ENCODER.encode(self.view))
        for record in self.speaks:
            seen.update(spoken(record))
            seen.update(b"/")
        return seen.digest()


def encoded(value: Any) -> Any:
    """What stands for a value that is no record: cards are known by the digest of what they show."""
    if isinstance(value, Pile | Whole | Data):
        return value.digest
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"a view cannot hold {type(value).__name__}")


ENCODER = msgspec.msgpack.Encoder(enc_hook=encoded)
