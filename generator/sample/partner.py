"""Invented partners with their programs."""

from random import Random

from generator.sample.chance import in_order, maybe, pick, some, whole
from generator.sample.common import Record, contacts, host, languages, prose, sources
from generator.sample.program import program
from generator.sample.setting import Setting, given
from generator.text import slugify

REQUIREMENTS = ("principal_approval", "background_checks", "insurance", "data_agreement", "annual_report")


def partner(setting: Setting, number: int) -> Record:
    """The record of the partner with that number."""
    random = setting.random("partner", number)
    name = setting.partner_names[number]
    words = setting.sentences["partner"]
    areas = some(random, setting.terms["focus-areas"], 2, 4)
    founded = whole(random, 1950, setting.today.year - 3)
    logo = f"{slugify(name)}.png" if has_logo(setting, number) else ""
    return given(
        name=name,
        also_known_as=[f"{name.split()[0]} Friends"] if maybe(random, 0.15) else [],
        former_slugs=[f"friends-of-{slugify(name.split()[0])}"] if maybe(random, 0.06) or number == 1 else [],
        kind=setting.partner_kinds[number],
        summary=pick(random, words["summary"]).format(name=name),
        description=description(random, words["description"]) if maybe(random, 0.95) else "",
        website=f"https://{host(name)}/" if maybe(random, 0.9) else "",
        social=[f"https://social.example.org/@{slugify(name)}"] if maybe(random, 0.3) else [],
        logo=logo,
        logo_alt=f"Logo of {name}" if logo else "",
        founded=founded if maybe(random, 0.5) else None,
        contacts=contacts(setting, random, name, 3) if maybe(random, 0.95) else [],
        focus=areas,
        regions=in_order(random, setting.regions, 1, 3) if maybe(random, 0.7) else [],
        languages=languages(setting, random, 4) if maybe(random, 0.8) else [],
        culturally_specific=in_order(random, setting.terms["communities"], 1, 3) if maybe(random, 0.25) else [],
        partnership=partnership(setting, random, founded) if maybe(random, 0.95) else {},
        volunteer=[opening(setting, random, name) for _ in range(whole(random, 0, 2))],
        give=f"https://{host(name)}/give" if maybe(random, 0.4) else "",
        programs=programs(setting, random, areas, name),
        sources=sources(setting, random, name),
        verified=verified(setting, random) if maybe(random, 0.9) else {},
    )


def has_logo(setting: Setting, number: int) -> bool:
    """Whether the partner has a picture in partners/logos/."""
    return maybe(setting.random("logo", number), 0.12) or number == 0


def description(random: Random, items: list[str]) -> str:
    """Two paragraphs about the partner."""
    told = some(random, items, 6, 8)
    return prose(" ".join(told[:4]), " ".join(told[4:]))


def programs(setting: Setting, random: Random, areas: list[str], name: str) -> list[Record]:
    """Two to four programs, each in a focus area of its own."""
    offered = areas + [area for area in some(random, setting.terms["focus-areas"], 4, 4) if area not in areas]
    made = [program(setting, random, area, name) for area in offered[: whole(random, 2, 4)]]
    return list({each["slug"]: each for each in made}.values())


def partnership(setting: Setting, random: Random, founded: int) -> Record:
    """What partner and district have agreed."""
    status = "active" if maybe(random, 0.8) else setting.term(random, "partnership-status")
    is_wide = maybe(random, 0.1)
    year = whole(random, founded, setting.today.year - 2)
    since = pick(random, (f"{year}", f"{year}-09", f"{year}-09-15"))
    schools = [p.slug for p in some(random, setting.school_places, 1, 4)]
    return given(
        since=since if maybe(random, 0.8) else "",
        status=status if status != "active" or maybe(random, 0.9) else "",
        initiatives=in_order(random, setting.initiatives, 1, 2) if maybe(random, 0.35) else [],
        schools=schools if not is_wide and maybe(random, 0.8) else [],
        district_wide=True if is_wide else None,
        agreement=agreement(setting, random, status) if maybe(random, 0.5) else {},
        tier=setting.term(random, "tiers") if maybe(random, 0.5) else "",
        alignment=[alignment(setting, random) for _ in range(whole(random, 1, 2))] if maybe(random, 0.4) else [],
        requirements=requirements(setting, random) if maybe(random, 0.6) else {},
    )


def agreement(setting: Setting, random: Random, status: str) -> Record:
    """Dates of the agreement: past for a partnership that has ended, else ahead."""
    if status == "ended":
        return {"signed": setting.day(-900), "ends": setting.day(-whole(random, 30, 400))}
    return given(
        signed=setting.day(-whole(random, 30, 700)),
        ends=setting.day(whole(random, 700, 1800)) if maybe(random, 0.9) else None,
    )


def alignment(setting: Setting, random: Random) -> Record:
    """A claim to serve one of the district's goals; with measure and evidence in half of the cases."""
    words = setting.sentences["partner"]
    is_shown = maybe(random, 0.5)
    return given(
        priority=pick(random, setting.goals),
        claim=pick(random, words["claims"]),
        measure=pick(random, words["measures"]) if is_shown else "",
        evidence=pick(random, words["evidence"]) if is_shown else "",
        confirmed_on=setting.day(-whole(random, 10, 200)) if is_shown and maybe(random, 0.7) else None,
    )


def requirements(setting: Setting, random: Random) -> Record:
    """The policy's checklist, parts of it unknown."""
    named = in_order(random, REQUIREMENTS, 1, len(REQUIREMENTS))
    return {each: requirement(setting, random) for each in named}


def requirement(setting: Setting, random: Random) -> Record:
    state = "met" if maybe(random, 0.75) else setting.term(random, "requirement-states")
    return given(state=state, on=setting.day(-whole(random, 10, 250)) if maybe(random, 0.8) else None)


def opening(setting: Setting, random: Random, name: str) -> Record:
    """A way to volunteer."""
    words = setting.sentences["partner"]
    return given(
        title=pick(random, words["titles"]),
        summary=pick(random, words["tasks"]) if maybe(random, 0.8) else "",
        time=pick(random, words["times"]) if maybe(random, 0.7) else "",
        ages=pick(random, ({"min": 16}, {"min": 14, "max": 18}, {"min": 18})) if maybe(random, 0.5) else {},
        background_check=maybe(random, 0.7) if maybe(random, 0.7) else None,
        apply=f"https://{host(name)}/volunteer" if maybe(random, 0.7) else "",
        until=setting.day(whole(random, 300, 700)) if maybe(random, 0.3) else None,
    )


def verified(setting: Setting, random: Random) -> Record:
    """Who checked the record, within the last months."""
    return {"on": setting.day(-whole(random, 1, 150)), "by": setting.term(random, "verified-by")}
