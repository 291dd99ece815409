"""What is left of a project without what is wrong in it: a bad record, or the bad part of one, is left out."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import msgspec

from generator.check import Checked
from generator.problems import has_errors, in_order
from generator.records.folders import DATA_FOLDERS, TRANSLATION, kind_of
from generator.records.load import Loaded
from generator.rules import SET, problems_of
from generator.rules.pictures import named
from generator.source import Route

PARTS = (
    "broken-catalogue",
    "broken-line",
    "lost-link",
    "missing-picture",
    "orphan-translation",
    "taken-former-slug",
    "wrong-script",
)
"""Rules whose findings spoil only the value that they point to; the rest of the file is as good as before."""
TWINS = ("duplicate-partner",)
"""Rules that blame one of two: asked when all are gone that are bad by themselves."""
_ORDER = sorted((rule for rule in SET if rule.severity == "error"), key=lambda r: (r.name in PARTS, r.name in TWINS))

Part = tuple[str, Route]
"""The path of a file, and the route of the value that is left out of it."""


def quarantined(checked: Checked) -> Checked:
    """The check of what is good, with the names of all that is left out of it.

    What names a record that is left out stays. The same check comes back when nothing is wrong, and when something is
    without which there is no site: the district's own record, a whole folder.
    """
    if checked.is_good or _has_lost_too_much(checked.loaded):
        return checked
    rest = _without_blamed(*_without_pictures(checked.loaded))
    if rest is None or rest[0].directory is None:
        return checked
    loaded, parts = rest
    files = {problem.at.path for problem in loaded.problems if problem.is_error}
    pieces = {f"{path} ({_name(part)})" for path, part in parts if path not in files}
    problems = in_order({*checked.problems, *loaded.problems})
    return replace(checked, loaded=loaded, problems=problems, left_out=tuple(sorted(files | pieces)))


def _has_lost_too_much(loaded: Loaded) -> bool:
    """Whether what cannot be read is more than single files.

    MkDocs publishes some of what lies beside the hand-written pages, so nothing strange there can be left out.
    """
    strange = {problem.at.path for problem in loaded.strays}
    return any(f"{path}/".startswith("pages/") for path in strange) or any(
        path in DATA_FOLDERS or kind_of(f"{path}/a.yml") not in (None, TRANSLATION) for path in strange
    )


def _without_pictures(loaded: Loaded) -> tuple[Loaded, frozenset[Part]]:
    """The records without the pictures that cannot be shown."""
    good = {file.path for file in loaded.pictures if not loaded.is_bad(file)}
    parts = frozenset((path, _part(route)) for path, route, picture in named(loaded) if picture not in good)
    return _without_parts(loaded, parts), parts


def _without_blamed(loaded: Loaded, parts: frozenset[Part]) -> tuple[Loaded, frozenset[Part]] | None:
    """The records without those, and the parts of those, that rules over the whole set blame, and all such parts.

    Each round looks at what the last one has left. None when a round can leave out nothing, so that none is the last.
    """
    while blamed := next(((rule, found) for rule in _ORDER if (found := tuple(rule.check(loaded)))), None):
        rule, found = blamed
        pieces = frozenset((f.path, _part(f.route)) for f in found if rule.name in PARTS and f.route)
        files = problems_of(loaded, [(rule, f) for f in found if rule.name not in PARTS or not f.route])
        if not pieces and all(has_errors(loaded.entries[problem.at.path].problems) for problem in files):
            return None
        loaded, parts = _without_parts(loaded.blamed(files), pieces), parts | pieces
    return loaded, parts


def _without_parts(loaded: Loaded, parts: frozenset[Part]) -> Loaded:
    """The records without some of their values."""
    routes: dict[str, list[Route]] = {}
    for path, route in sorted(parts, reverse=True):  # the last of a list first, so that the others keep their numbers
        if path in loaded.records:
            routes.setdefault(path, []).append(route)
    if not routes:
        return loaded  # which remembers what it has decoded
    return loaded.altered({path: _cut(loaded.records[path], which) for path, which in routes.items()})


def _cut(record: bytes, routes: Iterable[Route]) -> bytes:
    """A record as JSON without the values at some routes."""
    data: Any = msgspec.json.decode(record)
    for route in routes:
        holder = data
        for key in route[:-1]:
            holder = holder[key]
        del holder[route[-1]]
    return msgspec.json.encode(data)


def _part(route: Route) -> Route:
    """The route of the smallest part of a record that can be left out: a field, or an item of a list in it."""
    return route[:2] if len(route) > 1 and isinstance(route[1], int) else route[:1]


def _name(part: Route) -> str:
    """A part for people, who count from one."""
    return "/".join(str(step + 1) if isinstance(step, int) else step for step in part)
