"""A candidate: what the rows of one partner come to, beside the record that there may be already."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.intake.convert import DELETE
from generator.intake.gather import Part, Unfit, with_defaults
from generator.schema.shapes import Field, Shape, in_order
from generator.text import excerpt, fold, slugify, visible

_SHOWN = 30  # characters of a value that a report repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A partner as data, keys in the schema's order; `given` is what the rows said, its groups filled with constants.

    `has_slug` tells whether the rows themselves gave the address.
    """

    slug: str
    has_slug: bool
    name: str
    data: dict[str, Any]
    given: dict[str, Any]
    place: str
    lines: tuple[int, ...]
    notes: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a group of rows: a candidate, None when no row was left, and the rows that contradict it."""

    candidate: Candidate | None
    unfit: tuple[Unfit, ...]


class Contradiction(Exception):  # noqa: N818 - no error of ours: two rows that say different things
    """Two rows of one partner say different things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Builder:
    """How candidates are made: the fields, the constants, and what to do when rows contradict each other."""

    shape: Shape
    partner: Mapping[str, Any]
    program: Mapping[str, Any]
    conflicts: str

    def settled(self, parts: Sequence[Part]) -> Settled:
        """The candidate of the rows of one partner."""
        whole: dict[str, Any] = {}
        programs: dict[str, dict[str, Any]] = {}
        taken: list[Part] = []
        unfit: list[Unfit] = []
        for part in parts:
            try:
                joined = self._joined(whole, part.partner, self.shape.fields)
                program = self._joined(programs.get(part.program_key, {}), part.program, self._program_fields)
            except Contradiction as error:
                hint = "make the rows agree, or say in the map what counts: conflicts: last"
                unfit.append(Unfit(line=part.line, place=part.place, why=str(error), hint=hint))
                continue
            whole = joined
            if part.program:
                programs[part.program_key] = program
            taken.append(part)
        return Settled(candidate=self._candidate(whole, programs, taken) if taken else None, unfit=tuple(unfit))

    @property
    def _program_fields(self) -> tuple[Field, ...]:
        return self.shape.at("programs").fields

    def _joined(self, known: Mapping[str, Any], new: Mapping[str, Any], fields: tuple[Field, ...]) -> dict[str, Any]:
        """What two rows say together; raises Contradiction."""
        made = dict(known)
        below = {field.name: field for field in fields}
        for key, value in new.items():
            here = made.get(key)
            if here is None or here == value:
                made[key] = value
            elif isinstance(here, list) and isinstance(value, list):
                made[key] = [*here, *(each for each in value if each not in here)]
            elif isinstance(here, dict) and isinstance(value, dict):
                made[key] = self._joined(here, value, below[key].fields if key in below else ())
            elif self.conflicts == "refuse":
                one, other = (excerpt(visible(str(each)), _SHOWN) for each in (here, value))
                raise Contradiction(f'an earlier row of this partner says for {key} "{one}", this one "{other}"')
            elif self.conflicts == "last":
                made[key] = value
        return made

    def _candidate(
        self, whole: Mapping[str, Any], programs: Mapping[str, Mapping[str, Any]], taken: Sequence[Part]
    ) -> Candidate:
        given = {**whole, "programs": [with_slug(program) for program in programs.values()]}
        name = str(whole.get("name", ""))
        own = str(given.pop("slug", ""))
        full = with_defaults({key: value for key, value in given.items() if key != "programs"}, self.partner)
        full["programs"] = [with_defaults(program, self.program) for program in given["programs"]]
        given = completed(given, self.partner)
        given["programs"] = [completed(program, self.program) for program in given["programs"]]
        for each in (given, full):
            if not each["programs"]:
                del each["programs"]
        return Candidate(
            slug=own or slugify(name),
            has_slug=bool(own),
            name=name,
            data=in_order(without_deleted(full), self.shape.fields),
            given=given,
            lines=tuple(part.line for part in taken),
            place=taken[0].place.partition(",")[0],
            notes=tuple((part.line, part.notes) for part in taken if part.notes),
        )


def with_slug(program: Mapping[str, Any]) -> dict[str, Any]:
    """A program with the slug that its name makes, where nobody gave it another."""
    slug = program.get("slug") or slugify(str(program.get("name", "")))
    return {"slug": slug, **program} if slug else dict(program)


def completed(given: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """What rows have given, its groups filled up with the constants; fields that no row gave stay out."""
    return with_defaults(given, {key: defaults[key] for key in given if key in defaults})


def without_deleted(value: Any) -> Any:
    """The data without what is to be deleted."""
    if isinstance(value, dict):
        return {key: without_deleted(below) for key, below in value.items() if below is not DELETE}
    return [without_deleted(each) for each in value if each is not DELETE] if isinstance(value, list) else value


def updated(known: Mapping[str, Any], candidate: Candidate, shape: Shape) -> dict[str, Any]:
    """The data of an existing record with what the rows say in their place; everything else stays.

    A name by which the record was found, be it another name of the partner, changes nothing. Programs are found by
    slug or name, items of other lists by what tells them apart; lists of codes are replaced.
    """
    left_out = ("programs",) if candidate.has_slug else ("programs", "name")
    made = _merged(known, {key: value for key, value in candidate.given.items() if key not in left_out})
    if "programs" in candidate.given:
        full = {program["slug"]: program for program in candidate.data["programs"]}
        made["programs"] = list(_programs(known.get("programs", ()), candidate.given["programs"], full))
    return in_order(made, shape.fields)


def _programs(
    known: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]], full: Mapping[str, Mapping[str, Any]]
) -> Iterator[Any]:
    waiting = dict(enumerate(given))
    for old in known:
        same = next((n for n, new in waiting.items() if _is_same_program(old, new)), None)
        if same is None:
            yield old
        else:
            new = waiting.pop(same)
            yield _merged(old, {key: value for key, value in new.items() if key != "slug"})
    yield from (full[program["slug"]] for program in waiting.values())


def _is_same_program(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    return bool(old.get("slug") == new.get("slug") or fold(str(old.get("name", ""))) == fold(str(new.get("name", " "))))


def _merged(known: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(known)
    for key, value in new.items():
        here = made.get(key)
        if value is DELETE:
            made.pop(key, None)
        elif isinstance(here, dict) and isinstance(value, dict):
            made[key] = _merged(here, value)
        elif here is not None and _are_groups(here) and _are_groups(value):
            made[key] = _merged_items(here, value)
        else:
            made[key] = without_deleted(value)
    return {key: value for key, value in made.items() if value not in ({}, [])}


def _are_groups(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _merged_items(known: Sequence[dict[str, Any]], new: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Items of a list with others that go to those of the same name, or to the end."""
    made = [dict(each) for each in known]
    for value in new:
        same = next((n for n, each in enumerate(made) if _is_same_item(each, value)), None)
        if same is None:
            made.append(without_deleted(value))
        else:
            made[same] = _merged(made[same], value)
    return made


def _is_same_item(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two items are about the same thing: the first field that both use to name themselves is equal."""
    for name in ("slug", "role", "title", "priority", "name", "url", "document", "do"):
        if name in one and name in other:
            return bool(one[name] == other[name])
    return one == other
