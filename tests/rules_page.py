"""docs/rules.md, written from the rules' own sentences."""

from collections.abc import Iterable, Iterator
from typing import Any

from generator.records.folders import KINDS
from generator.rules import EVERY_RECORD, SET
from generator.rules import KINDS as RULES_OF_KINDS
from generator.rules.rule import Rule

PAGE = "docs/rules.md"

INTRODUCTION = """\
# Rules

What `partners check` looks at beyond the [schemas](../schema). An **error** fails the check. One that can be told from
a record by itself also keeps that record out of every site and preview until it is mended; what one in “All records
together” blames is left out only by `partners build --quarantine`, as the workflow *publish* runs it. A **warning**
asks a person to look. Each rule is a function in `generator/rules/`, with good and bad files in
`tests/cases/rules/<rule>/`. This page is written by `make bless`.
"""


def rules_page() -> str:
    """The page as it should be."""
    return "\n".join((INTRODUCTION, *sections())).rstrip("\n") + "\n"


def sections() -> Iterator[str]:
    """One section for every scope, in the order of the lists."""
    yield from section("Every record", EVERY_RECORD)
    for kind in KINDS:
        if kind.name in RULES_OF_KINDS:
            yield from section(
                f"A {kind.name}" if kind.name[0] not in "aeiou" else f"An {kind.name}", RULES_OF_KINDS[kind.name]
            )
    yield from section("All records together", SET)


def section(title: str, rules: Iterable[Rule[Any]]) -> Iterator[str]:
    """A heading and a table."""
    yield f"## {title}\n"
    yield "| rule | | what it asks |"
    yield "|---|---|---|"
    yield from (f"| `{rule.name}` | {rule.severity} | {rule.sentence.replace('|', chr(92) + '|')} |" for rule in rules)
    yield ""
