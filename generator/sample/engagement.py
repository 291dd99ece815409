"""What the invented district keeps beside partners and schools: initiatives, events, resources, voices, measures."""

from collections.abc import Iterator
from random import Random

from generator.sample.chance import in_order, maybe, pick, some, whole
from generator.sample.common import Record, clock, contacts, cost, languages, place, sources
from generator.sample.setting import Setting, given
from generator.text import slugify

PARTNERS_AN_EVENT = 20


def initiatives(setting: Setting) -> Iterator[tuple[str, Record]]:
    """Every initiative by its slug."""
    words = setting.sentences["initiative"]
    for name in words["names"]:
        random = setting.random("initiative", name)
        year = whole(random, setting.today.year - 9, setting.today.year - 1)
        yield (
            slugify(name),
            given(
                name=name,
                summary=pick(random, words["summary"]),
                description=pick(random, words["description"]) if maybe(random, 0.8) else "",
                since=pick(random, (f"{year}", f"{year}-09")) if maybe(random, 0.8) else "",
                website=f"https://{slugify(name)}.example.org/" if maybe(random, 0.5) else "",
                contacts=contacts(setting, random, "district", 1) if maybe(random, 0.6) else [],
                sources=sources(setting, random, "district"),
            ),
        )


def events(setting: Setting) -> Iterator[tuple[str, Record]]:
    """Events by their slug: two of three are still to come."""
    kinds = setting.terms["event-kinds"]
    for number in range(max(len(kinds), setting.partners // PARTNERS_AN_EVENT)):
        random = setting.random("event", number)
        offset = whole(random, 30, 340) if number % 3 else -whole(random, 5, 120)
        record = event(setting, random, kinds[number % len(kinds)], offset)
        yield f"{slugify(record['title'])}-{number + 1}", record


def event(setting: Setting, random: Random, kind: str, offset: int) -> Record:
    """An event that many days from today."""
    words = setting.sentences["event"]
    title = words["titles"].get(kind, "Open House")
    day = setting.day(offset)
    begin = pick(random, (9 * 60, 13 * 60, 17 * 60 + 30))
    is_online = maybe(random, 0.25)
    slug = slugify(title)
    return given(
        title=title,
        summary=pick(random, words["summary"]),
        description=pick(random, words["description"]) if maybe(random, 0.7) else "",
        kind=kind,
        starts=f"{day}T{clock(begin)}",
        ends=f"{day}T{clock(begin + 120)}" if maybe(random, 0.8) else "",
        place=place(setting, random) if not is_online or maybe(random, 0.3) else {},
        online=f"https://meet.example.org/{slug}" if is_online else "",
        schools=[p.slug for p in some(random, setting.school_places, 1, 2)] if maybe(random, 0.5) else [],
        partners=[slugify(n) for n in some(random, setting.partner_names, 1, 3)] if maybe(random, 0.6) else [],
        initiatives=in_order(random, setting.initiatives, 1, 2) if maybe(random, 0.4) else [],
        audience=in_order(random, setting.terms["audiences"], 1, 3) if maybe(random, 0.8) else [],
        languages=languages(setting, random, 2) if maybe(random, 0.6) else [],
        interpretation=setting.term(random, "interpretation") if maybe(random, 0.6) else "",
        register=f"https://events.example.org/{slug}" if maybe(random, 0.5) else "",
        register_by=setting.day(offset - 3) if maybe(random, 0.3) else None,
        cost=cost(setting, random) if maybe(random, 0.85) else {},
        contacts=contacts(setting, random, "district", 2) if maybe(random, 0.5) else [],
        sources=sources(setting, random, "district"),
    )


def resources(setting: Setting) -> Iterator[tuple[str, Record]]:
    """Resources by their slug."""
    words = setting.sentences["resource"]
    for title in words["titles"]:
        random = setting.random("resource", title)
        yield (
            slugify(title),
            given(
                title=title,
                summary=pick(random, words["summary"]),
                url=f"https://district.example.org/{slugify(title)}",
                audience=in_order(random, setting.terms["audiences"], 1, 2) if maybe(random, 0.7) else [],
                focus=some(random, setting.terms["focus-areas"], 1, 2) if maybe(random, 0.5) else [],
                languages=languages(setting, random, 2) if maybe(random, 0.6) else [],
                sources=sources(setting, random, "district") if maybe(random, 0.7) else [],
            ),
        )


def voices(setting: Setting) -> Iterator[tuple[str, Record]]:
    """What was heard, by slug."""
    words = setting.sentences["voice"]
    kinds = setting.terms["voice-kinds"]
    for number, title in enumerate(words["titles"]):
        random = setting.random("voice", title)
        held = setting.day(-whole(random, 30, 700))
        yield (
            slugify(title),
            given(
                title=title,
                kind=kinds[number % len(kinds)],
                held=f"{held}"[: pick(random, (4, 7, 10))],
                summary=pick(random, words["summary"]),
                heard=words["heard"],
                done=words["done"] if maybe(random, 0.7) else "",
                initiatives=in_order(random, setting.initiatives, 1, 2) if maybe(random, 0.6) else [],
                sources=sources(setting, random, "district"),
            ),
        )


def measures(setting: Setting) -> Iterator[tuple[str, Record]]:
    """Numbers over time, by slug."""
    words = setting.sentences["measure"]
    units = ("percent", *setting.terms["impact-units"])
    for number, title in enumerate(words["titles"]):
        random = setting.random("measure", title)
        series = [
            given(
                period=setting.year(ago),
                value=whole(random, 20, 800) / 10,
                note=pick(random, words["notes"]) if maybe(random, 0.15) else "",
            )
            for ago in (4, 3, 2, 1)
        ]
        yield (
            slugify(title),
            {
                "title": title,
                "summary": pick(random, words["summary"]),
                "unit": units[number],
                "series": series,
                "sources": sources(setting, random, "district"),
            },
        )
