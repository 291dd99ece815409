"""The rules that no child can be found by name: neither in stories nor in quotes nor under pictures."""

import re
from collections.abc import Iterator, Mapping
from enum import IntEnum
from itertools import dropwhile
from types import MappingProxyType
from typing import Any

from generator.objections import OBJECTIONS
from generator.rules.rule import Finding, Subject, is_story

# Words that begin a sentence, or stand before a name as a title does.
_START = re.compile(
    "A|After|Also|And|As|At|Before|But|By|Each|Every|For|From|He|Her|Here|His|I|If|In|It|Last|Later|My|Near|Next|No|Now"
    "|On|Once|One|Our|Pupil|She|So|Some|Student|That|The|Their|Then|There|These|They|This|Those|To|Today|Two|Until|We"
    "|What|When|Where|While|With|Yesterday|You"
)
# Words that make a name the name of a place, a time or a group.
_NO_PERSON = re.compile(
    "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October"
    "|November|December|Spring|Summer|Fall|Autumn|Winter|Academy|Advisory|Ages?|Association|Board|Body|Camp|Center|Centre"
    "|Class|Club|College|Council|District|Elementary|English|Famil(?:y|ies)|Foundation|Government|Grades?|Group|Hall"
    "|Health|High|House|K|Kindergarten|Leaders?|Leadership|Library|Middle|Park|Partners?|PK|Preschool|Programs?|Project"
    "|Room|Schools?|Services?|Street|Students?|Success|Support|Team|Union|Voices?|Year",
    re.IGNORECASE,
)
# Latin letters. Beyond Latin-1 capitals and small letters alternate, so `_is_person` looks again.
_LETTER = "[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ]"
_REST = rf"[\w'’-]{{1,40}}(?: {_LETTER}[\w'’-]{{1,40}}){{0,3}}(?: {_LETTER}\.)?"
# Capitals in mid-sentence, or before what may follow a child's name: all that is worth a closer look.
_NAME = re.compile(
    rf"{_LETTER}(?<!\w.)(?:(?<=[\w,] .){_REST}|{_REST}(?=[,”\"’]| \(| is | was | who | turn| age| sa[iy]| told))"
)
_AGE = (
    "(?:[3-9]|1[0-8]|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen)"
)
_NTH = (
    "(?:(?:[1-9]|1[0-2])(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh"
    "|twelfth)"
)
_PUPIL = f"(?:{_NTH}[ -]grader|kinderg(?:arten|art)e?ner|preschooler|{_NTH}[ -]grade (?:student|pupil|girl|boy))"
_CHILD = "(?:son|daughter|child|kid|boy|girl|student|pupil|grandson|granddaughter|nephew|niece|brother|sister|twins?)"
_CHILDREN = "(?:(?:grand)?(?:kids|children|sons|daughters)|boys|girls|nephews|nieces)"
# What makes an age or a grade that of a whole group: "age 5 to 8", "grade 6-8", "age 5 and up", "7, 9 and 10".
_NO_SPAN = r"\b(?!s\b|\+|,? ?(?:to|through|[-–]|and|or|&) ?(?:[0-9]|K\b)|,? (?:and|or) (?:up|older|under|above|young))"
_CLOSE = "(?:,?[”\"’']|[”\"’'],)?"

# What follows a child's name: "Maya, 7, said", "Maya (7)", "“Maya,” age 7", "Maya, who is 7", "Maya is aged seven".
_AGE_AFTER = re.compile(
    rf"{_CLOSE},? \(?(?:(?:who )?(?:is|was|turned|turns) )?aged? {_AGE}{_NO_SPAN}"
    rf"|{_CLOSE},? \(?(?:who (?:is|was|turned|turns) |turned |turns )?{_AGE}[- ]years?[- ]old\b"
    rf"|{_CLOSE}(?:, {_AGE}, (?![0-9])| \({_AGE}\)|, who (?:is|was|turned|turns) {_AGE}\b)"
    rf"|{_CLOSE}, (?:[3-9]|1[0-8])(?=[.;!?\x1f]|$)",
    re.IGNORECASE,
)
# "Maya, a fifth grader", "Maya (5th grade)", "Maya is in grade 5".
_GRADE_AFTER = re.compile(
    rf"{_CLOSE},? \(?(?:(?:who )?(?:is|was) )?(?:an? )?{_PUPIL}\b"
    rf"|{_CLOSE}(?:,? \(|, |,? (?:who )?(?:is|was) in (?:the )?)(?:{_NTH} grade|grade (?:[1-9]|1[0-2])){_NO_SPAN}",
    re.IGNORECASE,
)
# "Maya is seven years old"; an organization can be that as well, which has neither sex nor relatives.
_YEARS_OLD = re.compile(rf" (?:is|was) (?:now |just |only )?{_AGE} years old\b", re.IGNORECASE)
_PERSONAL = re.compile(r"\b(?:she|he|hers?|his|him|son|daughter|girl|boy|brother|sister|niece|nephew)\b", re.IGNORECASE)
_SAYS = re.compile(r"[,”\"’']{0,2} (?:said|says|told|tells|wrote|writes|shared|added|explained|recalled|likes|loves)\b")
# What stands before it: "7-year-old Maya", "my seven-year-old daughter, Maya", "fifth grader Maya",
# "a student named Maya", "our son Mateo", "my kids Ana and Eva".
_BEFORE = re.compile(
    rf"(?:\b{_AGE}[- ]years?[- ]old(?:,? {_CHILD})?|\b{_PUPIL}|\b(?:{_CHILD}|{_CHILDREN}),? (?:who (?:is|are) |is )?"
    rf"(?:named|called)|\b(?:my|our|her|his|their) (?:[\w-]+ )?{_CHILD}|\b(?:my|her|his|their) (?:[\w-]+ )?{_CHILDREN})"
    r",? [“\"‘']?$",
    re.IGNORECASE,
)
ONE_CHILD = re.compile(
    rf"\b(?:{_PUPIL}\b|aged? {_AGE}{_NO_SPAN}|{_AGE}[- ]years?[- ]olds?\b(?<!s)"
    rf"|(?:{_NTH}[ -]grade|grade (?:[1-9]|1[0-2])|kindergarten){_NO_SPAN}"
    r"(?! (?:students|pupils|class|classes|classrooms?|teachers?|team|girls|boys|children|kids|families)\b))",
    re.IGNORECASE,
)
"""The age or the grade of one child, not of a group."""
# How what follows begins, and how what _BEFORE looks for ends: a first quick look.
_FOLLOWS = re.compile("[,”\"’']| (?:\\(|is |was |who |turn|age|[1-9]|sa[iy]|t[eo]l|wr|share|add|expl|reca|like|love)")
_PRECEDES = (
    *("old", "der", "ner", "ooler", "med", "called", "son", "ter", "ther", "child", "kid", "boy", "girl", "dent"),
    *("pupil", "nephew", "niece", "twin", "twins", "kids", "children", "sons", "ters", "boys", "girls", "nephews"),
    "nieces",
)
_STUDENT = re.compile(r"\b(?:student|pupil) $", re.IGNORECASE)
# "at Garfield", "in Rainier Beach and Garfield", "the YMCA": a name after it is a place's or an organization's.
_PLACE = re.compile(
    rf"\b(?:(?:[Aa]t|[Ii]n|[Nn]ear) (?:{_LETTER}[^ ,(]{{1,40}},? (?:\([^()]{{1,20}}\),? )?(?:grades? [^ ]{{1,8}},? )?"
    r"(?:and )?){0,5}|[Tt]he )$"
)
_BETWEEN = " ,“\"‘'"
_SHORT = 15  # characters before a name that hold the last word
_REACH = 60  # characters beside a name that may speak of it

PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "start": _START,
        "noPerson": _NO_PERSON,
        "name": _NAME,
        "ageAfter": _AGE_AFTER,
        "gradeAfter": _GRADE_AFTER,
        "yearsOld": _YEARS_OLD,
        "personal": _PERSONAL,
        "says": _SAYS,
        "before": _BEFORE,
        "pupil": _STUDENT,
        "place": _PLACE,
    }
)
"""What the forms on the site look for as well, by the name that their script has for it."""


class Certainty(IntEnum):
    """How sure it is that a text names a child."""

    NONE = 0
    POSSIBLE = 1
    SURE = 2


def named_minor(subject: Subject[Any]) -> Iterator[Finding]:
    """No child is named in a story: not together with an age, a grade or a parent, and not with consent either."""
    if is_story(subject):
        yield from _findings(subject, Certainty.SURE)


def possible_minor(subject: Subject[Any]) -> Iterator[Finding]:
    """A name beside an age or a grade may be a child's; no child is named anywhere."""
    if is_story(subject):
        yield from _findings(subject, Certainty.POSSIBLE)
    else:
        yield from _findings(subject, Certainty.POSSIBLE, Certainty.SURE)


def _findings(subject: Subject[Any], *wanted: Certainty) -> Iterator[Finding]:
    """A finding for every text that names a child with one of the certainties."""
    for route, text in subject.words if names_a_minor(subject.blob) else ():
        if names_a_minor(text.replace("\n", " ")) in wanted:
            yield Finding(
                route=route,
                message=OBJECTIONS["minor"].message,
                hint=OBJECTIONS["minor"].hint,
                is_private=True,
            )


def names_a_minor(line: str) -> Certainty:
    """Whether a line seems to name a child; it knows English only, and not every way of saying it."""
    return max((_certainty(line, found) for found in _NAME.finditer(line)), default=Certainty.NONE)


def minor_spans(line: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what it is) of every name in a line that may be a child's."""
    for found in _NAME.finditer(line):
        if _certainty(line, found):
            yield found.start(), found.end(), "name that may be a child's"


def people(line: str) -> Iterator[str]:
    """Every name in a line that may be a person's, a grown-up's as well: words with capitals in mid-sentence."""
    return filter(None, (_person(found[0]) for found in _NAME.finditer(line)))


def _certainty(line: str, found: re.Match[str]) -> Certainty:
    """Whether the words beside a name make it a child's."""
    start, end = found.span()
    if not (_FOLLOWS.match(line, end) or line[max(0, start - _SHORT) : start].rstrip(_BETWEEN).endswith(_PRECEDES)):
        return Certainty.NONE
    name = _person(found[0])
    if not name:
        return Certainty.NONE
    before = line[max(0, end - len(name) - _REACH) : end - len(name)]
    if before.rstrip(_BETWEEN).endswith(_PRECEDES) and _BEFORE.search(before):
        return Certainty.SURE
    if _SAYS.match(line, end) and _STUDENT.search(before):
        return Certainty.SURE
    if _AGE_AFTER.match(line, end) or (not name.isupper() and _GRADE_AFTER.match(line, end)):
        return Certainty.NONE if _PLACE.search(before) else Certainty.SURE
    if _YEARS_OLD.match(line, end):
        near = line[max(0, found.start() - _REACH) : end + 2 * _REACH]
        return Certainty.SURE if _PERSONAL.search(near) else Certainty.POSSIBLE
    return Certainty.NONE


def _person(name: str) -> str:
    """What of words with capitals is a person's name; nothing where they name a place, a time or a group."""
    words = list(dropwhile(_START.fullmatch, name.split()))
    is_name = all(word[0].isupper() and not _NO_PERSON.fullmatch(word) for word in words)
    return " ".join(words) if is_name else ""
