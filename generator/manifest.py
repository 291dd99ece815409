"""What a site consists of: its records and the digest of every file; and the brake on records that vanish."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.directory import Directory
from generator.problems import SetupError

NAME = "manifest.json"
LIMIT_BYTES = 200_000_000
"""A larger file is not read: about 1,500,000 files of a site."""
MOST_LOST_PERCENT = 10
"""If more of the records vanish from one site to the next, something is broken rather than tidied up."""
NAMED = 5
"""So many of the vanished records a refusal names."""
FOLDERS = {
    "partners": "partners",
    "district/schools": "schools",
    "district/initiatives": "initiatives",
    "district/events": "events",
    "district/resources": "resources",
    "district/voices": "voices",
    "district/measures": "measures",
}
"""The folder of each kind of which there are many, with the directory's own name for them."""
_ADDRESS = re.compile(r"(?:[a-z0-9-]+/)+[a-z0-9-]+")
_OUTSIDE = ("//", "/../", "\\", "\0")


class Manifest(Struct, frozen=True, kw_only=True):
    """One built site: the version of the software, the addresses of all records shown, and all its files.

    `records` are sorted, such as `partners/river-food-bank`; translations are none. `files` maps each path relative to
    the site's root to the SHA-256 of its content in hexadecimal; the manifest itself is left out.
    """

    version: str
    records: tuple[str, ...]
    files: dict[str, str]


def encode(manifest: Manifest) -> bytes:
    """The manifest as JSON, a line for each record and file, in the order of their names."""
    return msgspec.json.format(msgspec.json.encode(manifest, order="sorted"), indent=1) + b"\n"


def read_manifest(path: Path) -> Manifest | None:
    """The manifest in a file; None when there is none, or it is another program's, too large or broken."""
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            content = file.read(LIMIT_BYTES + 1)
        found = msgspec.json.decode(content, type=Manifest) if len(content) <= LIMIT_BYTES else None
    except (OSError, ValueError, RecursionError):
        return None
    return found if found and all(map(_ADDRESS.fullmatch, found.records)) and stay_inside(found.files) else None


def last_manifest(path: Path) -> Manifest | None:
    """The manifest that the brake needs; None when there is no such file, so that this is the first site.

    Raises SetupError when something is there that cannot be read, such as the page of a server under repair.
    """
    found = read_manifest(path)
    if found is None and not is_absent(path):
        raise SetupError(
            f"{path}: this is no manifest of a site, so nobody can tell whether records vanish, and nothing was built. "
            "To build all the same, say so with --allow-loss"
        )
    return found


def is_absent(path: Path) -> bool:
    """Whether nothing has that name; what cannot even be looked at may be there."""
    try:
        path.lstat()
    except OSError as error:
        return isinstance(error, FileNotFoundError | NotADirectoryError)
    return False


def stay_inside(paths: Iterable[str]) -> bool:
    """Whether all the paths lie below the folder that they are relative to; looked at all together, which is fast."""
    every = "/\n/".join(("", *paths, ""))[2:-2]
    return not any(sign in every for sign in _OUTSIDE)


def shown(directory: Directory) -> tuple[str, ...]:
    """The address of every record that a site of the directory shows, sorted; a story taken back leaves a notice."""
    stories = (*directory.stories, *directory.withdrawn)
    alone = {"district": directory.district, "priorities": directory.priorities, "policy": directory.policies}
    return tuple(
        sorted(
            [
                *(f"{folder}/{slug}" for folder, name in FOLDERS.items() for slug in getattr(directory, name)),
                *(f"recognition/{address}" for address in stories),
                *(f"district/{name}" for name, record in alone.items() if record),
            ]
        )
    )


def vanished(before: Manifest, directory: Directory) -> tuple[str, ...]:
    """The records of an earlier site that a site of the directory shows no more, not even under a new name, sorted."""
    return tuple(sorted({*before.records}.difference(shown(directory), _former(directory))))


def _former(directory: Directory) -> Iterator[str]:
    """The addresses that renamed records once had."""
    for folder, records in (("partners", directory.partners), ("district/schools", directory.schools)):
        for record in records.values():
            yield from (f"{folder}/{slug}" for slug in record.former_slugs)


def brake(before: Manifest | None, directory: Directory, *, allows_loss: bool = False) -> None:
    """Raise SetupError when more than a tenth of the records of an earlier site would vanish.

    To be asked before anything is written; without an earlier site nothing can vanish.
    """
    if before is None or allows_loss:
        return
    lost = vanished(before, directory)
    all_before = len(set(before.records))
    if len(lost) * 100 > all_before * MOST_LOST_PERCENT:
        names = ", ".join(lost[:NAMED]) + (" …" if len(lost) > NAMED else "")
        raise SetupError(
            f"nothing was published, because {len(lost):,} of the {all_before:,} records of the last site would "
            f"vanish, more than {MOST_LOST_PERCENT} %: {names}. If that is meant, say so with --allow-loss"
        )
