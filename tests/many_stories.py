"""An invented district that thanks its partners a thousand times: stories of four school years, no two alike."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from types import MappingProxyType

from msgspec import structs

from generator.directory import Directory
from generator.model import Impact, Story
from tests.factories import story
from tests.finder_district import directory, partner, school, vocabularies

SITE = "https://partners.example.org/"
YEARS = 4
PARTNERS = 120
SCHOOLS = 60
WORDS = (
    *("river", "mill", "oak", "cedar", "pine", "reading", "nights", "table", "garden", "coats", "music", "lunch"),
    *(
        "winter",
        "summer",
        "drums",
        "books",
        "bikes",
        "paint",
        "chess",
        "robots",
        "bread",
        "quilts",
        "lanterns",
        "stars",
    ),
    *("boats", "maps", "kites", "theater", "science", "dance", "soccer", "letters", "bridge", "harvest"),
)


def title(random: Random, words: int) -> str:
    """Some words that nobody else has in this order."""
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize()


def told(number: int, random: Random) -> Story:
    """A story; the first ones are the newest."""
    year = 2025 - number % YEARS
    return story(
        f"{title(random, 4).lower().replace(' ', '-')}-{number}",
        title=title(random, 6),
        summary=f"{title(random, 14)}.",
        school_year=f"{year}-{year % 100 + 1}",
        published=date(year + 1, 6, 30) - timedelta(days=number // YEARS),
        partners=(f"partner-{random.randrange(PARTNERS)}",),
        schools=(f"school-{random.randrange(SCHOOLS)}",),
        focus=tuple(random.sample(tuple(vocabularies()["focus-areas"].order), 2)),
        impact=(Impact(figure=random.randrange(2, 900), unit="families", what=f"{title(random, 5).lower()}"),),
    )


def many_stories(count: int = 1000) -> Directory:
    """The district with so many stories."""
    random = Random(7)
    known = directory(
        [partner(f"partner-{n}", name=f"{title(random, 2)} partners {n}") for n in range(PARTNERS)],
        [school(f"school-{n}", None, name=f"{title(random, 1)} School {n}") for n in range(SCHOOLS)],
    )
    stories = sorted((told(n, random) for n in range(count)), key=lambda each: each.published, reverse=True)
    return replace(
        known,
        district=structs.replace(known.district, site_url=SITE),
        stories=MappingProxyType({f"{each.school_year}/{each.slug}": each for each in stories}),
    )
