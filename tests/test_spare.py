"""The spare: the same as the site before each build, whatever was done to either of them meanwhile."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.staging import spare
from tests.trees import MANIFEST, Tree, beside, build, digests, pages, tree, with_manifest

PAGE = "en/river-1/index.html"
LASTING = "en/about/index.html"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A site that was built twice, so that it has a spare: `old` stands, and the spare is a site before it."""
    build(tmp_path / "site", pages("older"))
    build(tmp_path / "site", pages("old"), digests(pages("older")))
    return tmp_path / "site"


def replace(path: Path, content: bytes) -> None:
    """Write a file anew, as an editor does."""
    path.with_name("editing").write_bytes(content)
    path.with_name("editing").replace(path)


def in_place(path: Path, content: bytes) -> None:
    """Write into a file that is there: into both trees, if they share it."""
    path.write_bytes(content)


def turn_into_folder(path: Path, content: bytes) -> None:
    """Put a folder into the place of a file."""
    path.unlink()
    path.mkdir()
    (path / "x").write_bytes(content)


def turn_into_link(path: Path, content: bytes) -> None:
    """Put a symbolic link into the place of a file."""
    path.unlink()
    path.symlink_to("/etc/hostname")


def delete(path: Path, content: bytes) -> None:
    """Delete a file."""
    path.unlink()


def delete_folder(path: Path, content: bytes) -> None:
    """Delete a file with its folder."""
    shutil.rmtree(path.parent)


def block_folder(path: Path, content: bytes) -> None:
    """Put a file into the place of the folder."""
    shutil.rmtree(path.parent)
    path.parent.write_bytes(content)


def empty(path: Path, content: bytes) -> None:
    """Leave nothing in a file, as a power cut does, without a trace in its time."""
    times = path.stat()
    path.write_bytes(b"")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize("path", [PAGE, LASTING])
@pytest.mark.parametrize("where", ["site", ".site.spare/site"])
@pytest.mark.parametrize("act", [replace, turn_into_folder, turn_into_link, delete, delete_folder, block_folder])
def test_a_tree_that_somebody_changed_is_brought_back_from_the_other(
    out: Path, act: Callable[[Path, bytes], None], where: str, path: str
) -> None:
    act(out.parent / where / path, b"changed")
    known = digests(pages("old"))
    is_lost = where == "site" and path == PAGE  # the spare has the one of the site before
    assert build(out, pages("new"), known) != is_lost
    assert tree(out) == with_manifest(pages("new"))
    assert build(out, pages("newer"), digests(pages("new")))
    assert tree(out) == with_manifest(pages("newer"))


@pytest.mark.parametrize("path", [PAGE, LASTING])
@pytest.mark.parametrize("act", [in_place, empty])
def test_a_file_that_was_changed_in_both_trees_lets_all_be_built_anew(
    out: Path, act: Callable[[Path, bytes], None], path: str
) -> None:
    act(out / path, b"changed")
    assert not build(out, pages("old"), digests(pages("old")))
    assert tree(out) == with_manifest(pages("old"))
    assert build(out, pages("new"), digests(pages("old")))
    assert tree(out) == with_manifest(pages("new"))


def test_files_that_were_only_touched_are_good(out: Path) -> None:
    for path in out.rglob("*.html"):
        os.utime(path)
    assert build(out, pages("old"), digests(pages("old")))
    assert build(out, pages("new"), digests(pages("old")))


def lose_spare(home: Path) -> None:
    """Delete the spare and leave its log."""
    shutil.rmtree(home / "site")


def lose_log(home: Path) -> None:
    """Delete the log."""
    (home / "changed").unlink()


def lose_all(home: Path) -> None:
    """Delete the hidden folder."""
    shutil.rmtree(home)


def garble_log(home: Path) -> None:
    """Write nonsense that points out of the tree into the log."""
    (home / "changed").write_bytes(b"\0../../precious\0\0/etc/passwd\0")


def fold_log(home: Path) -> None:
    """Put a folder into the place of the log."""
    (home / "changed").unlink()
    (home / "changed").mkdir()


def file_spare(home: Path) -> None:
    """Put a file into the place of the spare."""
    shutil.rmtree(home / "site")
    (home / "site").write_bytes(b"")


def clutter(home: Path) -> None:
    """Leave what killed builds leave."""
    (home / "new/x").mkdir(parents=True)
    (home / "scratch-x/y").mkdir(parents=True)
    (home / "changed.new").write_bytes(b"")


def strange_spare(home: Path) -> None:
    """Put somebody else's files into a spare of which nothing else is known."""
    lose_log(home)
    (home / "site/strange/deep").mkdir(parents=True)
    (home / "site/en/.DS_Store").write_bytes(b"x")
    (home / "site/strange/deep/file").write_bytes(b"x")


@pytest.mark.parametrize(
    "act", [lose_spare, lose_log, lose_all, garble_log, fold_log, file_spare, clutter, strange_spare]
)
def test_a_spare_that_is_not_what_it_was_is_made_again(out: Path, act: Callable[[Path], None]) -> None:
    (out.parent / "precious").write_text("mine")
    act(out.parent / ".site.spare")
    for words, known in (("new", "old"), ("newer", "new"), ("newest", "newer")):
        assert build(out, pages(words), digests(pages(known)))
        assert tree(out) == with_manifest(pages(words))
        assert beside(out) == {"site", "changed", "lock"}
    assert (out.parent / "precious").read_text() == "mine"


@pytest.mark.parametrize("where", ["site", ".site.spare/site"])
def test_what_somebody_put_into_a_tree_goes_with_the_next_build(out: Path, where: str) -> None:
    (out.parent / where / "CNAME").write_text("example.org")
    (out.parent / where / "own/deep").mkdir(parents=True)
    (out.parent / where / "own/deep/file").write_text("mine")
    for words, known in (("old", "old"), ("old", "old"), ("new", "old"), ("newer", "new")):
        assert build(out, pages(words), digests(pages(known)))
        assert tree(out) == with_manifest(pages(words))
        assert not (out / "own").exists()


def test_a_site_of_which_the_last_build_knows_nothing_is_built_anew(out: Path, tmp_path: Path) -> None:
    build(tmp_path / "other", {"x/index.html": b"another site"})
    shutil.rmtree(out)
    (tmp_path / "other").rename(out)
    assert not build(out, pages("new"), digests(pages("old")))
    assert tree(out) == with_manifest(pages("new"))


def test_a_site_that_another_build_has_replaced_since_is_built_anew(out: Path) -> None:
    told = digests(pages("old"))  # by the last build, before the lock was ours
    build(out, pages("other"), told)
    assert not build(out, pages("new"), told)
    assert tree(out) == with_manifest(pages("new"))


def test_a_site_that_was_copied_to_its_place_is_as_good(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "copy")
    shutil.rmtree(out)
    (tmp_path / "copy").rename(out)
    assert build(out, pages("new"), digests(pages("old")))
    assert tree(out) == with_manifest(pages("new"))


def test_the_next_build_touches_only_what_differs(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(out, {**pages("old"), PAGE: b"new"}, digests(pages("old")))
    made: list[str] = []
    link = os.link
    monkeypatch.setattr(os, "link", lambda source, target: (made.append(target), link(source, target)))
    build(out, pages("old"), digests({**pages("old"), PAGE: b"new"}))
    home = out.with_name(".site.spare")
    assert sorted(made) == [f"{home}/site/{PAGE}"] * 2 + [f"{home}/site/{MANIFEST}"] * 2  # the second after the first


def test_the_log_survives_what_was_cut_off(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"\0a/b\0\0c/dcut o\0e\0\0e\0")
    assert list(spare.logged(log) or ()) == ["a/b", "c/dcut o", "e"]
    log.write_bytes(b"")
    assert list(spare.logged(log) or ()) == []
    assert spare.logged(tmp_path / "none") is None


names = st.sampled_from(["a", "b", "c"])
contents = st.sampled_from([b"1", b"2", b"3"])


@st.composite
def sites(draw: st.DrawFn) -> Tree:
    """A small site: no file of it lies below another one."""
    paths = draw(st.lists(st.lists(names, min_size=1, max_size=3).map("/".join), max_size=6, unique=True))
    return {path: draw(contents) for path in paths if not any(other.startswith(f"{path}/") for other in paths)} or {
        "a": b"0"
    }


@settings(max_examples=40)
@given(history=st.lists(st.tuples(sites(), st.booleans()), min_size=2, max_size=6))
def test_site_after_site_is_exactly_what_was_built(
    history: list[tuple[Tree, bool]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("sites") / "site"
    known = None
    for files, forgets in history:
        is_filled = build(out, files, known)
        assert is_filled == (known is not None)
        assert tree(out) == with_manifest(files)
        assert {path for path in out.rglob("*") if path.is_dir() and not any(path.iterdir())} == set()
        known = None if forgets else digests(files)
