"""The commands of a season as staff type them: a whole one through the command line, with JSON and dry runs."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli import partners
from generator.cli.nominations import COMMANDS
from generator.jwk import new_pair
from generator.problems import SetupError
from generator.schema.wording import as_yaml
from tests.factories import RIVERBEND

STAFF = """\
staff:
  - {id: cory, name: Cory Okafor, roles: [coordinator]}
  - {id: rae, name: Rae Lindqvist, roles: [reviewer]}
  - {id: rob, name: Rob Tanaka, roles: [reviewer]}
  - {id: chai, name: Chai Rivera, roles: [chair]}
"""
ANSWERS = "organization,what,nominator.name,nominator.email\nRiver Readers,They read.,Neighbor One,one@example.org\n"
STORY = "title: Thank you\nsummary: Families read together.\nstory: They read with **120 families**.\n"
FIRST = "N-2027-0001"
NOON = "1801483200"  # February 1, 2027

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`partners nominations …` in the invented district, as somebody, on a day."""
    shutil.copytree(RIVERBEND, tmp_path / "public")
    monkeypatch.chdir(tmp_path / "public")

    def command(*words: str, by: str = "cory", day: int = 0) -> Result:
        environment = {
            "PARTNERS_VAULT": str(tmp_path / "vault"),
            "PARTNERS_STAFF": by,
            "SOURCE_DATE_EPOCH": str(int(NOON) + day * 86_400),
        }
        return CliRunner(env=environment).invoke(partners, ["nominations", *words], catch_exceptions=False)

    return command


@pytest.fixture
def begun(run: Run, tmp_path: Path) -> Run:
    """A vault with staff, and one nomination."""
    assert run("init", "--name", "Cory Okafor").exit_code == 0
    path = tmp_path / "vault/vault.yml"
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("staff:")] + STAFF, "utf-8")
    assert run("settings").exit_code == 0
    (tmp_path / "answers.csv").write_text(ANSWERS, "utf-8")
    (tmp_path / "story.yml").write_text(STORY, "utf-8")
    assert "row 2: taken as N-2027-0001" in run("import", str(tmp_path / "answers.csv")).output
    return run


def scores(*words: str) -> list[str]:
    """A review's words."""
    given = [word for slug in ("impact", "partnership", "what-sustains-it") for word in ("--score", f"{slug}=4")]
    return ["review", FIRST, *given, "--reason", "The school's words show it.", *words]


def told(result: Result) -> dict[str, Any]:
    """The JSON of an answer."""
    answer: dict[str, Any] = json.loads(result.stdout)
    assert answer["version"] == 1
    return answer


@pytest.mark.parametrize("word", COMMANDS)
def test_each_command_explains_itself_with_examples(word: str, run: Run) -> None:
    result = run(word, "--help")
    assert result.exit_code == 0
    assert f"partners nominations {word}" in result.output
    if word not in ("init", "desk"):
        assert "--format [text|json]" in result.output
    if word not in ("init", "list", "show", "audit", "report", "guard", "desk"):
        assert "--dry-run" in result.output


def test_a_season_from_the_first_word_to_the_last(begun: Run, tmp_path: Path) -> None:
    run, public = begun, tmp_path / "public"
    assert run("triage", FIRST, "--partner", "river-readers").exit_code == 0
    for by in ("rae", "rob"):
        assert run(*scores(), by=by).exit_code == 0
    decided = run("decide", FIRST, "--recognise", "--reason", "Both saw lasting change.", by="chai")
    assert "the mean of the scores is 4" in decided.output
    assert run("consent", FIRST, "--asked").exit_code == 0
    given = ("--whom", "Sam Okonjo", "--how", "signed form", "--scope", "story", "--expires", "2029-06-30")
    assert "C-2027-0001" in run("consent", FIRST, *given).output
    outline = run("publish", FIRST, "--outline")
    assert "Thank you, River Readers" in outline.output
    way = (
        "--story",
        str(tmp_path / "story.yml"),
        "--slug",
        "reading",
        "--consent",
        "C-2027-0001",
        "--on",
        "2027-02-03",
    )
    assert "would make it scheduled" in run("publish", FIRST, *way, "--dry-run").output
    assert "now scheduled" in run("publish", FIRST, *way).output
    early = run("publish", FIRST)
    assert (early.exit_code, "its day is 2027-02-03" in early.stderr) == (1, True)
    assert "Nothing is due." in run("publish", "--due").output
    dry = run("publish", "--due", "--dry-run", day=2)
    assert "+title: Thank you" in dry.output
    assert not (public / "recognition/2026-27").exists()
    assert "now published" in run("publish", "--due", day=2).output
    assert (public / "recognition/2026-27/reading.yml").is_file()
    back = told(run("consent", "C-2027-0001", "--taken-back", "--format", "json", day=3))
    assert back["state"] == "published"
    ended = told(run("expire", "--format", "json", day=3))
    assert [step["state"] for step in ended["changes"]] == ["expired"]
    assert "status: withdrawn" in (public / "recognition/2026-27/reading.yml").read_text("utf-8")
    assert "now anonymised" in run("anonymise", FIRST, "--reason", "The sender asked.", day=4).output
    audit = told(run("audit", "--format", "json", day=4))
    assert audit["findings"] == []
    assert [step["act"] for step in audit["steps"]][-3:] == ["consent", "expire", "anonymise"]
    assert run("audit", "--head", audit["head"]).exit_code == 0
    assert "Nothing of a vault is here." in run("guard").output


def test_everything_is_refused_in_the_form_that_was_asked_for(begun: Run) -> None:
    refused = begun("decide", FIRST, "--recognise", "--format", "json")
    assert refused.exit_code == 1
    sentences = told(refused)["refused"]
    assert any("can be decided only after" in sentence for sentence in sentences)
    assert any("cory is no chair" in sentence for sentence in sentences)
    plain = begun("decide", FIRST, "--recognise")
    assert plain.stderr.count("refused:") == len(sentences)


def test_a_dry_run_writes_nothing(begun: Run, tmp_path: Path) -> None:
    def state() -> dict[Path, bytes]:
        return {p: p.read_bytes() for p in (tmp_path / "vault").rglob("*") if p.is_file() and p.name != ".lock"}

    before = state()
    (tmp_path / "more.csv").write_text(ANSWERS + "River Readers,They sing.,,\n", "utf-8")
    assert "1 of 2 would be taken" in begun("import", str(tmp_path / "more.csv"), "--dry-run").output
    for words in (
        ("triage", FIRST, "--partner", "river-readers", "--dry-run"),
        ("anonymise", FIRST, "--reason", "The sender asked.", "--dry-run"),
        ("expire", "--dry-run"),
        ("settings", "--dry-run"),
    ):
        result = begun(*words)
        assert result.exit_code == 0, result.output
        assert "Nothing was written." in result.output
    assert state() == before


def test_scores_of_others_are_nowhere_before_all_are_in(begun: Run) -> None:
    begun("triage", FIRST, "--partner", "river-readers")
    words = [word.replace("=4", "=1") for word in scores()]
    assert begun(*words, by="rae").exit_code == 0
    for by in ("rob", "cory", "chai"):
        for command in (["show", FIRST], ["list"], ["audit"], ["report"]):
            for form in ("text", "json"):
                output = begun(*command, "--format", form, by=by).output
                assert "impact: 1" not in output
                assert '"impact": 1' not in output
                assert "The school's words" not in output


def test_strangers_cannot_write_on_the_terminal(begun: Run, tmp_path: Path) -> None:
    (tmp_path / "x.nomination.yml").write_text(
        'form: nomination\norganization: "A\\u202eB"\nwhat: "a \\e[31mred\\a thing"\n', "utf-8"
    )
    refused = begun("import", str(tmp_path / "x.nomination.yml"))
    assert refused.exit_code == 1
    (tmp_path / "letter.txt").write_bytes(b"They came \x1b]0;x\x07 every week \xe2\x80\xae.\n")
    begun("import", str(tmp_path / "letter.txt"))
    for words in (("show", "N-2027-0002"), ("show", "N-2027-0002", "--format", "json"), ("list",)):
        output = begun(*words).output
        assert "every week" in output or words == ("list",)
        for sign in ("\x1b", "\x07", "\u202e"):
            assert sign not in refused.output + output


def test_what_was_pasted_is_shown_as_words(begun: Run, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("They came\xa0every\u202fweek.\n", "utf-8")
    begun("import", str(tmp_path / "letter.txt"))
    shown = begun("show", "N-2027-0002").output
    assert "They came every week." in shown
    assert "scores_hidden: yes" in shown


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("show", "N-2027-0009"), 'there is no nomination "N-2027-0009"'),
        (("show", "../../x"), 'there is no nomination "../../x"'),
        (("consent", FIRST, "--whom", "x"), "until when it holds is missing"),
        (("publish", FIRST, "--due"), "give the NUMBER of a nomination, or --due"),
        (("review", FIRST, "--score", "impact"), "write criterion=number"),
        (("audit", "--head", "nonsense"), "a head looks like"),
        (("decide", FIRST, "--recognise", "--decline", "--reason", "Both at once."), "--recognise or --decline"),
        (
            ("review", FIRST, "--score", "impact=4", "--stand-back", "My sister works there."),
            "--stand-back goes without",
        ),
        (("consent", FIRST, "--asked", "--whom", "Sam Okonjo"), "one at a time"),
        (("publish", FIRST, "--on", "2027-05-03"), "give --story FILE as well"),
        (("list", "--state", "nowhere"), "'nowhere' is not one of 'received'"),
        (("report", "--school-year", "2026"), "write two years that follow each other"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(words: tuple[str, ...], sentence: str, begun: Run) -> None:
    try:
        result = begun(*words)
    except SetupError as error:
        assert sentence in str(error)
    else:
        assert result.exit_code in (1, 2)
        assert sentence in result.output + result.stderr


def test_no_vault_no_staff_and_a_vault_in_the_tree_are_told(run: Run, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="this is no vault"):
        run("list")
    assert "Missing option '--as'" in run("list", by="").stderr
    with pytest.raises(SetupError, match="inside the public tree"):
        run("init", "--name", "x", "--vault", str(tmp_path / "public/vault"))
    with pytest.raises(SetupError, match="inside the public tree"):
        run("list", "--vault", str(tmp_path / "public"))
    assert not (tmp_path / "public/vault").exists()


def test_a_key_is_made_once_and_fits_into_the_districts_rules(begun: Run, tmp_path: Path) -> None:
    assert "no key yet" in begun("key", "--show").output
    assert "Nothing was written" in begun("key", "--dry-run").output
    assert "rae is no coordinator" in begun("key", by="rae").output
    first = begun("key")
    assert first.exit_code == 0
    again = begun("key")
    assert again.exit_code == 1
    assert "a key already" in again.output
    shown = begun("key", "--show")
    assert shown.stdout == first.stdout
    assert "  d: " not in shown.output
    newer = told(begun("key", "--another", "--format", "json"))["key"]
    assert set(newer) == {"kty", "crv", "x", "y", "kid"}
    assert newer == told(begun("key", "--show", "--format", "json"))["key"]
    with (tmp_path / "public/district/recognition.yml").open("a", encoding="utf-8") as file:
        file.write("sources: [{document: Invented}]\n" + shown.stdout)
    checked = CliRunner().invoke(partners, ["check"], catch_exceptions=False)
    assert "recognition.yml" not in checked.output


def test_a_private_key_in_the_districts_rules_is_refused_and_not_repeated(run: Run, tmp_path: Path) -> None:
    pair = new_pair()
    path = tmp_path / "public/district/recognition.yml"
    for wrong in ({}, {"kid": pair["x"]}, {"x": pair["y"]}, {"y": "?"}):
        path.write_text(f"sources: [{{document: Invented}}]\nkey: {as_yaml({**pair, **wrong})}\n", "utf-8")
        checked = CliRunner().invoke(partners, ["check"], catch_exceptions=False)
        assert checked.exit_code == 1
        assert pair["d"] not in checked.output
        assert "private part" in checked.output or wrong == {"y": "?"}
        guarded = run("guard")
        assert (guarded.exit_code, pair["d"] in guarded.output) == (1, False)
        assert "district/recognition.yml: this is a private key" in guarded.output
