"""Which program each result of a search index is: a small file that spares phones one request for every result."""

import gzip
import json
import re
import zlib
from collections.abc import Iterable

from generator.problems import SetupError

PROGRAM = re.compile(r"/partners/([^/]+/[^/]+)/")
"""The address of a program, as Pagefind has it: from the folder of the language."""
MARK = b"pagefind_dcd"
"""What Pagefind 1.5 writes before the JSON of a fragment."""
BEGINNING = re.compile(rb'pagefind_dcd\{"url":"([\w./-]+)"')
BEGINNING_BYTES = 300
"""As much of a fragment as is usually needed; the words of the page come after the address."""


def program_routes(fragments: Iterable[tuple[str, bytes]]) -> bytes:
    """A JSON file from the ids of Pagefind's results to addresses of programs (`river-food-bank/weekend-bags`).

    `fragments` are the (stem of the name, content) of the files in `pagefind/fragment/` of one language; the stem is
    the id, as in `en_91ff6be`. Pages other than programs are left out.
    """
    found = ((result, PROGRAM.fullmatch(address_of(result, content))) for result, content in fragments)
    return json.dumps({result: page[1] for result, page in found if page}, sort_keys=True).encode()


def address_of(result: str, content: bytes) -> str:
    """The address of the page of a fragment; a SetupError when Pagefind wrote something else than we know."""
    try:
        beginning = BEGINNING.match(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(content, BEGINNING_BYTES))
        return beginning[1].decode("ascii") if beginning else _address_in(content)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise SetupError(f"pagefind/fragment/{result}: this version of Pagefind writes another format") from error


def _address_in(content: bytes) -> str:
    return str(json.loads(gzip.decompress(content).removeprefix(MARK))["url"])
