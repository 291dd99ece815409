"""What is told of one record that differs, and what it is worked out from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from generator.compare.fields import Change
from generator.compare.trees import Tree
from generator.compare.values import NOT_SHOWN
from generator.model.common import from_record
from generator.problems import Problem, has_errors
from generator.records.folders import BY_NAME, PICTURE, TRANSLATION
from generator.rules import inspect
from generator.schema import Schemas
from generator.schema.shapes import Shape
from generator.source import parse

Outcome = Literal["added", "removed", "renamed", "changed"]
KIND_NAMES = {
    TRANSLATION: "translation",
    PICTURE: "picture",
    "page": "hand-written page",
    "translated-page": "translated page",
    "": "file",
}
TITLES = ("name", "title", "short_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One record, translation, page or picture that differs.

    `path` is where it is now, or was; `former` where a renamed one was. `stale` names, by language, the translated
    texts whose English changed. `problems` are the errors of the record by itself, as it is now.
    """

    path: str
    kind: str
    name: str
    outcome: Outcome
    former: str = ""
    changes: tuple[Change, ...] = ()
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    note: str = ""


def shown(changes: Iterable[Change], problems: Iterable[Problem]) -> tuple[Change, ...]:
    """The changes, without new values where a record holds something private: the check shows no line of it either."""
    found = tuple(changes)
    if not any(problem.at.line and not problem.excerpt for problem in problems):
        return found
    return tuple(
        replace(c, after=NOT_SHOWN if c.after else "", added=(NOT_SHOWN,) * bool(c.added), pieces=()) for c in found
    )


@dataclass(frozen=True, kw_only=True)
class Reader:
    """What records are read with: today's schemas and shapes, whatever they were in another revision."""

    schemas: Schemas
    shapes: Mapping[str, Shape]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A record in one of two trees; `data` is empty when it cannot be read."""

    path: str
    data: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """What people call the record."""
        known = (str(self.data[key]) for key in TITLES if isinstance(self.data.get(key), str))
        return next(known, self.path.rpartition("/")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The names of records by folder and slug, from the first of some trees that has them; remembered."""

    trees: tuple[Tree, ...]
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def name(self, folder: str, slug: str) -> str:
        """What people call the record; empty when there is none."""
        key = (folder, slug)
        if key not in self.known:
            self.known[key] = next(filter(None, (_name_in(tree, folder, slug) for tree in self.trees)), "")
        return self.known[key]


def _name_in(tree: Tree, folder: str, slug: str) -> str:
    file, key = {"regions": ("district/district.yml", "regions"), "goals": ("district/priorities.yml", "goals")}.get(
        folder, (f"{folder}/{slug}.yml", "")
    )
    data = data_at(tree, file)
    things = data.get(key, ()) if key else (data,)
    for each in things if isinstance(things, list | tuple) else ():
        if isinstance(each, dict) and (not key or each.get("slug") == slug):
            return str(each.get("short_name") or each.get("name") or each.get("title") or "")
    return ""


def data_at(tree: Tree, path: str) -> dict[str, Any]:
    """What the file at a path says, as text; empty when it cannot be read or is not there."""
    document, _ = parse(tree.read(path), relative=path) if path in tree.ids else (None, ())
    return document.data if document else {}


def side_of(tree: Tree, path: str, kind: str, reader: Reader) -> Side:
    """A record in a tree, read with today's schema, with its own errors."""
    if path not in tree.ids:
        return Side(path=path, data={})
    document, problems = parse(tree.read(path), relative=path)
    if document is None:
        return Side(path=path, data={}, problems=problems)
    data = reader.schemas.coerce(kind, document.data)
    problems = reader.schemas.check(kind, document, data)
    if not has_errors(problems):
        record = from_record(BY_NAME[kind].record, slug_of(path), data) if kind in BY_NAME else None
        problems = inspect(kind, document, record)
    return Side(path=path, data=data, problems=tuple(p for p in problems if p.is_error))


def slug_of(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yml")
