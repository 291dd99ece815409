"""Many candidates are looked at in parts, and get the verdicts that they get when all are looked at at once."""

from contextlib import ExitStack
from pathlib import Path
from shutil import copytree

import pytest

from generator.check import check
from generator.intake.judge import judged, path_of
from generator.intake.outcome import Report, Verdict
from generator.intake.together import settle
from generator.intake.waiting import Passed, Waiting
from generator.records.folders import Project
from generator.schema import load_schemas
from generator.serialize import serialize
from tests.factories import RIVERBEND, TODAY

SITE = "https://one.example.org"
NAMES = (
    ("alpha-arts", "Alpha Arts", {}),
    ("beta-books", "Beta Books", {"website": SITE}),
    ("gamma-garden", "Gamma Garden", {}),
    ("delta-dance", "Delta Dance", {"website": SITE}),
    ("alfa", "ALPHA arts", {}),
    ("gamma-gardens", "Gamma Gardens", {}),
    ("theta-theater", "Theta Theater", {"partnership": {"schools": ["nowhere-school"]}}),
    ("theatre", "Theater Theta", {}),
    ("old-name", "Old Name", {"former_slugs": ["beta-books"]}),
    ("readers", "River Reader", {}),
)


def waiting_for(stack: ExitStack, project: Project) -> Waiting:
    """Candidates that pass by themselves, and of which some do not beside each other."""
    schemas = load_schemas(project.schema)
    waiting = Waiting(stack)
    for number, (slug, name, more) in enumerate(NAMES):
        data = {
            "name": name,
            "kind": "community-organization",
            "summary": "We help.",
            "focus": ["food"],
            "sources": [{"document": "Invented"}],
            **more,
        }
        found = judged(schemas, slug, serialize(data))
        assert found.data is not None, found.problems
        verdict = Verdict(lines=(number,), outcome="taken", path=path_of(slug))
        waiting.add(Passed(verdict=verdict, text=found.text, data=found.data))
    return waiting


def verdicts(project: Project, at_once: int) -> dict[str, tuple[str, frozenset[str]]]:
    """What becomes of each candidate, with the words of all that is said of it."""
    loaded = check(project, today=TODAY).loaded
    report = Report(name="answers.csv")
    with ExitStack() as stack:
        waiting = waiting_for(stack, project)
        settle(loaded, waiting, report, at_once)
        taken = {verdict.path for verdict in report.verdicts if verdict.outcome == "taken"}
        assert set(waiting.texts) == taken
        assert len(waiting.texts) == len(taken)
        assert all(f"name: {name}" in waiting.texts[path_of(s)] for s, name, _ in NAMES if path_of(s) in taken)
    return {v.path: (v.outcome, frozenset(f"{p.rule}: {p.message}" for p in v.problems)) for v in report.verdicts}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A copy of the invented district."""
    return Project(root=Path(copytree(RIVERBEND, tmp_path / "riverbend")))


@pytest.mark.parametrize("at_once", (1, 3, 9))
def test_parts_make_no_difference(project: Project, at_once: int) -> None:
    whole = verdicts(project, len(NAMES))
    assert verdicts(project, at_once) == whole
    refused = {path for path, (outcome, _) in whole.items() if outcome == "refused"}
    assert refused == {path_of(slug) for slug in ("alpha-arts", "old-name", "theta-theater")}
    rules = {words.partition(":")[0] for _, problems in whole.values() for words in problems}
    assert {"duplicate-partner", "similar-partner", "shared-website", "taken-former-slug", "unknown-school"} <= rules
