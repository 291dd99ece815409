"""What a single answer means for a form of field: dates, numbers, addresses, spans; nothing is guessed."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from generator.intake.costs import cost_of, number_of
from generator.intake.moments import day_of, part_of_day, time_of
from generator.schema.shapes import Field
from generator.text import excerpt, fold, is_slug, visible
from generator.vocabulary import Vocabulary

TODAY = "today"
_SHOWN = 40  # characters of an answer that a report repeats
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#].*)?", re.IGNORECASE)
_TRUE = frozenset(("true", "yes", "y", "x", "1", "✓", "✔", "checked"))
_FALSE = frozenset(("false", "no", "n", "0", "unchecked"))
_RANGE = re.compile(r" *(?:-|–|—|\bto\b|\bthrough\b|\bthru\b) *", re.IGNORECASE)
_OPEN_END = re.compile(r"\+|\band (?:up|older|over)\b|\bor (?:older|over)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The value that an answer stands for, and what was changed to get it."""

    value: Any
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How answers are written: what 3/4/2026 means, what stands before the cents; the vocabularies, and the day."""

    dates: str
    decimal: str
    vocabularies: Mapping[str, Vocabulary]
    today: date


def shown_words(words: str) -> str:
    """As much of an answer as a report repeats."""
    return excerpt(visible(words), _SHOWN)


def _line(_: Settings, field: Field, words: str) -> Answer:
    line = " ".join(words.split())
    return Answer(line, ("line breaks were taken out",) if "\n" in words else ())


def _prose(_: Settings, field: Field, words: str) -> Answer:
    lines = [line.rstrip() for line in words.split("\n")]
    return Answer("\n".join(lines))


def _date(settings: Settings, field: Field, words: str) -> Answer:
    if words.lower() == TODAY:
        return Answer(settings.today.isoformat())
    return Answer((part_of_day if field.form == "partial-date" else day_of)(words, settings.dates))


def _time(_: Settings, field: Field, words: str) -> Answer:
    return Answer(time_of(words))


def _number(settings: Settings, field: Field, words: str) -> Answer:
    number = number_of(words, settings.decimal, is_price=field.name == "amount")
    if field.form == "integer" and not isinstance(number, int):
        raise ValueError("is no whole number")
    return Answer(number)


def _boolean(_: Settings, field: Field, words: str) -> Answer:
    said = fold(words)
    if said in _TRUE or said in _FALSE:
        return Answer(said in _TRUE)
    raise ValueError("is neither yes nor no")


def _url(_: Settings, field: Field, words: str) -> Answer:
    address = words.strip("<>")
    if re.match(r"https?://", address, re.IGNORECASE):
        return Answer(address)
    if _HOST.fullmatch(address):
        return Answer(f"https://{address}", ("https:// was put before the address",))
    raise ValueError("is no web address")


def _contact(_: Settings, field: Field, words: str) -> Answer:
    bare = re.sub(r"^(?:mailto|tel):", "", words, flags=re.IGNORECASE).strip("<> ")
    bare = re.sub(r"[\u2010-\u2015]", "-", bare) if field.form == "phone-number" else bare
    return Answer(bare)


def _group(settings: Settings, field: Field, words: str) -> Answer:
    """A span such as "K-5" or "6 to 12 years" as the two ends of grades or ages."""
    if field.name == "grades":
        return _grades(settings, words)
    if field.name == "cost":
        return _cost(settings, words)
    bare = re.sub(r"\b(?:ages?|years?|yrs?|old)\b", "", words, flags=re.IGNORECASE).strip(" .")
    if is_open := _OPEN_END.search(bare):
        bare = bare[: is_open.start()].strip()
    ends = _RANGE.split(bare)
    if not all(end.isascii() and end.isdigit() for end in ends) or len(ends) > 2:
        raise ValueError("is no span of ages such as 6-12")
    both = {"min": int(ends[0]), "max": int(ends[-1])}
    return Answer({"min": both["min"]} if is_open and len(ends) == 1 else both)


def _cost(settings: Settings, words: str) -> Answer:
    cost = cost_of(words, settings.vocabularies, settings.decimal)
    is_zero = cost == {"kind": "free"} and re.search("[0-9]", words) is not None
    return Answer(cost, ("a price of 0 was taken as free",) if is_zero else ())


def _grades(settings: Settings, words: str) -> Answer:
    grades = settings.vocabularies["grades"]
    bare = re.sub(r"\bgrades?\b", " ", words, flags=re.IGNORECASE).strip()
    whole = grades.by_word.get(fold(words)) or grades.by_word.get(fold(bare))
    if whole:
        return Answer({"from": whole.id, "to": whole.id})
    for cut in _RANGE.finditer(bare):
        first, last = (grades.by_word.get(fold(end)) for end in (bare[: cut.start()], bare[cut.end() :]))
        if first and last:
            return Answer({"from": first.id, "to": last.id})
    raise ValueError("is no span of grades such as K-5")


def _slug(_: Settings, field: Field, words: str) -> Answer:
    if not is_slug(words):
        raise ValueError("is no slug: small letters, digits and single hyphens")
    return Answer(words)


_FORMS: Mapping[str, Callable[[Settings, Field, str], Answer]] = MappingProxyType(
    {
        "prose": _prose,
        "calendar-date": _date,
        "partial-date": _date,
        "local-time": _time,
        "integer": _number,
        "number": _number,
        "boolean": _boolean,
        "web-address": _url,
        "email-address": _contact,
        "phone-number": _contact,
        "group": _group,
        "slug": _slug,
    }
)


def answer_of(settings: Settings, field: Field, words: str) -> Answer:
    """What the words mean for a field; raises ValueError that says, after the words, why they mean nothing."""
    return _FORMS.get(field.form, _line)(settings, field, words)
