"""Which column of a table of answers is which field of a nomination: by a map, else by the words of its heading."""

import re
from collections.abc import Iterator, Mapping

from generator.forms.nomination import NOMINATION_FORM
from generator.intake.mapping import Column, Map, Target, target_of
from generator.intake.table import Table, heading
from generator.nominations.season import Refused
from generator.schema.shapes import Field, Shape
from generator.text import excerpt, fold, visible

NEEDED = ("organization", "what")
HEADING_SHOWN, COLUMNS_SHOWN = 60, 20
ALIASES: Mapping[str, str] = dict.fromkeys(("email", "e mail", "email address"), "nominator.email")
"""What forms of Google and Microsoft call what they add by themselves."""
_SIGNS = re.compile(r"[^\w]+")

Taken = tuple[int, Target, Column | None]
"""A column's place, its field, and what a map says of it."""


def taken_columns(table: Table, plan: Map, shape: Shape) -> tuple[Taken, ...]:
    """Every column that is taken; Refused when none holds what each nomination needs."""
    found = tuple(_by_map(table, plan) if plan.columns else _by_words(table, shape))
    there = {target.steps[0] for _, target, _ in found}
    if missing := [name for name in NEEDED if name not in there]:
        asked = " or ".join(f'"{shape.at(name).description}" ({name})' for name in missing)
        present = ", ".join(f'"{shown(each)}"' for each in table.headings[:COLUMNS_SHOWN])
        raise Refused(f"{table.name}: no column is called {asked}; say which column it is. There are: {present}")
    return found


def shown(words: str) -> str:
    """A heading as it can be shown."""
    return excerpt(visible(words), HEADING_SHOWN)


def _by_map(table: Table, plan: Map) -> Iterator[Taken]:
    for column in plan.columns:
        places = [n for n, words in enumerate(table.headings) if words == column.heading]
        if len(places) < max(column.number, 1) or (len(places) > 1 and not column.number):
            many = "is no column" if not places else f"are {len(places)} columns"
            raise Refused(f'{table.name}: there {many} "{shown(column.heading)}"; say in the map which is meant')
        yield places[max(column.number, 1) - 1], column.target, column


def _by_words(table: Table, shape: Shape) -> Iterator[Taken]:
    known = known_words(shape)
    for number, words in enumerate(table.headings):
        path = known.get(plain(words))
        if path and path != "form":
            yield number, target_of(path, shape), None


def known_words(shape: Shape) -> Mapping[str, str]:
    """The field of every heading that is known: the form's questions, those of the schema, and the fields' keys."""
    asked = {
        plain(each.label): ".".join(map(str, each.path)) for part in NOMINATION_FORM.parts for each in part.questions
    }
    return {**ALIASES, **asked, **{plain(words): path for path, words in questions(shape.fields)}}


def plain(words: str) -> str:
    """A heading without marks, numbers before it, and what forms add to it."""
    text = _SIGNS.sub(" ", fold(heading(words))).strip()
    return re.sub(r"^[0-9]+ | (?:required|optional)$", "", text)


def questions(fields: tuple[Field, ...], before: str = "") -> Iterator[tuple[str, str]]:
    """(path, words) of every field: its question, the first sentence of it, and its key."""
    for each in fields:
        path = f"{before}{each.name}"
        if each.fields:
            yield from questions(each.fields, f"{path}.")
        else:
            first = re.split(r"(?<=[?.])\s", each.description, maxsplit=1)[0]
            yield from ((path, each.description), (path, first), (path, each.name), (path, path))
