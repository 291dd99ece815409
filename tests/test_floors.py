"""Imports in the generator only point down: docs/architecture.md shows the floors."""

import ast
import re
from graphlib import TopologicalSorter
from importlib.util import resolve_name
from pathlib import Path

import pytest

ROW = re.compile(r"^\| ([0-9]) \| (.+?) \|", re.MULTILINE)
PART = re.compile(r"`(\w+)/?`")


def floors(document: str) -> dict[str, int]:
    """The floor of each part, from the table of docs/architecture.md; the program's start stands above all."""
    rows = ROW.findall(document)
    return {part: int(floor) for floor, cell in rows for part in PART.findall(cell)} | {"__main__": len(rows)}


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


def upward(parts: dict[str, set[str]], floor: dict[str, int]) -> list[str]:
    """Every import that points up, as a line for people."""
    return [f"{part} imports {other}" for part in parts for other in sorted(parts[part]) if floor[other] > floor[part]]


@pytest.fixture
def floor(repository: Path) -> dict[str, int]:
    """The floor of each part of the generator."""
    return floors((repository / "docs/architecture.md").read_text("utf-8"))


def test_every_part_has_a_floor(repository: Path, floor: dict[str, int]) -> None:
    missing = set(graph(repository / "generator")) - set(floor)
    assert missing == set(), "give each its floor in the table of docs/architecture.md"


def test_every_part_is_named_once(repository: Path) -> None:
    rows = ROW.findall((repository / "docs/architecture.md").read_text("utf-8"))
    named = [part for _, cell in rows for part in PART.findall(cell)]
    assert sorted(named) == sorted(set(graph(repository / "generator")) - {"__main__"})


def test_imports_point_down(repository: Path, floor: dict[str, int]) -> None:
    assert upward(graph(repository / "generator"), floor) == []


def test_no_circles_within_a_floor(repository: Path) -> None:
    tuple(TopologicalSorter(graph(repository / "generator")).static_order())


UPWARD = (
    "from generator.pages import page",
    "from ..pages.page import Page",
    "import generator.pages",
    "from .. import pages",
)


@pytest.mark.parametrize("line", UPWARD)
def test_an_upward_import_is_found(line: str, floor: dict[str, int]) -> None:
    late = imports(f"def late():\n    {line}\n", "generator.model")
    assert upward({"model": late}, floor) == ["model imports pages"]
