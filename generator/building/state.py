"""What the last build into a folder made, so that the next one does nothing twice."""

from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.records.cache import read_sealed, write_sealed


class State(Struct, frozen=True, kw_only=True):
    """The last build into one folder.

    `common` stands for all that every page shares, `manifest` is the digest of the site's manifest, so that the state
    of another site is not taken for this one's. `units` are the keys of pages by their address; a key is followed by
    `SEARCHED` when search finds the page. `stamps` tell what the other files were made of, by path; `searched` are
    digests of all pages that search finds, by language; `counted` is what `coverage.count_records` has found.
    """

    common: str
    manifest: str
    units: dict[str, bytes]
    stamps: dict[str, str]
    searched: dict[str, str]
    counted: dict[str, bytes] = {}


SEARCHED = b"+"


def place(folder: Path, out: Path) -> Path:
    """Where the state of the site in `out` is kept."""
    return folder / f"site-{sha256(str(out.absolute()).encode()).hexdigest()[:16]}.msgpack"


def read_state(folder: Path, out: Path) -> tuple[State | None, str]:
    """The state of the site in `out`, None when none is known, and why it cannot be used if there is one."""
    try:
        content = read_sealed(place(folder, out))
        return msgspec.msgpack.decode(content, type=State) if content else None, ""
    except ValueError:
        return None, "What the last build left in .cache cannot be read, so every page is written anew."


def write_state(folder: Path, out: Path, state: State) -> None:
    """Keep the state of the site in `out`; a folder that cannot be written costs only time."""
    write_sealed(place(folder, out), msgspec.msgpack.encode(state))
