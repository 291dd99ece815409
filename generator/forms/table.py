"""The file from which a browser checks a form: the schema, the patterns, and the headings of the issue form."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from generator.forms.asked import asked, formats, patterns, schema_of, whole_schema
from generator.forms.issue import CHANGE, CONFIRM, FORMS, Form
from generator.forms.patterns import looks
from generator.forms.questions import PROMISES, Question
from generator.forms.site import SiteForm
from generator.model.common import GRADES

FOLDER = "forms"
"""Where these files lie in the site; nothing in them is of one language."""


def address_of(form: SiteForm) -> str:
    """The path of a form's file in the site."""
    return f"{FOLDER}/{form.name}.json"


def table(form: SiteForm, folder: Path) -> bytes:
    """The file of a form; `folder` has the schemas."""
    found = asked(schema_of(folder, form), form.questions)
    return encoded(found, patterns(whole_schema(folder, form.record)), issue=issue_of(form))


def encoded(schema: Mapping[str, Any], known: Mapping[str, str], *, issue: Mapping[str, Any] | None = None) -> bytes:
    """A schema as a browser takes it: what is asked, the patterns of its formats out of all that are known."""
    wanted = formats(schema)
    return msgspec.json.encode(
        {
            "schema": schema,
            "patterns": {name: pattern for name, pattern in sorted(known.items()) if name in wanted},
            "looks": looks(),
            "grades": GRADES,
            "issue": issue or {},
        }
    )


def issue_of(form: SiteForm) -> dict[str, Any]:
    """How the answers stand in an issue: the form's headings in order, and those of the form for changes."""
    known: Mapping[str, Form] = {each.name: each for each in FORMS}
    if form.issue not in known:
        return {}
    asked = known[form.issue]
    return {
        "title": asked.title,
        "label": asked.name,
        "questions": _headings(asked.questions),
        "change": {"title": CHANGE.title, "label": CHANGE.name, "questions": _headings(CHANGE.questions)},
        "prefix": "Program: " if form.within else "Partner: ",
        "confirm": CONFIRM,
        "promises": PROMISES,
    }


def _headings(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [{"label": question.label, "path": question.path, "widget": question.widget} for question in questions]
