"""Plain English: how hard the interface and the hand-written pages are to read, by a dictionary of sounds."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from generator.rules.words import reading_grade
from generator.words.interface import read_words
from tests.reading_grade import grade, sentences, syllables

GOAL = 6
LONGEST = 15
"""Words in a sentence of the interface."""
SOME = 30
"""Words; with fewer a grade says little."""
NOT_FOR_FAMILIES = re.compile("generator/(issues|desk|cli|objections)|schema/vocabularies/(communities|languages)")
"""What staff read, and names of peoples and languages, which have no easier words."""
LINK = re.compile(r"\[([^]]*)\]\([^)]*\)")


def messages(repository: Path) -> dict[str, list[str]]:
    """The English of the interface by the file that says it."""
    found = defaultdict(list)
    for message in read_words(repository / "translations" / "interface.pot"):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        for file, _ in message.locations:
            if message.id and not NOT_FOR_FAMILIES.match(file):
                found[file].extend(ids)
    return dict(found)


def test_the_interface_is_for_a_sixth_grader(repository: Path) -> None:
    by_file = messages(repository)
    assert sum(map(len, by_file.values())) > 500
    assert grade(text for texts in by_file.values() for text in texts) <= GOAL
    long = {file: texts for file, texts in by_file.items() if sum(map(len, sentences(texts))) >= SOME}
    assert len(long) > 10
    assert {file: round(grade(texts), 1) for file, texts in long.items() if grade(texts) > GOAL} == {}


def test_no_sentence_of_the_interface_is_long(repository: Path) -> None:
    found = (text for texts in messages(repository).values() for text in texts)
    assert sorted({text for text in found if any(len(words) > LONGEST for words in sentences([text]))}) == []


@pytest.mark.parametrize("page", sorted(path.name for path in Path("pages").glob("*.md")))
def test_hand_written_pages_are_for_a_sixth_grader(repository: Path, page: str) -> None:
    text = (repository / "pages" / page).read_text("utf-8").split("---", 2)[2]
    lines = [re.sub(r"^[#*\-\d.\s]+", "", LINK.sub(r"\1", line)) for line in text.splitlines()]
    assert grade(lines) <= GOAL


def test_a_hard_text_is_told_from_an_easy_one() -> None:
    easy = "You can come by any day. We help you with your homework. It costs you nothing at all."
    hard = "Participants receive comprehensive individualized academic remediation coordinated by credentialed staff."
    assert grade([easy]) < GOAL / 2 < 2 * GOAL < grade([hard])


def test_the_rule_for_records_reckons_as_the_dictionary_does(repository: Path) -> None:
    """The rule has no dictionary: it is to be within a grade and a half of it, on the district's own records."""
    apart = []
    for path in sorted((repository / "pages").glob("*.md")):
        for paragraph in path.read_text("utf-8").split("\n\n"):
            text = LINK.sub(r"\1", " ".join(paragraph.split()))
            if text[:1].isalpha() and text.endswith(".") and (known := reading_grade(text)):
                apart.append(abs(known - grade([text])))
    assert len(apart) >= 10
    assert sum(apart) / len(apart) <= 1.5


@pytest.mark.parametrize(("word", "count"), [("homework", 2), ("eligible", 4), ("free", 1), ("don’t", 1), ("xyzzy", 2)])
def test_syllables_are_those_that_are_heard(word: str, count: int) -> None:
    assert syllables(word) == count
