"""Issues that were written with a form: read strictly, judged by the loader, answered in fixed words."""

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.forms.issue import CHANGE, CONFIRM, FORMS, MISTAKE, NO_RESPONSE, PARTNER, PROGRAM, Form, changeable
from generator.forms.questions import PROGRAM_QUESTIONS, PROMISES, field_of
from generator.issues.answers import taken
from generator.issues.moved import MOVED
from generator.issues.parse import LONGEST, Filled, parse
from generator.issues.propose import STATUS, Proposal, known_of, propose
from generator.issues.reply import MARK, reply
from generator.issues.templates import templates
from generator.records.folders import SOFTWARE, Project
from generator.schema.shapes import load_shapes
from generator.source import parse as parse_record
from generator.vocabulary import load_vocabularies
from tests.factories import RIVERBEND, TODAY
from tests.invented import checked
from tests.test_cli import partners

SHAPE = load_shapes(SOFTWARE / "schema")["partner"]
VOCABULARIES = load_vocabularies(SOFTWARE / "schema/vocabularies")
GOOD: Mapping[str, Mapping[str, str]] = {
    PARTNER.name: {
        "Name of the organization": "Harbor Food Bank",
        "Kind of organization": "Community organization",
        "What families get, in one sentence": "Weekend food packs for families.",
        "More about the organization": "We pack **weekend food**.\n\n- No papers are needed.",
        "Web address": "https://harborfoodbank.example.org/",
        "What it helps with": "Food, Family support",
        "Schools it works with": "Lincoln Elementary School\n- riverbend-middle",
        "Web page where this can be read": "https://harborfoodbank.example.org/about",
    },
    PROGRAM.name: {
        "Partner that runs it": "https://partners.example.org/en/partners/river-readers/",
        "Name of the program": "Homework Club",
        "What a family gets, in one sentence": "Free help with homework.",
        "What the program helps with": "Tutoring and homework help",
        "First grade": "Kindergarten",
        "Last grade": "Grade 5",
        "Cost": "You pay a fee",
        "Price in dollars": "$1,025.50",
        "What one payment is for": "a week",
        "Days of the week": "Monday, Wednesday",
        "Begins at": "3:30 PM",
        "Ends at": "5:00 PM",
        "Schools where it takes place": "Lincoln Elementary School",
        "First step to join": "Fill in the form",
    },
    CHANGE.name: {
        "Partner or program to change": "River Readers",
        "What should change": "Partner: What families get, in one sentence",
        "What it should say": "Volunteers read with children: every day.",
    },
    MISTAKE.name: {"Page with the mistake": "river-readers", "What is wrong": "The phone number is old."},
}


def body(form: Form, answers: Mapping[str, str], *, ticked: bool = True) -> str:
    """An issue as GitHub writes it from a form."""
    parts = [f"### {q.label}\n\n{answers.get(q.label, NO_RESPONSE)}" for q in form.questions]
    promises = "\n".join(f"- [{'X' if ticked else ' '}] {promise}" for promise in PROMISES)
    return "\n\n".join([*parts, f"### {CONFIRM}\n\n{promises}"]) + "\n"


def good(form: Form, **changed: str) -> str:
    """A good issue with other answers; a heading is named by its words with underscores."""
    words = {question.label: "_".join(re.findall(r"\w+", question.label)) for question in form.questions}
    assert set(changed) <= set(words.values())
    return body(form, {**GOOD[form.name], **{label: changed[w] for label, w in words.items() if w in changed}})


@pytest.fixture
def district(tmp_path: Path) -> Path:
    """The invented district."""
    return Path(copytree(RIVERBEND, tmp_path / "riverbend"))


def proposed(district: Path, text: str) -> Proposal:
    before = {p: p.read_bytes() for p in district.rglob("*") if p.is_file()}
    proposal = propose(Project(root=district), text, today=TODAY)
    assert {p: p.read_bytes() for p in district.rglob("*") if p.is_file()} == before
    assert not (proposal.text and proposal.complaints)
    return proposal


def data_of(proposal: Proposal) -> dict[str, object]:
    assert proposal.complaints == ()
    document, problems = parse_record(proposal.text, relative=proposal.path)
    assert document, problems
    return document.data


def test_the_templates_are_as_blessed(repository: Path) -> None:
    for path, text in templates(SHAPE, VOCABULARIES).items():
        assert (repository / path).read_text("utf-8") == text, "run: make bless"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_a_template_asks_what_the_parser_knows(form: Form) -> None:
    text = templates(SHAPE, VOCABULARIES)[f".github/ISSUE_TEMPLATE/{form.file}"]
    template = yaml.safe_load(text)
    asked = [part for part in template["body"] if part["type"] != "markdown"]
    assert [part["attributes"]["label"] for part in asked] == [*form.headings]
    assert len({part["id"] for part in asked}) == len(asked)
    for part in asked:
        options = part["attributes"].get("options", [])
        if part["type"] == "dropdown":
            assert len(set(options)) == len(options) > 1
            assert all(isinstance(option, str) and option.lower() != "none" for option in options)
    required = {part["attributes"]["label"] for part in asked if part.get("validations", {}).get("required")}
    assert required == {question.label for question in form.questions if question.is_required}


def test_forms_are_told_apart_by_their_first_heading() -> None:
    assert len({form.headings[0] for form in FORMS}) == len(FORMS)
    assert all(len(set(form.headings)) == len(form.headings) for form in FORMS)


def test_what_a_record_needs_is_asked() -> None:
    needed = {field.name for field in SHAPE.fields if field.is_required}
    assert needed == {q.names[0] for q in PARTNER.questions if q.is_required}
    needed = {field.name for field in SHAPE.at("programs").fields if field.is_required and field.name != "slug"}
    assert needed == {q.names[0] for q in PROGRAM.questions if q.is_required and q.names}


def test_no_form_asks_for_trust_or_for_a_person() -> None:
    asked = {q.names for form in FORMS for q in form.questions}
    fields = asked - {
        q.names for q in PROGRAM_QUESTIONS if q.names == STATUS
    }  # whether a program is full, not a partnership
    assert not {n for names in fields for n in names} & {
        "verified",
        "requirements",
        "agreement",
        "status",
        "contacts",
        "tier",
    }


@pytest.mark.parametrize("name", ["focus", "languages", "audience", "days"])
def test_every_option_comes_back_as_its_term(name: str, district: Path) -> None:
    form = PARTNER if name in ("focus", "languages") else PROGRAM
    question = next(q for q in form.questions if q.names[-1:] == (name,))
    field = field_of(SHAPE, question, is_program=form is PROGRAM)
    terms = VOCABULARIES[field.vocabulary].current
    answers = {question.label: ", ".join(term.label for term in terms)}
    known = known_of(checked(district).loaded)
    record, complaints = taken(known, (question,), answers, lambda _: field)
    value: object = record
    for step in question.path:
        value = value[step]  # type: ignore[index]
    assert (value, complaints) == ([term.id for term in terms], ())


def test_a_new_partner_becomes_a_record(district: Path) -> None:
    proposal = proposed(district, good(PARTNER))
    assert proposal.path == "partners/harbor-food-bank.yml"
    data = data_of(proposal)
    assert data["focus"] == ["food", "family-support"]
    assert data["partnership"] == {"schools": ["lincoln-elementary", "riverbend-middle"]}
    assert data["description"] == GOOD[PARTNER.name]["More about the organization"]
    assert [*data] == ["name", "kind", "summary", "description", "website", "focus", "partnership", "sources"]


def test_a_new_program_is_added_and_the_rest_stays(district: Path) -> None:
    path = district / "partners/river-readers.yml"
    path.write_text(
        path.read_text("utf-8").replace("focus: [reading]\nregions", "focus: [reading] # kept\nregions"), "utf-8"
    )
    proposal = proposed(district, good(PROGRAM))
    assert "# kept" in proposal.text
    old, new = path.read_text("utf-8").splitlines(), proposal.text.splitlines()
    left = iter(new)
    assert all(line in left for line in old)
    programs = data_of(proposal)["programs"]
    assert isinstance(programs, list)
    assert programs[1]["slug"] == "homework-club"
    assert programs[1]["grades"] == {"from": "K", "to": "5"}
    assert programs[1]["cost"] == {"kind": "fee", "amount": "1025.5", "per": "week"}
    assert programs[1]["when"] == {"sessions": [{"days": ["mon", "wed"], "from": "15:30", "to": "17:00"}]}


COSTLY = {"kind": "fee", "amount": "1025.5", "per": "week"}
BUDDIES = "river-readers/reading-buddies"
CHANGES = {
    "a text": ("River Readers", "Partner: What families get, in one sentence", "Fun.", ("summary",), "Fun."),
    "a list": ("river-readers", "Partner: What it helps with", "Food\nMentoring", ("focus",), ["food", "mentoring"]),
    "gone": ("river-readers", "Partner: Web address", "Remove", ("website",), None),
    "new": ("partners/river-readers.yml", "Partner: Languages that its people speak", "es", ("languages",), ["es"]),
    "of a program": (
        "https://partners.example.org/es/partners/river-readers/reading-buddies/",
        "Program: Last grade",
        "Grade 5",
        ("programs", 0, "grades", "to"),
        "5",
    ),
    "a time": (BUDDIES, "Program: Ends at", "4:30 PM", ("programs", 0, "when", "sessions", 0, "to"), "16:30"),
    "a price": (BUDDIES, "Program: Cost", "$1,025.50 a week", ("programs", 0, "cost"), COSTLY),
    "no price": (BUDDIES, "Program: Cost", "Pay what you can", ("programs", 0, "cost"), {"kind": "sliding"}),
    "no cost": (BUDDIES, "Program: Cost", "remove", ("programs", 0, "cost"), None),
    "a group gone": (BUDDIES, "Program: Schools where it takes place", "remove", ("programs", 0, "where"), None),
}


@pytest.mark.parametrize("case", CHANGES)
def test_one_field_changes_and_nothing_else(district: Path, case: str) -> None:
    record, what, value, route, wanted = CHANGES[case]
    old, _ = parse_record((district / "partners/river-readers.yml").read_text("utf-8"), relative="x")
    assert old
    text = good(CHANGE, Partner_or_program_to_change=record, What_should_change=what, What_it_should_say=value)
    new = data_of(proposed(district, text))
    holders: list[object] = [old.data, new]
    for side, holder in enumerate(holders):
        inner: object = holder
        for step in route[:-1]:
            inner = inner[step]  # type: ignore[index]
        assert isinstance(inner, dict)
        assert inner.pop(route[-1], None) == wanted or side == 0
    assert holders[0] == holders[1]


PRICE = {"Partner_or_program_to_change": "river-readers/reading-buddies", "What_should_change": "Program: Cost"}
FENCE = "```\n### Web address\nx\n```"
LEFT_OUT = good(MISTAKE).replace("### What is wrong", "What is wrong")
TURNED = "\n".join(reversed(re.split(r"\n(?=### )", good(MISTAKE))))
SWAPPED = good(MISTAKE).replace("### What is wrong", "### X").replace("### Web page that shows it", "### What is wrong")
REFUSED = {
    "unknown heading": (good(MISTAKE) + "\n### verified\n\nyes\n", "", "There is a heading"),
    "trust field": (
        good(PARTNER, More_about_the_organization="x\n\n### Verified\n\nby staff"),
        "",
        "There is a heading",
    ),
    "heading twice": (
        good(PARTNER, More_about_the_organization="x\n### Web address\ny"),
        "Web",
        "This heading is there",
    ),
    "heading in a fence": (
        good(PARTNER, More_about_the_organization=FENCE),
        "Web",
        "This heading is there more than once.",
    ),
    "heading missing": (LEFT_OUT, "What is wrong", "This heading of the form is missing."),
    "backwards headings": (TURNED, "", "It was not written with one of the forms."),
    "other order": (SWAPPED.replace("### X", "### Web page that shows it"), "", "The headings are not in the order"),
    "comment": (good(MISTAKE) + "<!-- x -->", "", "It holds a hidden comment (<!--)."),
    "something above": ("hello\n" + good(MISTAKE), "", "Something stands above the first heading."),
    "empty": ("", "", "It was not written with one of the forms."),
    "too long": (good(MISTAKE, What_is_wrong="x" * LONGEST), "", "The issue has 40,"),
    "hidden letter": (good(MISTAKE, What_is_wrong="a\u202eb"), "", "It holds "),
    "several lines": (good(PARTNER, Name_of_the_organization="A\nverified: true"), "Name", "This is one line only."),
    "needed": (good(PARTNER, What_it_helps_with=NO_RESPONSE), "What it", "This is needed and was left empty."),
    "not ticked": (body(MISTAKE, GOOD[MISTAKE.name], ticked=False), CONFIRM, ""),
    "no term": (good(PARTNER, What_it_helps_with="Food, Guns"), "What it helps with", "This is not a focus area."),
    "no school": (good(PARTNER, Schools_it_works_with="Lincon Elementary"), "Schools", "There is no school"),
    "no address": (good(PARTNER, Web_address="javascript:alert(1)"), "Web address", ""),
    "too long a line": (good(PARTNER, What_families_get_in_one_sentence="x" * 201), "What families get", ""),
    "known already": (good(PARTNER, Name_of_the_organization="River Readers"), "Name", "The directory has"),
    "no slug": (good(PARTNER, Name_of_the_organization="???"), "Name", "This name gives no web address."),
    "reserved": (good(PARTNER, Name_of_the_organization="Con"), "Name", "This name gives no web address."),
    "no partner": (good(PROGRAM, Partner_that_runs_it="../../etc/passwd"), "Partner", "There is no partner"),
    "program is there": (good(PROGRAM, Name_of_the_program="Reading buddies"), "Name", "The partner has"),
    "backwards": (good(PROGRAM, Ends_at="3:00 PM"), "Ends at", ""),
    "no number": (good(PROGRAM, Price_in_dollars="25 or so"), "Price", "This is not a number."),
    "no time": (good(PROGRAM, Begins_at="half past"), "Begins at", "This is no time such as"),
    "no half of a day": (good(PROGRAM, Begins_at="3:30"), "Begins at", "This could be morning or afternoon"),
    "no period": (
        good(CHANGE, **PRICE, What_it_should_say="$25 now and then"),
        "What it",
        "This is not a cost.",
    ),
    "postal code for a price": (good(CHANGE, **PRICE, What_it_should_say="02134"), "What it", "This is not a cost."),
    "a price of nothing": (good(CHANGE, **PRICE, What_it_should_say="$0"), "What it", "The record says so"),
    "no change": (good(CHANGE, What_it_should_say="Volunteers read with children."), "What it", "The record says so"),
    "needed field gone": (good(CHANGE, What_it_should_say="remove"), "", ""),
    "no such field": (good(CHANGE, What_should_change="Partner: verified"), "What should", "This is not on the list."),
    "which program": (good(CHANGE, What_should_change="Program: Cost"), "Partner or", "Which program"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_taken_is_told_at_its_question(district: Path, case: str) -> None:
    text, question, message = REFUSED[case]
    complaints = proposed(district, text).complaints
    assert complaints, "it was taken"
    at = [each for each in complaints if each.question.startswith(question) and bool(each.question) == bool(question)]
    assert any(each.message.startswith(message) for each in at), complaints


def test_what_a_program_says_of_joining_has_the_day_on_which_it_was_read(district: Path) -> None:
    about = {
        "Partner_or_program_to_change": "river-readers/reading-buddies",
        "What_should_change": "Program: Can families join now?",
    }
    program = data_of(proposed(district, good(CHANGE, **about, What_it_should_say="wait list")))["programs"][0]
    assert program["status"] == {"state": "waitlist", "as_of": TODAY.isoformat()}
    program = data_of(proposed(district, good(CHANGE, **about, What_it_should_say="remove")))["programs"][0]
    assert "status" not in program
    text = proposed(district, good(PROGRAM)).text
    assert "status:" not in text[text.index("slug: homework-club") :]


def test_a_place_that_moves_leaves_its_position(district: Path) -> None:
    record = district / "partners/river-readers.yml"
    place = "{name: Old Mill, address: 1 Mill Road, latitude: 47.61, longitude: -122.33}"
    text = record.read_text("utf-8").replace(
        "    where: {schools: [lincoln-elementary]}", f"    where:\n      places:\n        - {place}"
    )
    assert place in text
    record.write_text(text, "utf-8")
    for value, moves in (("2 Ferry Street", True), ("1  mill road", False)):
        proposal = proposed(
            district,
            good(
                CHANGE,
                Partner_or_program_to_change="river-readers/reading-buddies",
                What_should_change="Program: Address of that place",
                What_it_should_say=value,
            ),
        )
        assert ("47.61" not in proposal.text, proposal.notes) == (moves, (MOVED,) if moves else ()), proposal.complaints


WRITTEN = {
    "Cost": {
        "$25 per week": ("fee", 25, "week"),
        "25 dollars/month": ("fee", 25, "month"),
        "sliding scale": ("sliding",),
    },
    "Days of the week": {"Mon,Wed": ["mon", "wed"], "- Friday": ["fri"], "tue; thursday": ["tue", "thu"]},
    "Begins at": {"3:20 p.m.": "15:20", "2 PM": "14:00", "9:05": "09:05"},
    "First grade": {"grade 1": "1", "pre-k": "PK"},
}


@pytest.mark.parametrize(("label", "answer"), [(label, answer) for label in WRITTEN for answer in WRITTEN[label]])
def test_a_change_is_understood_as_people_write_it(district: Path, label: str, answer: str) -> None:
    record = "river-readers/reading-buddies"
    text = good(
        CHANGE, Partner_or_program_to_change=record, What_should_change=f"Program: {label}", What_it_should_say=answer
    )
    program = data_of(proposed(district, text))["programs"][0]
    session = program["when"]["sessions"][0]
    holder = {"Cost": program.get("cost"), "First grade": program["grades"]["from"]}
    found = holder.get(label, session.get("days" if label.startswith("Days") else "from"))
    wanted = WRITTEN[label][answer]
    assert (tuple(map(str, found.values())) if label == "Cost" else found) == (
        tuple(map(str, wanted)) if label == "Cost" else wanted
    )


def test_an_answer_that_is_none_gets_the_list(district: Path) -> None:
    (complaint,) = proposed(district, good(PROGRAM, Days_of_the_week="whenever")).complaints
    assert complaint.hint.startswith("Write one of these: Monday; Tuesday; ")
    (complaint,) = proposed(district, good(PROGRAM, First_grade="Kindergartn")).complaints
    assert complaint.hint == "Did you mean “Kindergarten”?"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_windows_line_ends_mean_the_same(district: Path, form: Form) -> None:
    assert proposed(district, good(form)) == proposed(district, good(form).replace("\n", "\r\n"))


def test_a_report_of_a_mistake_writes_nothing(district: Path) -> None:
    proposal = proposed(district, good(MISTAKE))
    assert (proposal.form, proposal.text, proposal.complaints) == ("mistake", "", ())


def test_pictures_are_left_out_and_the_author_is_told(district: Path) -> None:
    picture = '<img width="1" src="https://github.com/user-attachments/assets/C" />'
    for words in (
        picture,
        "![a](https://e.example.org/a.png)",
        "[a](https://github.com/user-attachments/files/1/C.pdf)",
    ):
        proposal = proposed(district, good(PARTNER, More_about_the_organization=f"We pack. {words}"))
        assert data_of(proposal)["description"] == "We pack."
        assert "pictures and attached files were left out" in reply(proposal)


NASTY = "@maria #12 GH-3 <img src=x> ![a](https://e.org/a.png) `b` https://e.org fixes #1"


@pytest.mark.parametrize("label", [question.label for question in PARTNER.questions])
def test_replies_hold_nothing_live_of_the_issue(district: Path, label: str) -> None:
    text = reply(proposed(district, body(PARTNER, {**GOOD[PARTNER.name], label: NASTY * 9})))
    assert text.startswith(MARK)
    for block in MarkdownIt("commonmark").parse(text.removeprefix(MARK)):
        for token in block.children or ():
            assert token.type in ("text", "code_inline", "strong_open", "strong_close", "softbreak"), token
            assert token.type != "text" or not re.search(r"[@#<]|://|GH-|maria", token.content)


def test_the_title_and_the_author_are_never_read(district: Path, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    issue = {"body": good(PARTNER), "title": "$(touch /tmp/x) @maria", "number": 7, "user": {"login": "SECRET"}}
    event.write_text(json.dumps({"issue": issue}), "utf-8")
    out, answer = tmp_path / "out", tmp_path / "reply.md"
    done = partners("intake", "issue", "--event", str(event), "--out", str(out), "--reply", str(answer), cwd=district)
    assert done.returncode == 0, done.stderr
    assert [p.relative_to(out).as_posix() for p in out.rglob("*") if p.is_file()] == ["partners/harbor-food-bank.yml"]
    everything = (out / "partners/harbor-food-bank.yml").read_text("utf-8") + answer.read_text("utf-8") + done.stdout
    assert not re.search("touch|maria|SECRET", everything)


def test_what_is_refused_writes_no_record(district: Path, tmp_path: Path) -> None:
    (tmp_path / "body.md").write_text(good(PARTNER, Web_address="nowhere"), "utf-8")
    done = partners(
        "intake", "issue", "--body", str(tmp_path / "body.md"), "--out", str(tmp_path / "out"), cwd=district
    )
    assert done.returncode == 1
    assert "**Web address**" in done.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("event", ["", "[]", "{", '{"issue": 1}', '{"issue": {"body": null}}', "[" * 100_000, "\udcff"])
def test_an_event_of_another_kind_is_one_line(district: Path, tmp_path: Path, event: str) -> None:
    (tmp_path / "event.json").write_bytes(event.encode("utf-8", "surrogateescape"))
    done = partners("intake", "issue", "--event", str(tmp_path / "event.json"), cwd=district)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


def test_the_form_for_changes_offers_every_field_of_the_others() -> None:
    assert len(changeable(SHAPE)) == len(PARTNER.questions) - 1 + len(PROGRAM.questions) - 1


@given(st.text(max_size=400), st.sampled_from(FORMS), st.integers(0, 5))
def test_whatever_stands_in_an_answer_stays_one_answer(words: str, form: Form, number: int) -> None:
    label = form.questions[number % len(form.questions)].label
    found = parse(body(form, {**GOOD[form.name], label: words}))
    if isinstance(found, Filled):
        others = {q.label: GOOD[form.name].get(q.label) for q in form.questions if q.label != label}
        assert {key: found.answers.get(key) for key in others} == others
    else:
        assert found


PIECES = (
    *("no", "02134", "10:00", "- a", "# x", "a: b", "---", "```", "> q", "*", "**b**", "<b>", "</script>", "<!-- c"),
    *("\t", "\u200b", "\u202e", "\xa0", "e\u0301", "😀", "مرحبا", "\r\n", "\n", "\n\n", " ", "@maria", "#12", "{{x}}"),
    *(
        "${{ x }}",
        "%s",
        "\\",
        "'",
        '"',
        "|",
        "&amp;",
        "===",
        "\u2028",
        "\x85",
        "[a](https://e.example/)",
        "### Web address",
    ),
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented district for a whole module: proposals write nothing."""
    return Path(copytree(RIVERBEND, tmp_path_factory.mktemp("kept") / "riverbend"))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6), st.sampled_from(("description", "summary")))
def test_what_is_taken_is_what_was_typed(kept: Path, pieces: list[str], field: str) -> None:
    typed = " ".join(("It", *pieces))
    question = next(q for q in PARTNER.questions if q.key == field)
    proposal = propose(Project(root=kept), body(PARTNER, {**GOOD[PARTNER.name], question.label: typed}), today=TODAY)
    reply(proposal)
    if not proposal.complaints:
        text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").replace("\t", " "))
        lines = (line.rstrip() if field == "description" else " ".join(line.split()) for line in text.split("\n"))
        assert str(data_of(proposal)[field]).strip() == "\n".join(lines).strip()


@given(st.text(max_size=2_000))
def test_no_text_breaks_the_parser(text: str) -> None:
    parse(text)
