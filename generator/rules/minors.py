"""The rule that no child can be found by name: neither in stories nor in quotes nor under pictures."""

import re
from collections.abc import Iterator
from itertools import dropwhile
from typing import Any

from generator.rules.rule import Finding, Subject

# Words that begin a sentence, so that the name comes after them.
_START = re.compile(
    "A|After|Also|And|As|At|Before|But|By|Each|Every|For|From|He|Her|Here|His|I|If|In|It|Last|Later|My|Next|No|Now|On"
    "|Once|One|Our|She|So|Some|That|The|Their|Then|There|These|They|This|Those|To|Today|Two|Until|We|What|When|Where"
    "|While|With|Yesterday|You"
)
# Words that make a name the name of a place, a time or a group.
_NO_PERSON = re.compile(
    "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    "|November|December|Spring|Summer|Fall|Autumn|Winter|Academy|Center|Centre|Class|Club|College|District|Elementary"
    "|English|Famil(?:y|ies)|Foundation|Grades?|Hall|High|House|Kindergarten|Library|Middle|Park|Partners?|Preschool"
    "|Programs?|Project|Room|Schools?|Street|Students?|Team|Year"
)
_LETTER = "[A-ZÀ-ÖØ-Þ]"
_REST = rf"[a-zß-öø-ÿ'’-]{{1,40}}(?: {_LETTER}[a-zß-öø-ÿ'’-]{{1,40}}){{0,3}}(?: {_LETTER}\.)?"
# Capitals in mid-sentence, or before what may follow a child's name: all that is worth a closer look.
_NAME = re.compile(rf"{_LETTER}(?<!\w.)(?:(?<=[\w,] .){_REST}|{_REST}(?=,| \(| is | was | who | turn| age))")
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

# What follows a child's name: "Maya, 7, said", "Maya (7)", "Maya, age 7", "Maya is seven years old", "Maya, who is 7",
# "Maya, a fifth grader", "Maya (5th grade)", "Maya is in grade 5".
_AFTER = re.compile(
    rf",? \(?(?:(?:who )?(?:is|was|turned|turns) )?(?:aged? {_AGE}\b|{_AGE}[- ]years?[- ]old\b|(?:an? )?{_PUPIL}\b)"
    rf"|, {_AGE},| \({_AGE}\)|, who (?:is|was|turned|turns) {_AGE}\b"
    rf"|(?:,? \(|, |,? (?:who )?(?:is|was) in (?:the )?)(?:{_NTH} grade|grade (?:[1-9]|1[0-2]))\b(?!s)",
    re.IGNORECASE,
)
# What stands before it: "7-year-old Maya", "my seven-year-old daughter, Maya", "fifth grader Maya",
# "a student named Maya", "our son Mateo".
_BEFORE = re.compile(
    rf"(?:\b{_AGE}[- ]years?[- ]old(?:,? {_CHILD})?|\b{_PUPIL}|\b{_CHILD},? (?:who is |is )?(?:named|called)"
    rf"|\b(?:my|our|her|his|their) (?:[\w-]+ )?{_CHILD}),? $",
    re.IGNORECASE,
)
# How what _BEFORE looks for ends.
_PRECEDES = (
    "old",
    "der",
    "ner",
    "ooler",
    "med",
    "called",
    "son",
    "ter",
    "ther",
    "child",
    "kid",
    "boy",
    "girl",
    "dent",
    "pupil",
    "nephew",
    "niece",
    "twin",
    "twins",
)
_REACH = 48  # characters before a name that may speak of it


def named_minor(subject: Subject[Any]) -> Iterator[Finding]:
    """No child is named: not together with an age, a grade or a parent, and not with consent either."""
    for route, text in subject.words if names_a_minor(subject.blob) else ():
        if names_a_minor(text.replace("\n", " ")):
            yield Finding(
                route=route,
                message="a name beside an age, a grade or a parent: a child could be found by it",
                hint='write "a seven-year-old" or "a fifth grader" without the name',
                is_private=True,
            )


def names_a_minor(line: str) -> bool:
    """Whether a line seems to name a child; it knows English only, and not every way of saying it."""
    return any(_is_child(line, *found.span()) and _is_person(found[0]) for found in _NAME.finditer(line))


def _is_child(line: str, start: int, end: int) -> bool:
    """Whether the words beside the name between `start` and `end` make it a child's."""
    if _AFTER.match(line, end):
        return True
    before = line[max(0, start - _REACH) : start]
    return before.rstrip(" ,").lower().endswith(_PRECEDES) and bool(_BEFORE.search(before))


def _is_person(name: str) -> bool:
    """Whether words with capitals are a person's name, not that of a place, a time or a group."""
    words = list(dropwhile(_START.fullmatch, name.split()))
    return bool(words) and not any(_NO_PERSON.fullmatch(word) for word in words)
