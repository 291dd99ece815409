"""The forms on the site: what each asks, in which order, and which list of a record has rows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from generator.forms.questions import PARTNER_QUESTIONS, PROGRAM_QUESTIONS, Question
from generator.languages import N_


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Questions that belong together, with what they are about; `is_folded` tells that scripts may fold them up."""

    title: str
    questions: tuple[Question, ...]
    help: str = ""
    is_folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteForm:
    """A form on the site; `record` is what it fills, `within` the way to that in the record's file.

    `issue` is the name of the issue form that asks the same.
    """

    name: str
    record: str
    parts: tuple[Part, ...]
    within: tuple[str, ...] = ()
    issue: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Everything that it asks, in order."""
        return tuple(question for part in self.parts for question in part.questions)


def by_key(questions: Iterable[Question]) -> Mapping[str, Question]:
    """The questions by the keys of their fields."""
    return MappingProxyType({question.key: question for question in questions})


def rows_of(question: Question, path: tuple[str, ...], label: str, *rows: Question) -> Question:
    """A list of things in the place of a question about the first of them."""
    return replace(question, label=label, path=path, widget="rows", help="", rows=rows, is_required=False)


P, G = by_key(PARTNER_QUESTIONS), by_key(PROGRAM_QUESTIONS)
CONTACTS = Question(
    label=N_("People to ask"),
    path=("contacts",),
    widget="rows",
    is_explained=True,
    rows=(
        Question(label=N_("What this contact is for"), path=("role",), is_required=True),
        Question(label=N_("Name of the person"), path=("name",), is_explained=True),
        Question(label=N_("Phone number"), path=("phone",)),
        Question(label=N_("E-mail address"), path=("email",)),
        Question(label=N_("Languages"), path=("languages",), widget="several"),
    ),
)
SCHOOL = Question(label=N_("School"), widget="school")
SOURCE = replace(P["sources/url"], path=("url",), is_required=False)  # others are documents
PARTNER_FORM = SiteForm(
    name="partner",
    record="partner",
    issue="new-partner",
    parts=(
        Part(
            title=N_("About the organization"),
            questions=tuple(
                P[key] for key in ("name", "kind", "summary", "description", "website", "focus", "languages")
            )
            + (P["culturally_specific"],),
        ),
        Part(
            title=N_("Schools"),
            questions=(
                rows_of(P["partnership/schools"], ("partnership", "schools"), N_("Schools it works with"), SCHOOL),
            ),
        ),
        Part(title=N_("How to reach it"), questions=(CONTACTS,)),
        Part(
            title=N_("Where these facts come from"),
            questions=(
                replace(
                    rows_of(P["sources/url"], ("sources",), N_("Web pages where this can be read"), SOURCE),
                    is_required=True,
                ),
            ),
        ),
    ),
)
SESSION = (
    replace(G["when/sessions/days"], path=("days",)),
    replace(G["when/sessions/from"], path=("from",)),
    replace(G["when/sessions/to"], path=("to",)),
    Question(label=N_("First day"), path=("starts",), widget="date"),
    Question(label=N_("Last day"), path=("ends",), widget="date"),
    Question(label=N_("More about the times"), path=("note",)),
)
PLACE = (
    Question(label=N_("Name of the place"), path=("name",), is_required=True),
    Question(label=N_("Address"), path=("address",), is_explained=True),
)
STEP = (
    Question(label=N_("What to do"), path=("do",), is_required=True, is_explained=True),
    Question(label=N_("Web address"), path=("url",)),
    Question(label=N_("Phone number"), path=("phone",)),
    Question(label=N_("Number for text messages"), path=("sms",)),
    Question(label=N_("E-mail address"), path=("email",)),
)
PROGRAM_FORM = SiteForm(
    name="program",
    record="partner",
    within=("programs",),
    issue="new-program",
    parts=(
        Part(
            title=N_("About this program"),
            questions=(
                *(G[key] for key in ("name", "summary", "description", "focus", "status/state")),
                Question(label=N_("Day of this answer"), path=("status", "as_of"), widget="date"),
            ),
        ),
        Part(
            title=N_("Who can come"),
            is_folded=True,
            questions=(
                G["grades/from"],
                G["grades/to"],
                Question(label=N_("Youngest age"), path=("ages", "min")),
                Question(label=N_("Oldest age"), path=("ages", "max")),
                G["audience"],
                Question(label=N_("Anything else about who can come"), path=("eligibility",)),
            ),
        ),
        Part(
            title=N_("Cost"),
            is_folded=True,
            questions=(G["cost/kind"], G["cost/amount"], G["cost/per"], G["cost/help"]),
        ),
        Part(
            title=N_("When"),
            is_folded=True,
            questions=(
                G["when/seasons"],
                rows_of(G["when/sessions/days"], ("when", "sessions"), N_("Days and times"), *SESSION),
                Question(label=N_("Last day to sign up"), path=("when", "register_by"), widget="date"),
            ),
        ),
        Part(
            title=N_("Where"),
            is_folded=True,
            questions=(
                rows_of(G["where/schools"], ("where", "schools"), N_("Schools where it takes place"), SCHOOL),
                rows_of(G["where/places/name"], ("where", "places"), N_("Other places"), *PLACE),
                Question(label=N_("Online, from home"), path=("where", "online"), widget="yes"),
            ),
        ),
        Part(
            title=N_("Languages, access and food"),
            is_folded=True,
            questions=(
                G["languages"],
                G["interpretation"],
                G["access"],
                G["meals"],
                Question(
                    label=N_("What to bring"),
                    path=("bring",),
                    widget="rows",
                    rows=(Question(label=N_("Thing to bring")),),
                ),
            ),
        ),
        Part(
            title=N_("How to join"),
            questions=(rows_of(G["join/do"], ("join",), N_("Steps to join, in order"), *STEP), CONTACTS),
        ),
    ),
)
MISTAKE_FORM = SiteForm(
    name="mistake",
    record="",
    issue="mistake",
    parts=(
        Part(
            title=N_("The mistake"),
            questions=(
                Question(
                    label=N_("Page with the mistake"),
                    path=("page",),
                    is_required=True,
                    help=N_("The address of the page, or the name of the record."),
                ),
                Question(
                    label=N_("What is wrong"),
                    path=("wrong",),
                    widget="text",
                    is_required=True,
                    help=N_("And what is right, if you know it."),
                ),
                Question(
                    label=N_("Web page that shows it"), path=("shown",), help=N_("A public page, if there is one.")
                ),
            ),
        ),
    ),
)
SITE_FORMS = (PARTNER_FORM, PROGRAM_FORM, MISTAKE_FORM)


def ways(form: SiteForm) -> dict[Question, tuple[str, ...]]:
    """The way to the field of every question in the record's file, those about the rows of lists among them."""
    found = {}
    for question in form.questions:
        found[question] = (*form.within, *question.names)
        found |= {row: (*form.within, *question.names, *row.names) for row in question.rows}
    return found
