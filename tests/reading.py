"""A built page as a reader's device takes it: every text, and the language, direction and marks that hold there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

from generator.search import facets

FACETS = frozenset(facet.key for facet in facets.FACETS)
VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
UNSEEN = frozenset(("script", "style", "title", "svg"))
SPOKEN = ("alt", "aria-label", "placeholder", "title")
"""Attributes that are read to people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What holds inside an element: its language and direction, whether it is a name (`translate="no"`), and whether
    something keeps its direction apart from the words around the page's own."""

    tag: str = ""
    language: str = ""
    direction: str = "ltr"
    is_name: bool = False
    is_isolated: bool = False
    is_seen: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A text, or an attribute that is read aloud, and what holds there."""

    text: str
    at: Place
    line: int
    attribute: str = ""


class Reader(HTMLParser):
    """Collects what a page says; `turned` are the elements whose language runs the other way without a `dir`."""

    def __init__(self, rtl: frozenset[str]) -> None:
        super().__init__()
        self.rtl = rtl
        self.places = [Place()]
        self.said: list[Said] = []
        self.turned: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        given = {name: value or "" for name, value in attrs}
        place = self.place(tag, given)
        self.said += [
            Said(text=given[name], at=place, line=self.getpos()[0], attribute=name)
            for name in SPOKEN
            if given.get(name) and place.is_seen
        ]
        if tag not in VOID:
            self.places.append(place)

    def place(self, tag: str, given: dict[str, str]) -> Place:
        """What holds inside an element with these attributes."""
        outer = self.places[-1]
        language = given.get("lang", outer.language)
        own = given.get("dir", "")
        is_apart = bool(own) or tag == "bdi"  # which goes by the first letter in it
        if language != outer.language and not is_apart and (language in self.rtl) != (outer.direction == "rtl"):
            self.turned.append(f"line {self.getpos()[0]}: <{tag} lang={language}>")
        return replace(
            outer,
            tag=tag,
            language=language,
            direction=own if own in ("ltr", "rtl") else outer.direction,
            is_name=given["translate"] == "no" if "translate" in given else outer.is_name,
            is_isolated=outer.is_isolated or tag == "bdi" or bool(own and outer.language),
            is_seen=outer.is_seen and tag not in UNSEEN,
        )

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while len(self.places) > 1 and self.places.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take a text; what a script reads as JSON is none."""
        is_data = self.places[-1].tag == "template" and data.lstrip().startswith("{")
        if data.strip() and self.places[-1].is_seen and not is_data:
            self.said.append(Said(text=data.strip(), at=self.places[-1], line=self.getpos()[0]))


def read_page(path: Path, rtl: frozenset[str] = frozenset(("ar", "ar-XB"))) -> Reader:
    """What a page says; `rtl` are the languages that run from right to left."""
    reader = Reader(rtl)
    reader.feed(path.read_text("utf-8"))
    reader.close()
    return reader


def pages_of(site: Path, language: str) -> Iterator[Path]:
    """Every page of a language but those at former addresses, in the order of their paths."""
    for path in sorted(site.glob(f"{language}/**/*.html")):
        if 'http-equiv="refresh"' not in path.read_text("utf-8"):
            yield path


def one_of_each_kind(site: Path, language: str) -> Iterator[str]:
    """The address of one page of each kind: of each first folder and depth (facets are one kind), and of the root.

    Pages at former addresses are left out: they are gone before anybody can look at them.
    """
    yield from ("", "404.html")
    seen: set[tuple[str, int]] = set()
    for path in sorted(site.glob(f"{language}/**/index.html")):
        address = path.parent.relative_to(site).as_posix() + "/"
        first = address.removeprefix(f"{language}/").partition("/")[0]
        kind = ("" if first in FACETS else first, address.count("/"))
        if kind not in seen and 'http-equiv="refresh"' not in path.read_text("utf-8"):
            seen.add(kind)
            yield address
