"""The small Markdown of records, as safe HTML."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import list_block as any_list
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup

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
_WEB_URL = re.compile(rf"https?://({_HOST})(?::[0-9]+)?(?:[/?#].*)?", re.IGNORECASE)
_LOOKS_LIKE_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")


@lru_cache(maxsize=256)  # English stands on the pages of all languages that lack a translation, written one by one
def prose(text: str) -> Markup:
    """HTML of paragraphs, lists, emphasis and links into the web; all other syntax, HTML too, is shown as text.

    A link whose text names another host than it goes to, or whose host is in punycode, is followed by its host.
    """
    # Vouched for twice: the parser escapes all text, and the sanitizer keeps only the tags and attributes above.
    return Markup(_cleaner().clean(_parser().render(text)))


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(_SYNTAX)
    parser.block.ruler.at("list", _shallow_list, {"alt": ["paragraph"]})
    parser.core.ruler.push("hosts", _show_hosts)
    parser.validateLink = _is_allowed  # type: ignore[method-assign]
    return parser


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, link_rel=_RELATION, url_schemes={"https", "http"})


def _shallow_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A list, unless it would be nested too deep: the parser would then drop its text."""
    return state.level < 2 * _LIST_LEVELS and any_list(state, start_line, end_line, silent)


def _is_allowed(url: str) -> bool:
    """Whether prose may link there; `[text](url)` is otherwise shown as it is written."""
    return bool(_host(url))


def _host(url: str) -> str:
    """The host on the web that the URL leads to; empty when it hides that, say by a user name, or leads elsewhere."""
    found = _WEB_URL.fullmatch(url)
    return found[1].lower() if found else ""


def _show_hosts(state: StateCore) -> None:
    """Add the host behind each link whose text could mislead, and inside each link without text."""
    for token in state.tokens:
        if token.children and any(child.type == "link_open" for child in token.children):
            token.children = list(_with_hosts(token.children))


def _with_hosts(tokens: Sequence[Token]) -> Iterator[Token]:
    host, first = "", 0
    for number, token in enumerate(tokens):
        if token.type == "link_open":
            host, first = _host(str(token.attrGet("href"))), number
            yield token if host else _text("[")  # the parser makes a link of `[text]()` without asking
        elif token.type == "link_close":
            shown = _words(tokens[first:number])
            yield _text("" if shown else host)
            yield token if host else _text("]()")
            yield _text(f" ({host})" if host and shown and _misleads(shown, host) else "")
        else:
            yield token


def _words(tokens: Sequence[Token]) -> str:
    """The text of inline tokens."""
    parts = (token.content or (" " if token.type in {"softbreak", "hardbreak"} else "") for token in tokens)
    return " ".join("".join(parts).split())


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _misleads(shown: str, host: str) -> bool:
    """Whether a reader of the link's text would expect to arrive somewhere else."""
    text = unicodedata.normalize("NFKC", shown).casefold().replace("。", ".")
    named = (each.removeprefix("www.") for each in _LOOKS_LIKE_HOST.findall(text))
    return "xn--" in host or not all(f".{host}".endswith(f".{each}") for each in named)
