"""What every record of the invented district has in common: the words, the terms, the places, the days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any

from generator.model.district import SCHOOL_YEAR_BEGINS, school_year_from
from generator.problems import SetupError
from generator.sample.chance import pick, stream, whole
from generator.sample.names import VARIETY, Syllables, coined, syllables
from generator.source import read
from generator.text import slugify
from generator.vocabulary import Vocabulary

WORDS = Path(__file__).parent / "words"
SOUTH, WEST, NORTH, EAST = 44.0, -140.0, 44.2, -139.7
"""The box of the district, in degrees: open ocean, so that no real place is meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A school as other records speak of it: its file, its name and its grades, first and last."""

    slug: str
    name: str
    level: str
    grades: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The size of the district, its languages (English first), the day it lives in, and its words and terms."""

    partners: int
    schools: int
    languages: tuple[str, ...]
    seed: int
    today: date
    vocabularies: Mapping[str, Vocabulary]

    @cached_property
    def areas(self) -> Mapping[str, Any]:
        """Words by focus area."""
        return words("areas")

    @cached_property
    def names(self) -> Mapping[str, Any]:
        """Parts of names."""
        return words("names")

    @cached_property
    def sentences(self) -> Mapping[str, Any]:
        """Sentences by kind of record."""
        return words("sentences")

    @cached_property
    def scripts(self) -> Mapping[str, Any]:
        """Pseudo-letters by script."""
        return words("scripts")

    @cached_property
    def pages(self) -> Mapping[str, Any]:
        """Hand-written pages by name."""
        return words("pages")

    @cached_property
    def terms(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of every vocabulary, retired ones left out."""
        return {name: tuple(t.id for t in v.current) for name, v in self.vocabularies.items()}

    @cached_property
    def _syllables(self) -> Syllables:
        return syllables(self.names)

    @cached_property
    def regions(self) -> tuple[str, ...]:
        """Slugs of the parts of the district."""
        return tuple(slugify(name) for name in self.names["regions"])

    @cached_property
    def school_places(self) -> tuple[Place, ...]:
        """Every school."""
        return tuple(self._school(number) for number in range(self.schools))

    @cached_property
    def partner_kinds(self) -> tuple[str, ...]:
        """The kind of every partner, in turn, so that a small district has many."""
        kinds = self.terms["partner-kinds"]
        return tuple(kinds[(number + self.seed) % len(kinds)] for number in range(self.partners))

    @cached_property
    def partner_names(self) -> tuple[str, ...]:
        """The name of every partner."""
        return tuple(self._partner(number) for number in range(self.partners))

    @cached_property
    def initiatives(self) -> tuple[str, ...]:
        """Slugs of the initiatives."""
        return tuple(slugify(name) for name in self.sentences["initiative"]["names"])

    @cached_property
    def goals(self) -> tuple[str, ...]:
        """Slugs of the district's goals."""
        return tuple(goal["slug"] for goal in self.sentences["goals"])

    def random(self, *about: str | int) -> Random:
        """A generator for one thing of this district."""
        return stream(self.seed, *about)

    def coined(self, number: int) -> str:
        """An invented name; partners take them from the beginning of the row, others from its end."""
        return coined(self._syllables, number % VARIETY**2 if number < 0 else number, shift=self.seed * 611)

    def day(self, offset: int) -> date:
        """The day that many days from today."""
        return self.today + timedelta(days=offset)

    def term(self, random: Random, vocabulary: str) -> str:
        """Any term of a vocabulary."""
        return pick(random, self.terms[vocabulary])

    def spot(self, random: Random) -> dict[str, float]:
        """A position in the box."""
        steps = 10_000
        return {
            "latitude": round(SOUTH + (NORTH - SOUTH) * whole(random, 500, steps - 500) / steps, 5),
            "longitude": round(WEST + (EAST - WEST) * whole(random, 500, steps - 500) / steps, 5),
        }

    def address(self, random: Random) -> str:
        """A street address."""
        street = f"{pick(random, self.names['streets'])} {pick(random, self.names['street_kinds'])}"
        return f"{whole(random, 1, 99) * 10} {street}, Riverbend, RB 00000"

    def year(self, ago: int = 0) -> str:
        """A school year such as 2026-27: this one, or that many years ago."""
        return school_year_from(self.first_day(ago).year)

    def first_day(self, ago: int = 0) -> date:
        """First day of a school year."""
        first = self.today.year - (self.today.month < SCHOOL_YEAR_BEGINS) - ago
        return date(first, 9, 2)

    def last_day(self, ago: int = 0) -> date:
        """Last day of a school year."""
        return date(self.first_day(ago).year + 1, 6, 16)

    def _partner(self, number: int) -> str:
        endings = self.names["partners"].get(self.partner_kinds[number], ["Partners"])
        return f"{self.coined(number)} {endings[number % len(endings)]}"

    def _school(self, number: int) -> Place:
        levels = tuple(self.names["schools"])
        level = levels[SCHOOL_LEVELS[number % len(SCHOOL_LEVELS)] % len(levels)]
        name = f"{self.coined(-1 - number)} {self.names['schools'][level][0]}"
        return Place(slug=slugify(name), name=name, level=level, grades=GRADES_OF[level])


SCHOOL_LEVELS = (1, 3, 5, 2, 1, 1, 4, 3, 1, 5, 0, 6)
"""Places in the list of levels, in turn: elementary schools are the most common."""
GRADES_OF = {
    "preschool": ("PK", "PK"),
    "elementary": ("K", "5"),
    "k-8": ("K", "8"),
    "middle": ("6", "8"),
    "secondary": ("6", "12"),
    "high": ("9", "12"),
    "k-12": ("K", "12"),
}


def words(name: str) -> Mapping[str, Any]:
    """One of the word lists."""
    document, problems = read(WORDS / f"{name}.yml", relative=f"generator/sample/words/{name}.yml")
    if document is None:
        raise SetupError(f"{problems[0].at.path}:{problems[0].at.line}: {problems[0].message}")
    return document.data


def given(**fields: Any) -> dict[str, Any]:
    """The fields that have a value; None, "", [] and {} are left out."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}
