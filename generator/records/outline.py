"""The outline of the district from `district/outline.geojson` (RFC 7946), read as strictly as records are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from generator.model import Outline
from generator.problems import Place, Problem
from generator.source import read_text
from generator.source.characters import describe, forbidden

OUTLINE_FILE = "district/outline.geojson"
LIMIT_BYTES = 524_288
MOST_CORNERS = 10_000
TRY = "simplify the outline in a program for maps, or at mapshaper.org: 500 corners are plenty"
WANTED = 'it is GeoJSON: a Polygon or MultiPolygon, alone or as features, with a member "attribution" beside its "type"'

Position = Annotated[list[float], Meta(min_length=2, max_length=3)]
Line = Annotated[list[Position], Meta(min_length=4)]


class Polygon(Struct, tag="Polygon", tag_field="type"):
    """An area: its edge, then those of its holes."""

    coordinates: list[Line]

    @property
    def lines(self) -> list[Line]:
        """All of its edges."""
        return self.coordinates


class MultiPolygon(Struct, tag="MultiPolygon", tag_field="type"):
    """Several areas."""

    coordinates: list[list[Line]]

    @property
    def lines(self) -> list[Line]:
        """The edges of all of them."""
        return [line for polygon in self.coordinates for line in polygon]


class Feature(Struct, tag="Feature", tag_field="type"):
    """An area with properties, which nobody reads."""

    geometry: Polygon | MultiPolygon

    @property
    def lines(self) -> list[Line]:
        """The edges of its area."""
        return self.geometry.lines


class FeatureCollection(Struct, tag="FeatureCollection", tag_field="type"):
    """Several areas with properties."""

    features: Annotated[list[Feature], Meta(min_length=1)]

    @property
    def lines(self) -> list[Line]:
        """The edges of all areas."""
        return [line for feature in self.features for line in feature.lines]


class Credited(Struct):
    """What we ask of the file beyond the standard: whose outline this is."""

    attribution: Annotated[str, Meta(min_length=1, max_length=200)]


def read_outline(root: Path) -> tuple[Outline | None, tuple[Problem, ...]]:
    """The outline of a project, or what is wrong with it. Raises nothing."""
    text, problems = read_text(root / OUTLINE_FILE, relative=OUTLINE_FILE, limit_bytes=LIMIT_BYTES)
    if text is None:
        return None, tuple(replace(p, hint=TRY) if p.rule == "too-large" else p for p in problems)
    try:
        found = msgspec.json.decode(text, type=Polygon | MultiPolygon | Feature | FeatureCollection)
    except (msgspec.MsgspecError, RecursionError) as fault:
        return None, (fault_of(f"this is no outline: {lowered(fault)}", WANTED),)
    try:
        attribution = msgspec.json.decode(text, type=Credited).attribution.strip()
    except (msgspec.MsgspecError, RecursionError):
        attribution = ""
    if problem := wrong_words(attribution) or wrong_lines(found.lines):
        return None, (problem,)
    rings = tuple(tuple((at[1], at[0]) for at in line[:-1]) for line in found.lines)
    return Outline(attribution=attribution, rings=rings), ()


def wrong_words(attribution: str) -> Problem | None:
    """What is wrong with the words that say whose outline it is."""
    if not attribution:
        hint = 'write beside "type", for example: "attribution": "City of Riverbend, CC0 1.0"'
        return fault_of('the outline does not say in "attribution" whose it is and under which license', hint)
    if found := next(forbidden(attribution), None):
        return fault_of(f'in "attribution" there is {describe(found[1])}', "write one line of plain text")
    if "\n" in attribution:
        return fault_of('"attribution" has more than one line', "write one line of plain text")
    return None


def wrong_lines(lines: list[Line]) -> Problem | None:
    """What is wrong with the edges."""
    if (count := sum(map(len, lines))) > MOST_CORNERS:
        return fault_of(f"the outline has {count:,} corners; the most is {MOST_CORNERS:,}", TRY)
    for line in lines:
        if line[0][:2] != line[-1][:2]:
            return fault_of(f"an edge that begins at {line[0][:2]} is not closed", "end each with its first position")
        if strange := next((at for at in line if not (abs(at[0]) <= 180 and abs(at[1]) <= 90)), None):
            hint = "save the file in WGS 84 (EPSG:4326): longitude first, then latitude, both in degrees"
            return fault_of(f"{strange[:2]} is no longitude and latitude", hint)
    return None


def fault_of(message: str, hint: str) -> Problem:
    """A problem with the outline."""
    return Problem(at=Place(path=OUTLINE_FILE), rule="bad-outline", message=message, hint=hint)


def lowered(fault: Exception) -> str:
    """The reason of a fault, as the end of a sentence."""
    reason = "it is nested too deep" if isinstance(fault, RecursionError) else str(fault)
    return reason[:1].lower() + reason[1:]
