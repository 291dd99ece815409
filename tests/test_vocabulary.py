"""The vocabularies hold together, read well, and lead from people's words to the right terms."""

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problems import SetupError
from generator.schema import load_schemas
from generator.schema.nearest import nearest_term
from generator.source import read
from generator.text import fold
from generator.vocabulary import Vocabulary, load_vocabularies, load_vocabulary, singular

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "schema/vocabularies"
FILES = sorted(FOLDER.glob("*.yml"))
VOCABULARIES = load_vocabularies(FOLDER)

HINT_WORDS = 12  # a hint is one short sentence

POLICY_KINDS = (
    "early learning",
    "leadership and citizenship",
    "fiscal literacy",
    "arts",
    "social-emotional",
    "health",
    "college readiness",
    "tutoring",
    "mentorship",
    "vocational",
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], Path]:
    """A function that writes a vocabulary of invented fruits with the given terms and returns its file."""

    def fruits(terms: str) -> Path:
        file = tmp_path / "fruits.yml"
        file.write_text(f"title: Fruits\ndescription: What grows on trees.\nterms: {terms}\n", encoding="utf-8")
        return file

    return fruits


def test_there_are_vocabularies() -> None:
    assert "focus-areas" in VOCABULARIES
    assert {file.stem for file in FILES} == set(VOCABULARIES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_vocabulary_fits_its_schema(file: Path) -> None:
    document, problems = read(file, relative=f"schema/vocabularies/{file.name}")
    assert problems == ()
    assert document is not None
    assert load_schemas(REPOSITORY / "schema").check("vocabulary", document) == ()


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=lambda vocabulary: vocabulary.name)
def test_hints_are_short_sentences(vocabulary: Vocabulary) -> None:
    for term in vocabulary.terms:
        assert not term.hint or term.hint.endswith((".", "?")), term.id
        assert len(term.hint.split()) <= HINT_WORDS, term.id


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=lambda vocabulary: vocabulary.name)
def test_labels_are_different(vocabulary: Vocabulary) -> None:
    labels = [fold(term.label) for term in vocabulary.terms]
    assert len(set(labels)) == len(labels)


def test_every_language_says_how_it_is_written() -> None:
    for term in VOCABULARIES["languages"].terms:
        assert term.endonym and term.script and term.direction, term.id
        assert (term.direction == "rtl") == (term.script in ("Arab", "Hebr")), term.id


def test_focus_areas_cover_the_policy_on_partnerships() -> None:
    areas = VOCABULARIES["focus-areas"]
    found = {kind: areas.by_word.get(fold(kind)) for kind in POLICY_KINDS}
    assert None not in found.values(), found
    assert len({term.id for term in found.values() if term}) == len(POLICY_KINDS)


@pytest.mark.parametrize(
    ("vocabulary", "word", "term"),
    [
        ("focus-areas", "fod", "food"),
        ("focus-areas", "Food", "food"),
        ("focus-areas", "vacunas", "health"),
        ("focus-areas", "help with rent", "housing"),
        ("focus-areas", "tutring", "tutoring"),
        ("cost-kinds", "Free of charge", "free"),
        ("cost-kinds", "sliding scale", "sliding"),
        ("grades", "Kindergarten", "K"),
        ("grades", "3rd grade", "3"),
        ("days", "Tuesday", "tue"),
        ("languages", "ASL", "ase"),
        ("languages", "Mandrin", "cmn"),
        ("tiers", "Tier 2", "targeted"),
    ],
)
def test_peoples_words_lead_to_terms(vocabulary: str, word: str, term: str) -> None:
    found = nearest_term(word, VOCABULARIES[vocabulary])
    assert found is not None
    assert found.id == term


@pytest.mark.parametrize("word", ["", "qqqqqqqq", "x" * 10_000, "漢字"])
def test_other_words_lead_nowhere(word: str) -> None:
    assert nearest_term(word, VOCABULARIES["focus-areas"]) is None


def test_broader_terms(write: Callable[[str], Path]) -> None:
    terms = (
        "[{id: fruit, label: Fruit}, {id: apple, label: Apple, broader: fruit}, {id: pippin, label: P, broader: apple}]"
    )
    fruits = load_vocabulary(write(terms))
    assert fruits.broader("pippin") == ("apple", "fruit")
    assert fruits.broader("fruit") == ()


def test_a_retired_term_leads_to_its_successor(write: Callable[[str], Path]) -> None:
    old = '{id: pome, label: Pome, synonyms: [core fruit], retired: {on: "2026-07-01", use: apple}}'
    fruits = load_vocabulary(write(f"[{old}, {{id: apple, label: Apple}}]"))
    assert [term.id for term in fruits.current] == ["apple"]
    assert fruits.by_word["pome"].id == fruits.by_word["core fruit"].id == "apple"


def test_an_id_goes_before_a_word_of_another_term(write: Callable[[str], Path]) -> None:
    fruits = load_vocabulary(write("[{id: apple, label: Apple, synonyms: [pear]}, {id: pear, label: Pear}]"))
    assert fruits.by_word["pear"].id == "pear"


def test_names_of_one_thing() -> None:
    assert [singular(name) for name in ("focus-areas", "communities", "access", "program-status")] == [
        "focus area",
        "community",
        "access",
        "program status",
    ]
    assert VOCABULARIES["focus-areas"].one == "a focus area"
    assert VOCABULARIES["audiences"].one == "an audience"


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("[]", "at least one term"),
        ("fig", "fruits.yml: Expected `array`"),
        ("[{id: fig}]", "label"),
        ("[{id: '', label: Fig}]", "needs an id and a label"),
        ("[{id: fig, label: Fig, colour: green}]", "colour"),
        ("[{id: fig, label: Fig}, {id: fig, label: Figs}]", "fruits.yml:3: the term “fig” is there twice"),
        ("[{id: fig, label: Fig, broader: tree}]", "part of “tree”"),
        ("[{id: fig, label: Fig, broader: fig}]", "part of itself"),
        ("[{id: fig, label: Fig, retired: {on: '2026-07-01', use: plum}}]", "replaced by “plum”"),
        ("[{id: fig, label: Fig, retired: {on: someday}}]", "retired.on"),
        ("[{id: fig, label: Fig", "fruits.yml:"),
    ],
)
def test_a_broken_vocabulary_is_named(write: Callable[[str], Path], terms: str, message: str) -> None:
    with pytest.raises(SetupError) as caught:
        load_vocabulary(write(terms))
    assert message in str(caught.value)
    assert "fruits.yml" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="nowhere"):
        load_vocabularies(tmp_path / "nowhere")
