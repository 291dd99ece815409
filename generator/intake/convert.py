"""Answers of forms as values of fields: terms, dates, numbers, addresses; what cannot be told is never guessed."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from generator.directory import Directory
from generator.intake.delimited import is_formula
from generator.intake.mapping import Column, Map
from generator.intake.moments import day_of, part_of_day, time_of
from generator.nearest import nearest
from generator.shapes import Field
from generator.text import excerpt, fold, is_slug, nfc, visible
from generator.vocabulary import Vocabulary

DELETE: Any = object()
"""The value of a field that is to go when a record is updated."""
TODAY = "today"
_SHOWN = 40  # characters of an answer that a report repeats
_NAMED_IN = MappingProxyType(
    {
        "schools": "schools",
        "bus_from": "schools",
        "initiatives": "initiatives",
        "regions": "regions",
        "priority": "goals",
    }
)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#].*)?", re.IGNORECASE)
_TRUE = frozenset(("true", "yes", "y", "x", "1", "✓", "✔", "checked"))
_FALSE = frozenset(("false", "no", "n", "0", "unchecked"))
_NUMBER = re.compile(r"[0-9]{3}(?:-[0-9]{2})*")  # of Open Eligibility
_RANGE = re.compile(r" *(?:-|–|—|\bto\b|\bthrough\b|\bthru\b) *", re.IGNORECASE)
_OPEN_END = re.compile(r"\+|\band (?:up|older|over)\b|\bor (?:older|over)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Answer:
    """The value that an answer stands for, and what was changed to get it."""

    value: Any
    notes: tuple[str, ...] = ()


class Unclear(Exception):  # noqa: N818 - no error of ours: an answer that cannot be taken
    """An answer without a certain meaning; the words say why, to follow the answer."""

    def __init__(self, why: str, hint: str = "") -> None:
        """Keep the reason, and what to do."""
        super().__init__(why)
        self.hint = hint


@dataclass(frozen=True, kw_only=True)
class Converter:
    """What is needed to understand answers: the map, the vocabularies, the names in use, and the day."""

    map: Map
    vocabularies: Mapping[str, Vocabulary]
    names: Mapping[str, Mapping[str, str]]
    today: date

    def answer(self, field: Field, text: str, column: Column | None = None) -> Answer | None:
        """What an answer means for a field, None where nothing was answered; raises Unclear."""
        words = nfc(text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")).strip()
        if not words or fold(words) in self._blank:
            return None
        if fold(words) in self._delete:
            return Answer(DELETE)
        if not field.is_list:
            return self._one(field, words, self._meant(words, column), column)
        answers = [
            self._one(field, part, meant.strip(), column)
            for part in self._parts(field, words, column)
            for meant in self._meant(part, column).split(";")
        ]
        values = dict.fromkeys(answer.value for answer in answers if answer.value is not None)
        notes = tuple(note for answer in answers for note in answer.notes)
        return Answer(list(values) or None, notes) if values or notes else None

    @cached_property
    def _blank(self) -> frozenset[str]:
        return frozenset(map(fold, self.map.blank))

    @cached_property
    def _delete(self) -> frozenset[str]:
        return frozenset(map(fold, self.map.delete))

    def _parts(self, field: Field, words: str, column: Column | None) -> Iterator[str]:
        """The single answers of a cell that holds several; known words are taken whole, with commas in them."""
        told = (column.separator if column else "") or self.map.separator
        mark = told or next((sign for sign in ("\n", ";", ",") if sign in words), "\n")
        parts = [part.strip() for line in words.split("\n") for part in line.split(mark)]
        at = 0
        while at < len(parts):
            ends = range(len(parts), at + 1, -1) if "," in mark else ()
            whole = next((end for end in ends if self._is_known(field, ", ".join(parts[at:end]), column)), at + 1)
            if part := ", ".join(parts[at:whole]):
                yield part
            at = whole

    def _is_known(self, field: Field, words: str, column: Column | None) -> bool:
        return self._by_map(words, column) is not None or self._code(field, words) is not None

    def _meant(self, words: str, column: Column | None) -> str:
        """What the map says that an answer stands for, several values with semicolons between; else the answer."""
        meant = self._by_map(words, column)
        return words if meant is None else meant

    def _one(self, field: Field, words: str, text: str, column: Column | None) -> Answer:
        """What a single answer means, of which the map has made `text`."""
        if field.vocabulary or field.name in _NAMED_IN:
            return self._chosen(field, text, column)
        try:
            answer = _FORMS.get(field.form, _line)(self, field, text)
        except ValueError as error:
            raise Unclear(f'"{_shown(text)}" {error}') from error
        if is_formula(words) and field.form in ("line", "prose"):
            return Answer(answer.value, (*answer.notes, "begins like a formula of a spreadsheet; taken as text"))
        return answer

    def _by_map(self, words: str, column: Column | None) -> str | None:
        """What the map says that the words stand for."""
        if column is None or not column.words:
            return None
        wanted = fold(words)
        return next((meant for said, meant in column.words.items() if fold(said) == wanted), None)

    def _code(self, field: Field, words: str) -> str | None:
        """The term or slug that the words stand for."""
        if field.vocabulary:
            vocabulary = self.vocabularies[field.vocabulary]
            term = vocabulary.by_word.get(fold(words)) or vocabulary.by_word.get(
                fold(self._standard(vocabulary, words))
            )
            return term.id if term else None
        return self.names.get(_NAMED_IN.get(field.name, ""), {}).get(fold(words))

    def _standard(self, vocabulary: Vocabulary, words: str) -> str:
        """The term that stands for a value of HSDS, or for a number of Open Eligibility or the nearest above it."""
        known = self._standards[vocabulary.name]
        if not _NUMBER.fullmatch(words):
            return known.get(words.lower(), "")
        number = words
        while number and number not in known:
            number = number.rpartition("-")[0]
        return known.get(number, "")

    @cached_property
    def _standards(self) -> Mapping[str, Mapping[str, str]]:
        """The terms of each vocabulary by their values in HSDS and their numbers in Open Eligibility."""
        return {
            name: {
                word.lower(): term.id for term in known.current for word in (term.openeligibility, term.hsds) if word
            }
            for name, known in self.vocabularies.items()
        }

    def _chosen(self, field: Field, words: str, column: Column | None) -> Answer:
        code = self._code(field, words)
        if code is not None:
            return Answer(code)
        if column and column.leaves_out:
            return Answer(None, (f'"{_shown(words)}" was left out: it is not known',))
        if field.vocabulary:
            vocabulary = self.vocabularies[field.vocabulary]
            near = vocabulary.by_word.get(nearest(fold(words), vocabulary.by_word))
            hint = f'did you mean "{near.id}"?  ' if near else ""
            raise Unclear(
                f'"{_shown(words)}" is not {vocabulary.one}', f"{hint}say under words in the map what it means"
            )
        known = self.names.get(_NAMED_IN[field.name], {})
        near_name = known.get(nearest(fold(words), known))
        hint = f'did you mean "{near_name}"?  ' if near_name else ""
        raise Unclear(
            f'"{_shown(words)}" names none of the {_NAMED_IN[field.name]}', f"{hint}say under words in the map"
        )


def _shown(words: str) -> str:
    return excerpt(visible(words), _SHOWN)


def _line(_: Converter, field: Field, words: str) -> Answer:
    line = " ".join(words.split())
    return Answer(line, ("line breaks were taken out",) if "\n" in words else ())


def _prose(_: Converter, field: Field, words: str) -> Answer:
    lines = [line.rstrip() for line in words.split("\n")]
    return Answer("\n".join(lines))


def _date(converter: Converter, field: Field, words: str) -> Answer:
    if words.lower() == TODAY:
        return Answer(converter.today.isoformat())
    return Answer((part_of_day if field.form == "partial-date" else day_of)(words, converter.map.dates))


def _time(_: Converter, field: Field, words: str) -> Answer:
    return Answer(time_of(words))


def _number(converter: Converter, field: Field, words: str) -> Answer:
    """A number with or without a sign of currency; the map tells what stands before the cents."""
    bare = re.sub(r"^[$€£] ?| ?(?:[$€£]|usd|dollars?)$", "", words, flags=re.IGNORECASE)
    point, thousands = (",", ".") if converter.map.decimal == "comma" else (".", ",")
    cents = rf"(?:{re.escape(point)}[0-9]+)?"
    if not re.fullmatch(rf"-?(?:[0-9]{{1,3}}(?:{re.escape(thousands)}[0-9]{{3}})+|[0-9]+){cents}", bare):
        hint = f' with a "{point}" before the cents' if re.search("[0-9][.,][0-9]", bare) else ""
        raise ValueError(f"is no number{hint}")
    number = float(bare.replace(thousands, "").replace(point, "."))
    if number == int(number):
        return Answer(int(number))
    if field.form == "integer":
        raise ValueError("is no whole number")
    return Answer(number)


def _boolean(_: Converter, field: Field, words: str) -> Answer:
    said = fold(words)
    if said in _TRUE or said in _FALSE:
        return Answer(said in _TRUE)
    raise ValueError("is neither yes nor no")


def _url(_: Converter, field: Field, words: str) -> Answer:
    address = words.strip("<>")
    if re.match(r"https?://", address, re.IGNORECASE):
        return Answer(address)
    if _HOST.fullmatch(address):
        return Answer(f"https://{address}", ("https:// was put before the address",))
    raise ValueError("is no web address")


def _contact(_: Converter, field: Field, words: str) -> Answer:
    bare = re.sub(r"^(?:mailto|tel):", "", words, flags=re.IGNORECASE).strip("<> ")
    bare = re.sub(r"[\u2010-\u2015]", "-", bare) if field.form == "phone-number" else bare
    return Answer(bare)


def _group(converter: Converter, field: Field, words: str) -> Answer:
    """A span such as "K-5" or "6 to 12 years" as the two ends of grades or ages."""
    if field.name == "grades":
        return _grades(converter, words)
    bare = re.sub(r"\b(?:ages?|years?|yrs?|old)\b", "", words, flags=re.IGNORECASE).strip(" .")
    if is_open := _OPEN_END.search(bare):
        bare = bare[: is_open.start()].strip()
    ends = _RANGE.split(bare)
    if not all(end.isascii() and end.isdigit() for end in ends) or len(ends) > 2:
        raise ValueError("is no span of ages such as 6-12")
    both = {"min": int(ends[0]), "max": int(ends[-1])}
    return Answer({"min": both["min"]} if is_open and len(ends) == 1 else both)


def _grades(converter: Converter, words: str) -> Answer:
    grades = converter.vocabularies["grades"]
    bare = re.sub(r"\bgrades?\b", " ", words, flags=re.IGNORECASE).strip()
    whole = grades.by_word.get(fold(words)) or grades.by_word.get(fold(bare))
    if whole:
        return Answer({"from": whole.id, "to": whole.id})
    for cut in _RANGE.finditer(bare):
        first, last = (grades.by_word.get(fold(end)) for end in (bare[: cut.start()], bare[cut.end() :]))
        if first and last:
            return Answer({"from": first.id, "to": last.id})
    raise ValueError("is no span of grades such as K-5")


def _slug(_: Converter, field: Field, words: str) -> Answer:
    if not is_slug(words):
        raise ValueError("is no slug: small letters, digits and single hyphens")
    return Answer(words)


_FORMS: Mapping[str, Callable[[Converter, Field, str], Answer]] = MappingProxyType(
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


def names_of(directory: Directory | None) -> Mapping[str, Mapping[str, str]]:
    """What schools, initiatives, regions and goals are called, folded, with their slugs."""
    if directory is None:
        return {}
    schools = {
        fold(name): school.slug
        for school in directory.schools.values()
        for name in (school.slug, school.name, school.short_name, *school.also_known_as)
        if name
    }
    initiatives = {fold(name): one.slug for one in directory.initiatives.values() for name in (one.slug, one.name)}
    regions = {fold(name): one.slug for one in directory.district.regions for name in (one.slug, one.name)}
    goals = directory.priorities.goals if directory.priorities else ()
    return {
        "schools": schools,
        "initiatives": initiatives,
        "regions": regions,
        "goals": {fold(name): one.slug for one in goals for name in (one.slug, one.name)},
    }
