"""Which program each result of the search index is: a small file that spares phones one request for every result."""

import gzip
import json
import re
import zlib
from collections.abc import Iterable, Mapping

from generator.problems import SetupError

PROGRAM = re.compile(r"/?(?P<language>[^/]+)/partners/(?P<route>[^/]+/[^/]+)/")
MARK = b"pagefind_dcd"
"""What Pagefind 1.5 writes before the JSON of a fragment."""


def program_routes(fragments: Iterable[tuple[str, bytes]]) -> Mapping[str, bytes]:
    """Path → content of a JSON file for each language, from the ids of Pagefind's results to addresses of programs.

    `fragments` are the (stem of the name, content) of the files in `pagefind/fragment/`; the stem is the id, as in
    `en_91ff6be`. Pages other than programs are left out. Paths are relative to the site's root.
    """
    found: dict[str, dict[str, str]] = {}
    for result, content in fragments:
        page = PROGRAM.fullmatch(address_of(result, content))
        if page:
            found.setdefault(page["language"].lower(), {})[result] = page["route"]
    return {
        f"pagefind/programs-{language}.json": json.dumps(routes, sort_keys=True).encode()
        for language, routes in sorted(found.items())
    }


def address_of(result: str, content: bytes) -> str:
    """The address of the page of a fragment; a SetupError when Pagefind wrote something else than we know."""
    try:
        return str(json.loads(gzip.decompress(content).removeprefix(MARK))["url"])
    except (OSError, EOFError, zlib.error, ValueError, KeyError, TypeError) as error:
        raise SetupError(f"pagefind/fragment/{result}: this version of Pagefind writes another format") from error
