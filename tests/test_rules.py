"""Every rule on its own good and bad files: tests/cases/rules/<rule>/, laid over the invented district of Riverbend.

A case is a file, or a folder of files, named `good…` or `bad…`. A file is the partner `harbor-tutors` unless a line
`# file: PATH` says otherwise. Each line `# expect: LINE:COLUMN RULE` announces a problem of that file, and nothing else
may be wrong in the whole district; what cannot hold such a line is announced in a file `expect` of the folder. A folder
`catalogues` stands for the software's own words.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.check import check
from generator.problems import Problem
from generator.records.folders import KINDS, Project
from generator.report import report
from generator.rules import EVERY_RECORD, SET, inspect
from generator.rules import KINDS as RULES_OF_KINDS
from generator.source import parse
from tests.factories import RIVERBEND, TODAY
from tests.rules_page import PAGE, rules_page

CASES = Path(__file__).parent / "cases/rules"
USUAL = "partners/harbor-tutors.yml"
EXPECT = re.compile(r"^# expect: ([0-9]+):([0-9]+) ([a-z-]+)$", re.MULTILINE)
FILE = re.compile(r"^# file: (\S+)$", re.MULTILINE)
RULES = {rule.name: rule for rule in (*EVERY_RECORD, *SET, *(r for rules in RULES_OF_KINDS.values() for r in rules))}


def cases() -> tuple[Path, ...]:
    """Every good and bad case."""
    return tuple(sorted(path for rule in CASES.iterdir() for path in rule.iterdir()))


def files_of(case: Path) -> dict[str, Path]:
    """The files of a case by the path that they have in the district."""
    if case.is_file():
        named = FILE.search(case.read_text("utf-8"))
        return {named[1] if named else USUAL: case}
    return {p.relative_to(case).as_posix(): p for p in sorted(case.rglob("*")) if p.is_file() and p.name != "expect"}


def expected(case: Path) -> list[str]:
    """The problems that a case announces, as `path:line:column rule`."""
    found = [
        f"{name}:{line}:{column} {rule}"
        for name, path in files_of(case).items()
        if name.endswith(".yml")
        for line, column, rule in EXPECT.findall(path.read_text("utf-8"))
    ]
    others = case / "expect"
    return sorted(found + (others.read_text("utf-8").split("\n")[:-1] if others.is_file() else []))


def lay_out(case: Path | None, folder: Path) -> Project:
    """The district of Riverbend with the files of a case in it."""
    shutil.copytree(RIVERBEND, folder, dirs_exist_ok=True)
    for name, path in files_of(case).items() if case else ():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, folder / name)
    return Project(root=folder)


def problems_in(case: Path | None, folder: Path) -> tuple[Problem, ...]:
    """What is wrong with the district and the case together."""
    project = lay_out(case, folder)
    with pytest.MonkeyPatch.context() as patch:
        if (words := folder / "catalogues").is_dir():
            patch.setattr(Project, "catalogues", property(lambda project: words))
        return check(project, today=TODAY).problems


@pytest.mark.parametrize("case", cases(), ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_case_yields_what_it_announces(case: Path, tmp_path: Path) -> None:
    problems = problems_in(case, tmp_path)
    assert [f"{p.at.path}:{p.at.line}:{p.at.column} {p.rule}" for p in problems] == expected(case), report(problems)
    assert bool(problems) == case.name.startswith("bad")
    assert {p.rule for p in problems} <= {case.parent.name}
    assert all(p.severity == RULES[p.rule].severity for p in problems)
    assert all(p.message and p.hint and "\n" not in p.message + p.hint for p in problems)
    assert "CANARY" not in report(problems, "json") + report(problems, "text") + report(problems, "github")


def test_the_district_itself_is_clean(tmp_path: Path) -> None:
    assert problems_in(None, tmp_path) == ()


def test_every_rule_has_good_and_bad_cases_and_nothing_else_has() -> None:
    folders = {folder.name: {case.name[:3] for case in folder.iterdir()} for folder in CASES.iterdir()}
    assert folders == {name: {"bad", "goo"} for name in RULES}


def test_every_rule_is_a_sentence_and_stands_in_one_list() -> None:
    listed = [rule.name for rule in (*EVERY_RECORD, *SET)]
    assert len(listed) == len(set(listed))
    assert not set(listed) & {rule.name for rules in RULES_OF_KINDS.values() for rule in rules}
    assert all(rule.sentence.endswith(".") and len(rule.sentence) > 20 for rule in RULES.values())
    assert set(RULES_OF_KINDS) <= {kind.name for kind in KINDS}


def test_the_page_of_rules_is_current(repository: Path) -> None:
    assert (repository / PAGE).read_text("utf-8") == rules_page(), "run `make bless`"


NAMES = (
    "slug",
    "from",
    "to",
    "starts",
    "ends",
    "cost",
    "programs",
    "name",
    "year",
    "school_year",
    "story",
    "former_slugs",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_may_name_its_fields_as_it_likes(name: str) -> None:
    words = "{text: Leemos., source: 1a2b3c4d, by: human, on: 2026-09-01}"
    document, _ = parse(f"{name}: {words}\nprograms/to/{name}: {words}\n", relative="translations/es/partners/x.yml")
    assert document is not None
    assert inspect("translation", document, None) == ()


def test_no_text_takes_long(repository: Path) -> None:
    # What grows with the square of the length would take hours here, not seconds.
    command = [sys.executable, "-m", "tests.hard_texts"]
    done = subprocess.run(command, cwd=repository, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


HINTS = {
    "unknown-school/bad": 'did you mean "lincoln-elementary"?  All of them: district/schools/',
    "unknown-school/bad-renamed": 'it is now called "lincoln-elementary"',
    "unknown-region/bad-school": 'did you mean "north"?  All of them: district/district.yml',
    "position-outside/bad-swapped": "latitude and longitude have changed places",
    "position-outside/bad-sign": "the minus sign of the longitude is missing: write -71.06",
    "position-outside/bad-school": "check both numbers on a map; the bounds stand in district/district.yml",
    "orphan-translation/bad-field": 'did you mean "programs/reading-buddies/summary"?',
    "misplaced-school-year/bad": "check the year",
    "reversed-span/bad-hours": "check both, or leave them out",
    "reversed-span/bad-break": "perhaps the two changed places",
    "lost-link/bad": "copy the address from the English, letter for letter",
    "lost-number/bad": "write the same numbers, in digits",
}


@pytest.mark.parametrize("case", HINTS)
def test_a_hint_says_what_to_write(case: str, tmp_path: Path) -> None:
    found = CASES / case if (CASES / case).is_dir() else CASES / f"{case}.yml"
    assert {problem.hint for problem in problems_in(found, tmp_path)} == {HINTS[case]}


def test_what_names_a_broken_record_is_not_blamed(tmp_path: Path) -> None:
    lay_out(None, tmp_path)
    for path in ("partners/river-readers.yml", "district/schools/lincoln-elementary.yml", "district/priorities.yml"):
        (tmp_path / path).write_text("name: [\n", "utf-8")
        problems = check(Project(root=tmp_path), today=TODAY).problems
        assert path in {problem.at.path for problem in problems}
        assert {problem.rule for problem in problems} <= {"yaml-syntax"}, report(problems)


def test_of_many_of_the_same_name_each_is_told_once(tmp_path: Path) -> None:
    text = (RIVERBEND / "partners/river-readers.yml").read_text("utf-8").replace("[reading-club]", "[]")
    lay_out(None, tmp_path)
    for number in range(30):
        (tmp_path / f"partners/river-readers-{number}.yml").write_text(text, "utf-8")
    problems = check(Project(root=tmp_path), today=TODAY).problems
    assert sum(problem.rule == "duplicate-partner" for problem in problems) == 30
    assert len(problems) <= 3 * 30
    assert all("partners/river-readers.yml" in problem.message for problem in problems)
