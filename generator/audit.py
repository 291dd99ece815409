"""The last look at a built site: whether anything in it runs, fetches or hides what it must not."""

import json
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path

from generator.problems import Place, Problem, in_order

EMBEDDING = frozenset(("applet", "base", "embed", "frame", "iframe", "object", "portal"))
LOADING = frozenset(("background", "data", "imagesrcset", "poster", "src", "srcset", "xlink:href"))
LEADING = frozenset(("action", "cite", "formaction", "href", "ping"))
LOADING_RELATIONS = frozenset(
    ("dns-prefetch", "icon", "manifest", "modulepreload", "preconnect", "prefetch", "preload", "stylesheet")
)
DATA_SCRIPTS = frozenset(("application/json", "application/ld+json"))
SAFE_SCHEMES = frozenset(("", "http", "https", "mailto", "sms", "tel", "webcal"))
STRAY_SUFFIXES = frozenset(
    (".bak", ".env", ".jsonl", ".lock", ".md", ".orig", ".po", ".py", ".pyc", ".tmp", ".yaml", ".yml")
)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f]+")  # stripped before a scheme is read: WHATWG URL Standard, 4.4
CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*([^"')\s;]+)""", re.IGNORECASE)


def audit(folder: Path) -> tuple[Problem, ...]:
    """Everything in a built site that must not be published, in order; empty when the site may go out.

    Pages are read with another parser than the one that wrote them, so a mistake in escaping shows here.
    """
    return in_order(_site_problems(folder))


def _site_problems(folder: Path) -> Iterator[Problem]:
    if not (folder / "index.html").is_file():
        yield _problem("index.html", 0, "no-start-page", "there is no start page: this is not a whole site")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            yield _problem(name, 0, "link-in-site", "a site holds plain files only, and this is a link")
        elif path.is_file():
            yield from _file_problems(name, path)


def _file_problems(name: str, path: Path) -> Iterator[Problem]:
    if path.name.startswith(".") or path.suffix in STRAY_SUFFIXES:
        yield _problem(name, 0, "stray-file", "such a file has no business on a public site")
    elif path.suffix == ".html":
        yield from page_problems(name, path.read_text("utf-8", errors="replace"))
    elif path.suffix == ".svg":
        yield from page_problems(name, path.read_text("utf-8", errors="replace"), is_picture=True)
    elif path.suffix == ".css":
        yield from _style_problems(name, path.read_text("utf-8", errors="replace"), 1)


def page_problems(name: str, html: str, *, is_picture: bool = False) -> Iterator[Problem]:
    """What is wrong with one page (or one SVG picture, which needs no security policy of its own)."""
    reader = _Reader(name)
    reader.feed(html)
    reader.close()
    yield from reader.problems
    if not is_picture and not reader.has_policy:
        yield _problem(name, 1, "no-policy", "the page has no content security policy")
    if slot := re.search(r"@@dp:[a-z-]*", html):
        line = html.count("\n", 0, slot.start()) + 1
        yield _problem(name, line, "unfilled-slot", f"the frame's slot {slot[0]} was not filled")


class _Reader(HTMLParser):
    """Reads a page as a browser would and notes what is live in it (html.parser demands a class)."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.problems: list[Problem] = []
        self.has_policy = False
        self.inside = ""  # "data" in a JSON script, "style" in a <style>, else empty
        self.raw: list[str] = []  # the text of that element, which may come in pieces

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Looks at an element with its attributes."""
        attributes = {key: value or "" for key, value in attrs}
        self.inside = _inside(tag, attributes)
        line = self.getpos()[0]
        if tag == "meta" and attributes.get("http-equiv", "").lower() == "content-security-policy":
            self.has_policy = "'unsafe-inline'" not in attributes.get("content", "")
        for rule, message in _element_faults(tag, attributes):
            self.problems.append(_problem(self.name, line, rule, message))

    def handle_data(self, data: str) -> None:
        """Keeps the text of data scripts and style elements; any other text is only text."""
        if self.inside:
            self.raw.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Looks at the whole text of a data script or a style element, and leaves it."""
        text, line = "".join(self.raw), self.getpos()[0]
        if self.inside == "data" and not _is_json(text):
            self.problems.append(_problem(self.name, line, "broken-data", "this data is not valid JSON"))
        elif self.inside == "style":
            self.problems.extend(_style_problems(self.name, text, line - text.count("\n")))
        self.inside = ""
        self.raw.clear()


def _inside(tag: str, attributes: Mapping[str, str]) -> str:
    if tag == "script" and attributes.get("type", "").lower() in DATA_SCRIPTS:
        return "data"
    return "style" if tag == "style" else ""


def _element_faults(tag: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Rule and message of everything live in one element."""
    if tag in EMBEDDING:
        yield "embedded", f"<{tag}> can show or load what is not ours"
    if tag == "script" and "src" not in attributes and attributes.get("type", "").lower() not in DATA_SCRIPTS:
        yield "inline-script", "a script stands in the page; the policy blocks it, or it is an attack"
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        yield from _address_faults(attributes.get("content", "").partition("=")[2], is_loaded=True)
    for key, value in attributes.items():
        yield from _attribute_faults(tag, key, value, attributes.get("rel", ""))


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


def _style_problems(name: str, css: str, first_line: int) -> Iterator[Problem]:
    for match in CSS_ADDRESS.finditer(css):
        for rule, message in _address_faults(match[1], is_loaded=True):
            yield _problem(name, first_line + css.count("\n", 0, match.start()), rule, message)


def _is_json(text: str) -> bool:
    """Whether the text is JSON as its standard has it: no NaN, no infinity."""
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError:
        return False
    return True


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _problem(name: str, line: int, rule: str, message: str) -> Problem:
    return Problem(at=Place(path=name, line=line), rule=rule, message=message)
