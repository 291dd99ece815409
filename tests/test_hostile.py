"""Every hostile record gets its verdict: refused by name, or let in unchanged; nothing private is ever repeated."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from generator.check import Checked, check
from generator.model import Partner
from generator.problems import Problem
from generator.records.folders import Project, recognise
from generator.report import report
from tests.factories import TODAY
from tests.hostile_mapping import (
    ABSENT,
    MANIFEST,
    USUAL,
    Case,
    cases,
    content_of,
    district,
    file_name,
    lay_out,
    nominal,
    sanitized_project,
    write_case,
)

REPOSITORY = Path(__file__).resolve().parent.parent
MEMORY_BYTES = 512 * 1024 * 1024  # of address space; what is used is far less
LARGE_BYTES = 4_000  # records from here on are checked by a process of their own
HANG_SECONDS = 120  # far above what a check takes anywhere; only a hang gets there
FORMATS = ("text", "json", "github")
ALONE = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY_BYTES}, {MEMORY_BYTES}))
from generator.cli import main
sys.argv = ["partners", "check", "--no-cache", "--format", "json", "--root", sys.argv[1]]
main()
"""

pytestmark = pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)


def names_of(case: Case) -> str:
    return case.name


def checked(folder: Path) -> Checked:
    """The check of a district; its report repeats nothing private."""
    done = check(Project(root=folder), today=TODAY)
    for form in FORMATS:
        assert "canary_private" not in report(done.problems, form).lower()
    return done


def checked_alone(folder: Path) -> list[dict[str, object]]:
    """The problems that a process with little memory finds in a district, as it prints them."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": noon()}
    result = subprocess.run(
        [sys.executable, "-c", ALONE, str(folder)],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        timeout=HANG_SECONDS,
        check=False,
    )
    assert result.returncode in (0, 1), result.stderr
    assert "Traceback" not in result.stderr
    assert "canary_private" not in (result.stdout + result.stderr).lower()
    problems: list[dict[str, object]] = json.loads(result.stdout)["problems"]
    return problems


def noon() -> str:
    """Noon of the day of these tests, for SOURCE_DATE_EPOCH."""
    return str(int(datetime.combine(TODAY, time(12), UTC).timestamp()))


def errors(problems: tuple[Problem, ...]) -> set[str]:
    """The files that have errors."""
    return {problem.at.path for problem in problems if problem.is_error}


@pytest.mark.parametrize("case", [c for c in cases("record", "recognition") if c.expected == "reject"], ids=names_of)
def test_what_must_be_refused_is_refused_by_name(case: Case, tmp_path: Path) -> None:
    raw = content_of(case, tmp_path / "made")
    folder = district(tmp_path / "riverbend", with_partner=case.stage == "recognition")
    name = file_name(case, raw)
    if "/" in name or len(name.encode()) > 250:  # no file system takes it, so no file can have it
        verdict = recognise("partners", f"{name}.yml", Path(__file__).stat(), ("en", "es"), 0)
        assert isinstance(verdict, Problem)
        return
    path = write_case(case, folder, name, raw)
    if len(raw) >= LARGE_BYTES:
        problems = checked_alone(folder)
        assert {problem["path"] for problem in problems if problem["severity"] == "error"} == {path}
        return
    done = checked(folder)
    assert errors(done.problems) == {path.replace("\n", "\\n")}
    assert not done.is_good
    assert not Path("/tmp/PWNED_YAML").exists()  # what the corpus would have a command write


@pytest.mark.parametrize("case", [c for c in cases("record") if c.expected == "accept"], ids=names_of)
def test_what_must_be_let_in_comes_out_byte_for_byte(case: Case, tmp_path: Path) -> None:
    raw = content_of(case, tmp_path / "made")
    folder = district(tmp_path / "riverbend")
    path = write_case(case, folder, file_name(case, raw), raw)
    done = checked(folder)
    assert errors(done.problems) == set()
    record = done.loaded.by_kind["partner"][path.removesuffix(".yml")]
    assert isinstance(record, Partner)
    meant = nominal(raw)
    assert {key: getattr(record, key) for key in ("name", "summary", "description", "website")} == {
        key: meant[key] for key in ("name", "summary", "description", "website")
    }
    assert [*record.focus] == meant["categories"]
    assert [*record.languages] == meant["languages"]
    assert [*record.partnership.schools] == meant["schools"]
    assert (record.contacts[0].email, record.contacts[0].phone) == (meant["email"], meant["phone"])
    assert record.programs[0].where.places[0].address == meant["zip"]
    assert record.programs[0].when.sessions[0].opens == re.sub(r"^Mon |-.*", "", meant["hours"])
    assert record.verified is not None
    assert record.verified.on.isoformat() == meant["updated"]


@pytest.mark.parametrize("case", [c for c in cases("recognition") if c.expected == "accept"], ids=names_of)
def test_a_good_story_is_shown(case: Case, tmp_path: Path) -> None:
    raw = content_of(case, tmp_path / "made")
    folder = district(tmp_path / "riverbend", with_partner=True)
    path = write_case(case, folder, "", raw)
    done = checked(folder)
    assert errors(done.problems) == set()
    assert done.loaded.directory is not None
    story = done.loaded.directory.stories[path.removeprefix("recognition/").removesuffix(".yml")]
    meant = nominal(raw)
    assert (story.title, story.story, story.partners) == (meant["title"], meant["story"], (meant["partner"],))


@pytest.mark.parametrize("case", [c for c in cases("record", "recognition") if c.expected == "sanitize"], ids=names_of)
def test_what_is_made_harmless_later_is_let_in_or_flagged(case: Case, tmp_path: Path) -> None:
    raw = content_of(case, tmp_path / "made")
    folder = district(tmp_path / "riverbend", with_partner=case.stage == "recognition")
    path = write_case(case, folder, file_name(case, raw), raw)
    done = checked(folder)
    assert errors(done.problems) == set()
    if re.search("warning|flag for review", case.note):
        assert path in {problem.at.path for problem in done.problems}


def test_a_story_before_its_day_and_a_withdrawn_one_are_not_shown(tmp_path: Path) -> None:
    held = [c for c in cases("recognition") if c.attack in ("embargoed story", "withdrawn story")]
    for case in held:
        folder = district(tmp_path / case.stem, with_partner=True)
        write_case(case, folder, "", content_of(case, tmp_path / "made"))
        directory = checked(folder).loaded.directory
        assert directory is not None
        assert list(directory.stories) == ["2025-26/reading-nights"]
        assert "CANARY" not in repr(directory)


@pytest.mark.parametrize("case", [c for c in cases("layout") if c.expected == "reject"], ids=names_of)
def test_a_strange_tree_is_refused(case: Case, tmp_path: Path) -> None:
    if case.attack == "unreadable file" and hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.skip("nothing is unreadable for root")
    folder = district(tmp_path / "riverbend")
    lay_out(case, folder)
    found = checked(folder)
    planted = {entry["path"] for entry in json.loads((MANIFEST.parent / case.file).read_text("utf-8"))["files"]}
    refused = errors(found.problems)
    assert refused
    assert refused <= planted
    assert not refused & found.loaded.records.keys()


def test_twins_are_both_named(tmp_path: Path) -> None:
    for case in (c for c in cases("layout") if "both named" in c.note):
        folder = district(tmp_path / case.stem)
        lay_out(case, folder)
        text = report(checked(folder).problems)
        for entry in json.loads((MANIFEST.parent / case.file).read_text("utf-8"))["files"]:
            assert entry["path"] in text


@pytest.mark.parametrize("case", [c for c in cases("layout") if c.expected == "sanitize"], ids=names_of)
def test_a_flood_is_survived(case: Case, tmp_path: Path) -> None:
    folder = district(tmp_path / "riverbend")
    lay_out(case, folder)
    problems = checked_alone(folder)
    assert {str(problem["path"]).partition("/")[0] for problem in problems} <= {"partners", "district"}
    assert all(str(problem["path"]).startswith("partners/") for problem in problems if problem["severity"] == "error")


@pytest.mark.parametrize("case", [c for c in cases("asset") if c.expected == "reject"], ids=names_of)
def test_a_picture_that_is_none_is_refused(case: Case, tmp_path: Path) -> None:
    folder = district(tmp_path / "riverbend")
    path = f"partners/logos/{Path(case.file).name}"
    (folder / "partners/logos").mkdir()
    (folder / path).write_bytes((MANIFEST.parent / case.file).read_bytes())
    assert errors(checked(folder).problems) == {path}


def test_all_that_may_be_published_goes_into_one_site(tmp_path: Path) -> None:
    done = checked(sanitized_project(tmp_path / "riverbend").root)
    assert errors(done.problems) == set()
    expected = [c for c in cases("record") if c.expected != "reject" and c.stem != USUAL]
    assert {f"partners/{case.stem}.yml" for case in expected} <= done.loaded.records.keys()


@pytest.mark.parametrize("value", ["CANARY_PRIVATE_name", "sha256:CANARY_PRIVATE", "canary_private@example.org"])
@pytest.mark.parametrize("field", ["ref", "nominated_via"])
def test_what_stands_in_the_place_of_a_reference_is_not_repeated(field: str, value: str, tmp_path: Path) -> None:
    case = next(c for c in cases("recognition") if c.expected == "accept")
    folder = district(tmp_path / "riverbend", with_partner=True)
    path = write_case(case, folder, "", content_of(case, tmp_path))
    text = (folder / path).read_text("utf-8")
    (folder / path).write_text(re.sub(rf"(?m)^( *{field}:).*$", rf"\1 {value}", text), "utf-8")
    assert errors(checked(folder).problems) == {path}
