"""Rules about the same thing written down twice."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from msgspec import Struct

from generator.model import Initiative, Partner, School
from generator.records.load import Loaded
from generator.rules.records import records
from generator.rules.rule import Finding, Subject
from generator.source import Route
from generator.text import fold

# Words that come and go in the name of the same organisation.
_FILLER = frozenset(
    ("a", "an", "and", "at", "co", "corp", "corporation", "for", "in", "inc", "incorporated", "llc", "ltd", "of", "the")
    + ("to",)
)
_WORD = re.compile(r"[^\W_]+")
_WEBSITE = re.compile(r"https?://(?:www\.)?([^?#]*?)/*(?:[?#].*)?", re.IGNORECASE)
_RENAMED: tuple[type[Partner] | type[School], ...] = (Partner, School)
_SHORTEST = 10  # letters; in shorter names one letter makes another organisation


def repeated_slug(subject: Subject[Any]) -> Iterator[Finding]:
    """Within one record no two programs, goals, regions or policies have the same slug."""
    seen: set[tuple[Route, str]] = set()
    for route, slug in [
        (route, group["slug"]) for route, group in subject.groups if isinstance(group.get("slug"), str)
    ]:
        if (route[:-1], slug) in seen:
            yield Finding(
                route=(*route, "slug"),
                message=f'"{slug}" is already the slug of another item of this list',
                hint="give each its own slug",
            )
        seen.add((route[:-1], slug))


def own_former_slug(subject: Subject[Any]) -> Iterator[Finding]:
    """A former slug is not the slug of today, nor of another program of the partner."""
    record = subject.record
    for number, slug in enumerate(record.former_slugs):
        if slug == record.slug:
            yield _own(("former_slugs", number), slug)
    programs = getattr(record, "programs", ())
    current = {program.slug for program in programs}
    for index, program in enumerate(programs):
        for number, slug in enumerate(program.former_slugs):
            if slug in current:
                yield _own(("programs", index, "former_slugs", number), slug)


def _own(route: Route, slug: str) -> Finding:
    return Finding(
        route=route, message=f'"{slug}" is in use today, so it is not a former slug', hint="delete this line"
    )


def taken_former_slug(loaded: Loaded) -> Iterator[Finding]:
    """A former slug belongs to one record only, and no other record has it today."""
    for kind in _RENAMED:
        holders = {record.slug: path for path, record in records(loaded, kind)}
        for path, record in records(loaded, kind):
            for number, slug in enumerate(record.former_slugs):
                holder = holders.setdefault(slug, path)
                if holder != path:
                    yield Finding(
                        path=path,
                        route=("former_slugs", number),
                        message=f'"{slug}" already leads to {holder}',
                        hint="an old address can lead to one record only; keep it where it belongs",
                    )


def hyphen_twin(loaded: Loaded) -> Iterator[Finding]:
    """No two records of a kind have addresses that differ only by hyphens."""
    for kind in (Partner, School, Initiative):
        yield from _twins(loaded, kind)


def _twins(loaded: Loaded, kind: type[Struct]) -> Iterator[Finding]:
    for path, other in _repeated((path, path.replace("-", "")) for path, _ in records(loaded, kind)):
        yield Finding(
            path=path,
            message=f"the file's name differs from {other} only by hyphens",
            hint="if it is the same, delete one of the two; if not, choose a name that tells them apart",
        )


def _repeated(keys: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """(file, the first file with the same key) of each that is not the first, from files with their keys."""
    first: dict[str, str] = {}
    for path, key in keys:
        other = first.setdefault(key, path)
        if other != path:
            yield path, other


def duplicate_partner(loaded: Loaded) -> Iterator[Finding]:
    """No two partners have the same name; capitals, accents and spaces make no difference."""
    for path, other in _repeated((path, fold(partner.name)) for path, partner in records(loaded, Partner)):
        yield Finding(
            path=path,
            route=("name",),
            message=f"{other} has the same name",
            hint="put everything into one file; if these are two organizations, say in the names which is which",
        )


def shared_website(loaded: Loaded) -> Iterator[Finding]:
    """No two partners give the same website."""
    websites = ((path, partner.website) for path, partner in records(loaded, Partner) if partner.website)
    keys = ((path, found[1].lower() if (found := _WEBSITE.fullmatch(url)) else url) for path, url in websites)
    for path, other in _repeated(keys):
        yield Finding(
            path=path,
            route=("website",),
            message=f"{other} gives the same website",
            hint="if it is the same organization, put everything into one file; if not, give its own page",
        )


def similar_partner(loaded: Loaded) -> Iterator[Finding]:
    """Two partners whose names, or other names, are nearly the same may be one."""
    told: set[tuple[str, str]] = set()
    for named, others in _sharing(loaded):
        for other in sorted(others - {named}):
            pair = (other.path, named.path)
            if other.path != named.path and pair not in told and _is_near(named, other):
                told.add(pair)
                yield Finding(
                    path=named.path,
                    route=named.route,
                    message=f'{other.path} is called "{other.name}", which is nearly the same',
                    hint="if it is the same organization, put everything into one file; if not, leave it as it is",
                )


class _Named(NamedTuple):
    """A name of a partner, and where it stands."""

    path: str
    route: Route
    name: str


def _sharing(loaded: Loaded) -> Iterator[tuple[_Named, set[_Named]]]:
    """Every name with the first ones that share a spelling with it; spellings of one first letter at a time."""
    first: dict[str, _Named] = {}
    initials: dict[str, list[_Named]] = {}
    for named in _names(loaded):
        words = _significant(named.name)
        first.setdefault(" ".join(sorted(words)), named)
        initials.setdefault("".join(words)[:1], []).append(named)
    for several in initials.values():
        spelled: dict[str, _Named] = {}
        for named in several:
            words = _significant(named.name)
            found = {spelled.setdefault(spelling, named) for spelling in _spellings(words)}
            yield named, {first[" ".join(sorted(words))], *found} if words else set()


def _names(loaded: Loaded) -> Iterator[_Named]:
    """Every name of every partner, by path."""
    for path, partner in records(loaded, Partner):
        yield _Named(path, ("name",), partner.name)
        for number, name in enumerate(partner.also_known_as):
            yield _Named(path, ("also_known_as", number), name)


def _is_near(one: _Named, other: _Named) -> bool:
    """Whether two names that share a spelling differ by one letter, by spaces, by fillers or in the order of words.

    Equal names are the business of `duplicate-partner`.
    """
    if fold(one.name) == fold(other.name) and one.route == other.route == ("name",):
        return False
    from rapidfuzz.distance import OSA  # slow to import, and few names look alike

    words, other_words = _significant(one.name), _significant(other.name)
    return sorted(words) == sorted(other_words) or OSA.distance("".join(words), "".join(other_words)) <= 1


def _spellings(words: list[str]) -> set[str]:
    """Spellings of a name, so that names which differ by one letter share at least one; all begin with one letter.

    These are the words run together, and the same with one letter left out (the way of SymSpell, by Wolf Garbe). Digits
    and the first letters of words stay: they tell organisations apart.
    """
    letters = "".join(words)
    spellings = {letters}
    if len(letters) >= _SHORTEST:
        start = 0
        for word in words:
            end = start + len(word)
            spellings.update(
                [letters[:i] + letters[i + 1 :] for i in range(start + 1, end) if not letters[i].isdigit()]
            )
            start = end
    return spellings


def _significant(name: str) -> list[str]:
    """The words of a name, folded, without those that come and go."""
    return [word for word in _WORD.findall(fold(name)) if word not in _FILLER]
