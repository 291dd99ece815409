"""Units: what has to be rendered, with everything that decides how; what keeps its key stays the page it was."""

import os
import subprocess
import sys
from ast import literal_eval
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from types import MappingProxyType
from typing import Any

import msgspec
import pytest

from generator import site
from generator.directory import Directory
from generator.pages import partners
from generator.pages.page import Page
from generator.pages.unit import Unit
from generator.press import Press
from tests.finder_district import ROOT, press
from tests.invented import DAY
from tests.printing import by_place, case, case_units, spoken


def no_translations(record: str) -> bytes:
    """The digest of translations where there are none."""
    return b""


def changed(records: Iterable[str]) -> Callable[[str], bytes]:
    """The digest of translations where there are some of these records only."""
    return lambda record: b"new" if record in records else b""


def keys(units: Iterable[Unit], spoken: Callable[[str], bytes] = no_translations) -> dict[str, bytes]:
    """The key of each unit by its address."""
    return {unit.address: unit.key(spoken) for unit in units}


def test_addresses_tell_units_apart() -> None:
    assert len(keys(case_units())) == len(case_units())


def test_a_key_is_the_same_in_every_process() -> None:
    script = "from tests.test_units import case_units, keys\nprint(keys(case_units()))"
    for seed in ("1", "2"):
        other = subprocess.run(
            [sys.executable, "-c", script],
            check=True,
            capture_output=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        )
        assert literal_eval(other.stdout) == keys(case_units())


def test_a_changed_translation_of_any_record_it_names_changes_the_key() -> None:
    for unit in case_units():
        before = unit.key(no_translations)
        for record in unit.speaks:
            assert unit.key(changed([record])) != before
        everyone = {record for each in case_units() for record in each.speaks}
        assert unit.key(changed(everyone.difference(unit.speaks))) == before


HOMES = {
    "partners": "partners/{}/",
    "schools": "schools/{}/",
    "stories": "recognition/{}/",
    "events": "events/{}/",
    "initiatives": "initiatives/{}/",
    "resources": "resources/",
    "voices": "voices/",
    "measures": "priorities/",
}
"""The address of the page that shows all of a record, by its kind."""


def altered(records: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """(key, field, record) for each field of such records: one record that has in it what another of them has."""
    for field in next(iter(records.values())).__struct_fields__:
        different = ((k, a, b) for k, a in records.items() for b in records.values() if differ(a, b, field))
        for key, record, other in islice(different, 1):
            yield key, field, msgspec.structs.replace(record, **{field: getattr(other, field)})


def differ(record: Any, other: Any, field: str) -> bool:
    """Whether two records differ in a field that can be exchanged."""
    return field not in ("slug", "school_year") and getattr(record, field) != getattr(other, field)


@pytest.fixture(scope="module")
def printed() -> tuple[Press, dict[tuple[str, str], Page]]:
    """A press for Spanish, and the pages of the case in it."""
    printer = press(case(), *spoken(case(), "es"))
    return printer, by_place(printer, case_units())


def judge(printed: tuple[Press, dict[tuple[str, str], Page]], whole: Directory, today: date = DAY) -> None:
    """Fails when a page of the directory has the key that it has in the case, but is not the same."""
    printer, pages = printed
    before = keys(case_units())
    units = (unit for unit in site.units(whole, today) if unit.address != "data-dictionary/")
    printer.slots.forget()
    for place, page in by_place(printer, (u for u in units if u.key(no_translations) == before.get(u.address))).items():
        assert page == pages[place]


@pytest.mark.parametrize("kind", HOMES)
def test_a_record_that_changes_changes_the_key_of_every_page_that_shows_it(
    printed: tuple[Press, dict[tuple[str, str], Page]], kind: str
) -> None:
    records: Mapping[str, Any] = getattr(case(), kind)
    before = keys(case_units())
    for key, field, record in altered(records):
        whole = replace(case(), **{kind: MappingProxyType({**records, key: record})})
        judge(printed, whole)
        home = HOMES[kind].format(key)
        (unit,) = (unit for unit in site.units(whole, DAY) if unit.address == home)
        assert unit.key(no_translations) != before[home], f"{key}: {field}"


def test_a_program_that_changes_changes_the_key_of_every_page_that_shows_it(
    printed: tuple[Press, dict[tuple[str, str], Page]],
) -> None:
    programs = {offer.route: offer.program for offer in case().offers}
    for route, _field, program in altered(programs):
        owner = case().partners[route.partition("/")[0]]
        own = tuple(program if each.slug == program.slug else each for each in owner.programs)
        partner = msgspec.structs.replace(owner, programs=own)
        judge(printed, replace(case(), partners=MappingProxyType({**case().partners, owner.slug: partner})))


@pytest.mark.parametrize("days", [1, 40, 400])
def test_another_day_changes_the_key_of_every_page_that_tells_it(
    printed: tuple[Press, dict[tuple[str, str], Page]], days: int
) -> None:
    judge(printed, case(), DAY + timedelta(days=days))


def test_a_view_of_anything_else_than_data_has_no_key() -> None:
    with pytest.raises(TypeError, match="a view cannot hold"):
        Unit(address="x/", page=partners.list_page, view=object()).key(no_translations)
