"""Drafts of new records: what must be filled in, what may be, and what each line means, from the schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from types import MappingProxyType
from typing import Any

from generator.problems import Problem
from generator.schema.shapes import Field, Shape
from generator.serialize import entries
from generator.source import Document, parse

WIDTH = 100  # columns of a comment
TERMS_SHOWN = 8
PRIVATE = frozenset(("email-address", "phone-number"))
"""Forms whose examples stay out of comments: a comment that looks like a contact point is an error."""
HEAD = (
    'Fill in what is empty. A line that begins with "#" is a note, or a field that may stay out: to use such a field, '
    'delete the "#" and the space after it. Delete the notes when you are done.'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A record's file with a program added; `text` keeps everything that was there, character by character."""

    text: str
    line: int  # of the new program, from 1


def draft(
    shape: Shape,
    known: Mapping[str, Any],
    *,
    schema: str,
    terms: Mapping[str, tuple[str, ...]],
    instead: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """A new record as YAML: what is `known`, empty required fields, and all others as comments.

    `schema` is the path for editors; `terms` holds the ids of each vocabulary; `instead` has the notes to print in the
    place of some optional fields.
    """
    head = (f"# yaml-language-server: $schema={schema}", *comment(HEAD))
    blocks = [head, *(field_lines(field, known, terms, instead) for field in shape.fields)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def draft_program(shape: Shape, known: Mapping[str, Any], terms: Mapping[str, tuple[str, ...]]) -> str:
    """A new program as the YAML of a mapping, to be put into its partner's record."""
    fields = shape.at("programs").fields
    return "\n".join(line for field in fields for line in field_lines(field, known, terms)) + "\n"


def field_lines(
    field: Field,
    known: Mapping[str, Any],
    terms: Mapping[str, tuple[str, ...]],
    instead: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[str]:
    """The lines of one field with its note."""
    if field.name in known:
        yield from entries({field.name: known[field.name]}).splitlines()
    elif field.name in instead:
        yield from comment(instead[field.name])
    else:
        yield from comment(note(field, terms))
        yield from empty(field) if field.is_required else commented(sample_of(field))


def comment(words: str) -> tuple[str, ...]:
    """A sentence as lines of comment."""
    return tuple(f"# {line}" for line in wrap(words, WIDTH - 2))


def commented(yaml: str) -> tuple[str, ...]:
    """Lines of YAML that count only when their "# " is deleted."""
    return tuple(f"# {line}".rstrip() for line in yaml.splitlines())


def note(field: Field, terms: Mapping[str, tuple[str, ...]]) -> str:
    """What a field is for, and what may stand there."""
    allowed = field.choices or terms.get(field.vocabulary, ())
    parts = [field.description.rstrip(".") + "."]
    if field.vocabulary and len(allowed) > TERMS_SHOWN:
        file = f"schema/vocabularies/{field.vocabulary}.yml"
        parts.extend([f"The terms are in {file}."] if file not in field.description else [])
    elif allowed:
        parts.append(f"{'Some' if field.is_list else 'One'} of: {', '.join(allowed)}.")
    elif field.form == "line" and field.longest and not field.is_list:
        parts.append(f"At most {field.longest} characters.")
    return " ".join(parts)


def empty(field: Field) -> Iterator[str]:
    """A required field with nothing in it yet."""
    if field.fields:
        required = [below for below in field.fields if below.is_required] or list(field.fields[:1])
        yield f"{field.name}:"
        lines = [line for below in required for line in empty(below)]
        marks = ("  - ", "    ") if field.is_list else ("  ", "  ")
        yield from (f"{marks[number > 0]}{line}" for number, line in enumerate(lines))
    else:
        yield f"{field.name}: []" if field.is_list else f"{field.name}:"


def sample_of(field: Field) -> str:
    """The field as it might stand in the file, from its first example."""
    value = public(field, field.examples[0]) if field.examples else None
    return f"{field.name}:" if value in (None, "", [], {}) else entries({field.name: value})


def public(field: Field, value: Any) -> Any:
    """An example without the parts that look like somebody's contact point."""
    if isinstance(value, list):
        kept = [public(field, each) for each in value]
        return [each for each in kept if each not in (None, {})]
    if isinstance(value, dict):
        below = {f.name: f for f in field.fields}
        shown = {name: public(below[name], each) for name, each in value.items() if name in below}
        return {name: each for name, each in shown.items() if each not in (None, [], {})}
    return None if field.form in PRIVATE else value


def with_program(document: Document, program: str) -> Added | str:
    """The record's text with a program (the YAML of a mapping) after its last one, or why that cannot be done.

    Nothing else changes: the result is read again, and compared with what was there.
    """
    end = "\r\n" if "\r\n" in document.text else "\n"
    lines = document.text.splitlines(keepends=True)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += end
    place = _place(document, lines)
    if isinstance(place, str):
        return place
    number, indent, head = place
    block = [*head, *_as_item(program, indent)]
    text = "".join((*lines[:number], *(f"{line}{end}" for line in block), *lines[number:]))
    fault = _changed(document, text, program)
    return fault or Added(text=text, line=number + len(head) + 1)


def _place(document: Document, lines: list[str]) -> tuple[int, int, list[str]] | str:
    """(number of lines before the new item, columns before its dash, lines to put before it), or why not."""
    programs = document.data.get("programs")
    if programs is None:
        number = _before(lines, _next_key(document, "programs", of=("sources", "verified")))
        is_spaced = number < len(lines) and not lines[number].strip()
        return number, 2, ["", "programs:"] if is_spaced else ["programs:"]
    if not isinstance(programs, list) or not programs:
        return 'its "programs" holds no list of programs; delete that line first'
    first = document.locate(("programs", 0)).line
    dash = next((n for n in range(first - 1, -1, -1) if lines[n].lstrip(" ").startswith("-")), None)
    if dash is None or document.locate(("programs",), key=True).line - 1 > dash:
        return "its programs are written in brackets; write each on lines of its own, beginning with a dash"
    indent = len(lines[dash]) - len(lines[dash].lstrip(" "))
    return _before(lines, _next_key(document, "programs")), indent, []


def _next_key(document: Document, name: str, *, of: tuple[str, ...] = ()) -> int:
    """Line of the key that follows `name`, or of the first of some keys; past the last line when there is none."""
    start = document.locate((name,), key=True).line if name in document.data else 0
    after = [document.locate((key,), key=True).line for key in document.data if not of or key in of]
    return min((line for line in after if line > start), default=len(document.text.splitlines()) + 1)


def _before(lines: list[str], line: int) -> int:
    """How many lines stand before the comments right above a key, and before the empty lines above those."""
    number = line - 1
    while number and lines[number - 1].startswith("#"):
        number -= 1
    while number and not lines[number - 1].strip():
        number -= 1
    return number


def _as_item(program: str, indent: int) -> list[str]:
    """The lines of a mapping as an item of a list."""
    first, *rest = program.splitlines()
    before = " " * indent
    return [f"{before}- {first}", *(f"{before}  {line}".rstrip() for line in rest)]


def _changed(document: Document, text: str, program: str) -> str:
    """Why the new text is not the old one with the program added; empty when it is."""
    added, _ = parse(program, relative="program")
    after, problems = parse(text, relative=document.path, limit_bytes=1_000_000)
    if after is None or added is None:
        return _why(problems)
    wanted = {**document.data, "programs": [*document.data.get("programs", []), added.data]}
    return "" if after.data == wanted else "adding the program would change something else in the file"


def _why(problems: tuple[Problem, ...]) -> str:
    found = problems[0] if problems else None
    return f"the file could not be read afterwards: {found.message}" if found else "the program cannot be read"
