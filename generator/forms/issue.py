"""The issue forms: which questions each asks, and which field of a record each answer fills."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from generator.forms.questions import PARTNER_QUESTIONS, PROGRAM_QUESTIONS, Question, field_of
from generator.schema.shapes import Field, Shape

NO_RESPONSE = "_No response_"
CONFIRM = "Confirm"
TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(6, 22) for minute in (0, 15, 30, 45))
"""Times of day that a form offers, from six in the morning to a quarter to ten at night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One issue form; `label` is set on the issue, `file` is its template's name."""

    name: str
    file: str
    title: str
    description: str
    questions: tuple[Question, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of an issue that was written with the form, in order."""
        return (*(question.label for question in self.questions), CONFIRM)


PARTNER = Form(
    name="new-partner",
    file="1-new-partner.yml",
    title="New partner",
    description="Propose an organization for the directory. Everything you write here is public at once.",
    questions=PARTNER_QUESTIONS,
)
PROGRAM = Form(
    name="new-program",
    file="2-new-program.yml",
    title="New program",
    description="Propose a program of a partner that is in the directory. Everything you write here is public at once.",
    questions=(
        Question(
            label="Partner that runs it",
            widget="page",
            is_required=True,
            help="Its name in the directory, or the address of its page there.",
        ),
        *PROGRAM_QUESTIONS,
    ),
)
CHANGE = Form(
    name="change",
    file="3-change.yml",
    title="Change to a record",
    description="Say what one field of a record should be. Everything you write here is public at once.",
    questions=(
        Question(
            label="Partner or program to change",
            widget="page",
            is_required=True,
            help="The address of its page in the directory, or its name. A program: partner/program.",
        ),
        Question(
            label="What should change",
            widget="one",
            is_required=True,
            help="One thing; open another issue for the next.",
        ),
        Question(
            label="What it should say",
            widget="text",
            is_required=True,
            help="The whole new value. Of several things, each on a line of its own. A cost: Free, or $25 a week. "
            "To take it out, write: remove",
        ),
        Question(label="Web page that says so", help="A public page, if there is one."),
    ),
)
MISTAKE = Form(
    name="mistake",
    file="4-mistake.yml",
    title="Report a mistake",
    description="Something is wrong, or a link leads nowhere. Everything you write here is public at once.",
    questions=(
        Question(
            label="Page with the mistake", is_required=True, help="The address of the page, or the name of the record."
        ),
        Question(label="What is wrong", widget="text", is_required=True, help="And what is right, if you know it."),
        Question(label="Web page that shows it", help="A public page, if there is one."),
    ),
)
FORMS = (PARTNER, PROGRAM, CHANGE, MISTAKE)
RECORD, WHAT, VALUE, SHOWN = CHANGE.questions


def changeable(shape: Shape) -> Mapping[str, tuple[Question, Field, bool]]:
    """What the form for changes offers: the question that asks for it, its field, and whether a program has it."""
    return MappingProxyType(dict(_changeable(shape)))


def _changeable(shape: Shape) -> Iterator[tuple[str, tuple[Question, Field, bool]]]:
    for question in PARTNER_QUESTIONS:
        if question.names[0] != "sources":
            yield f"Partner: {question.label}", (question, field_of(shape, question, is_program=False), False)
    for question in PROGRAM_QUESTIONS:
        yield f"Program: {question.label}", (question, field_of(shape, question, is_program=True), True)
