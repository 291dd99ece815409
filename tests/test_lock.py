"""One build at a time: the second is told of the first and touches nothing, and a killed one is in nobody's way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from generator.machine.lock import alone
from generator.problems import SetupError
from tests.trees import build, digests, pages, site, tree, with_manifest

REPOSITORY = Path(__file__).resolve().parent.parent
BUILDER = """
import sys, time
from pathlib import Path
from generator.staging.publish import staging
with staging(Path(sys.argv[1])) as begin:
    begin().write("half.html", b"half")
    print(flush=True)
    time.sleep(600)
"""


@contextmanager
def another_build(out: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A build in another process that has begun to write, and goes on and on."""
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(out)], env=surroundings, stdout=subprocess.PIPE
    ) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield process
        finally:
            process.kill()


def everything(folder: Path) -> dict[str, int]:
    """Every file and folder, with the time of its last change."""
    return {str(path): path.lstat().st_mtime_ns for path in folder.rglob("*")}


def test_a_second_build_is_refused_and_touches_nothing(tmp_path: Path) -> None:
    out = tmp_path / "site"
    known = digests(site(out))
    with another_build(out) as process:
        before = everything(tmp_path)
        for files in (None, known):
            with pytest.raises(SetupError) as caught:
                build(out, pages("new"), files)
            assert str(caught.value) == (
                f"another build is writing to {out} (process {process.pid}); "
                "wait for it to end, or choose another folder with --out"
            )
        assert everything(tmp_path) == before
        assert not build(tmp_path / "other", pages("new"))


def test_a_killed_build_is_in_nobodys_way(tmp_path: Path) -> None:
    out = tmp_path / "site"
    known = digests(site(out))
    with another_build(out) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert build(out, pages("new"), known)
    assert tree(out) == with_manifest(pages("new"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks a process")
def test_a_worker_that_outlives_its_build_does_not_hold_the_lock(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        with alone(tmp_path / "x", tmp_path):
            worker = os.fork()
            if worker:
                os.write(writing, b"%d" % worker)
            signal.pause()
    worker = int(os.read(reading, 20))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.kill(worker, 0)  # it lives
    with alone(tmp_path / "x", tmp_path):
        os.kill(worker, signal.SIGKILL)
        assert (tmp_path / "x/lock").read_text() == f"{os.getpid()}\n"
    assert not (tmp_path / "x").exists()


def test_the_folder_stays_when_something_was_left_in_it(tmp_path: Path) -> None:
    with alone(tmp_path / "x", tmp_path):
        (tmp_path / "x/left").write_text("")
    assert sorted(path.name for path in (tmp_path / "x").iterdir()) == ["left", "lock"]
    with alone(tmp_path / "x", tmp_path):
        (tmp_path / "x/left").unlink()
    assert not (tmp_path / "x").exists()


def test_builds_that_come_and_go_never_meet(tmp_path: Path) -> None:
    """Processes take the lock in turn, which removes its file each time: there is never more than one inside."""
    program = (
        "import os, sys; from pathlib import Path; from generator.machine.lock import alone\n"
        "from generator.problems import SetupError\n"
        "folder = Path(sys.argv[1]); entered = 0\n"
        "while entered < 100:\n"
        "    try:\n"
        "        with alone(folder / 'x', folder):\n"
        "            os.close(os.open(folder / 'inside', os.O_CREAT | os.O_EXCL))\n"
        "            os.unlink(folder / 'inside')\n"
        "            entered += 1\n"
        "    except SetupError: pass\n"
    )
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    builds = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)], env=surroundings) for _ in range(3)]
    assert [build.wait(300) for build in builds] == [0, 0, 0]
    assert list(tmp_path.iterdir()) == []
