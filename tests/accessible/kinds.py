"""Every kind of page with the largest page of each: kinds are found in the code, so none can be forgotten."""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import copytree, ignore_patterns

from generator.building.rendering import render
from generator.building.whole import count_texts, units_of
from generator.pages.unit import Unit
from generator.plan import Plan, prepare
from tests.golden_tree import CASE
from tests.invented import checked

LANGUAGES = ("en", "ar", "zh-Hant", "am")
"""The languages that are looked at: Latin, from right to left, without word breaks, tall letters."""
OFFERED = ("en", "es", *LANGUAGES[1:])
"""Those of the site: so many that its choice of languages is folded away."""
GONE = "moved.page"
"""Pages at former addresses: they lead on before anybody can look at them."""
WRITTEN = "written"
"""Pages that people write in Markdown, all of which are made alike."""
MORE = "tests/cases/more"
"""Records for kinds of pages that the invented district has not."""
_PAGES = "generator/pages"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The invented district's site in many scripts, and a page of each kind.

    `kinds` maps kinds to the path of a page of theirs, with `{language}` where a language will be.
    """

    folder: Path
    kinds: Mapping[str, str]


def built(repository: Path, folder: Path) -> Site:
    """The site, built in a folder where nothing of an earlier build is known."""
    district = copytree(repository / CASE, folder / "district", ignore=ignore_patterns(".cache"))
    copytree(repository / MORE, district, dirs_exist_ok=True)
    own = district / "district/district.yml"
    lines = own.read_text("utf-8").splitlines(keepends=True)
    lines = [f"languages: [{', '.join(OFFERED)}]\n" if line.startswith("languages:") else line for line in lines]
    own.write_text("".join(lines), "utf-8")
    plan = prepare(checked(district))
    render(plan, folder / "site")
    return Site(folder=folder / "site", kinds=largest(kinds_of(plan), folder / "site"))


def kinds_of(plan: Plan) -> Mapping[str, tuple[str, ...]]:
    """The paths of all pages of a site by the function that makes them, or as hand-written."""
    units, _ = units_of(plan, count_texts(plan, {}))
    found: dict[str, tuple[str, ...]] = {}
    for unit in units:
        if unit.page is not None:
            found[maker(unit)] = (*found.get(maker(unit), ()), path_of(unit))
    names = (path.removeprefix("pages/").removesuffix(".md") for path in plan.written if path.startswith("pages/"))
    return {**found, WRITTEN: tuple(f"{{language}}/{name}/index.html" for name in sorted(names))}


def maker(unit: Unit) -> str:
    """The kind of a unit's pages: the module and the function that make them."""
    return f"{unit.page.__module__.rpartition('.')[2]}.{unit.page.__qualname__}" if unit.page else ""


def path_of(unit: Unit) -> str:
    """Where the pages of a unit lie."""
    return unit.paths(("{language}",))[0]


def largest(kinds: Mapping[str, tuple[str, ...]], site: Path) -> Mapping[str, str]:
    """The largest page of each kind in English: it shows most of what the kind can show."""

    def size(path: str) -> int:
        return (site / path.format(language="en")).stat().st_size

    return {kind: max(paths, key=size) for kind, paths in kinds.items()}


def makers(repository: Path) -> Iterator[str]:
    """Every function of the generator that makes a page, found in its code."""
    for file in sorted((repository / _PAGES).rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and is_maker(node):
                yield f"{file.stem}.{node.name}"


def is_maker(node: ast.FunctionDef) -> bool:
    """Whether a function makes pages: it takes what `Render` does and returns a page, but no file for machines."""
    is_page = isinstance(node.returns, ast.Name) and node.returns.id == "Page"
    names = [argument.arg for argument in node.args.args]
    called = (each.func.id for each in ast.walk(node) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name))
    return is_page and names[1:] == ["slots", "templates"] and not any(name.startswith("file") for name in called)


def forgotten(makers: Iterable[str], kinds: Iterable[str]) -> tuple[str, ...]:
    """What to do about each function that makes pages of which the invented district has none."""
    missing = sorted(set(makers) - set(kinds))
    return tuple(
        f"no page of the kind {kind} is looked at: add a record to {MORE} that has one (generator/pages/"
        f"{kind.partition('.')[0]}.py tells when there is one)"
        for kind in missing
    )


def opened(kinds: Mapping[str, str], language: str) -> Iterator[tuple[str, str]]:
    """(kind, path) of every page that is looked at in a language; those of the site's root in English only.

    Files for machines, such as feeds, are kinds as well, but nobody looks at them.
    """
    for kind, path in sorted(kinds.items()):
        if kind != GONE and path.endswith(".html") and (language == "en" or "{language}" in path):
            yield kind, path.format(language=language).removesuffix("index.html")
