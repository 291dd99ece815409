"""Words under which text search finds a page although they do not stand on it.

Pagefind has no synonyms, no word breaks for Chinese, no folding of Ethiopic and Arabic spellings, and knows the endings
of few languages, so each indexed page, which are those of programs, carries such words as metadata: `<meta
data-pagefind-meta="kw[content]" content="…">`. The finder's script does the same with what is typed, by the same tables
(`generator.search.tables`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from unicodedata import normalize

from generator.directory import Directory, Offer
from generator.languages import ENGLISH, Locale, remembered
from generator.model import School
from generator.words.lexicon import Lexicon, words_of

LIMIT = 900
"""Characters at most: every word here is paid for by each phone that searches."""
HAN_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]{2,}")
ACCENTS = re.compile(r"[\u0300-\u036f]+")
"""What Pagefind itself takes off letters."""
PUNCTUATION = "()[]{}.,;:!?\"'“”‘’«»…·–—،؛؟、，。；：！？（）「」《》፡።፣፤"


def kw(locale: Locale, offer: Offer, names: Iterable[str]) -> str:
    """The further search words of a program in a language: most telling first, each once, at most 900 characters.

    `names` are its other ones, see `other_names`.

    Other names, then labels and synonyms of its terms in that language, then spellings evened out, then pairs of
    Chinese characters.
    """
    of_terms = [term_search(locale, *term) for term in dict.fromkeys(chain.from_iterable(terms_of(offer)))]
    own = (*texts_of(offer, locale), *names)
    of_record = (by_case(tokens(names)), by_case(evened_out(locale.lexicon, own)), by_case(bigrams(own)))
    unique: dict[str, str] = {}
    for words in chain.from_iterable(zip(of_record, *of_terms, strict=True)):
        unique |= words
    return joined(unique.values())


def other_names(offer: Offer, directory: Directory) -> tuple[str, ...]:
    """Names that the page itself may not show: other ones of its partner and of its schools, short ones among them."""
    schools = directory.schools
    at = (name for slug in offer.program.where.schools if slug in schools for name in school_names(schools[slug]))
    return (*offer.partner.also_known_as, *at)


def school_names(school: School) -> tuple[str, ...]:
    """Every name of a school beside the full one."""
    return tuple(filter(None, (school.short_name, *school.also_known_as)))


def terms_of(offer: Offer) -> Iterator[Iterable[tuple[str, str]]]:
    """The (vocabulary, term) pairs of a program, most telling first."""
    partner, program = offer.partner, offer.program
    yield of("focus-areas", program.focus)
    yield of("audiences", program.audience)
    yield of("communities", partner.culturally_specific)
    yield of("cost-kinds", (program.cost.kind,) if program.cost else ())
    yield of("languages", program.languages or partner.languages)
    yield of("access", program.access)
    yield of("meals", program.meals)
    yield of("seasons", program.when.seasons)
    yield of("grades", program.grades.each() if program.grades else ())


def of(vocabulary: str, terms: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Each term with its vocabulary."""
    return ((vocabulary, term) for term in terms)


@remembered
def term_search(locale: Locale, vocabulary: str, term: str) -> tuple[Mapping[str, str], ...]:
    """What search finds a term under: its words, those whose spelling is evened out, and pairs of characters."""
    words = term_words(locale, vocabulary, term)
    return by_case(tokens(words)), by_case(evened_out(locale.lexicon, words)), by_case(bigrams(words))


def by_case(words: Iterable[str]) -> Mapping[str, str]:
    """The words by what they are without regard to case; the first of those that are alike."""
    found: dict[str, str] = {}
    for word in words:
        found.setdefault(word.casefold(), word)
    return found


def term_words(locale: Locale, vocabulary: str, term: str) -> tuple[str, ...]:
    """A term's label and synonyms in the language, and the labels of broader terms; a grade has only its first synonym.

    Synonyms of broader terms are left out: who searches for diapers does not mean every program for basic needs.
    """
    terms = locale.vocabularies[vocabulary]
    known = terms.get(term)
    if known is None:
        return ()
    listed = known.synonyms[:1] if vocabulary == "grades" else known.synonyms
    synonyms = (*(listed if locale.language == ENGLISH else ()), *locale.lexicon.words(vocabulary, term))
    searched = filter(is_searched, synonyms)
    wider = (locale.term(vocabulary, broader) for broader in terms.broader(term))
    return (locale.term(vocabulary, term), known.endonym, *searched, *wider)


def is_searched(synonym: str) -> bool:
    """Whether anybody would type it: a bare amount such as `$0` only helps a checker of records."""
    return synonym.lower() != synonym.upper() or not synonym.isascii()


def texts_of(offer: Offer, locale: Locale) -> tuple[str, ...]:
    """The names and the summary as the page shows them."""
    partner, program = offer.partner, offer.program
    summary = locale.words(f"partners/{partner.slug}", f"programs/{program.slug}/summary", program.summary)
    return (program.name, partner.name, summary.text)


def tokens(texts: Iterable[str]) -> Iterator[str]:
    """The single words of the texts without the punctuation around them."""
    return filter(None, (word.strip(PUNCTUATION) for text in texts for word in text.split()))


def evened_out(lexicon: Lexicon, texts: Iterable[str]) -> Iterator[str]:
    """The words of the texts as a query has them, where Pagefind would not find them so: folded, without affixes.

    Pagefind finds words by their beginnings and without accents, so most endings need not be taken off here.
    """
    for word in tokens(text for text in texts if lexicon.alters_beginnings or not text.isascii()):
        for plain in words_of(word):
            if not word.isascii() and plain != without_accents(word):
                yield plain
            if lexicon.alters_beginnings:
                yield from (stem for stem in lexicon.stems(plain) if not plain.startswith(stem))


def without_accents(word: str) -> str:
    """What Pagefind makes of a word in Latin letters."""
    return ACCENTS.sub("", normalize("NFD", word.lower()))


def bigrams(texts: Iterable[str]) -> Iterator[str]:
    """Every pair of neighbouring Chinese characters: what the finder makes of a Chinese query, too."""
    for run in chain.from_iterable(HAN_RUN.findall(text) for text in texts if not text.isascii()):
        yield from (first + second for first, second in pairwise(run))


def joined(words: Iterable[str]) -> str:
    """As many whole words as fit the limit."""
    several = tuple(words)
    if len(whole := " ".join(several)) <= LIMIT:
        return whole
    kept: list[str] = []
    room = LIMIT
    for word in several:
        if len(word) <= room:
            kept.append(word)
            room -= len(word) + 1
    return " ".join(kept)
