"""Photos of a story that is being written: looked at, written anew without metadata, and kept only so."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from werkzeug import Request

from generator.desk.place import Desk
from generator.nominations.publishing import content_of_former
from generator.nominations.season import Refused, Season
from generator.pictures import FORMATS, LIMIT_BYTES, clean, fault
from generator.text import slugify
from generator.vault.drafts import draft_path, drafts, keep, kept
from generator.vault.storage import Vault

MARK = "photo."
KINDS = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


def taken(request: Request, desk: Desk, vault: Vault, number: str, by: str) -> dict[str, str]:
    """Keep the photos that a form brought; the names under which they are kept, by the form's field."""
    found: dict[str, str] = {}
    for name, file in request.files.items():
        if not file.filename:
            continue
        stem, _, ending = file.filename.replace("\\", "/").rpartition("/")[2].rpartition(".")
        ending = "." + ending.lower().replace("jpeg", "jpg")
        kept_as = f"{slugify(stem)[:60].strip('-') or 'photo'}{ending}"
        if ending not in FORMATS:
            raise Refused(f"a photo is a file that ends in {', '.join(FORMATS)}")
        with private_folder(desk) as folder:
            path = folder / kept_as
            path.write_bytes(file.stream.read(LIMIT_BYTES + 1))
            if reason := fault(path):
                raise Refused(f"the photo {kept_as} {reason}")
            keep(vault, draft_path(number, by, MARK + kept_as), clean(path))
        found[name.removesuffix("-upload") + "-file"] = kept_as
    return found


def waiting(season: Season, number: str, by: str) -> Mapping[str, bytes]:
    """The photos of a story that is being written, by file: new ones, and those of a story that is scheduled."""
    vault = season.vault
    start = draft_path(number, by, MARK)
    paths = [path for path in drafts(vault, number) if path.startswith(start)]
    new = {path.removeprefix(start): content for path in paths if (content := kept(vault, path))}
    return {**content_of_former(season, season.nomination(number)), **new}


@contextmanager
def private_folder(desk: Desk) -> Iterator[Path]:
    """A folder in the vault that only its owner can enter, and that is gone afterwards; git does not see it."""
    with TemporaryDirectory(dir=desk.folder, prefix=".", suffix=".new") as folder:
        yield Path(folder)


@contextmanager
def unfolded(desk: Desk, photos: Mapping[str, bytes]) -> Iterator[Path | None]:
    """The photos as files of a folder for as long as they are needed; None when there are none."""
    if not photos:
        yield None
        return
    with private_folder(desk) as folder:
        for name, content in photos.items():
            (folder / name).write_bytes(content)
        yield folder
