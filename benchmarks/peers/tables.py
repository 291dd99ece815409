"""What Hugo looks up: the terms of the vocabularies, the facets of the lists, and the district's goals."""

from collections.abc import Iterator, Mapping

from benchmarks.peers.lists import folder
from generator.directory import Directory
from generator.languages import Locale
from generator.pages.goals import PRIORITIES, priority_names
from generator.search.answers import ASK
from generator.search.facets import FACETS, Facet, Value, label, values
from generator.vocabulary import Vocabulary

Table = Mapping[str, object]


def tables(directory: Directory, locale: Locale) -> dict[str, Table]:
    """The data files of a language by name; ids are in small letters, as Hugo keeps names of keys."""
    return {
        "terms": {name: terms(known, locale) for name, known in directory.vocabularies.items()},
        "facets": {folder(facet.key): facet_table(facet, directory, locale) for facet in FACETS},
        "goals": dict(goals(directory, locale)),
    }


def terms(vocabulary: Vocabulary, locale: Locale) -> Table:
    """A vocabulary: each term with its place in it."""
    return {
        term.id.lower(): {
            "label": locale.term(vocabulary.name, term.id),
            "hint": locale.hint(vocabulary.name, term.id),
            "order": number,
        }
        for number, term in enumerate(vocabulary.terms)
    }


def facet_table(facet: Facet, directory: Directory, locale: Locale) -> Table:
    """A facet: its headings by value, and the values that are no school and no term of its vocabulary.

    Their places are below 0, before the terms, but for that of the one that says that nothing is known.
    """
    known = values(facet, directory)
    places = (place for place in enumerate(known, start=-len(known)) if is_named(place[1]))
    named = {value.slug: (label(locale, value), place) for place, value in places}
    named[ASK] = named[ASK][0], len(known)
    return {
        "key": facet.key,
        "label": locale.gettext(facet.label),
        "vocabulary": facet.vocabulary,
        "headings": {slug: locale.gettext(facet.heading(slug)) for slug in ("", ASK, *facet.headings)},
        "values": {slug: {"label": said, "order": order} for slug, (said, order) in named.items()},
    }


def is_named(value: Value) -> bool:
    """Whether the name of a value stands nowhere else."""
    return not value.name and not value.vocabulary


def goals(directory: Directory, locale: Locale) -> Iterator[tuple[str, Table]]:
    """The names of goals and actions, and whether they are in English on a page in another language."""
    if directory.priorities is None:
        return
    for slug, (path, name) in priority_names(directory.priorities).items():
        said = locale.words(PRIORITIES, path, name)
        yield slug, {"text": said.text, "english": said.language != locale.language}
