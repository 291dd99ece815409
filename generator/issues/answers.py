"""Answers of an issue form as values of a record; what cannot be told for certain is a complaint, never a guess."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from generator.forms.questions import Question
from generator.intake.costs import cost_of, number_of
from generator.intake.moments import time_of
from generator.issues.parse import Complaint
from generator.nearest import nearest
from generator.schema.shapes import Field
from generator.text import fold, nfc
from generator.vocabulary import Term, Vocabulary

REMOVE = "remove"
SHORT_LIST = 20
"""A reply names all terms of a list that is no longer."""
PLACES: Mapping[str, str] = {"schools": "school", "bus_from": "school", "initiatives": "initiative"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What answers are understood by; `names` has the slugs of records by kind and folded name."""

    vocabularies: Mapping[str, Vocabulary]
    names: Mapping[str, Mapping[str, str]]


class Unclear(ValueError):  # noqa: N818 - no error of ours
    """An answer that cannot be taken; the text says why, `hint` what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Keep what is wrong and what to do."""
        super().__init__(message)
        self.hint = hint


def value_of(known: Known, question: Question, field: Field, answer: str) -> Any:
    """The value that an answer stands for; raises Unclear."""
    if question.widget == "several" or (field.is_list and field.vocabulary):
        return _terms(known.vocabularies[field.vocabulary], answer)
    if question.widget == "time":
        return _time(answer)
    if field.vocabulary:
        return _term(known.vocabularies[field.vocabulary], answer).id
    if question.widget == "lines":
        return [_record(known, PLACES[field.name], line) for line in _lines(answer)]
    if field.form in ("number", "integer"):
        return _number(answer)
    if field.form == "prose":
        return "\n".join(line.rstrip() for line in nfc(answer).split("\n"))
    if "\n" in answer:
        raise Unclear("This is one line only.", "Shorten it.")
    return " ".join(nfc(answer).split())


def _lines(answer: str) -> Iterator[str]:
    """What stands on each line, without the dash of a list."""
    lines = (re.sub(r"^[-*•] +", "", line.strip()) for line in answer.split("\n"))
    return (line for line in lines if line)


def _term(vocabulary: Vocabulary, answer: str) -> Term:
    """The term that an answer names: by its label as the form offers it, its id, or what people type for it."""
    found = vocabulary.by_word.get(fold(answer))
    if found is None or found.retired:
        raise Unclear(f"This is not {vocabulary.one}.", _choice(vocabulary, answer))
    return found


def _choice(vocabulary: Vocabulary, answer: str) -> str:
    """What to write in the place of an answer that names no term."""
    near = vocabulary.by_word.get(nearest(fold(answer), vocabulary.by_word))
    if near and not near.retired:
        return f"Did you mean “{near.label}”?"
    if len(vocabulary.current) > SHORT_LIST:
        return "Write it as the list of the form has it."
    return f"Write one of these: {'; '.join(term.label for term in vocabulary.current)}."


def _terms(vocabulary: Vocabulary, answer: str) -> list[str]:
    """The terms of a list, which GitHub joins with commas; a label may hold one itself."""
    left = re.sub(r",(?=\S)", ", ", ", ".join(_lines(answer.replace(";", "\n"))))
    labels = sorted(((term.label, term.id) for term in vocabulary.current), key=lambda pair: -len(pair[0]))
    found: dict[str, None] = {}
    while left:
        taken = next(((label, term) for label, term in labels if _begins(left, label)), None)
        if taken is None:
            head, _, rest = left.partition(", ")
            found[_term(vocabulary, head).id] = None
            left = rest
        else:
            found[taken[1]] = None
            left = left[len(taken[0]) :].removeprefix(", ")
    return list(found)


def _begins(words: str, label: str) -> bool:
    return words == label or words.startswith(f"{label}, ")


def _time(answer: str) -> str:
    """A time of day as the form offers it, as records have it, or as people write it."""
    try:
        return time_of(answer)
    except ValueError as error:
        raise Unclear(f"This {error}.") from error


def _number(answer: str) -> float | int:
    """A number; every one that a form asks for is a price, or whole."""
    try:
        return number_of(answer, is_price=True)
    except ValueError as error:
        raise Unclear("This is not a number.", "Write digits only, such as 25 or 12.50.") from error


def price_of(known: Known, answer: str, cost: Any) -> dict[str, Any]:
    """What a family pays, from "Free" or "$25 a week", in the place of another cost; how to pay less stays."""
    kept = {key: each for key, each in cost.items() if key == "help"} if isinstance(cost, dict) else {}
    try:
        return {**cost_of(" ".join(answer.split()), known.vocabularies), **kept}
    except ValueError as error:
        raise Unclear("This is not a cost.", "Write it like: Free, or $25 a week, or It depends.") from error


def _record(known: Known, kind: str, answer: str) -> str:
    """The slug of a record, from its name or its slug."""
    names = known.names[kind]
    found = names.get(fold(answer))
    if found is None:
        near = names.get(nearest(fold(answer), names))
        hint = f"Did you mean {near}?" if near else "Write its name as on its page in the directory."
        raise Unclear(f"There is no {kind} of this name in the directory.", hint)
    return found


def taken(
    known: Known, questions: Sequence[Question], answers: Mapping[str, str], field: Callable[[Question], Field]
) -> tuple[dict[str, Any], tuple[Complaint, ...]]:
    """The values of all answers as a record, and what is wrong with some of them."""
    record: dict[str, Any] = {}
    complaints = []
    for question in questions:
        if question.label in answers:
            try:
                put(record, question.path, value_of(known, question, field(question), answers[question.label]))
            except Unclear as unclear:
                complaints.append(Complaint(question=question.label, message=str(unclear), hint=unclear.hint))
    return record, tuple(complaints)


def put(record: dict[str, Any], path: Sequence[str | int], value: Any) -> None:
    """Put a value at a path, or take out what is there with None; groups and the first item of a list are made."""
    holder: Any = record
    for step, after in pairwise(path):
        if isinstance(step, int):
            holder.extend({} for _ in range(step + 1 - len(holder)))
            holder = holder[step]
        else:
            holder = holder.setdefault(step, [] if isinstance(after, int) else {})
    last: Any = path[-1]
    if value is None:
        holder.pop(last, None)
    else:
        holder[last] = value


def at(record: Any, path: Sequence[str | int]) -> Any:
    """What stands at a path; None when nothing does."""
    for step in path:
        try:
            record = record[step]
        except (LookupError, TypeError):
            return None
    return record


def drop_empty(record: dict[str, Any], path: Sequence[str | int]) -> None:
    """Take out the groups on a path that hold nothing any more."""
    for end in range(len(path) - 1, 0, -1):
        holder = at(record, path[: end - 1])
        if at(record, path[:end]) in ({}, []):
            del holder[path[end - 1]]
