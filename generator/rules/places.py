"""Rules about where things are."""

from collections.abc import Iterator

from generator.model import Event, Outline, Partner, School
from generator.model.district import Bounds
from generator.records.load import Loaded
from generator.records.outline import OUTLINE_FILE
from generator.rules.records import district_of, records
from generator.rules.rule import Finding, Subject
from generator.source import Route

Spot = tuple[str, Route, float | None, float | None]


def position_outside(loaded: Loaded) -> Iterator[Finding]:
    """Every place with a position lies within the bounds of the district."""
    district = district_of(loaded)
    if district is None:
        return
    bounds = district.bounds
    for path, route, latitude, longitude in _spots(loaded):
        if latitude is not None and longitude is not None and not bounds.hold(latitude, longitude):
            yield Finding(
                path=path,
                route=(*route, "latitude"),
                message=f"the place {latitude}, {longitude} lies outside the district",
                hint=_mistake(bounds, latitude, longitude),
            )
    if loaded.outline and not _meets(loaded.outline, bounds):
        hint = "the bounds stand in district/district.yml; GeoJSON has the longitude first"
        yield Finding(path=OUTLINE_FILE, message="the whole outline lies outside the district", hint=hint)


def _meets(outline: Outline, bounds: Bounds) -> bool:
    """Whether the box around the outline and the bounds have something in common."""
    latitudes = [latitude for ring in outline.rings for latitude, _ in ring]
    longitudes = [longitude for ring in outline.rings for _, longitude in ring]
    is_level = min(latitudes) <= bounds.north and max(latitudes) >= bounds.south
    return is_level and min(longitudes) <= bounds.east and max(longitudes) >= bounds.west


def _spots(loaded: Loaded) -> Iterator[Spot]:
    """Path, route and position of every place in the records."""
    for path, school in records(loaded, School):
        yield path, (), school.latitude, school.longitude
    for path, partner in records(loaded, Partner):
        for number, program in enumerate(partner.programs):
            for index, place in enumerate(program.where.places):
                yield path, ("programs", number, "where", "places", index), place.latitude, place.longitude
    for path, event in records(loaded, Event):
        if event.place:
            yield path, ("place",), event.place.latitude, event.place.longitude


def _mistake(bounds: Bounds, latitude: float, longitude: float) -> str:
    """The commonest mistake that would explain the position."""
    if bounds.hold(longitude, latitude):
        return "latitude and longitude have changed places"
    if bounds.hold(latitude, -longitude):
        return f"the minus sign of the longitude is missing: write {-longitude}"
    return "check both numbers on a map; the bounds stand in district/district.yml"


def district_wide_with_schools(subject: Subject[Partner]) -> Iterator[Finding]:
    """A partnership names its schools, or is district-wide, not both."""
    partnership = subject.record.partnership
    if partnership.district_wide and partnership.schools:
        yield Finding(
            route=("partnership", "district_wide"),
            message="the partnership is district-wide, and also names schools",
            hint='keep "district_wide: true" if it works with every school, or else the list of schools',
        )
