"""How far a site is translated: counted once, counted right, and said on a page."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree, ignore_patterns

import msgspec
import pytest

from generator.building import whole
from generator.coverage import Row, count_records, coverage, totals
from generator.languages import fingerprint
from generator.pages import languages
from generator.pages.languages import Languages
from generator.plan import Plan, prepare
from generator.records.load import Loaded
from generator.translate.status import status
from generator.translate.work import all_work
from generator.words.translations import STATES, STORES, Translation, Translations
from tests.finder_district import directory, locale, partner, press, program
from tests.golden_tree import CASE
from tests.invented import checked

DAY = date(2026, 10, 3)
RIVER = "partners/river-kitchen"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> tuple[Loaded, Plan]:
    """The invented district with its translations, and the plan of its site."""
    folder = tmp_path_factory.mktemp("case") / "district"
    found = checked(copytree(repository / CASE, folder, ignore=ignore_patterns(".cache")))
    return found.loaded, prepare(found)


def rows_of(plan: Plan) -> tuple[Row, ...]:
    """The counts of a plan, with nothing known."""
    return coverage(plan.locales, plan.written, whole.count_texts(plan, {}), plan.messages)


def test_the_page_counts_what_translators_are_told(case: tuple[Loaded, Plan]) -> None:
    loaded, plan = case
    rows = rows_of(plan)
    shown = whole.count_texts(plan, {}).keys()  # translators also get stories that no page shows on this day
    assert [row.language for row in rows] == ["es", "ar"]
    for row in rows:
        work = [each for each in all_work(loaded, row.language) if each.store != "records" or each.record in shown]
        told = {each.store: each for each in status(row.language, work)}
        for store, counts in zip(STORES[1:], row.stores[1:], strict=True):
            assert dict(zip(STATES, counts, strict=True)) == dict(told[store].counts), (row.language, store)


def test_every_state_is_counted_as_what_it_is() -> None:
    english = {"summary": "Help near home.", "programs/tea/summary": "We drink tea."}
    for by, source, state in (
        ("human", english["summary"], "human"),
        ("reviewed", english["summary"], "reviewed"),
        ("machine", english["summary"], "machine"),
        ("human", "Older words.", "stale"),
    ):
        words = Translation(text="…", source=fingerprint(source), by=by, on=DAY)
        given = partner(
            "river-kitchen", program("tea", summary=english["programs/tea/summary"]), summary=english["summary"]
        )
        whole = directory([given], translations={("es", RIVER): {"summary": words}})
        counted = count_records(whole, ("en", "es"), {}, lambda path: "", whole.translations.digest)
        (found,) = totals({RIVER: counted[RIVER]}, 1)
        other = dict(zip(STATES, found, strict=True))
        assert other.pop(state) == 1
        assert other.pop("missing") >= 1
        assert not any(other.values())


def test_the_words_of_the_site_itself_are_counted_by_their_marks() -> None:
    own = replace(locale(directory(()), "es"), whose={"machine": 5, "reviewed": 2})
    (row,) = coverage((locale(directory(())), own), {}, {}, messages=10)
    assert row.stores[0] == (0, 2, 5, 0, 3)
    assert (own.machine_made, replace(own, whose={"machine": 5}).machine_made) == ("some", "all")
    assert replace(own, whose={"human": 5}).machine_made == ""


# --- Nothing is counted twice ---


def test_what_has_not_changed_is_not_counted_again(case: tuple[Loaded, Plan], monkeypatch: pytest.MonkeyPatch) -> None:
    _, plan = case
    counted = whole.count_texts(plan, {})
    asked: list[str] = []
    states_of = whole.count_records.__globals__["states_of"]
    monkeypatch.setitem(
        whole.count_records.__globals__,
        "states_of",
        lambda d, address, *rest: (asked.append(address), states_of(d, address, *rest))[1],
    )
    assert whole.count_texts(plan, counted) == counted
    assert asked == []
    record = next(address for address in counted if address.startswith("partners/"))
    spoiled = {**counted, record: b"0" * len(counted[record])}
    assert whole.count_texts(plan, spoiled) == counted
    assert asked == [record]


@pytest.mark.parametrize("what", ["record", "translation", "languages"])
def test_what_has_changed_is_counted_again(what: str) -> None:
    given = partner("river-kitchen", summary="Help near home.")
    words = Translation(text="…", source=fingerprint("Help near home."), by="human", on=DAY)
    whole = directory([given], translations={("es", RIVER): {"summary": words}})
    counted = count_records(whole, ("en", "es"), {}, lambda path: "digest", whole.translations.digest)
    wanted, digest = ("en", "es"), "digest"
    if what == "record":
        changed = msgspec.structs.replace(given, summary="Help at home.")
        whole, digest = replace(whole, partners={changed.slug: changed}), "other"
    elif what == "translation":
        newer = msgspec.structs.replace(words, by="machine")
        whole = replace(whole, translations=Translations.of({("es", RIVER): {"summary": newer}}))
    else:
        wanted = ("en", "es", "ar")
    again = count_records(whole, wanted, counted, lambda path: digest, whole.translations.digest)
    assert again[RIVER] != counted[RIVER]
    assert again == count_records(whole, wanted, {}, lambda path: digest, whole.translations.digest)


# --- The page ---


def page(language: str, rows: tuple[Row, ...], contact: str = "contact/") -> str:
    """The page of such counts."""
    whole = directory(())
    known = whole.vocabularies["languages"]
    names = {row.language: term for row in rows if (term := known.get(row.language))}
    (unit,) = languages.units(Languages(rows=rows, names=names, help=contact))
    (made,) = press(whole, locale(whole, language)).pages(unit)
    return made.body


def test_every_number_stands_beside_its_words() -> None:
    body = page("en", (Row("ar", ((1, 2, 3, 4, 5), (10, 20, 30, 40, 1500), (0, 0, 0, 0, 7))),))
    numbers = re.findall(r'<span class="dp-cell">([^<]+)</span> ([\d,]+)</td>', body)
    assert [int(number.replace(",", "")) for _, number in numbers] == [
        1,
        2,
        3,
        4,
        5,
        10,
        20,
        30,
        40,
        1500,
        0,
        0,
        0,
        0,
        7,
    ]
    assert [words for words, _ in numbers[:5]] == [*languages.LABELS]
    assert '<span lang="ar" dir="rtl">العربية</span>' in body
    assert "1,600 texts" in body
    assert 'href="../../en/contact/"' in body


def test_a_language_names_itself_once_on_its_own_page() -> None:
    body = page("ar", (Row("ar", ((1, 0, 0, 0, 0),) * 3), Row("es", ((1, 0, 0, 0, 0),) * 3)))
    assert body.count("العربية") == 3
    assert body.count('<span lang="es" dir="ltr">Español</span>') == 3


def test_without_a_page_to_write_from_there_is_an_address_or_nothing() -> None:
    rows = (Row("ar", ((1, 0, 0, 0, 0),) * 3),)
    assert 'href="mailto:desk@example.org"' in page("en", rows, "desk@example.org")
    assert "You can help" not in page("en", rows, "")


def test_a_store_without_texts_has_no_table_and_a_site_in_english_no_page() -> None:
    assert 'id="pages"' not in page("en", (Row("ar", ((1, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 0, 0, 0, 0))),))
    assert [*languages.units(Languages(rows=(), names={}))] == []
