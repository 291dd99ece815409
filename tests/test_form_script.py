"""What a form's scripts make of answers is what the loader makes of them: the same faults in the same words, and the
same YAML."""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from generator.forms.asked import asked, patterns, schema_of
from generator.forms.site import PARTNER_FORM, PROGRAM_FORM
from generator.forms.table import encoded
from generator.forms.words import UNSEEN, WORDS
from generator.intake.judge import judged
from generator.objections import OBJECTIONS
from generator.serialize import serialize
from tests.finder_district import ROOT
from tests.schema_records import SCHEMAS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

FAULTS = """async ([cases, table, words]) => {
    const { faults, said } = await import('/form-rules.js');
    const label = (path) => path.filter((step) => typeof step === 'string').at(-1) ?? '';
    const line = (path, example) => {
        const last = path.at(-1);
        return typeof last === 'number' ? `- ${example}` : `${label(path)}: ${example}`;
    };
    const speech = { label, line, word: (name) => words[name] ?? '' };
    return cases.map((data) => faults(data, table).map((fault) => [fault.at, ...said(fault, speech), fault.isError]));
}"""
YAML = """async (records) => {
    const { serialize } = await import('/form-yaml.js');
    return records.map((record) => serialize(record, '../schema/partner.schema.json'));
}"""
GOOD: Mapping[str, Any] = {
    "name": "Riverbend Food Bank",
    "kind": "community-organization",
    "summary": "Free groceries for families.",
    "focus": ["food"],
    "sources": [{"url": "https://example.org/about"}],
}
CLUB: Mapping[str, Any] = {
    "slug": "club",
    "name": "Homework Club",
    "summary": "Free help with homework after school.",
    "focus": ["tutoring"],
}


def partner(**changes: Any) -> dict[str, Any]:
    """A good partner with other values; None takes one out."""
    return {name: value for name, value in {**GOOD, **changes}.items() if value is not None}


def program(**changes: Any) -> dict[str, Any]:
    """A good partner with a program that has other values."""
    club = {name: value for name, value in {**CLUB, **changes}.items() if value is not None}
    return partner(programs=[club])


CASES: Mapping[str, dict[str, Any]] = {
    "good": partner(),
    "good program": program(grades={"from": "K", "to": "5"}, cost={"kind": "fee", "amount": 25, "per": "week"}),
    "no name": partner(name=None),
    "no sources": partner(sources=None),
    "no sum": program(summary=None),
    "no role": partner(contacts=[{"phone": "(206) 555-0142"}]),
    "no last grade": program(grades={"from": "K"}),
    "long name": partner(name="Riverbend " * 13),
    "long summary": partner(summary="words and " * 21),
    "long text": partner(description="A sentence. " * 200),
    "wide letters count once": partner(summary="𝔸" * 200),
    "marks only": partner(name="!!!"),
    "hidden letter": partner(name="River\u0007bend"),
    "hidden in text": partner(description="River\u0000bend\nand more"),
    "hidden turn": partner(summary="\u202eevil\u202c"),
    "hidden isolate": partner(description="Call \u2067us\u2069 first."),
    "hidden width": partner(summary="Free\u200bfood"),
    "hidden mark of a file": partner(name="\ufeffRiverbend"),
    "hidden letter that is blank": partner(name="River \u3164"),
    "hidden message": partner(summary="a\ufe0f\ufe0f"),
    "hidden tag": partner(summary="a\U000e0041"),
    "hidden half": partner(summary="a\ud83d b"),
    "hidden code": partner(summary="a\U0001fffe"),
    "hidden line": partner(description="a\u2028b"),
    "joined emoji": partner(summary="👨\u200d👩\u200d👧 and ☂\ufe0f"),
    "Arabic with marks": partner(summary="\u200fمكتبة 5\u200e A\u200cb"),
    "new line in a line": partner(summary="one\ntwo"),
    "no address": partner(website="example"),
    "address without https": partner(website="example.org/about"),
    "address with a mark": partner(website='https://example.org/"x'),
    "script address": partner(website="javascript:alert(1)"),
    "no e-mail": partner(contacts=[{"role": "Desk", "email": "hello at example"}]),
    "e-mail with mailto": partner(contacts=[{"role": "Desk", "email": "mailto:hello@example.org"}]),
    "no phone": partner(contacts=[{"role": "Desk", "phone": "call us"}]),
    "short phone": partner(contacts=[{"role": "Desk", "phone": "12"}]),
    "long phone": partner(contacts=[{"role": "Desk", "phone": "2065550142" * 4}]),
    "no day": program(when={"register_by": "2026-02-30"}),
    "no date": program(when={"register_by": "9/1/2026"}),
    "no time": program(when={"sessions": [{"from": "3:30 pm", "to": "17:00"}]}),
    "odd time": program(when={"sessions": [{"from": "noon"}]}),
    "no number": program(cost={"kind": "fee", "amount": "about 20"}),
    "large number": program(cost={"kind": "fee", "amount": 2_000_000}),
    "low age": program(ages={"min": -1}),
    "age in words": program(ages={"min": "five"}),
    "half an age": program(ages={"min": "5.5"}),
    "school twice": program(where={"schools": ["a-school", "b-school", "a-school"]}),
    "grades turned": program(grades={"from": "5", "to": "K"}),
    "ages turned": program(ages={"min": 12, "max": 5}),
    "hours turned": program(when={"sessions": [{"from": "17:00", "to": "15:00"}]}),
    "hours alike": program(when={"sessions": [{"from": "17:00", "to": "17:00"}]}),
    "days turned": program(when={"sessions": [{"starts": "2026-10-02", "ends": "2026-10-01"}]}),
    "late": program(when={"sessions": [{"days": ["mon"], "ends": "2026-10-01"}], "register_by": "2026-10-02"}),
    "late, but one is open": program(
        when={"sessions": [{"ends": "2026-10-01"}, {"days": ["mon"]}], "register_by": "2026-10-02"}
    ),
    "free for money": program(cost={"kind": "free", "amount": 5}),
    "fee of nothing said": program(cost={"kind": "fee"}),
    "phone in text": partner(description="Call us at 206-555-0142 on Mondays."),
    "phone with dashes": partner(description="Call us at (206)\u00a0555\u20110142 on Mondays."),
    "phone without dashes": partner(description="Our number: 2065550142."),
    "short phone in text": partner(description="Please Call: 555-0142 before noon."),
    "e-mail in text": partner(summary="Write to hello@example.org for groceries."),
    "disguised": partner(description="Write to hello (at) example (dot) org."),
    "disguised in words": partner(description="Write to hello at example dot org."),
    "address in text is none": partner(description="Learn more at example.org or https://example.org/a@b."),
    "student": partner(description="Bring your student ID: 1234567 with you."),
    "birth": partner(description="Her date of birth is March 3."),
    "born": partner(description="Maya was born on March 3, 2015 in town."),
    "born idea": partner(description="The program was born on March 3, 2015 in town."),
    "minor by age": partner(description="We love Maya, 7, who comes every day."),
    "minor by grade": partner(description="Then Mateo Rivera, a fifth grader, said thanks."),
    "minor by parent": partner(description="It helps my daughter Maya to read."),
    "minor by both": partner(description="A student named Luz came to us."),
    "years old": partner(description="Now Sofia is seven years old and she reads."),
    "place with grades": partner(description="At Garfield, grades 6 to 8, we meet daily."),
    "club's age": partner(description="Our Club is seven years old this year."),
    "said student": partner(description="Every student Ana said it helps."),
    "private host": partner(website="https://192.168.0.1/"),
    "private name": partner(website="https://files.internal/"),
    "no dot": partner(website="https://intranet/"),
    "port": partner(website="https://example.org:8080/"),
    "secret": partner(website="https://example.org/?api_key=abc"),
    "secret by value": partner(website="https://example.org/?key=a1b2c3d4e5f6g7h8i9"),
    "key word": partner(website="https://example.org/?key=summer"),
    "secret in text": partner(description="See https://example.org/?x=1%26token=abc for more."),
    "user": partner(description="See https://district.example@other.example/ for more."),
    "insecure": partner(website="http://example.org/"),
    "short": partner(website="https://bit.ly/abc"),
    "short with www": partner(description="See https://www.tinyurl.com/abc today."),
    "mark": partner(description="This holds @@dp:body@@ in it."),
    "all at once": program(name=None, cost={"kind": "fee", "amount": "x"}, grades={"to": "5"}),
}
LEFT = frozenset(
    (
        "does-not-fit",
        "hard-to-read",
        "keyword-stuffing",
        "lookalike-host",
        "lookalike-letters",
        "misleading-link",
        "unknown-term",
    )
)
"""What is left to the loader."""


@pytest.fixture(scope="module")
def page(chromium: "Browser", serve: Callable[[Path], str]) -> Iterator["Page"]:
    """A page from which the scripts can be loaded."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{serve(ROOT / 'generator/theme/assets')}icon.svg")
    yield page
    context.close()


def whole_table() -> Mapping[str, Any]:
    """A table of everything that the forms for a partner and for a program ask, in one record."""
    folder = ROOT / "schema"
    whole = schema_of(folder, PARTNER_FORM)
    found = asked(whole, PARTNER_FORM.questions)
    club = asked(schema_of(folder, PROGRAM_FORM), PROGRAM_FORM.questions)
    found["properties"]["programs"] = {"type": "array", "items": club}
    made: Mapping[str, Any] = json.loads(encoded(found, patterns(whole)))
    return made


def words() -> Mapping[str, str]:
    """The English words of the forms, by the names that the page gives them; hints for staff as the loader says."""
    known = {**WORDS, **OBJECTIONS}
    return {name: said.message for name, said in known.items()} | {f"{name}-hint": s.hint for name, s in known.items()}


def by_loader(data: Mapping[str, Any]) -> set[tuple[str, str, str, bool]]:
    """What the loader says of a record: place, message, hint, and whether it is an error."""
    found = judged(SCHEMAS, "riverbend-food-bank", serialize(dict(data)))
    return {(p.rule, p.message, p.hint, p.is_error) for p in found.problems if p.rule not in LEFT}


@pytest.fixture(scope="module")
def told(page: "Page") -> Mapping[str, set[tuple[str, str, bool]]]:
    """What the script says of each case."""
    found = page.evaluate(FAULTS, [list(CASES.values()), whole_table(), words()])
    return {
        name: {(message, hint, is_error) for _, message, hint, is_error in each}
        for name, each in zip(CASES, found, strict=True)
    }


@pytest.mark.parametrize("name", CASES)
def test_script_and_loader_say_the_same(name: str, told: Mapping[str, set[tuple[str, str, bool]]]) -> None:
    found = by_loader(CASES[name])
    wanted = {(message, hint, is_error) for _, message, hint, is_error in found}
    if name.startswith("hidden"):  # the loader speaks of the file
        assert wanted
        assert [(message[-35:], is_error) for message, _, is_error in told[name]] == [(UNSEEN.message[-35:], True)]
    elif any(rule in SHAPE for rule, *_ in found):  # the loader looks no further then
        assert wanted <= told[name]
    else:
        assert told[name] == wanted


SHAPE = frozenset(
    (
        "missing-field",
        "too-long",
        "bad-format",
        "wrong-type",
        "out-of-range",
        "repeated-item",
    )
)


def test_most_cases_have_a_fault() -> None:
    assert sum(bool(by_loader(case)) for case in CASES.values()) > 50


WORDS_TO_WRITE = (
    "plain words",
    "",
    "yes",
    "No",
    "1.5",
    "0x1f",
    "~",
    "a: b",
    "a #b",
    "a#b",
    "- a",
    "#",
    "'",
    '"',
    "\\",
    "a\\b",
    'say "hi"',
    "it's",
    "[a]",
    "{a}",
    "a, b",
    "...",
    "...a",
    "two\nlines",
    "ends\n",
    "\nbegins",
    " space",
    "space ",
    "tab\there",
    "a  b",
    "word " * 30,
    "long " * 40 + "end",
    "x" * 120,
    "line one\n\nline three",
    "trailing \nspace",
    "nul\x07",
    "é",
    "e\u0301",
    "𝔸" * 50,
    "中文" * 60,
    "عربي",
    "a\u00a0b",
    "a\u2028b",
    "\u200b",
    "soft\u00adhyphen",
    "%x",
    "@x",
    "`x",
    "!x",
    "a:",
    ":a",
    "key: |",
    "a" * 40,
    "a" * 41,
    "b" * 24,
    "b" * 25,
    "with space",
    "\r",
    "cr\rlf",
    "2026-09-01",
    "15:30",
    "null",
    "True",
    "on",
    "-",
    "?",
)


def a_record(chance: random.Random, depth: int = 0) -> Any:
    """Any value that a record may hold."""
    kind = chance.randrange(8 if depth < 3 else 5)
    if kind < 3:
        return chance.choice(WORDS_TO_WRITE)
    if kind == 3:
        return chance.choice((0, 1, 25, 12.5, 0.1, -122.3155, 1_000_000, True, False, 3.0))
    if kind == 4:
        return [chance.choice(WORDS_TO_WRITE) for _ in range(chance.randrange(4))]
    if kind == 5:
        return [a_record(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {
        chance.choice(("name", "a b", "kind", "to", "from", "x-y", "yes", "é")): a_record(chance, depth + 1)
        for _ in range(chance.randrange(1, 6))
    }


def test_records_are_written_alike(page: "Page") -> None:
    chance = random.Random(26)
    records = [{"name": a_record(chance), "more": a_record(chance)} for _ in range(3_000)]
    records += [{"t": text, "l": [text], "m": [{"a": text}]} for text in WORDS_TO_WRITE]
    made = page.evaluate(YAML, records)
    wanted = [serialize(json.loads(json.dumps(record)), schema="../schema/partner.schema.json") for record in records]
    differing = [(ascii(w), ascii(m)) for w, m in zip(wanted, made, strict=True) if w != m]
    assert differing == []
