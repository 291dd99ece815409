"""How long a confirmation holds, who is asked for the next, and how the answer is recorded."""

import csv
import io
import json
from datetime import date
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.compare.values import english
from generator.fresh.due import due_of
from generator.fresh.letters import letter
from generator.freshness import begins, confirmed_on, is_current, is_due, months_before, review_due
from generator.model import Contact, Partnership, Source
from generator.model.common import Verified
from generator.model.district import SchoolYear
from tests.factories import RIVERBEND, directory, district, partner
from tests.test_cli import partners

YEARS = (
    SchoolYear(year="2025-26", starts=date(2025, 9, 3), ends=date(2026, 6, 17)),
    SchoolYear(year="2026-27", starts=date(2026, 9, 2), ends=date(2027, 6, 16)),
)


def verified(day: date) -> Verified:
    return Verified(on=day, by="partner")


@pytest.mark.parametrize(
    ("confirmed", "due"),
    [
        (date(2026, 6, 17), date(2026, 9, 2)),  # the last day of school: the next year wants a new look
        (date(2026, 6, 18), date(2027, 9, 1)),  # the summer counts for the year that comes
        (date(2026, 9, 1), date(2027, 9, 1)),
        (date(2026, 9, 2), date(2027, 9, 1)),
        (date(2027, 1, 1), date(2027, 9, 1)),
        (date(2027, 6, 17), date(2028, 9, 1)),
        (date(2019, 5, 1), date(2019, 9, 1)),  # a year that the district does not name
        (date(2019, 7, 1), date(2020, 9, 1)),
    ],
)
def test_a_confirmation_holds_until_the_next_school_year(confirmed: date, due: date) -> None:
    assert review_due(partner(verified=verified(confirmed)), YEARS) == due


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_a_confirmation_holds_for_some_time_and_not_for_two_years(confirmed: date) -> None:
    for years in (YEARS, ()):
        due = review_due(partner(verified=verified(confirmed)), years)
        assert due is not None
        assert confirmed < due
        assert (due - confirmed).days < 500
        assert due == begins(due.year, years)


def test_what_nobody_confirmed_is_due_at_once_unless_it_is_over() -> None:
    today = date(2026, 10, 1)
    assert is_due(partner(), YEARS, today)
    assert not is_due(partner(partnership=Partnership(status="ended")), YEARS, today)
    assert not is_due(partner(verified=verified(date(2026, 8, 1))), YEARS, today)
    assert is_due(partner(verified=verified(date(2026, 6, 1))), YEARS, date(2026, 9, 2))
    assert not is_due(partner(verified=verified(date(2026, 6, 1))), YEARS, date(2026, 9, 1))


def test_after_24_months_a_record_leaves_the_results_by_default() -> None:
    today = date(2026, 10, 1)
    assert is_current(partner(verified=verified(date(2024, 10, 1))), today)
    assert not is_current(partner(verified=verified(date(2024, 9, 30))), today)
    assert is_current(partner(sources=(Source(url="https://e.example.org", seen=date(2024, 10, 1)),)), today)
    assert not is_current(partner(sources=(Source(url="https://e.example.org", seen=date(2024, 1, 1)),)), today)
    assert is_current(partner(), today)  # of which nothing is known


def test_a_confirmation_counts_for_more_than_what_was_read() -> None:
    read = (Source(url="https://e.example.org", seen=date(2026, 1, 1)),)
    assert confirmed_on(partner(sources=read, verified=verified(date(2020, 1, 1)))) == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
        (date(2026, 12, 31), 24, date(2024, 12, 31)),
        (date(2026, 7, 31), 1, date(2026, 6, 30)),
    ],
)
def test_months_are_those_of_the_calendar(day: date, months: int, wanted: date) -> None:
    assert months_before(day, months) == wanted


def test_those_longest_unconfirmed_come_first_and_are_asked_where_they_can_be() -> None:
    asked = (Contact(role="Office", email="office@river.example.org"),)
    known = directory(
        partners=(
            partner("fine", verified=verified(date(2026, 9, 20))),
            partner("old", verified=verified(date(2020, 1, 1)), contacts=asked),
            partner("never"),
            partner("last-year", verified=verified(date(2026, 3, 1))),
        )
    )
    found = due_of(known, date(2026, 10, 1))
    assert [(each.slug, each.asked, each.is_aged) for each in found] == [
        ("never", "staff", False),
        ("old", "partner", True),
        ("last-year", "staff", False),
    ]


def test_a_letter_is_filled_in_and_holds_nothing_live() -> None:
    name = "River & Sons @maria #1 [x](https://e.org)\r\nBcc: a@b.c"
    asked = (Contact(role="Office", email="office+list@river.example.org"),)
    known = directory(partners=(partner("river", name=name, contacts=asked, verified=verified(date(2020, 1, 1))),))
    (due,) = due_of(known, date(2026, 10, 1))
    told = letter(
        due,
        district(repository="https://github.com/example/directory", site_url="https://partners.example.org/"),
        english(known.vocabularies),
    )
    assert told.title == "Is this record still right: partners/river"
    assert "`River & Sons @maria #1 [x](https://e.org) Bcc: a@b.c`" in told.body
    assert "last confirmed on January 1, 2020 by the partner" in told.body
    assert "https://partners.example.org/en/partners/river/" in told.body
    asked_for = parse_qs(urlsplit(told.issue_url).query)
    assert asked_for["title"] == [told.title]
    assert asked_for["body"][0].strip() == told.body.strip()
    mail = urlsplit(told.mailto)
    assert mail.path == "office+list@river.example.org"
    assert set(parse_qs(mail.query)) == {"subject", "body"}
    assert "\r" not in told.mailto
    assert letter(due, district(), english(known.vocabularies)).issue_url == ""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The invented district a year later."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1822392000")  # October 1, 2027
    return Path(copytree(RIVERBEND, tmp_path / "riverbend"))


def test_the_command_lists_in_every_format(folder: Path) -> None:
    text = partners("fresh", cwd=folder).stdout
    assert "river-readers: last confirmed 2026-09-01 by partner; ask office@river-readers.example.org" in text
    assert "1 of 1 partners are due." in text
    (row,) = json.loads(partners("fresh", "--format", "json", cwd=folder).stdout)
    assert row["due"] == "2027-09-01"
    (line,) = partners("fresh", "--format", "issues", cwd=folder).stdout.splitlines()
    assert {"title", "body", "label", "url", "mailto", "slug"} == set(json.loads(line))


def test_the_table_holds_no_formula(folder: Path) -> None:
    path = folder / "partners/river-readers.yml"
    path.write_text(path.read_text("utf-8").replace("name: River Readers", 'name: "=1+1, Readers"'), "utf-8")
    (row,) = csv.DictReader(io.StringIO(partners("fresh", "--format", "csv", cwd=folder).stdout))
    assert row["name"] == "'=1+1, Readers"


def test_a_confirmation_is_recorded_and_nothing_else_changes(folder: Path) -> None:
    path = folder / "partners/river-readers.yml"
    before = path.read_text("utf-8").replace("kind: comm", "# who\nkind: comm")
    path.write_text(before, "utf-8")
    done = partners("verify", "river-readers", "--by", "staff", cwd=folder)
    assert done.returncode == 0, done.stderr
    after = path.read_text("utf-8")
    assert after == before.replace("{on: 2026-09-01, by: partner}", "{on: 2027-10-01, by: staff}")
    assert "0 of 1 partners are due." in partners("fresh", cwd=folder).stdout
    path.write_text(after.replace("verified: {on: 2027-10-01, by: staff}\n", ""), "utf-8")
    assert (
        partners("verify", "partners/river-readers.yml", "--by", "partner", "--on", "2027-09-30", cwd=folder).returncode
        == 0
    )
    assert path.read_text("utf-8").endswith("verified: {on: 2027-09-30, by: partner}\n")


@pytest.mark.parametrize(
    "words",
    [
        ("nobody", "--by", "staff"),
        ("river-readers",),
        ("river-readers", "--by", "me"),
        ("river-readers", "--by", "staff", "--on", "2027-10-02"),
        ("../district/district", "--by", "staff"),
    ],
)
def test_a_wrong_use_writes_nothing(folder: Path, words: tuple[str, ...]) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.yml")}
    done = partners("verify", *words, cwd=folder)
    assert done.returncode == 2
    assert {path: path.read_bytes() for path in folder.rglob("*.yml")} == before


def test_what_has_errors_cannot_be_confirmed(folder: Path) -> None:
    path = folder / "partners/river-readers.yml"
    path.write_text(path.read_text("utf-8").replace("focus: [reading]", "focus: [reding]"), "utf-8")
    done = partners("verify", "river-readers", "--by", "staff", cwd=folder)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "2027" not in path.read_text("utf-8").partition("verified")[2]
