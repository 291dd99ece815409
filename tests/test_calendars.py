"""Calendar files: the days of programs and events, as another reader than the writer's understands them."""

import re
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject  # type: ignore[import-untyped]
from msgspec import structs

from generator.audit.site import audit
from generator.calendar_file import calendar
from generator.directory import Directory, Offer
from generator.entries import Entry
from generator.model import Break, SchoolYear, Session, When
from generator.pages import calendars
from tests.finder_district import press
from tests.invented import DAY
from tests.printing import LANGUAGES, case, case_units, spoken

ZONE = "America/Los_Angeles"
LOCAL = ZoneInfo(ZONE)
YEARS = (
    SchoolYear(year="2026-27", starts=date(2026, 9, 2), ends=date(2027, 6, 16)),
    SchoolYear(year="2027-28", starts=date(2027, 9, 1), ends=date(2028, 6, 14)),
)
AFTERNOONS = Session(days=("thu", "tue"), opens="15:30", closes="17:00")


def entry(**changes: object) -> Entry:
    """An entry of a club that meets once."""
    plain = Entry(id="club.0@example.org", title="Club", starts="2026-11-03T15:30", told=date(2026, 10, 1))
    return structs.replace(plain, **changes)


def offered(
    directory: Directory, *sessions: Session, seasons: tuple[str, ...] = (), gaps: tuple[Break, ...] = ()
) -> Offer:
    """A program of the invented district at other times."""
    offer = directory.offers[0]
    when = When(seasons=seasons, sessions=sessions, breaks_in_service=gaps)
    return replace(offer, program=structs.replace(offer.program, when=when))


@pytest.fixture(scope="module")
def directory() -> Directory:
    """The invented district with two school years."""
    return replace(case(), district=structs.replace(case().district, school_years=YEARS))


def days_in(content: bytes) -> list[datetime]:
    """The moments at which the only entry of a file takes place, in local time."""
    (event,) = vobject.readOne(content.decode()).vevent_list
    return [moment.astimezone(LOCAL).replace(tzinfo=None) for moment in event.getrruleset(addRDate=True)]


def test_a_weekly_time_begins_on_its_first_day_and_ends_with_the_school_year(directory: Directory) -> None:
    found = calendars.days_of(offered(directory, AFTERNOONS), directory, DAY)
    assert found
    moments = days_in(calendar(found.entries, ZONE))
    assert moments[:3] == [datetime(2026, 9, 3, 15, 30), datetime(2026, 9, 8, 15, 30), datetime(2026, 9, 10, 15, 30)]
    assert moments[-1] == datetime(2027, 6, 15, 15, 30)
    assert {moment.hour for moment in moments} == {15}, "the clock changes twice on the way"


def test_days_without_the_program_are_left_out(directory: Directory) -> None:
    gaps = (Break(starts=date(2026, 12, 21), ends=date(2027, 1, 1)), Break(starts=date(2026, 11, 3)))
    found = calendars.days_of(offered(directory, AFTERNOONS, gaps=gaps), directory, DAY)
    assert found
    days = {moment.date() for moment in days_in(calendar(found.entries, ZONE))}
    assert date(2026, 11, 5) in days
    assert not days & {date(2026, 11, 3), date(2026, 12, 22), date(2026, 12, 24), date(2026, 12, 31)}


def test_dates_of_the_record_come_first(directory: Directory) -> None:
    own = structs.replace(AFTERNOONS, starts=date(2027, 2, 1), ends=date(2027, 2, 12))
    found = calendars.days_of(offered(directory, own), directory, DAY)
    assert found
    assert [moment.day for moment in days_in(calendar(found.entries, ZONE))] == [2, 4, 9, 11]


@pytest.mark.parametrize(
    ("session", "seasons"),
    [
        (structs.replace(AFTERNOONS, opens="", closes=""), ()),
        (structs.replace(AFTERNOONS, days=()), ()),
        (AFTERNOONS, ("summer",)),
        (structs.replace(AFTERNOONS, starts=date(2026, 3, 2), ends=date(2026, 5, 1)), ()),
        (structs.replace(AFTERNOONS, starts=date(2026, 11, 6), ends=date(2026, 11, 8)), ()),
    ],
    ids=["no hours", "no days", "no dates in summer", "over", "no such day between the dates"],
)
def test_nothing_is_made_up(directory: Directory, session: Session, seasons: tuple[str, ...]) -> None:
    assert calendars.days_of(offered(directory, session, seasons=seasons), directory, DAY) is None


def test_without_school_years_only_dates_of_the_record_count(directory: Directory) -> None:
    bare = replace(directory, district=structs.replace(directory.district, school_years=()))
    assert calendars.days_of(offered(bare, AFTERNOONS), bare, DAY) is None


def test_text_stays_text_and_lines_stay_short() -> None:
    text = "Bring: lunch, water; and\nEND:VEVENT\nATTACH:https://example.org/ " + "é" * 100
    content = calendar([entry(title=text, text=text, place=text)], ZONE)
    (event,) = vobject.readOne(content.decode()).vevent_list
    assert event.summary.value == event.description.value == event.location.value == text
    assert "attach" not in event.contents
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_no_control_characters_get_through() -> None:
    content = calendar([entry(title="Club\x07\x00\x1b[31m\x85")], ZONE)
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", content.decode())


def test_the_same_entries_give_the_same_bytes() -> None:
    assert calendar([entry()], ZONE) == calendar([entry()], ZONE)


def test_every_language_has_its_events_and_all_of_them_to_subscribe_to() -> None:
    made = press(case(), *spoken(case(), *LANGUAGES))
    units = {unit.address: unit for unit in case_units()}
    files = {file.path: file.content.decode() for file in made.files(units["events.ics"])}
    assert list(files) == [f"{language}/events.ics" for language in LANGUAGES]
    for path, content in files.items():
        language = path.partition("/")[0]
        events = vobject.readOne(content).vevent_list
        assert len(events) == len(case().events) == len({event.uid.value for event in events})
        assert all(f"/{language}/events/" in event.url.value for event in events)
    for event in case().events.values():
        (file, *_) = made.files(units[calendars.path_of_event(event.slug)])
        (only,) = vobject.readOne(file.content.decode()).vevent_list
        assert only.dtstart.value.replace(tzinfo=None) == datetime.fromisoformat(event.starts)


def test_pages_lead_to_files_that_are_there() -> None:
    made = press(case(), *spoken(case(), "en"))
    units = {unit.address: unit for unit in case_units()}
    programs = [unit for address, unit in units.items() if re.fullmatch(r"partners/[^/]+/[^/]+/", address)]
    bodies = "".join(page.body for unit in programs for page in made.pages(unit))
    paths = re.findall(r'href="(?:\.\./){4}(calendars/[^"]+)"', bodies)
    assert sorted(paths) == sorted(address for address in units if address.startswith("calendars/"))
    assert paths
    for path in paths:
        (file,) = made.files(units[path])
        assert file.path == path
        assert vobject.readOne(file.content.decode()).vevent_list


def test_a_file_with_control_characters_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("", "utf-8")
    (tmp_path / "bad.ics").write_bytes(b"BEGIN:VCALENDAR\r\nNAME:a\x1bb\r\nEND:VCALENDAR\r\n")
    (tmp_path / "good.ics").write_bytes(calendar([entry()], ZONE))
    assert [(p.at.path, p.rule) for p in audit(tmp_path) if p.at.path.endswith(".ics")] == [
        ("bad.ics", "not-a-calendar")
    ]
