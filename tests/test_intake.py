"""Imports from end to end: rows of a file become records, or are named with the reason why they do not."""

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from generator.check import check
from generator.intake.mapping import read_map
from generator.records.folders import SOFTWARE, Project
from generator.schema import load_schemas
from generator.schema.shapes import load_shapes
from generator.source import parse
from tests.factories import RIVERBEND, TODAY
from tests.workbooks import workbook

MAP = """\
columns:
  - {column: Organisation name, to: name}
  - {column: Website, to: website}
  - {column: Categories, to: focus, words: {Food help: food}}
  - {column: Program, to: program.name}
  - {column: Grades, to: program.grades}
  - {column: Place, to: program.where.places.name}
constants:
  - {to: kind, value: nonprofit}
  - {to: summary, value: Helps families.}
  - {to: program.summary, value: Help for families.}
  - {to: program.focus, value: Food}
  - {to: program.status.state, value: Open}
  - {to: program.status.as_of, value: today}
  - {to: sources.document, value: Answers to the form}
"""
HEAD = "Organisation name,Website,Categories,Program,Grades,Place,Private note\n"
ROW = "Harbor Pantry,www.harbor.example.org,Food help,Weekend Bags,K-5,Hall,call my mother\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the invented district."""
    return Path(copytree(RIVERBEND, tmp_path / "riverbend"))


def run(project: Path, content: str | Path, *words: str, plan: str | None = MAP) -> subprocess.CompletedProcess[str]:
    """Import a file as a person would."""
    file = content
    if isinstance(content, str):
        file = project.parent / "answers.csv"
        file.write_text(content, "utf-8")
    options = []
    if plan is not None:
        (project.parent / "MAP.yml").write_text(plan, "utf-8")
        options = ["--map", str(project.parent / "MAP.yml")]
    command = [sys.executable, "-m", "generator", "import", str(file), *options, "--root", str(project), *words]
    day = str(int((TODAY.toordinal() - 719_163) * 86_400 + 43_200))
    environment = {**os.environ, "PYTHONPATH": str(SOFTWARE), "NO_COLOR": "1", "SOURCE_DATE_EPOCH": day}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=environment)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done.stdout)["rows"]
    return found


def record(project: Path, slug: str) -> dict[str, Any]:
    document, problems = parse((project / f"partners/{slug}.yml").read_text("utf-8"), relative="x")
    assert document is not None, problems
    return document.data


def is_clean(project: Path) -> bool:
    return check(Project(root=project), today=TODAY).is_good


def files(project: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (project / "partners").iterdir() if path.is_file()}


def test_rows_become_a_partner_with_programs_and_places(project: Path) -> None:
    more = ROW.replace("Hall", "Library") + ROW.replace("Weekend Bags,K-5", "Evening Meals,6-8")
    done = run(project, HEAD + ROW + more, "--format", "json")
    assert done.returncode == 0, done.stdout
    assert [row["outcome"] for row in rows(done)] == ["taken"] * 3
    data = record(project, "harbor-pantry")
    assert data["focus"] == ["food"] and data["website"] == "https://www.harbor.example.org"
    assert [program["slug"] for program in data["programs"]] == ["weekend-bags", "evening-meals"]
    assert [place["name"] for place in data["programs"][0]["where"]["places"]] == ["Hall", "Library"]
    assert data["programs"][0]["status"]["as_of"] == TODAY.isoformat()
    assert is_clean(project)


def test_what_the_map_does_not_name_is_never_stored_nor_shown(project: Path) -> None:
    for form in ("text", "json"):
        done = run(project, HEAD + ROW, "--dry-run", "--format", form)
        assert "Private note" in done.stdout
        assert "call my mother" not in done.stdout + done.stderr
    run(project, HEAD + ROW)
    assert not any(b"my mother" in content for content in files(project).values())


def test_a_dry_run_writes_nothing(project: Path) -> None:
    before = files(project)
    done = run(project, HEAD + ROW, "--dry-run")
    assert done.returncode == 0 and "Nothing was written" in done.stdout
    assert files(project) == before


def test_a_bad_row_holds_its_partner_back_and_nobody_else(project: Path) -> None:
    bad = ROW.replace("Harbor", "Cedar")
    text = HEAD + ROW + bad + bad.replace("Food help", "Fod") + ",,,,,,\n" + "Summit,a,b\n"
    done = run(project, text, "--format", "json")
    assert done.returncode == 1
    assert [(row["line"], row["outcome"]) for row in rows(done)] == [
        (2, "taken"),
        (3, "refused"),
        (4, "refused"),
        (5, "skipped"),
        (6, "refused"),
    ]
    assert "not a focus area" in rows(done)[2]["why"] and "row 4" in rows(done)[1]["why"]
    assert (project / "partners/harbor-pantry.yml").exists()
    assert not (project / "partners/cedar-pantry.yml").exists()


def test_rows_that_contradict_each_other_are_refused_or_the_map_decides(project: Path) -> None:
    text = HEAD + ROW + ROW.replace("www.harbor", "www.other")
    done = run(project, text, "--dry-run", "--format", "json")
    assert [row["outcome"] for row in rows(done)] == ["refused", "refused"]
    assert "an earlier row" in rows(done)[1]["why"]
    run(project, text, plan=MAP + "conflicts: last\n")
    assert record(project, "harbor-pantry")["website"] == "https://www.other.example.org"


def test_the_loader_has_the_last_word(project: Path) -> None:
    before = files(project)
    long = MAP.replace("Helps families.", "Very long. " * 30)
    done = run(project, HEAD + ROW, "--format", "json", plan=long)
    assert done.returncode == 1
    assert [problem["rule"] for problem in rows(done)[0]["problems"]] == ["too-long"]
    unknown = MAP.replace(
        "constants:", "constants:\n  - {to: regions, value: north}\n  - {to: partnership.since, value: x}"
    )
    done = run(project, HEAD + ROW, plan=unknown)
    assert done.returncode == 1 and "partnership.since" in done.stderr
    assert files(project) == before


def test_existing_partners_are_changed_only_when_asked(project: Path) -> None:
    run(project, HEAD + ROW)
    before = files(project)
    done = run(project, HEAD + ROW.replace("K-5", "K-8"))
    assert done.returncode == 1 and "--update" in done.stdout
    assert files(project) == before
    done = run(project, HEAD + ROW, "--update", "--format", "json")
    assert [row["outcome"] for row in rows(done)] == ["skipped"]
    assert files(project) == before


def test_an_update_keeps_comments_order_and_all_else(project: Path) -> None:
    run(project, HEAD + ROW)
    path = project / "partners/harbor-pantry.yml"
    lines = path.read_text("utf-8").replace("focus: [food]", "focus: [food]  # first of all", 1).splitlines()
    lines.insert(2, "# checked by phone")
    lines.append("# the end")
    path.write_text("\n".join(lines) + "\n", "utf-8")
    more = HEAD + ROW.replace("K-5", "K-8") + ROW.replace("Weekend Bags,K-5", "Meals,6-8")
    done = run(project, more, "--update")
    assert done.returncode == 0, done.stdout
    after = path.read_text("utf-8").splitlines()
    assert [line for line in lines if line not in after] == ['    grades: {from: K, to: "5"}']
    assert [program["slug"] for program in record(project, "harbor-pantry")["programs"]] == ["weekend-bags", "meals"]
    assert is_clean(project)


def test_a_field_is_deleted_by_a_word_of_the_map_and_never_by_an_empty_cell(project: Path) -> None:
    run(project, HEAD + ROW)
    empty = ROW.replace("www.harbor.example.org", "").replace("Hall", "")
    run(project, HEAD + empty, "--update")
    assert record(project, "harbor-pantry")["website"]
    run(project, HEAD + ROW.replace("www.harbor.example.org", "(gone)"), "--update", plan=MAP + "delete: [(gone)]\n")
    assert "website" not in record(project, "harbor-pantry")


def test_a_partner_found_by_another_name_keeps_its_name(project: Path) -> None:
    row = ROW.replace("Harbor Pantry", "riverbend reading friends").replace("www.harbor", "www.readers")
    assert run(project, HEAD + row, "--dry-run").returncode == 1
    assert run(project, HEAD + row, "--update").returncode == 0
    data = record(project, "river-readers")
    assert (data["name"], data["website"]) == ("River Readers", "https://www.readers.example.org")
    assert is_clean(project)


def test_near_duplicates_are_reported(project: Path) -> None:
    run(project, HEAD + ROW.replace("Harbor Pantry", "Harbor Pantry Program"))
    twin = ROW.replace("Harbor Pantry", "Harbor Pantri Program").replace("www.harbor", "www.other")
    done = run(project, HEAD + twin, "--dry-run", "--format", "json")
    assert [problem["rule"] for problem in rows(done)[0]["problems"]] == ["similar-partner"]
    same_site = ROW.replace("Harbor Pantry", "Willow House")
    done = run(project, HEAD + same_site, "--dry-run", "--format", "json")
    assert [problem["rule"] for problem in rows(done)[0]["problems"]] == ["shared-website"]


def test_two_partners_of_one_address_are_not_mixed(project: Path) -> None:
    done = run(project, HEAD + ROW + ROW.replace("Harbor Pantry", "Harbor-Pantry"), "--dry-run", "--format", "json")
    assert [row["outcome"] for row in rows(done)] == ["taken", "refused"]


def test_a_name_without_latin_letters_needs_a_slug(project: Path) -> None:
    done = run(project, HEAD + ROW.replace("Harbor Pantry", "日本語"), "--dry-run", "--format", "json")
    assert "column slug" in rows(done)[0]["why"]


def test_a_workbook_goes_the_same_way(project: Path) -> None:
    path = workbook(
        project.parent / "answers.xlsx",
        [HEAD.strip().split(","), ROW.strip().split(","), [None, None, None, "Meals", "6-8", "Hall", None]],
        merged=("A2:A3",),
    )
    assert run(project, path).returncode == 0
    assert [program["slug"] for program in record(project, "harbor-pantry")["programs"]] == ["weekend-bags", "meals"]


def test_headings_that_are_fields_need_no_map(project: Path) -> None:
    text = "name,kind,summary,focus,sources.document\nHarbor Pantry,nonprofit,Helps families.,food,Form\n"
    assert run(project, text, plan=None).returncode == 0
    assert is_clean(project)
    assert run(project, "Something,Else\na,b\n", plan=None).returncode == 1


def test_a_formula_is_text_and_is_named(project: Path) -> None:
    done = run(project, HEAD + ROW.replace("Harbor Pantry", "=Harbor Pantry"), "--format", "json")
    assert done.returncode == 0
    assert any("formula" in note for note in rows(done)[0]["notes"])
    assert record(project, "harbor-pantry")["name"] == "=Harbor Pantry"


@pytest.mark.parametrize("text", ("", HEAD, HEAD.replace("Website", "Categories", 1) + ROW, "%PDF-1.7\n"))
def test_files_without_rows_say_why(project: Path, text: str) -> None:
    done = run(project, text)
    assert done.returncode == (0 if text == HEAD else 1)
    assert done.stderr.startswith("partners: answers.csv") or "0 rows" in done.stdout


@pytest.mark.parametrize(
    ("plan", "told"),
    (
        ("columns: [{column: A, to: nam}]\n", 'did you mean "name"'),
        ("columns: [{column: A, to: program.cost.amont}]\n", 'did you mean "program.cost.amount"'),
        ("columns: [{column: A, to: program.join}]\n", "several fields"),
        ("columns: [{column: A, to: name.2}]\n", "no list"),
        ("columns: [{column: A, to: program}]\n", "is no field"),
        ("columns: [{column: A, to: verified.on}]\n", "for staff to say"),
        ("columns: [{column: A, to: name, separator: ;}]\n", "holds one value"),
        ("columns: [{column: A, to: name}, {column: B, to: name}]\n", "given twice"),
        ("columns: [{colum: A, to: name}]\n", "is not a field"),
        ("dates: year-first\n", "month-first"),
        ("blank: [x]\n", "names no column"),
        ("columns: {A: name}\n", "a list"),
        ("- A\n", "a set of keys"),
    ),
)
def test_a_bad_map_says_what_is_wrong(tmp_path: Path, plan: str, told: str) -> None:
    path = tmp_path / "MAP.yml"
    path.write_text(plan, "utf-8")
    found, problems = read_map(path, load_schemas(SOFTWARE / "schema"), load_shapes(SOFTWARE / "schema")["partner"])
    assert found is None
    assert any(told in problem.message + problem.hint for problem in problems), problems


def test_a_bad_map_is_a_wrong_use(project: Path) -> None:
    done = run(project, HEAD + ROW, plan="columns: [{column: A, to: nam}]\n")
    assert done.returncode == 2 and "MAP.yml:1:" in done.stderr


def test_a_column_that_the_map_takes_must_be_there(project: Path) -> None:
    done = run(project, HEAD.replace("Website", "Web site") + ROW)
    assert done.returncode == 1 and 'did you mean "Web site"' in done.stderr


def test_one_of_several_columns_of_a_heading_can_be_chosen(project: Path) -> None:
    text = "Organisation name,Organisation name\nA,Harbor Pantry\n"
    plan = MAP[MAP.index("constants") :] + "columns:\n  - {column: Organisation name, number: 2, to: name}\n"
    done = run(project, text, plan=plan + "  - {column: Organisation name, number: 1, to: also_known_as}\n")
    assert done.returncode == 1 and "focus" in done.stdout
    assert run(project, text, plan=plan.replace("number: 2, ", "")).returncode == 1


def test_a_proposed_map_can_be_used(project: Path) -> None:
    text = "Organisation name,Website,Focus areas,Contact email,Program name,Grades served,Favourite colour\n" + (
        "Harbor Pantry,www.harbor.example.org,Food,me@example.org,Weekend Bags,K-5,teal\n"
    )
    done = run(project, text, "--suggest-map", plan=None)
    assert done.returncode == 0
    document, problems = parse(done.stdout, relative="MAP.yml")
    assert document is not None, problems
    found = {each["column"]: each["to"] for each in document.data["columns"]}
    assert found == {
        "Organisation name": "name",
        "Website": "website",
        "Focus areas": "focus",
        "Program name": "program.name",
        "Grades served": "program.grades",
    }
    assert "Favourite colour" in done.stdout and "contacts.email" in done.stdout
    assert "teal" not in done.stdout and "me@example.org" not in done.stdout
    constants = "".join(
        f"  - {{to: {path}, value: {value}}}\n"
        for path, value in (
            ("kind", "nonprofit"),
            ("summary", "Help."),
            ("program.summary", "Help."),
            ("program.focus", "food"),
        )
    )
    done = run(project, text, plan=done.stdout + constants)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_forms_write_about_their_author_is_proposed_for_nothing(project: Path) -> None:
    own = "ID;Start time;Completion time;Email;Name;"
    text = f"{own}Name;Website\n1;10/1/26 9:15;10/1/26 9:20;a@b.example;Pat Person;Harbor Pantry;harbor.example.org\n"
    done = run(project, text, "--suggest-map", plan=None)
    document, problems = parse(done.stdout, relative="MAP.yml")
    assert document is not None, problems
    assert document.data["columns"] == [
        {"column": "Name", "number": "2", "to": "name"},
        {"column": "Website", "to": "website"},
    ]
    assert done.stdout.count("of whoever filled the form in; never take it") == 4
    assert "Pat Person" not in done.stdout
    done = run(project, "Start time,Name\n15:30,Harbor\n", "--suggest-map", plan=None)  # of no form
    assert "to: program.when.sessions.from" in done.stdout and "to: name" in done.stdout
