"""What is written into a stage: all of it, in its place, and never into a file that the site shares."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.staging.publish import publish, staging
from generator.staging.stage import Stage, failing
from tests.trees import build, digests, pages, site, tree, with_manifest

PAGE = "en/river-1/index.html"


@pytest.fixture(params=["filled", "empty"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    """A stage beside a small site, filled with its files or empty."""
    known = digests(site(tmp_path / "site")) if request.param == "filled" else None
    with ExitStack() as stack:
        yield stack.enter_context(staging(tmp_path / "site", known))()


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Stage]:
    """A stage filled with the files of a small site."""
    known = digests(site(tmp_path / "site"))
    with staging(tmp_path / "site", known) as begin:
        yield begin()


def test_a_filled_stage_holds_the_site_without_a_copy_of_it(filled: Stage) -> None:
    assert filled.is_filled
    assert tree(filled.folder) == with_manifest(pages("old"))
    assert (filled.folder / PAGE).samefile(filled.out / PAGE)


def test_what_is_written_leaves_the_site_alone(filled: Stage) -> None:
    filled.write(PAGE, b"new")
    filled.write("new/deep/index.html", b"new")
    filled.remove("en/river-2/index.html")
    assert tree(filled.out) == with_manifest(pages("old"))
    assert (filled.folder / PAGE).read_bytes() == b"new"
    assert (filled.folder / "new/deep/index.html").read_bytes() == b"new"
    assert not (filled.folder / "en/river-2").exists()


def test_what_is_written_as_it_was_changes_nothing(filled: Stage) -> None:
    for path, content in with_manifest(pages("old")).items():
        filled.write(path, content)
    filled.remove("never/was")
    assert not filled.has_changed()
    filled.write(PAGE, b"new")
    assert filled.has_changed()


def test_a_stage_takes_what_it_is_given_last(stage: Stage) -> None:
    for content in (b"one", b"", b"one two", bytes(3_000_000)):
        stage.write("x/y", content)
        assert (stage.folder / "x/y").read_bytes() == content


def test_files_and_folders_make_room_for_one_another(stage: Stage) -> None:
    stage.write("a/b/c", b"deep")
    stage.write("a/b/d", b"deep")
    stage.write("a", b"file")
    assert (stage.folder / "a").read_bytes() == b"file"
    stage.write("a/b/c", b"deep again")
    assert (stage.folder / "a/b/c").read_bytes() == b"deep again"
    stage.remove("a")  # a folder by now
    stage.remove("a/b/c/d")
    assert (stage.folder / "a/b/c").read_bytes() == b"deep again"


def test_folders_that_are_empty_go_and_others_stay(stage: Stage) -> None:
    stage.write("x/y/z/1", b"1")
    stage.write("x/2", b"2")
    stage.remove("x/y/z/1")
    assert [path.name for path in (stage.folder / "x").iterdir()] == ["2"]
    stage.remove("x/2")
    assert not (stage.folder / "x").exists()
    assert stage.folder.is_dir()


def test_what_was_made_room_for_is_known_to_the_next_build(tmp_path: Path) -> None:
    out = tmp_path / "site"
    known = digests(site(out))
    with pytest.raises(ZeroDivisionError), staging(out, known) as begin:
        stage = begin()
        stage.write("en", b"a file in the place of a language")
        stage.write("robots.txt/index.html", b"a page in the place of a file")
        raise ZeroDivisionError
    assert build(out, pages("new"), known)
    assert tree(out) == with_manifest(pages("new"))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks processes")
def test_workers_may_change_the_same_folders_at_the_same_moment(stage: Stage) -> None:
    def work(number: int) -> None:
        for turn in range(150):
            stage.write(f"shared/deep/{turn % 3}/{number}", b"x")
            stage.remove(f"shared/deep/{turn % 3}/{number}")
        stage.write(f"shared/last/{number}", b"%d" % number)

    workers = []
    for number in range(4):
        process = os.fork()
        if not process:
            try:
                work(number)
                os._exit(0)
            finally:
                os._exit(1)
        workers.append(process)
    assert [os.waitpid(worker, 0)[1] for worker in workers] == [0] * 4
    assert tree(stage.folder / "shared") == {f"last/{number}": b"%d" % number for number in range(4)}
    publish(stage)
    assert (stage.out / "shared/last/3").read_bytes() == b"3"


def test_a_worker_whose_build_was_killed_writes_no_more(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "getppid", lambda: 1)
    monkeypatch.setattr(os, "getpid", lambda: 2)
    for work in (lambda: stage.write("x", b"x"), lambda: stage.remove(PAGE)):
        with pytest.raises(SystemExit):
            work()
    assert not (stage.folder / "x").exists()


def test_a_file_that_cannot_be_written_is_one_line_that_names_it(stage: Stage) -> None:
    with pytest.raises(SetupError) as caught:
        stage.write("x" * 300, b"x")
    assert str(caught.value).startswith(f"{stage.out}/xxx")
    assert str(caught.value).endswith("x could not be written: file name too long; the old site stays")


def test_what_the_system_refuses_names_the_file_if_the_system_does() -> None:
    def said(error: OSError) -> str:
        with pytest.raises(SetupError) as caught, failing("site: no", "go on"):
            raise error
        return str(caught.value)

    assert said(OSError(errno.ENOSPC, "No space left on device")) == "site: no: no space left on device; go on"
    assert said(OSError(errno.EACCES, "Permission denied", "/x/y")) == "site: no: /x/y: permission denied; go on"
    assert said(OSError("Odd")) == "site: no: odd; go on"
