"""Whether a story holds what must not become public: the rules for every record, and what only the vault can tell."""

import re
from collections.abc import Collection, Iterator
from html import unescape
from typing import Any

from generator.directory import Directory
from generator.model import Story
from generator.model.common import from_record
from generator.nominations.ages import ages
from generator.nominations.children import is_named
from generator.nominations.model import Nomination, Permission
from generator.nominations.season import Season
from generator.problems import Problem
from generator.records.folders import BY_NAME
from generator.rules import inspect
from generator.schema import Schemas
from generator.serialize import serialize
from generator.source import parse, texts
from generator.text import fold

STRICT = frozenset(("disguised-email", "possible-minor"))
"""Warnings elsewhere; before words become public for the first time, they stop it."""
_NUMBER = re.compile(r"(?<![\d.,$/-])[0-9]{6,}(?![\d/-]|[.,]\d)")
_NUMBERS = frozenset(("ref", "expires", "nominated_via", "published", "seen"))
"""What holds no words."""
_CODES = _NUMBERS | {"url", "file"}
_LINK = re.compile(r"\]\([^()\s]*\)")
_TOP, _KEY = re.compile(r"([a-z_]+):"), re.compile(r"[ -]*([a-z_]+):")
SHORTEST_NAME = 5
"""Letters of a name that is looked for in a story: shorter ones are ordinary words."""
SHORTEST_FAR = 2
_FAR = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff]")
"""A letter of another script than Latin: such names may be short, and other letters may touch them."""
SCHEMA = "../../schema/story.schema.json"


def text_of(story: dict[str, Any]) -> str:
    """The story's file in the public tree; figures are numbers there, also when they were read as text."""
    impact = story.get("impact")
    if isinstance(impact, list):
        story = {**story, "impact": [_counted(each) for each in impact]}
    return serialize(story, schema=SCHEMA)


def _counted(impact: Any) -> Any:
    """A figure with what it counts; its number as a number."""
    figure = impact.get("figure") if isinstance(impact, dict) else None
    if not isinstance(figure, str) or not figure.isascii() or not figure.isdigit():
        return impact
    return {**impact, "figure": int(figure)}


def problems_of(schemas: Schemas, address: str, text: str) -> tuple[Problem, ...]:
    """What the loader, the schema and the rules say of a story's file that must be mended before it is public."""
    path = f"recognition/{address}.yml"
    document, problems = parse(text, relative=path)
    if document is None:
        return problems
    data = schemas.coerce("story", document.data)
    problems = schemas.check("story", document, data)
    if any(problem.is_error for problem in problems):
        return problems
    record = from_record(BY_NAME["story"].record, address.rpartition("/")[2], data)
    found = inspect("story", document, record)
    return tuple(problem for problem in found if problem.is_error or problem.rule in STRICT)


def in_words(problem: Problem, text: str) -> str:
    """What must be mended, with the field where it stands."""
    lines = text.split("\n")[: problem.at.line]
    top = [found[1] for line in lines if (found := _TOP.match(line))][-1:]
    own = [found[1] for line in lines[-1:] if (found := _KEY.match(line))]
    place = ", ".join(dict.fromkeys(name.replace("_", " ") for name in (*top, *own)))
    hint = f"; {problem.hint}" if problem.hint else ""
    return f"{place or 'the story'}: {problem.message}{hint}"


def told(season: Season, nomination: Nomination, story: Story, data: dict[str, Any]) -> Iterator[str]:
    """A sentence for each thing in a story that only the vault can recognise: who nominated, and who consented.

    A name may stand where a consent of that person covers names. No sentence repeats what it found.
    """
    consents = season.consents_of(nomination)
    allowed = {fold(each.whom) for each in consents if "name" in each.scope and not each.withdrawn}
    every = [(("the address",), story.slug), *(pair for pair in texts(data) if pair[0][-1] not in _NUMBERS)]
    read = [(route, fold(_LINK.sub("]", unescape(text)))) for route, text in every]
    for what, text in _private(nomination, consents):
        for route, said in read if text not in allowed else ():
            if _stands(text, said):
                yield f"{what} stands in {_place(route)}"
    words = [(route, said) for route, said in read[1:] if route[-1] not in _CODES]
    named = known_names(season.directory).union(each.whom for each in consents if fold(each.whom) in allowed)
    for route, text in every[1:]:
        yield from (f"{what} {_place(route)}{advice}" for what, advice in _child(route, text, named))
    digits = _digits(nomination)
    for route, said in words:
        if digits and digits in re.sub(r"\D", "", said):
            yield f"the nominator's phone number stands in {_place(route)}"
        if _NUMBER.search(said):
            yield (
                f"a long number stands in {_place(route)}: if it counts something, write it with commas; "
                "if it is a student's or a telephone number, delete it"
            )


def known_names(directory: Directory) -> frozenset[str]:
    """Names of partners, their programs, and schools, which are no person's."""
    partners = directory.partners.values()
    named = (*partners, *directory.schools.values(), *(each for partner in partners for each in partner.programs))
    names = (getattr(each, field, "") for each in named for field in ("name", "short_name"))
    return frozenset(filter(None, names))


def _child(route: tuple[Any, ...], text: str, named: Collection[str]) -> Iterator[tuple[str, str]]:
    """(what stands in a text by which a child may be found, what to do about it)."""
    if route[-1] in _CODES:
        return
    if any(ages(text)):
        yield "an age or a grade stands in", ", in another language: if it is a child's, delete it"
    if is_named(_LINK.sub("]", unescape(text)), named):
        advice = "if it is a child's, delete it; if not, say the two in sentences of their own"
        yield "a name stands in one sentence with a child's age or grade in", f": {advice}"


def _stands(name: str, said: str) -> bool:
    """Whether a name or an address stands in a text: its words in this order or the opposite, whatever is between."""
    words = re.findall(r"[^\W_]+", name)
    ways = (r"[\W_]+".join(map(re.escape, way)) for way in (words, words[::-1]))
    before, after = ("", "") if _FAR.search(name) else (r"(?<![^\W_])", r"(?![^\W_])")
    return bool(words) and any(re.search(f"{before}{way}{after}", said) for way in ways)


def _is_telling(name: str) -> bool:
    """Whether a name is long enough to be looked for: shorter ones are ordinary words, in Latin letters."""
    return len(name) >= (SHORTEST_FAR if _FAR.search(name) else SHORTEST_NAME)


def _private(nomination: Nomination, consents: tuple[Permission, ...]) -> Iterator[tuple[str, str]]:
    """(what it is, folded text) of names and addresses that a story must not hold."""
    sender = nomination.answers.nominator if nomination.answers else None
    if sender and _is_telling(sender.name):
        yield "the nominator's name", fold(sender.name)
    if sender and sender.email:
        yield "the nominator's e-mail address", fold(sender.email)
    for consent in consents:
        if _is_telling(consent.whom):
            yield f"the name of who gave the consent {consent.number}", fold(consent.whom)


def _digits(nomination: Nomination) -> str:
    """The last seven digits of the nominator's phone number; empty when there are fewer."""
    phone = nomination.answers.nominator.phone if nomination.answers else ""
    digits = re.sub(r"\D", "", phone)
    return digits[-7:] if len(digits) >= 7 else ""


def _place(route: tuple[Any, ...]) -> str:
    """A route in words: `quotes 2 words`."""
    return " ".join(str(step + 1) if isinstance(step, int) else str(step) for step in route)
