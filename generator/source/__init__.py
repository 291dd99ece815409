"""Files that strangers wrote, read as YAML with text, lists and keys only, or as the problems they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator.problems import Place, Problem
from generator.source.characters import advice, describe, forbidden
from generator.source.comments import Comment, comments
from generator.source.disk import read_bytes, too_large
from generator.source.document import Document, texts
from generator.source.encoding import decode
from generator.source.lines import line_of, position, problem_in
from generator.source.marks import Route
from generator.source.tree import read_tree

__all__ = ["LIMIT_BYTES", "Comment", "Document", "Route", "comments", "parse", "read", "read_text", "texts"]

LIMIT_BYTES = 65_536
_CHARACTERS_SHOWN = 10  # different forbidden characters reported for one file


def read(path: Path, *, relative: str, limit_bytes: int = LIMIT_BYTES) -> tuple[Document | None, tuple[Problem, ...]]:
    """The file as a document, or its problems; `relative` is the name that people know it by. Raises nothing."""
    content = read_bytes(path, relative=relative, limit_bytes=limit_bytes)
    if isinstance(content, Problem):
        return None, (content,)
    return parse(content, relative=relative, limit_bytes=limit_bytes)


def read_text(path: Path, *, relative: str, limit_bytes: int = LIMIT_BYTES) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file that holds no YAML, or its problems. Raises nothing."""
    content = read_bytes(path, relative=relative, limit_bytes=limit_bytes)
    if isinstance(content, Problem):
        return None, (content,)
    return _text(content, relative, limit_bytes)


def parse(
    content: str | bytes, *, relative: str, limit_bytes: int = LIMIT_BYTES
) -> tuple[Document | None, tuple[Problem, ...]]:
    """The content of a file as a document, or its problems; never both, and never an exception."""
    text, problems = _text(content, relative, limit_bytes)
    if text is None:
        return None, problems
    data, problems = read_tree(text, relative)
    problems = problems or tuple(_cut_values(text, relative))
    if data is None or problems:
        return None, problems
    return Document(path=relative, data=data, text=text), ()


def _text(content: str | bytes, relative: str, limit_bytes: int) -> tuple[str | None, tuple[Problem, ...]]:
    """The content as text without forbidden characters, or its problems."""
    size = len(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    if size > limit_bytes:
        return None, (too_large(relative, size, limit_bytes),)
    text = content if isinstance(content, str) else decode(content, path=relative)
    if isinstance(text, Problem):
        return None, (text,)
    problems = tuple(_forbidden_characters(text, relative))
    return (None, problems) if problems else (text, ())


def _forbidden_characters(text: str, path: str) -> Iterator[Problem]:
    """A problem for the first of each forbidden character; a tab is the one that people type."""
    seen: set[str] = set()
    for index, character in forbidden(text):
        if character in seen:
            continue
        seen.add(character)
        if len(seen) > _CHARACTERS_SHOWN:
            return
        line, column = position(text, index)
        rule = "tab" if character == "\t" else "forbidden-character"
        message = f"{describe(character)} stands here"
        yield problem_in(
            text, Place(path=path, line=line, column=column), rule=rule, message=message, hint=advice(character)
        )


def _cut_values(text: str, path: str) -> Iterator[Problem]:
    """A problem for each value like `12 River Street #5`, of which YAML drops the "#5" without a word."""
    if not re.search(r"\S +#[^\s#!]", text):
        return
    for comment in comments(text):
        before = line_of(text, comment.line)[: comment.column - 1].rstrip()
        is_separate = not comment.text or comment.text[0] in " #!" or before.endswith(('"', "'", "]", "}", "|", ">"))
        if before and not is_separate:
            at = Place(path=path, line=comment.line, column=comment.column)
            message = 'a "#" after a space begins a comment, so the value ends before it'
            hint = 'Put quotation marks around the whole value, or a space after the "#" of a comment.'
            width = len(comment.text.rstrip()) + 1
            yield problem_in(text, at, rule="cut-by-comment", message=message, hint=hint, width=width)
