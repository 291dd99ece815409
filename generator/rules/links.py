"""Rules about records that name other records."""

from collections.abc import Iterator

from msgspec import Struct

from generator.model import Event, Initiative, Partner, Priorities, School, Story, Voice
from generator.nearest import nearest
from generator.records.load import Loaded
from generator.rules.records import district_of, is_lost, records, slugs, strays
from generator.rules.rule import Finding
from generator.source import Route

Names = tuple[str, Route, tuple[str, ...]]
"""A file, the route of a list in it, and the slugs in that list."""


def unknown_school(loaded: Loaded) -> Iterator[Finding]:
    """A school is named by the name of its file in district/schools/, without .yml."""
    yield from _unknown(loaded, School, "school", "district/schools/", _schools(loaded))


def _schools(loaded: Loaded) -> Iterator[Names]:
    for path, partner in records(loaded, Partner):
        yield path, ("partnership", "schools"), partner.partnership.schools
        for number, program in enumerate(partner.programs):
            yield path, ("programs", number, "where", "schools"), program.where.schools
            yield path, ("programs", number, "getting_there", "bus_from"), program.getting_there.bus_from
    for path, story in records(loaded, Story):
        yield path, ("schools",), story.schools
    for path, event in records(loaded, Event):
        yield path, ("schools",), event.schools


def unknown_partner(loaded: Loaded) -> Iterator[Finding]:
    """A partner is named by the name of its file in partners/, without .yml."""
    stories = ((path, ("partners",), story.partners) for path, story in records(loaded, Story))
    events = ((path, ("partners",), event.partners) for path, event in records(loaded, Event))
    yield from _unknown(loaded, Partner, "partner", "partners/", (*stories, *events))


def unknown_initiative(loaded: Loaded) -> Iterator[Finding]:
    """An initiative is named by the name of its file in district/initiatives/, without .yml."""
    yield from _unknown(loaded, Initiative, "initiative", "district/initiatives/", _initiatives(loaded))


def _initiatives(loaded: Loaded) -> Iterator[Names]:
    for path, partner in records(loaded, Partner):
        yield path, ("partnership", "initiatives"), partner.partnership.initiatives
    for path, event in records(loaded, Event):
        yield path, ("initiatives",), event.initiatives
    for path, voice in records(loaded, Voice):
        yield path, ("initiatives",), voice.initiatives


def _unknown(
    loaded: Loaded, kind: type[Struct], noun: str, folder: str, names: Iterator[Names] | tuple[Names, ...]
) -> Iterator[Finding]:
    """A finding for each slug that is no file of the kind."""
    if is_lost(loaded, folder.rstrip("/")):
        return
    known = slugs(loaded, kind)
    for path, route, named in names:
        for number, slug in enumerate(() if known.issuperset(named) else named):
            if slug not in known:
                yield Finding(
                    path=path,
                    route=(*route, number),
                    message=f'there is no {noun} "{slug}"',
                    hint=_hint(slug, known, folder, _renamed(loaded, kind, slug)),
                )


def _renamed(loaded: Loaded, kind: type[Struct], slug: str) -> str:
    """The slug that a record has now, when it once had this one."""
    renamed = (r for _, r in records(loaded, kind) if isinstance(r, Partner | School) and slug in r.former_slugs)
    return next((r.slug for r in renamed), "")


def _hint(slug: str, known: frozenset[str], folder: str, renamed: str = "") -> str:
    """What to write instead of an unknown slug."""
    if renamed:
        return f'it is now called "{renamed}"'
    near = nearest(slug, known)
    return (f'did you mean "{near}"?  ' if near else "") + f"All of them: {folder}"


def unknown_priority(loaded: Loaded) -> Iterator[Finding]:
    """A claim of alignment names a goal or an action of district/priorities.yml by its slug."""
    is_bad = any(loaded.is_bad(file) for file in loaded.files_of("priorities"))
    if is_bad or "district/priorities" in strays(loaded):
        return
    known = frozenset(slug for _, priorities in records(loaded, Priorities) for slug in priorities.slugs())
    for path, partner in records(loaded, Partner):
        for number, claim in enumerate(partner.partnership.alignment):
            if claim.priority not in known:
                yield Finding(
                    path=path,
                    route=("partnership", "alignment", number, "priority"),
                    message=f'there is no priority "{claim.priority}"',
                    hint=_hint(claim.priority, known, "district/priorities.yml"),
                )


def unknown_region(loaded: Loaded) -> Iterator[Finding]:
    """A region is one of those in district/district.yml."""
    district = district_of(loaded)
    if district is None:
        return
    known = frozenset(region.slug for region in district.regions)
    for path, route, slug in _regions(loaded):
        if slug not in known:
            yield Finding(
                path=path,
                route=route,
                message=f'there is no region "{slug}"',
                hint=_hint(slug, known, "district/district.yml"),
            )


def _regions(loaded: Loaded) -> Iterator[tuple[str, Route, str]]:
    for path, partner in records(loaded, Partner):
        for number, slug in enumerate(partner.regions):
            yield path, ("regions", number), slug
    for path, school in records(loaded, School):
        if school.region:
            yield path, ("region",), school.region
