"""Invented recognition stories over several school years."""

from datetime import date, timedelta
from random import Random

from generator.sample.chance import maybe, pick, some, whole
from generator.sample.common import Record, prose, sources
from generator.sample.setting import Setting, given
from generator.text import slugify

YEARS = 4
"""School years that stories come from, the present one included."""
PARTNERS_A_STORY = 10
FEWEST = 3
WITHDRAWN_EACH = 12
"""One of so many stories has been taken back: the third, the fifteenth …"""


def count(setting: Setting) -> int:
    """How many stories the district has."""
    return max(FEWEST, setting.partners // PARTNERS_A_STORY) if setting.partners else 0


def story(setting: Setting, number: int) -> tuple[str, Record]:
    """Path and record of the story with that number."""
    random = setting.random("story", number)
    words = setting.sentences["story"]
    ago = number % YEARS
    name = setting.partner_names[number * PARTNERS_A_STORY % setting.partners]
    thanked = dict.fromkeys((name, *some(random, setting.partner_names, 0, 1)))
    is_nominated = maybe(random, 0.35) or number == 1
    title = pick(random, words["titles"]).format(name=name.split()[0])
    record = given(
        title=title,
        summary=pick(random, words["summary"]),
        status="withdrawn" if number % WITHDRAWN_EACH == 2 else "",
        partners=[slugify(n) for n in thanked],
        schools=[p.slug for p in some(random, setting.school_places, 1, 2)] if maybe(random, 0.8) else [],
        school_year=setting.year(ago),
        focus=some(random, setting.terms["focus-areas"], 1, 2) if maybe(random, 0.8) else [],
        story=telling(random, words["paragraphs"]),
        impact=[impact(setting, random) for _ in range(whole(random, 0, 3))],
        what_sustained_it=some(random, words["sustained"], 1, 2) if maybe(random, 0.7) else [],
        quotes=[quote(setting, random) for _ in range(whole(random, 0, 2))],
        photos=[photo(setting, random, number)] if has_photo(number) else [],
        published=published(setting, random, ago),
        nominated_via=f"N-{setting.first_day(ago).year}-{number + 1:04}" if is_nominated else "",
        consent=consent(setting, random, "story", "print") if is_nominated else {},
        sources=[] if is_nominated else sources(setting, random, name),
    )
    return f"recognition/{setting.year(ago)}/{slugify(title)}-{number + 1}", record


def has_photo(number: int) -> bool:
    """Whether the story has a picture in recognition/photos/."""
    return number % 4 == 0


def photo_file(number: int) -> str:
    """Name of a story's picture."""
    return f"story-{number + 1}.png"


def telling(random: Random, items: list[str]) -> str:
    """Three paragraphs."""
    told = some(random, items, 7, 8)
    return prose(*(" ".join(part) for part in (told[:3], told[3:5], told[5:])))


def published(setting: Setting, random: Random, ago: int) -> date:
    """A day of that school year, never one to come."""
    first = setting.first_day(ago)
    latest = min(setting.last_day(ago), setting.today)
    return first + timedelta(days=whole(random, 0, max((latest - first).days, 0)))


def impact(setting: Setting, random: Random) -> Record:
    """One figure."""
    return given(
        figure=whole(random, 2, 900) * pick(random, (1, 1, 10)),
        unit=setting.term(random, "impact-units"),
        qualifier=setting.term(random, "qualifiers") if maybe(random, 0.5) else "",
        what=pick(random, setting.sentences["story"]["impact"]),
    )


def quote(setting: Setting, random: Random) -> Record:
    """Somebody's words, by role; in some cases a grown-up's name, with consent."""
    words = setting.sentences["story"]
    person = f"{pick(random, setting.names['people'])} {setting.coined(-whole(random, 500, 900))}"
    is_named = maybe(random, 0.3)
    return given(
        words=pick(random, words["quotes"]),
        role=pick(random, words["roles"]),
        name=person if is_named else "",
        consent=consent(setting, random, "quote", "name") if is_named else {},
    )


def photo(setting: Setting, random: Random, number: int) -> Record:
    """The picture of a story."""
    return {
        "file": photo_file(number),
        "alt": pick(random, setting.sentences["story"]["photos"]),
        "consent": consent(setting, random, "photo", "social-media"),
    }


def consent(setting: Setting, random: Random, *scope: str) -> Record:
    """A consent that still holds for years."""
    return {
        "scope": list(scope),
        "ref": f"C-{setting.today.year}-{whole(random, 1, 9999):04}",
        "expires": setting.day(whole(random, 900, 2500)),
    }
