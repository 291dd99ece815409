"""Sheets from records: what a page of ours says to a family, without what we find out by relating records."""

from collections.abc import Iterable, Iterator, Mapping

from benchmarks.peers.records import Records, Speaker
from benchmarks.peers.sheet import Fact, Line, Sheet, Time, dial
from generator.model import Ages, Contact, Cost, Grades, Need, Partner, Program, School, Source, Verified

Words = Mapping[str, str]
"""A record's translated texts by path; English where there is none."""


def sheets(records: Records, speaker: Speaker) -> Iterator[Sheet]:
    """Every page of one language: each partner followed by its programs, then the schools."""
    names = {school.slug: school.name for school in records.schools}
    for partner in records.partners:
        words = speaker.translations(f"partners/{partner.slug}")
        yield partner_sheet(partner, speaker, words)
        for program in partner.programs:
            yield program_sheet(program, partner, speaker, words, names)
    for school in records.schools:
        yield school_sheet(school, speaker, speaker.translations(f"district/schools/{school.slug}"))


def partner_sheet(partner: Partner, speaker: Speaker, words: Words) -> Sheet:
    """A partner: who it is, its programs, whom to ask."""
    programs = (
        Line(
            text=program.name,
            route=f"partners/{partner.slug}/{program.slug}",
            more=words.get(f"programs/{program.slug}/summary", program.summary),
        )
        for program in partner.programs
    )
    return Sheet(
        language=speaker.language,
        direction=speaker.direction,
        route=f"partners/{partner.slug}",
        title=partner.name,
        summary=words.get("summary", partner.summary),
        areas=areas(partner.focus, speaker),
        checked=checked(partner.verified, speaker),
        about=words.get("description", partner.description),
        facts=facts(
            (speaker.say("Kind of partner"), speaker.terms("partner-kinds", partner.kind)),
            (speaker.say("Languages"), speaker.terms("languages", *partner.languages)),
            (speaker.say("Made with and for"), speaker.terms("communities", *partner.culturally_specific)),
            (speaker.say("Founded"), str(partner.founded or "")),
            (speaker.say("Partner since"), partner.partnership.since),
            (speaker.say("Partnership"), speaker.terms("partnership-status", partner.partnership.status)),
            (speaker.say("Website"), partner.website),
        ),
        programs=tuple(programs),
        contacts=tuple(contact_lines(partner.contacts, words, "")),
        sources=tuple(source_lines(partner.sources)),
    )


def program_sheet(program: Program, partner: Partner, speaker: Speaker, words: Words, names: Words) -> Sheet:
    """A program: how to join, and what a family needs to know before. `names` are those of schools by slug."""
    start = f"programs/{program.slug}/"
    contacts, prefix = (program.contacts, start) if program.contacts else (partner.contacts, "")
    return Sheet(
        language=speaker.language,
        direction=speaker.direction,
        route=f"partners/{partner.slug}/{program.slug}",
        title=program.name,
        summary=words.get(f"{start}summary", program.summary),
        areas=areas(program.focus, speaker),
        checked=checked(partner.verified, speaker),
        about=words.get(f"{start}description", program.description),
        by=Line(text=partner.name, route=f"partners/{partner.slug}"),
        steps=tuple(
            Line(
                text=words.get(f"{start}join/{number}/do", step.do),
                href=next(ways(step.phone, step.email, step.url), ""),
            )
            for number, step in enumerate(program.join)
        ),
        facts=program_facts(program, speaker, words),
        times=tuple(times(program, speaker, words)),
        places=tuple(places(program, words, names)),
        contacts=tuple(contact_lines(contacts, words, prefix)),
        sources=tuple(source_lines(partner.sources)),
    )


def program_facts(program: Program, speaker: Speaker, words: Words) -> tuple[Fact, ...]:
    """What a family asks first, as far as it is known."""
    start = f"programs/{program.slug}/"
    status = program.status
    spoken = ", ".join(
        filter(
            None,
            (speaker.terms("languages", *program.languages), speaker.terms("interpretation", program.interpretation)),
        )
    )
    return facts(
        (speaker.say("Status"), f"{speaker.terms('program-status', status.state)} ({status.as_of})" if status else ""),
        (speaker.say("Who can come"), who(program.grades, program.ages, speaker, *program.audience)),
        (speaker.say("Who it is for"), words.get(f"{start}eligibility", program.eligibility)),
        (speaker.say("Cost"), price(program.cost, speaker, words.get(f"{start}cost/help", ""))),
        (speaker.say("When"), speaker.terms("seasons", *program.when.seasons)),
        (speaker.say("Sign up by"), str(program.when.register_by or "")),
        (speaker.say("Languages"), spoken),
        (speaker.say("Access"), speaker.terms("access", *program.access)),
        (speaker.say("Food"), speaker.terms("meals", *program.meals)),
        (
            speaker.say("What to bring"),
            ", ".join(words.get(f"{start}bring/{n}", thing) for n, thing in enumerate(program.bring)),
        ),
        (speaker.say("Places"), str(program.capacity or "")),
    )


def school_sheet(school: School, speaker: Speaker, words: Words) -> Sheet:
    """A school: where it is and what it is looking for."""
    level = speaker.terms("school-levels", school.level)
    return Sheet(
        language=speaker.language,
        direction=speaker.direction,
        route=f"schools/{school.slug}",
        title=school.name,
        summary=level,
        facts=facts(
            (speaker.say("Who can come"), who(school.grades, None, speaker)),
            (speaker.say("Where"), school.address),
            (speaker.say("Phone number"), school.phone),
            (speaker.say("Website"), school.website),
        ),
        needs=tuple(need_line(need, speaker, words.get(f"needs/{n}/note", "")) for n, need in enumerate(school.needs)),
        sources=tuple(source_lines(school.sources)),
    )


def need_line(need: Need, speaker: Speaker, note: str) -> Line:
    """What a school is looking for, and for whom."""
    more = (who(need.grades, None, speaker), speaker.terms("seasons", need.season), note or need.note)
    return Line(text=speaker.terms("focus-areas", need.focus), more=", ".join(filter(None, more)))


def areas(focus: Iterable[str], speaker: Speaker) -> tuple[str, ...]:
    """The labels of focus areas."""
    return tuple(speaker.terms("focus-areas", area) for area in focus)


def checked(verified: Verified | None, speaker: Speaker) -> str:
    """When somebody last looked at the record; empty when nobody has."""
    return f"{speaker.terms('verified-by', verified.by)}: {verified.on}" if verified else ""


def source_lines(sources: Iterable[Source]) -> Iterator[Line]:
    """Where the facts come from."""
    return (Line(text=s.url or s.document, href=s.url, more=str(s.seen or "")) for s in sources)


def facts(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    """The pairs that say something."""
    return tuple(Fact(label=label, value=value) for label, value in pairs if value)


def who(grades: Grades | None, ages: Ages | None, speaker: Speaker, *audience: str) -> str:
    """Grades, ages and audience in one line."""
    span = dict.fromkeys((grades.first, grades.last)) if grades else ()
    years = (ages.youngest, ages.oldest) if ages else ()
    parts = (
        " – ".join(speaker.terms("grades", grade) for grade in span),
        " – ".join(str(age) for age in years if age is not None),
        speaker.terms("audiences", *audience),
    )
    return ", ".join(filter(None, parts))


def price(cost: Cost | None, speaker: Speaker, translated: str) -> str:
    """What a family pays, with the help there is."""
    if cost is None:
        return ""
    amount = "" if cost.amount is None else f"${cost.amount:g} {speaker.terms('cost-periods', cost.per)}".strip()
    return ", ".join(filter(None, (speaker.terms("cost-kinds", cost.kind), amount, translated or cost.help)))


def times(program: Program, speaker: Speaker, words: Words) -> Iterator[Time]:
    """The regular times, then the days without the program."""
    start = f"programs/{program.slug}/when/"
    for number, session in enumerate(program.when.sessions):
        note = words.get(f"{start}sessions/{number}/note", session.note)
        yield Time(
            days=speaker.terms("days", *session.days),
            hours=span(session.opens, session.closes),
            dates=", ".join(filter(None, (span(session.starts, session.ends), note))),
        )
    for number, gap in enumerate(program.when.breaks_in_service):
        note = words.get(f"{start}breaks_in_service/{number}/note", gap.note)
        yield Time(days=speaker.say("No program on these days"), hours="", dates=f"{span(gap.starts, gap.ends)} {note}")


def places(program: Program, words: Words, names: Words) -> Iterator[Line]:
    """The schools, the other places and how to get there."""
    start = f"programs/{program.slug}/"
    for slug in program.where.schools:
        if slug in names:
            yield Line(text=names[slug], route=f"schools/{slug}")
    for number, place in enumerate(program.where.places):
        transit = words.get(f"{start}where/places/{number}/transit", place.transit)
        yield Line(text=place.name, more=", ".join(filter(None, (place.address, transit))))
    if program.getting_there.note:
        yield Line(text=words.get(f"{start}getting_there/note", program.getting_there.note))


def contact_lines(contacts: Iterable[Contact], words: Words, start: str) -> Iterator[Line]:
    """Whom to ask, once for each way to reach them."""
    for number, contact in enumerate(contacts):
        role = words.get(f"{start}contacts/{number}/role", contact.role)
        yield from (Line(text=role, href=way, more=contact.name) for way in ways(contact.phone, contact.email, ""))


def span(first: object, last: object) -> str:
    """Two values with a dash between them, or the one there is."""
    return " – ".join(str(value) for value in (first, last) if value)


def ways(phone: str, email: str, url: str) -> Iterator[str]:
    """Where buttons lead."""
    yield from filter(None, (dial(phone), email and f"mailto:{email}", url))
