"""What reading nominations needs from a project: schema, names of languages, a map of columns."""

from functools import cache
from pathlib import Path

import click

from generator.cli.vaults import Access, opened
from generator.intake.mapping import Map, read_map
from generator.intake.readers import Told
from generator.nominations.arrivals import KIND, Desk
from generator.nominations.understood import understood
from generator.problems import SetupError
from generator.report import report
from generator.shapes import load_shapes
from generator.vault.keys import keys_of


def desk_of(access: Access, map_file: Path | None, separator: str, sheet: str, encoding: str = "utf-8") -> Desk:
    """Everything by which answers are understood; SetupError when the map cannot be used."""
    shape = load_shapes(access.project.schema)[KIND]
    plan = Map()
    if map_file is not None:
        found, problems = read_map(map_file, access.schemas, shape)
        if found is None:
            click.echo(report(problems, "text"), nl=False, err=True)
            raise SetupError(f"{map_file}: this map cannot be used")
        plan = found
    told = Told(separator=separator, encoding=encoding, sheet=sheet)
    return understood(
        access.project.schema,
        access.schemas,
        plan=plan,
        told=told,
        identity=access.identity,
        keys=cache(lambda: keys_of(opened(access))),
    )
