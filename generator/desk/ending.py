"""How it ends: a story is taken back or has expired, and what is personal is deleted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from werkzeug import Response

from generator.desk.forms import Fields, count, fields_of, line, objections, text
from generator.desk.nomination import evidence
from generator.desk.place import done, working
from generator.desk.publish import named
from generator.desk.visit import Visit, on_to, shown
from generator.nominations import gates
from generator.nominations.acts import refuse
from generator.nominations.ending import expire, over, withdraw
from generator.nominations.keeping import anonymise, is_due
from generator.nominations.publishing import Public
from generator.nominations.released import branch, difference, write
from generator.nominations.season import Refused, Season
from generator.vault.storage import Change

PLACES = (("the reason is missing", "reason"), ("how it ends", "how"), ("branch", "branch"), ("Tick", "sure"))
SUBJECTS: Mapping[str, str] = {
    "withdraw": "recognition: take a story back",
    "expire": "recognition: end stories without consent",
}


def show(visit: Visit) -> Response:
    """What can be ended, and what that would change in the public tree."""
    refuse(gates.role(visit.person, "coordinator"))
    return form(visit, {})


def form(visit: Visit, fields: Fields) -> Response:
    """The page with what stands in the fields."""
    season, nomination = visit.season, visit.nomination
    why = "It was asked for."
    has_ended = over(season, nomination) if nomination.is_public else ""
    ways = ("withdraw", "expire", "anonymise") if has_ended else ("withdraw", "anonymise")
    values: Mapping[str, Any] = {
        **evidence(visit),
        "fields": {name: text(fields, name) for name in ("how", "reason")},
        "branch": line(fields, "branch") or f"take-back-{nomination.number.lower()}",
        "may": [how for how in ways if not tuple(gates.state(nomination, how))],
        "over": has_ended,
        "is_due": is_due(season, nomination),
        "lines": _lines(
            visit, lambda: withdraw(season, visit.desk.project.root, visit.number, by=visit.person.id, reason=why)
        ),
    }
    return shown(visit, "ending.html", values)


def _lines(visit: Visit, end: Callable[[], tuple[Change, Public]]) -> tuple[str, ...]:
    """What taking the story back would change in the public tree."""
    if not visit.nomination.is_public:
        return ()
    try:
        return tuple(difference(visit.desk.project.root, end()[1]))
    except Refused:
        return ()


def send(visit: Visit) -> Response:
    """End it, or say what is missing."""
    fields = fields_of(visit.request)
    how = text(fields, "how")
    try:
        with working(visit.desk, number=visit.number, seen=count(fields, "seen") or 0) as season:
            if not text(fields, "sure"):
                raise Refused("Tick that this cannot be undone.")
            change, public = _ended(
                visit, season, how, text(fields, "reason"), is_unmerged=text(fields, "where") == "none"
            )
            if public.files:
                _let_go(visit, public, how, fields)
            done(season, change)
    except Refused as refused:
        return form(replace(visit, objections=objections(refused.missing, PLACES)), fields)
    is_branch = bool(public.files) and text(fields, "where") == "branch"
    return on_to(visit, f"n/{visit.number}/", "ended-branch" if is_branch else how)


def _ended(visit: Visit, season: Season, how: str, reason: str, *, is_unmerged: bool) -> tuple[Change, Public]:
    root, by = visit.desk.project.root, visit.person.id
    if how == "withdraw":
        return withdraw(season, root, visit.number, by=by, reason=reason, unmerged=is_unmerged)
    if how == "expire":
        return expire(season, root, visit.number, by=by)
    if how == "anonymise":
        return anonymise(season, visit.number, by=by, reason=reason), Public()
    raise Refused("how it ends is missing: choose one")


def _let_go(visit: Visit, public: Public, how: str, fields: Fields) -> None:
    """Write the change into the public tree, or into a branch where a name is given."""
    if text(fields, "where") == "branch":
        branch(visit.desk.project.root, public, named(line(fields, "branch")), SUBJECTS[how])
    else:
        write(visit.desk.project.root, public)
