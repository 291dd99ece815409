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
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’-]+"
_NAME = rf"(?P<name>{_CAPITAL}(?: {_CAPITAL}){{0,2}}(?: [A-ZÀ-ÖØ-Þ]\.)?)"
_AGE = (
    r"(?:[3-9]|1[0-8]|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen)"
)
_NTH = (
    r"(?:[1-9]|1[0-2])(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
)
_PUPIL = rf"(?:(?:{_NTH})[ -]grader|kinder?gart(?:e?ner)|preschooler|(?:{_NTH})[ -]grade (?:student|pupil|girl|boy))"
_CHILD = r"(?:son|daughter|child|kid|boy|girl|student|pupil|grandson|granddaughter|nephew|niece|brother|sister|twins?)"

_CLUE = re.compile(
    r"years?[- ]old|\baged?\b|grade|kinder?gart|preschooler|\bson\b|daughter|\bchild\b|\bkid\b|\bboy\b|\bgirl\b|student"
    r"|pupil|nephew|niece|brother|sister|\btwins?\b|\bwho (?:is|was|turn)|, (?:[3-9]|1[0-8]),|\((?:[3-9]|1[0-8])\)",
    re.IGNORECASE,
)
_NAMED = tuple(
    re.compile(pattern)
    for pattern in (
        # "7-year-old Maya", "my seven year old daughter Maya"
        rf"\b(?i:{_AGE})[- ]years?[- ]old,? (?:(?i:{_CHILD}),? )?{_NAME}",
        # "Maya, 7, said", "Maya (7)", "Maya, age 7", "Maya is 7 years old", "Maya, who is seven"
        rf"\b{_NAME}, {_AGE},",
        rf"\b{_NAME} \({_AGE}\)",
        rf"\b{_NAME},? \(?(?:who (?:is|was) )?aged? {_AGE}\b",
        rf"\b{_NAME},? (?:(?:who )?(?:is|was|turned|turns) )?(?:an? )?\(?{_AGE}[- ]years?[- ]old\b",
        rf"\b{_NAME}, who (?:is|was|turned|turns) {_AGE}\b",
        # "Maya, a 5th grader", "Maya (5th grade)", "Maya is in fifth grade", "fifth grader Maya"
        rf"\b{_NAME},? \(?(?:(?:who )?(?:is|was) )?(?:an? |in |in the )?(?i:{_PUPIL})\b",
        rf"\b{_NAME}(?:,? \(|, |,? (?:who )?(?:is|was) in (?:the )?)"
        rf"(?:(?i:{_NTH}) grade|grade (?:[1-9]|1[0-2]))\b(?!s)",
        rf"\b(?i:{_PUPIL}),? {_NAME}",
        # "a student named Maya", "my daughter Maya", "our son, Mateo"
        rf"\b(?i:{_CHILD}),? (?:who is |is )?(?:named|called) {_NAME}",
        rf"\b(?i:my|our|her|his|their) (?:\w+ )?(?i:{_CHILD}),? {_NAME}",
    )
)


def named_minor(subject: Subject[Any]) -> Iterator[Finding]:
    """No child is named: not together with an age, a grade or a parent, and not with consent either."""
    if _CLUE.search(subject.blob):
        for route, text in subject.words:
            if _CLUE.search(text) and names_a_minor(text):
                yield Finding(
                    route=route,
                    message="a name beside an age, a grade or a parent: a child could be found by it",
                    hint='write "a seven-year-old" or "a fifth grader" without the name',
                    is_private=True,
                )


def names_a_minor(text: str) -> bool:
    """Whether the text seems to name a child; it knows English only, and not every way of saying it."""
    line = " ".join(text.split())
    return any(_is_person(found["name"]) for pattern in _NAMED for found in pattern.finditer(line))


def _is_person(name: str) -> bool:
    """Whether words with capitals are a person's name, not that of a place, a time or a group."""
    words = list(dropwhile(_START.fullmatch, name.split()))
    return bool(words) and not any(_NO_PERSON.fullmatch(word) for word in words)
