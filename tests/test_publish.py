"""The exchange of sites: the old or the new one stands at every instant, and nothing is left that grows."""

import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from generator.building.rendering import render
from generator.plan import prepare
from generator.problems import SetupError
from generator.staging import publish as publishing
from generator.staging.publish import publish, staging
from generator.staging.stage import Stage
from tests.invented import checked
from tests.trees import MANIFEST, Tree, beside, build, digests, pages, site, tree, with_manifest

INSTANTS = int(os.environ.get("PARTNERS_KILLS", "50"))
"""How often a build is killed at a random instant; more of them find rarer faults."""
CLEAN = {"site", "changed", "lock"}
"""What lies beside a site that was built at least twice: the spare, its log, and the file of the lock."""

hard_link = os.link
"""The system's own, whatever a test makes of it."""
posix_only = pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks processes")


def in_child(work: Callable[[], object]) -> int:
    """Begin a piece of work in a process of its own, and return its number."""
    process = os.fork()
    if not process:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return process


def said_by(work: Callable[[], object]) -> str:
    """What a piece of work says, in a process of its own that is not the superuser's, when it cannot be done."""
    reading, writing = os.pipe()

    def told() -> None:
        if os.getuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        try:
            work()
        except SetupError as error:
            os.write(writing, str(error).encode())

    process = in_child(told)
    os.close(writing)
    with os.fdopen(reading) as file:
        words = file.read()
    os.waitpid(process, 0)
    return words


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may reach and change."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o777)
        yield folder


@pytest.fixture(params=["one step", "three steps", "copies"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Systems that exchange two folders in one step, that do not, and that link no files."""

    def refused(*words: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    if request.param == "three steps":
        monkeypatch.setattr(publishing, "exchanged", lambda one, other: False)
    if request.param == "copies":
        monkeypatch.setattr(os, "link", refused)
    return str(request.param)


def test_the_first_site_comes_into_place_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    assert not build(tmp_path / "new/site", pages("new"))
    assert tree(tmp_path / "new/site") == with_manifest(pages("new"))
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["site"]


def test_site_after_site_takes_the_place_of_the_last(tmp_path: Path, system: str) -> None:
    out = tmp_path / "site"
    known = digests(site(out, "0"))
    for words in "1", "2", "2", "3":
        files = pages(words)
        if words == "3":
            del files["en/river-1/index.html"]
        assert build(out, files, known)
        assert tree(out) == with_manifest(files)
        assert beside(out) == CLEAN
        known = digests(files)
    assert not (out / "en/river-1").exists()


def test_a_site_built_from_nothing_replaces_all_of_the_old_one(tmp_path: Path, system: str) -> None:
    out = tmp_path / "site"
    site(out)
    for words in "new", "newer":
        assert not build(out, {f"{words}/index.html": b"new"})
        assert tree(out) == with_manifest({f"{words}/index.html": b"new"})
        assert {path.name for path in out.iterdir()} == {words, MANIFEST}
    assert build(out, pages("newest"), digests({"newer/index.html": b"new"}))
    assert tree(out) == with_manifest(pages("newest"))
    assert beside(out) == CLEAN


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path, system: str) -> None:
    out = tmp_path / "site"
    one: Tree = {"a": b"file", "b/c/d": b"deep", "b/c/e": b"deep too", "x/y": b"y"}
    two: Tree = {"a/index.html": b"folder", "b/c": b"file", "x/y": b"y"}
    build(out, one)
    for before, after in ((one, two), (two, one), (one, two)):
        assert build(out, after, digests(before))
        assert tree(out) == with_manifest(after)


def test_a_build_that_changes_nothing_leaves_the_site_alone(tmp_path: Path) -> None:
    out = tmp_path / "site"
    known = digests(site(out))
    build(out, pages("new"), known)
    before = out.stat()
    assert build(out, pages("new"), digests(pages("new")))
    assert os.path.samestat(before, out.stat())


def test_a_failed_build_leaves_the_old_site_and_the_next_one_succeeds(tmp_path: Path, system: str) -> None:
    out = tmp_path / "site"
    known = digests(site(out))
    for attempt in range(3):
        with pytest.raises(ZeroDivisionError), staging(out, known if attempt else None) as begin:
            stage = begin()
            stage.write("en/river-1/index.html", b"half")
            stage.write("half/index.html", b"half")
            (stage.scratch / "pages").mkdir()
            raise ZeroDivisionError
        assert tree(out) == with_manifest(pages("old"))
    assert beside(out) == CLEAN
    assert build(out, pages("new"), known)
    assert tree(out) == with_manifest(pages("new"))


def test_a_failed_first_build_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), staging(tmp_path / "site") as begin:
        begin().write("index.html", b"half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []


def test_the_old_site_comes_back_when_the_new_one_cannot_come(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "site"
    site(out)
    monkeypatch.setattr(publishing, "exchanged", lambda one, other: False)
    with pytest.raises(SetupError, match=r"could not be put there: .*; the old site stays"), staging(out) as begin:
        stage = begin()
        stage.folder.rmdir()
        publish(stage)
    assert tree(out) == with_manifest(pages("old"))


def test_a_link_to_the_site_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "site").symlink_to("web/public")
    known = digests(site(tmp_path / "site"))
    assert build(tmp_path / "site", pages("new"), known)
    assert (tmp_path / "site").is_symlink()
    assert tree(tmp_path / "web/public") == with_manifest(pages("new"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "web"]


def refusal(out: Path) -> str:
    """What is said of a place where no site can be built."""
    with pytest.raises(SetupError) as caught, staging(out):
        pass
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_place_where_no_site_can_be_built_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "loop").symlink_to("loop")
    begins = "{}: no site can be built there: "
    for name, words in (("file", "it is not a folder"), ("loop", "too many levels"), ("x" * 250, "name too long")):
        assert refusal(tmp_path / name).startswith(begins.format(tmp_path / name))
        assert words in refusal(tmp_path / name)
    assert "choose another folder with --out" in refusal(tmp_path / "file/site")
    assert (tmp_path / "file").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]


@pytest.mark.skipif(not os.path.ismount("/proc"), reason="no mounted file system is known here")
def test_a_mounted_file_system_is_refused_before_anything_is_built() -> None:
    assert "another file system is mounted there" in refusal(Path("/proc"))


@posix_only
def test_a_folder_that_cannot_be_written_is_one_line(public: Path) -> None:
    (public / "closed").mkdir(0o555)
    said = said_by(lambda: build(public / "closed/site", pages("new")))
    assert said.startswith(f"{public}/closed/site: no site can be built there: ")
    assert said.endswith("permission denied; choose another folder with --out")


@posix_only
def test_a_site_that_cannot_be_replaced_stays(public: Path) -> None:
    out = public / "site"
    assert said_by(lambda: site(out)) == ""
    out.chmod(0o555)
    for known in (None, digests(pages("old"))):
        said = said_by(partial(build, out, pages("new"), known))
        assert said.endswith("permission denied; the old site stays")
        assert tree(out) == with_manifest(pages("old"))
    out.chmod(0o755)
    assert said_by(partial(build, out, pages("new"), digests(pages("old")))) == ""
    assert tree(out) == with_manifest(pages("new"))


def limited() -> None:
    """Let this process write files of 10,000 bytes at most, as a full disk would cut them off."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


@posix_only
@pytest.mark.parametrize("is_filled", [False, True])
def test_a_file_that_cannot_be_written_to_its_end_is_one_line(public: Path, is_filled: bool) -> None:
    out = public / "site"
    known = digests(pages("old")) if is_filled else None

    def cut_off() -> None:
        limited()
        build(out, {**pages("new"), "big.html": bytes(20_000)}, known)

    assert said_by(lambda: site(out)) == ""
    said = said_by(cut_off)
    assert said == f"{out}/big.html could not be written: file too large; the old site stays"
    assert tree(out) == with_manifest(pages("old"))
    assert said_by(lambda: build(out, pages("new"), digests(pages("old")))) == ""
    assert tree(out) == with_manifest(pages("new"))
    (public / ".site.spare").chmod(0o755)
    assert beside(out) == CLEAN


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("only the superuser may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_the_old_site_and_room_for_the_next_build(small_disk: Path) -> None:
    out = small_disk / "site"
    known = digests(site(out))
    for given in (None, known, known, None):
        with pytest.raises(SetupError, match=r"no space left on device; the old site stays"):
            build(out, {**pages("new"), "big.html": bytes(2_000_000)}, given)
        assert tree(out) == with_manifest(pages("old"))
    assert build(out, pages("new"), known)
    assert tree(out) == with_manifest(pages("new"))


class Fuse:
    """Kills the process before its n-th step that touches files."""

    def __init__(self, steps: int) -> None:
        self.steps = steps

    def __call__(self, event: str, words: tuple[object, ...]) -> None:
        """Count a step."""
        if event in ("open", "os.link", "os.remove", "os.rename", "os.mkdir", "os.rmdir", "ctypes.dlopen"):
            self.steps -= 1
            if not self.steps:
                os.kill(os.getpid(), signal.SIGKILL)


OLD: Tree = {"a/index.html": b"1", "b/index.html": b"2", "c": b"3", "d/e": b"4", "f": b"5"}
NEW: Tree = {"a/index.html": b"1", "b/index.html": b"changed", "c/index.html": b"3", "d": b"4", "g/h": b"6"}


@pytest.fixture
def prepared(tmp_path: Path, case: str) -> Path:
    """A folder with the old site, and beside it whatever the case wants."""
    out = tmp_path / "prepared/site"
    before = {"a/index.html": b"0", "f": b"0", "h": b"0"}
    build(out, before if case != "no spare" else OLD)
    if case != "no spare":
        build(out, OLD, digests(before))
    if case == "unknown spare":
        (out.parent / ".site.spare/changed").unlink()
    return out.parent


@posix_only
@pytest.mark.parametrize(
    ("case", "system"),
    [
        *(("filled", system) for system in ("one step", "three steps", "copies")),
        *((case, "one step") for case in ("unknown spare", "no spare", "empty")),
    ],
    indirect=["system"],
)
def test_killed_before_any_of_its_steps_a_build_leaves_a_whole_site(
    tmp_path: Path, prepared: Path, case: str, system: str
) -> None:
    """Every step, one after the other: the old or the new site stands, and the next builds make it right."""
    known = None if case == "empty" else digests(OLD)
    stride = 3 if INSTANTS <= 50 and (case != "filled" or system == "copies") else 1
    for steps in range(1, 1000, stride):
        out = Path(shutil.copytree(prepared, tmp_path / str(steps), copy_function=hard_link)) / "site"

        def killed(steps: int = steps, out: Path = out) -> None:
            sys.addaudithook(Fuse(steps))
            build(out, NEW, known)

        _process, status = os.waitpid(in_child(killed), 0)
        stands = tree(out)
        if stands or system != "three steps":  # in three steps, there is an instant without a site
            assert stands in (with_manifest(OLD), with_manifest(NEW)), steps
        left = NEW if stands == with_manifest(NEW) else OLD
        for before, after in ((left, OLD), (OLD, NEW)):
            assert build(out, after, digests(before)) or case == "empty", steps
            assert tree(out) == with_manifest(after), steps
        assert beside(out) == CLEAN, steps
        if os.WIFEXITED(status):
            assert os.WEXITSTATUS(status) == 0
            assert steps > 20
            return
    pytest.fail("the build never came to its end")


def keep_building(out: Path, beats: int) -> None:
    """Build two sites in turn for ever, with two forked workers, knowing after each what the last one left."""
    sites = [pages("a"), pages("b")]
    while True:
        stands = tree(out)
        known = next(digests(files) for files in sites if with_manifest(files) == stands)
        with staging(out, known) as begin:
            build_with_workers(begin(), sites[beats % 2], known)
        beats += 1


def build_with_workers(stage: Stage, files: Tree, known: Mapping[str, str]) -> None:
    """Build and publish a site with the files that are not known."""
    before = known if stage.is_filled else {}
    paths = [path for path, digest in digests(files).items() if before.get(path) != digest]
    workers = [in_child(partial(write_all, stage, files, paths[number::2])) for number in range(2)]
    for worker in workers:
        assert os.waitpid(worker, 0)[1] == 0
    stage.write(MANIFEST, with_manifest(files)[MANIFEST])
    publish(stage)


def write_all(stage: Stage, files: Tree, paths: list[str]) -> None:
    """Write the files of these paths."""
    for path in paths:
        stage.write(path, files[path])


@posix_only
def test_killed_at_any_instant_a_whole_site_stands(tmp_path: Path) -> None:
    """Builds with workers are killed again and again; whichever site stands is whole, and the next build succeeds."""
    out = tmp_path / "site"
    sites = [pages("a"), pages("b")]
    site(out, "a")
    chance = random.Random(3)
    for instant in range(INSTANTS):
        process = in_child(partial(keep_building, out, instant))
        time.sleep(chance.uniform(0, 0.06))
        os.kill(process, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(process, 0)[1])
        assert tree(out) in [with_manifest(files) for files in sites], instant
    stands = next(files for files in sites if with_manifest(files) == tree(out))
    assert build(out, pages("c"), digests(stands))
    assert tree(out) == with_manifest(pages("c"))
    assert beside(out) == CLEAN


def in_session(work: Callable[[], object]) -> None:
    """Do a piece of work in a session of its own, by which all processes that it begins are known."""
    os.setsid()
    work()


def wait_for_end(group: int) -> None:
    """Wait until no process of a group is left, as nobody else would ever end it."""
    end = time.monotonic() + 60
    while living(group):
        assert time.monotonic() < end, "workers outlive their build for ever"
        time.sleep(0.01)


def living(group: int) -> list[str]:
    """The processes of a group that still run, where the system tells (Linux)."""
    found = []
    for process in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _parent, its_group = process.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state not in "ZX":
                found.append(process.parent.name)
    return found


@posix_only
def test_killed_at_any_instant_a_real_build_leaves_a_whole_site(tmp_path: Path, repository: Path) -> None:
    """Builds of an invented district are killed: some from nothing, some of one edited record, with workers."""
    district = tmp_path / "district"
    shutil.copytree(repository / "tests/cases/riverbend", district, ignore=shutil.ignore_patterns(".cache"))
    record = next(iter(sorted((district / "partners").glob("*.yml"))))
    words = record.read_text()
    plans = []
    for name in ("River Pantry One", "River Pantry Two"):
        record.write_text(re.sub(r"^name: .*$", f"name: {name}", words, flags=re.MULTILINE))
        plans.append(prepare(checked(district), languages=("en", "es"), has_search=False, jobs=2))
    sites = []
    for plan in plans:
        render(plan, tmp_path / "site")
        sites.append(tree(tmp_path / "site"))
    assert sites[0] != sites[1]
    chance = random.Random(4)
    for instant in range(INSTANTS // 5):
        if instant % 3 == 0:
            shutil.rmtree(district / ".cache", ignore_errors=True)  # nothing is known: the whole site is made anew
        process = in_child(partial(in_session, partial(render, plans[instant % 2], tmp_path / "site")))
        time.sleep(chance.uniform(0, 0.8))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        wait_for_end(process)
        assert tree(tmp_path / "site") in sites, instant
    for plan, wanted in zip(plans, sites, strict=True):
        render(plan, tmp_path / "site")
        assert tree(tmp_path / "site") == wanted
    assert beside(tmp_path / "site") <= CLEAN
