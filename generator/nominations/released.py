"""The public tree's side: the exact difference that a story makes, its files written, or a branch with them."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from difflib import unified_diff
from io import BytesIO
from pathlib import Path

from PIL import Image

from generator.nominations.publishing import Public
from generator.nominations.season import Refused
from generator.problems import SetupError
from generator.source.disk import read_bytes
from generator.source.whole import write_whole
from generator.text import visible
from generator.vault.apart import ELSEWHERE

LIMIT_BYTES = 4_000_000


def difference(root: Path, public: Public) -> Iterator[str]:
    """The lines of a unified diff of every text, and a line for every picture, as they would change."""
    for path, content in sorted(public.files.items()):
        before = _present(root, path)
        if before == content:
            continue
        if not path.endswith(".yml"):
            yield f"{'removed' if content is None else 'new' if before is None else 'changed'} {path}{_size(content)}"
            continue
        names = (
            f"a/{path}" if before is not None else "/dev/null",
            f"b/{path}" if content is not None else "/dev/null",
        )
        for line in unified_diff(_lines(before), _lines(content), *names, lineterm=""):
            yield visible(line)


def _present(root: Path, path: str) -> bytes | None:
    """What stands at a path of the public tree."""
    if not (root / path).exists() and not (root / path).is_symlink():
        return None
    content = read_bytes(root / path, relative=path, limit_bytes=LIMIT_BYTES)
    if not isinstance(content, bytes):
        raise SetupError(f"{path}: {content.message}, so nothing is written there")
    return content


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines()


def _size(content: bytes | None) -> str:
    """The size of a picture in words."""
    if content is None:
        return ""
    with Image.open(BytesIO(content)) as image:
        return f" ({image.width} × {image.height} pixels, {len(content) / 1000:.0f} KB, no metadata)"


def write(root: Path, public: Public) -> tuple[str, ...]:
    """Write the files into the public tree, each whole or not at all; the paths that changed."""
    changed = [path for path, content in sorted(public.files.items()) if _present(root, path) != content]
    for path in changed:
        _write_one(root, path, public.files[path])
    return tuple(changed)


def _write_one(root: Path, path: str, content: bytes | None) -> None:
    target = root / path
    for folder in target.relative_to(root).parents:
        if (root / folder).is_symlink():
            raise SetupError(f"{folder}: this is a link, so nothing is written there")
    if content is None:
        target.unlink(missing_ok=True)
        return
    write_whole(target, content)


def branch(root: Path, public: Public, name: str, subject: str) -> str:
    """A new branch with one commit that holds the files, beside whatever is checked out; the commit's name.

    Nothing in the working tree changes and no hook runs. Refused says what git says against it.
    """
    top = Path(_git(root, "rev-parse", "--show-toplevel"))
    prefix = _git(root, "rev-parse", "--show-prefix")
    if name.startswith("-") or name == "HEAD":
        raise Refused("the branch needs a name of letters, digits and hyphens, such as thanks-in-may")
    if _git(root, "for-each-ref", "--format=%(refname)", f"refs/heads/{name}"):
        raise Refused(f'there is a branch "{name}" already; choose another name for the branch')
    base = _git(root, "rev-parse", "HEAD")
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        _git(top, "read-tree", base, index=index)
        for path, content in sorted(public.files.items()):
            if content is None:
                _git(top, "update-index", "--force-remove", "--", prefix + path, index=index)
                continue
            blob = _git(top, "hash-object", "-w", "--stdin", content=content)
            _git(top, "update-index", "--add", "--cacheinfo", f"100644,{blob},{prefix}{path}", index=index)
        tree = _git(top, "write-tree", index=index)
    if tree == _git(root, "rev-parse", f"{base}^{{tree}}"):
        raise Refused("the public tree has these files already, so there is nothing to propose")
    commit = _git(root, "commit-tree", tree, "-p", base, "-m", subject)
    _git(root, "update-ref", f"refs/heads/{name}", commit, "0" * len(commit))
    return commit


def _git(folder: Path, *words: str, content: bytes | None = None, index: Path | None = None) -> str:
    """What git answers; Refused with its first line when it refuses."""
    own = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    known = {**own, "LC_ALL": "C", **({"GIT_INDEX_FILE": str(index)} if index else {})}
    command = ["git", "-C", str(folder), *words]
    try:
        done = subprocess.run(command, input=content, capture_output=True, env=known, check=False)
    except FileNotFoundError as error:
        raise Refused(
            "git is not installed, so there is no branch; the files can be written as they lie there"
        ) from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise Refused(f"git makes no branch here ({words[0]}): {visible(said)}")
    return done.stdout.decode("utf-8", "replace").strip()
