"""The service worker of a site: told which files belong to its version, so that no phone ever mixes two."""

import json
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from generator.problems import SetupError

NAME = "sw.js"
KEPT = (".css", ".js", ".svg")
"""Endings of the files in `assets/` that a phone keeps to show pages without a connection."""
FORMS = ("assets/form", "assets/suggest")
"""What the files for forms begin with: few people fill one in, and none without a connection."""
VERSION_SIZE = 16
"""Characters of a version."""
VERSION = 'const VERSION = "";'
FILES = "const FILES = {};"
"""Lines of `generator/theme/sw.js` that the build fills in."""


def filled(source: bytes, files: Mapping[str, bytes]) -> bytes:
    """The worker's script with the version and the digests of `files`, which maps paths in the site to contents.

    Only what changes the look of pages changes the version: records do not, so that phones keep what they have.
    """
    digests = {path: sha256(content).hexdigest() for path, content in sorted(files.items()) if is_kept(path)}
    version = sha256("".join((source.decode(), *digests.values())).encode()).hexdigest()[:VERSION_SIZE]
    script = source.decode()
    for line in (VERSION, FILES):
        if script.count(line) != 1:
            raise SetupError(f"generator/theme/{NAME}: the line “{line}” is missing, so no version can be filled in")
    script = script.replace(VERSION, f'const VERSION = "{version}";')
    return script.replace(FILES, f"const FILES = {json.dumps(digests, indent=2)};").encode()


def faults(script: str, site: Path) -> Iterator[str]:
    """Why a worker would not do what it should in the folder of its site: each phone that has it would keep it."""
    found = re.search(r"^const FILES = (\{[^}]*\});$", script, re.MULTILINE)
    if "importScripts" in script:
        yield "the worker loads another script, which nobody has looked into"
    try:
        digests = json.loads(found[1] if found else "")
    except ValueError:
        yield "the worker does not say which files belong to it"
        return
    for path, digest in digests.items():
        content = (site / path).read_bytes() if is_kept(path) and (site / path).is_file() else b""
        if sha256(content).hexdigest() != digest:
            yield f"the worker was made for another {path}, so no phone would take it"


def is_kept(path: str) -> bool:
    """Whether a phone keeps a file of the site."""
    return path.startswith("assets/") and path.endswith(KEPT) and not path.startswith(FORMS)
