"""The pages of the invented district that is kept as files, printed as the build does."""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from generator import site
from generator.directory import Directory
from generator.languages import Locale
from generator.pages.page import Page
from generator.pages.unit import Unit
from generator.press import Press
from tests.finder_district import ROOT, locale
from tests.golden_tree import CASE
from tests.invented import DAY, checked

LANGUAGES = ("en", "es", "ar")


@cache
def case() -> Directory:
    """The invented district that is kept as files."""
    whole = checked(ROOT / CASE).loaded.directory
    assert whole
    return whole


@cache
def case_units() -> tuple[Unit, ...]:
    """All its pages."""
    return tuple(site.units(case(), DAY))


def spoken(whole: Directory, *languages: str) -> tuple[Locale, ...]:
    """Languages with the words of the project's own catalogues."""
    return tuple(locale(whole, code, ROOT / "translations") for code in languages)


def by_place(printer: Press, units: Iterable[Unit]) -> dict[tuple[str, str], Page]:
    """The pages of units by language and address; of each unit in every language."""
    everywhere = (replace(unit, is_in_one_language=False) for unit in units)
    return {(page.language, unit.address): page for unit in everywhere for page in printer.pages(unit)}
