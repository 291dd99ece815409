"""The service worker of a site: told which files belong to its version, so that no phone ever mixes two."""

import json
from collections.abc import Mapping
from hashlib import sha256

from generator.problems import SetupError

NAME = "sw.js"
KEPT = (".css", ".js", ".svg")
"""Endings of the files in `assets/` that a phone keeps to show pages without a connection."""
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


def is_kept(path: str) -> bool:
    """Whether a phone keeps a file of the site."""
    return path.startswith("assets/") and path.endswith(KEPT)
