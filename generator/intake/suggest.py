"""A map proposed for a file: which column may be which field, by its heading and its answers, and how sure that is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz, process

from generator.intake.convert import Converter, Unclear
from generator.intake.headings import likeness, of_form
from generator.intake.mapping import PROGRAM, TRUSTED, WHOLE, Target, target_of
from generator.intake.table import Row, Table, fault_of
from generator.problems import SetupError
from generator.schema.shapes import Field, Shape
from generator.serialize import items
from generator.text import fold

ROWS_SEEN = 500
SURE = 85  # of 100
LIKELY = 68
_WORDS_PROPOSED = 30
_WORD_LIKE = 75  # of 100, for an answer that is nearly a known term
_OFTEN = 0.5  # share of the answers that must be known before others are taken for misspelled ones
PRIVATE = frozenset(("email-address", "phone-number"))
_SPEAKING = frozenset(("term", "web-address", "email-address", "phone-number", "calendar-date", "local-time", "group"))
"""Forms of which the answers themselves tell something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A column that may be a field: how sure (of 100), how many of its answers are understood, and what others mean.

    `number` counts the columns of this heading up to it.
    """

    heading: str
    number: int
    target: Target
    sure: int
    known: int
    answers: int
    words: Mapping[str, str]


def suggest(table: Table, shape: Shape, converter: Converter) -> str:
    """A MAP.yml with a comment to each guess; unlikely columns are named without their answers."""
    rows = list(islice(table.rows, ROWS_SEEN))
    if not any(table.headings):
        raise SetupError(f"{table.name}: its first row holds no headings")
    targets = tuple(_targets(shape))
    guesses = tuple(_chosen(_all_guesses(table, rows, targets, converter)))
    return "\n".join((*_lines(table, guesses, shape), ""))


def _targets(shape: Shape) -> Iterator[Target]:
    for path in _paths(shape.fields, ""):
        if path.partition(".")[0] not in TRUSTED and not path.startswith(tuple(f"{name}." for name in TRUSTED)):
            yield target_of(path, shape)


def _paths(fields: tuple[Field, ...], before: str) -> Iterator[str]:
    """The paths of all fields that an answer can fill."""
    for field in fields:
        if field.name == "programs":
            yield from _paths(field.fields, f"{PROGRAM}.")
        elif field.form != "group" or (field.name in WHOLE and not field.is_list):
            yield f"{before}{field.name}"
            yield from _paths(field.fields if field.name == "cost" else (), f"{before}{field.name}.")
        else:
            yield from _paths(field.fields, f"{before}{field.name}.")


def _all_guesses(
    table: Table, rows: list[Row], targets: tuple[Target, ...], converter: Converter
) -> Iterator[tuple[int, Guess]]:
    """(column, guess) of everything that is likely."""
    without = of_form(table.headings)
    for column, words in enumerate(table.headings):
        if not words or column in without:
            continue
        answers = [row.cells[column] for row in rows if not fault_of(row, table.headings, (column,))[0]]
        answers = [answer for answer in answers if answer.strip()]
        for target in targets:
            by_heading = likeness(words, target)
            is_speaking = target.field.form in _SPEAKING and bool(answers)
            if by_heading < (LIKELY // 2 if is_speaking else LIKELY):
                continue
            known = sum(_is_understood(converter, target.field, answer) for answer in answers)
            share = known / len(answers) if answers else 0.0
            sure = round(0.6 * by_heading + 40 * share) if is_speaking else round(by_heading * 0.95)
            if sure >= LIKELY:
                told = {"sure": sure, "known": known, "answers": len(answers)}
                meant = _meant(converter, target.field, answers) if share >= _OFTEN else {}
                number = table.headings[: column + 1].count(words)
                yield column, Guess(heading=words, number=number, target=target, words=meant, **told)


def _is_understood(converter: Converter, field: Field, answer: str) -> bool:
    try:
        found = converter.answer(field, answer)
    except Unclear:
        return False
    return found is not None and ("@" in answer or field.form != "email-address")


def _meant(converter: Converter, field: Field, answers: list[str]) -> Mapping[str, str]:
    """What the commonest of the answers that are no known terms may mean."""
    if not field.vocabulary:
        return {}
    vocabulary = converter.vocabularies[field.vocabulary]
    parts = Counter(part.strip() for answer in answers for part in _split(answer, is_list=field.is_list))
    unknown = [part for part, _ in parts.most_common() if part and fold(part) not in vocabulary.by_word]
    found: dict[str, str] = {}
    for part in unknown[:_WORDS_PROPOSED]:
        near = process.extractOne(fold(part), list(vocabulary.by_word), scorer=fuzz.WRatio, score_cutoff=_WORD_LIKE)
        if near:
            found[part] = vocabulary.by_word[near[0]].id
    return found


def _split(answer: str, *, is_list: bool) -> list[str]:
    mark = next((sign for sign in ("\n", ";", ",") if sign in answer), "\n")
    return answer.split(mark) if is_list else [answer]


def _chosen(guesses: Iterator[tuple[int, Guess]]) -> Iterator[Guess]:
    """The best guess for each column and each field, in the order of the columns."""
    best: dict[int, Guess] = {}
    given: set[str] = set()
    for column, guess in sorted(guesses, key=lambda each: (-each[1].sure, each[0], each[1].target.path)):
        if column not in best and guess.target.path not in given:
            best[column] = guess
            given.add(guess.target.path)
    yield from (best[column] for column in sorted(best))


def _lines(table: Table, guesses: tuple[Guess, ...], shape: Shape) -> Iterator[str]:
    yield "# yaml-language-server: $schema=schema/map.schema.json"
    yield "# A proposal. Look at every line, delete what is wrong, and never take a column with private answers."
    yield "columns:"
    for guess in guesses:
        mark = "# " if _is_personal(guess.target) else ""
        yield f"  # {_confidence(guess)}" + ("; only if it is a public one" if mark else "")
        number = {"number": guess.number} if table.headings.count(guess.heading) > 1 else {}
        words = {"words": dict(guess.words)} if guess.words else {}
        entry = {"column": guess.heading, **number, "to": guess.target.path, **words}
        yield from (f"  {mark}{line}" for line in items([entry]).splitlines())
    taken = {guess.heading for guess in guesses}
    own = {table.headings[column] for column in of_form(table.headings)}
    for heading in dict.fromkeys(words for words in table.headings if words and words not in taken):
        yield "  # of whoever filled the form in; never take it:" if heading in own else "  # left alone:"
        yield from (f"  # {line}" for line in items([{"column": heading, "to": "?"}]).splitlines())
    yield from _constants(table, {guess.target.path for guess in guesses}, shape)
    if any(guess.target.field.form in ("calendar-date", "partial-date") for guess in guesses):
        yield "# dates: month-first  # or day-first, where dates are written as 3/4/2026"


def _is_personal(target: Target) -> bool:
    """Whether somebody's own number, address or name may stand there: a person has to look first."""
    return target.field.form in PRIVATE or target.path.endswith("contacts.name")


def _confidence(guess: Guess) -> str:
    sure = "sure" if guess.sure >= SURE else "perhaps"
    told = f"{sure} ({guess.sure} of 100)"
    if guess.target.field.form in _SPEAKING and guess.answers:
        told += f"; {guess.known:,} of {guess.answers:,} answers are understood"
    return told + ("; check what the words mean" if guess.words else "")


def _constants(table: Table, given: set[str], shape: Shape) -> Iterator[str]:
    """Constants for what every partner, and every program, must have and no column gives."""
    yield "constants:"
    yield from items([{"to": "sources.document", "value": table.name}], indent=2).splitlines()
    yield "  - {to: sources.seen, value: today}"
    needed = [(field, field.name) for field in shape.fields if field.is_required and field.name != "sources"]
    if any(path.startswith(f"{PROGRAM}.") for path in given):
        programs = shape.at("programs").fields
        needed += [
            (field, f"{PROGRAM}.{field.name}") for field in programs if field.is_required and field.name != "slug"
        ]
    for field, path in needed:
        for leaf in _leaves(field, path):
            if leaf not in given:
                yield f"  # - {{to: {leaf}, value: }}  # every record needs one, if no column gives it"


def _leaves(field: Field, path: str) -> Iterator[str]:
    if field.form != "group":
        yield path
    for below in field.fields:
        if below.is_required:
            yield from _leaves(below, f"{path}.{below.name}")
