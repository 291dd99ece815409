"""Answers of forms as values of fields: terms and names are found here, all else by the form of the field."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from generator.directory import Directory
from generator.intake.delimited import is_formula
from generator.intake.forms import Answer, Settings, answer_of, shown_words
from generator.intake.mapping import Column, Map
from generator.nearest import nearest
from generator.schema.shapes import Field
from generator.text import fold, nfc
from generator.vocabulary import Vocabulary

DELETE: Any = object()
"""The value of a field that is to go when a record is updated."""
_NAMED_IN = MappingProxyType(
    {
        "schools": "schools",
        "bus_from": "schools",
        "initiatives": "initiatives",
        "regions": "regions",
        "priority": "goals",
    }
)
_MAPPED = frozenset(("boolean", "integer", "number", "group"))
_BY_MAP = "say under words in the map what it means"
_NUMBER = re.compile(r"[0-9]{3}(?:-[0-9]{2})*")  # of Open Eligibility


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
    def _settings(self) -> Settings:
        told = self.map
        return Settings(dates=told.dates, decimal=told.decimal, vocabularies=self.vocabularies, today=self.today)

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
            answer = answer_of(self._settings, field, text)
        except ValueError as error:
            hint = _BY_MAP if field.form in _MAPPED else ""
            raise Unclear(f'"{shown_words(text)}" {error}', hint) from error
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
            return Answer(None, (f'"{shown_words(words)}" was left out: it is not known',))
        if field.vocabulary:
            vocabulary = self.vocabularies[field.vocabulary]
            near = vocabulary.by_word.get(nearest(fold(words), vocabulary.by_word))
            hint = f'did you mean "{near.id}"?  ' if near else ""
            raise Unclear(
                f'"{shown_words(words)}" is not {vocabulary.one}', f"{hint}say under words in the map what it means"
            )
        known = self.names.get(_NAMED_IN[field.name], {})
        near_name = known.get(nearest(fold(words), known))
        hint = f'did you mean "{near_name}"?  ' if near_name else ""
        raise Unclear(
            f'"{shown_words(words)}" names none of the {_NAMED_IN[field.name]}', f"{hint}say under words in the map"
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
