"""`make accessibility`: runs the checks, and writes down what they found for the statement of every site.

Nothing is written unless every check ran and passed.
"""

import json
import sys
from collections import defaultdict
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from generator.accessibility import FILE, Results, written
from tests.accessible import axe

REPOSITORY = Path(__file__).resolve().parent.parent.parent
TESTS = (
    "tests/test_accessibility.py",
    "tests/test_accessibility_tongues.py",
    "tests/test_accessibility_states.py",
    "tests/test_accessible_names.py",
    "tests/test_keyboard.py",
    "tests/test_reflow.py",
    "tests/test_html.py",
)
LOCK = "tests/html_checker/package-lock.json"


class Run:
    """What a run of the tests recorded, for pytest as a plugin: values by name, and tests that did not pass."""

    def __init__(self) -> None:
        self.recorded: dict[str, list[Any]] = defaultdict(list)
        self.missed: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in one test; pytest calls this."""
        if report.outcome != "passed":
            self.missed.append(f"{report.nodeid}: {report.outcome}")
        elif report.when == "call":
            for name, value in report.user_properties:
                self.recorded[name].append(value)


def digest_of_checks(repository: Path) -> str:
    """A text that differs whenever a check does, or the program that reads HTML."""
    files = (*sorted((repository / "tests/accessible").glob("*.py")), *(repository / name for name in (*TESTS, LOCK)))
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()[:16]


def checker_version(repository: Path) -> str:
    """The version of the Nu Html Checker that is locked."""
    packages = json.loads((repository / LOCK).read_text("utf-8"))["packages"]
    return str(packages["node_modules/vnu-jar"]["version"])


def several(recorded: list[Any]) -> tuple[str, ...]:
    """The names in some values, or in lists of them, each once."""
    return tuple(sorted({name for value in recorded for name in ([value] if isinstance(value, str) else value)}))


def results_of(recorded: dict[str, list[Any]], repository: Path, browser: str) -> Results:
    """What a run in which all passed has found."""
    return Results(
        on=date.today(),
        checks=digest_of_checks(repository),
        languages=several(recorded["language"]),
        kinds=several(recorded["kinds"]),
        states=several(recorded["states"]),
        looks=sum(recorded["looks"]),
        violations=sum(recorded["violations"]),
        tasks=several(recorded["task"]),
        html_pages=sum(recorded["html_pages"]),
        html_errors=sum(recorded["html_errors"]),
        tools={"axe-core": axe.version(), "Chromium": browser, "Nu Html Checker": checker_version(repository)},
    )


def main(options: list[str]) -> int:
    """Run the checks, with further options for pytest, and write their results; 1 when one did not pass."""
    run = Run()
    done = pytest.main(["--quiet", *options, *(str(REPOSITORY / test) for test in TESTS)], [run])
    if done or run.missed:
        print(
            "\n".join(run.missed), "Nothing was written: every check has to run and to pass.", sep="\n", file=sys.stderr
        )
        return 1
    (browser,) = several(run.recorded["browser"])
    FILE.write_bytes(written(results_of(run.recorded, REPOSITORY, browser)))
    print(f"Wrote {FILE.relative_to(REPOSITORY)}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
