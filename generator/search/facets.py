"""The facets of the finder: the questions that families ask, their values, and which programs have each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from generator.directory import Directory, Offer
from generator.languages import N_, Locale
from generator.model import Region, School
from generator.search.answers import (
    ANY,
    ASK,
    BABIES,
    ELSEWHERE,
    access_of,
    costs_of,
    grades_of,
    languages_of,
    needs_of,
    regions_of,
    schools_of,
    seasons_of,
    times_of,
    ways_of,
)
from generator.vocabulary import slug_of

ASK_LABEL = N_("Not given: ask the partner")
ASK_HEADING = N_("Ask the partner about this: %(facet)s. Programs: %(count)s")
PLAIN_HEADING = N_("Programs – %(value)s: %(count)s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """One question that a family asks of every program.

    `key` is the parameter in the finder's address, the folder of the browse pages and the `data-` attribute. `label`
    and the headings are messages, headings by value with "" for all others. `named` are values without a vocabulary,
    by slug. Facets of one `group` widen each other, those of different groups narrow each other.
    """

    key: str
    label: str
    values_of: Callable[[Directory, Offer], Iterable[str]]
    group: str = ""
    vocabulary: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    headings: Mapping[str, str] = field(default_factory=dict)

    def heading(self, slug: str) -> str:
        """The message over a browse page, with `value`, `facet` and `count` to fill in."""
        if slug == ASK:
            return ASK_HEADING
        return self.headings.get(slug) or self.headings.get("") or PLAIN_HEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A value of a facet, and what it is called: a `name`, the same in every language, a `region` of the district, a
    `term` of a vocabulary, or a `message` of the interface.
    """

    slug: str
    name: str = ""
    region: Region | None = None
    vocabulary: str = ""
    term: str = ""
    message: str = ""


def values(facet: Facet, directory: Directory) -> tuple[Value, ...]:
    """Every value that the facet can have, in the order shown; `ask` comes last."""
    return (
        *_names(facet.key, directory),
        *(Value(slug=slug, message=label) for slug, label in facet.named.items()),
        *_terms(facet.vocabulary, directory),
        Value(slug=ASK, message=ASK_LABEL),
    )


def label(locale: Locale, value: Value) -> str:
    """What the value is called in a language; the name of a region may be English."""
    if value.region:
        return locale.region(value.region).text
    if value.vocabulary:
        return locale.term(value.vocabulary, value.term)
    return value.name or locale.gettext(value.message)


def facet_values(directory: Directory, offer: Offer) -> Mapping[str, tuple[str, ...]]:
    """The slugs of an offer's values by facet; none is empty, for `ask` stands where nothing is known."""
    return {facet.key: tuple(facet.values_of(directory, offer)) or (ASK,) for facet in FACETS}


def browse_sets(
    valued: Iterable[tuple[Offer, Mapping[str, tuple[str, ...]]]],
) -> Mapping[str, Mapping[str, tuple[Offer, ...]]]:
    """Facet → value → the offers that have it, in the order in which they came with their values; no value is empty."""
    found: dict[str, defaultdict[str, list[Offer]]] = {facet.key: defaultdict(list) for facet in FACETS}
    for offer, by_facet in valued:
        for key, slugs in by_facet.items():
            sets = found[key]
            for slug in slugs:
                sets[slug].append(offer)
    return {key: {slug: tuple(offers) for slug, offers in sets.items()} for key, sets in found.items()}


def _terms(vocabulary: str, directory: Directory) -> Iterable[Value]:
    """The terms of a vocabulary in its order; nothing without one."""
    terms = directory.vocabularies[vocabulary].terms if vocabulary else ()
    return (Value(slug=slug_of(term.id), vocabulary=vocabulary, term=term.id) for term in terms)


def _names(key: str, directory: Directory) -> Iterable[Value]:
    """Schools by name and regions in the district's order."""
    if key == "school":
        return (Value(slug=s.slug, name=school_name(s)) for s in directory.schools.values())
    if key == "region":
        return (Value(slug=region.slug, region=region) for region in directory.district.regions)
    return ()


def school_name(school: School) -> str:
    """The name that people use for the school."""
    return school.short_name or school.name


FACETS = (
    Facet(
        key="grade",
        label=N_("Grade"),
        vocabulary="grades",
        values_of=grades_of,
        named={BABIES: N_("Babies and toddlers")},
        headings={
            "": N_("Programs for %(value)s: %(count)s"),
            BABIES: N_("Programs for babies and toddlers: %(count)s"),
        },
    ),
    Facet(
        key="need",
        label=N_("What you need"),
        vocabulary="focus-areas",
        values_of=needs_of,
        headings={"": N_("%(value)s programs: %(count)s")},
    ),
    Facet(
        key="cost",
        label=N_("Cost"),
        vocabulary="cost-kinds",
        values_of=costs_of,
        headings={"free": N_("Free programs: %(count)s")},
    ),
    Facet(
        key="school",
        label=N_("Near a school"),
        group="near",
        named={ANY: N_("Every school, or online"), ELSEWHERE: N_("Not at a school")},
        values_of=schools_of,
        headings={
            "": N_("Programs at or for %(value)s: %(count)s"),
            ANY: N_("Programs for every school, or online: %(count)s"),
            ELSEWHERE: N_("Programs that are not at a school: %(count)s"),
        },
    ),
    Facet(
        key="region",
        label=N_("In an area"),
        group="near",
        named={ANY: N_("Every area, or online")},
        values_of=regions_of,
        headings={
            "": N_("Programs in the area %(value)s: %(count)s"),
            ANY: N_("Programs for every area, or online: %(count)s"),
        },
    ),
    Facet(
        key="day",
        label=N_("Days and times"),
        vocabulary="days",
        values_of=times_of,
        named={
            "before-school": N_("Before school"),
            "after-school": N_("After school"),
            "evening": N_("Evening"),
            "weekend": N_("Weekend"),
        },
    ),
    Facet(
        key="language",
        label=N_("Language spoken"),
        vocabulary="languages",
        values_of=languages_of,
        headings={"": N_("Programs where people speak %(value)s: %(count)s")},
    ),
    Facet(key="access", label=N_("Access"), vocabulary="access", values_of=access_of),
    Facet(
        key="getting-there",
        label=N_("Getting there"),
        values_of=ways_of,
        named={
            "bus": N_("Bus from a school"),
            "transit": N_("Near a bus or train stop"),
            "online": N_("Online, from home"),
        },
    ),
    Facet(key="season", label=N_("Season"), vocabulary="seasons", values_of=seasons_of),
)
"""In the order shown."""
