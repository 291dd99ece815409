"""Hand-written pages: front matter and Markdown, read as strictly as records are."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.problems import Place, Problem
from generator.source import Comment, Document, Route, parse, read_text
from generator.source.lines import problem_in
from generator.source.marks import Mark, Span

FENCE = "---"
_BLOCK = re.compile(r"[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")


@dataclass(frozen=True, kw_only=True)
class Written:
    """One page: its front matter, its Markdown, and the same as a document whose texts are the Markdown's blocks."""

    front: Document
    markdown: str
    body: Document


class Blocks(Document):
    """Markdown as a document: `text` holds its blocks, and each knows its line."""

    @cached_property
    def comments(self) -> tuple[Comment, ...]:
        """Markdown has none."""
        return ()

    @cached_property
    def _marks(self) -> Mapping[Route, Mark]:
        spans = [Span(line, 1, width) for line, width, _ in blocks(self.text)]
        top = Mark(Span(1, 1, 1), None)
        found: dict[Route, Mark] = {(): top, ("text",): top}
        found.update({("text", number): Mark(span, None) for number, span in enumerate(spans)})
        return found


def read_written(path: Path, *, relative: str) -> tuple[Written | None, tuple[Problem, ...]]:
    """The page in a file, or its problems; whether the front matter fits is for the schema to say. Raises nothing."""
    text, problems = read_text(path, relative=relative)
    return (None, problems) if text is None else parse_written(text, relative=relative)


def parse_written(text: str, *, relative: str) -> tuple[Written | None, tuple[Problem, ...]]:
    """The page that a text is, or its problems."""
    text = text.replace("\r\n", "\n")
    front, fence, markdown = text.removeprefix(f"{FENCE}\n").partition(f"\n{FENCE}\n")
    if not text.startswith(f"{FENCE}\n") or not fence:
        return None, (without_front(text, relative),)
    # The line that stands for the fence keeps the numbers of lines as they are in the file.
    document, problems = parse(f"\n{front}\n", relative=relative)
    if document is None:
        return None, problems
    lines = "\n" * (front.count("\n") + 3)
    body = Blocks(path=relative, data={"text": [block for _, _, block in blocks(markdown)]}, text=lines + markdown)
    return Written(front=document, markdown=markdown, body=body), ()


def without_front(text: str, relative: str) -> Problem:
    """The problem of a page that does not say its title."""
    message = "this page has no front matter, which says its title"
    hint = f'begin the file with a line "{FENCE}", a line "title: …", and another line "{FENCE}"'
    return problem_in(text, Place(path=relative, line=1, column=1), rule="no-front-matter", message=message, hint=hint)


def blocks(markdown: str) -> Iterator[tuple[int, int, str]]:
    """Every run of lines without an empty one between: its first line, from 1, that line's width, and its text."""
    for found in _BLOCK.finditer(markdown):
        yield markdown.count("\n", 0, found.start()) + 1, len(found[0].partition("\n")[0]), found[0]
