"""Work in a process of its own: its result comes, whatever becomes of the process."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from generator.machine import background as module
from generator.machine.background import beside


def test_the_result_of_another_process_comes() -> None:
    with beside(lambda: (os.getpid(), "x" * 1_000_000)) as result:
        number, words = result()
    assert len(words) == 1_000_000
    assert (number == os.getpid()) == (not hasattr(os, "fork"))


def test_a_result_that_nobody_asks_for_is_in_nobodys_way() -> None:
    with suppress(ZeroDivisionError), beside(lambda: "x" * 10_000_000):
        raise ZeroDivisionError


def test_work_whose_process_is_killed_is_done_here(tmp_path: Path) -> None:
    here = os.getpid()

    def work() -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return 7

    with beside(work) as result:
        assert result() == 7


def test_work_that_fails_in_its_process_fails_here_in_silence(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        raise PermissionError(13, "Permission denied")

    with beside(work) as result, pytest.raises(PermissionError):
        result()
    assert capfd.readouterr() == ("", "")


def test_where_no_process_can_be_forked_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "get_all_start_methods", lambda: ["spawn"])
    with beside(os.getpid) as result:
        assert result() == os.getpid()
