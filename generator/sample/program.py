"""Invented programs, every optional field sometimes there and sometimes not."""

from datetime import timedelta
from random import Random

from generator.sample.chance import in_order, maybe, pick, some, whole
from generator.sample.common import Record, clock, contacts, cost, languages, phone, place, prose, sentences
from generator.sample.setting import Setting, given
from generator.text import slugify


def program(setting: Setting, random: Random, area: str, partner: str) -> Record:
    """A program of a partner, in a focus area."""
    known = setting.areas.get(area, setting.areas["after-school"])
    words = setting.sentences["program"]
    name = pick(random, known["names"])
    extra = [other for other in some(random, setting.terms["focus-areas"], 0, 2) if other != area]
    has_grades = maybe(random, 0.75)
    return given(
        slug=slugify(name),
        name=name,
        former_slugs=[f"old-{slugify(name)}"] if maybe(random, 0.05) else [],
        summary=pick(random, known["gives"]),
        description=description(setting, random, known["told"]) if maybe(random, 0.9) else "",
        focus=[area, *extra],
        status=status(setting, random) if maybe(random, 0.95) else {},
        grades=grades(setting, random) if has_grades else {},
        ages=ages(random) if not has_grades or maybe(random, 0.1) else {},
        audience=in_order(random, setting.terms["audiences"], 1, 3) if maybe(random, 0.7) else [],
        eligibility=pick(random, words["eligibility"]) if maybe(random, 0.35) else "",
        cost=cost(setting, random) if maybe(random, 0.9) else {},
        when=when(setting, random) if maybe(random, 0.95) else {},
        where=where(setting, random) if maybe(random, 0.97) else {},
        getting_there=getting_there(setting, random) if maybe(random, 0.2) else {},
        languages=languages(setting, random, 3) if maybe(random, 0.8) else [],
        interpretation=setting.term(random, "interpretation") if maybe(random, 0.6) else "",
        access=in_order(random, setting.terms["access"], 1, 4) if maybe(random, 0.6) else [],
        meals=in_order(random, setting.terms["meals"], 1, 3) if maybe(random, 0.35) else [],
        bring=some(random, words["bring"], 1, 3) if maybe(random, 0.4) else [],
        join=steps(setting, random, partner) if maybe(random, 0.95) else [],
        capacity=whole(random, 1, 30) * 4 if maybe(random, 0.5) else None,
        contacts=contacts(setting, random, partner, 2) if maybe(random, 0.3) else [],
    )


def description(setting: Setting, random: Random, told: list[str]) -> str:
    """Two paragraphs, the second sometimes a list."""
    general = setting.sentences["program"]["description"]
    first = sentences(random, told, 2, 3)
    if maybe(random, 0.2):
        items = "\n".join(f"- {item}" for item in some(random, general, 2, 3))
        return f"{first}\n\n{items}\n"
    if maybe(random, 0.4):
        return f"{first} {sentences(random, general, 1, 3)}"
    return prose(first, sentences(random, general, 2, 4))


def status(setting: Setting, random: Random) -> Record:
    """Open in most cases, as of a day within the last months."""
    state = "open" if maybe(random, 0.7) else setting.term(random, "program-status")
    return {"state": state, "as_of": setting.day(-whole(random, 1, 150))}


def grades(setting: Setting, random: Random) -> Record:
    """A span of grades."""
    every = setting.terms["grades"]
    first = whole(random, 0, len(every) - 2)
    last = min(first + whole(random, 0, 6), len(every) - 2)
    return {"from": every[first], "to": every[last]} if maybe(random, 0.95) else {"from": every[-1], "to": every[-1]}


def ages(random: Random) -> Record:
    """A span of ages, sometimes open at one end."""
    youngest = whole(random, 0, 14)
    return given(
        min=youngest if maybe(random, 0.9) else None,
        max=None if youngest > 13 else youngest + whole(random, 1, 6),
    ) or {"min": youngest}


def when(setting: Setting, random: Random) -> Record:
    """Seasons, sessions, the last day to sign up, and days without the program."""
    is_ahead = maybe(random, 0.25)  # begins next school year
    first_day, last_day = (setting.first_day(-is_ahead), setting.last_day(-is_ahead))
    sessions = [session(setting, random, is_ahead) for _ in range(whole(random, 1, 2))] if maybe(random, 0.85) else []
    for each in sessions:
        if is_ahead or maybe(random, 0.4):
            each["starts"] = first_day + timedelta(days=whole(random, 0, 30))
            each["ends"] = last_day
        if maybe(random, 0.2):
            each["note"] = pick(random, setting.sentences["program"]["notes"])
    return given(
        seasons=in_order(random, setting.terms["seasons"], 1, 2) if maybe(random, 0.9) else [],
        sessions=sessions,
        register_by=first_day - timedelta(days=whole(random, 1, 20)) if is_ahead else None,
        breaks_in_service=[pause(setting, random)] if maybe(random, 0.2) else [],
    )


def session(setting: Setting, random: Random, is_ahead: bool) -> Record:
    """Days of the week and hours."""
    begin = pick(random, (7 * 60, 9 * 60, 15 * 60, 15 * 60 + 30, 16 * 60, 17 * 60 + 30))
    return given(
        days=in_order(random, setting.terms["days"], 1, 5) if maybe(random, 0.9) or not is_ahead else [],
        **{"from": clock(begin), "to": clock(begin + whole(random, 3, 8) * 15)},
    )


def pause(setting: Setting, random: Random) -> Record:
    """Days without the program, in the coming months."""
    begin = setting.day(whole(random, 30, 120))
    return given(
        starts=begin,
        ends=begin + timedelta(days=whole(random, 1, 12)) if maybe(random, 0.8) else None,
        note=pick(random, setting.sentences["program"]["breaks"]) if maybe(random, 0.8) else "",
    )


def where(setting: Setting, random: Random) -> Record:
    """At schools, elsewhere, or online; at least one of them."""
    schools = [p.slug for p in some(random, setting.school_places, 1, 3)] if maybe(random, 0.55) else []
    is_online = maybe(random, 0.1)
    needs_place = not schools and not is_online
    places = [place(setting, random) for _ in range(whole(random, 1, 2))] if needs_place or maybe(random, 0.2) else []
    return given(schools=schools, places=places, online=True if is_online else None)


def getting_there(setting: Setting, random: Random) -> Record:
    """The bus from some schools, and a note."""
    return given(
        bus_from=[p.slug for p in some(random, setting.school_places, 1, 2)],
        note=pick(random, setting.sentences["program"]["bus"]) if maybe(random, 0.6) else "",
    )


def steps(setting: Setting, random: Random, partner: str) -> list[Record]:
    """How to join, in one to three steps."""
    host = f"{slugify(partner.split()[0])}.example.org"
    number = phone(random)
    ways = {
        "Fill in the form": {"url": f"https://{host}/join"},
        "Call us": {"phone": number, **({"sms": number} if number.endswith("5") else {})},
        "Write to us": {"email": f"join@{host}"},
    }
    chosen = some(random, setting.sentences["program"]["steps"], 1, 3)
    return [{"do": step, **ways.get(step, {})} for step in chosen]
