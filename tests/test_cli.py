"""The command line: help, exit codes, and one clear line for whatever is broken outside the records."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.cli import Terminated, terminate
from generator.cli.build import forget
from generator.manifest import NAME, Manifest, encode

REPOSITORY = Path(__file__).resolve().parent.parent
DISTRICT = REPOSITORY / "tests/cases/district"
COMMANDS = (
    *("check", "build", "merge", "shards", "audit", "serve", "new", "import", "translate", "intake"),
    *("fresh", "verify", "links", "nominations", "diff", "show", "sample"),
)


def partners(*words: str, cwd: Path, software: Path = REPOSITORY, limit: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command as a person would; `limit` is a line for the shell to run before it."""
    command = [sys.executable, "-m", "generator", *words]
    if limit:
        command = ["bash", "-c", f'{limit}; exec "$@"', "bash", *command]
    environment = {**os.environ, "PYTHONPATH": str(software), "NO_COLOR": "1"}
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A copy of the invented district, to spoil."""
    return Path(shutil.copytree(DISTRICT, tmp_path / "riverbend"))


def test_help_lists_every_command_and_each_has_examples(tmp_path: Path) -> None:
    text = partners("--help", cwd=tmp_path).stdout
    for command in COMMANDS:
        assert command in text
        own = partners(command, "--help", cwd=tmp_path)
        assert own.returncode == 0
        assert f"partners {command}" in own.stdout.split("Examples:")[1]


def test_an_unknown_command_names_the_nearest(tmp_path: Path) -> None:
    done = partners("chek", cwd=tmp_path)
    assert done.returncode == 2
    assert 'Did you mean "check"?' in done.stderr


def test_a_good_district_is_clean(district: Path) -> None:
    done = partners("check", cwd=district)
    assert done.returncode == 0, done.stdout
    assert "Traceback" not in done.stderr


def test_a_bad_record_is_told_by_line_and_column_in_every_form(district: Path) -> None:
    bad = next((district / "partners").glob("*.yml"))
    bad.write_text(bad.read_text().replace("kind: ", "kind: unheard-of-", 1))
    text, github, machine = (partners("check", "--format", form, cwd=district) for form in ("text", "github", "json"))
    assert [run.returncode for run in (text, github, machine)] == [1, 1, 1]
    problem = json.loads(machine.stdout)["problems"][0]
    assert problem["rule"] == "unknown-term"
    assert f"partners/{bad.name}:{problem['line']}:{problem['column']}: unknown-term:" in text.stdout
    assert f"::error file=partners/{bad.name},line={problem['line']}" in github.stdout


def test_paths_limit_what_is_reported(district: Path) -> None:
    bad = next((district / "partners").glob("*.yml"))
    bad.write_text("name: [")
    assert partners("check", "recognition", cwd=district).returncode == 0
    assert partners("check", f"partners/{bad.name}", cwd=district).returncode == 1
    assert partners("check", "/", cwd=district).returncode == 2
    (district / "notes.txt").write_text("none")
    assert partners("check", "notes.txt", cwd=district).returncode == 2


def test_an_empty_folder_says_what_is_missing(tmp_path: Path) -> None:
    for command in ("check", "build"):
        done = partners(command, cwd=tmp_path)
        assert done.returncode == 1
        assert "there is no district/district.yml here" in done.stdout + done.stderr
        assert "Traceback" not in done.stderr


def old_site(folder: Path) -> dict[str, str]:
    """Put an earlier site into a folder; returns its files."""
    folder.mkdir()
    (folder / "robots.txt").write_text("old")
    (folder / NAME).write_bytes(encode(Manifest(version="1", records=(), files={})))
    return files(folder)


def files(folder: Path) -> dict[str, str]:
    """The files in a folder with their content."""
    return {path.name: path.read_text() for path in folder.iterdir()}


def test_a_record_with_an_error_stops_the_build_and_keeps_the_old_site(district: Path) -> None:
    old = old_site(district / "site")
    next((district / "partners").glob("*.yml")).write_text("name: [")
    done = partners("build", "--no-search", cwd=district)
    assert done.returncode == 1
    assert "Nothing was built" in done.stderr
    assert files(district / "site") == old


def test_a_folder_that_is_no_site_is_not_replaced(district: Path) -> None:
    done = partners("build", "--out", "partners", cwd=district)
    assert done.returncode == 2
    assert "is not an earlier site" in done.stderr
    assert list((district / "partners").glob("*.yml"))


@pytest.mark.parametrize(
    "foreign",
    [
        {"robots.txt": "User-agent: *", "index.html": "mine"},
        {NAME: '{"name": "Riverbend", "start_url": "/"}', "index.html": "mine"},
        {"shard.json": "{}", "index.html": "mine"},
        {NAME: '{"version": "1", "records": [], "fi'},
    ],
)
def test_a_folder_that_only_looks_like_a_site_is_not_replaced(district: Path, foreign: dict[str, str]) -> None:
    (district / "public").mkdir()
    for name, content in foreign.items():
        (district / "public" / name).write_text(content)
    for words in (["build", "--allow-loss"], ["build", "--shard", "1/2"], ["merge", "public", "partners"]):
        done = partners(*words, *(() if words[0] == "merge" else ("--out", "public")), cwd=district)
        assert done.returncode == 2
        assert "is not an earlier site" in done.stderr
        assert files(district / "public") == foreign


def test_a_part_never_takes_the_place_of_a_site(district: Path) -> None:
    old = old_site(district / "site")
    unnamed = partners("build", "--shard", "1/2", cwd=district)
    assert (unnamed.returncode, files(district / "site")) == (2, old)
    assert "--shard needs --out" in unnamed.stderr
    whole = partners("build", "--shard", "1/2", "--out", "site", cwd=district)
    assert (whole.returncode, files(district / "site")) == (2, old)
    assert "holds a whole site" in whole.stderr
    (district / "part").mkdir()
    for _ in range(2):
        done = partners("build", "--shard", "1/2", "--out", "part", cwd=district)
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["build", "shards"])
def test_a_last_manifest_that_cannot_be_read_does_not_release_the_brake(district: Path, command: str) -> None:
    (district / "last.json").write_text("<!doctype html><title>Back soon</title>")
    words = (command, "--last", "last.json", *(("--no-search",) if command == "build" else ()))
    done = partners(*words, cwd=district)
    assert done.returncode == 1
    assert done.stderr.strip().splitlines()[-1].startswith("partners: last.json: this is no manifest of a site")
    assert "--allow-loss" in done.stderr
    assert not (district / "site").exists()
    assert partners(*words, "--allow-loss", cwd=district).returncode == 0
    (district / "last.json").unlink()
    first = partners(*words, cwd=district)
    assert first.returncode == 0
    assert "last.json: no manifest is there" in first.stderr


def test_fresh_forgets_what_is_ours_and_leaves_all_else(district: Path, tmp_path: Path) -> None:
    assert partners("build", "--no-search", cwd=district).returncode == 0
    cache = district / ".cache"
    (cache / "part-0a1b2c3d").touch()  # of a check that was killed
    forget(cache)
    assert files(cache) == {".gitignore": "*\n"}
    (tmp_path / "far").mkdir()
    (tmp_path / "far/letter.txt").write_text("mine")
    (cache / "tools").symlink_to(tmp_path / "far")
    (cache / "letter.txt").write_text("mine")
    (cache / "checks.json").symlink_to(tmp_path / "far/letter.txt")
    forget(cache)
    assert sorted(path.name for path in cache.iterdir()) == [".gitignore", "letter.txt", "tools"]
    assert files(tmp_path / "far") == {"letter.txt": "mine"}


def test_a_site_in_one_language_is_built(district: Path) -> None:
    assert "languages: [en]" in (district / "district/district.yml").read_text()
    done = partners("build", "--no-search", cwd=district)
    assert done.returncode == 0, done.stderr
    assert "in 1 language:" in done.stdout


def test_timings_tell_where_the_time_went(district: Path) -> None:
    done = partners("build", "--no-search", "--timings", cwd=district)
    rows = [line.split() for line in done.stderr.splitlines() if line.endswith("%")]
    stages = {" ".join(row[:-3]): float(row[-3]) for row in rows}
    assert {"check", "frames", "pages", "publishing"} < set(stages)
    whole = stages.pop("whole build")
    assert sum(stages.values()) == pytest.approx(whole, abs=0.1)


def test_elsewhere_than_on_a_terminal_each_piece_of_work_is_a_line(district: Path) -> None:
    done = partners("build", cwd=district)
    assert done.stderr.splitlines() == ["Checking records …", "Writing pages …", "Indexing for search …"]


def test_a_terminal_shows_a_bar_that_goes_away(district: Path) -> None:
    pty = pytest.importorskip("pty")
    reading, writing = pty.openpty()
    command = [sys.executable, "-m", "generator", "build"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "TERM": "xterm", "COLUMNS": "100"}
    process = subprocess.Popen(command, cwd=district, env=environment, stdout=subprocess.PIPE, stderr=writing)
    os.close(writing)
    shown = b""
    with contextlib.suppress(OSError):  # how a terminal tells that everybody has left it
        while part := os.read(reading, 4096):
            shown += part
    out, _ = process.communicate(timeout=60)
    os.close(reading)
    assert process.returncode == 0
    assert "Built " in out.decode()
    text = shown.decode()
    assert "Writing pages" in text
    assert "\N{BOX DRAWINGS HEAVY HORIZONTAL}" in text
    assert " …" not in text
    assert text.endswith("\x1b[2K")


def test_an_unknown_language_is_a_clear_refusal(district: Path) -> None:
    done = partners("build", "--languages", "en,tlh", cwd=district)
    assert done.returncode == 2
    assert "tlh is not offered" in done.stderr


def test_a_full_disk_is_one_line_and_leaves_the_old_site(district: Path) -> None:
    old = old_site(district / "site")
    done = partners("build", "--no-search", cwd=district, limit="trap '' XFSZ; ulimit -f 8")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("partners: ")
    assert "too large" in done.stderr
    assert files(district / "site") == old
    assert not [path.name for path in district.iterdir() if path.name.startswith(".site")]
    assert not [path.name for path in (district / ".cache").glob("tmp*")]


@pytest.fixture(scope="module")
def software(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this software, to spoil."""
    folder = tmp_path_factory.mktemp("software")
    for name in ("generator", "schema", "translations"):
        shutil.copytree(REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "mkdocs.yml", folder)
    return folder


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("schema/vocabularies/focus-areas.yml", None, "focus-areas"),
        ("schema/vocabularies/focus-areas.yml", "terms: [", "focus-areas.yml"),
        ("schema/partner.schema.json", None, "partner"),
        ("schema/partner.schema.json", "{", "partner.schema.json"),
        ("mkdocs.yml", "site_name: [", "mkdocs.yml"),
        ("mkdocs.yml", "site_name: x\ntheme: {name: no-such-theme}\n", "no-such-theme"),
    ],
)
def test_broken_software_is_one_line_that_names_the_file(
    software: Path, district: Path, name: str, content: str | None, words: str
) -> None:
    settings = district / "district/district.yml"
    settings.write_text(settings.read_text().replace("languages: [en]", "languages: [en, es]"))
    path = software / name
    kept = path.read_bytes()
    try:
        path.unlink()
        if content is not None:
            path.write_text(content)
        done = partners("build", "--no-search", "--root", str(district), cwd=district, software=software)
    finally:
        path.write_bytes(kept)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert words in done.stderr.strip().splitlines()[-1]
    assert not (district / "site").exists()


def test_a_broken_catalogue_is_a_problem_with_its_line(software: Path, district: Path) -> None:
    settings = district / "district/district.yml"
    settings.write_text(settings.read_text().replace("languages: [en]", "languages: [en, es]"))
    path = software / "translations/es/interface.po"
    kept = path.read_bytes()
    try:
        path.write_text('nonsense "here')
        done = partners("build", "--no-search", "--root", str(district), cwd=district, software=software)
    finally:
        path.write_bytes(kept)
    assert done.returncode == 1
    assert "translations/es/interface.po:1" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not (district / "site").exists()


def stopped(district: Path, number: int, *, whole_group: bool = False) -> subprocess.CompletedProcess[str]:
    """Start a build, and send it a signal as soon as its staging folder is there."""
    command = [sys.executable, "-m", "generator", "build", "--no-search"]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
    process = subprocess.Popen(
        command, cwd=district, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip
    end = time.monotonic() + 60
    while not [path for path in district.iterdir() if path.name.startswith(".site.")]:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "no staging folder appeared"
        time.sleep(0.01)
    (os.killpg if whole_group else os.kill)(process.pid, number)
    out, error = process.communicate(timeout=60)
    return subprocess.CompletedProcess(command, process.returncode, out, error)


@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_build_says_so_and_leaves_nothing_behind(district: Path, number: int, exit_code: int) -> None:
    before = {path.name for path in district.iterdir()}
    done = stopped(district, number, whole_group=number == signal.SIGINT)
    # Ctrl-C while Python makes a dataclass: Python itself ends of the signal then, which every shell shows as 130, too.
    assert done.returncode in {exit_code, -signal.SIGINT if number == signal.SIGINT else exit_code}, done.stderr
    assert done.stderr.strip().splitlines()[-1] == "Stopped."
    assert "Traceback" not in done.stderr
    assert {path.name for path in district.iterdir()} - before <= {".cache"}


def test_a_cache_of_somebody_else_is_told_in_one_line_and_once(district: Path) -> None:
    (district / ".cache").mkdir()
    (district / ".cache/checks.json").write_text('{"from": "elsewhere"}', "utf-8")
    first, second = (partners("check", "--format", "json", cwd=district) for _ in range(2))
    assert first.stderr == "The cache in .cache was made by another version; everything is read again.\n"
    assert second.stderr == ""
    assert json.loads(first.stdout) == json.loads(second.stdout)


def test_threads_of_a_terminated_command_die_in_silence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    with pytest.raises(Terminated):
        terminate(signal.SIGTERM, None)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    assert capfd.readouterr().err == ""


def test_a_taken_port_is_one_line_with_a_hint(district: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = partners("serve", "--address", f"127.0.0.1:{taken.getsockname()[1]}", cwd=district)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "address already in use" in done.stderr
    assert "choose another: --address 127.0.0.1:8001" in done.stderr


@pytest.mark.parametrize("address", ["127.0.0.1:99999", "no-such-name.invalid:8000", "::zz:80"])
def test_an_impossible_address_is_one_line(district: Path, address: str) -> None:
    done = partners("serve", "--address", address, cwd=district)
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "choose another: --address" in done.stderr


def test_mkdocs_itself_says_nothing_of_frames(district: Path) -> None:
    """`mkdocs build` renders each frame as a page that it must not mention, because it is none."""
    (district / "pages").mkdir()
    settings = district.parent / "mkdocs.yml"
    text = (REPOSITORY / "mkdocs.yml").read_text().replace("generator/", f"{REPOSITORY}/generator/")
    settings.write_text(
        f"{text}extra: {{root: {district}}}\n".replace("docs_dir: pages", f"docs_dir: {district}/pages")
    )
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-f", str(settings), "-d", str(district / "site")],
        cwd=district, env={**os.environ, "PYTHONPATH": str(REPOSITORY)}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Building documentation" in done.stderr
    assert "Page skipped" not in done.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the test forks a process")
@pytest.mark.parametrize(("number", "exit_code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stop_in_the_middle_of_starting_a_process_is_heeded(number: int, exit_code: int) -> None:
    """Python only notes what is raised there; the build would go on to its end."""
    program = (
        "import os, signal, sys, time\n"
        "from generator import cli\n"
        f"os.register_at_fork(after_in_parent=lambda: (signal.raise_signal({number}), None))\n"
        "def work(**words):\n"
        "    if not os.fork(): os._exit(0)\n"
        "    time.sleep(60)\n"
        "cli.partners.main = work\n"
        "cli.main()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=50, check=False)
    assert done.returncode == exit_code, done.stderr
    assert done.stderr == "Stopped.\n"


@pytest.mark.parametrize("closed", ["exec >&-", "exec 2>&-", "exec <&- >&- 2>&-"])
def test_closed_streams_do_no_harm(district: Path, closed: str) -> None:
    done = partners("fresh", cwd=district, limit=closed)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    done = partners("links", "partners/nothing-there.yml", cwd=district, limit=closed)
    assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("fresh",),
        ("links",),
        ("show", "partner", "river-readers"),
        ("verify", "river-readers", "--by", "staff"),
        ("intake", "file", "a.csv"),
        ("intake", "issue", "--body", "a.csv"),
        ("import", "a.csv", "--suggest-map"),
    ],
    ids=" ".join,
)
def test_a_folder_that_is_no_districts_is_named_and_stays_as_it_is(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "a.csv").write_text("name\nRiver Food Bank\n", "utf-8")
    done = partners(*words, cwd=tmp_path)
    assert done.returncode == 2
    assert f"{tmp_path} holds neither partners/ nor district/" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
