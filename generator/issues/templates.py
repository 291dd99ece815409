"""The issue forms as GitHub reads them, made from the forms, the schema and the vocabularies.

https://docs.github.com/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema
"""

from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from generator.compare.values import english
from generator.forms.issue import CHANGE, CONFIRM, FORMS, PROGRAM, TIMES, WHAT, Form, changeable
from generator.forms.questions import PROMISES, Question, field_of
from generator.languages import Locale
from generator.schema.shapes import Field, Shape
from generator.schema.wording import as_yaml
from generator.vocabulary import Vocabulary

FOLDER = ".github/ISSUE_TEMPLATE"
HEAD = "# Made by `make bless` from generator/forms/questions.py, the schema and the vocabularies: edit those.\n"
WARNING = (
    "**What you write here is public at once and for ever.** Never write a student's name, a private telephone number "
    "or anything about a nomination. Staff of the district look at it first; nothing is published by itself."
)


def templates(shape: Shape, vocabularies: Mapping[str, Vocabulary]) -> dict[str, str]:
    """The text of each template by its path; `shape` is that of a partner."""
    return {f"{FOLDER}/{form.file}": HEAD + _yaml(_template(form, shape, vocabularies)) for form in FORMS}


def _yaml(template: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(template), sort_keys=False, allow_unicode=True, width=110)


def _template(form: Form, shape: Shape, vocabularies: Mapping[str, Vocabulary]) -> dict[str, Any]:
    locale = english(vocabularies)
    asked = (_element(form, question, shape, vocabularies, locale) for question in form.questions)
    promises = [{"label": promise, "required": True} for promise in PROMISES]
    return {
        "name": form.title,
        "description": form.description,
        "title": f"{form.title}: ",
        "labels": [form.name],
        "body": [
            {"type": "markdown", "attributes": {"value": WARNING}},
            *asked,
            {"type": "checkboxes", "id": "confirm", "attributes": {"label": CONFIRM, "options": promises}},
        ],
    }


def _element(
    form: Form, question: Question, shape: Shape, vocabularies: Mapping[str, Vocabulary], locale: Locale
) -> dict[str, Any]:
    field = field_of(shape, question, is_program=form is PROGRAM) if question.path else None
    attributes: dict[str, Any] = {"label": question.label}
    if told := " ".join(_help(question, field)):
        attributes["description"] = told
    kind = {"text": "textarea", "lines": "textarea", "one": "dropdown", "several": "dropdown", "time": "dropdown"}
    element = {"type": kind.get(question.widget, "input"), "id": _id(question), "attributes": attributes}
    if question.widget in ("one", "several", "time"):
        attributes["options"] = list(options(form, question, shape, vocabularies, locale))
    if question.widget == "several":
        attributes["multiple"] = True
    if question.widget == "line" and field and field.examples and isinstance(field.examples[0], str | int | float):
        attributes["placeholder"] = as_yaml(field.examples[0]).strip('"')
    return element | ({"validations": {"required": True}} if question.is_required else {})


def _help(question: Question, field: Field | None) -> Iterator[str]:
    """What stands below the heading: for what the field is, and how long it may be."""
    if question.help:
        yield question.help
    elif field:
        yield field.description.partition(" Write the code from")[0]
    if field and field.longest and field.form in ("line", "prose") and question.widget in ("line", "text"):
        yield f"At most {field.longest:,} characters."


def options(
    form: Form, question: Question, shape: Shape, vocabularies: Mapping[str, Vocabulary], locale: Locale
) -> tuple[str, ...]:
    """What a list of a form offers, as people read it."""
    if form is CHANGE and question == WHAT:
        return tuple(changeable(shape))
    if question.widget == "time":
        return tuple(" ".join(locale.clock(time).split()) for time in TIMES)
    field = field_of(shape, question, is_program=form is PROGRAM)
    return tuple(term.label for term in vocabularies[field.vocabulary].current)


def _id(question: Question) -> str:
    """A name for the question in the form's own file."""
    letters = "".join(letter if letter.isalnum() else "-" for letter in question.label.lower())
    return "-".join(filter(None, letters.split("-")))
