"""Reports: where people's eyes go, what GitHub gets, what machines get, and that no record can act on any of them."""

import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems import Place, Problem, has_errors, in_order
from generator.report import LINE_WIDTH, report

FOD = Problem(
    at=Place(path="partners/river-food-bank.yml", line=3, column=9),
    rule="unknown-term",
    message='"fod" is not a focus area',
    hint='did you mean "food"?',
    excerpt="focus: [fod]",
    width=3,
)


def problem(
    excerpt: str = "", *, column: int = 1, width: int = 1, hint: str = "", message: str = "wrong", path: str = "a.yml"
) -> Problem:
    at = Place(path=path, line=1, column=column)
    return Problem(at=at, rule="rule", message=message, hint=hint, excerpt=excerpt, width=width)


def lines(one: Problem) -> list[str]:
    """The report of one problem, without its summary."""
    return report([one]).splitlines()[:-1]


def test_a_problem_in_text() -> None:
    assert report([FOD], records=12) == (
        'partners/river-food-bank.yml:3:9: unknown-term: "fod" is not a focus area\n'
        "  3 | focus: [fod]\n"
        '    |         ^^^ did you mean "food"?\n'
        "1 error in 1 file (12 records checked)\n"
    )


def test_a_warning_says_so() -> None:
    warning = Problem(at=Place(path="a.yml", line=2), rule="old", message="not confirmed", severity="warning")
    assert report([warning]) == "a.yml:2: warning: old: not confirmed\n1 warning in 1 file\n"


def test_a_whole_file_has_no_line() -> None:
    whole = Problem(at=Place(path="a.yml"), rule="too-large", message="too large", hint="Shorten it.")
    assert lines(whole) == ["a.yml: too-large: too large", "  = Shorten it."]


def test_a_long_hint_gets_its_own_line() -> None:
    shown = lines(problem("key: value", column=6, width=5, hint="h" * LINE_WIDTH))
    assert shown[1:] == ["  1 | key: value", "    |      ^^^^^", f"    | {'h' * LINE_WIDTH}"]


@pytest.mark.parametrize(
    ("excerpt", "column", "width", "line", "caret"),
    [
        ("a: b", 4, 1, "a: b", "   ^"),
        ("日本語: x", 6, 1, "日本語: x", "        ^"),
        ("日本語: x", 2, 2, "日本語: x", "  ^^^^"),
        ("e\u0301a: x", 3, 1, "e\u0301a: x", " ^"),
        ("👩\u200d👧: x", 4, 1, "👩\u200d👧: x", "    ^"),
        ("\ta: b", 1, 1, "\\ta: b", "^^"),
        ("\ta: b", 2, 1, "\\ta: b", "  ^"),
        ("a\u202eb: c", 2, 1, "a\\u202eb: c", " ^^^^^^"),
        ("a: b", 99, 1, "a: b", "    ^"),
        ("a: b", 4, 99, "a: b", "   ^"),
        ("a: b\r", 4, 1, "a: b", "   ^"),
    ],
)
def test_the_caret_stands_below_what_it_means(excerpt: str, column: int, width: int, line: str, caret: str) -> None:
    assert lines(problem(excerpt, column=column, width=width))[1:] == [f"  1 | {line}", f"    | {caret}"]


@pytest.mark.parametrize(("column", "fits"), [(1, "start"), (200, "middle"), (4_000, "end")])
def test_a_long_line_is_shown_around_the_caret(column: int, fits: str) -> None:
    text = "".join(chr(ord("a") + number % 26) for number in range(4_000))
    _, line, caret = lines(problem(text, column=column))
    shown = line.removeprefix("  1 | ")
    assert len(shown) <= LINE_WIDTH
    assert shown[caret.index("^") - len("    | ")] == text[column - 1]
    assert shown.startswith("…") == (fits != "start")
    assert shown.endswith("…") == (fits != "end")


def test_problems_come_in_order() -> None:
    places = [("b.yml", 1, 1), ("a.yml", 9, 1), ("a.yml", 2, 5), ("a.yml", 2, 1), ("a.yml", 0, 0)]
    found = [
        Problem(at=Place(path=path, line=line, column=column), rule="r", message="m") for path, line, column in places
    ]
    shown = [line.split(": ")[0] for line in report(found).splitlines()[:-1]]
    assert shown == ["a.yml", "a.yml:2:1", "a.yml:2:5", "a.yml:9:1", "b.yml:1:1"]
    assert in_order(reversed(found)) == in_order(found)
    assert has_errors(found)
    assert not has_errors([])


@pytest.mark.parametrize(
    ("errors", "warnings", "records", "summary"),
    [
        (0, 0, None, "No problems"),
        (0, 0, 1, "No problems (1 record checked)"),
        (0, 0, 1_200, "No problems (1,200 records checked)"),
        (1, 0, None, "1 error in 1 file"),
        (3, 1, 12, "3 errors and 1 warning in 2 files (12 records checked)"),
        (0, 2, 2, "2 warnings in 1 file (2 records checked)"),
    ],
)
def test_summary(errors: int, warnings: int, records: int | None, summary: str) -> None:
    found = [Problem(at=Place(path="a.yml"), rule="r", message="m")] * errors
    found += [Problem(at=Place(path="b.yml"), rule="r", message="m", severity="warning")] * warnings
    assert report(found, records=records).splitlines()[-1] == summary


def test_colour_only_adds_colour() -> None:
    coloured = report([FOD], colour=True)
    assert "\x1b[1;31munknown-term\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report([FOD])
    assert "\x1b" not in report([FOD])


def test_github_annotation() -> None:
    assert report([FOD], "github").splitlines() == [
        "::error file=partners/river-food-bank.yml,line=3,col=9,title=unknown-term::"
        '"fod" is not a focus area%0Adid you mean "food"?',
        "1 error in 1 file",
    ]


def test_github_escapes() -> None:
    strange = problem(path="a,b:c%.yml", message="50%\n::set-output name=x::y\r", hint="##[add-mask]x")
    assert report([strange], "github").splitlines()[0] == (
        "::error file=a%2Cb%3Ac%25.yml,line=1,col=1,title=rule::50%25\\n::set-output name=x::y\\r%0A##\\u005badd-mask]x"
    )


def test_json() -> None:
    found = json.loads(report([FOD], "json", records=12))
    assert found == {
        "version": 1,
        "summary": {"errors": 1, "warnings": 0, "files": 1, "records": 12},
        "problems": [
            {
                "path": "partners/river-food-bank.yml",
                "line": 3,
                "column": 9,
                "rule": "unknown-term",
                "severity": "error",
                "message": '"fod" is not a focus area',
                "hint": 'did you mean "food"?',
            }
        ],
    }


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="text, github and json"):
        report([], "xml")


NASTY = st.lists(
    st.sampled_from(
        ["::error::x", "::", "##[stop-commands]", "\n", "\r", "\x1b[2J", "\u202e", "\u2028", "%0A", " ", "\x85"]
    )
    | st.text(st.characters(exclude_categories=()), max_size=4),
    max_size=8,
).map("".join)


@given(NASTY, NASTY, NASTY, NASTY, st.integers(0, 30))
def test_no_text_acts_on_a_terminal_or_a_workflow(
    path: str, message: str, hint: str, excerpt: str, column: int
) -> None:
    at = Place(path=path, line=1, column=column)
    nasty = Problem(at=at, rule="rule", message=message, hint=hint, excerpt=excerpt)
    text, annotations = report([nasty]), report([nasty], "github")
    for shown in (text, annotations, report([nasty], "json")):
        for letter in shown.replace("\n", ""):
            assert unicodedata.category(letter) not in {"Cc", "Cs", "Zl", "Zp"}
            assert unicodedata.bidirectional(letter) not in {
                "LRE",
                "RLE",
                "LRO",
                "RLO",
                "PDF",
                "LRI",
                "RLI",
                "FSI",
                "PDI",
            }
    for line in text.splitlines():
        assert not line.lstrip().startswith("::")
        assert "##[" not in line
    first, *rest = annotations.splitlines()
    assert first.startswith("::error ")
    assert "##[" not in annotations
    assert rest == ["1 error in 1 file"]
