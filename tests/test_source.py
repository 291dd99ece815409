"""Reading YAML that strangers wrote: what is refused, where and with which words, and what comes out unchanged."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Place
from generator.source.characters import describe, forbidden
from generator.source.events import HAS_LIBYAML
from generator.source.tree import PROBLEM_LIMIT, read_tree
from tests.sources import GOOD, document, problem, problems


def test_every_scalar_is_the_text_that_was_written() -> None:
    assert document(GOOD).data == {
        "name": "Riverbend Reading Club",
        "also_known_as": ["RRC", "The Readers"],
        "founded": "01998",
        "hours": "10:00",
        "answer": "no",
        "started": "2026-02-30",
        "nothing": "",
        "empty": "",
        "quoted": "~",
        "word": "Null",
        "contacts": [{"role": "Founder's office", "phone": "+1 555 010 0199", "languages": ["en", "es"]}],
        "description": "We read # together.\n\n- at school\n",
        "programs": [{"slug": "evenings", "name": "Evenings and mornings"}],
    }


@pytest.mark.parametrize("with_libyaml", [HAS_LIBYAML, False])
def test_both_parsers_read_the_same(with_libyaml: bool) -> None:
    assert read_tree(GOOD, "x.yml", with_libyaml=with_libyaml) == (document(GOOD).data, ())


@pytest.mark.parametrize(
    "value",
    ["123", "1_000", "0x1F", "0o17", "1e3", ".nan", ".inf", "-.inf", "true", "Yes", "on", "null", "=", "2026-01-01",
     "2026-01-01T10:00:00Z", "190:20:30", "9" * 5_000, "a:b", "C# club", "-10%", "+1 mentor"],
)  # fmt: skip
def test_plain_values_stay_text(value: str) -> None:
    assert document(f"key: {value}\n").data == {"key": value}


@pytest.mark.parametrize(
    "value",
    [
        "Fundación Núñez — 北京之家 — بيت الأطفال — क्षेत्र — Việt",
        "👩‍👧 می‌خواهم שלום ❤️ 🇺🇸 \u200fعربي\u200e",
        "R&D <3 Kids: AT&T 'STEM' #1 {{curly}} ${dollar} 100% [brackets] =1+1?",
        "葛\U000e0100城",
    ],
)
def test_legitimate_text_comes_out_unchanged(value: str) -> None:
    quoted = value.replace("\\", "\\\\").replace('"', '\\"')
    assert document(f'key: "{quoted}"\nprose: |\n  {value}\n').data == {"key": value, "prose": f"{value}\n"}


def test_values_and_keys_are_composed() -> None:
    decomposed = unicodedata.normalize("NFD", "Việt café")
    found = document(f'key: {decomposed}\ne\u0301: x\nescaped: "e\\u0301"\n')
    assert found.data == {"key": "Việt café", "é": "x", "escaped": "é"}
    assert found.text.startswith(f"key: {decomposed}")
    assert found.locate(("é",), key=True) == Place(path="partners/club.yml", line=2, column=1)


def test_decomposed_twins_are_duplicates() -> None:
    assert problem("é: a\ne\u0301: b\n").rule == "duplicate-key"


def test_windows_line_ends_are_line_ends() -> None:
    found = document(b"a: b\r\nc: |\r\n  d\r\n  e\r\n")
    assert found.data == {"a": "b", "c": "d\ne\n"}
    assert found.locate(("c",)).line == 2


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: &x b\n", "yaml-anchor", 1, 4),
        ("a: b\nc: *x\n", "yaml-alias", 2, 4),
        ("a: !!str b\n", "yaml-tag", 1, 4),
        ("a: ! b\n", "yaml-tag", 1, 4),
        ("a: !wow\n", "yaml-tag", 1, 4),
        ('a: !!python/object/apply:os.system ["true"]\n', "yaml-tag", 1, 4),
        ("a: !<tag:example.org,2026:x> {b: c}\n", "yaml-tag", 1, 4),
        ("%YAML 1.2\n---\na: b\n", "yaml-directive", 1, 1),
        ("%TAG ! tag:example.org,2026:\n---\na: b\n", "yaml-directive", 1, 1),
        ("a: b\n---\nc: d\n", "yaml-documents", 2, 1),
        ("a: b\nc: d\na: e\n", "duplicate-key", 3, 1),
        ("a: {b: c, b: d}\n", "duplicate-key", 1, 11),
        ("a:\n  - b: c\n    b: d\n", "duplicate-key", 3, 5),
        ('a: b\n"a": c\n', "duplicate-key", 2, 1),
        ("a: b\n<<: {c: d}\n", "yaml-merge-key", 2, 1),
        ("? [a, b]\n: c\n", "yaml-complex-key", 1, 3),
        ("? {a: b}\n: c\n", "yaml-complex-key", 1, 3),
        ("a: b\n~: c\n", "empty-key", 2, 1),
        ('a: b\n"": c\n', "empty-key", 2, 1),
        ("a: b\n? \n: c\n", "empty-key", 2, 2),
        ("- a\n- b\n", "not-a-mapping", 1, 1),
        ("just text\n", "not-a-mapping", 1, 1),
        ("", "not-a-mapping", 1, 1),
        ("# nothing\n", "not-a-mapping", 2, 1),
        ("---\n", "not-a-mapping", 2, 1),
        ("a: b\n\tc: d\n", "tab", 2, 1),
        ("a: b\tc\n", "tab", 1, 5),
        ("a: b\x00c\n", "forbidden-character", 1, 5),
        ("a: b\x07\n", "forbidden-character", 1, 5),
        ("a: b\x7f\n", "forbidden-character", 1, 5),
        ("a: b\rc: d\n", "forbidden-character", 1, 5),
        ("a: b\x85c: d\n", "forbidden-character", 1, 5),
        ("a: b\u2028c: d\n", "forbidden-character", 1, 5),
        ("a: b\u2029c: d\n", "forbidden-character", 1, 5),
        ("a: b\u202ec\n", "forbidden-character", 1, 5),
        ("a: b\u2066c\n", "forbidden-character", 1, 5),
        ("a: b\u200bc\n", "forbidden-character", 1, 5),
        ("a: b\u2060c\n", "forbidden-character", 1, 5),
        ("a: b\ufeffc\n", "forbidden-character", 1, 5),
        ("a: b\U000e0041c\n", "forbidden-character", 1, 5),
        ("a: b\ufffec\n", "forbidden-character", 1, 5),
        ("a: b\ufdd0c\n", "forbidden-character", 1, 5),
        ("a: b\ud800c\n", "forbidden-character", 1, 5),
        ("a: b\u3164c\n", "forbidden-character", 1, 5),
        ("a: b\u2764\ufe0f\ufe0f\n", "forbidden-character", 1, 7),
        ("# comment \u202e\na: b\n", "forbidden-character", 1, 11),
        ('a: "b\\0c"\n', "forbidden-character", 1, 4),
        ('a: "b\\u202ec"\n', "forbidden-character", 1, 4),
        ('a: "b\\Lc"\n', "forbidden-character", 1, 4),
        ('a: "b\\Nc"\n', "forbidden-character", 1, 4),
        ('a: "b\\rc"\n', "forbidden-character", 1, 4),
        ('a: "\\tb"\n', "forbidden-character", 1, 4),
        ('"a\\0": b\n', "forbidden-character", 1, 1),
        ("a: " + "[" * 5_000, "too-deep", 1, 68),
        ("a: " + "{" * 5_000, "too-deep", 1, 68),
        ("a: " + "[{b: " * 10 + "c" + "}]" * 10 + "\n", "too-deep", 1, 30),
        ("- " * 20_000, "not-a-mapping", 1, 1),
        ("a:\n " + "- " * 20_000, "too-deep", 2, 24),
        ("a: b\n? " + "? " * 20_000, "too-deep", 2, 25),
        ("a: [" + "x," * 6_000 + "]\n", "too-many-values", 1, 4),
        ("a: " + "x" * 30_000 + "\n", "too-long", 1, 4),
        ("a: 12 River Street #5\n", "cut-by-comment", 1, 20),
        ("a: #fff\n", "cut-by-comment", 1, 4),
        ("a:\n  - #STEM\n", "cut-by-comment", 2, 5),
        (b"a: caf\xe9\n", "not-utf8", 1, 7),
        (b"a: b\nc: \xc3\xa9\xff\n", "not-utf8", 2, 5),
        (b"a: \xed\xa0\x80\n", "not-utf8", 1, 4),
        (b"a: \xc0\x80\n", "not-utf8", 1, 4),
        (b"\xef\xbb\xbfa: b\n", "not-utf8", 1, 1),
        ("a: b\n".encode("utf-16"), "not-utf8", 1, 1),
        ("a: b\n".encode("utf-32"), "not-utf8", 1, 1),
        ("a: b\n".encode("utf-16-le"), "forbidden-character", 1, 2),
        (b"a: " + b"x" * 70_000, "too-large", 0, 0),
        ("é" * 40_000, "too-large", 0, 0),
    ],
)  # fmt: skip
def test_fault(text: str | bytes, rule: str, line: int, column: int) -> None:
    found = problems(text)[0]
    assert (found.rule, found.at) == (rule, Place(path="partners/club.yml", line=line, column=column))
    assert found.severity == "error"
    assert found.hint or rule.startswith("too-")


@pytest.mark.parametrize(
    ("text", "words", "line", "column"),
    [
        ("name: Riverbend: the club\n", 'a second ": "', 1, 16),
        ("handle: @river\n", "may not begin with this character", 1, 9),
        ("fee: %10\n", "may not begin with this character", 1, 6),
        ("a: `x`\n", "may not begin with this character", 1, 4),
        ("a: *bold*\n", 'may not begin with "*"', 1, 4),
        ("a: & co\n", 'may not begin with "*" or "&"', 1, 4),
        ("a: !x!y z\n", 'may not begin with "!"', 1, 4),
        ("%YAML 1\n---\na: b\n", 'may not begin with "%"', 1, 1),
        ('a: b\nname: "Harbor\nc: d\n', "nothing closes it", 2, 7),
        ("a: 'x\nb: c\n", "nothing closes it", 1, 4),
        ("a: 'Harbor's kids'\n", "after the closing quotation mark", 1, 12),
        ('a: "x" and "y"\n', "after the closing quotation mark", 1, 8),
        ("a: [b] c\n", "after the closing bracket", 1, 8),
        ("a: b\nsummary\nc: d\n", 'neither "key: value" nor', 2, 1),
        ("a: b\nc:d\ne: f\n", 'space is missing after the ":"', 2, 1),
        ("a:b\nc: d\n", 'space is missing after the ":"', 1, 2),
        ("a:\n  b: c\n   d: e\n", "indented further", 3, 4),
        ("a:\n  b: c\n d: e\n", "not indented like", 3, 2),
        ("a:\n  - b\n - c\n", "not part of a list", 3, 2),
        ("a: b\n- c\n", "not part of a list", 2, 1),
        ("a:\n  - b\n  c: d\n", "not part of the list above", 3, 3),
        ("a: - b\n", "a list cannot begin on the line of its key", 1, 4),
        ("a: ? b\n", 'may not begin with "? "', 1, 4),
        ("a: [b, c\nd: e\n", "list is not closed", 1, 4),
        ("a: {b: c\nd: e\n", "group is not closed", 1, 4),
        ("a: ]\n", "one too many", 1, 4),
        ("a: [,]\n", "one too many", 1, 5),
        ('a: "C:\\Users"\n', "begins an escape here", 1, 9),
        ("a: >5 years\n", "the text begins on the next line", 1, 4),
        ("a: | text\n", "the text begins on the next line", 1, 4),
        ("a: |\n    x\n  y\nb: c\n", "not indented like", 3, 3),
        ("a: b\n...\nc: d\n", "follows the end of the record", 3, 1),
    ],
)  # fmt: skip
def test_syntax_errors_speak_plainly(text: str, words: str, line: int, column: int) -> None:
    found = problem(text)
    assert found.rule == "yaml-syntax"
    assert words in found.message
    assert (found.at.line, found.at.column) == (line, column)
    assert found.hint
    assert found.excerpt == text.split("\n")[line - 1]
    assert read_tree(text, found.at.path, with_libyaml=False) == (None, (found,))


@pytest.mark.parametrize("with_libyaml", [HAS_LIBYAML, False])
@pytest.mark.parametrize("text", ['a: "\\UFFFFFFFF"\n', 'a: "\\U00110000"\n', 'a: "\\ud800"\n'])
def test_escapes_beyond_unicode_are_refused(text: str, with_libyaml: bool) -> None:
    data, (found,) = read_tree(text, "x.yml", with_libyaml=with_libyaml)
    assert data is None
    assert "escape" in found.message


def test_a_tab_is_called_a_tab() -> None:
    found = problem("id: x\naddress:\n\tcity: A\n")
    assert "tab" in found.message
    assert "spaces" in found.hint
    assert (found.at.line, found.at.column, found.excerpt) == (3, 1, "\tcity: A")


def test_an_override_is_named_and_never_printed() -> None:
    found = problem("name: safe\u202etext\n")
    assert "an invisible right-to-left override (U+202E)" in found.message
    assert "\u202e" not in found.message + found.hint


def test_the_first_of_two_keys_is_named() -> None:
    found = problem("name: a\nsummary: b\nname: c\n")
    assert found.message == '"name" is already given on line 1'
    assert (found.width, found.excerpt) == (4, "name: c")


def test_all_faults_of_a_file_are_reported() -> None:
    rules = [found.rule for found in problems("a: &x b\nc: !t d\na: e\n~: f\n<<: g\nh: [unclosed\n")]
    assert rules == ["yaml-anchor", "yaml-tag", "duplicate-key", "empty-key", "yaml-merge-key", "yaml-syntax"]


def test_each_forbidden_character_is_reported_once() -> None:
    found = problems("a: \u202eb\u202e\u200b\nc: \u202e\n")
    assert [(fault.at.line, fault.at.column) for fault in found] == [(1, 4), (1, 7)]


def test_faults_without_end_end() -> None:
    assert len(problems("".join(f"a{number}: !t x\n" for number in range(2_000)))) == PROBLEM_LIMIT


def test_a_byte_of_another_encoding_is_guessed_at() -> None:
    found = problem(b"name: caf\xe9\n")
    assert "0xE9" in found.message
    assert '"é"' in found.message
    assert found.excerpt == "name: caf\\xe9"


@pytest.mark.parametrize(
    "text", ["a: [b]  # c\n", "a: b # c\n", 'a: "b #c"\n', 'a: "b" #c\n', "a: b#c\n", "#a\nb: c\n", "a: |\n  b #c\n"]
)
def test_comments_that_cut_nothing_are_fine(text: str) -> None:
    assert document(text).data


def test_every_printable_character_but_the_listed_may_stand() -> None:
    listed = {*range(0x2066, 0x2070), *range(0x202A, 0x202F), 0x2028, 0x2029, 0x200B, 0x2060, 0xFEFF, 0x85, 0x0}
    refused = {code for code in range(0x110000) if code != 0xD and next(forbidden(chr(code)), None)}
    assert listed <= refused
    letters = {code for code in refused if unicodedata.category(chr(code))[0] in "LMNPSZ"}
    assert letters == {0x115F, 0x1160, 0x2028, 0x2029, 0x3164, 0xFFA0}
    assert all(describe(chr(code)) for code in refused)


@given(st.text(st.characters(exclude_categories=())))
def test_the_quick_look_for_forbidden_characters_agrees_with_the_thorough_one(text: str) -> None:
    one_by_one = {character for character in text if character != "\r" and next(forbidden(character), None)}
    assert one_by_one <= {character for _, character in forbidden(f"{text}\u200b")}
    assert one_by_one <= {character for _, character in forbidden(text)}
