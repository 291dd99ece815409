"""What forms ask about a partner and its programs, and which field of a record each answer fills."""

from dataclasses import dataclass
from typing import Literal

from generator.languages import N_
from generator.schema.shapes import Field, Shape

Widget = Literal[
    "line", "text", "lines", "one", "several", "time", "date", "yes", "page", "partner", "school", "rows", "ticks"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: its heading, and the way to its field from the record (or from the program).

    A `page` is a record of the directory, by its name or its address; a `school` is chosen from those of the district.
    A `partner` is written, with the names of all partners to choose from.
    `help` stands in the place of what the schema says of the field; `is_explained` tells whether the site says that.
    `rows` are the questions about each thing of a list, of which there may be several; with none of them, each row has
    one answer.
    """

    label: str
    path: tuple[str | int, ...] = ()
    widget: Widget = "line"
    is_required: bool = False
    help: str = ""
    is_explained: bool = False
    rows: tuple["Question", ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of its field, without places in lists."""
        return tuple(step for step in self.path if isinstance(step, str))

    @property
    def key(self) -> str:
        """The keys of its field as one text."""
        return "/".join(self.names)


PROMISES = (
    N_("I may publish this on behalf of the organization, or it is public already"),
    N_("It names no student and no private person"),
)
PARTNER_QUESTIONS = (
    Question(label=N_("Name of the organization"), path=("name",), is_required=True),
    Question(label=N_("Kind of organization"), path=("kind",), widget="one", is_required=True),
    Question(label=N_("What families get, in one sentence"), path=("summary",), is_required=True),
    Question(label=N_("More about the organization"), path=("description",), widget="text"),
    Question(label=N_("Web address"), path=("website",)),
    Question(label=N_("What it helps with"), path=("focus",), widget="several", is_required=True, is_explained=True),
    Question(label=N_("Languages that its people speak"), path=("languages",), widget="several"),
    Question(label=N_("Communities it is made for"), path=("culturally_specific",), widget="several"),
    Question(
        label=N_("Schools it works with"),
        path=("partnership", "schools"),
        widget="lines",
        help="Names of schools, each on a line of its own.",
    ),
    Question(
        label=N_("Web page where this can be read"),
        path=("sources", 0, "url"),
        is_required=True,
        help=N_("A public page that says so. Staff look there before they publish anything."),
    ),
)
PROGRAM_QUESTIONS = (
    Question(label=N_("Name of the program"), path=("name",), is_required=True),
    Question(label=N_("What a family gets, in one sentence"), path=("summary",), is_required=True),
    Question(label=N_("More about the program"), path=("description",), widget="text"),
    Question(
        label=N_("What the program helps with"), path=("focus",), widget="several", is_required=True, is_explained=True
    ),
    Question(label=N_("Can families join now?"), path=("status", "state"), widget="one"),
    Question(label=N_("First grade"), path=("grades", "from"), widget="one"),
    Question(label=N_("Last grade"), path=("grades", "to"), widget="one", is_explained=True),
    Question(label=N_("Who it is for"), path=("audience",), widget="several"),
    Question(label=N_("Cost"), path=("cost", "kind"), widget="one"),
    Question(label=N_("Price in dollars"), path=("cost", "amount")),
    Question(label=N_("What one payment is for"), path=("cost", "per"), widget="one"),
    Question(label=N_("How a family can pay less"), path=("cost", "help")),
    Question(label=N_("Times of the year"), path=("when", "seasons"), widget="several"),
    Question(label=N_("Days of the week"), path=("when", "sessions", 0, "days"), widget="several"),
    Question(label=N_("Begins at"), path=("when", "sessions", 0, "from"), widget="time"),
    Question(label=N_("Ends at"), path=("when", "sessions", 0, "to"), widget="time"),
    Question(
        label=N_("Schools where it takes place"),
        path=("where", "schools"),
        widget="lines",
        help="Names of schools, each on a line of its own.",
    ),
    Question(label="Name of another place", path=("where", "places", 0, "name")),
    Question(label="Address of that place", path=("where", "places", 0, "address")),
    Question(label=N_("Languages spoken there"), path=("languages",), widget="several"),
    Question(label=N_("Interpreters"), path=("interpretation",), widget="one"),
    Question(label=N_("Help for people with disabilities"), path=("access",), widget="several"),
    Question(label=N_("Food"), path=("meals",), widget="several"),
    Question(
        label="First step to join", path=("join", 0, "do"), help="One step, starting with a verb: Fill in the form"
    ),
    Question(label="Web address to join", path=("join", 0, "url")),
)


def field_of(shape: Shape, question: Question, *, is_program: bool) -> Field:
    """The field of a partner's record that an answer fills."""
    return shape.at(*(("programs",) if is_program else ()), *question.names)
