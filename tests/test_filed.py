"""Files that forms of the site make: read strictly, applied to the records, judged by the loader."""

from email.message import EmailMessage
from pathlib import Path
from shutil import copytree
from textwrap import wrap

import pytest

from generator.issues.filed import propose_file
from generator.issues.mailed import found_in
from generator.issues.propose import Proposal
from generator.records.folders import Project
from tests.factories import RIVERBEND, TODAY
from tests.test_cli import partners

READERS = "partners/river-readers.yml"
NEW = """\
name: Harbor Food Bank
kind: community-organization
summary: Weekend food packs for families.
focus: [food]
contacts:
  - role: Desk
    email: hello@harborfoodbank.example.org
sources:
  - url: https://harborfoodbank.example.org/about
"""
PROGRAM = """\
proposal: new-program
partner: river-readers
program:
  name: Story Hour
  summary: Free stories for small children.
  focus: [reading]
  cost: {kind: fee, amount: 2.50, per: week}
"""
CHANGE = """\
proposal: change
partner: river-readers
changes:
  - field: summary
    from: SUMMARY
    to: Volunteers read with children every day.
"""


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """The invented district."""
    return Path(copytree(RIVERBEND, tmp_path / "riverbend"))


def proposed(district: Path, text: str) -> Proposal:
    before = {p: p.read_bytes() for p in district.rglob("*") if p.is_file()}
    proposal = propose_file(Project(root=district), "some.yml", text, today=TODAY)
    assert {p: p.read_bytes() for p in district.rglob("*") if p.is_file()} == before
    assert not (proposal.text and proposal.complaints)
    return proposal


def change(district: Path) -> str:
    """A change of the summary from what it is."""
    line = next(line for line in (district / READERS).read_text("utf-8").split("\n") if line.startswith("summary: "))
    return CHANGE.replace("SUMMARY", line.removeprefix("summary: "))


def test_a_new_partner_is_its_record(district: Path) -> None:
    proposal = proposed(district, NEW)
    assert proposal.complaints == ()
    assert proposal.path == "partners/harbor-food-bank.yml"
    head, _, rest = proposal.text.partition("\n")
    assert head == "# yaml-language-server: $schema=../schema/partner.schema.json"
    assert sorted(rest.splitlines()) == sorted(NEW.splitlines())


def test_a_new_program_is_added_and_nothing_else_changes(district: Path) -> None:
    proposal = proposed(district, PROGRAM)
    assert proposal.complaints == ()
    before = (district / READERS).read_text("utf-8").splitlines()
    after = proposal.text.splitlines()
    start = after.index("  - slug: story-hour")
    end = next(number for number in range(start, len(after)) if after[number].startswith("sources:"))
    assert [*after[:start], *after[end:]] == before
    assert "    cost: {kind: fee, amount: 2.5, per: week}" in after


def test_a_change_keeps_all_other_lines(district: Path) -> None:
    record = district / READERS
    record.write_text(record.read_text("utf-8") + "# A note that stays.\n", "utf-8")
    proposal = proposed(district, change(district))
    assert proposal.complaints == ()
    before, after = record.read_text("utf-8").splitlines(), proposal.text.splitlines()
    assert [line for line in before if line not in after] == [line for line in before if line.startswith("summary:")]
    assert [line for line in after if line not in before] == ["summary: Volunteers read with children every day."]


REFUSED = {
    "no yaml": ("name: [", "a bracket or comma"),
    "trust in a new partner": (NEW + "verified: {on: 2026-09-01, by: staff}\n", "does not ask for “verified”"),
    "trust below": (NEW + "partnership:\n  tier: targeted\n", "does not ask for “partnership/tier”"),
    "known name": (NEW.replace("Harbor Food Bank", "River Readers"), "has a partner of this name"),
    "no name": (NEW.replace("name: Harbor Food Bank\n", ""), "gives no web address"),
    "broken rule": (NEW.replace("https://harborfoodbank.example.org/about", "https://10.0.0.1/"), "private network"),
    "another proposal": ("proposal: all\n", "was not made by a form"),
    "strange key": (CHANGE + "verified: yes\n", "verified"),
    "nobody": (PROGRAM.replace("river-readers", "nobody"), "no partner of this name"),
    "trust in a program": (PROGRAM + "  former_slugs: [reading-buddies]\n", "does not ask for “former_slugs”"),
    "slug of a program": (PROGRAM + "  slug: mine\n", "does not ask for “slug”"),
    "program as a list": ("proposal: new-program\npartner: river-readers\nprogram: [a]\n", "no program in it"),
    "change of trust": (CHANGE.replace("field: summary", "field: verified"), "does not ask for “verified”"),
    "change below a group": (CHANGE.replace("field: summary", "field: partnership"), "does not ask for “partnership”"),
    "old change": (CHANGE, "says something else of “summary” by now"),
    "no such program": (CHANGE.replace("changes:", "program: nothing\nchanges:"), "no program of this address"),
    "no changes": ("proposal: change\npartner: river-readers\n", "no changes in it"),
    "changes as text": ("proposal: change\npartner: river-readers\nchanges: [all]\n", "was not made by a form"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_in_words(name: str, district: Path) -> None:
    text, told = REFUSED[name]
    proposal = proposed(district, text)
    assert not proposal.text
    assert told in " ".join(f"{each.message} {each.hint}" for each in proposal.complaints)


def test_a_change_to_what_no_rule_allows_is_refused(district: Path) -> None:
    proposal = proposed(district, change(district).replace("Volunteers read with children every day.", "'!!!'"))
    assert [each.message for each in proposal.complaints] == ['"!!!" holds no letter and no digit']


def test_the_command_writes_the_record(district: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yml").write_text(change(district), "utf-8")
    wanted = ("intake", "file", str(tmp_path / "mine.yml"))
    assert partners(*wanted, "--out", str(tmp_path / "out"), cwd=district).returncode == 0
    assert "every day." in (tmp_path / f"out/{READERS}").read_text("utf-8")
    (tmp_path / "mine.yml").write_text("proposal: all\n", "utf-8")
    ran = partners(*wanted, cwd=district)
    assert ran.returncode == 1
    assert "was not made by a form" in ran.stdout


def test_a_name_without_latin_letters_gets_its_address_from_staff(district: Path) -> None:
    project = Project(root=district)
    for text, path in (
        (NEW.replace("Harbor Food Bank", "مكتبة الشمس"), "partners/shams-library.yml"),
        (PROGRAM.replace("Story Hour", "ساعة القصص"), READERS),
    ):
        (complaint,) = propose_file(project, "partner.yml", text, today=TODAY).complaints
        assert "--slug" in complaint.hint
        assert propose_file(project, "partner.yml", text, today=TODAY, slug="Shams Library").complaints
        proposal = propose_file(project, "partner.yml", text, today=TODAY, slug="shams-library")
        assert (proposal.path, proposal.complaints) == (path, ())
        assert "shams-library" in proposal.path + proposal.text
    (complaint,) = propose_file(project, "x.yml", change(district), today=TODAY, slug="shams").complaints
    assert complaint.message == "A change needs no --slug."


HEAD = "# yaml-language-server: $schema=../schema/partner.schema.json\n"
WORDS = "Name of the organization: Harbor Food Bank\nproposal: of ours\n\n"
HEADERS = "From: a@example.org\nSubject: New\nContent-Type: text/plain; charset=utf-8\n\n"
QUOTE = "Thank you!\n\n" + "".join(f"> {line}\n" for line in (WORDS + HEAD + NEW).splitlines())
LETTERS = {
    "text": WORDS + HEAD + NEW,
    "windows": (WORDS + HEAD + NEW).replace("\n", "\r\n"),
    "signature": WORDS + HEAD + NEW + "\n\nSent from my phone\nname: no\n",
    "end of a mail": WORDS + HEAD + NEW + "-- \nMaria\n",
    "unbroken spaces": (WORDS + HEAD + NEW).replace("\n    ", "\n\u00a0 \u00a0 ").replace("\n  ", "\n\u00a0 "),
    "headers": HEADERS + WORDS + HEAD + NEW,
    "quoted": HEADERS + QUOTE,
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_proposal_is_found_in_an_e_mail(name: str) -> None:
    found = found_in(LETTERS[name].encode())
    assert found is not None
    assert found.text == HEAD + NEW
    assert found.last - found.first == found.text.count("\n") - 1


def test_an_e_mail_goes_through_the_checks(district: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.eml"
    letter.write_text(HEADERS + WORDS + PROGRAM, "utf-8")
    done = partners("intake", "file", str(letter), "--out", str(district), cwd=district)
    assert done.returncode == 0, done.stderr
    assert "lines 4 to 10 of its text are the form's; the rest was not read" in done.stderr
    assert "story-hour" in (district / READERS).read_text("utf-8")
    letter.write_text(HEADERS + "Please see the file.\n", "utf-8")
    done = partners("intake", "file", str(letter), cwd=district)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "holds nothing of a form" in done.stderr


LONG = "Volunteers read with children every day after school, in the language that they speak at home, until dinner."
BROKEN = "\n".join(wrap(LONG, 66))


def test_lines_that_mail_programs_break_are_whole_again(district: Path, tmp_path: Path) -> None:
    wanted = proposed(district, change(district).replace("Volunteers read with children every day.", LONG)).text
    assert LONG in " ".join(wanted.split())
    broken = change(district).replace("Volunteers read with children every day.", BROKEN)
    flowed = change(district).replace("Volunteers read with children every day.", LONG.replace("speak ", "speak \n"))
    stuffed = flowed.replace("\n ", "\n  ")
    letters = {
        "hard.eml": HEADERS + WORDS + broken,
        "quoted.txt": "".join(f"> {line}\n" for line in broken.splitlines()),
        "flowed.eml": HEADERS.replace("charset=utf-8", "charset=utf-8; format=flowed") + stuffed,
    }
    for name, text in letters.items():
        (tmp_path / name).write_text(text, "utf-8")
        out = tmp_path / f"out of {name}"
        done = partners("intake", "file", str(tmp_path / name), "--out", str(out), cwd=district)
        assert done.returncode == 0, (name, done.stdout)
        assert (out / READERS).read_text("utf-8") == wanted


def test_a_file_attached_to_an_e_mail_is_taken(district: Path, tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("The proposal is in the attached file.\n")
    message.add_attachment(b"photo", maintype="image", subtype="png", filename="a.png")
    message.add_attachment(PROGRAM.encode(), maintype="application", subtype="yaml", filename="Story-Hour.proposal.YML")
    letter = tmp_path / "letter.eml"
    letter.write_bytes(bytes(message))
    done = partners("intake", "file", str(letter), cwd=district)
    assert done.returncode == 0, done.stderr
    assert "its attached file Story-Hour.proposal.YML is the form's" in done.stderr


def test_an_e_mail_that_lost_letters_is_refused(district: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_bytes(PROGRAM.replace("Story Hour", "Café Hour").encode("windows-1252"))
    done = partners("intake", "file", str(letter), cwd=district)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "letters are lost in it" in done.stderr


def test_a_line_that_was_broken_by_hand_is_refused_with_its_number(district: Path, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(WORDS + HEAD + NEW.replace("packs for families", "packs\nfor families"), "utf-8")
    done = partners("intake", "file", str(letter), cwd=district)
    assert done.returncode == 1
    assert done.stdout.startswith("letter.txt:8:1: this line is neither")


def test_a_mark_of_notepad_does_no_harm(district: Path, tmp_path: Path) -> None:
    file = tmp_path / "harbor.yml"
    file.write_bytes(b"\xef\xbb\xbf" + NEW.replace("\n", "\r\n").encode())
    assert partners("intake", "file", str(file), cwd=district).returncode == 0
    file.write_bytes(NEW.encode("utf-16"))
    done = partners("intake", "file", str(file), cwd=district)
    assert "harbor.yml:1:1: the file is saved as UTF-16" in done.stdout
