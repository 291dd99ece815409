"""Parts that several kinds of invented records share: sources, contacts, costs, places."""

from random import Random
from textwrap import fill
from typing import Any

from generator.sample.chance import in_order, maybe, pick, some, whole
from generator.sample.setting import Setting, given
from generator.text import slugify

Record = dict[str, Any]


def phone(random: Random) -> str:
    """A number in area code 555, which no telephone company has given out."""
    return f"(555) {whole(random, 2, 9)}{whole(random, 10, 99)}-{whole(random, 0, 9999):04}"


def host(name: str) -> str:
    """The host of an organisation: its first word below example.org."""
    return f"{slugify(name.split()[0])}.example.org"


def contacts(setting: Setting, random: Random, name: str, most: int) -> list[Record]:
    """Up to `most` public contact points of an organisation."""
    roles = some(random, setting.sentences["partner"]["roles"], 1, most)
    return [contact(setting, random, role, name) for role in roles]


def contact(setting: Setting, random: Random, role: str, name: str) -> Record:
    """A contact point with a phone number, an address, or both."""
    has_phone = maybe(random, 0.7)
    person = f"{pick(random, setting.names['people'])} {setting.coined(-whole(random, 500, 900))}"
    return given(
        role=role,
        name=person if maybe(random, 0.25) else "",
        email=f"{slugify(role)}@{host(name)}" if maybe(random, 0.7) or not has_phone else "",
        phone=phone(random) if has_phone else "",
        languages=languages(setting, random, 2) if maybe(random, 0.5) else [],
    )


def languages(setting: Setting, random: Random, most: int) -> list[str]:
    """English and up to `most` others, those of the site more often."""
    others = [code for code in setting.languages if code != "en" and maybe(random, 0.4)]
    others += some(random, setting.terms["languages"], 0, most)
    return list(dict.fromkeys(("en", *others)))[: most + 1]


def sources(setting: Setting, random: Random, name: str) -> list[Record]:
    """One or two sources, seen within the last year; `name` is whose page and letter they are."""
    page = {"url": f"https://{host(name)}/about", "seen": setting.day(-whole(random, 5, 300))}
    paper = {"document": f"Letter of {setting.first_day().year}", "seen": setting.day(-whole(random, 5, 300))}
    return [[page], [paper], [page, paper]][whole(random, 0, 2)]


def place(setting: Setting, random: Random) -> Record:
    """A place that is not a school, in the district's box."""
    name = f"{setting.coined(-whole(random, 1000, 1400))} {pick(random, setting.names['places'])}"
    return given(
        name=name,
        address=setting.address(random) if maybe(random, 0.9) else "",
        **(setting.spot(random) if maybe(random, 0.85) else {}),
        access=in_order(random, setting.terms["access"], 1, 4) if maybe(random, 0.6) else [],
        transit=pick(random, setting.sentences["program"]["transit"]) if maybe(random, 0.6) else "",
    )


def cost(setting: Setting, random: Random) -> Record:
    """What it costs: mostly nothing."""
    kind = "free" if maybe(random, 0.5) else setting.term(random, "cost-kinds")
    help_ = pick(random, setting.sentences["program"]["help"])
    if kind == "free":
        return {"kind": kind}
    if kind == "varies":
        return {"kind": kind, "help": help_}
    return given(
        kind=kind,
        amount=whole(random, 1, 24) * 5 if maybe(random, 0.9) else 7.5,
        per=setting.term(random, "cost-periods"),
        help=help_ if maybe(random, 0.5) else "",
    )


def sentences(random: Random, items: list[str], least: int, most: int) -> str:
    """A paragraph of different sentences."""
    return " ".join(some(random, items, least, most))


def prose(*paragraphs: str) -> str:
    """Paragraphs as people type them: lines of moderate length, and an empty line between two paragraphs."""
    return "\n\n".join(fill(paragraph, 90) for paragraph in paragraphs) + "\n"


def clock(minutes: int) -> str:
    """A time of day from minutes after midnight."""
    return f"{minutes // 60:02}:{minutes % 60:02}"
