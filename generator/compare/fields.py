"""What differs between two states of one record, field by field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from generator.compare.values import UNITS, Sayer, label, said, unit_words
from generator.compare.words import Piece, pieces
from generator.naming import PARTS_OF
from generator.schema.shapes import Field

WORDY = frozenset(("line", "prose", "string"))
NAMES = ("name", "title", "slug")
IDENTITIES = (
    ("slug", "name", "title", "role", "year", "period", "language", "file", "url", "document")
    + ("priority", "do", "what", "words", "focus", "starts", "days")
)  # fmt: skip
"""What tells the things of a list apart, the best first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field that differs.

    `of` is the name of the thing inside the record, such as a program; `path` the field's keys, in which that thing
    stands by its slug. Of a list only what came and went is told, of a text the words; else `before` and `after`,
    which are empty where there is nothing.
    """

    field: str
    path: str
    of: str = ""
    before: str = ""
    after: str = ""
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class At:
    """Where in a record: the keys from its top, those since the thing that `of` names, and that name."""

    path: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    of: str = ""

    def down(self, key: str) -> "At":
        """One key further."""
        return replace(self, path=(*self.path, key), names=(*self.names, key))

    def change(self, **told: Any) -> Change:
        """A change of the field at this place."""
        return Change(field=label(self.names), path="/".join(self.path), of=self.of, **told)


def differences(
    sayer: Sayer, fields: Sequence[Field], before: Mapping[str, Any], after: Mapping[str, Any], at: At
) -> Iterator[Change]:
    """Every field of a group that differs, in the order of the schema; unknown ones come last, without their values."""
    for field in fields:
        if before.get(field.name) != after.get(field.name):
            old, new = before.get(field.name), after.get(field.name)
            yield from _field_differences(sayer, field, old, new, at.down(field.name))
    known = {field.name for field in fields}
    for key in sorted((before.keys() | after.keys()) - known):
        if before.get(key) != after.get(key):
            told = "a field that no schema knows; its value is not shown"
            yield Change(field=key, path="/".join((*at.path, key)), of=at.of, after=told if key in after else "")


def _field_differences(sayer: Sayer, field: Field, old: Any, new: Any, at: At) -> Iterator[Change]:
    if field.is_list and _both(list, old, new):
        things = field.fields and _both(dict, *(old or ()), *(new or ()))
        compare = _things if things else _items
        yield from compare(sayer, field, old or [], new or [], at)
    elif field.fields and not field.is_list and _both(dict, old, new):
        yield from _group(sayer, field, old or {}, new or {}, at)
    elif isinstance(old, str) and isinstance(new, str) and field.form in WORDY:
        yield at.change(before=old, after=new, pieces=pieces(old, new))
    else:
        yield at.change(**{
            side: said(sayer, field, value) for side, value in (("before", old), ("after", new)) if value is not None
        })  # fmt: skip


def _both(kind: type, *values: Any) -> bool:
    """Whether each of the values that are there is of that type."""
    return all(value is None or isinstance(value, kind) for value in values)


def _group(sayer: Sayer, field: Field, old: Mapping[str, Any], new: Mapping[str, Any], at: At) -> Iterator[Change]:
    """A group of fields, of which some may be said together."""
    unit = UNITS.get(field.name)
    covered = unit.keys if unit and {*unit.keys} & {f.name for f in field.fields} else ()
    if unit and any(old.get(key) != new.get(key) for key in covered):
        yield at.change(before=unit_words(sayer, unit, old), after=unit_words(sayer, unit, new))
    rest = [f for f in field.fields if f.name not in covered]
    before, after = ({k: v for k, v in side.items() if k not in covered} for side in (old, new))
    yield from differences(sayer, rest, before, after, at)


def _items(sayer: Sayer, field: Field, old: Sequence[Any], new: Sequence[Any], at: At) -> Iterator[Change]:
    """A list of codes or texts: what came and what went, or that the order is another."""
    added = tuple(said(sayer, field, each) for each in new if each not in old)
    removed = tuple(said(sayer, field, each) for each in old if each not in new)
    if added or removed:
        yield at.change(added=added, removed=removed)
    else:
        orders = ("; ".join(said(sayer, field, each) for each in side) for side in (old, new))
        yield at.change(**dict(zip(("before", "after"), orders, strict=True)))


def _things(
    sayer: Sayer, field: Field, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], at: At
) -> Iterator[Change]:
    """A list of things: those with addresses of their own field by field, others as a whole."""
    befores, afters = (dict(_identified(side)) for side in (old, new))
    pairs = [(_former(each, key, befores, afters), key) for key, each in afters.items()]
    paired = {before for before, _ in pairs}
    gone = [key for key in befores if key not in paired]
    if any(f.name == "slug" for f in field.fields):
        kind = PARTS_OF.get(field.name, label(at.names))
        for before, key in pairs:
            yield from _thing(sayer, field, befores.get(before), afters[key], at, kind)
        for key in gone:
            yield Change(field=kind, path="/".join((*at.path, key)), of=at.of, removed=(_name(befores[key]),))
        return
    changed = [(b, k) for b, k in pairs if b in befores and befores[b] != afters[k]]
    for before, key in changed:
        words = (said(sayer, field, side) for side in (befores[before], afters[key]))
        yield at.change(**dict(zip(("before", "after"), words, strict=True)))
    added = tuple(said(sayer, field, afters[key]) for before, key in pairs if before not in befores)
    removed = tuple(said(sayer, field, befores[key]) for key in gone)
    if added or removed:
        yield at.change(added=added, removed=removed)
    elif not changed:
        yield at.change(before="", after="the same in another order")


def _thing(
    sayer: Sayer, field: Field, old: Mapping[str, Any] | None, new: Mapping[str, Any], at: At, kind: str
) -> Iterator[Change]:
    """One thing with an address of its own: that it is new, if it is, and its fields."""
    slug = str(new.get("slug", ""))
    here = At(path=(*at.path, slug), names=(), of=_name(new))
    if old is None:
        yield Change(field=kind, path="/".join(here.path), of=at.of, added=(_name(new),))
    yield from differences(sayer, field.fields, old or {"slug": slug, "name": new.get("name")}, new, here)


def _identified(things: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every thing of a list with what tells it apart; a number is added to what stands there twice."""
    seen: dict[str, int] = {}
    for each in things:
        key = next((str(each[name]) for name in IDENTITIES if name in each), "")
        seen[key] = seen.get(key, 0) + 1
        yield key if seen[key] == 1 else f"{key} ({seen[key]})", each


def _former(
    new: Mapping[str, Any], key: str, befores: Mapping[str, Mapping[str, Any]], afters: Mapping[str, Any]
) -> str:
    """Under what a thing stood before: the same, or one of its former slugs; "" when it is new."""
    if key in befores:
        return key
    former = new.get("former_slugs", ())
    known = (slug for slug in former if isinstance(slug, str) and slug in befores and slug not in afters)
    return next(known, "") if isinstance(former, list) else ""


def _name(thing: Mapping[str, Any]) -> str:
    """What people call a thing."""
    return next((str(thing[key]) for key in NAMES if thing.get(key)), "")
