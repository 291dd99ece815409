"""Whatever comes in, a document or problems come out."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.problems import Problem
from generator.source import parse, texts
from generator.source.characters import forbidden
from generator.source.tree import read_tree
from generator.text import nfc
from tests.sources import GOOD, document

PIECES = st.sampled_from(
    ["#", " #", "# ", '"', "'", "\\", ": ", "- ", "\n", "\n  ", "[", "]", "{", "}", ",", "|", ">", "|-\n", "&a ", "*a",
     "!t ", "? ", "%", "@", "`", "~", "<<", "---\n", "...\n", "\t", "\r", "\r\n", "\x85", "\u2028", "\ufeff", "\0",
     "\\0", "\\u202e", '"\\UFFFFFFFF"', '"\\ud800"', "\\x41", "é", "e\u0301", "日本", "😀", "\ud800", "a: b\n", "key: ",
     "%YAML 1.1\n---\n", "%YAML 99999999999.1\n---\n", "%TAG ! x\n---\n", "!<tag>", "!%ff ", '""', "''", "     ",
     "|2\n", ">+\n"]
)  # fmt: skip


def check_problems(problems: tuple[Problem, ...]) -> None:
    """Every problem can be printed."""
    for problem in problems:
        shown = problem.message + problem.hint
        assert problem.rule
        assert not any(unicodedata.category(letter) in {"Cc", "Cs", "Zl", "Zp"} for letter in shown)
        assert not next(forbidden(shown), None)


def check_outcome(content: str | bytes) -> None:
    """Either a document that knows its places, or problems; and the same without libyaml."""
    found, problems = parse(content, relative="partners/club.yml")
    assert (found is None) == bool(problems)
    check_problems(problems)
    if found is not None:
        for route, text in texts(found.data):
            assert nfc(text) == text
            assert not next(forbidden(text.replace("\n", "")), None)
            assert found.locate(route).line > 0
    if isinstance(content, str) and not next(forbidden(content), None):
        data, problems = read_tree(content, "partners/club.yml", with_libyaml=False)
        assert (data is None) == bool(problems)
        check_problems(problems)


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
def test_random_bytes(content: bytes) -> None:
    check_outcome(content)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40))
@settings(max_examples=300)
def test_random_yaml(pieces: list[str]) -> None:
    check_outcome("".join(pieces))


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.integers(0, 4), PIECES), max_size=4))
@settings(max_examples=300)
def test_random_changes_to_a_good_file(changes: list[tuple[int, int, str]]) -> None:
    text = GOOD
    for start, length, piece in changes:
        text = text[:start] + piece + text[start + length :]
    check_outcome(text)


@given(st.lists(st.tuples(st.integers(0, len(GOOD)), st.sampled_from(["#", " # x", "\n# y\n", "'", '"'])), max_size=4))
@settings(max_examples=300)
def test_comments_are_all_that_can_be_left_out(changes: list[tuple[int, str]]) -> None:
    text = GOOD
    for start, piece in changes:
        text = text[:start] + piece + text[start:]
    found, _ = parse(text, relative="x.yml")
    if found is None:
        return
    lines = text.split("\n")
    for comment in reversed(found.comments):
        assert lines[comment.line - 1][comment.column - 1 :] == f"#{comment.text}"
        lines[comment.line - 1] = lines[comment.line - 1][: comment.column - 1]
    without = "\n".join(lines)
    assert document(without).data == found.data
    signs = sum(value.count("#") for _, value in texts(found.data)) + str(_keys(found.data)).count("#")
    assert without.count("#") == signs


def _keys(value: object) -> list[object]:
    if isinstance(value, dict):
        return [*value, *map(_keys, value.values())]
    return [_keys(item) for item in value] if isinstance(value, list) else []
