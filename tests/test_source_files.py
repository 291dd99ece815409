"""Files that are not what they should be: links, folders, pipes, giants."""

import os
from pathlib import Path

import pytest

from generator.problems import Place, Problem
from generator.source import read
from tests.sources import GOOD, document


def test_read_a_file(tmp_path: Path) -> None:
    (tmp_path / "club.yml").write_text(GOOD, encoding="utf-8")
    found, faults = read(tmp_path / "club.yml", relative="partners/club.yml")
    assert faults == ()
    assert found == document(GOOD)


def file_problem(path: Path, limit_bytes: int = 1_000) -> Problem:
    found, (fault,) = read(path, relative="partners/club.yml", limit_bytes=limit_bytes)
    assert found is None
    assert fault.at == Place(path="partners/club.yml")
    return fault


def test_a_link_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "real.yml").write_text("a: b\n", encoding="utf-8")
    (tmp_path / "link.yml").symlink_to("real.yml")
    (tmp_path / "dangling.yml").symlink_to("nowhere.yml")
    for name in ("link.yml", "dangling.yml"):
        fault = file_problem(tmp_path / name)
        assert (fault.rule, "symbolic link" in fault.message) == ("not-a-file", True)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "folder.yml").mkdir()
    fault = file_problem(tmp_path / "folder.yml")
    assert (fault.rule, "folder" in fault.message) == ("not-a-file", True)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_no_file_and_does_not_block(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yml")
    assert file_problem(tmp_path / "pipe.yml").rule == "not-a-file"


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.yml").open("wb") as file:
        file.truncate(5_000_000_000)  # sparse: takes no space
    fault = file_problem(tmp_path / "huge.yml")
    assert fault.rule == "too-large"
    assert "5,000,000,000" in fault.message
    assert "1,000" in fault.message


def test_a_kind_may_allow_larger_files(tmp_path: Path) -> None:
    text = "".join(f"key{number}: {'x' * 90}\n" for number in range(1_000))
    (tmp_path / "large.yml").write_text(text, encoding="utf-8")
    assert file_problem(tmp_path / "large.yml", limit_bytes=65_536).rule == "too-large"
    found, faults = read(tmp_path / "large.yml", relative="x.yml", limit_bytes=200_000)
    assert faults == ()
    assert found is not None


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    fault = file_problem(tmp_path / "none.yml")
    assert (fault.rule, "no such file" in fault.message) == ("unreadable", True)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="the superuser may read every file")
def test_an_unreadable_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "secret.yml").write_text("a: b\n", encoding="utf-8")
    (tmp_path / "secret.yml").chmod(0)
    assert file_problem(tmp_path / "secret.yml").rule == "unreadable"


def test_a_name_that_no_file_can_have_is_a_problem() -> None:
    assert file_problem(Path("a\0b.yml")).rule == "unreadable"
    assert file_problem(Path("a" * 5_000)).rule == "unreadable"
