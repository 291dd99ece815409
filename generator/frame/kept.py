"""What MkDocs makes of a site: frames of pages, hand-written pages and the theme's files, kept between builds."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

from generator import accessibility, site
from generator.plan import Plan
from generator.records.cache import read_sealed, version_of, write_sealed
from generator.records.folders import SOFTWARE, Project
from generator.shell import Frame

NAME = "frames.msgpack"
TEMPLATES = SOFTWARE / "generator/templates"
THEME = SOFTWARE / "generator/theme"


class Kept(Struct, frozen=True):
    """What MkDocs made, as it is kept; `key` stands for all that decided it."""

    key: str
    parts: dict[str, tuple[str, ...]]
    files: dict[str, bytes]


class Shell(Struct, frozen=True):
    """What MkDocs made: frames by (language, kind of page), and files by their path in the site."""

    frames: Mapping[tuple[str, str], Frame]
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """A text that differs whenever a frame does."""
        seen = sha256()
        for (language, kind), frame in sorted(self.frames.items()):
            seen.update("\0".join((language, kind, *frame.parts, "")).encode())
        return seen.hexdigest()


def key_of(plan: Plan) -> str:
    """A text that differs whenever MkDocs would make something else of the plan."""
    project, directory = plan.project, plan.directory
    seen = sha256(version_of(project.schema).encode())
    files = (*files_below(THEME), *files_below(project.pages), SOFTWARE / "mkdocs.yml", accessibility.FILE)
    for path in sorted(files):
        seen.update(f"{path.relative_to(base(path, project))}\0".encode() + sha256(path.read_bytes()).digest())
    for name, page in sorted(plan.written.items()):
        seen.update(f"{name}\0{msgspec.json.encode(page.front.data).decode()}\0{page.markdown}\0".encode())
    seen.update(msgspec.json.encode(directory.district))
    seen.update(directory.translations.digest("district/district"))
    settings = (plan.languages, plan.is_preview, site.sections(directory))
    seen.update(repr(settings).encode())
    return seen.hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder and below; none when there is no such folder."""
    return [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]


def base(path: Path, project: Project) -> Path:
    """The folder from which a path is told, so that a project may be moved."""
    return SOFTWARE if path.is_relative_to(SOFTWARE) else project.root


def read_shell(folder: Path, key: str) -> tuple[Shell | None, str]:
    """What MkDocs made of the same plan before, None when that is not known, and why what is kept cannot be used."""
    try:
        content = read_sealed(folder / NAME)
        kept = msgspec.msgpack.decode(content, type=Kept) if content else None
    except ValueError:
        return None, "The frames that the last build left in .cache cannot be read, so they are made anew."
    if kept is None or kept.key != key:
        return None, ""
    frames = {tuple(name.split(" ")): Frame(parts=parts) for name, parts in kept.parts.items()}
    return Shell(frames, kept.files), ""  # type: ignore[arg-type]


def write_shell(folder: Path, key: str, shell: Shell) -> None:
    """Keep what MkDocs made; a folder that cannot be written costs only time."""
    parts = {" ".join(name): frame.parts for name, frame in shell.frames.items()}
    write_sealed(folder / NAME, msgspec.msgpack.encode(Kept(key, parts, dict(shell.files))))
