"""What a project gives to understand answers by: the schema of nominations and the names of languages."""

from collections.abc import Callable, Mapping
from pathlib import Path

from generator.intake.mapping import Map
from generator.intake.readers import Told
from generator.nominations.arrivals import KIND, Desk
from generator.schema import Schemas
from generator.schema.shapes import load_shapes
from generator.text import fold

Keys = Callable[[], Mapping[str, Mapping[str, str]]]


def understood(folder: Path, schemas: Schemas, *, plan: Map, told: Told, identity: Path | None, keys: Keys) -> Desk:
    """Everything by which answers are understood; `folder` has the schemas."""
    terms = schemas.vocabularies["languages"].terms
    languages = {fold(words): term.id for term in terms for words in (term.label, term.id)}
    shape = load_shapes(folder)[KIND]
    return Desk(schemas=schemas, shape=shape, languages=languages, plan=plan, told=told, identity=identity, keys=keys)
