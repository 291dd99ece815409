"""What the last accessibility checks of this software found: the figures of the statement that every site has."""

from datetime import date
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.problems import SetupError

FILE = Path(__file__).parent / "accessibility.json"
"""Written by `make accessibility`, which runs the checks, and by nobody else."""


class Results(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A run in which every check passed.

    `checks` is a digest of the checks' own code; `kinds` are kinds of pages, `states` what pages are while somebody
    uses them, both by name; `looks` tells how often axe looked; `tasks` were done by keyboard alone. `tools` maps the
    programs that checked to their versions.
    """

    on: date
    checks: str
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    looks: int
    violations: int
    tasks: tuple[str, ...]
    html_pages: int
    html_errors: int
    tools: dict[str, str]


def read_results(file: Path = FILE) -> Results:
    """The results in a file; a SetupError when it cannot be read."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=Results)
    except (OSError, ValueError) as error:
        raise SetupError(f"generator/{file.name}: these results cannot be read; run make accessibility") from error


def written(results: Results) -> bytes:
    """The results as the file has them."""
    return msgspec.json.format(msgspec.json.encode(results), indent=2) + b"\n"
