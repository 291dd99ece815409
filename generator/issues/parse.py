"""The text of an issue that was written with a form, read strictly: every heading once, in its order, and no other.

A usual reader lets a later heading overwrite an earlier one, so that an answer can hold a field that nobody sees.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.forms.issue import CONFIRM, FORMS, NO_RESPONSE, Form
from generator.forms.questions import PROMISES
from generator.source.characters import describe, forbidden

LONGEST = 40_000
"""Characters of an issue; GitHub takes 65,536, and a form filled in everywhere has a fifth of that."""
HEADING = re.compile(r"^ {0,3}###(?:[ \t]+(.*?))?[ \t#]*$", re.MULTILINE)
PICTURE = re.compile(
    r"<img\b[^>]*>|!\[[^\]]*\]\([^)]*\)"
    r"|(?:\[[^\]]*\]\()?https://(?:github\.com/user-attachments|user-images\.githubusercontent\.com)/[^\s)>]*\)?",
    re.IGNORECASE,
)
TICKED = re.compile(r"- \[[xX]\] (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Why an issue cannot be taken: what is wrong, at which question (none for the whole), and what to do.

    `is_ours` when the words hold nothing of the issue.
    """

    message: str
    question: str = ""
    hint: str = ""
    is_ours: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A form with its answers by heading, those that say nothing left out; `notes` tell what was left out of them."""

    form: Form
    answers: Mapping[str, str]
    notes: tuple[str, ...] = ()


def parse(body: str) -> Filled | tuple[Complaint, ...]:
    """The form that an issue was written with and its answers, or why it is none."""
    text = body.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    if len(text) > LONGEST:
        return (Complaint(message=f"The issue has {len(text):,} characters; the most is {LONGEST:,}."),)
    if strange := next(forbidden(text), None):
        return (Complaint(message=f"It holds {describe(strange[1])}.", hint="Type the text around it again."),)
    if "<!--" in text:
        return (Complaint(message="It holds a hidden comment (<!--).", hint="Take the comment out."),)
    parts = sections(text)
    form = next((form for form in FORMS if parts and form.headings[0] == parts[0][0]), None)
    if form is None:
        hint = "Open a new issue and choose a form; what is private goes to the district by e-mail, never here."
        return (Complaint(message="It was not written with one of the forms.", hint=hint),)
    complaints = (*_misplaced(text, form, [heading for heading, _ in parts]),)
    return complaints or _filled(form, dict(parts))


def sections(text: str) -> list[tuple[str, str]]:
    """Every heading with what stands below it, in order, even where the same stands there twice."""
    found = list(HEADING.finditer(text))
    ends = [each.start() for each in found[1:]] + [len(text)]
    return [((each[1] or "").strip(), text[each.end() : end].strip()) for each, end in zip(found, ends, strict=False)]


def _misplaced(text: str, form: Form, headings: list[str]) -> Iterator[Complaint]:
    """What is wrong with the headings of an issue."""
    if HEADING.split(text, maxsplit=1)[0].strip():
        yield Complaint(message="Something stands above the first heading.", hint="Take it out.")
    for heading in dict.fromkeys(headings):
        if heading not in form.headings:
            hint = 'Lines that begin with "###" may only be the form\'s own; take this one out.'
            yield Complaint(message="There is a heading that the form does not have.", hint=hint)
        elif headings.count(heading) > 1:
            yield Complaint(message="This heading is there more than once.", question=heading, hint="Leave only one.")
    for heading in form.headings:
        if heading not in headings:
            yield Complaint(message="This heading of the form is missing.", question=heading, hint="Put it back.")
    known = [heading for heading in headings if heading in form.headings]
    if sorted(known) == sorted(form.headings) and known != [*form.headings]:
        yield Complaint(message="The headings are not in the order of the form.", hint="Fill in a new form.")


def _filled(form: Form, parts: Mapping[str, str]) -> Filled | tuple[Complaint, ...]:
    """The answers, or what is missing or not a single line."""
    answers, notes, complaints = {}, [], []
    for question in form.questions:
        given = "" if parts[question.label] == NO_RESPONSE else parts[question.label]
        answer = PICTURE.sub("", given).strip()
        if answer != given:
            notes.append(f"{question.label}: pictures and attached files were left out; photos need a consent first.")
        if "\n" in answer and question.widget not in ("text", "lines"):
            complaints.append(Complaint(question=question.label, message="This is one line only.", hint="Shorten it."))
        elif answer:
            answers[question.label] = answer
        elif question.is_required:
            complaints.append(Complaint(question=question.label, message="This is needed and was left empty."))
    ticked = TICKED.findall(parts[CONFIRM])
    complaints += [
        Complaint(question=CONFIRM, message=f'"{promise}" is not ticked.')
        for promise in PROMISES
        if promise not in ticked
    ]
    if complaints:
        return tuple(complaints)
    return Filled(form=form, answers=answers, notes=tuple(notes))
