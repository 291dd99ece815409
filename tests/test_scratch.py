"""Scratch folders: in memory where there is room, gone afterwards."""

import os
import sys
from pathlib import Path

import pytest

from generator.machine.scratch import IN_MEMORY, NAME, is_full, scratch_folder


@pytest.fixture
def memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that stands for the file system in memory."""
    folder = tmp_path / "memory"
    folder.mkdir()
    monkeypatch.setattr("generator.machine.scratch.IN_MEMORY", folder)
    return folder


def test_it_is_in_memory_and_gone_afterwards(memory: Path, tmp_path: Path) -> None:
    with scratch_folder(1000, tmp_path) as folder:
        assert folder.parent == memory
        assert list(folder.iterdir()) == []
        (folder / "a").mkdir()
        (folder / "a/file").write_bytes(b"1")
    assert list(memory.iterdir()) == []


def test_without_room_in_memory_it_is_elsewhere(memory: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    with scratch_folder(1 << 60, tmp_path / "disk") as folder:
        assert folder.parent == tmp_path / "disk"
    memory.rmdir()
    with scratch_folder(0, tmp_path / "disk") as folder:
        assert folder.parent == tmp_path / "disk"


def test_what_killed_builds_left_is_removed_and_nothing_else(memory: Path, tmp_path: Path) -> None:
    dead = 4194304 + 1  # above the highest number that Linux gives
    kept = {f"{NAME}{os.getpid()}-abc", f"{NAME}1-abc", f"{NAME}of-mine", "else"}
    for name in (*kept, f"{NAME}{dead}-abc"):
        (memory / name).mkdir()
    with scratch_folder(0, tmp_path):
        pass
    assert {path.name for path in memory.iterdir()} == kept


@pytest.mark.skipif(sys.platform != "linux", reason="/proc is a file system without any room")
def test_a_full_file_system_is_known() -> None:
    assert is_full(Path("/proc"))
    assert not is_full(IN_MEMORY if IN_MEMORY.is_dir() else Path.home())
