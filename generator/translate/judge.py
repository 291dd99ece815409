"""What the loader would say of words that have come back, before they are kept."""

from collections.abc import Callable

from generator.problems import Problem
from generator.records.cache import version_of
from generator.records.folders import PAGE, TRANSLATED_PAGE, TRANSLATION, Project
from generator.records.verdicts import kept_schemas
from generator.records.written import parse_written
from generator.rules import inspect
from generator.source import parse


def judge(project: Project) -> Callable[[str, str], tuple[Problem, ...]]:
    """The loader's opinion of a file of translations: (path, content) -> problems."""
    schemas = kept_schemas(project.schema, version_of(project.schema))

    def judged(path: str, content: str) -> tuple[Problem, ...]:
        if path.endswith(".md"):
            page, problems = parse_written(content, relative=path)
            if page is None:
                return problems
            problems = schemas.check(TRANSLATED_PAGE, page.front)
            return problems or (*inspect(PAGE, page.front, None), *inspect(PAGE, page.body, None))
        document, problems = parse(content, relative=path)
        if document is None:
            return problems
        problems = schemas.check(TRANSLATION, document, schemas.coerce(TRANSLATION, document.data))
        return problems or inspect(TRANSLATION, document, None)

    return judged
