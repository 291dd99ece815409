"""A corpus of hostile files beside the repository: reading refuses what it can, and changes nothing else."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.source import parse, read

REPOSITORY = Path(__file__).resolve().parent.parent
CORPUS = REPOSITORY / ".." / "shared" / "hostile"
MANIFEST = CORPUS / "manifest.json"
ABSENT = "the corpus of hostile files is not beside this repository"
MEMORY_BYTES = 256 * 1024 * 1024
LARGE_BYTES = 4_000  # files from here on are read by a process of their own
HANG_SECONDS = 60  # far above what reading takes anywhere; only a hang gets there

# The rule that must be among the problems. What is not listed has to wait for the schema or the rules.
RULES = {
    "yaml/alias-single": "yaml-alias",
    "yaml/alias-recursive": "yaml-alias",
    "yaml/merge-key": "yaml-merge-key",
    "yaml/tag-python-apply": "yaml-tag",
    "yaml/tag-directive-python": "yaml-directive",
    "yaml/duplicate-key": "duplicate-key",
    "yaml/duplicate-key-nested": "duplicate-key",
    "yaml/hidden-line-break-ls": "forbidden-character",
    "yaml/hidden-line-break-nel": "forbidden-character",
    "yaml/sexagesimal-int-bomb": "too-long",
    "yaml/nul-byte": "forbidden-character",
    "yaml/nul-escape": "forbidden-character",
    "yaml/utf16": "not-utf8",
    "yaml/tabs": "tab",
    "yaml/bidi-override-name": "forbidden-character",
    "yaml/zero-width-name": "forbidden-character",
    "yaml/tag-chars": "forbidden-character",
    "yaml/deep-block-600": "too-large",
    "yaml/deep-flow-100k": "too-large",
    "yaml/top-level-list": "not-a-mapping",
    "yaml/top-level-scalar": "not-a-mapping",
    "yaml/complex-key": "yaml-complex-key",
    "yaml/null-key": "empty-key",
    "yaml/unterminated-quote": "yaml-syntax",
    "yaml/binary-garbage": "not-utf8",
    "markdown/md-brackets-4k": "too-deep",
    "export/csv-tab": "forbidden-character",
    "export/atom-control": "forbidden-character",
}
# Files too large to be read, read nevertheless: the next check must hold too.
RULES_WITHOUT_SIZE_LIMIT = {"yaml/deep-block-600": "too-deep", "yaml/deep-flow-100k": "too-deep"}

READ_ALONE = f"""
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY_BYTES}, {MEMORY_BYTES}))
from generator.source import read
document, problems = read(Path(sys.argv[1]), relative="x.yml", limit_bytes=int(sys.argv[2]))
print(json.dumps([document is not None, [problem.rule for problem in problems]]))
"""


def cases() -> list[dict[str, Any]]:
    """Every record of the corpus with the verdict that it expects; none where there is no corpus."""
    if not MANIFEST.is_file():
        return []
    listed = json.loads(MANIFEST.read_text("utf-8"))["cases"]
    return [case for case in listed if case["stage"] in {"record", "recognition"}]


def name(case: dict[str, Any]) -> str:
    return str(case["file"]).removesuffix(".yml")


def file_of(case: dict[str, Any], folder: Path) -> Path:
    """The case's file; the corpus says how to make the ones that are too large to be kept."""
    if "generate" not in case:
        return CORPUS / str(case["file"])
    spec = importlib.util.spec_from_file_location("materialize", CORPUS / "materialize.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return Path(module.build_gen(case, folder))


def read_alone(file: Path, limit_bytes: int = 65_536) -> tuple[bool, list[str]]:
    """Whether a process with little memory could read the file, and the rules of its problems."""
    command = [sys.executable, "-c", READ_ALONE, str(file), str(limit_bytes)]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=HANG_SECONDS, check=False)
    assert result.returncode == 0, result.stderr
    is_read, rules = json.loads(result.stdout)
    return is_read, rules


pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)


@pytest.mark.parametrize("case", cases(), ids=name)
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    file = file_of(case, tmp_path)
    if file.stat().st_size >= LARGE_BYTES:
        is_read, rules = read_alone(file)
    else:
        document, problems = read(file, relative=file.name)
        is_read, rules = document is not None, [problem.rule for problem in problems]
    assert is_read != bool(rules)
    expected = RULES.get(name(case))
    if expected is not None:
        assert case["expected"] == "reject"
        assert expected in rules
    elif case["expected"] != "reject":
        assert is_read


@pytest.mark.parametrize("case", [case for case in cases() if case["expected"] == "accept"], ids=name)
def test_texts_come_out_byte_for_byte(case: dict[str, Any], tmp_path: Path) -> None:
    raw = file_of(case, tmp_path).read_bytes()
    document, problems = parse(raw, relative="x.yml")
    assert problems == ()
    assert document is not None
    assert document.data == yaml.load(raw, yaml.BaseLoader)  # reads every scalar as text, as it is
    assert document.text.encode("utf-8") == raw


@pytest.mark.parametrize(
    "case", [case for case in cases() if name(case) in RULES_WITHOUT_SIZE_LIMIT and "generate" not in case], ids=name
)
def test_depth_alone_is_enough(case: dict[str, Any]) -> None:
    is_read, rules = read_alone(CORPUS / str(case["file"]), limit_bytes=10_000_000)
    assert not is_read
    assert RULES_WITHOUT_SIZE_LIMIT[name(case)] in rules


def test_the_table_names_cases_that_exist() -> None:
    assert set(RULES) <= {name(case) for case in cases()}
