"""What the core says is missing names no option; the command line adds the option, and the desk has fields."""

import re
from pathlib import Path

import pytest

from generator.cli.hints import OPTIONS, with_option

CORE = ("generator/nominations", "generator/desk")
OPENED = "--identity"
"""A sealed vault is opened by the command line only, also where a desk asks for it."""


def sources(repository: Path) -> dict[str, str]:
    """The text of every module and template of the core and the desk."""
    paths = (path for folder in CORE for path in (repository / folder).rglob("*") if path.suffix in (".py", ".html"))
    return {path.relative_to(repository).as_posix(): path.read_text("utf-8") for path in paths}


def test_no_sentence_of_core_or_desk_names_an_option(repository: Path) -> None:
    found = {
        f"{path}: {option}"
        for path, text in sources(repository).items()
        for option in re.findall(r"(?<=[ (])--[a-z][a-z-]+", text)
        if option != OPENED and not path.endswith(("serving.py", "brought.py"))  # a command, and what it would say
    }
    assert found == set()


@pytest.mark.parametrize(("words", "option"), OPTIONS)
def test_each_option_is_of_a_sentence_that_there_is(words: str, option: str, repository: Path) -> None:
    work = (repository / "generator/cli/nominations_work.py").read_text("utf-8")
    assert any(words in text for text in (*sources(repository).values(), work)), words
    assert with_option(f"Something: {words}") == f"Something: {words} ({option})"


def test_a_sentence_that_misses_nothing_stays() -> None:
    assert with_option("kim sent this nomination, and does not judge it") == (
        "kim sent this nomination, and does not judge it"
    )
