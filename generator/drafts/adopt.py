"""Another district in this one's place: the data that git keeps are taken out, a draft and plain pages are put in."""

import re
import subprocess
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.problems import SetupError

DATA = ("partners", "recognition", "district", "pages", "translations")
"""Where a district's own words live; of the translations, all but the interface's words."""
STARTER = Path(__file__).parent / "starter"
"""Plain hand-written pages that fit any district; `{district}` stands for its name."""
_OWN = re.compile(
    r"(?:partners|recognition|district|pages|translations/[^/]+/(?:partners|recognition|district|pages))/.+"
)


def holdings(root: Path) -> tuple[str, ...]:
    """Every file that belongs to the present district, known to git or not; links are not followed."""
    files = (path for name in DATA for path in (root / name).rglob("*") if path.is_symlink() or path.is_file())
    paths = (path.relative_to(root).as_posix() for path in files)
    return tuple(sorted(path for path in paths if _OWN.fullmatch(path)))


def kept_by_git(root: Path) -> tuple[str, ...]:
    """The files of `holdings`, all of which git can bring back; a SetupError when that cannot be promised of one."""
    own = holdings(root)
    tracked = set(git(root, "ls-files", "-z", "--", *DATA))
    changed = [line[3:] for line in git(root, "status", "--porcelain", "-z", "--no-renames", "--", *DATA)]
    lost = sorted({path for path in own if path not in tracked} | set(changed))
    if lost:
        more = f" and {len(lost) - 1:,} more" if len(lost) > 1 else ""
        raise SetupError(f"nothing was removed, because git could not bring it all back: {lost[0]}{more}; commit first")
    return own


def git(root: Path, *words: str) -> list[str]:
    """What git says of a folder, cut at its zero bytes, paths relative to the folder; SetupError when it says no."""
    command = ["git", "-c", "status.relativePaths=true", "-c", "core.fsmonitor=false", *words]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError as error:
        raise SetupError("nothing was removed, because git is needed to keep what is removed; install it") from error
    if done.returncode:
        raise SetupError(f"nothing was removed, because git keeps no history of {root}")
    return [line for line in done.stdout.split("\0") if line]


def remove(root: Path, paths: Sequence[str]) -> None:
    """Remove the files, and the folders that are empty then."""
    for path in paths:
        (root / path).unlink()
    for folder in sorted({parent for path in paths for parent in Path(path).parents if parent.name}, reverse=True):
        if not any((root / folder).iterdir()):
            (root / folder).rmdir()


def counted(paths: Sequence[str]) -> str:
    """How many files there are in which folder, in words."""
    counts = Counter(path.partition("/")[0] for path in paths)
    return ", ".join(f"{counts[name]:,} in {name}/" for name in DATA if counts[name])


def starting_pages(district: str) -> Mapping[str, str]:
    """{path: text} of the hand-written pages that a new district begins with, for a name in plain characters."""
    files = sorted(STARTER.glob("*.md"))
    return {f"pages/{file.name}": file.read_text(encoding="utf-8").replace("{district}", district) for file in files}


def write(root: Path, texts: Mapping[str, str]) -> None:
    """Write new files, {path: text}; one that is there already raises FileExistsError."""
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        with (root / path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
