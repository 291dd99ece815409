"""Controlled vocabularies: the terms that records choose from, with the words that people have for them."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, ValidationError, convert

from generator.problems import SetupError
from generator.source import Document, read
from generator.text import fold

FOLDER = "schema/vocabularies"  # as people know it, whatever the project's root


def slug_of(term: str) -> str:
    """A term as it stands in addresses: `zh-Hant` → `zh-hant`, `K` → `k`."""
    return term.lower()


class Retirement(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Since when a term is out of use, and the term that took its place ("" for none)."""

    on: date
    use: str = ""


class Term(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One term: `id` stands in records, `label` and `hint` are shown, the synonyms are what people type.

    `hsds` is its value in Open Referral HSDS 3.1, `openeligibility` its number in that taxonomy; `endonym`, `script`
    (ISO 15924) and `direction` ("ltr", "rtl") belong to languages only. What is not known is "".
    """

    id: str
    label: str
    hint: str = ""
    synonyms: tuple[str, ...] = ()
    broader: str = ""
    hsds: str = ""
    openeligibility: str = ""
    retired: Retirement | None = None
    endonym: str = ""
    script: str = ""
    direction: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The label and what people type for the term in English."""
        return (self.label, *self.synonyms)


class Vocabulary(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """A list of terms in the order in which people see them; `singular` names one of them: "focus area"."""

    name: str
    title: str
    description: str
    terms: tuple[Term, ...]
    singular: str = ""

    @property
    def path(self) -> str:
        """The file to read or change, as people know it."""
        return f"{FOLDER}/{self.name}.yml"

    @cached_property
    def by_id(self) -> Mapping[str, Term]:
        """Every term by its id."""
        return MappingProxyType({term.id: term for term in self.terms})

    @cached_property
    def order(self) -> Mapping[str, int]:
        """The place of every id, from 0."""
        return MappingProxyType({term.id: number for number, term in enumerate(self.terms)})

    @cached_property
    def current(self) -> tuple[Term, ...]:
        """The terms that are not retired."""
        return tuple(term for term in self.terms if term.retired is None)

    @cached_property
    def by_word(self) -> Mapping[str, Term]:
        """The term for every id, label and synonym, folded as search folds; the first term wins.

        A retired term leads to the one that took its place.
        """
        found: dict[str, Term] = {}
        for wanted in (self._ids, self._words):
            for word, term in wanted():
                found.setdefault(fold(word), term)
        return MappingProxyType(found)

    @property
    def one(self) -> str:
        """What one of the terms is called, with its article: "a focus area"."""
        noun = self.singular or singular(self.name)
        return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"

    def get(self, term: str) -> Term | None:
        """The term with that id, or None."""
        return self.by_id.get(term)

    def broader(self, term: str) -> tuple[str, ...]:
        """The ids of all terms that the term is a part of, nearest first."""
        found: tuple[str, ...] = ()
        known = self.by_id.get(term)
        while known and known.broader:
            found = (*found, known.broader)
            known = self.by_id.get(known.broader)
        return found

    @cached_property
    def chains(self) -> Mapping[str, tuple[str, ...]]:
        """For every id, how it and all terms that it is a part of stand in addresses, nearest first."""
        return MappingProxyType(
            {term.id: tuple(map(slug_of, (term.id, *self.broader(term.id)))) for term in self.terms}
        )

    def _ids(self) -> Iterator[tuple[str, Term]]:
        for term in self.terms:
            yield term.id, self._in_use(term)

    def _words(self) -> Iterator[tuple[str, Term]]:
        for term in self.terms:
            for word in term.words:
                yield word, self._in_use(term)

    def _in_use(self, term: Term) -> Term:
        return self.by_id.get(term.retired.use, term) if term.retired else term


def load_vocabularies(folder: Path) -> Mapping[str, Vocabulary]:
    """Every vocabulary of a folder by its file's name; raises SetupError, naming the file, when one is broken."""
    if not folder.is_dir():
        raise SetupError(f"{folder}: the folder of the vocabularies is missing")
    files = sorted(folder.glob("*.yml"))
    return MappingProxyType({file.stem: load_vocabulary(file) for file in files})


def load_vocabulary(file: Path) -> Vocabulary:
    """The vocabulary of one file; raises SetupError, naming the file, when it is broken."""
    document, problems = read(file, relative=f"{FOLDER}/{file.name}")
    if document is None:
        first = problems[0]
        raise SetupError(f"{first.at.path}:{first.at.line}: {first.message}")
    try:
        vocabulary = convert({**document.data, "name": file.stem}, Vocabulary)
    except ValidationError as error:
        raise SetupError(f"{document.path}: {error}") from error
    fault = next(_faults(vocabulary, document), None)
    if fault:
        raise SetupError(fault)
    return vocabulary


def _faults(vocabulary: Vocabulary, document: Document) -> Iterator[str]:
    """What no schema can see: ids that are used twice, and terms that lead nowhere."""
    if not vocabulary.terms:
        yield f"{document.path}: a vocabulary needs at least one term"
    for number, term in enumerate(vocabulary.terms):
        for fault in _term_faults(vocabulary, number, term):
            yield f"{document.path}:{document.locate(('terms', number)).line}: the term “{term.id}” {fault}"


def _term_faults(vocabulary: Vocabulary, number: int, term: Term) -> Iterator[str]:
    """What is wrong with one term, as the end of a sentence about it."""
    if not term.id or not term.label:
        yield "needs an id and a label"
    if vocabulary.order[term.id] != number:
        yield "is there twice"
    if term.broader and not _is_in_use(vocabulary, term.broader):
        yield f"is part of “{term.broader}”, which is no current term of this list"
    if term.retired and term.retired.use and not _is_in_use(vocabulary, term.retired.use):
        yield f"is replaced by “{term.retired.use}”, which is no current term of this list"
    if term.broader and _is_circular(vocabulary, term):
        yield "is part of itself"


def _is_in_use(vocabulary: Vocabulary, term: str) -> bool:
    known = vocabulary.by_id.get(term)
    return known is not None and known.retired is None


def _is_circular(vocabulary: Vocabulary, term: Term) -> bool:
    seen: set[str] = set()
    known: Term | None = term
    while known and known.id not in seen:
        seen.add(known.id)
        known = vocabulary.by_id.get(known.broader)
    return known is not None


def singular(name: str) -> str:
    """The words for one thing of a list's file name: "focus-areas" gives "focus area"."""
    words = name.replace("-", " ")
    if words.endswith("ies"):
        return words[:-3] + "y"
    return words if words.endswith(("ss", "us")) else words.removesuffix("s")
