"""Every fault of a record is told once, at its place, with what to write instead."""

import pytest

from generator.schema.explain import PROBLEM_LIMIT
from tests.schema_records import PARTNER, SCHEMAS, STORY, check, document, only, record

WRONG = [
    # text to add to a good partner, place of the problem, rule, part of the message, part of the hint
    (
        "sumary: x",
        "6:1",
        "unknown-field",
        '"sumary" is not a field of a partner',
        "the fields here are: name, also_known_as",
    ),
    ("web site: x", "6:1", "unknown-field", '"web site"', 'did you mean "website"?'),
    ("cost:\n  kind: free", "6:1", "unknown-field", '"cost" is not a field of a partner', ""),
    (
        "contacts:\n  - role: x\n    emial: a",
        "8:5",
        "unknown-field",
        'not a field under "contacts"',
        'did you mean "email"?',
    ),
    ("contacts:\n  - name: A", "7:5", "missing-field", '"role" is missing under "contacts"', "role: Front desk"),
    ("volunteer:\n  - ages: {}\n    title: T", "7:11", "missing-field", "at least one field", "min: 5"),
    (
        "founded: ''",
        "6:10",
        "empty-text",
        '"founded" is empty',
        "write a whole number, for example: founded: 1987; or delete the line",
    ),
    ("website: ''", "6:10", "empty-text", '"website" is empty', "website: https://example.org/"),
    ("website:", "6:9", "empty-text", '"website" is empty', "or delete the line"),
    ("summary_es: x", "6:1", "unknown-field", '"summary_es"', ""),
    ("description: '   '", "6:14", "empty-text", '"description" is empty', "delete the line"),
    ("also_known_as: ['=']", "6:17", "bad-format", '"=" holds no letter and no digit', "in words"),
    ('also_known_as: ["a\\nb"]', "6:17", "bad-format", "several lines", "on one line"),
    ("also_known_as: [a, [b]]", "6:20", "wrong-type", "is a list; it must be text", "write it like this"),
    ("languages: en", "6:12", "wrong-type", '"languages" is text; it must be a list', "languages: [en, es, so]"),
    ("contacts: [x]", "6:12", "wrong-type", "it must be a set of fields", "{role: Front desk}"),
    ("verified: today", "6:11", "wrong-type", "it must be a set of fields", 'verified: {on: "2026-09-01", by: staff}'),
    ("logo_alt: [a]", "6:11", "wrong-type", "is a list; it must be text", "logo_alt: "),
    ("founded: about 1987", "6:10", "wrong-type", '"about 1987" is not a whole number', "digits only"),
    ("founded: 1066", "6:10", "out-of-range", '"1066" is too small', "from 1,500 to 2,100"),
    ("partnership: {district_wide: yes}", "6:30", "wrong-type", '"yes" is not true or false', "true or false"),
    ("languages: [en, es, en]", "6:21", "repeated-item", '"en" is in this list already', "delete one"),
    (
        "languages: [klingon]",
        "6:13",
        "unknown-term",
        '"klingon" is not a language',
        "schema/vocabularies/languages.yml",
    ),
    ("culturally_specific: [Latinos]", "6:23", "unknown-term", "is not a community", 'did you mean "latino"?'),
    (
        "website: example.org",
        "6:10",
        "bad-format",
        '"example.org" is not a web address',
        'did you mean "https://example.org"?',
    ),
    ("website: 'https://a@b.example'", "6:10", "bad-format", "is not a web address", "https://example.org/"),
    ("website: 'https:\\\\evil.example'", "6:10", "bad-format", "is not a web address", ""),
    ("website: javascript:alert(1)", "6:10", "bad-format", "is not a web address", ""),
    ("give: 'https://x.example/\" onclick=\"'", "6:7", "bad-format", "is not a web address", ""),
    ("logo: Logo.SVG", "6:7", "bad-format", "is not the file name of a picture", ".webp"),
    ("regions: [South End]", "6:11", "bad-format", '"South End" is not a slug', 'did you mean "south-end"?'),
    ("verified: {on: 2026-02-30, by: staff}", "6:16", "bad-format", "not a day of the calendar", "check the day"),
    ("verified: {on: 9/1/2026, by: staff}", "6:16", "bad-format", '"9/1/2026" is not a date', "year-month-day"),
    ("verified: {on: 9999-12-31, by: staff}", "6:16", "bad-format", "is not a date", ""),
    ("verified: {on: 2026-10-01 25:00:00, by: staff}", "6:16", "bad-format", "is not a date", ""),
    ("partnership: {since: 2026-13}", "6:22", "bad-format", "is not a date, a month or a year", ""),
    ("contacts: [{role: x, phone: call us}]", "6:29", "bad-format", '"call us" is not a phone number', "digits"),
    ('contacts: [{role: x, phone: "+1 555\\nEMAIL:x"}]', "6:29", "bad-format", '"+1 555', "digits"),
    ("contacts: [{role: x, email: a b@c.d}]", "6:29", "bad-format", "is not an e-mail address", "hello@example.org"),
    (
        f"logo_alt: {'long ' * 61}",
        "6:11",
        "too-long",
        '"logo_alt" has 304 characters; the most is 300',
        "shorten it by 4",
    ),
]


@pytest.mark.parametrize(("line", "place", "rule", "message", "hint"), WRONG, ids=[case[0][:40] for case in WRONG])
def test_a_wrong_partner_is_told_once_at_its_place(line: str, place: str, rule: str, message: str, hint: str) -> None:
    problem = only(PARTNER + line + "\n")
    assert f"{problem.at.line}:{problem.at.column}" == place
    assert problem.rule == rule
    assert message in problem.message
    assert hint in problem.hint
    assert problem.is_error
    assert problem.at.path == "partners/riverbend-food-bank.yml"


IN_A_PROGRAM = [
    ("when: {sessions: [{from: 3:30 pm}]}", "bad-format", "not a time of day", 'did you mean "15:30"?'),
    ("when: {sessions: [{to: 9am}]}", "bad-format", "not a time of day", 'did you mean "09:00"?'),
    ("when: {sessions: [{to: '25:00'}]}", "bad-format", "not a time of day", "24-hour clock"),
    (
        "cost: {kind: Free of charge}",
        "unknown-term",
        "is not a kind of cost",
        'did you mean "free"?  All terms: schema/',
    ),
    ("cost: {kind: fee, amount: $5}", "wrong-type", '"$5" is not a number', "amount: 25"),
    ("cost: {kind: fee, amount: -5}", "out-of-range", "is too small", "from 0 to"),
    ("grades: {from: 3}", "missing-field", '"to" is missing under "grades"', "to: "),
    ("where: {places: [{name: x, latitude: 412.5, longitude: 1}]}", "out-of-range", "too large", "from -90 to 90"),
    ("where: {places: [{name: x, latitude: 47.6}]}", "missing-field", '"latitude" stands here without "longitude"', ""),
    ("capacity: 0x10", "wrong-type", '"0x10" is not a whole number', "capacity: 25"),
    ("capacity: .nan", "wrong-type", '".nan" is not a whole number', ""),
    ("capacity: 12345678901234567890", "wrong-type", "is not a whole number", "at most 15"),
    ("eligibility: [a]", "wrong-type", "is a list; it must be text", "eligibility: "),
]


@pytest.mark.parametrize(("line", "rule", "message", "hint"), IN_A_PROGRAM, ids=[case[0][:40] for case in IN_A_PROGRAM])
def test_a_wrong_program_is_told_once(line: str, rule: str, message: str, hint: str) -> None:
    program = "programs:\n  - slug: club\n    name: Club\n    summary: Fun.\n    focus: [arts]\n    "
    problem = only(f"{PARTNER}{program}{line}\n")
    assert (problem.rule, problem.at.line) == (rule, 11)
    assert message in problem.message
    assert hint in problem.hint


STORIES = [
    ("", "missing-field", '"sources" or "nominated_via" is missing', "sources: [{url: "),
    (
        "nominated_via: N-2026-0007",
        "missing-field",
        '"nominated_via" stands here without "consent"',
        "consent: {scope: ",
    ),
    (
        "nominated_via: N-26-7\nconsent: {scope: [story], ref: C-2026-0007, expires: 2028-06-30}",
        "bad-format",
        "nomination",
        "",
    ),
    ("sources: []", "too-short", '"sources" is an empty list', "add at least one"),
    (
        "sources: [{seen: 2026-01-01}]",
        "missing-field",
        '"url" or "document" is missing under "sources"',
        "url: https://",
    ),
    ("sources: [{ulr: 'https://example.org'}]", "unknown-field", '"ulr"', 'did you mean "url"?'),
    (
        "sources: [{url: 'https://x.example'}]\nquotes: [{words: Hi, role: Parent, name: Alex}]",
        "missing-field",
        '"name" stands here without "consent"',
        "",
    ),
    (
        "sources: [{url: 'https://x.example'}]\nstatus: draft",
        "unknown-term",
        '"draft" is not "published" or "withdrawn"',
        "",
    ),
]


@pytest.mark.parametrize(("line", "rule", "message", "hint"), STORIES, ids=[case[0][:40] for case in STORIES])
def test_a_wrong_story_is_told_once(line: str, rule: str, message: str, hint: str) -> None:
    problem = only(STORY + line + "\n", "story")
    assert problem.rule == rule
    assert message in problem.message
    assert hint in problem.hint


def test_school_years_follow_each_other() -> None:
    problem = only(STORY.replace("2026-27", "2026-28") + "sources: [{document: Report}]\n", "story")
    assert (problem.rule, problem.message) == ("bad-format", '"2026-28" is not a school year')


def test_a_time_zone_must_be_known() -> None:
    data = record("district") | {"time_zone": "America/Riverbend"}
    problems = SCHEMAS.check("district", document("time_zone: America/Riverbend"), data)
    assert [problem.rule for problem in problems] == ["bad-format"]


def test_missing_fields_are_each_told_at_the_record() -> None:
    problems = check("name: Riverbend Food Bank\n")
    assert [(p.rule, p.at.line, p.message) for p in problems] == [
        ("missing-field", 1, f'"{name}" is missing') for name in ("focus", "kind", "sources", "summary")
    ]


def test_a_misspelled_field_is_not_also_missing() -> None:
    problem = only(PARTNER.replace("summary:", "sumary:"))
    assert (problem.rule, problem.hint) == ("unknown-field", 'did you mean "summary"?')


@pytest.mark.parametrize("line", ["nominator_email: CANARY", "internal_notes: [CANARY]", "guardian: {phone: CANARY}"])
def test_the_value_of_an_unknown_field_is_never_shown(line: str) -> None:
    problem = only(PARTNER + line + "\n")
    assert problem.rule == "unknown-field"
    assert "CANARY" not in repr(problem)


def test_messages_stay_short_and_visible() -> None:
    word = "x" * 5_000
    problem = only(PARTNER + f"languages: [{word}]\n")
    assert len(problem.message) < 100
    hidden = only(PARTNER + 'languages: ["e\\u0301\\n"]\n')
    assert "\n" not in hidden.message
    name = only(PARTNER + f"{'y' * 500}: 1\n")
    assert len(name.message) < 120


def test_a_file_with_many_problems_says_so() -> None:
    problems = check(PARTNER + "".join(f"field_{number}: x\n" for number in range(200)))
    assert len(problems) == PROBLEM_LIMIT + 1
    assert problems[-1].rule == "too-many-problems"


def test_problems_come_in_the_order_of_the_file() -> None:
    problems = check(PARTNER + "languages: en\nfounded: x\nzzz: 1\n")
    assert [problem.at.line for problem in problems] == [6, 7, 8]


def test_a_translation_may_only_hold_field_paths() -> None:
    good = "programs/homework-club/summary: {text: Gratis, source: 3f9a1c2e, by: human, on: 2026-10-03}\n"
    assert check(good, "translation") == ()
    assert only(good.replace("programs/", "Programs / "), "translation").rule == "unknown-field"
    problem = only(good.replace("human", "robot"), "translation")
    assert problem.message == '"robot" is not "human" or "reviewed" or "machine"'
