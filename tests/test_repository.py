"""What holds for the files of the repository themselves: locks, links, modes, and no trace of anybody's machine."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

DATA = ("partners", "recognition", "district", "translations")
# Written with character classes so that this file does not hold what it looks for.
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:[w]ork|[h]ome|[U]sers|[r]oot|[f]arm)/\w|[C]:\\Users\\|\.[l]ibrary/")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)(?: ; .*?)? \\$", re.MULTILINE)
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
TARGET = re.compile(r"^([a-z]+):", re.MULTILINE)


@pytest.fixture(scope="module")
def tracked(repository: Path) -> tuple[str, ...]:
    """Every file that git knows, as "mode path"; skips outside a checkout."""
    if not (repository / ".git").exists():
        pytest.skip("not a git checkout, so there is no list of the repository's files")
    command = ["git", "-C", str(repository), "ls-files", "--stage", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    rows = (line.partition("\t") for line in listed.split("\0") if line)
    return tuple(f"{entry[:6]} {path}" for entry, _, path in rows)


def texts(repository: Path, tracked: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Path and text of every tracked text file that is still there."""
    for line in tracked:
        path = repository / line[7:]
        if line.startswith("100") and path.is_file():
            content = path.read_bytes()
            if b"\0" not in content:
                yield line[7:], content.decode("utf-8", errors="replace")


def pins(lock: str) -> dict[str, set[str]]:
    """The locked versions of each package; more than one where they differ by Python version."""
    found: dict[str, set[str]] = {}
    for name, version in PIN.findall(lock):
        found.setdefault(name, set()).add(version)
    return found


def wanted(requirements: Path) -> set[str]:
    """The packages that a person asked for in a requirements*.in file."""
    lines = (line.split("#")[0].strip() for line in requirements.read_text("utf-8").splitlines())
    return {line.lower().replace("_", "-") for line in lines if line and not line.startswith("-")}


def links(markdown: str) -> Iterator[str]:
    """Where the links and pictures of a Markdown text point."""
    for block in MarkdownIt("commonmark").enable("table").parse(markdown):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if isinstance(target, str):
                yield target


def test_no_machine_paths(repository: Path, tracked: tuple[str, ...]) -> None:
    found = [
        f"{path}:{number}: {line.strip()[:100]}"
        for path, text in texts(repository, tracked)
        for number, line in enumerate(text.splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


@pytest.mark.parametrize("path", ["see /ho" + "me/ana/x", "'/wo" + "rk/main'", "C:" + "\\Users\\ana"])
def test_a_machine_path_is_found(path: str) -> None:
    assert MACHINE_PATH.search(path)


def test_line_ends_are_unix(repository: Path, tracked: tuple[str, ...]) -> None:
    paths = (path for path, text in texts(repository, tracked) if "\r\n" in text)
    assert [path for path in paths if not path.startswith("tests/")] == []


def test_data_files_are_plain(tracked: tuple[str, ...]) -> None:
    data = [line for line in tracked if line[7:].split("/")[0] in DATA]
    assert [line for line in data if not line.startswith("100644 ")] == []


def test_only_programs_are_executable(repository: Path, tracked: tuple[str, ...]) -> None:
    executable = [line[7:] for line in tracked if line.startswith("100755 ")]
    assert [path for path in executable if not (repository / path).read_bytes().startswith(b"#!")] == []


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_locks_are_complete_and_name_no_index(repository: Path, name: str) -> None:
    lock = (repository / f"{name}.txt").read_text("utf-8")
    assert wanted(repository / f"{name}.in") <= set(pins(lock)), "run make lock"
    assert "://" not in lock
    options = [
        line
        for line in lock.splitlines()
        if line.startswith("-") or (line.startswith("    --") and not HASH.match(line))
    ]
    assert options == []
    assert all(
        block.count("--hash=") > 0
        for block in re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)
        if "==" in block[:80]
    )


def test_development_lock_holds_the_runtime_lock(repository: Path) -> None:
    runtime = pins((repository / "requirements.txt").read_text("utf-8"))
    development = pins((repository / "requirements-dev.txt").read_text("utf-8"))
    assert {name: development.get(name) for name in runtime} == runtime


def test_links_between_documents_lead_somewhere(repository: Path, tracked: tuple[str, ...]) -> None:
    documents = [
        (path, text) for path, text in texts(repository, tracked) if re.match(r"([^/]+|docs/.+|\.github/.+)\.md$", path)
    ]
    broken = [
        f"{path}: {target}"
        for path, text in documents
        for target in links(text)
        if not re.match(r"[a-z]+:|#|//", target)
        and not (repository / path).parent.joinpath(unquote(target.split("#")[0])).exists()
    ]
    assert broken == []


def test_the_readme_names_only_make_words_that_exist(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text("utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", (repository / "README.md").read_text("utf-8"), re.MULTILINE))
    assert {"site", "test"} <= named
    assert named <= set(TARGET.findall(makefile))


def test_every_make_word_explains_itself(repository: Path) -> None:
    makefile = (repository / "Makefile").read_text("utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    words = set(phony.split())
    assert words == set(TARGET.findall(makefile))
    assert words == set(re.findall(r"^([a-z]+):.*## \S", makefile, re.MULTILINE))


def test_editors_know_the_schema_of_every_kind(repository: Path) -> None:
    settings = json.loads((repository / ".vscode/settings.json").read_text("utf-8"))
    named = set(settings["yaml.schemas"])
    there = {f"schema/{path.name}" for path in (repository / "schema").glob("*.schema.json")}
    in_markdown = {"schema/page.schema.json", "schema/translated-page.schema.json"}  # which no YAML editor looks into
    assert named == there - {"schema/common.schema.json", *in_markdown}


def test_every_decision_has_a_number_of_its_own(repository: Path) -> None:
    folder = repository / "docs/decisions"
    names = sorted(path.name for path in folder.glob("0*.md"))
    titles = [(folder / name).read_text("utf-8").splitlines()[0].removeprefix("# ") for name in names]
    assert [int(name[:4]) for name in names] == [*range(1, len(names) + 1)]
    rows = [f"| [{int(name[:4])}]({name}) |" for name in names]
    listed = [line for line in (folder / "README.md").read_text("utf-8").splitlines() if line.startswith("| [")]
    assert [row[: len(start)] for row, start in zip(listed, rows, strict=True)] == rows
    assert [title.partition(".")[0] for title in titles] == [str(number) for number in range(1, len(names) + 1)]
