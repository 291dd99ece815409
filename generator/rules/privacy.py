"""Rules that keep private data out of public files; what they find is never repeated in a report."""

import re
from collections.abc import Iterator
from typing import Any

from generator.rules.rule import LINK, Finding, Subject

# Every repetition is bounded, so that no text takes long.
_EMAIL = re.compile(r"[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE = re.compile(
    r"(?<![\w/.-])(?:\+?1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}(?![\w-])"
    r"|(?<![\w/.-])\+[1-9][0-9]{0,2}[ .(-][0-9 ().-]{6,16}[0-9](?![\w-])"
    r"|\b(?i:call|text|phone|tel|mobile|cell)\b\W{1,3}(?:\w{1,20} ){0,2}[0-9]{3}[ .-]?[0-9]{4}(?:[0-9]{3})?(?![\w-])"
)
_DIGITS = re.compile(r"[0-9+][0-9 .()-]{5,}[0-9]")
_OBFUSCATED = re.compile(
    r"[\w.+-]\s{0,3}(?:[\[({<]\s?(?:at|@)\s?[\])}>]|\s(?:AT|at)\s|＠)\s{0,3}[\w-]{1,63}"
    r"(?:\s{0,3}(?:[\[({<]\s?(?:dot|\.)\s?[\])}>]|\s(?:DOT|dot)\s)\s{0,3}|\.)[A-Za-z]{2,}"
)
_AT = re.compile(r"[\[({<]\s?(?:at|@)\s?[\])}>]|\s(?:AT|at)\s|＠")
_STUDENT = re.compile(
    r"\b(?:student|pupil|district|school)\s{1,3}(?:id|identification|number|no\.?|#)\W{0,3}(?:is\s)?#?[0-9]{4,}"
    r"|\b(?:date of birth|d\.?o\.?b\.?|birth ?date|birthday)\b\W{0,4}(?:is\s|on\s)?(?:[0-9]|\w{3,9} [0-9]{1,2}\b)"
    r"|\bborn\s{1,3}(?:on\s)?(?:[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[a-z]{3,9} [0-9]{1,2},? [0-9]{4})",
    re.IGNORECASE,
)
_CLUES = re.compile(r"@|＠|[0-9]{3}|\bat\b|nominat|guardian|birth|\bdob\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:nominat(?:ed by|or)|guardian|date of birth|dob)\b\W*\w", re.IGNORECASE)
_STUDENT_CLUES = (
    *("birth", "born", "dob", "d.o.b"),
    *(f"{whose} {what}" for whose in ("student", "pupil", "district", "school") for what in ("id", "n", "#")),
)
_AT_CLUES = ("＠", *(f"{bracket}{sign}" for bracket in "([{<" for sign in ("at", " at", "@", " @")))
_STORIES = frozenset(("story", "voice"))


def contact_in_story(subject: Subject[Any]) -> Iterator[Finding]:
    """A story gives no e-mail address and no phone number."""
    if subject.kind in _STORIES:
        hint = "delete it here; if it was published before, tell the people whom it concerns, and clean git's history"
        yield from _contacts(subject, hint)


def contact_in_text(subject: Subject[Any]) -> Iterator[Finding]:
    """E-mail addresses and phone numbers stand under "contacts" or "join", where people can press them."""
    if subject.kind not in _STORIES:
        yield from _contacts(subject, 'move it to "contacts", or to the "phone" or "email" of a step to join')


def _contacts(subject: Subject[Any], hint: str) -> Iterator[Finding]:
    """A finding for each text that holds an e-mail address or a phone number."""
    has_email, has_phone = "@" in subject.blob, _DIGITS.search(subject.blob)
    for route, text in subject.words if has_email or has_phone else ():
        plain = LINK.sub("", text) if "://" in text else text
        what = "a phone number" if has_phone and _DIGITS.search(plain) and _PHONE.search(plain) else ""
        what = "an e-mail address" if has_email and _EMAIL.search(plain) else what
        if what:
            yield Finding(route=route, message=f"{what} stands in this text", hint=hint, is_private=True)


def disguised_email(subject: Subject[Any]) -> Iterator[Finding]:
    """An e-mail address in disguise, such as "name (at) example (dot) org", is an e-mail address too."""
    if "dot" in subject.small or any(sign in subject.small for sign in _AT_CLUES):
        for route, text in subject.words:
            if _AT.search(text) and _OBFUSCATED.search(text):
                yield Finding(
                    route=route,
                    message="this looks like an e-mail address in disguise",
                    hint="delete it, or write it as it is under contacts",
                    is_private=True,
                )


def student_data(subject: Subject[Any]) -> Iterator[Finding]:
    """No student's number and no date of birth is ever written into a public file."""
    if _mentions_a_student(subject.small):
        for route, text in subject.words:
            if _mentions_a_student(text.lower()) and _STUDENT.search(text):
                yield Finding(
                    route=route,
                    message="this looks like a student's number or a date of birth",
                    hint="delete it here, tell the department's privacy officer, and clean git's history",
                    is_private=True,
                )


def _mentions_a_student(text: str) -> bool:
    """Whether a text in small letters may speak of a student's number or birth: a quick look."""
    return any(clue in text for clue in _STUDENT_CLUES)


def private_comment(subject: Subject[Any]) -> Iterator[Finding]:
    """A comment is public as well: it holds no e-mail address, no phone number and no nominator's name."""
    lines = [line for line in subject.document.text.split("\n") if "#" in line]
    if not any(_CLUES.search(line, line.index("#")) for line in lines):
        return
    published = {_bare(text) for _, text in subject.texts}
    for comment in subject.document.comments:
        found = next(filter(None, (p.search(comment.text) for p in (_EMAIL, _PHONE, _OBFUSCATED, _PERSONAL))), None)
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
