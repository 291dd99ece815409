"""A new site in the place of the old one: made beside it, exchanged in one step; at any instant one of them stands."""

import ctypes
import errno
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from generator.machine.background import beside
from generator.machine.lock import alone
from generator.staging import repair, spare
from generator.staging.stage import Stage, failing

RENAME_EXCHANGE = 2
AT_FDCWD = -100
"""Linux: the flag of `renameat2(2)` that swaps two names, and the folder from which relative paths count."""
SPARE, NEW, FORMER, LOG, SCRATCH = "site", "new", "former", "changed", "scratch-"
"""Names in the hidden folder beside the site: the spare; a site that is made from nothing; the old site on its way out,
where two folders cannot be exchanged; the log of the spare; the beginning of the name of a build's scratch folder."""


@contextmanager
def staging(out: Path, files: Mapping[str, str] | None = None) -> Iterator[Callable[[], Stage]]:
    """What begins a stage for the site in `out`; its remains, hidden beside the site, save the next build time.

    `files` are the files of the present site, the manifest among them, with the SHA-256 of their content, as the last
    build left them. The stage is filled with these files, or empty: without `files`, and when neither the site nor the
    spare has all of them any more. Whether they have is looked up beside whatever is done before the stage is begun.
    Only one process at a time may be at work there; others get a SetupError.
    """
    cannot = f"{out}: no site can be built there", "choose another folder with --out"
    with ExitStack() as stack:
        with failing(*cannot):
            place = prepared(out)
            home = place.with_name(f".{place.name}.spare")
            stack.enter_context(alone(home, place))
            stack.callback(sweep, home, place)
            restore(home, place)
            sweep(home, place)
            has_all = looked_after(home, place, files, stack)

        def begin() -> Stage:
            with failing(*cannot):
                stage = filled_stage(home, place) if has_all() else empty_stage(home, place)
            if stage.is_filled:
                stack.callback(os.close, stage.log)
            return stage

        yield begin


def looked_after(home: Path, out: Path, files: Mapping[str, str] | None, stack: ExitStack) -> Callable[[], bool]:
    """What tells, in the end, whether the spare has all these files; until the stack is left, it is being looked up."""
    if files is None or not out.is_dir():
        return lambda: False
    tree, log = home / SPARE, home / LOG
    spare.refresh(tree, out, log, files)
    examined = stack.enter_context(beside(partial(repair.examine, tree, out, files)))
    return lambda: repair.mend(tree, out, log, files, examined())


def prepared(out: Path) -> Path:
    """The place of a site without symbolic links, in a folder that exists."""
    try:
        place = out.resolve()
    except RuntimeError as error:  # links that lead to one another
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
    if os.path.ismount(place):
        raise OSError(errno.EBUSY, "another file system is mounted there, so that it cannot be exchanged")
    if place.exists() and not place.is_dir():
        raise OSError(errno.ENOTDIR, "it is not a folder")
    place.parent.mkdir(parents=True, exist_ok=True)
    return place


def restore(home: Path, out: Path) -> None:
    """Finish what a build was killed in that could not exchange two folders in one step."""
    former = home / FORMER
    if former.is_dir():
        if not out.exists():
            former.replace(out)
        elif not (home / SPARE).exists():
            former.replace(home / SPARE)
        else:
            shutil.rmtree(former)


def sweep(home: Path, out: Path) -> None:
    """Remove what an ended build has left half-made; its folders become a spare of which nothing is known."""
    for path in home.iterdir():
        if path.name.startswith(SCRATCH):
            shutil.rmtree(path, ignore_errors=True)
    if (home / NEW).exists():
        spare.clear(home / LOG)
        if out.exists() and not (home / SPARE).exists():
            (home / NEW).replace(home / SPARE)
        else:
            shutil.rmtree(home / NEW, ignore_errors=True)


def filled_stage(home: Path, out: Path) -> Stage:
    """The spare as a stage."""
    log = os.open(home / LOG, os.O_WRONLY | os.O_APPEND)
    return Stage(out=out, folder=home / SPARE, scratch=scratch(home), is_filled=True, log=log, process=os.getpid())


def empty_stage(home: Path, out: Path) -> Stage:
    """A stage without a file, with the folders of the spare if there is one."""
    spare.clear(home / LOG)
    folder = home / NEW
    if (home / SPARE).is_dir():
        (home / SPARE).replace(folder)
        spare.strip(folder)
    else:
        spare.clear(home / SPARE)
        folder.mkdir()
    return Stage(out=out, folder=folder, scratch=scratch(home), is_filled=False, log=-1, process=os.getpid())


def scratch(home: Path) -> Path:
    """A new folder for one build alone; a program that has outlived a killed build may still write into another."""
    return Path(mkdtemp(prefix=SCRATCH, dir=home))


def publish(stage: Stage) -> None:
    """Put a finished site in the place of the old one, which becomes the spare; nothing happens if both are the same.

    Where the system can exchange two folders in one step, there is no instant without a site. Elsewhere the old site
    comes back if the new one cannot be put into its place, at the latest with the next build.
    """
    home, out = stage.scratch.parent, stage.out
    with failing(f"{out}: the finished site could not be put there", "the old site stays"):
        if stage.folder.name == NEW:
            spare.tidy(stage.folder)
        if not os.path.lexists(out):
            stage.folder.replace(out)
        elif stage.has_changed():
            exchange(stage.folder, out, home / FORMER)


def exchange(new: Path, out: Path, former: Path) -> None:
    """Swap two folders: in one step if the system can, else by way of `former`."""
    if exchanged(new, out):
        return
    out.replace(former)
    try:
        new.replace(out)
    except OSError:
        former.replace(out)
        raise
    former.replace(new)


def exchanged(one: Path, other: Path) -> bool:
    """Whether the system swapped the two names in one step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if os.name == "posix" else None
    if rename is None:
        return False
    return bool(rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0)
