"""PO files: read, or told by line what keeps them from it."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from generator.words.po import Slip, parse

GOOD = """\
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

#. a ñote
#: there.html
#, fuzzy
#| msgid "before"
msgctxt "where"
msgid "one"
msgid_plural "many"
msgstr[0] "uno"
msgstr[1] ""
"muchos"

#~ msgid "gone"
#~ msgstr "ido"
""".encode()


def line_of(content: bytes) -> int:
    found = parse(content, "es")
    assert isinstance(found, Slip)
    assert found.message
    return found.line


@pytest.mark.parametrize("content", [GOOD, GOOD.replace(b"\n", b"\r\n"), b"\xef\xbb\xbf" + GOOD])
def test_a_good_file_is_read(content: bytes) -> None:
    found = parse(content, "es")
    assert not isinstance(found, Slip), found
    (message,) = (message for message in found if message.id)
    assert (message.id, message.string, message.lineno) == (("one", "many"), ("uno", "muchos"), 11)


SLIPS = {
    "header of plurals": (b"nplurals=2; plural=(n != 1);", b"nplurals=x; plural=n;", 3),
    "rule of plurals": (b"plural=(n != 1)", b"plural=(((n", 3),
    "dangerous rule": (b"plural=(n != 1)", b"plural=__import__('os')", 3),
    "forms": (b"msgstr[1]", b"msgstr[5]", 11),
    "form": (b"msgstr[1]", b"msgstr[x]", 14),
    "charset": (b'charset=utf-8\\n"\n\n', b'charset=latin-1\\n"\n\n# ni\xc3\xb1o\n', 4),
    "keyword": (b"msgid_plural", b"msgid_many", 12),
    "mark": (b'msgstr[0] "uno"', b'msgstr[0] "uno', 13),
    "mark inside": (b'msgstr[0] "uno"', b'msgstr[0] "u"no"', 13),
    "bytes": (b"muchos", b"m\xffchos", 15),
    "text without a keyword": (b'msgctxt "where"\n', b'"where"\n', 10),
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_by_line(slip: str) -> None:
    before, after, line = SLIPS[slip]
    assert before in GOOD
    assert line_of(GOOD.replace(before, after)) == line


def test_a_message_twice_is_told() -> None:
    again = b'\nmsgctxt "where"\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    assert line_of(GOOD + again) == GOOD.count(b"\n") + 3
    assert not isinstance(parse(GOOD + again.replace(b"where", b"elsewhere"), "es"), Slip)


@given(content=some.binary(max_size=200))
@example(content=b'msgid "\\"')
@example(content=b'msgstr "a"\nmsgid "b"')
@example(content=b'"a"\nmsgid ""')
@example(content=b'msgid ""\nmsgstr ""\n"Language: \\xff\\n"\n')
@example(content=b'msgid ""\nmsgstr ""\n"POT-Creation-Date: never\\n"\n')
@example(content=b'msgid "a"\nmsgid "b"\nmsgid "c"\nmsgstr[0] "d"')
def test_no_bytes_raise_anything(content: bytes) -> None:
    for whole in (content, GOOD + content, GOOD.replace(b"uno", content)):
        found = parse(whole)
        assert not isinstance(found, Slip) or 1 <= found.line <= whole.count(b"\n") + 1
