"""Pages written by several processes: the same bytes as by one, and whatever befalls them, the old site stands."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path

import pytest

from generator.building import printing
from generator.building.rendering import render
from generator.building.whole import count_texts, units_of
from generator.cli import INTERRUPTED, TERMINATED
from generator.pages import schools
from generator.plan import Plan, prepare
from generator.problems import SetupError
from tests.golden_tree import CASE
from tests.invented import DAY_SECONDS, checked
from tests.trees import Tree, beside, tree

PATIENCE_SECONDS = 60
CLEAN = {"site", "changed", "lock"}
pytestmark = pytest.mark.skipif(not printing.CAN_FORK, reason="pages are written by one process here")


@pytest.fixture
def district(repository: Path, tmp_path: Path) -> Path:
    """An invented district."""
    return Path(shutil.copytree(repository / CASE, tmp_path / "riverbend", ignore=shutil.ignore_patterns(".cache")))


@pytest.fixture
def plan(district: Path) -> Plan:
    """Its site, to be written by three processes."""
    return prepare(checked(district), has_search=False, jobs=3)


@pytest.fixture
def out(plan: Plan, district: Path) -> Path:
    """An old site in two languages, in the place of the new one."""
    render(replace(plan, locales=plan.locales[:2]), district / "site")
    return district / "site"


# --- The same bytes ---


def test_several_processes_write_what_one_writes(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    render(plan, tmp_path / "several")
    render(replace(plan, jobs=1), tmp_path / "one")
    render(replace(plan, jobs=256), tmp_path / "many")
    monkeypatch.setattr(printing, "SMALL", 10)
    monkeypatch.setattr(printing, "WAVE", 30)
    render(plan, tmp_path / "in-waves")
    assert (
        tree(tmp_path / "several") == tree(tmp_path / "one") == tree(tmp_path / "many") == tree(tmp_path / "in-waves")
    )


def test_no_unit_is_lost_or_moved_when_work_is_shared(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    units, _ = units_of(plan, count_texts(plan, {}))
    monkeypatch.setattr(printing, "SMALL", 10)
    monkeypatch.setattr(printing, "WAVE", 30)
    chunks = tuple(printing.chunks_of(units, 2))
    waves = tuple(printing.waves_of(chunks))
    assert [unit for wave in waves for chunk in wave for unit in chunk] == [*units]
    assert max(map(len, chunks)) <= 10 < len(chunks)
    assert all(sum(map(len, wave)) >= 30 for wave in waves[:-1])
    assert tuple(printing.chunks_of((), 2)) == ()


def test_processes_are_used_where_they_save_time(plan: Plan, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pids() -> set[str]:
        return {path.name for path in (tmp_path / "pids").iterdir()}

    def noted(*given: object) -> printing.Printed:
        (tmp_path / "pids" / str(os.getpid())).touch()
        return print_unit(*given)  # type: ignore[arg-type]

    print_unit = printing.print_unit
    (tmp_path / "pids").mkdir()
    monkeypatch.setattr(printing, "print_unit", noted)
    render(plan, tmp_path / "site")
    assert str(os.getpid()) not in pids()
    assert 1 <= len(pids()) <= 3
    before = pids()
    record = max((plan.project.root / "partners").glob("*.yml"))
    record.write_text(record.read_text().replace("\nsummary: ", "\nsummary: New. ", 1))
    render(prepare(checked(plan.project.root), has_search=False, jobs=3), tmp_path / "site")
    assert pids() - before == {str(os.getpid())}


# --- What goes wrong in a process ---


def refused(plan: Plan, out: Path, error: type[BaseException], wrong: Callable[[], object], **other: int) -> str:
    """Build with school pages that do something wrong; the old site stands, and nothing goes on or is left."""
    old = tree(out)
    page = schools.school_page

    def spoiled(*given: object) -> object:
        wrong()
        return page(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch, pytest.raises(error) as failure:
        patch.setattr(schools, "school_page", spoiled)
        render(replace(plan, **other), out)
    assert tree(out) == old
    assert beside(out) <= CLEAN
    assert active_children() == []
    render(plan, out)
    assert (out / "ar/index.html").is_file()
    return str(failure.value)


def test_a_killed_process_is_named_and_the_old_site_stands(plan: Plan, out: Path) -> None:
    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    message = refused(plan, out, SetupError, die)
    assert "a process that wrote pages was killed" in message
    assert "--jobs 1" in message
    assert "the old site stays" in message


def raise_setup_error() -> None:
    """Tell that something outside the records is broken."""
    raise SetupError("the disk is on fire")


def raise_bug() -> None:
    """Have a bug."""
    raise ValueError("a bug")


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_page_that_fails_leaves_the_old_site(plan: Plan, out: Path, jobs: int) -> None:
    assert refused(plan, out, SetupError, raise_setup_error, jobs=jobs) == "the disk is on fire"
    assert refused(plan, out, ValueError, raise_bug, jobs=jobs) == "a bug"


# --- Stopped, killed, not alone ---

SLOW = """
import os, sys, time
from pathlib import Path
from generator import cli
from generator.building import printing
print_unit = printing.print_unit
def slow(*given):
    Path(os.environ["PIDS"], str(os.getpid())).touch()
    while Path(os.environ["HOLD"]).exists():
        time.sleep(0.03)
    return print_unit(*given)
printing.print_unit = slow
cli.main()
"""
"""A build that notes which processes are at its pages, and goes on with them when it may."""


@pytest.fixture
def slow(out: Path, district: Path, repository: Path, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A build in the place of the old site, held up as soon as its processes write pages."""
    (tmp_path / "pids").mkdir()
    (tmp_path / "hold").touch()
    known = {"PIDS": str(tmp_path / "pids"), "HOLD": str(tmp_path / "hold")}
    environment = {**os.environ, "PYTHONPATH": str(repository), "NO_COLOR": "1", **known}
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW, "build", "--no-search", "--fresh", "--jobs", "3"],
        cwd=district, env={**environment, "SOURCE_DATE_EPOCH": DAY_SECONDS}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    wait(lambda: len(list((tmp_path / "pids").iterdir())) > 1 or process.poll() is not None)
    assert process.poll() is None, process.communicate()
    yield process
    process.kill()
    process.communicate()


def wait(until: Callable[[], bool]) -> None:
    """Wait until something is so; fails when it does not come."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not until():
        assert time.monotonic() < end
        time.sleep(0.02)


def workers(slow: subprocess.Popen[str], tmp_path: Path) -> list[int]:
    """The processes that write pages."""
    return [int(path.name) for path in (tmp_path / "pids").iterdir() if int(path.name) != slow.pid]


def is_gone(group: int) -> bool:
    """Whether no process of a group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def ended(slow: subprocess.Popen[str]) -> tuple[int, str]:
    """The exit code of a build, and the last line it said; nothing of it goes on."""
    _, said = slow.communicate(timeout=PATIENCE_SECONDS)
    wait(lambda: is_gone(slow.pid))
    assert "Traceback" not in said
    return slow.returncode, said.strip().splitlines()[-1] if said.strip() else ""


def builds_again(district: Path, old: Tree) -> None:
    """Fails unless the old site stands, and the next build replaces it."""
    assert tree(district / "site") == old
    render(prepare(checked(district), has_search=False), district / "site")
    assert (district / "site/ar/index.html").is_file()
    assert beside(district / "site") <= CLEAN


@pytest.mark.parametrize("whole_group", [True, False])
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)])
def test_a_build_that_is_stopped_at_its_pages_ends_with_its_processes(
    slow: subprocess.Popen[str], district: Path, tmp_path: Path, number: int, code: int, whole_group: bool
) -> None:
    old = tree(district / "site")
    (os.killpg if whole_group else os.kill)(slow.pid, number)
    (tmp_path / "hold").unlink()
    found, said = ended(slow)
    assert (found, said) == (code, "Stopped.") or (whole_group and number == signal.SIGTERM and found == 1), said
    assert beside(district / "site") <= CLEAN
    builds_again(district, old)


def test_a_killed_build_takes_its_processes_along(slow: subprocess.Popen[str], district: Path) -> None:
    old = tree(district / "site")
    slow.kill()
    assert ended(slow)[0] == -signal.SIGKILL
    builds_again(district, old)


def test_a_build_whose_process_is_killed_says_so(slow: subprocess.Popen[str], district: Path, tmp_path: Path) -> None:
    old = tree(district / "site")
    os.kill(workers(slow, tmp_path)[0], signal.SIGKILL)
    code, said = ended(slow)
    assert code == 1
    assert said.startswith("partners: a process that wrote pages was killed")
    assert beside(district / "site") <= CLEAN
    builds_again(district, old)


def test_a_second_build_in_the_same_place_waits_for_its_turn(
    slow: subprocess.Popen[str], district: Path, repository: Path, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "generator", "build", "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(repository), "NO_COLOR": "1"}
    second = subprocess.run(
        command, cwd=district, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert second.returncode == 1
    assert f"another build is writing to {district / 'site'} (process {slow.pid})" in second.stderr
    assert "Traceback" not in second.stderr
    (tmp_path / "hold").unlink()
    assert ended(slow)[0] == 0
    assert (district / "site/ar/index.html").is_file()
