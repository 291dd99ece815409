"""The small Markdown of records, as safe HTML or as plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import list_block as any_list
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

WEB = ("https", "http")
CONTACT = (*WEB, "mailto", "tel")

# Beside paragraphs; all other syntax stays the text it is.
_SYNTAX = ("list", "emphasis", "link", "escape")
_TAGS = frozenset({"p", "ul", "ol", "li", "em", "strong", "a"})
_ATTRIBUTES = {"*": set[str](), "a": {"href"}, "ol": {"start"}}
_RELATION = "nofollow ugc noopener noreferrer"
_LIST_LEVELS = 3  # lists inside each other; deeper ones are shown as text

_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_HOST = (
    rf"(?:{_LABEL}\.)+(?:[a-z]{{2,63}}|xn--[a-z0-9-]+)"  # with a dot, without numbers as the last part: no addresses
)
_WEB_URL = re.compile(rf"https?://(?P<target>{_HOST})(?::[0-9]+)?(?:[/?#].*)?", re.IGNORECASE)
_MAIL_URL = re.compile(rf"mailto:(?P<target>[a-z0-9.!#$*+/=_~-]+@{_HOST})", re.IGNORECASE)
_PHONE_URL = re.compile(r"tel:(?P<target>\+?[0-9().;=a-z-]*[0-9][0-9().;=a-z-]*)", re.IGNORECASE)
_LOOKS_LIKE_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")


@lru_cache(maxsize=256)  # English stands on the pages of all languages that lack a translation, written one by one
def prose(text: str, *, schemes: tuple[str, ...] = WEB) -> Markup:
    """HTML of paragraphs, lists, emphasis and links to the schemes; all other syntax, HTML too, is shown as text.

    A link whose text names another host than it goes to, or whose host is in punycode, is followed by its host.
    """
    # Vouched for twice: the parser escapes all text, and the sanitizer keeps only the tags and attributes above.
    return Markup(_cleaner(schemes).clean(_parser(schemes).render(text)))


def plain(text: str) -> str:
    """The words of the prose on one line, without its marks: for descriptions and for search."""
    blocks = (_words(token.children or ()) for token in _parser(WEB).parse(text) if token.type == "inline")
    return _sentence(block for block in blocks if block)


def _sentence(blocks: Iterator[str]) -> str:
    """The blocks one after the other; items of a list, which rarely end with a stop, are set apart by semicolons."""
    line = ""
    for block in blocks:
        is_complete = not line or unicodedata.category(line[-1]).startswith("P")
        line = f"{line} {block}" if is_complete else f"{line}; {block}"
    return line.lstrip()


def _words(tokens: Sequence[Token]) -> str:
    """The text of inline tokens."""
    parts = (token.content or (" " if token.type in {"softbreak", "hardbreak"} else "") for token in tokens)
    return " ".join("".join(parts).split())


@cache
def _parser(schemes: tuple[str, ...]) -> MarkdownIt:
    parser = MarkdownIt("zero").enable(_SYNTAX)
    parser.block.ruler.at("list", _shallow_list, {"alt": ["paragraph"]})
    parser.core.ruler.push("targets", _show_targets)
    parser.validateLink = partial(_is_allowed, schemes=schemes)  # type: ignore[method-assign]
    return parser


@cache
def _cleaner(schemes: tuple[str, ...]) -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, link_rel=_RELATION, url_schemes=set(schemes))


def _shallow_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A list, unless it would be nested too deep: the parser would then drop its text."""
    return state.level < 2 * _LIST_LEVELS and any_list(state, start_line, end_line, silent)


def _is_allowed(url: str, *, schemes: tuple[str, ...]) -> bool:
    """Whether prose may link there; `[text](url)` is otherwise shown as it is written."""
    return url.partition(":")[0].lower() in schemes and bool(_target(url))


def _target(url: str) -> str:
    """The host, mail address or number that the URL leads to; empty when it hides that, say by a user name."""
    for pattern in (_WEB_URL, _MAIL_URL, _PHONE_URL):
        found = pattern.fullmatch(url)
        if found is not None:
            return found["target"].lower()
    return ""


def _show_targets(state: StateCore) -> None:
    """Add the target behind each link whose text could mislead, and inside each link without text."""
    for token in state.tokens:
        if token.children and any(child.type == "link_open" for child in token.children):
            token.children = list(_with_targets(token.children))


def _with_targets(tokens: Sequence[Token]) -> Iterator[Token]:
    target, first = "", 0
    for number, token in enumerate(tokens):
        if token.type == "link_open":
            target, first = _target(str(token.attrGet("href"))), number
            yield token if target else _text("[")  # the parser makes a link of `[text]()` without asking
        elif token.type == "link_close":
            shown = _words(tokens[first:number])
            yield _text(target if target and not shown else "")
            yield token if target else _text("]()")
            yield _text(f" ({target})" if target and shown and _misleads(shown, target) else "")
        else:
            yield token


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _misleads(shown: str, target: str) -> bool:
    """Whether a reader of the link's text would expect to arrive somewhere else."""
    text = unicodedata.normalize("NFKC", shown).casefold().replace("。", ".")
    if "xn--" in target:
        return True
    if "@" in target:
        return "@" in text and target not in text
    if "." not in target or target[-1].isdigit():
        digits = re.sub("[^0-9]", "", text)
        return bool(digits) and not re.sub("[^0-9]", "", target).endswith(digits)
    named = (host.removeprefix("www.") for host in _LOOKS_LIKE_HOST.findall(text))
    return not all(f".{target}".endswith(f".{host}") for host in named)
