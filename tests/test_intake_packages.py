"""HSDS and Ohana packages: organizations become partners, services programs, and what has no place is named."""

import json
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from generator.intake.hsds import open_package
from generator.intake.services import shortened
from generator.problems import SetupError
from tests.test_intake import files, is_clean, record, rows, run
from tests.test_intake import project as project  # the fixture

DATA = Path(__file__).resolve().parent.parent.parent / "shared/data"
HSDS, OHANA = DATA / "hsds-3.1/examples", DATA / "ohana-sample/data/sample-csv"
PLAN = """\
constants:
  - {to: kind, value: nonprofit}
  - {to: focus, value: family-support}
  - {to: program.focus, value: family-support}
  - {to: summary, value: Helps families.}
  - {to: program.summary, value: Ask them what it is.}
  - {to: sources.document, value: A package}
"""
ORGANIZATION: dict[str, Any] = {
    "id": "o1",
    "name": "Harbor Pantry",
    "description": "We give food. " * 30,
    "website": "https://harbor.example.org/",
    "email": "office@harbor.example.org",
    "tax_id": "55-5555555",
    "contacts": [{"name": "Pat Person", "title": "Coordinator", "email": "coordinator@harbor.example.org"}],
    "services": [
        {
            "id": "s1",
            "name": "Weekend Bags",
            "description": "A bag of food each Friday.",
            "status": "active",
            "assured_date": "2026-09-01",
            "minimum_age": 3,
            "fees_description": "None.",
            "application_process": "Walk in.",
            "url": "https://harbor.example.org/bags",
            "languages": [{"name": "Spanish", "code": "es"}],
            "attributes": [
                {"taxonomy_term": {"code": "102-01", "name": "Food pantry"}},
                {"taxonomy_term": {"name": "Odd"}},
            ],
            "schedules": [{"byday": "MO,FR", "opens_at": "15:00:00", "closes_at": "17:30", "freq": "WEEKLY"}],
            "service_at_locations": [
                {
                    "location": {
                        "location_type": "physical",
                        "name": "Harbor Hall",
                        "latitude": 42.3,
                        "longitude": -71.0,
                        "addresses": [{"address_1": "1 Harbor Way", "city": "Riverbend", "state_province": "MA"}],
                        "accessibility": [{"description": "Wheelchair access"}],
                    }
                },
                {"location": {"location_type": "virtual", "name": "Online"}},
            ],
        }
    ],
}


def package(folder: Path, data: Any) -> Path:
    path = folder / "package.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), "utf-8")
    return path


def test_an_organization_becomes_a_partner(project: Path) -> None:
    done = run(project, package(project.parent, ORGANIZATION), plan=PLAN)
    assert done.returncode == 0, done.stdout + done.stderr
    data = record(project, "harbor-pantry")
    assert data["summary"].startswith("We give food. We give") and len(data["summary"]) <= 200
    assert {contact["role"] for contact in data["contacts"]} == {"Office", "Coordinator"}
    (program,) = data["programs"]
    assert "description" in data and "description" not in program  # its one sentence is the summary
    assert program["focus"] == ["food"] and program["cost"] == {"kind": "free"} and program["ages"] == {"min": "3"}
    assert program["status"] == {"state": "open", "as_of": "2026-09-01"}
    assert program["when"]["sessions"] == [{"days": ["mon", "fri"], "from": "15:00", "to": "17:30"}]
    assert program["where"]["online"] == "true"
    (place,) = program["where"]["places"]
    assert (place["address"], place["access"]) == ("1 Harbor Way, Riverbend, MA", ["wheelchair"])
    assert is_clean(project)


def test_what_has_no_place_is_named_and_people_are_not_taken(project: Path) -> None:
    done = run(project, package(project.parent, ORGANIZATION), plan=PLAN)
    assert "organization.tax_id" in done.stdout and "names of people" in done.stdout
    assert '"Odd" was left out' in done.stdout
    written = b"".join(files(project).values())
    assert b"Pat Person" not in written and b"55-5555555" not in written
    assert "Pat Person" not in done.stdout and "55-5555555" not in done.stdout


@pytest.mark.parametrize(
    "data",
    ([ORGANIZATION], {"contents": [ORGANIZATION]}, {**ORGANIZATION["services"][0], "organization": ORGANIZATION}),
)
def test_lists_pages_and_services_are_read_alike(project: Path, data: Any) -> None:
    assert run(project, package(project.parent, data), plan=PLAN).returncode == 0
    assert record(project, "harbor-pantry")["programs"][0]["slug"] == "weekend-bags"


@pytest.mark.parametrize(
    ("data", "told"),
    (
        ("{", "no JSON"),
        ('{"name": "a", "name": "b"}', "twice"),
        ("[" * 100_000, "no JSON"),
        ({"id": "1"}, "no HSDS"),
        ([], "no HSDS"),
        ({"name": "A", "organization_id": "o"}, "whose they are"),
        ({"id": "l", "name": "Harbor Hall", "location_type": "physical"}, '"location_type"; give the organizations'),
        ([{"id": "t", "name": "Food", "description": "x", "version": "1"}], '"version"; give the organizations'),
    ),
)
def test_what_is_no_package_is_refused(tmp_path: Path, data: Any, told: str) -> None:
    with ExitStack() as stack, pytest.raises(SetupError, match=told):
        open_package(package(tmp_path, data), stack)
    with ExitStack() as stack, pytest.raises(SetupError, match=r"organizations[.]csv"):
        open_package(tmp_path, stack)


def test_a_package_comes_twice_and_changes_nothing(project: Path) -> None:
    path = package(project.parent, ORGANIZATION)
    run(project, path, plan=PLAN)
    before = files(project)
    done = run(project, path, "--update", "--format", "json", plan=PLAN)
    assert {row["outcome"] for row in rows(done)} == {"skipped"}
    assert files(project) == before


def test_sentences_are_kept_whole_where_they_fit() -> None:
    assert shortened("One. Two. Three.", 10) == "One. Two."
    assert shortened("A long sentence without an end", 12).endswith("…")


@pytest.mark.skipif(not HSDS.exists(), reason="the examples of HSDS do not lie beside this repository")
@pytest.mark.parametrize("name", ("organization_full.json", "tabular.json", "csv", "service_full.json"))
def test_the_examples_of_hsds_import(project: Path, name: str) -> None:
    done = run(project, HSDS / name, plan=PLAN)
    assert done.returncode == 0, done.stdout + done.stderr
    (program,) = record(project, "example-organization-inc")["programs"]
    assert program["name"] == "Community Counselling"
    assert program["ages"] == {"min": "12", "max": "100"}
    assert "latitude" not in str(program)  # the example's lies beyond the pole


@pytest.mark.skipif(not OHANA.exists(), reason="Ohana's sample does not lie beside this repository")
def test_ohanas_sample_imports(project: Path) -> None:
    path = project / "district/district.yml"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("bounds: {south: 42.2, west: -71.2, north", "bounds: {south: 37, west: -123, north"), "utf-8"
    )
    before = files(project)
    done = run(project, OHANA, "--format", "json", plan=PLAN)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(files(project)) == len(before) + 8
    library = record(project, "redwood-city-public-library")
    assert len(library["programs"]) == 5
    assert library["programs"][0]["cost"] == {"kind": "free"}
    passport = next(p for p in record(project, "example-agency")["programs"] if p["name"] == "Passport Photos")
    assert passport["languages"] == ["es"] and passport["when"]["sessions"]
