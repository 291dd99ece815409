"""Rules about the site's own words in the languages of a district."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.model import District
from generator.records.cache import marks
from generator.records.load import Loaded
from generator.rules.records import records
from generator.rules.rule import Finding

if TYPE_CHECKING:
    from babel.messages import Catalog

    from generator.words.po import Slip

ENGLISH = "en"
Verdict = tuple[str, ...]
"""What is wrong with one catalogue, a sentence each, in which its language stands as `in "es"`."""


def broken_catalogue(loaded: Loaded) -> Iterator[Finding]:
    """A language of the site has a catalogue that can be read, with every placeholder and plural as it should be."""
    hint = "mend the line; partners translate check tells more. Without it the site cannot be built in this language"
    return _of_languages(loaded, "broken-catalogue", lambda words: words[0], hint)


def missing_catalogue(loaded: Loaded) -> Iterator[Finding]:
    """A language of the site has all its interface words in translations/<language>/interface.po."""
    hint = "take the language out until they do; people would read English pages"
    return _of_languages(loaded, "missing-catalogue", lambda words: words[1], hint)


def _of_languages(
    loaded: Loaded, rule: str, part: Callable[[tuple[Verdict, Verdict]], Verdict], hint: str
) -> Iterator[Finding]:
    """A finding for each sentence about a language, beside its place in the district's list."""
    for path, district in records(loaded, District):
        told = loaded.told_before(rule, path)
        for number, language in enumerate(district.languages):
            if language == ENGLISH:
                continue
            if told is None:  # a cache of other catalogues would be that of another version
                sentences = part(_verdicts(loaded.project.catalogues, language))
            else:
                sentences = tuple(words for words in told if f'in "{language}"' in words)
            for sentence in sentences:
                yield Finding(path=path, route=("languages", number), message=sentence, hint=hint)


def _verdicts(folder: Path, language: str) -> tuple[Verdict, Verdict]:
    """What is broken in the catalogue of a language, and what is missing."""
    file = folder / language / "interface.po"
    if not file.is_file():
        return (), (f'the site\'s own words do not exist in "{language}" yet',)
    return _judged(folder, language, marks((file, folder / "interface.pot")))


@lru_cache(maxsize=64)
def _judged(folder: Path, language: str, _marks: tuple[str, ...]) -> tuple[Verdict, Verdict]:
    """The same for a catalogue that is there; two rules ask for it."""
    from generator.words.interface import lacking, slips  # slow to import, and most checks need not look
    from generator.words.po import Slip, parse

    catalogue = parse((folder / language / "interface.po").read_bytes(), language)
    if isinstance(catalogue, Slip):
        return (_sentence(language, catalogue),), ()
    broken = tuple(_sentence(language, slip) for slip in slips(catalogue))
    wanted = _wanted(folder, marks((folder / "interface.pot",)))
    missing = lacking(catalogue, wanted)
    if not missing or broken:
        return broken, ()
    what = f"{len(missing):,} of the {len(wanted):,} words of the site"
    return (), (f'{what} do not exist in "{language}" yet: "{missing[0]}" …',)


def _sentence(language: str, slip: "Slip") -> str:
    where = f"translations/{language}/interface.po:{slip.line}"
    return f'a translator\'s slip in "{language}": {where}: {slip.message}'


@lru_cache(maxsize=2)
def _wanted(folder: Path, _marks: tuple[str, ...]) -> "Catalog":
    """Every message of the site; `_marks` differ whenever it does."""
    from generator.words.interface import read_words

    return read_words(folder / "interface.pot")
