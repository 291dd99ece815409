"""The verdict on single files: read, checked against the schema and by themselves, many of them at once."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.machine.processes import shared
from generator.model.common import from_record
from generator.problems import Place, Problem, has_errors
from generator.records.folders import BY_NAME, OUTLINE, PAGE, PICTURE, SEARCH, WRITTEN, Found, Project
from generator.records.outline import read_outline
from generator.records.written import read_written
from generator.schema import Schemas, load_schemas
from generator.source import Document, read
from generator.words.lexicon import strange_terms

CHUNK = 100
SHARED_FROM = 500
"""Fewer files than this are read sooner than other processes start."""
Verdict = tuple[bytes | None, tuple[Problem, ...]]
"""The checked data of one file as JSON, None when it is bad or no record, and what is wrong with it."""
Reader = Callable[[Sequence[Found]], list[Verdict]]
"""The verdict on each of some files."""
Inspect = Callable[[str, Document, Struct | None], Iterable[Problem]]
"""A check of one record by itself: (kind, document, record) -> problems; a translation is a document only."""


def read_all(files: Sequence[Found], reader: Reader) -> Iterator[Verdict]:
    """The verdict on each file, in their order; many files are shared among processes."""
    chunks = [files[start : start + CHUNK] for start in range(0, len(files), CHUNK)]
    if len(files) < SHARED_FROM:
        yield from chain.from_iterable(map(reader, chunks))
        return
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    advice = "nothing is lost, try again"
    yield from chain.from_iterable(shared(reader, chunks, jobs=processors, what="read records", advice=advice))


def read_chunk(project: Project, inspect: Inspect, version: str, files: Sequence[Found]) -> list[Verdict]:
    """The verdict on each of some files."""
    return [verdict(project, inspect, version, file) for file in files]


def verdict(project: Project, inspect: Inspect, version: str, file: Found) -> Verdict:
    """The verdict on one file of whatever kind."""
    if file.kind == PICTURE:
        return None, read_picture(project, file)
    if file.kind == OUTLINE:
        return None, read_outline(project.root)[1]
    schemas = kept_schemas(project.schema, version)
    if file.kind in WRITTEN:
        return None, read_page(project, file, schemas, inspect)
    if file.kind == SEARCH:
        return None, read_search_words(project, file, schemas)
    return read_record(project, file, schemas, inspect)


@lru_cache(maxsize=1)
def kept_schemas(folder: Path, version: str) -> Schemas:
    """The schemas of a folder, read once in each process as long as their version lasts."""
    return load_schemas(folder)


def read_picture(project: Project, file: Found) -> tuple[Problem, ...]:
    """What is wrong with a picture."""
    from generator.pictures import fault  # Pillow takes its time to come, and most checks see no picture

    reason = fault(project.root / file.path)
    if not reason:
        return ()
    hint = "save it again as PNG, JPEG or WebP, smaller if need be"
    return (Problem(at=Place(path=file.path), rule="bad-picture", message=f"this picture {reason}", hint=hint),)


def read_page(project: Project, file: Found, schemas: Schemas, inspect: Inspect) -> tuple[Problem, ...]:
    """What is wrong with a hand-written page: its front matter, and what rules find in its words."""
    page, problems = read_written(project.root / file.path, relative=file.path)
    if page is None:
        return problems
    problems = schemas.check(file.kind, page.front)
    if has_errors(problems):
        return problems
    return (*problems, *inspect(PAGE, page.front, None), *inspect(PAGE, page.body, None))


def read_search_words(project: Project, file: Found, schemas: Schemas) -> tuple[Problem, ...]:
    """What is wrong with the search words of a language."""
    document, problems = read(project.root / file.path, relative=file.path)
    if document is None:
        return problems
    return schemas.check(file.kind, document) or tuple(strange_terms(document, schemas.vocabularies))


def read_record(project: Project, file: Found, schemas: Schemas, inspect: Inspect) -> Verdict:
    """The verdict on one record: data that fit the schema are given even when a rule then finds an error."""
    document, problems = read(project.root / file.path, relative=file.path)
    if document is None:
        return None, problems
    data = schemas.coerce(file.kind, document.data)
    problems = (*problems, *schemas.check(file.kind, document, data))
    if has_errors(problems):
        return None, problems
    kind = BY_NAME.get(file.kind)
    if kind is None:
        return msgspec.json.encode(data), (*problems, *inspect(file.kind, document, None))
    record = from_record(kind.record, file.slug, data)
    return msgspec.json.encode({**data, "slug": file.slug}), (*problems, *inspect(file.kind, document, record))
