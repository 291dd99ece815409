"""The issue forms: which questions each asks, and which field of a record each answer fills."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from generator.shapes import Field, Shape

Widget = Literal["line", "text", "lines", "one", "several", "time", "page"]
NO_RESPONSE = "_No response_"
PROMISES = (
    "I may publish this on behalf of the organization, or it is public already",
    "It names no student and no private person",
)
CONFIRM = "Confirm"
TIMES = tuple(f"{hour:02}:{minute:02}" for hour in range(6, 22) for minute in (0, 15, 30, 45))
"""Times of day that a form offers, from six in the morning to a quarter to ten at night."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its heading, and the way to its field from the record (or from the program).

    A `page` is a record of the directory, by its name or its address. `help` stands in the place of what the schema
    says of the field.
    """

    label: str
    path: tuple[str | int, ...] = ()
    widget: Widget = "line"
    is_required: bool = False
    help: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of its field, without places in lists."""
        return tuple(step for step in self.path if isinstance(step, str))


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


PARTNER_QUESTIONS = (
    Question(label="Name of the organization", path=("name",), is_required=True),
    Question(label="Kind of organization", path=("kind",), widget="one", is_required=True),
    Question(label="What families get, in one sentence", path=("summary",), is_required=True),
    Question(label="More about the organization", path=("description",), widget="text"),
    Question(label="Web address", path=("website",)),
    Question(label="What it helps with", path=("focus",), widget="several", is_required=True),
    Question(label="Languages that its people speak", path=("languages",), widget="several"),
    Question(label="Communities it is made for", path=("culturally_specific",), widget="several"),
    Question(
        label="Schools it works with",
        path=("partnership", "schools"),
        widget="lines",
        help="Names of schools, each on a line of its own.",
    ),
    Question(
        label="Web page where this can be read",
        path=("sources", 0, "url"),
        is_required=True,
        help="A public page that says so. Staff look there before they publish anything.",
    ),
)
PROGRAM_QUESTIONS = (
    Question(label="Name of the program", path=("name",), is_required=True),
    Question(label="What a family gets, in one sentence", path=("summary",), is_required=True),
    Question(label="More about the program", path=("description",), widget="text"),
    Question(label="What the program helps with", path=("focus",), widget="several", is_required=True),
    Question(label="First grade", path=("grades", "from"), widget="one"),
    Question(label="Last grade", path=("grades", "to"), widget="one"),
    Question(label="Who it is for", path=("audience",), widget="several"),
    Question(label="Cost", path=("cost", "kind"), widget="one"),
    Question(label="Price in dollars", path=("cost", "amount")),
    Question(label="What one payment is for", path=("cost", "per"), widget="one"),
    Question(label="How a family can pay less", path=("cost", "help")),
    Question(label="Times of the year", path=("when", "seasons"), widget="several"),
    Question(label="Days of the week", path=("when", "sessions", 0, "days"), widget="several"),
    Question(label="Begins at", path=("when", "sessions", 0, "from"), widget="time"),
    Question(label="Ends at", path=("when", "sessions", 0, "to"), widget="time"),
    Question(
        label="Schools where it takes place",
        path=("where", "schools"),
        widget="lines",
        help="Names of schools, each on a line of its own.",
    ),
    Question(label="Name of another place", path=("where", "places", 0, "name")),
    Question(label="Address of that place", path=("where", "places", 0, "address")),
    Question(label="Languages spoken there", path=("languages",), widget="several"),
    Question(label="Interpreters", path=("interpretation",), widget="one"),
    Question(label="Help for people with disabilities", path=("access",), widget="several"),
    Question(label="Food", path=("meals",), widget="several"),
    Question(
        label="First step to join", path=("join", 0, "do"), help="One step, starting with a verb: Fill in the form"
    ),
    Question(label="Web address to join", path=("join", 0, "url")),
)
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


def field_of(shape: Shape, question: Question, *, is_program: bool) -> Field:
    """The field of a partner's record that an answer fills."""
    return shape.at(*(("programs",) if is_program else ()), *question.names)


def changeable(shape: Shape) -> Mapping[str, tuple[Question, Field, bool]]:
    """What the form for changes offers: the question that asks for it, its field, and whether a program has it."""
    return MappingProxyType(dict(_changeable(shape)))


def _changeable(shape: Shape) -> Iterator[tuple[str, tuple[Question, Field, bool]]]:
    for question in PARTNER_QUESTIONS:
        if question.names[0] != "sources":
            yield f"Partner: {question.label}", (question, field_of(shape, question, is_program=False), False)
    for question in PROGRAM_QUESTIONS:
        yield f"Program: {question.label}", (question, field_of(shape, question, is_program=True), True)
