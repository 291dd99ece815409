"""Imports in the generator only point down: docs/architecture.md shows the floors."""

import ast
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

FLOORS = (
    ("problems", "text"),
    ("source", "prose", "model", "serialize"),
    ("schema", "vocabulary"),
    ("directory",),
    ("load", "folders", "cache"),
    ("rules", "languages"),
    ("pages", "search"),
    ("site",),
    (
        "shell",
        "check",
        "build",
        "clock",
        "mkdocs_build",
        "mkdocs_hooks",
        "report",
        "cli",
        "sample",
        "scaffold",
        "audit",
    ),
)
FLOOR = {part: floor for floor, parts in enumerate(FLOORS) for part in parts} | {"__main__": len(FLOORS)}


def imports(source: str, package: str) -> set[str]:
    """The parts of the generator that a module of `package` imports, wherever in the module the import stands."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = resolve_name("." * node.level + (node.module or ""), package)
            names |= {f"{module}.{alias.name}" for alias in node.names}
    parts = {name.split(".")[1] for name in names if name.startswith("generator.")}
    return {part for part in parts if not part.startswith("__")}


def graph(generator: Path) -> dict[str, set[str]]:
    """Every part of the generator (a module or a package) with the other parts that it imports."""
    found: dict[str, set[str]] = {}
    for file in sorted(generator.rglob("*.py")):
        path = file.relative_to(generator).with_suffix("").parts
        package = ".".join(("generator", *path[:-1]))
        if path != ("__init__",):
            found.setdefault(path[0], set()).update(imports(file.read_text("utf-8"), package) - {path[0]})
    return found


def upward(parts: dict[str, set[str]]) -> list[str]:
    """Every import that points up, as a line for people; a part without a floor counts as above all."""
    floor = {part: FLOOR.get(part, len(FLOORS)) for part in set(parts).union(*parts.values())}
    return [f"{part} imports {other}" for part in parts for other in sorted(parts[part]) if floor[other] > floor[part]]


def test_every_part_has_a_floor(repository: Path) -> None:
    assert set(graph(repository / "generator")) <= set(FLOOR), "give the new part its floor in FLOORS and in the docs"


def test_imports_point_down(repository: Path) -> None:
    assert upward(graph(repository / "generator")) == []


def test_no_circles_within_a_floor(repository: Path) -> None:
    tuple(TopologicalSorter(graph(repository / "generator")).static_order())


@pytest.mark.parametrize(
    "line",
    [
        "from generator.pages import page",
        "from ..pages.page import Page",
        "import generator.pages",
        "from .. import pages",
    ],
)
def test_an_upward_import_is_found(line: str) -> None:
    assert upward({"model": imports(f"def late():\n    {line}\n", "generator.model")}) == ["model imports pages"]
