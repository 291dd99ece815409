"""Drafts of new records, and programs added to files that people wrote."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.new import new
from generator.drafts.scaffold import Added, draft, draft_program, public, with_program
from generator.model.district import school_year_of
from generator.problems import SetupError
from generator.records.folders import KINDS, SOFTWARE
from generator.schema.shapes import Field, load_shapes
from generator.source import Document, parse
from generator.vocabulary import load_vocabularies
from tests.invented import DAY_SECONDS, checked, sample_files, setting, write_district

SHAPES = load_shapes(SOFTWARE / "schema")
TERMS = {
    name: tuple(term.id for term in vocabulary.current)
    for name, vocabulary in load_vocabularies(SOFTWARE / "schema/vocabularies").items()
}
PROGRAM = draft_program(SHAPES["partner"], {"slug": "weekend-bags", "name": "Weekend Bags"}, TERMS)
NEW_KINDS = ("partner", "story", "school", "initiative", "event", "resource", "voice", "measure")

HEAD = "name: River Food Bank\nkind: business\nsummary: Food.\nfocus: [food]\n"
TAIL = "sources:\n  - document: Letter\n"
BODY = "slug: a\n{0}name: A\n{0}summary: S.\n{0}focus: [food]\n"


@pytest.fixture
def district(tmp_path: Path) -> Path:
    return write_district(tmp_path, setting(partners=2, schools=2))


def run(district: Path, *words: str) -> Result:
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": DAY_SECONDS})
    return runner.invoke(new, [*words, "--root", str(district)])


def document_of(text: str) -> Document:
    document, problems = parse(text, relative="partners/river.yml")
    assert document is not None, problems
    return document


def added_to(text: str) -> str:
    added = with_program(document_of(text), PROGRAM)
    assert isinstance(added, Added), added
    assert added.text.splitlines()[added.line - 1].lstrip().startswith("- slug: weekend-bags")
    return added.text


@pytest.mark.parametrize("kind", NEW_KINDS)
def test_a_draft_is_reported_as_incomplete_and_nothing_else(district: Path, kind: str) -> None:
    result = run(district, kind, "River Food Bank")
    assert result.exit_code == 0, result.output
    path = result.output.splitlines()[0].removeprefix("Wrote ")
    assert f"partners check {path}" in result.output
    problems = checked(district).problems
    assert problems
    assert {problem.at.path for problem in problems} == {path}
    assert {problem.rule for problem in problems} <= {"empty-text", "too-short", "missing-field"}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_a_draft_names_every_field(kind: str) -> None:
    text = draft(SHAPES[kind], {}, schema=f"../schema/{kind}.schema.json", terms=TERMS)
    assert text.startswith(f"# yaml-language-server: $schema=../schema/{kind}.schema.json\n")
    for field in SHAPES[kind].fields:
        assert f"\n{field.name}:" in text if field.is_required else f"\n# {field.name}:" in text
    assert max(map(len, text.splitlines())) <= 110


@pytest.mark.parametrize("kind", NEW_KINDS)
def test_comments_become_a_good_record_when_they_are_used(district: Path, kind: str) -> None:
    """With every "# " before a field deleted, nothing but the empty fields and unknown names is wrong."""
    path = run(district, kind, "River Food Bank").output.splitlines()[0].removeprefix("Wrote ")
    fields = {field.name for field in SHAPES[kind].fields}
    lines, is_field = [], False
    for line in (district / path).read_text("utf-8").splitlines():
        name = line.removeprefix("# ").partition(":")[0]
        is_field = line.startswith("# ") and (name in fields or (is_field and line.startswith("#  ")))
        lines.append(line[2:] if is_field else line)
    (district / path).write_text("\n".join(lines) + "\n", "utf-8")
    rules = {problem.rule for problem in checked(district).problems}
    assert rules <= {"empty-text", "too-short", "missing-field"}


def test_a_new_school_says_what_others_call_it(district: Path) -> None:
    result = run(district, "school", "Lincoln Elementary School", "--slug", "lincoln")
    assert 'name this school by the name of its file without .yml: "lincoln"' in result.output
    for kind in ("event", "story"):
        note = " ".join(draft(SHAPES[kind], {}, schema="x", terms=TERMS).replace("#", "").split())
        assert "by the name of their file in district/schools/ without .yml" in note


def test_a_draft_says_what_may_stand_there() -> None:
    text = draft(SHAPES["event"], {"title": "Fair"}, schema="x", terms=TERMS)
    assert "# Whether an interpreter can help. One of: always, on-request, phone, none.\n# interpretation:" in text
    assert "schema/vocabularies/audiences.yml" in text
    assert "title: Fair\n" in text


def test_examples_in_comments_hold_no_contact_points() -> None:
    contact = (
        Field(name="role", form="line", description=""),
        Field(name="email", form="email-address", description=""),
    )
    contacts = Field(name="contacts", form="group", description="", is_list=True, fields=contact)
    assert public(contacts, [{"role": "Desk", "email": "a@example.org"}]) == [{"role": "Desk"}]
    for kind in NEW_KINDS:
        text = draft(SHAPES[kind], {}, schema="x", terms=TERMS)
        assert "@" not in text.replace("/@", "")
        assert "555" not in text


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "programs:\n  - " + BODY.format("    ") + TAIL,
        HEAD + "programs:\n- " + BODY.format("  ") + TAIL,
        HEAD + "programs:\n    -   " + BODY.format("        ") + TAIL,
        HEAD + "programs:\n  -\n    " + BODY.format("    ") + TAIL,
        HEAD + TAIL + "programs:\n  - " + BODY.format("    "),
        HEAD + TAIL + "programs:\n  - " + BODY.format("    ").rstrip("\n"),
        HEAD
        + "programs: # what we offer\n  # the first\n  - "
        + BODY.format("    ")
        + "    # the end\n\n# from\n"
        + TAIL,
        HEAD + 'programs:\n  - "slug": a\n    name: A\n    summary: >-\n      S.\n\n    focus: [food]\n\n\n' + TAIL,
        HEAD + "programs:\n  - " + BODY.format("    ") + "    description: |\n      # no comment\n\n      B\n" + TAIL,
        HEAD + TAIL,
        HEAD + "\n# Where it comes from\n" + TAIL + "\n# the end\n",
        HEAD.replace("\n", "\r\n") + "programs:\r\n  - slug: a\r\n    name: A\r\n" + TAIL.replace("\n", "\r\n"),
        "name: A",
    ],
)
def test_a_program_is_added_and_nothing_else_changes(text: str) -> None:
    before, after = document_of(text), added_to(text)
    found = document_of(after).data
    last = found["programs"].pop()
    assert (last["slug"], last["name"], last["focus"]) == ("weekend-bags", "Weekend Bags", [])
    assert {**found, "programs": found["programs"]} == {**before.data, "programs": before.data.get("programs", [])}
    ends = [line[-2:] == "\r\n" for line in after.splitlines(keepends=True)]
    assert all(ends) if "\r\n" in text else not any(ends)
    lines = iter(after.splitlines())
    assert all(line in lines for line in text.splitlines())  # every old line, in the old order


def test_the_new_program_stands_in_line_with_the_others() -> None:
    after = added_to(HEAD + "programs:\n  - " + BODY.format("    ") + "\n# from\n" + TAIL)
    assert "    focus: [food]\n  - slug: weekend-bags\n    name: Weekend Bags\n" in after
    assert after.endswith("\n\n# from\n" + TAIL)


def test_sample_partners_take_a_program() -> None:
    for file in sample_files(setting(partners=40, languages=("en",))).values():
        if file.kind == "partner":
            added_to(file.content.decode())


@pytest.mark.parametrize(
    ("programs", "words"),
    [
        ("programs: [{slug: a, name: A}]\n", "in brackets"),
        ("programs:\n  [{slug: a, name: A}]\n", "in brackets"),
        ("programs: []\n", "holds no list"),
        ("programs: soon\n", "holds no list"),
        ("programs:\n  - slug: a\n    description: |+\n      text\n\n\n", "would change something else"),
    ],
)
def test_what_cannot_be_kept_is_refused(programs: str, words: str) -> None:
    refused = with_program(document_of(HEAD + programs + TAIL), PROGRAM)
    assert isinstance(refused, str)
    assert words in refused


def test_new_program_writes_into_the_partner(district: Path) -> None:
    path = min((district / "partners").glob("*.yml"))
    path.chmod(0o640)
    before = path.read_text("utf-8")
    result = run(district, "program", path.stem, "Weekend Bags")
    assert result.exit_code == 0, result.output
    assert f'partners/{path.name}: added "Weekend Bags" at line ' in result.output
    assert len(path.read_text("utf-8")) > len(before)
    assert path.stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in path.parent.iterdir() if p.name.startswith(".")) == []
    again = run(district, "program", path.stem, "Weekend Bags")
    assert again.exit_code == 2
    assert 'already has a program "weekend-bags"' in again.output


def test_new_program_for_an_unknown_partner_has_a_hint(district: Path) -> None:
    slug = min((district / "partners").glob("*.yml")).stem
    result = run(district, "program", slug[1:], "X")
    assert result.exit_code == 2
    assert f'Did you mean "{slug}"?' in result.output
    assert run(district, "program", "../../etc/passwd", "X").exit_code == 2


def test_new_program_does_not_touch_a_file_that_cannot_be_read(district: Path) -> None:
    path = min((district / "partners").glob("*.yml"))
    path.write_text("name: [\n", "utf-8")
    result = run(district, "program", path.stem, "X")
    assert isinstance(result.exception, SetupError)
    assert "correct that first" in str(result.exception)
    assert path.read_text("utf-8") == "name: [\n"


def test_nothing_is_overwritten(district: Path) -> None:
    path = district / "partners/river-food-bank.yml"
    path.write_text("mine\n", "utf-8")
    result = run(district, "partner", "River  Food Bank")
    assert result.exit_code == 2
    assert "partners/river-food-bank.yml exists already" in result.output
    assert path.read_text("utf-8") == "mine\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("partner",), "give the name of the partner"),
        (("partner", "  "), "give the name of the partner"),
        (("partner", "食物"), "give one with --slug"),
        (("partner", "Index"), "reserved address"),
        (("partner", "X", "--slug", "A_b"), "is no slug"),
        (("partner", "A\u202eB"), "right-to-left override"),
        (("partner", "x" * 121), "the most is 120"),
        (("story", "X", "--year", "2026-28"), "is no school year such as 2026-27"),
        (("story", "X", "--year", "../../x"), "is no school year"),
        (("club", "X"), "No such command"),
    ],
)
def test_wrong_use_is_said_in_one_line(district: Path, words: tuple[str, ...], said: str) -> None:
    before = sorted(district.rglob("*"))
    result = run(district, *words)
    assert result.exit_code == 2
    assert said in result.output
    assert sorted(district.rglob("*")) == before


def test_a_name_in_another_script_works_with_a_slug(district: Path) -> None:
    assert run(district, "partner", "食物銀行", "--slug", "food-bank").exit_code == 0
    assert "name: 食物銀行\n" in (district / "partners/food-bank.yml").read_text("utf-8")


def test_a_folder_without_a_district_is_refused(tmp_path: Path) -> None:
    result = run(tmp_path, "partner", "River Food Bank")
    assert isinstance(result.exception, SetupError)
    assert "give the district's folder with --root" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_school_year_begins_in_august() -> None:
    assert school_year_of(date(2026, 7, 31)) == "2025-26"
    assert school_year_of(date(2026, 8, 1)) == "2026-27"
    assert school_year_of(date(2099, 9, 1)) == "2099-00"


def test_help_has_examples() -> None:
    for words in ([], ["partner"], ["program"], ["story"]):
        output = CliRunner().invoke(new, [*words, "--help"]).output
        assert "Examples:" in output
