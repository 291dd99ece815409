"""What a form brought: its fields as text that can be kept."""

import re
from collections.abc import Iterable, Mapping, Sequence

from werkzeug import Request

from generator.desk.visit import Objection
from generator.nominations.arrivals import cleaned

Fields = Mapping[str, tuple[str, ...]]
"""Every field of a form with its values, in order."""


def fields_of(request: Request) -> dict[str, tuple[str, ...]]:
    """The fields of a form; lines end in one way, and nothing invisible is kept."""
    return {name: tuple(cleaned(each) for each in values) for name, values in request.form.lists()}


def line(fields: Fields, name: str) -> str:
    """The value of a field as one line."""
    return " ".join(text(fields, name).split())


def text(fields: Fields, name: str) -> str:
    """The value of a field; "" where it is empty or not there."""
    return (*fields.get(name, ()), "")[0].strip()


def several(fields: Fields, name: str) -> tuple[str, ...]:
    """The values of a field that occurs several times, each once, without those that are empty."""
    return tuple(dict.fromkeys(" ".join(each.split()) for each in fields.get(name, ()) if each.strip()))


def count(fields: Fields, name: str) -> int | None:
    """The value of a field as a whole number; None when it is none."""
    found = text(fields, name)
    return int(found) if found.isascii() and found.isdigit() and len(found) < 10 else None


def rows(fields: Fields, name: str) -> tuple[int, ...]:
    """The numbers of the rows of a group (`quote-3-words`) in which something stands."""
    found = (
        re.fullmatch(rf"{name}-([0-9]{{1,2}})(?:-[a-z]+)?", each) for each, values in fields.items() if any(values)
    )
    return tuple(sorted({int(each[1]) for each in found if each}))


def objections(missing: Iterable[str], places: Sequence[tuple[str, str]] = ()) -> tuple[Objection, ...]:
    """Sentences that refuse a form, each with its field: that of the first words of `places` that it contains."""
    return tuple(
        Objection(sentence=sentence, field=next((at for words, at in places if words in sentence), ""))
        for sentence in missing
    )
