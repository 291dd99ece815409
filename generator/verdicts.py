"""The verdict on single files: read, checked against the schema and by themselves, many of them at once."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec
from msgspec import Struct

from generator.folders import BY_NAME, PAGE, PICTURE, WRITTEN, Found, Project
from generator.model.common import from_record
from generator.problems import Place, Problem, SetupError, has_errors
from generator.schema import Schemas, load_schemas
from generator.source import Document, read
from generator.written import read_written

CHUNK = 100
SHARED_FROM = 500
"""Fewer files than this are read sooner than other processes start."""
PR_SET_PDEATHSIG = 1
"""Linux: what `prctl(2)` has to set so that a process gets a signal when its parent ends."""
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
    # Slow to import, and most checks read few files.
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor

    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    processes = ProcessPoolExecutor(min(processors, len(chunks)), initializer=leave_stopping)
    try:
        yield from chain.from_iterable(processes.map(reader, chunks))
    except BrokenProcessPool as error:
        raise SetupError(
            "a process that read records was killed, perhaps because memory ran out; nothing is lost, try again"
        ) from error
    finally:
        processes.shutdown(cancel_futures=True)


def leave_stopping() -> None:
    """Ctrl-C reaches every process of a terminal; the one that gave this one its work ends it.

    Where the system can (Linux), it does so even when it is killed: nobody would ever give this one work again.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def read_chunk(project: Project, inspect: Inspect, version: str, files: Sequence[Found]) -> list[Verdict]:
    """The verdict on each of some files."""
    return [verdict(project, inspect, version, file) for file in files]


def verdict(project: Project, inspect: Inspect, version: str, file: Found) -> Verdict:
    """The verdict on one file of whatever kind."""
    if file.kind == PICTURE:
        return None, read_picture(project, file)
    schemas = kept_schemas(project.schema, version)
    if file.kind in WRITTEN:
        return None, read_page(project, file, schemas, inspect)
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
