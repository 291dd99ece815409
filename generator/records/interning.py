"""Equal lists of terms in partners' records, kept once: there are few different ones, and they are many."""

from collections.abc import Iterable
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import force_setattr

from generator.model import Partner

Record = TypeVar("Record", bound=Struct)
Lists = dict[tuple[str, ...], tuple[str, ...]]
"""The lists that are known, each by itself."""

_PARTNER = ("focus", "languages", "regions")
_PROGRAM = ("focus", "languages", "access", "audience", "meals", "interpretation")


def share(record: Record, known: Lists) -> Record:
    """A record that was just made; a partner's lists of terms are exchanged for equal ones that are known.

    Nobody can tell the difference. It takes a quarter off the memory of partners, for 10 microseconds each.
    """
    if not isinstance(record, Partner):
        return record
    _exchange(record, _PARTNER, known)
    _exchange_each(record.contacts, "languages", known)
    for program in record.programs:
        _exchange(program, _PROGRAM, known)
        _exchange(program.when, ("seasons",), known)
        _exchange_each(program.when.sessions, "days", known)
        _exchange_each(program.where.places, "access", known)
        _exchange_each(program.contacts, "languages", known)
    return record


def _exchange_each(parts: Iterable[Struct], name: str, known: Lists) -> None:
    for part in parts:
        _exchange(part, (name,), known)


def _exchange(part: Struct, names: tuple[str, ...], known: Lists) -> None:
    for name in names:
        terms = getattr(part, name)
        if terms:
            same = known.setdefault(terms, terms)
            if same is not terms:
                force_setattr(part, name, same)
