"""Nominations come in by every route, once each, with nothing that was not asked for."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as replace_record

from generator.intake.mapping import Map, read_map
from generator.intake.readers import Told
from generator.nominations.arrivals import LONGEST, Arrival, Desk, arrivals, cleaned, headings
from generator.nominations.audit import findings
from generator.nominations.inbox import taken
from generator.nominations.mail import read_letter
from generator.nominations.season import Refused
from generator.problems import SetupError
from generator.records.folders import SOFTWARE
from generator.schema.shapes import load_shapes
from generator.serialize import serialize
from generator.text import fold
from tests.hostile_mapping import ABSENT, MANIFEST, Case, cases, content_of
from tests.seasons import PARTNERS, SCHEMAS, office
from tests.workbooks import workbook

SHAPE = load_shapes(SOFTWARE / "schema")["nomination"]
TERMS = SCHEMAS.vocabularies["languages"].terms
LANGUAGES = {fold(words): term.id for term in TERMS for words in (term.label, term.id)}
FORM = """\
form: nomination
language: so
organization: Partner 1
what: |-
  They came every week.

  Rain or shine.
relation: family
nominator:
  name: Neighbor One
  email: neighbor@example.org
"""


def desk(plan: Map | None = None, told: Told | None = None) -> Desk:
    """What reading needs."""
    return Desk(schemas=SCHEMAS, shape=SHAPE, languages=LANGUAGES, plan=plan or Map(), told=told or Told())


def read(tmp_path: Path, name: str, content: str | bytes, plan: Map | None = None) -> list[Arrival]:
    """What comes of a file."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(arrivals(path, desk(plan)))


def test_the_file_of_the_form_on_the_site(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "riverbend.nomination.yml", FORM)
    assert found.fault == ""
    assert found.data["what"] == "They came every week.\n\nRain or shine."
    assert found.data["nominator"] == {"name": "Neighbor One", "email": "neighbor@example.org"}


@pytest.mark.parametrize("said", ["school-staff", "School staff", "I work at a school", "i work at a  School "])
def test_who_somebody_is_in_the_words_of_the_form(said: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.csv", f"organization,what,relation\nPartner 1,They came.,{said}\n")
    assert (found.fault, found.data["relation"]) == ("", "school-staff")


@pytest.mark.parametrize(
    ("listed_as", "partner"),
    [("partner-5", "partner-5"), ("partner-6-of-old", "partner-6"), ("gone", "partner-1"), ("", "partner-1")],
)
def test_a_partner_that_was_chosen_needs_no_guess(listed_as: str, partner: str, tmp_path: Path) -> None:
    here = office(tmp_path)
    known = {each.slug: each for each in PARTNERS}
    known["partner-6"] = replace_record(known["partner-6"], former_slugs=("partner-6-of-old",))
    season = replace(here.season(), directory=replace(here.directory, partners=known))
    arrival = read(tmp_path, "x.yml", FORM + (f"listed_as: {listed_as}\n" if listed_as else ""))
    (outcome,) = taken(season, arrival, by="cory")
    assert outcome.change
    (data,) = outcome.change.files.values()
    assert data and data["partners"] == (partner,)


def test_the_same_form_as_json(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "x.json", '{"form": "nomination", "organization": "Partner 1", "what": "They came."}')
    assert found.fault == ""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("form: nomination", "form: partner"),
        ("organization: Partner 1\n", ""),
        ("relation: family", "relation: secret-admirer"),
        ("relation: family", "score: 5"),
        ("email: neighbor@example.org", "email: canary_private at example"),
        ("language: so", "language: xx-klingon"),
        ("  Rain or shine.", "  Rain \x00or shine."),
        ("language: so", "language: &a so"),
    ],
)
def test_a_form_that_is_not_right_is_refused_and_not_repeated(old: str, new: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, "x.yml", FORM.replace(old, new))
    assert found.fault
    assert not found.data
    assert "canary" not in found.fault
    assert "secret-admirer" not in found.fault


HEADINGS = (
    *("Timestamp", "Which partner do you want to thank?", "What did they do? Please name no child."),
    *("At which schools? Leave it empty for all.", "Your name.", "Student names"),
    "Do you work or volunteer for the partner you want to thank?",
)
TABLE = f"""\
{",".join(HEADINGS)}
2027-02-01,Partner 1,"They came, every week.
Rain or shine.",School 0; School 1,Neighbor One,canary_private_child,No
2027-02-02,Partner 2,They read.,,,canary_private_child,yes
"""


def test_the_answers_of_a_form_by_its_own_questions(tmp_path: Path) -> None:
    one, two = read(tmp_path, "answers.csv", TABLE)
    assert (one.fault, two.fault) == ("", "")
    assert one.data["schools"] == ["School 0", "School 1"]
    assert (one.data["affiliated"], two.data["affiliated"]) == (False, True)
    assert "canary" not in str(one.data) + str(two.data)


def test_the_answers_of_a_form_by_a_map(tmp_path: Path) -> None:
    content = "Org,Story,Mail,Lang,Secret\nPartner 1,They came.,neighbor@example.org,Somali,x\n"
    (tmp_path / "MAP.yml").write_text(
        "columns:\n  - {column: Org, to: organization}\n  - {column: Story, to: what}\n"
        "  - {column: Mail, to: nominator.email}\n  - {column: Lang, to: language}\n",
        "utf-8",
    )
    plan, problems = read_map(tmp_path / "MAP.yml", SCHEMAS, SHAPE)
    assert problems == ()
    (found,) = read(tmp_path, "answers.csv", content, plan)
    assert found.fault == ""
    assert (found.data["language"], found.data["nominator"]) == ("so", {"email": "neighbor@example.org"})


def test_a_map_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "MAP.yml").write_text("columns:\n  - {column: Org, to: organisation}\n", "utf-8")
    plan, problems = read_map(tmp_path / "MAP.yml", SCHEMAS, SHAPE)
    assert plan is None
    assert 'did you mean "organization"' in problems[0].message


def test_columns_that_are_missing_are_named(tmp_path: Path) -> None:
    with pytest.raises(
        Refused,
        match=r"no column is called .*\(organization\) or .*\(what\); say which column it is. There are: \"A\", \"B\"",
    ):
        read(tmp_path, "answers.csv", "A,B\n1,2\n")


def test_the_words_of_the_form_are_known_as_people_copy_them(tmp_path: Path) -> None:
    table = (
        "Email Address,1. Which partner do you want to thank? *,At which schools?,What did they do?,"
        "Your name,Shoe size\n"
        "a@example.org,Partner 1,School 0;School 1,They came.,Neighbor One,44\n"
        "anonymous,Partner 2,,They came.,,44\n"
    )
    found, nobody = read(tmp_path, "answers.csv", table)
    assert (found.fault, found.data["schools"]) == ("", ["School 0", "School 1"])
    assert found.data["nominator"] == {"name": "Neighbor One", "email": "a@example.org"}
    assert (nobody.fault, "nominator" in nobody.data) == ("", False)
    told = dict(headings(tmp_path / "answers.csv", desk()))
    assert (told["Your name"], told["Shoe size"]) == ("nominator.name", "")
    assert headings(tmp_path / "x.nomination.yml", desk()) == ()


@pytest.mark.parametrize("year", ["2026-27", "2026-2027", "2026/27", "2026 – 2027"])
def test_a_school_year_as_people_write_it(year: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, "answers.csv", f"organization,what,school_year\nPartner 1,They came.,{year}\n")
    assert (found.fault, found.data["school_year"]) == ("", "2026-27")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("Partner 1,,,", '"what" is missing'),
        ("Partner 1,They came.,canary_friend,", '"relation" is none of the answers that there are: write "family"'),
        ("Partner 1,They came.,,canary_year", '"school_year" is not written as it must be: write two years'),
        ("Partner 1,They \x92came.,,", "save the file as CSV UTF-8 in the program that it comes from"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_in_words(row: str, fault: str, tmp_path: Path) -> None:
    (found,) = read(tmp_path, "a.csv", f"organization,what,relation,school_year\n{row}\n".encode("latin-1"))
    assert fault in found.fault
    assert found.place == "a.csv, row 2"
    assert "canary" not in found.fault


def test_a_workbook(tmp_path: Path) -> None:
    rows = (("organization", "what"), ("Partner 1", "They came."), ("Partner 2", "They read."))
    path = workbook(tmp_path / "answers.xlsx", rows)
    assert [each.data["organization"] for each in arrivals(path, desk())] == ["Partner 1", "Partner 2"]


@pytest.mark.parametrize(
    ("name", "is_taken"), [("x.nomination.yml", True), ("X.NOMINATION.YML", True), ("x.yml", False)]
)
def test_an_attached_file_of_the_form_is_the_nomination(name: str, is_taken: bool, tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Neighbor <neighbor@example.org>", "Thank a partner"
    message.set_content("The nomination is in the attached file.\n")
    for content, called in ((b"not a form", "photo.jpg"), (FORM.encode(), name)):
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=called)
    (found,) = read(tmp_path, "letter.eml", bytes(message))
    assert found.fault == ""
    assert (found.data["organization"] == "Partner 1") == is_taken
    assert found.note == ("1 attached file is not taken" if is_taken else "2 attached files are not taken")


def test_an_attached_file_that_is_spoiled_is_refused(tmp_path: Path) -> None:
    message = EmailMessage()
    message.set_content("See the attached file.\n")
    message.add_attachment(b"form: [", maintype="text", subtype="yaml", filename="x.nomination.yml")
    (found,) = read(tmp_path, "letter.eml", bytes(message))
    assert found.fault.startswith("its attached file: ")


LETTER = (
    b'From: "Neighbor One" <neighbor@example.org>\r\nTo: office@district.example.org\r\n'
    b"Subject: Thank you, Partner 1\r\nContent-Type: text/plain; charset=utf-8\r\nMIME-Version: 1.0\r\n\r\n"
    b"They came every week.\r\n\r\nRain or shine.\r\n"
)


def test_an_e_mail_in_somebodys_own_words(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "letter.eml", LETTER)
    assert found.fault == ""
    assert found.data["organization"] == "Thank you, Partner 1"
    assert found.data["what"] == "They came every week.\n\nRain or shine."
    assert found.data["nominator"] == {"name": "Neighbor One", "email": "neighbor@example.org"}


@pytest.mark.parametrize("quote", ["", "> ", "> > "])
def test_an_e_mail_with_the_form_in_it(quote: str, tmp_path: Path) -> None:
    body = "".join(f"{quote}{line}\r\n" for line in ("Hello,", "", *FORM.splitlines(), "--", "Neighbor, Riverbend"))
    (found,) = read(tmp_path, "letter.eml", LETTER.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body.encode())
    assert found.fault == ""
    assert found.data["organization"] == "Partner 1"
    assert found.data["nominator"]["email"] == "neighbor@example.org"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_text_of_an_e_mail_that_begins_with_the_form(end: str, tmp_path: Path) -> None:
    """Up to its first empty line, the form might be the headers of an e-mail."""
    (found,) = read(tmp_path, "letter.txt", FORM.replace("\n", end))
    assert (found.fault, found.data["what"]) == ("", "They came every week.\n\nRain or shine.")


def test_an_e_mail_of_several_parts(tmp_path: Path) -> None:
    parts = (
        b"From: x@example.org\nSubject: Thanks\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nThey came.\n--b\nContent-Type: image/png\n"
        b"Content-Disposition: attachment; filename=child.png\n\nxx\n--b--\n"
    )
    (found,) = read(tmp_path, "letter.eml", parts)
    assert (found.data["what"], found.note) == ("They came.", "1 attached file is not taken")


@pytest.mark.parametrize(
    "content",
    [
        b"From: x@example.org\nContent-Type: text/html\n\n<p>They came.</p>",
        b"From: x@example.org\nContent-Type: text/plain; charset=nonsense-9\n\nx",
        b"From: =?utf-8?b?//8=?= <x@example.org>\nContent-Type: multipart/mixed\n\nx",
        b"From: x@example.org\nContent-Transfer-Encoding: base64\nContent-Type: text/plain\n\n!!!!",
        b"",
        b"\x00\xff\xfe",
        b"A: b\n\n" + b"(" * 5000,
        b"From: " + b"(" * 5000 + b"\n\nThey came.",
        b"Subject: " + b"=?utf-8?q?=41" * 900 + b"\n\nThey came.",
    ],
)
def test_a_strange_e_mail_never_ends_in_a_traceback(content: bytes, tmp_path: Path) -> None:
    (found,) = read(tmp_path, "letter.eml", content)
    assert found.fault or found.data["what"]


def test_a_very_long_e_mail_is_cut_and_says_so(tmp_path: Path) -> None:
    (found,) = read(tmp_path, "letter.txt", "They came every week. " * 2000)
    assert found.fault == ""
    assert len(found.data["what"]) <= LONGEST
    assert "cut to 6,000 characters" in found.note


@pytest.mark.parametrize(
    "head",
    [
        b"From: " + b"a@example.org," * 60_000,
        b"Subject: " + b"=?utf-8?q?a?= " * 60_000,
        b"Subject: a" + b"\n b" * 200_000,
        b"Content-Type: multipart/mixed; " + b"a*0=b; " * 100_000,
        b"Content-Type: message/rfc822\n\n" * 20_000,
    ],
)
def test_a_letter_that_is_made_to_be_slow_is_not_read(head: bytes) -> None:
    """What reads headers takes minutes for these; a test that hangs has failed."""
    assert read_letter(head + b"\n\nThey came.") is None


def test_what_cannot_be_seen_is_taken_out_of_letters() -> None:
    assert cleaned("a\u202eb\x00c\x1b[31m\td\r\ne\r\r\r\r\rf") == "abc[31m d\ne\n\nf"
    assert read_letter(b"\xef\xbb\xbfThey came.") is not None


def test_a_file_too_large_or_of_no_kind_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="the most is"):
        read(tmp_path, "x.eml", b"x" * 1_000_001)
    with pytest.raises(SetupError, match="sealed files are taken when"):
        read(tmp_path, "x.pdf.age", b"x")


def test_each_gets_a_number_and_none_comes_twice(tmp_path: Path) -> None:
    here = office(tmp_path)
    came = read(tmp_path, "answers.csv", TABLE)
    assert [each.number for each in here.take(*came)] == ["N-2027-0001", "N-2027-0002"]
    longer = read(tmp_path, "answers.csv", TABLE + "2027-02-03,Partner 3,They sang.,,,,no\n")
    assert [(each.verdict, each.number) for each in here.take(*longer)] == [
        ("known", "N-2027-0001"),
        ("known", "N-2027-0002"),
        ("taken", "N-2027-0003"),
    ]
    first = here.season().nomination("N-2027-0001")
    assert (first.partners, first.schools) == (("partner-1",), ("school-0", "school-1"))
    assert list(findings(here.vault())) == []


def test_a_number_is_never_given_twice(tmp_path: Path) -> None:
    from generator.nominations.keeping import anonymise

    here = office(tmp_path)
    here.do(anonymise, here.nominate(1), by="cory", reason="The sender asked for it.")
    assert here.nominate(1) == "N-2027-0002"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=80), min_size=1, max_size=6))
def test_whatever_strangers_write_comes_back_as_it_was(texts: list[str]) -> None:
    """Each text that is taken is in the vault as it was taken, and its digest holds."""
    with TemporaryDirectory() as folder:
        here = office(Path(folder))
        for text in texts:
            told = {"form": "nomination", "organization": "Partner 1", "what": cleaned(text)}
            (came,) = read(Path(folder), "x.yml", serialize(told))
            (outcome,) = here.take(came)
            answers = here.season().nominations[outcome.number].answers if outcome.verdict == "taken" else None
            assert answers is None or answers.what == came.data["what"]
        assert list(findings(here.vault())) == []


@pytest.mark.skipif(not MANIFEST.is_file(), reason=ABSENT)
@pytest.mark.parametrize("case", cases("csv"), ids=lambda case: case.name)
def test_hostile_tables_never_end_in_a_traceback_nor_leak(case: Case, tmp_path: Path) -> None:
    """The corpus's tables are of partners; here two of their columns are read as nominations."""
    path = tmp_path / "answers.csv"
    path.write_bytes(content_of(case, tmp_path / "made"))
    (tmp_path / "MAP.yml").write_text(
        "columns:\n  - {column: Organisation name, to: organization}\n  - {column: Website, to: what}\n", "utf-8"
    )
    plan, _ = read_map(tmp_path / "MAP.yml", SCHEMAS, SHAPE)
    try:
        found = list(arrivals(path, desk(plan)))
    except (SetupError, Refused) as error:
        assert "canary" not in str(error).lower()
        return
    assert "canary_private" not in str(found).lower()
    assert case.expected != "reject" or all(each.fault for each in found) or "overwrite" in case.attack
