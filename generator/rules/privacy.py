"""Rules that keep private data out of public files; what they find is never repeated in a report."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from generator.objections import OBJECTIONS
from generator.rules.rule import LINK, Finding, Subject, is_story

# Every repetition is bounded, so that no text takes long.
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"
    r"|(?<![\w/.,$-])1?[2-9][0-9]{2}[2-9][0-9]{6}(?![\w-])"
    r"|(?<![\w/.-])\+[1-9][0-9]{0,2}[ .(-]?[0-9 ().-]{6,16}[0-9](?![\w-])"
    r"|\b(?i:call|text|phone|tel|mobile|cell)\b\W{1,3}(?:\w{1,20} ){0,2}[0-9]{3}[ .-]?[0-9]{4}(?:[0-9]{3})?(?![\w-])"
)
_DIGITS = re.compile(r"[0-9+][0-9 .()\u00a0\u2010-\u2015\u202f-]{5,}[0-9]")
# Hyphens, dashes and spaces of every width, as they are in a number typed by hand.
_TYPED = MappingProxyType(dict.fromkeys(range(0x2010, 0x2016), "-") | dict.fromkeys((0xA0, 0x202F), " "))
_DOT = r"\s{0,3}(?:[\[({<]\s?(?:dot|\.)\s?[\])}>]|\s(?:DOT|dot)\s)\s{0,3}"
# The bare word "at" stands before many an honest address: "more at example.org".
_OBFUSCATED = re.compile(
    rf"[\w.+-]\s{{0,3}}(?:(?:[\[({{<]\s?(?:at|@)\s?[\])}}>]|＠)\s{{0,3}}[\w-]{{1,63}}(?:{_DOT}|\.)"
    rf"|\s(?:AT|at)\s\s{{0,3}}[\w-]{{1,63}}{_DOT})[A-Za-z]{{2,}}"
)
_AT = re.compile(r"[\[({<]\s?(?:at|@)\s?[\])}>]|\s(?:AT|at)\s|＠")
_STUDENT = re.compile(
    r"\b(?:student|pupil)(?:['’]s)?\s{1,3}(?:id|identification|number|no\.?|#)\W{0,3}(?:is\s)?#?[0-9]{4,}"
    r"|\b(?:district|school)\s{1,3}(?:id|identification|number|no\.?|#)\W{0,3}(?:is\s)?#?[0-9]{6,}"
    r"|\b(?:date of birth|d\.?o\.?b\.?|birth ?date|birthday)\b\W{0,4}(?:is\s|on\s)?(?:[0-9]|\w{3,9} [0-9]{1,2}\b)"
    r"|(?P<born>\bborn)\s{1,3}(?:on\s)?"
    r"(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[a-z]{3,9} [0-9]{1,2},? [0-9]{4})",
    re.IGNORECASE,
)
# What is born without being a child; characters before the word that tell.
_THING = re.compile(
    r"\b(?:it|this|we|(?:the|our|this|an?) (?:[\w-]{1,20} ){0,2}(?:alliance|center|club|coalition|effort|foundation"
    r"|group|idea|initiative|library|movement|network|organi[sz]ation|partnership|plan|program|project|team|vision|work))"
    r" (?:was|were) (?:first |officially )?$",
    re.IGNORECASE,
)
_REACH = 80
_CLUES = re.compile(r"@|＠|[0-9]{3}|\bat\b|nominat|guardian|birth|\bdob\b", re.IGNORECASE)
_PERSONAL = re.compile(
    r"\b(?i:nominated by|nominator|guardian)(?:\s?[:=]\s?\w|\s{1,3}(?:(?i:is|was)\s)?[^\Wa-z\d_])"
    r"|\b(?i:date of birth|birth ?date|dob)\b\W{0,4}(?:(?i:is|on)\s)?(?:[a-zA-Z]{3,9}\s)?[0-9]"
)
_STUDENT_CLUES = (
    *("birth", "born", "dob", "d.o.b", "t's id", "t’s id", "l's id", "l’s id"),
    *(f"{whose} {what}" for whose in ("student", "pupil", "district", "school") for what in ("id", "n", "#")),
)
_AT_CLUES = ("＠", *(f"{bracket}{sign}" for bracket in "([{<" for sign in ("at", " at", "@", " @")))

PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {"email": _EMAIL, "phone": _PHONE, "disguised": _OBFUSCATED, "student": _STUDENT, "thing": _THING, "link": LINK}
)
"""What the forms on the site look for as well, by the name that their script has for it."""


def contact_in_story(subject: Subject[Any]) -> Iterator[Finding]:
    """A story gives no e-mail address and no phone number."""
    if is_story(subject):
        hint = "delete it here; if it was published before, tell the people whom it concerns, and clean git's history"
        yield from _contacts(subject, hint)


def contact_in_text(subject: Subject[Any]) -> Iterator[Finding]:
    """E-mail addresses and phone numbers stand under "contacts" or "join", where people can press them."""
    if not is_story(subject):
        yield from _contacts(subject, OBJECTIONS["email-in-text"].hint)


def _contacts(subject: Subject[Any], hint: str) -> Iterator[Finding]:
    """A finding for each text that holds an e-mail address or a phone number."""
    has_email, has_phone = "@" in subject.blob, _DIGITS.search(subject.blob)
    for route, text in subject.words if has_email or has_phone else ():
        plain = LINK.sub("", text) if "://" in text else text
        what = "phone-in-text" if has_phone and _DIGITS.search(plain) and _PHONE.search(_typed(plain)) else ""
        what = "email-in-text" if has_email and _EMAIL.search(plain) else what
        if what:
            yield Finding(route=route, message=OBJECTIONS[what].message, hint=hint, is_private=True)


def _typed(text: str) -> str:
    """The text with plain hyphens and spaces."""
    return text if text.isascii() else text.translate(_TYPED)


def disguised_email(subject: Subject[Any]) -> Iterator[Finding]:
    """An e-mail address in disguise, such as "name (at) example (dot) org", is an e-mail address too."""
    if "dot" in subject.small or any(sign in subject.small for sign in _AT_CLUES):
        for route, text in subject.words:
            if _AT.search(text) and _OBFUSCATED.search(text):
                yield Finding(
                    route=route,
                    message=OBJECTIONS["disguised-email"].message,
                    hint=OBJECTIONS["disguised-email"].hint,
                    is_private=True,
                )


def student_data(subject: Subject[Any]) -> Iterator[Finding]:
    """No student's number and no date of birth is ever written into a public file."""
    if _mentions_a_student(subject.small):
        for route, text in subject.words:
            if _mentions_a_student(text.lower()) and any(map(_is_private, _STUDENT.finditer(text))):
                yield Finding(
                    route=route,
                    message=OBJECTIONS["student-data"].message,
                    hint=OBJECTIONS["student-data"].hint,
                    is_private=True,
                )


def _is_private(found: re.Match[str]) -> bool:
    """Whether a date of birth is not that of an idea or a group, which may be told."""
    start = found.start()
    return not (found["born"] and _THING.search(found.string[max(0, start - _REACH) : start]))


def _mentions_a_student(text: str) -> bool:
    """Whether a text in small letters may speak of a student's number or birth: a quick look."""
    return any(clue in text for clue in _STUDENT_CLUES)


def private_spans(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what it is) of everything in a text that these rules keep out of public files."""
    typed = _typed(text)
    for pattern, what in ((_EMAIL, "e-mail address"), (_OBFUSCATED, "e-mail address"), (_PHONE, "phone number")):
        yield from ((found.start(), found.end(), what) for found in pattern.finditer(typed))
    for found in _STUDENT.finditer(text):
        if _is_private(found):
            yield found.start(), found.end(), "student's number or date of birth"


def private_comment(subject: Subject[Any]) -> Iterator[Finding]:
    """A comment is public as well: it holds no e-mail address, no phone number and no nominator's name."""
    lines = [line for line in subject.document.text.split("\n") if "#" in line]
    if not any(_CLUES.search(line, line.index("#")) for line in lines):
        return
    published = {_bare(text) for _, text in subject.texts}
    for comment in subject.document.comments:
        plain = _typed(LINK.sub("", comment.text))
        found = next(filter(None, (p.search(plain) for p in (_EMAIL, _PHONE, _OBFUSCATED, _PERSONAL))), None)
        if found and _bare(found[0]) not in published:
            yield Finding(
                spot=(comment.line, comment.column),
                message="this comment holds an e-mail address, a phone number or a person",
                hint="delete it: comments are public too; if it was published before, clean git's history",
                is_private=True,
            )


def _bare(contact: str) -> str:
    """A contact point without what people write between its digits, to compare two."""
    return re.sub(r"[ ().-]", "", contact).lower() if "@" not in contact else contact.lower()
