"""The Markdown of hand-written pages as safe HTML: what strangers may have put into a translation shows as text."""

from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.inlinepatterns import InlineProcessor  # type: ignore[import-untyped]
from markdown.util import AtomicString  # type: ignore[import-untyped]

from generator.words.formats import LEFT_TO_RIGHT

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CLEANER = nh3.Cleaner(
    tags={
        *HEADINGS,
        *("p", "ul", "ol", "li", "em", "strong", "a", "img", "br", "hr", "blockquote", "code", "pre", "bdi"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    },
    attributes={
        "a": {"href"},
        "bdi": {"dir", "translate"},
        "img": {"src", "alt"},
        "ol": {"start"},
        **{heading: {"id"} for heading in HEADINGS},
    },
    attribute_filter=lambda tag, name, value: None if tag == "img" and name == "src" and is_elsewhere(value) else value,
    link_rel=None,
    url_schemes={"https", "http", "mailto", "tel"},
)


class PlainMarkdown(Extension):  # type: ignore[misc]
    """Markdown without HTML, in which phone numbers and the like keep their direction."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        """Take the two ways of HTML out, and isolate what runs from left to right."""
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(Isolated(LEFT_TO_RIGHT, md), "isolated", 5)


class Isolated(InlineProcessor):  # type: ignore[misc]
    """A phone number, an e-mail address or a school year, isolated from the words around it."""

    def handleMatch(self, m: Any, data: str) -> tuple[Element, int, int]:  # noqa: N802
        """The element, and the stretch of text that it stands for."""
        element = Element("bdi", {"dir": "ltr", "translate": "no"})
        element.text = AtomicString(m[0])
        return element, m.start(0), m.end(0)


def is_elsewhere(address: str) -> bool:
    """Whether a picture would be fetched from another site."""
    return ":" in address or address.lstrip().startswith(("//", "\\"))


def cleaned(html: str) -> str:
    """The HTML of a page with what Markdown writes and nothing else."""
    return CLEANER.clean(html)
