"""The exchange of sites: the old or the new one stands at every instant, and nothing is left behind."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator import publish as publishing
from generator.publish import publish, staging, sweep

REPOSITORY = Path(__file__).resolve().parent.parent


def site(folder: Path, words: str) -> Path:
    """A site of one page."""
    folder.mkdir()
    (folder / "index.html").write_text(words)
    return folder


def test_the_first_site_comes_into_place(tmp_path: Path) -> None:
    with staging(tmp_path / "new/site") as folder:
        publish(site(folder / "site", "new"), tmp_path / "new/site")
    assert (tmp_path / "new/site/index.html").read_text() == "new"


@pytest.mark.parametrize("is_one_step", [True, False])
def test_the_new_site_takes_the_place_of_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_one_step: bool
) -> None:
    out = site(tmp_path / "site", "old")
    if not is_one_step:
        monkeypatch.setattr(publishing, "exchanged", lambda one, other: False)
    with staging(out) as folder:
        publish(site(folder / "site", "new"), out)
    assert (out / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_old_site_comes_back_when_the_new_one_cannot_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = site(tmp_path / "site", "old")
    monkeypatch.setattr(publishing, "exchanged", lambda one, other: False)
    with pytest.raises(OSError), staging(out) as folder:
        publish(folder / "was never built", out)
    assert (out / "index.html").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_a_killed_build_left_is_swept_and_a_running_one_is_not(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f".site.{ended.pid}-abc").mkdir()
    (tmp_path / f".site.{os.getpid()}-abc").mkdir()
    (tmp_path / ".site.notes").mkdir()
    sweep(tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == [f".site.{os.getpid()}-abc", ".site.notes"]


def test_killed_at_any_instant_a_whole_site_stands(tmp_path: Path) -> None:
    """A process that exchanges two sites for ever is killed again and again; whichever stands is whole."""
    out = site(tmp_path / "site", "0" * 1000)
    program = (
        "import sys; from pathlib import Path; from generator.publish import publish, staging\n"
        "out = Path(sys.argv[1]); print(flush=True)\n"
        "for n in range(10**6):\n"
        "    with staging(out) as folder:\n"
        "        (folder / 'site').mkdir(); (folder / 'site/index.html').write_text(str(n % 10) * 1000)\n"
        "        publish(folder / 'site', out)\n"
    )
    for instant in range(20):
        process = subprocess.Popen(
            [sys.executable, "-c", program, str(out)],
            env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
            stdout=subprocess.PIPE,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.001 * instant)
        process.kill()
        process.wait()
        process.stdout.close()
        text = (out / "index.html").read_text()
        assert len(text) == 1000
        assert set(text) == {text[0]}
    sweep(out)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
