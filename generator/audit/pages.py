"""What is live in a page: whatever runs, fetches or leads to what it must not, by another reader than the writer's."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser

from generator.problems import Place, Problem

EMBEDDING = frozenset(("applet", "base", "embed", "frame", "iframe", "object", "portal"))
LOADING = frozenset(("background", "data", "imagesrcset", "poster", "src", "srcset", "xlink:href"))
LEADING = frozenset(("action", "cite", "formaction", "href", "ping"))
LOADING_RELATIONS = frozenset(
    ("dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "prefetch", "preload", "stylesheet")
)
DATA_SCRIPT = {"type": "application/ld+json"}
"""The attributes, all of them, of the one element `script` that may have content: data, which no browser runs."""
DATA_CONTEXT = "https://schema.org"
"""The terms that all such data are in."""
SOURCES = frozenset(("'none'", "'self'", "'wasm-unsafe-eval'", "data:", "mailto:"))
"""What a content security policy of ours may allow; images alone come from `data:`, and forms alone go to `mailto:`."""
ONLY_FOR = {"data:": "img-src", "mailto:": "form-action", "'wasm-unsafe-eval'": "script-src"}
SAFE_SCHEMES = frozenset(("", "http", "https", "mailto", "sms", "tel", "webcal"))
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f]+")  # stripped before a scheme is read: WHATWG URL Standard, 4.4
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*([^"')\s;]+)""", re.IGNORECASE)
SLOT = re.compile(r"@@dp:[a-z-]*")
PLAIN_LINE = re.compile(
    r"""[^<]*(?:<(?:
        !doctype[ ]html
        |[a-zA-Z][a-zA-Z0-9-]*(?:[ ][^\s"'<>/=]+(?:="[^"<>]*")?)*/?  # an element with its attributes
        |/[a-zA-Z][a-zA-Z0-9-]*  # its end
    )>[^<]*)*""",
    re.VERBOSE,
)
"""A line in which every tag is whole and of the plainest form, so that it says the same whatever comes after it."""
ELEMENT = re.compile(r"<[a-zA-Z][^>]*>")
"""The tag of an element in such a line."""
KEPT = 1 << 15
"""So many different lines, and tags, are remembered: of some 400 lines of a page, 380 stand in its neighbours too."""

Fault = tuple[int, str, str]
"""A line, counted from 0 where the reading began; the rule that was broken; a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a page, or lines of it, have in them."""

    faults: tuple[Fault, ...] = ()
    policy: bool | None = None  # whether the security policy there is strict enough; None where there is none


HARMLESS = Reading()


def page_problems(name: str, html: str, *, is_picture: bool = False) -> Iterator[Problem]:
    """What is wrong with one page (or one SVG picture, which needs no security policy of its own)."""
    policy = None
    for first, reading in _readings(html):
        policy = policy if reading.policy is None else reading.policy
        for line, rule, message in reading.faults:
            yield _problem(name, first + line + 1, rule, message)
    if not is_picture and not policy:
        yield _problem(name, 1, "no-policy", "the page has no content security policy, or one that allows too much")
    if slot := SLOT.search(html):
        line = html.count("\n", 0, slot.start()) + 1
        yield _problem(name, line, "unfilled-slot", f"the frame's slot {slot[0]} was not filled")


def style_problems(name: str, css: str) -> Iterator[Problem]:
    """What a stylesheet fetches from elsewhere."""
    for line, rule, message in _style_faults(css, 0):
        yield _problem(name, line + 1, rule, message)


def _readings(html: str) -> Iterator[tuple[int, Reading]]:
    """The lines of a page that have something in them, as (number from 0, reading).

    As long as lines are plain, a page has in it what its lines have, read one by one. From the first one that is not,
    all the rest is read as one.
    """
    lines = html.split("\n")
    for number, reading in enumerate(map(_read_line, lines)):
        if reading is None:
            yield number, read("\n".join(lines[number:]))
            return
        if reading is not HARMLESS:
            yield number, reading


@lru_cache(maxsize=KEPT)
def _read_line(line: str) -> Reading | None:
    """The reading of a line that begins outside of everything; None if that depends on what comes after it."""
    if not PLAIN_LINE.fullmatch(line):
        return None
    if all(map(_is_harmless, ELEMENT.findall(line))):
        return HARMLESS
    reader = _Reader()
    reader.feed(f"{line}\n")
    return reader.reading() if reader.is_outside else None


@lru_cache(maxsize=KEPT)
def _is_harmless(tag: str) -> bool:
    """Whether the tag of an element has nothing in it, and what follows it is read like anything else."""
    reader = _Reader()
    reader.feed(tag)
    return reader.reading() is HARMLESS and reader.is_outside


def read(html: str) -> Reading:
    """The reading of a page, or of its end, as one."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.reading()


class _Reader(HTMLParser):
    """Reads a page as a browser would and notes what is live in it (html.parser demands a class)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[Fault] = []
        self.policy: bool | None = None
        self.inside = ""  # "data" in a JSON script, "style" in a <style>, else empty
        self.raw: list[str] = []  # the text of that element, which may come in pieces

    @property
    def is_outside(self) -> bool:
        """Whether all has been read, and what comes next stands in no script or style element."""
        return not (self.rawdata or self.cdata_elem or self.inside)

    def reading(self) -> Reading:
        """What has been found."""
        if not self.faults and self.policy is None:
            return HARMLESS
        return Reading(faults=tuple(self.faults), policy=self.policy)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at an element with its attributes."""
        attributes = {key: value or "" for key, value in reversed(attrs)}  # browsers heed the first of two alike
        self.inside = _inside(tag, attributes)
        line = self.getpos()[0] - 1
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "content-security-policy":
            self.policy = _is_strict(attributes.get("content", ""))
        self.faults.extend((line, rule, message) for rule, message in _element_faults(tag, attributes, attrs))

    def handle_data(self, data: str) -> None:
        """Keeps the text of data scripts and style elements; any other text is only text."""
        if self.inside:
            self.raw.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Looks at the whole text of a data script or a style element, and leaves it."""
        text, line = "".join(self.raw), self.getpos()[0] - 1
        if self.inside == "data":
            self.faults.extend((line, rule, message) for rule, message in _data_faults(text))
        elif self.inside == "style":
            self.faults.extend(_style_faults(text, line - text.count("\n")))
        self.inside = ""
        self.raw.clear()


def _inside(tag: str, attributes: Mapping[str, str]) -> str:
    if tag == "script" and attributes == DATA_SCRIPT:
        return "data"
    return "style" if tag == "style" else ""


def _element_faults(
    tag: str, attributes: Mapping[str, str], written: Sequence[tuple[str, str | None]]
) -> Iterator[tuple[str, str]]:
    """Rule and message of everything live in one element: in its attributes as browsers have them, or as written."""
    if tag in EMBEDDING:
        yield "embedded", f"<{tag}> can show or load what is not ours"
    if tag == "script" and "src" not in attributes and attributes != DATA_SCRIPT:
        yield "inline-script", "a script stands in the page; the policy blocks it, or it is an attack"
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield from _address_faults(attributes.get("content", "").partition("=")[2], is_loaded=True)
    for key, value in written:
        yield from _attribute_faults(tag, key, value or "", attributes.get("rel", ""))


def _attribute_faults(tag: str, key: str, value: str, relation: str) -> Iterator[tuple[str, str]]:
    if key.startswith("on"):
        yield "inline-script", f"the attribute {key} runs a script"
    elif key == "style":
        yield "inline-style", "the attribute style is blocked by the policy"
    elif key == "srcdoc":
        yield "embedded", "the attribute srcdoc holds a page of its own"
    elif key in ("srcset", "imagesrcset"):
        for candidate in re.split(r",\s+", value):
            yield from _address_faults(candidate, is_loaded=True)
    elif key in LOADING or (key == "href" and _loads(tag, relation)):
        yield from _address_faults(value, is_loaded=True)
    elif key in LEADING:
        yield from _address_faults(value, is_loaded=False)


def _loads(tag: str, relation: str) -> bool:
    """Whether a browser fetches this element's `href` by itself, rather than when somebody follows it."""
    if tag == "link":
        return not LOADING_RELATIONS.isdisjoint(relation.lower().split())
    return tag in ("feimage", "image", "use")


def _address_faults(address: str, *, is_loaded: bool) -> Iterator[tuple[str, str]]:
    plain = IGNORED_BY_BROWSERS.sub("", address).lower().replace("\\", "/")
    match = SCHEME.match(plain)
    scheme = match[1] if match else ""
    shown = address.strip()[:60]
    if is_loaded:
        if (scheme or plain.startswith("//")) and not plain.startswith("data:image/"):
            yield "third-party", f"the page fetches {shown} from elsewhere"
    elif scheme not in SAFE_SCHEMES:
        yield "live-link", f"the link {shown} has the scheme {scheme}:"


def _style_faults(css: str, first: int) -> Iterator[Fault]:
    for match in CSS_ADDRESS.finditer(css):
        for rule, message in _address_faults(match[1], is_loaded=True):
            yield first + css.count("\n", 0, match.start()), rule, message


def _data_faults(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the text of a data script: JSON as its standard has it, without NaN and infinity."""
    if "<" in text:
        yield "open-data", 'this data holds a "<", with which it could end before its end'
    try:
        data = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        yield "broken-data", "this data is not valid JSON"
    else:
        if not isinstance(data, dict) or data.get("@context") != DATA_CONTEXT:
            yield "broken-data", f"this data is not in the terms of {DATA_CONTEXT}"


def _is_strict(policy: str) -> bool:
    """Whether a content security policy blocks everything that a page of ours does not need."""
    words = [directive.lower().split() for directive in policy.split(";")]
    rules = {name: sources for name, *sources in reversed(list(filter(None, words)))}  # the first of two alike counts
    return rules.get("default-src") == ["'none'"] and all(
        source in SOURCES and ONLY_FOR.get(source, name) == name for name in rules for source in rules[name]
    )


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _problem(name: str, line: int, rule: str, message: str) -> Problem:
    return Problem(at=Place(path=name, line=line), rule=rule, message=message)
