"""Invented schools with what they need and whom they serve."""

from random import Random

from generator.sample.chance import maybe, pick, some, whole
from generator.sample.common import Record, phone, sources
from generator.sample.setting import Place, Setting, given


def school(setting: Setting, number: int) -> Record:
    """The record of the school with that number."""
    random = setting.random("school", number)
    known = setting.school_places[number]
    coined = known.name.split()[0]
    host = f"{coined.lower()}.example.org"
    return given(
        name=known.name,
        short_name=coined if maybe(random, 0.6) else "",
        also_known_as=[f"{coined} School"] if maybe(random, 0.1) else [],
        former_slugs=[f"old-{coined.lower()}"] if maybe(random, 0.08) or number == 1 else [],
        level=known.level,
        type=setting.term(random, "school-types") if maybe(random, 0.9) else "",
        grades={"from": known.grades[0], "to": known.grades[1]} if maybe(random, 0.95) else {},
        address=setting.address(random) if maybe(random, 0.95) else "",
        **(setting.spot(random) if maybe(random, 0.95) or number == 0 else {}),
        region=pick(random, setting.regions) if maybe(random, 0.95) else "",
        phone=phone(random) if maybe(random, 0.9) else "",
        website=f"https://{host}/" if maybe(random, 0.8) else "",
        codes=codes(random, number) if maybe(random, 0.7) else {},
        needs=[need(setting, random, known, area) for area in some(random, setting.terms["focus-areas"], 0, 3)],
        enrollment=enrollment(setting, random) if maybe(random, 0.85) else {},
        sources=sources(setting, random, known.name),
    )


def codes(random: Random, number: int) -> Record:
    """Official numbers."""
    return given(district=f"{100 + number}", state=f"{9000 + number}" if maybe(random, 0.7) else "")


def need(setting: Setting, random: Random, known: Place, area: str) -> Record:
    """Something that the school looks for."""
    return given(
        focus=area,
        grades={"from": known.grades[0], "to": known.grades[1]} if maybe(random, 0.4) else {},
        season=setting.term(random, "seasons") if maybe(random, 0.6) else "",
        priority=setting.term(random, "need-priorities") if maybe(random, 0.9) else "",
        note=pick(random, setting.sentences["school"]["needs"]) if maybe(random, 0.3) else "",
    )


def enrollment(setting: Setting, random: Random) -> Record:
    """Numbers of students; some are so small that they are never shown."""
    students = whole(random, 90, 1100)
    return given(
        students=students,
        low_income=share(random, students, 70),
        english_learners=share(random, students, 35),
        students_with_disabilities=share(random, students, 20),
        homeless=share(random, students, 6),
        as_of=f"{setting.first_day(1).year}-10" if maybe(random, 0.5) else f"{setting.first_day(1).year}",
        source=sources(setting, random, "counts")[0],
    )


def share(random: Random, students: int, most_percent: int) -> int | None:
    """Up to that percentage of the students, or unknown."""
    return students * whole(random, 0, most_percent) // 100 if maybe(random, 0.85) else None
