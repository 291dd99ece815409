"""What the finder needs beside a search index: which program each result is, and words that were meant by others.

A small file spares phones one request for every result.
"""

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from generator.problems import SetupError
from generator.words.lexicon import AROUND, SHORT, fitting

PROGRAM = re.compile(r"/partners/([^/]+/[^/]+)/")
"""The address of a program, as Pagefind has it: from the folder of the language."""
MARK = b"pagefind_dcd"
"""What Pagefind 1.5 writes before the JSON of a fragment."""
BEGINNING = re.compile(rb'pagefind_dcd\{"url":"([\w./-]+)"')
BEGINNING_BYTES = 300
"""As much of a fragment as is usually needed; the words of the page come after the address."""
NAME = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.DOTALL)
SUMMARY = re.compile(r'<p class="dp-lead"([^>]*)>(.*?)</p>', re.DOTALL)
TAG = re.compile(r"<[^>]*>")
HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
CLAUSE = 4
"""Chinese characters; more of them without a space or a comma are hardly a word."""
WORDS_LIMIT = 2000
"""Characters of all names and words."""


def search_file(fragments: Iterable[tuple[str, bytes]], pages: Iterable[str]) -> bytes:
    """A JSON file: `programs` from the ids of Pagefind's results to addresses (`river-food-bank/weekend-bags`), and
    `words` that stand in names and summaries of programs.

    `fragments` are the (stem of the name, content) of the files in `pagefind/fragment/` of one language; the stem is
    the id, as in `en_91ff6be`. `pages` are the pages of programs, as HTML. Other fragments are left out.
    """
    found = ((result, PROGRAM.fullmatch(address_of(result, content))) for result, content in fragments)
    programs = {result: page[1] for result, page in found if page}
    data = {"programs": programs, "words": fitting(usual_words(pages), WORDS_LIMIT)}
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def usual_words(pages: Iterable[str]) -> Iterator[str]:
    """Words of names and summaries, those of most programs first; none that are too short to be corrected."""
    counts: Counter[str] = Counter()
    for page in pages:
        name, summary = NAME.search(page), SUMMARY.search(page)
        own = summary[2] if summary and "lang=" not in summary[1] else ""
        words = unescape(TAG.sub("", f"{name[1] if name else ''} {own}")).lower().split()
        counts.update({word.strip(AROUND) for word in words})
    for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        if word.isalpha() and (len(word) >= SHORT if not HAN.search(word) else len(word) <= CLAUSE):
            yield word


def address_of(result: str, content: bytes) -> str:
    """The address of the page of a fragment; a SetupError when Pagefind wrote something else than we know."""
    try:
        beginning = BEGINNING.match(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, BEGINNING_BYTES))
        return beginning[1].decode("ascii") if beginning else _address_in(content)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise SetupError(f"pagefind/fragment/{result}: this version of Pagefind writes another format") from error


def _address_in(content: bytes) -> str:
    return str(json.loads(gzip.decompress(content).removeprefix(MARK))["url"])
