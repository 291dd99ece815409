"""`partners diff`: what changed, in words; whatever stands in records, it is only shown."""

import json
import re
from pathlib import Path
from shutil import copytree

import pytest
from markdown_it import MarkdownIt

from generator.compare.difference import Difference, Reader
from generator.compare.gate import LARGE, MIXED, labels_of, records_touched, verdicts
from generator.compare.records import compare
from generator.compare.summary import as_markdown
from generator.compare.trees import trees
from generator.compare.words import pieces
from generator.inert import code
from generator.languages import fingerprint
from generator.naming import name_of
from generator.records.folders import SOFTWARE
from generator.schema import load_schemas
from generator.schema.shapes import Field, load_shapes
from tests.factories import RIVERBEND
from tests.repositories import git
from tests.test_cli import partners

PARTNER = "partners/river-readers.yml"
LIVE = (
    "Call @maria <img src=x onerror=a> ![p](https://e.org/p.png) [l](https://e.org) https://e.org "
    "GH-12 #12 `a|b\\|c` ~~x~~"
)


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """A district in a git repository with one commit."""
    folder = Path(copytree(RIVERBEND, tmp_path / "riverbend"))
    git(folder, "init", "--quiet", "--initial-branch=main")
    commit(folder, "first")
    return folder


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


def edit(folder: Path, *changes: tuple[str, str], path: str = PARTNER) -> None:
    """Put texts in the place of others, each of which must be there."""
    text = (folder / path).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / path).write_text(text, "utf-8")


def compared(folder: Path, base: str = "HEAD", head: str = "") -> tuple[Difference, ...]:
    reader = Reader(schemas=load_schemas(SOFTWARE / "schema"), shapes=load_shapes(SOFTWARE / "schema"))
    with trees(folder, base, head) as (old, new):
        return compare(old, new, reader)


def told(folder: Path) -> str:
    """What the command says, without colours."""
    done = partners("diff", "HEAD", cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


CHANGES = {
    "cost": ("{kind: free}", "{kind: fee, amount: 25, per: week}", "Cost of Reading Buddies: Free -> $25 a week"),
    "grades": (
        '{from: K, to: "3"}',
        '{from: K, to: "5"}',
        "Grades of Reading Buddies: Kindergarten to Grade 3 -> Kindergarten to Grade 5",
    ),
    "date": (
        "register_by: 2027-01-31",
        "register_by: 2027-02-28",
        "Last day to sign up of Reading Buddies: January 31, 2027 -> February 28, 2027",
    ),
    "state": (
        "{state: open, as_of: 2026-09-01}",
        "{state: full, as_of: 2026-09-30}",
        "Status of Reading Buddies: Open, as of September 1, 2026 -> Full, as of September 30, 2026",
    ),
    "days": (
        "days: [tue], from",
        "days: [mon, tue, wed], from",
        "Days and times of Reading Buddies: Tuesday, 3:00 PM to 4:00 PM, September 8, 2026 to June 8, 2027 -> "
        "Monday to Wednesday, 3:00 PM to 4:00 PM",
    ),
    "contact": (
        "(555) 555-0111",
        "(555) 555-0112",
        "Contacts: Office: office@river-readers.example.org, (555) 555-0111 -> "
        "Office: office@river-readers.example.org, (555) 555-0112",
    ),
    "check": (
        "{on: 2026-09-01, by: partner}",
        "{on: 2026-10-01, by: staff}",
        "Last check: by the partner on September 1, 2026 -> by staff on October 1, 2026",
    ),
    "agreement": (
        "ends: 2027-06-30}",
        "ends: 2028-06-30}",
        "End of the agreement: June 30, 2027 -> June 30, 2028",
    ),
    "text": ("A grown-up reads with your child", "A grown-up sings with your child", "[-reads-]{+sings+} with your"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_change_is_said_as_people_say_it(district: Path, case: str) -> None:
    old, new, words = CHANGES[case]
    edit(district, (old, new))
    assert words in told(district)


def test_an_answer_that_says_nothing_alone_has_its_name(district: Path) -> None:
    opening = "volunteer:\n  - {title: Read, ages: {min: 16}, background_check: false}\nsources:\n"
    edit(district, ("sources:\n", opening))
    commit(district, "openings")
    edit(district, ("background_check: false", "background_check: true"))
    assert (
        "Openings for volunteers: Read, Age 16 and older, background check: no -> "
        "Read, Age 16 and older, background check: yes"
    ) in " ".join(told(district).split())


def test_lists_say_what_came_and_what_went(district: Path) -> None:
    edit(
        district,
        ("focus: [reading]\nregions", "focus: [mentoring]\nlanguages: [es]\nregions"),
        ("{schools: [lincoln-elementary]}", "{schools: [riverbend-middle]}"),
    )
    text = told(district)
    assert "  Focus areas:\n    - Reading and writing\n    + Mentoring\n" in text
    assert "  Languages:\n    + Spanish\n" in text
    schools = "    - Lincoln Elementary School\n    + Riverbend Middle School\n"
    assert f"  Schools of Reading Buddies:\n{schools}" in text


def test_texts_show_the_words_that_changed(district: Path) -> None:
    edit(district, ("summary: Volunteers read with children.", "summary: Kind volunteers read with many children."))
    (found,) = compared(district)
    (change,) = found.changes
    assert "".join(p.text for p in change.pieces if p.state != "removed") == change.after
    assert "".join(p.text for p in change.pieces if p.state != "added") == change.before
    assert [p.text.strip() for p in change.pieces if p.state == "added"] == ["Kind volunteers", "many"]


def test_long_stretches_that_stayed_are_cut() -> None:
    words = " ".join(f"word{n}" for n in range(80))
    found = pieces(f"old {words}", f"new {words}")
    assert [(p.state, len(p.text) < 100) for p in found] == [("removed", True), ("added", True), ("same", True)]
    assert found[-1].text.endswith("…")


def test_a_very_long_text_is_not_compared_word_by_word() -> None:
    old, new = (" ".join(f"{letter}{n}" for n in range(40_000)) for letter in "ab")
    assert [p.state for p in pieces(old, new)] == ["removed", "added"]


def test_records_that_came_went_and_got_another_address(district: Path) -> None:
    text = (district / PARTNER).read_text("utf-8")
    (district / PARTNER).rename(district / "partners/readers.yml")
    edit(district, ("[reading-club]", "[reading-club, river-readers]"), path="partners/readers.yml")
    new = text.replace("River Readers", "New One").replace("[reading-club]", "[no]")
    (district / "partners/new-one.yml").write_text(new, "utf-8")
    (district / "district/events/partner-breakfast.yml").unlink()
    found = {each.path: each for each in compared(district)}
    assert {path: each.outcome for path, each in found.items()} == {
        "district/events/partner-breakfast.yml": "removed",
        "partners/new-one.yml": "added",
        "partners/readers.yml": "renamed",
    }
    assert found["partners/readers.yml"].former == PARTNER
    assert [c.field for c in found["partners/readers.yml"].changes] == ["Former addresses"]
    assert ("Kind", "Community organization") in {(c.field, c.after) for c in found["partners/new-one.yml"].changes}
    assert any(c.field == "Program" and c.added == ("Reading Buddies",) for c in found["partners/new-one.yml"].changes)


def test_a_program_keeps_its_history_under_another_slug(district: Path) -> None:
    edit(district, ("slug: reading-buddies", "slug: book-buddies\n    former_slugs: [reading-buddies]"))
    (found,) = compared(district)
    assert [c.field for c in found.changes] == ["Address", "Former addresses"]
    assert {c.of for c in found.changes} == {"Reading Buddies"}
    edit(district, ("\n    former_slugs: [reading-buddies]", ""))
    (found,) = compared(district)
    assert [c for c in found.changes if c.field == "Program"][-1].removed == ("Reading Buddies",)


def test_translations_that_a_change_makes_stale_are_named(district: Path) -> None:
    folder = district / "translations/es/partners"
    folder.mkdir(parents=True)
    entries = {"summary": "Volunteers read with children.", "programs/reading-buddies/summary": "Something older."}
    how = "by: human\n  on: 2026-09-01\n"
    lines = (f"{at}:\n  text: Algo.\n  source: {fingerprint(text)}\n  {how}" for at, text in entries.items())
    (folder / "river-readers.yml").write_text("".join(lines), "utf-8")
    commit(district, "translate")
    edit(district, ("Volunteers read with children.", "Volunteers sing."), ("A grown-up reads", "A grown-up sings"))
    (found,) = compared(district)
    assert dict(found.stale) == {"Spanish": ("Summary",)}
    edit(district, ("text: Algo.", "text: Otra cosa."), path="translations/es/partners/river-readers.yml")
    assert [each.kind for each in compared(district)] == ["partner", "translation"]


def test_what_cannot_be_read_is_named_and_the_rest_is_told(district: Path) -> None:
    edit(district, ("summary: Volunteers", "sumary: Private words of somebody"))
    (found,) = compared(district)
    assert {problem.rule for problem in found.problems} == {"unknown-field"}
    assert "Private words" not in repr(found.changes)
    (district / PARTNER).write_text("a: [", "utf-8")
    (found,) = compared(district)
    assert found.changes == ()
    assert found.problems
    assert "River Readers" in told(district)


def test_what_is_private_is_not_repeated(district: Path) -> None:
    edit(district, ("https://river-readers.example.org/", "https://docs.example.org/edit?authkey=PRIVATE"))
    (found,) = compared(district)
    assert {problem.rule for problem in found.problems} == {"credential-in-url"}
    assert "PRIVATE" not in repr(found)
    assert [(c.field, c.after) for c in found.changes] == [("Website", "(not shown)")]


def test_comments_and_layout_alone_are_said_to_be_that(district: Path) -> None:
    edit(district, ("name: River Readers\n", "# a note\nname: 'River Readers'\n"))
    assert "only comments, order or layout" in told(district)


def test_consents_that_are_none_are_not_repeated(district: Path) -> None:
    story = "recognition/2025-26/reading-nights.yml"
    with (district / story).open("a", encoding="utf-8") as file:
        file.write("nominated_via: sha256:PRIVATE\n")
    assert "PRIVATE" not in told(district) + repr(compared(district)[0].changes)


def test_two_folders_and_two_revisions_say_the_same(district: Path, tmp_path: Path) -> None:
    before = copytree(district, tmp_path / "before", ignore=lambda *_: [".git"])
    edit(district, ("cost: {kind: free}", "cost: {kind: varies}"))
    by_folders = compared(tmp_path, str(before), str(district))
    commit(district, "second")
    assert compared(district, "HEAD~1", "HEAD") == by_folders != ()
    assert compared(district) == ()


def test_a_base_that_moved_on_does_not_count_with_merge_base(district: Path) -> None:
    git(district, "switch", "--quiet", "--create", "mine")
    edit(district, ("cost: {kind: free}", "cost: {kind: varies}"))
    commit(district, "mine")
    git(district, "switch", "--quiet", "main")
    edit(district, ("name: River Readers", "name: Readers of the River"))
    commit(district, "theirs")
    assert "Name: " in partners("diff", "main", "mine", cwd=district).stdout
    own = partners("diff", "main", "mine", "--merge-base", cwd=district).stdout
    assert "Cost of Reading Buddies: Free -> It depends" in own
    assert "Name: " not in own


def test_links_and_code_of_another_revision_are_never_followed_nor_run(district: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yml"
    secret.write_text("name: Secret words\n", "utf-8")
    (district / "partners/link.yml").symlink_to(secret)
    ran = tmp_path / "ran"
    (district / "generator").mkdir()
    (district / "generator/__init__.py").write_text(f"open({str(ran)!r}, 'w')\n", "utf-8")
    (district / "sitecustomize.py").write_text(f"open({str(ran)!r}, 'w')\n", "utf-8")
    (district / ".gitattributes").write_text("*.yml filter=evil diff=evil\n", "utf-8")
    commit(district, "evil")
    for name in ("filter.evil.smudge", "diff.evil.textconv", "diff.evil.command"):
        git(district, "config", name, f"touch {ran}; cat")
    edit(district, ("cost: {kind: free}", "cost: {kind: varies}"))
    found = compared(district, "HEAD~1", "HEAD") + compared(district)
    assert "Secret words" not in repr(found)
    assert "no plain file" in next(each.note for each in found if each.path == "partners/link.yml")
    assert not ran.exists()


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "HEAD~99", "-h^{commit}", "HEAD:partners"])
def test_a_state_that_is_none_is_a_wrong_use(district: Path, name: str) -> None:
    done = partners("diff", "--", name, cwd=district)
    assert done.returncode == 2 or (done.returncode == 1 and "neither a revision" in done.stderr), done.stderr
    assert "Traceback" not in done.stderr
    assert not (district / "x").exists()


def test_nothing_in_a_record_can_act_in_markdown(district: Path) -> None:
    edit(
        district,
        ("Volunteers read with children.", f"'{LIVE}'"),
        ("name: River Readers", f"name: 'River {LIVE}'"),
        ("kind: comm", "'@bob <b>#1|x': y\nkind: comm"),
    )
    markdown = as_markdown(compared(district))
    kinds = set()
    for block in MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown):
        for token in block.children or ():
            kinds.add(token.type)
            if token.type == "text":
                assert not re.search(r"[@#<>\[\]`]|://|GH-", token.content), token.content
        kinds.add(block.type)
    assert "code_inline" in kinds
    assert not {"image", "link_open", "html_block"} & kinds
    assert all(token in ("<br>",) for token in re.findall(r"<[^>`]*>", re.sub(r"(`+).*?\1", "", markdown)))


@pytest.mark.parametrize(
    "text", ["`", "``", "a`", "`a` `b``c", "a|b", "a\\|b", "\\", " a ", "x\ny", "\u202eabc", "a`" * 50]
)
def test_a_code_span_holds_whatever_stands_in_it(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {code(text)} | {code('end')} |\n"
    cells = [t for t in MarkdownIt("commonmark").enable("table").parse(table) if t.type == "inline"][2:]
    assert [[child.type for child in cell.children or ()] for cell in cells] == [["code_inline"], ["code_inline"]]
    assert "\u202e" not in code(text)


def test_json_holds_everything_and_is_ascii(district: Path) -> None:
    edit(district, ("name: River Readers", "name: Río Readers"))
    out = partners("diff", "HEAD", "--format", "json", cwd=district).stdout
    assert out.isascii()
    (file,) = json.loads(out)["files"]
    assert (file["changes"][0]["before"], file["changes"][0]["after"]) == ("River Readers", "Río Readers")


def test_colours_only_where_they_are_wanted(district: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(district, ("cost: {kind: free}", "cost: {kind: varies}"))
    from click.testing import CliRunner

    from generator.cli.diff import diff

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in CliRunner().invoke(diff, ["HEAD", "--root", str(district)], color=True).output
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in CliRunner().invoke(diff, ["HEAD", "--root", str(district)], color=True).output


def test_every_field_of_a_kind_has_a_name_of_its_own() -> None:
    def named(fields: tuple[Field, ...], path: tuple[str, ...]) -> list[str]:
        below = [n for f in fields if f.fields and not f.is_list for n in named(f.fields, (*path, f.name))]
        return [name_of((*path, f.name)) for f in fields] + below

    for kind, shape in load_shapes(SOFTWARE / "schema").items():
        if kind in ("partner", "event", "school", "story"):
            names = named(shape.fields, ())
            assert all(name[0].isupper() and "_" not in name for name in names)
            assert sorted({n for n in names if names.count(n) > 1}) == []


def test_many_records_and_code_beside_data_need_labels() -> None:
    few = tuple(f"partners/p{n}.yml" for n in range(20))
    assert verdicts(few, ()) == ()
    many = (*few, "partners/p20.yml")
    assert [v.is_waved_through for v in verdicts(many, ())] == [False]
    assert [v.is_waved_through for v in verdicts(many, (LARGE,))] == [True]
    assert [v.label for v in verdicts(("partners/a.yml", "generator/x.py"), (LARGE,))] == [MIXED]
    assert verdicts(("README.md", "generator/x.py"), ()) == ()


def test_a_translation_counts_for_its_record() -> None:
    paths = [f"translations/{code}/partners/a.yml" for code in ("es", "ar")]
    assert records_touched([*paths, "partners/a.yml", "translations/es/interface.po"]) == {"partners/a.yml"}


def test_the_gate_reads_the_labels_of_the_event(district: Path, tmp_path: Path) -> None:
    text = (district / PARTNER).read_text("utf-8")
    for number in range(21):
        (district / f"partners/copy-{number}.yml").write_text(text, "utf-8")
    (district / "tool.py").write_text("print()\n", "utf-8")
    commit(district, "flood")
    event = tmp_path / "event.json"
    outcomes = []
    for labels in ([], [LARGE], [LARGE, MIXED]):
        event.write_text(json.dumps({"pull_request": {"labels": [{"name": name} for name in labels]}}), "utf-8")
        done = partners("diff", "HEAD~1", "HEAD", "--gate", "--event", str(event), cwd=district)
        outcomes.append((done.returncode, done.stdout.count("needs a person")))
    assert outcomes == [(1, 2), (1, 1), (0, 0)]


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"pull_request": null}', '{"pull_request": {"labels": [1, {"name": 2}]}}']
)
def test_an_event_without_labels_has_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "event.json").write_text(text, "utf-8")
    assert labels_of(tmp_path / "event.json") == ()
