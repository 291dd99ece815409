"""An invented district for the tests of finder, facets and search words: a few programs, each different on purpose."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.directory import Directory
from generator.languages import Locale, load_locale
from generator.model import (
    Bounds,
    Contact,
    Cost,
    District,
    GettingThere,
    Grades,
    Partner,
    Partnership,
    Place,
    Program,
    Region,
    School,
    Session,
    Source,
    Status,
    Verified,
    When,
    Where,
)
from generator.pages.cards import Deck
from generator.pages.page import Page
from generator.pages.unit import Unit
from generator.plan import Plan
from generator.press import Press
from generator.records.folders import Project
from generator.vocabulary import Vocabulary, load_vocabularies
from generator.words.translations import Translation, Translations

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (Source(document="Invented for tests"),)
TODAY = date(2026, 10, 15)
OAK = (45.0, -100.0)
CEDAR = (45.02, -100.0)  # 1.4 miles north of Oak
PINE = (45.3, -100.0)  # 21 miles north


def program(slug: str, **fields: Any) -> Program:
    """A program of which only the name and one focus area are known, unless told otherwise."""
    name = slug.replace("-", " ").capitalize()
    return Program(**{"slug": slug, "name": name, "summary": f"{name} in Riverbend.", "focus": ("food",), **fields})


def partner(slug: str, *programs: Program, **fields: Any) -> Partner:
    """A partner of which nothing more is known than its programs, unless told otherwise."""
    name = slug.replace("-", " ").title()
    known = {"slug": slug, "name": name, "kind": "nonprofit", "summary": f"{name} helps.", "focus": ("food",)}
    return Partner(**{**known, "sources": SOURCES, "programs": programs, **fields})


def school(slug: str, position: tuple[float, float] | None, region: str = "", **fields: Any) -> School:
    """A school at a position (latitude, longitude)."""
    latitude, longitude = position or (None, None)
    known = {"slug": slug, "name": f"{slug.title()} Elementary", "level": "elementary", "sources": SOURCES}
    return School(**{**known, "latitude": latitude, "longitude": longitude, "region": region, **fields})


def session(*days: str, opens: str = "", closes: str = "") -> Session:
    """A regular time."""
    return Session(days=days, opens=opens, closes=closes)


def district(**fields: Any) -> District:
    """The district of Riverbend."""
    return District(
        **{
            "slug": "district",
            "name": "Riverbend Public Schools",
            "short_name": "Riverbend",
            "department": "Partnerships",
            "time_zone": "America/Chicago",
            "contacts": (Contact(role="Office", phone="+1 555 010 0100"),),
            "languages": ("en", "es", "ar"),
            "bounds": Bounds(south=44, west=-101, north=46, east=-99),
            "regions": (Region(slug="south", name="South side"), Region(slug="north", name="North side")),
            **fields,
        }
    )


@cache
def vocabularies() -> Mapping[str, Vocabulary]:
    """The project's own vocabularies, read once."""
    return load_vocabularies(ROOT / "schema" / "vocabularies")


def directory(
    partners: Iterable[Partner],
    schools: Iterable[School] = (),
    translations: Mapping[tuple[str, str], Mapping[str, Translation]] = MappingProxyType({}),
    **fields: Any,
) -> Directory:
    """The whole of such records with the project's own vocabularies."""
    return Directory(
        district=district(),
        vocabularies=vocabularies(),
        partners=MappingProxyType({p.slug: p for p in partners}),
        schools=MappingProxyType({s.slug: s for s in schools}),
        translations=Translations.of(translations),
        **fields,
    )


def locale(whole: Directory, language: str = "en", translations: Path = Path("no-translations")) -> Locale:
    """A language of the district, without a catalogue of words."""
    return load_locale(language, whole, translations)


def press(whole: Directory, *locales: Locale) -> Press:
    """What prints the pages of a directory in these languages, without frames."""
    plan = Plan(project=Project(root=ROOT), directory=whole, locales=locales, today=TODAY)
    return Press(plan, {})


def rendered(
    units: Callable[..., Iterable[Unit]], whole: Directory, language: str | Locale = "en", **sizes: int
) -> dict[str, Page]:
    """The pages that a module's `units` lists, in one language, by their addresses below it."""
    here = locale(whole, language) if isinstance(language, str) else language
    printer = press(whole, here)
    pages = (page for unit in units(whole, TODAY, Deck(whole, TODAY), **sizes) for page in printer.pages(unit))
    return {page.old_rest or page.rest: page for page in pages}


def riverbend() -> Directory:
    """Three schools and nine listed programs, two of them known by little more than their names."""
    schools = (school("cedar", CEDAR, "north"), school("oak", OAK, "south"), school("pine", PINE, "north"))
    return directory((kitchen(), club(), hall(), agency()), schools)


def kitchen() -> Partner:
    """Food, checked last; one of its programs has closed."""
    return partner(
        "river-kitchen",
        program(
            "weekend-bags",
            cost=Cost(kind="free"),
            grades=Grades(first="K", last="5"),
            where=Where(schools=("oak",)),
            when=When(seasons=("school-year",), sessions=(session("fri", opens="15:00", closes="16:00"),)),
            languages=("en", "es"),
        ),
        program("summer-lunch", cost=Cost(kind="free"), when=When(seasons=("summer",)), where=Where(schools=("pine",))),
        program("old-pantry", status=Status(state="closed", as_of=date(2025, 6, 1))),
        verified=Verified(on=date(2026, 10, 1), by="partner"),
        languages=("en", "so"),
    )


def club() -> Partner:
    """Homework and arts, checked earlier."""
    return partner(
        "cedar-club",
        program(
            "homework-club",
            focus=("reading", "after-school"),
            cost=Cost(kind="sliding"),
            grades=Grades(first="3", last="8"),
            where=Where(schools=("cedar",)),
            when=When(sessions=(session("mon", "wed", opens="15:30", closes="17:30"),)),
            getting_there=GettingThere(bus_from=("pine",)),
            access=("step-free",),
        ),
        program(
            "saturday-studio",
            focus=("arts",),
            cost=Cost(kind="fee", amount=25, per="week"),
            grades=Grades(first="9", last="12"),
            where=Where(places=(Place(name="Old Mill", latitude=45.01, longitude=-100.0, transit="Bus 7"),)),
            when=When(sessions=(session("sat", opens="10:00", closes="12:00"),)),
        ),
        verified=Verified(on=date(2026, 5, 1), by="staff"),
    )


def hall() -> Partner:
    """Never checked; online, and a place without a position."""
    return partner(
        "town-hall",
        program(
            "web-tutors", focus=("math",), where=Where(online=True), cost=Cost(kind="free"), interpretation="phone"
        ),
        program("back-room", focus=("arts",), where=Where(places=(Place(name="Back room"),))),
        program("any-answers", focus=("housing",)),
    )


def agency() -> Partner:
    """Works with every school; and one whose partnership is over is listed nowhere."""
    return partner(
        "coat-agency",
        program("coats", focus=("clothing",), cost=Cost(kind="free")),
        program("shoes", focus=("clothing",)),
        partnership=Partnership(district_wide=True),
        regions=("south",),
    )


def over() -> Partner:
    """A partner whose partnership has ended."""
    return partner("gone-group", program("gone-game"), partnership=Partnership(status="ended"))
