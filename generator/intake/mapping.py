"""The map that says which column is which field: MAP.yml, checked by its schema and against the fields there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.intake.table import heading
from generator.nearest import nearest
from generator.problems import Problem, has_errors, in_order
from generator.schema import Schemas
from generator.schema.shapes import Field, Shape
from generator.source import Document, Route, read

PROGRAM = "program"
SLUG = Field(name="slug", form="slug", description="The record's address.")
WHOLE = ("grades", "ages", "cost")
"""Fields made of several that one answer can give: "K-5", "6 to 12 years", "$25 a week"."""
"""Groups that one answer such as "K-5" can fill."""
TRUSTED = ("verified", "former_slugs", "logo", "partnership.agreement", "partnership.requirements")
"""What no form can know: only a constant may give it, which staff have written."""
NO_WORDS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A field of a partner, or of a program: its way from there, with the numbers of items in lists (from 0)."""

    path: str  # as people write it
    is_program: bool
    steps: tuple[str | int, ...]
    field: Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that is taken: the `number`-th with this heading, 0 for the only one."""

    heading: str
    target: Target
    number: int = 0
    separator: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: NO_WORDS)
    leaves_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A value for a field that no column gives."""

    target: Target
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Map:
    """How the rows of a file become partners; see schema/map.schema.json."""

    columns: tuple[Column, ...] = ()
    constants: tuple[Constant, ...] = ()
    partner_key: str = ""
    program_key: str = ""
    dates: str = ""
    decimal: str = "point"
    separator: str = ""
    conflicts: str = "refuse"
    blank: tuple[str, ...] = ()
    delete: tuple[str, ...] = ()
    document: Document | None = field(default=None, compare=False)

    @property
    def wanted(self) -> frozenset[str]:
        """Every heading that the map speaks of."""
        return frozenset((*(c.heading for c in self.columns), self.partner_key, self.program_key)) - {""}


def read_map(path: Path, schemas: Schemas, shape: Shape) -> tuple[Map | None, tuple[Problem, ...]]:
    """The map of a file, or what is wrong with it."""
    document, problems = read(path, relative=path.name)
    if document is None:
        return None, problems
    data = schemas.coerce("map", document.data)
    problems = schemas.check("map", document, data)
    if has_errors(problems):
        return None, problems
    problems = in_order(_faults(document, data, shape))
    return (None, problems) if has_errors(problems) else (_map(document, data, shape), problems)


def _map(document: Document, data: Mapping[str, Any], shape: Shape) -> Map:
    constants = data.get("constants", ())
    return Map(
        columns=tuple(_column(each, shape) for each in data.get("columns", ())),
        constants=tuple(Constant(target=target_of(each["to"], shape), value=each["value"]) for each in constants),
        partner_key=heading(data.get("partner_key", "")),
        program_key=heading(data.get("program_key", "")),
        dates=data.get("dates", ""),
        decimal=data.get("decimal", "point"),
        separator=data.get("separator", ""),
        conflicts=data.get("conflicts", "refuse"),
        blank=tuple(data.get("blank", ())),
        delete=tuple(data.get("delete", ())),
        document=document,
    )


def _column(given: Mapping[str, Any], shape: Shape) -> Column:
    return Column(
        heading=heading(given["column"]),
        target=target_of(given["to"], shape),
        number=given.get("number", 0),
        separator=given.get("separator", ""),
        words=MappingProxyType(given.get("words", {})),
        leaves_out=given.get("unknown") == "leave-out",
    )


def target_of(path: str, shape: Shape) -> Target:
    """The field that a path like `program.cost.amount` names; LookupError, saying why, when there is none."""
    names = path.split(".")
    is_program = names[0] == PROGRAM
    fields = shape.at("programs").fields if is_program else (SLUG, *(f for f in shape.fields if f.name != "programs"))
    steps: list[str | int] = []
    found: Field | None = None
    for name in names[is_program:]:
        if name.isdecimal():
            if found is None or not found.is_list or not isinstance(steps[-1], str):
                raise LookupError(f'"{path}" has a number where there is no list')
            steps.append(int(name) - 1)
            continue
        if found is not None and found.is_list and isinstance(steps[-1], str):
            steps.append(0)
        here = found.fields if found is not None else fields
        below = next((each for each in here if each.name == name), None)
        if below is None:
            near = nearest(name, [each.name for each in here])
            raise LookupError(
                f'there is no field "{path}"' + (f'; did you mean "{_instead(path, name, near)}"?' if near else "")
            )
        steps.append(name)
        found = below
    if found is None:
        raise LookupError(f'"{path}" is no field; name one, such as {PROGRAM}.name')
    if found.form == "group" and (found.is_list or found.name not in WHOLE):
        raise LookupError(f'"{path}" holds several fields; name one of them: {", ".join(f.name for f in found.fields)}')
    return Target(path=path, is_program=is_program, steps=tuple(steps), field=found)


def _instead(path: str, name: str, near: str) -> str:
    return ".".join(near if each == name else each for each in path.split("."))


def _faults(document: Document, data: Mapping[str, Any], shape: Shape) -> Iterator[Problem]:
    """What the schema cannot see: fields that do not exist, and what is given twice."""
    taken: dict[tuple[Any, ...], str] = {}
    for group in ("columns", "constants"):
        for number, each in enumerate(data.get(group, ())):
            route = (group, number)
            try:
                target = target_of(each["to"], shape)
            except LookupError as error:
                yield _fault(document, (*route, "to"), str(error.args[0]), "the data dictionary lists all fields")
                continue
            if group == "columns":
                yield from _column_faults(document, route, each, target)
            own = (target.is_program, target.steps) if group == "columns" else (group, target.is_program, target.steps)
            if own in taken and not target.field.is_list:
                yield _fault(
                    document, (*route, "to"), f'"{each["to"]}" is given twice', f"{taken[own]} gives it already"
                )
            taken[own] = f'"{each.get("column") or each.get("value")}"'
    if not any(key in data for key in ("columns", "constants")):
        yield _fault(
            document, (), "this map names no column", "add columns; partners import --suggest-map proposes some"
        )


def _column_faults(document: Document, route: Route, given: Mapping[str, str], target: Target) -> Iterator[Problem]:
    private = next((name for name in TRUSTED if f"{target.path}.".startswith(f"{name}.")), "")
    if private and not target.is_program:
        hint = "if you have checked it, give it as a constant"
        yield _fault(document, (*route, "to"), f'"{private}" is for staff to say, not for a form', hint)
    if "separator" in given and not target.field.is_list:
        yield _fault(document, (*route, "separator"), f'"{target.path}" holds one value', "leave separator out")


def _fault(document: Document, route: Route, message: str, hint: str) -> Problem:
    return document.problem(route, rule="bad-map", message=message, hint=hint)
